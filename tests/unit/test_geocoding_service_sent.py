"""What the geocoding services are told, and how often."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.geocoding import bulk
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.resume import kept_answers
from coodiag.coodiag_plugin.geocoding.words import fold
from coodiag.coodiag_plugin.sources.structure_file import import_table
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers import faulty
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.geocodage import Engine, GeocodageServer, parts_of
from coodiag.tests.unit.geocoding_runs import CELLS, SERVERS, SOME, bodies
from coodiag.tests.unit.geocoding_services import run, way_of
from coodiag.tests.unit.web_samples import FakeClock


def test_nothing_but_address_and_commune_is_sent(
    name: str, server: GeocodageServer, demo: DemoPaths, people: list[Query], tmp_path: Path
) -> None:
    run(name, server.url, tmp_path, people, clock=FakeClock())
    allowed = {"id", *bulk.TEXT_COLUMNS, bulk.CITYCODE, bulk.IN_POSTCODE}
    for seen in server.log:
        if seen.method == "GET":
            assert {key for key, _ in seen.params} <= {
                "q", "limit", "autocomplete", "type", "citycode", "postcode",
            }  # fmt: skip
            assert not seen.body
            continue
        data = next(part for part in parts_of(seen) if part.filename)
        assert data.filename == "adresses.csv"
        rows = list(csv.DictReader(io.StringIO(data.content.decode()), delimiter=";"))
        assert set(rows[0]) <= allowed
        assert all(re.fullmatch("r[0-9a-f]{16}", row["id"]) for row in rows)
        assert not {row["id"] for row in rows} & {query.row_id for query in people}
    sent = bodies(server).lower()
    heard = words(sent) - words(" ".join(allowed))
    public = {word for query in people for cell in CELLS for word in words(getattr(query, cell))}
    looked_for: set[str] = set()
    for role, path in (("clients", demo.clients), ("beneficiaries", demo.beneficiaries)):
        table = import_table(path, role, progress=Silent())
        others = [column for column in table.columns if column not in CELLS]
        assert others
        for row in table.rows:
            for column in others:
                text = str(row.get(column) or "").lower()
                if len(text) > 5 and not words(text) <= public:
                    assert text not in sent, (column, text)
                looked_for |= words(text) - public
        assert path.stem not in sent
    assert looked_for and not looked_for.intersection(heard), looked_for.intersection(heard)


def words(text: str) -> set[str]:
    """The words of a text that may be a name."""
    return set(re.findall(r"(?<![a-z0-9])[a-z]{4,}(?![a-z0-9])", fold(text)))


def test_a_surname_is_not_sent(name: str, sample: Engine, tmp_path: Path) -> None:
    """Names of letters alone, which no street bears, beside addresses of every quality."""
    surnames = ("Zorglubine", "Quetzalcoatl", "Abracadabrant", "Tartempionne")
    addresses = ("12 rue de la Gare", "12 rue de la Garre", "rue Inconnue", "")
    source = tmp_path / "personnes.csv"
    lines = ["Nom;Prénom;Adresse;Code postal;Ville"]
    for surname, address in zip(surnames, addresses):
        lines.append(f"{surname};Fictivette;{address};99100;Valmoreau")
    source.write_text("\n".join(lines), encoding="utf-8")
    rows = import_table(source, "beneficiaries", progress=Silent()).rows
    assert {str(row["name"]) for row in rows} == set(surnames)
    asked = [Query(str(at), *(str(row.get(c) or "") for c in CELLS)) for at, row in enumerate(rows)]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, asked, clock=FakeClock())
        heard = words(bodies(running))
    assert [one.status for one in found][:3] == ["adresse", "adresse", "commune"]
    assert "gare" in heard and "inconnue" in heard
    assert not heard & words(" ".join((*surnames, "Fictivette", source.stem)))


def test_whose_home_it_is_and_which_door_stay_here(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    queries = [
        Query("1", "chez Mme Zorglubine, 12 rue de la Gare", "apt 4417", "99100", "Valmoreau"),
        Query("2", "M. Zorglubine 12 rue de la Garre", "", "99100", "Valmoreau"),
        Query("3", "12 rue de la Gare", "c/o Zorglubine, bât Q7", "99100", "Valmoreau"),
    ]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
        sent = bodies(running).lower()
    assert [one.status for one in found] == ["adresse"] * 3
    assert "zorglubine" not in sent and "4417" not in sent and "q7" not in sent
    assert "12 rue de la gare" in sent


def test_an_address_shared_by_rows_is_sent_once(name: str, sample: Engine, tmp_path: Path) -> None:
    queries = [Query(str(at), "12 rue de la Gare", "", "99100", "Valmoreau") for at in range(50)]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
        posts = [seen for seen in running.log if seen.method == "POST"]
    assert len(posts) == 1 and posts[0].body.count(b"12 rue de la gare") == 1
    assert [one.row_id for one in found] == [query.row_id for query in queries]


def test_nothing_is_left_on_the_disk(
    name: str, server: GeocodageServer, people: list[Query], tmp_path: Path
) -> None:
    run(name, server.url, tmp_path, people[:60], clock=FakeClock())
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).lower()
    assert b"rue" not in left and b"53900" not in left
    assert not list(tmp_path.rglob("*.sqlite*"))


def test_addok_filters_of_columns_are_not_used(sample: Engine, tmp_path: Path) -> None:
    """They fail in addok 1.3 with addok-csv 1.1."""
    with AddokServer(engine=sample) as running:
        assert len(run("addok", running.url, tmp_path, SOME, clock=FakeClock())) == 4
        names = {p.name for s in running.log if s.method == "POST" for p in parts_of(s)}
    assert names == {"data", "columns", "delimiter", "quote", "encoding", "min_score"}


def test_a_file_of_addresses_is_not_sent_on_to_another_host(
    name: str, small: GeocodageServer, tmp_path: Path
) -> None:
    small.each(
        lambda seen: (
            faulty.redirect("http://ailleurs.invalid/search/csv", 307)
            if seen.method == "POST"
            else None
        )
    )
    with pytest.raises(ServiceError, match="redirects"):
        run(name, small.url, tmp_path, SOME, clock=FakeClock())


def test_the_quota_is_respected(sample: Engine, tmp_path: Path) -> None:
    """Doubtful rows are asked several at a time, and yet never more than the service allows."""
    queries = [
        Query(str(at), f"{at} rue de la Garre", "", "99100", "Valmoreau") for at in range(1, 80)
    ]
    with GeocodageServer(engine=sample, quota=(50, 1.0)) as running:
        run("geoplateforme", running.url, tmp_path, queries)
        assert len(running.log) > 70 and not running.refused


def test_what_was_asked_is_not_asked_again_within_a_run(
    name: str, small: GeocodageServer, tmp_path: Path
) -> None:
    with kept_answers(tmp_path / "run", ["x"], Silent()) as answers:
        way = way_of(name, small.url, tmp_path, answers, clock=FakeClock())
        first = way.locate(SOME, Silent())
        count, sent = len(small.log), way.sent
        assert way.locate(SOME, Silent()) == first
        assert (len(small.log), way.sent) == (count, sent)
