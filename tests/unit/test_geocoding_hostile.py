"""What comes from elsewhere and means harm, or is only broken: cells, files of corrections, answers."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.inert import inert, restored
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import corrections, corrections_csv
from coodiag.coodiag_plugin.geocoding.address_key import address_key
from coodiag.coodiag_plugin.geocoding.correction import CLICKED, Correction
from coodiag.coodiag_plugin.geocoding.corrections import Corrections, Exported, Hashed, remembered
from coodiag.coodiag_plugin.geocoding.proposals import Proposal
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.unit.geocoding_samples import lines
from coodiag.tests.unit.geocoding_services import run
from coodiag.tests.unit.web_samples import FakeClock, Listener

GARE = Query("1", "12 rue de la Gare", "", "99100", "Valmoreau")
HERE = Correction(CLICKED, "adresse", 2.0, 47.0, "Point placé à la main", "99001")
THERE = replace(HERE, lon=3.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.sqlite"


def opened(path: Path) -> Corrections:
    return Corrections(path, Silent())


def exported(path: Path, date: str) -> Path:
    """An export of THERE for GARE, made on another machine at a date."""
    with opened(path.with_name("theirs.sqlite")) as theirs:
        theirs.put(GARE, THERE)
        target = path.with_name("theirs.csv")
        corrections_csv.write(target, theirs.export())
    head, line = target.read_text("utf-8-sig").splitlines()
    target.write_text(f"{head}\n{line.rsplit(';', 1)[0]};{date}\n", "utf-8")
    return target


def test_a_cell_of_digits_neither_stops_nor_hangs_a_run() -> None:
    began = time.monotonic()
    for cell in ("1" * 60_000, "0" * 60_000, "rue " + "7" * 60_000):
        assert address_key(Query("1", cell, cell, "99100", cell)) is None or "rue" in cell
    assert time.monotonic() - began < 5


def test_the_decision_being_made_holds_whatever_the_clocks_say(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded = replace(GARE, citycode="99001")
    with opened(path) as mine:
        mine.put(coded, THERE)
        monkeypatch.setattr(corrections, "now", lambda: "2001-01-01T00:00:00.000000+00:00")
        mine.put(GARE, HERE)
        found = mine.get(GARE)
    assert found is not None and found.lon == HERE.lon
    snapshot = remembered(path, Silent()).get(GARE)
    assert snapshot == found


def test_a_decision_without_a_code_holds_where_two_codes_disagreed(path: Path) -> None:
    with opened(path) as mine:
        mine.put(replace(GARE, citycode="99001"), THERE)
        mine.put(replace(GARE, citycode="99002"), replace(THERE, lon=4.0))
        assert mine.get(GARE) is None
        mine.put(GARE, HERE)
        found = mine.get(GARE)
        assert found is not None and found.lon == HERE.lon
        mine.put(replace(GARE, citycode="99002"), replace(THERE, lon=5.0))
        assert mine.get(GARE) is None  # in doubt again


@pytest.mark.parametrize(
    "date", ["2099-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59", "2026-01-01T00:00:00"]
)
def test_an_import_may_not_be_the_latest_for_ever(path: Path, date: str) -> None:
    with pytest.raises(InputError, match="Line 2"):
        corrections_csv.read(exported(path, date), Silent())


def test_dates_of_an_import_compare_with_those_of_the_store(path: Path) -> None:
    (line,) = corrections_csv.read(exported(path, "2026-01-01T00:30:00+14:00"), Silent())
    assert line[2].date == "2025-12-31T10:30:00.000000+00:00"


@pytest.mark.parametrize(
    "change",
    [
        "salt SET value = 'zz'",
        "correction SET lon = 'abc'",
        "correction SET lon = 9e999",
        "correction SET lat = -90",
        "correction SET lat = NULL",
        "correction SET date = 'garbage'",
        "correction SET label = x'00ff'",
        "correction SET status = '<b>'",
        "correction SET how = 'x'",
    ],
)
def test_a_store_of_an_attacker_is_refused_in_a_sentence(path: Path, change: str) -> None:
    with opened(path) as theirs:
        theirs.put(GARE, HERE)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"UPDATE {change}")
    with pytest.raises(InputError, match="not a file of corrections"):
        remembered(path, Silent())([GARE])


def test_what_the_store_would_be_refused_for_does_not_enter(path: Path) -> None:
    with opened(path) as mine:
        with pytest.raises(InputError):
            mine.put(GARE, replace(HERE, lat=90.0))
        assert len(mine) == 0


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "-2+cmd|'/c calc'!A0", "+A1", "\t=1", "'=1", "'s Graven"]
)
def test_a_spreadsheet_computes_nothing_of_an_export(path: Path, text: str) -> None:
    target = path.with_name("export.csv")
    with opened(path) as mine:
        mine.put(GARE, replace(HERE, label=text, note=text))
        corrections_csv.write(target, mine.export())
    cells = list(csv.reader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";"))[1]
    assert cells[7] == cells[9] == f"'{text}"
    (line,) = corrections_csv.read(target, Silent())
    assert (line[2].label, line[2].note) == (text, text)


@pytest.mark.parametrize("text", ["", "12 rue de la Gare", "+33 6 00 00 00 00", "-1.5", "a=b"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert inert(text) == restored(inert(text)) == text


def test_an_export_that_fails_leaves_the_former_one(tmp_path: Path) -> None:
    def failing() -> Iterator[Exported]:
        yield "00" * 16, Hashed("ab" * 16, ""), replace(HERE, date="2026-01-01T00:00:00+00:00")
        raise InputError("The disk was taken away.")

    target = tmp_path / "export.csv"
    target.write_text("former")
    with pytest.raises(InputError):
        corrections_csv.write(target, failing())
    assert target.read_text() == "former" and list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("lon", "lat", "code", "kept"),
    [
        (2.0, 47.0, "53001", True),
        (0.0, 0.0, "53001", False),
        (47.0, 2.0, "53001", False),
        (55.4, -21.1, "53001", False),
        (55.4, -21.1, "97411", True),
        (2.0, 47.0, "97411", False),
        (55.4, -21.1, "", True),
        (0.0, 0.0, "", False),
        (0.0, 0.0, "98818", False),
        (166.4, -22.3, "98818", True),
    ],
)
def test_a_point_outside_its_territory_is_no_proposal(
    lon: float, lat: float, code: str, kept: bool
) -> None:
    cells = {"type": "street", "name": "Rue Fictive", "city": "Valmoreau", "citycode": code}
    assert (Proposal.of(cells, str(lon), str(lat), True) is not None) == kept


@pytest.mark.parametrize("server", [GeocodageServer, AddokServer])
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_service_that_gives_an_address_back_in_its_error_does_not_spread_it(
    server: type[GeocodageServer], status: int, tmp_path: Path
) -> None:
    def echo(seen: Seen) -> Response | None:
        if seen.param("type") == "municipality":
            return None
        told = seen.param("q") or seen.body.decode()
        at = max(told.find("12 rue"), 0)
        return Response.of_json({"message": f"Bad request: {told[at : at + 60]}"}, status)

    engine = Engine(list(csv.DictReader(io.StringIO("\n".join(lines())), delimiter=";")))
    name = "addok" if server is AddokServer else "geoplateforme"
    heard = Listener()
    with server(engine=engine) as running:
        running.each(echo)
        with pytest.raises(ServiceError) as raised:
            run(name, running.url, tmp_path, [GARE], heard, FakeClock())
    told = " ".join([str(raised.value), *heard.said, *heard.warned]).lower()
    assert "gare" not in told and raised.value.__suppress_context__
