"""A run of geocoding by an imitated service, for the tests; as a script, one that is killed.

``geocoding_services.py <service> <url> <folder> <rows.json> <output>`` locates the rows and writes
the answers in their order.
"""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from web_run import alias

    alias()

from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.addok import Addok
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, Located
from coodiag.coodiag_plugin.geocoding.geoplateforme import Geoplateforme
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.resume import Answers, kept_answers
from coodiag.coodiag_plugin.geocoding.service import ServiceWay
from coodiag.coodiag_plugin.geocoding.session import Session
from coodiag.coodiag_plugin.geocoding.towns import Towns
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, Web
from coodiag.coodiag_plugin.sources.web.waits import Clock

if TYPE_CHECKING:
    from coodiag.coodiag_plugin.core.progress import Progress

CLIENTS = {"geoplateforme": Geoplateforme, "addok": Addok}


def web(service: str, url: str, folder: Path, progress: Progress, clock: Clock | None) -> Web:
    settings = NetworkSettings(urls={CLIENTS[service].service: url})
    return Web(settings, Cache(folder / "web", "auto", clock), {}, progress)


def way_of(
    service: str,
    url: str,
    folder: Path,
    answers: Answers,
    progress: Progress | None = None,
    clock: Clock | None = None,
    given: Towns | None = None,
    **settings: Any,
) -> ServiceWay:
    opened = web(service, url, folder, progress or Silent(), clock)
    chosen = {"min_score": MIN_SCORE, "town_fallback": True, **settings}
    return ServiceWay(CLIENTS[service](opened), answers, given, **chosen)


def run(
    service: str,
    url: str,
    folder: Path,
    queries: list[Query],
    progress: Progress | None = None,
    clock: Clock | None = None,
    **more: Any,
) -> list[Located]:
    """Answers to ``queries`` in their order; nothing is kept after a run that ends well."""
    heard = progress or Silent()
    with kept_answers(folder / "run", [service, url], heard) as answers:
        way = way_of(service, url, folder, answers, heard, clock, **more)
        return list(Session(way, answers, lambda _: {}).locate(queries, len(queries), heard))


if __name__ == "__main__":
    name, address, place, source, output = sys.argv[1:]
    asked = [Query(*cells) for cells in json.loads(Path(source).read_text(encoding="utf-8"))]
    found = run(name, address, Path(place), asked, clock=Clock())
    Path(output).write_text(json.dumps([astuple(one) for one in found]), encoding="utf-8")
