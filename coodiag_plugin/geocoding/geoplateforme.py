"""The national geocoding service (Géoplateforme, IGN), on the Base Adresse Nationale.

``POST /search/csv`` for the many, ``GET /search`` for the runners-up of a doubtful row.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import bulk, features
from .bulk import CITYCODE, ID, IN_POSTCODE, RESULTS, TEXT_COLUMNS, Answered
from .proposals import Proposal, Question
from .service_client import ServiceClient


class Geoplateforme(ServiceClient):
    """See :class:`~.bulk.Client`."""

    name = "geoplateforme"
    service = "geocodage"

    def bulk(self, questions: Sequence[Question]) -> dict[Question, Answered]:
        """The service concatenates ``columns`` in their order; the value of ``citycode`` and of
        ``postcode`` is the name of a column, an empty cell of which narrows nothing."""
        results = ("longitude", "latitude", *(f"result_{name}" for name in RESULTS))
        parts = [
            *(("columns", name) for name in TEXT_COLUMNS),
            ("citycode", CITYCODE),
            ("postcode", IN_POSTCODE),
            *(("result_columns", name) for name in results),
        ]
        columns = (ID, *TEXT_COLUMNS, CITYCODE, IN_POSTCODE)
        return bulk.ask(self._web, self.service, "search/csv", parts, questions, columns, {})

    def search(self, question: Question) -> list[Proposal]:
        return features.ask(self._web, self.service, "search", question)
