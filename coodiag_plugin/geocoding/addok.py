"""A server of addok, the engine behind the national geocoder, run by the user's own network.

Its many-row door is the plugin addok-csv. It gives no ``result_status``, leaves out what it finds
unlikely unless ``min_score`` says otherwise, and filters of its columns fail in some versions
(addok 1.3 with addok-csv 1.1): the commune stands in the text, and the judge looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.errors import SourceError
from . import bulk, features
from .bulk import ID, TEXT_COLUMNS, Answered
from .proposals import Proposal, Question
from .service_client import ServiceClient


class Addok(ServiceClient):
    """See :class:`~.bulk.Client`."""

    name = "addok"
    service = "addok"

    def bulk(self, questions: Sequence[Question]) -> dict[Question, Answered]:
        parts = [
            *(("columns", name) for name in TEXT_COLUMNS),
            ("delimiter", ";"),
            ("quote", '"'),
            ("encoding", "utf-8"),
            ("min_score", "0"),
        ]
        missing = SourceError(
            "The addok server {server} has no /search/csv/: install its plugin addok-csv, or check URL.",
            server=self.server,
        )
        columns = (ID, *TEXT_COLUMNS)
        return bulk.ask(
            self._web, self.service, "search/csv/", parts, questions, columns, {404: missing}
        )

    def search(self, question: Question) -> list[Proposal]:
        return features.ask(self._web, self.service, "search/", question)
