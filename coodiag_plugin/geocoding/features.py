"""One question to a geocoding service and its proposals in GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..sources.web.client import Answer, Request, ServiceError, Web
from ..sources.web.faults import Fault, Kind
from ..sources.web.messages import words_of
from .bulk import discreet
from .proposals import TOWN, Proposal, Question


def ask(web: Web, service: str, path: str, question: Question) -> list[Proposal]:
    """Proposals for a question, best first, as ``/search`` of geocodage and of addok gives them."""
    params = {
        "q": question.text,
        "limit": question.limit,
        "autocomplete": 0,
        "type": TOWN if question.towns else None,
        "citycode": question.citycode or None,
        "postcode": question.in_postcode or None,
    }
    request = Request.get(service, path, params, private=True)
    free = not (question.citycode or question.in_postcode)
    try:
        _, features = web.fetch(request, _features)
    except ServiceError as error:
        raise discreet(error, [question]) from None
    found = (_proposal(feature, free) for feature in features)
    return [proposal for proposal in found if proposal is not None and proposal.citycode]


def _features(answer: Answer) -> list[Mapping[str, Any]]:
    payload = answer.json()
    features = payload.get("features") if isinstance(payload, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise Fault(Kind.ERROR_BODY, words_of(answer.content) or "features")
    return features


def _proposal(feature: Mapping[str, Any], free: bool) -> Proposal | None:
    cells = feature.get("properties")
    geometry = feature.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(cells, dict) or not isinstance(point, list) or len(point) < 2:
        return None
    return Proposal.of(cells, point[0], point[1], free)
