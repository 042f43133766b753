"""The persons in the wizard: what leaves, shown by the code that sends; the quality of a trial."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import Draft
from coodiag.coodiag_plugin.qgis_bridge.desk.people import People
from coodiag.coodiag_plugin.qgis_bridge.desk.trial import LEVELS, spread
from coodiag.coodiag_plugin.qgis_bridge.review import pair_session
from coodiag.tests.qgis.waiting import wait
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.geocodage import Engine, GeocodageServer, parts_of
from coodiag.tests.servers.world import World
from qgis.core import QgsApplication

SERVERS = {"geoplateforme": GeocodageServer, "addok": AddokServer}


def drafted(demo: DemoPaths, **changes: Any) -> Draft:
    parameters = {
        "TERRITORY": demo.territory,
        "SOURCE": "folder",
        "DATA_FOLDER": str(demo.data_folder),
        "CLIENTS": str(demo.clients),
        "BENEFICIARIES": str(demo.beneficiaries),
        "SERVICE": "offline",
        **changes,
    }
    return Draft({name: value for name, value in parameters.items() if value})


def waited(
    start: Callable[[Callable[[Any], None], Callable[[str], None]], Any],
) -> tuple[Any, list[str]]:
    """The answer of an errand, or its refusal."""
    done: list[Any] = []
    refused: list[str] = []
    errand = start(done.append, refused.append)
    wait(lambda: done or refused)
    assert not errand.waiting
    return (done[0] if done else None), refused


@pytest.fixture(scope="module")
def engine(world: World) -> Engine:
    return Engine(world.rows("adresses-53.csv.gz"))


@pytest.fixture(params=SERVERS)
def service(
    request: pytest.FixtureRequest, engine: Engine
) -> Iterator[tuple[str, GeocodageServer]]:
    with SERVERS[request.param](engine=engine) as server:
        yield request.param, server


def test_offline_nothing_leaves(demo: DemoPaths) -> None:
    found = People().counted(drafted(demo).parameters, Silent())
    assert (found.count, found.addresses, found.sample, found.title) == (0, None, "", "")


def test_a_trial_on_this_machine_in_a_task(demo: DemoPaths, provider: Any, cache: Path) -> None:
    people, draft = People(), drafted(demo)
    assert people.roles(draft) == ["clients", "beneficiaries"]
    quality, refused = waited(lambda done, no: people.locate(draft, "clients", 50, done, no))
    assert refused == [] and quality.tried == 50 and quality.asked > 150
    assert tuple(quality.levels) == LEVELS and sum(quality.levels.values()) == 50
    assert quality.levels["adresse"] > 20 and 0.7 < quality.share <= 1
    placed = sum(quality.levels[name] for name in ("adresse", "voie", "lieu-dit"))
    assert sum(quality.bars) == placed and sum(quality.bars[:10]) == 0
    names = set(quality.rows[0][0])
    assert {"row_id", "address", "geo_status"} <= names and not {"name", "siret", "ref"} & names


def test_the_whole_file_and_its_review(demo: DemoPaths, provider: Any, cache: Path) -> None:
    people, draft = People(), drafted(demo)
    quality = people.located(draft.parameters, people.ban(draft), "beneficiaries", 0, Silent())
    assert quality.tried == quality.asked
    located, failed, fields = people.review(quality)
    assert located.featureCount() + failed.featureCount() == quality.tried
    assert (
        failed.featureCount() == quality.levels["echec"] and located.crs().authid() == quality.crs
    )
    session = pair_session(located, failed, fields)
    assert session.counts().total == quality.tried and session.counts().waiting > 0
    session.close()


def test_a_trial_without_addresses_says_what_to_do(
    demo: DemoPaths, provider: Any, tmp_path: Path
) -> None:
    people = People()
    draft = drafted(demo, DATA_FOLDER="", SOURCE="online")
    with pytest.raises(InputError, match="No file of addresses"):
        people.located(draft.parameters, people.ban(draft), "clients", 50, Silent())
    _, refused = waited(lambda done, no: people.locate(draft, "clients", 50, done, no))
    assert refused[0].startswith("No file of addresses (BAN) is on this machine yet")
    with pytest.raises(InputError, match="Write the address of your server"):
        people.check(drafted(demo, SERVICE="addok"))


def test_a_trial_is_cancelled(demo: DemoPaths, provider: Any, cache: Path) -> None:
    class Impatient(Silent):
        def say(self, template: str, **fields: Any) -> None:
            self.cancelled = True

    people, draft = People(), drafted(demo)
    with pytest.raises(Cancelled):
        people.located(draft.parameters, people.ban(draft), "clients", 0, Impatient())
    answers: list[Any] = []
    errand = people.locate(draft, "clients", 0, answers.append, answers.append)
    errand.leave()
    wait(lambda: not QgsApplication.taskManager().activeTasks())
    assert answers == [] and not errand.waiting


def test_what_would_leave_is_what_leaves(
    demo: DemoPaths, provider: Any, cache: Path, service: tuple[str, GeocodageServer]
) -> None:
    """The sample is a part of the files that the service really receives, and the number told holds."""
    name, server = service
    people = People()
    draft = drafted(demo, SERVICE=name, URL=server.url, BENEFICIARIES="")
    told = people.counted(draft.parameters, Silent())
    assert server.log == [], "nothing is sent to know what would be"
    assert told.host == "127.0.0.1" and set(told.addresses or {}) == {"clients"}
    assert f"POST {server.url}/search/csv" in told.sample and "GET " in told.sample
    assert "adresses.csv" in told.sample and not told.unencrypted
    quality = people.located(draft.parameters, [], "clients", 0, Silent())
    assert quality.tried == quality.asked
    shown = sent_rows(told.sample.partition("text/csv\n\n")[2].partition("\n--")[0])
    really: dict[str, dict[str, str]] = {}
    for seen in server.log:
        if "/search/csv" in seen.path:
            data = next(part for part in parts_of(seen) if part.name == "data")
            really |= sent_rows(data.content.decode())
    assert len(shown) == 3 and len(really) <= told.count
    assert set(shown) <= set(really), "the same address, postcode and town, cell by cell"
    people_names = {str(row.get("name")) for row, _ in quality.rows}
    assert people_names == {"None"}


def sent_rows(text: str) -> dict[str, dict[str, str]]:
    """Rows of a file as sent, by what they say of an address: the code is the service's answer."""
    rows = csv.DictReader(io.StringIO(text.strip()), delimiter=";")
    return {f"{r['adresse']}|{r['code_postal']}|{r['commune']}": r for r in rows}


def test_rows_of_a_trial_are_spread_over_the_file() -> None:
    assert spread(range(100), 5) == [0, 20, 40, 60, 80]
    assert spread(range(3), 50) == [0, 1, 2] and spread(range(3), 0) == [0, 1, 2]
    assert len(set(spread(range(51), 50))) == 50


def test_corrections_are_counted_where_they_are(
    demo: DemoPaths, cache: Path, tmp_path: Path
) -> None:
    assert People().corrections(drafted(demo)) == 0
