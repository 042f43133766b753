"""Job seekers, benefits and private jobs fetched from the portals, and read back as statistics."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources.changes import Changes
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online import opendatasoft
from coodiag.coodiag_plugin.sources.online.benefits import collect_benefits
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.job_seekers import collect_job_seekers
from coodiag.coodiag_plugin.sources.online.opendatasoft import Portal
from coodiag.coodiag_plugin.sources.online.opendatasoft_answers import chunks, quoted
from coodiag.coodiag_plugin.sources.online.private_jobs import collect_private_jobs
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.opendatasoft import (
    ROOT,
    CafServer,
    DaresServer,
    PortalServer,
    Table,
    UrssafServer,
)
from coodiag.tests.servers.world import World
from coodiag.tests.unit.online_world import demo_scope, web_on
from coodiag.tests.unit.web_samples import Listener

COLLECTORS = {
    "dares": (DaresServer, collect_job_seekers, "demandeurs_emploi.csv"),
    "caf": (CafServer, collect_benefits, "allocataires_caf.csv"),
    "urssaf": (UrssafServer, collect_private_jobs, "effectifs_prives_urssaf.csv"),
}


@dataclass
class Geography:
    codes: tuple[str, ...]
    cog: int = 2024
    changes: Changes = field(default_factory=Changes)

    @property
    def communes(self) -> pd.DataFrame:
        rows = {"nom": "", "epci": "1", "dep": "53", "reg": "52", "ze": ""}
        return pd.DataFrame([rows] * len(self.codes), index=pd.Index(self.codes, name="codgeo"))

    def members(self, unit: str) -> tuple[str, ...]:
        return self.codes


def fetched(
    name: str, server: PortalServer, folder: Path, scope: Scope, progress: Any = None
) -> Depot:
    """The folder as one collection leaves it."""
    depot = Depot(folder / "data")
    web = web_on(folder / "cache", **{name: server.url})
    COLLECTORS[name][1](web, scope, depot, progress or web.progress)
    return depot


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))


def statistics(folder: Path, scope: Scope, *names: str) -> Statistics:
    return Statistics(scan(folder), Geography(scope.communes), names)


# What is written --------------------------------------------------------------------------------


def test_job_seekers_are_those_of_the_producer_s_file(world: World, tmp_path: Path) -> None:
    scope = demo_scope(world)
    with DaresServer(world) as server:
        depot = fetched("dares", server, tmp_path, scope)
    written = rows(depot.files[0])
    official = world.rows("dares_defm_communales-brutes.csv")
    kept = [name for name in official[0] if name in written[0]]
    expected = {tuple(row[name] for name in kept) for row in official}
    assert {tuple(row[name] for name in kept) for row in written} == expected
    assert {row["date"] for row in written} == {"2022-T4", "2023-T4"}, "the last two years"
    assert "Total" not in {row["code_commune"] for row in written}
    assert [row["code_commune"] for row in written] == sorted(
        row["code_commune"] for row in written
    )
    online = statistics(depot.folder, scope, "DEFM_ABC").choose(["DEFM_ABC"], scope.communes)
    offline = statistics(world.folder, scope, "DEFM_ABC").choose(["DEFM_ABC"], scope.communes)
    assert online["DEFM_ABC"].cells == offline["DEFM_ABC"].cells
    assert online["DEFM_ABC"].period == "4e trimestre 2023"
    source = online["DEFM_ABC"].provenance
    assert (source.licence, source.retrieved[:4]) == ("Licence Ouverte v2.0 (Etalab)", "2026")
    assert (
        source.address
        == "https://data.dares.travail-emploi.gouv.fr/explore/dataset/dares_defm_communales-brutes/"
    )


def test_benefits_of_every_december_hidden_counts_told(world: World, tmp_path: Path) -> None:
    scope = demo_scope(world)
    with CafServer(world) as server:
        records = server.table.records
        depot = fetched("caf", server, tmp_path, scope)
    written = rows(depot.files[0])
    assert {row["dtreffre"] for row in written} == {f"{year}-12" for year in range(2020, 2025)}
    assert {row["numcomdo"] for row in written} == set(scope.communes)
    assert "indnbp_ndur" in written[0] and "indmtt_rsa" in written[0]
    truth = {(r["numcomdo"], r["dtreffre"]): r for r in records}
    for row in written:
        record = truth[row["numcomdo"], row["dtreffre"]]
        for name in ("indfoy_ndur", "indfoy_rsa", "indfoy_cf"):
            assert row[name] == ("s" if record[name] is None else str(record[name]))
    assert "s" in {row["indfoy_cf"] for row in written}
    names = ["CAF_RSA", "CAF_FOYERS"]
    found = statistics(depot.folder, scope, *names).choose(names, scope.communes)
    assert {variable.date for variable in found.values()} == {"décembre 2024"}
    for code in scope.communes:
        expected = truth[code, "2024-12"]["indfoy_rsa"]
        value = found["CAF_RSA"].get(code)
        assert value.state is State.SECRET if expected is None else value.number == expected
    assert any(found["CAF_RSA"].get(code).state is State.SECRET for code in scope.communes)
    note = read_citation(depot.files[0])
    assert note is not None and "MSA" in note.note and note.vintage == "2020–2024"


def test_private_jobs_are_the_sum_of_activities(world: World, tmp_path: Path) -> None:
    scope = demo_scope(world)
    with UrssafServer(world) as server:
        records = server.table.records
        depot = fetched("urssaf", server, tmp_path, scope)
    written = rows(depot.files[0])
    years = sorted(int(name[-4:]) for name in written[0] if name.startswith("effectifs_"))
    assert years == [2021, 2022, 2023, 2024, 2025]
    assert {row["code_ape"] for row in written} == {"4711B", "4120A", "8810A"}
    names = ["URSSAF_EFFECTIFS", "URSSAF_EFFECTIFS~", "URSSAF_ETABLISSEMENTS"]
    found = statistics(depot.folder, scope, *names).choose(names, scope.communes)
    assert [found[name].year for name in names] == [2025, 2021, 2025]
    states = set()
    for code in scope.communes:
        here = [record for record in records if record["code_commune"] == code]
        employers = [record["nombre_d_etablissements_2025"] for record in here]
        assert found["URSSAF_ETABLISSEMENTS"].get(code).number == sum(employers)
        value = found["URSSAF_EFFECTIFS"].get(code)
        hidden = any(
            record["effectifs_salaries_2025"] is None and record["nombre_d_etablissements_2025"]
            for record in here
        )
        if hidden:
            assert value.state is State.SECRET
        else:
            assert value.number == sum(record["effectifs_salaries_2025"] or 0 for record in here)
        states.add(value.state)
    assert states == {State.SECRET, State.KNOWN}
    assert found["URSSAF_EFFECTIFS"].provenance.licence == "Open Database License (ODbL)"


def test_paris_is_the_sum_of_its_arrondissements(world: World, tmp_path: Path) -> None:
    scope = Scope(("75056",), ("75056",), (), ("75",), ("11",), ((2.2, 48.8, 2.5, 48.9),))
    with CafServer(world) as server:
        truth = [
            record["indfoy_rsa"]
            for record in server.table.records
            if record["dtreffre"] == "2024-12" and record["numcomdo"] in ("75101", "75102")
        ]
        depot = fetched("caf", server, tmp_path, scope)
    found = statistics(depot.folder, scope, "CAF_RSA").choose(["CAF_RSA"], ["75056"])
    assert found["CAF_RSA"].get("75056").number == sum(truth)


# Both forms, and every way to the same bytes --------------------------------------------------


def written_bytes(name: str, server: PortalServer, folder: Path, scope: Scope) -> bytes:
    with server:
        return fetched(name, server, folder, scope).files[0].read_bytes()


@pytest.mark.parametrize("name", COLLECTORS)
def test_every_way_gives_the_same_bytes(world: World, tmp_path: Path, name: str) -> None:
    """Export by département, by lists of communes, by pages; metadata wrapped or not."""
    scope, make = demo_scope(world), COLLECTORS[name][0]
    expected = written_bytes(name, make(world), tmp_path / "a", scope)
    assert expected == written_bytes(name, make(world, wrapped=True), tmp_path / "b", scope)
    assert expected == written_bytes(name, make(world, exports=False), tmp_path / "c", scope)
    if name == "caf":
        listed = make(world, startswith=False)
        assert expected == written_bytes(name, listed, tmp_path / "d", scope)


def test_a_date_may_be_a_date(world: World, tmp_path: Path) -> None:
    """The field ``date`` of the portal as a date, and not as a text."""
    scope, server = demo_scope(world), DaresServer(world)
    server.table.fields["date"] = "date"
    for record in server.table.records:
        record["date"] = record["date"].replace("-T4", "-10-01")
    with server:
        depot = fetched("dares", server, tmp_path, scope)
    assert {row["date"] for row in rows(depot.files[0])} == {"2022-10-01", "2023-10-01"}
    found = statistics(depot.folder, scope, "DEFM_ABC").choose(["DEFM_ABC"], scope.communes)
    assert found["DEFM_ABC"].period == "4e trimestre 2023"


def test_a_month_may_be_a_whole_date(world: World, tmp_path: Path) -> None:
    scope, server = demo_scope(world), CafServer(world)
    for record in server.table.records:
        record["dtreffre"] += "-01"
    with server:
        depot = fetched("caf", server, tmp_path, scope)
    found = statistics(depot.folder, scope, "CAF_FOYERS").choose(["CAF_FOYERS"], scope.communes)
    assert found["CAF_FOYERS"].date == "décembre 2024"


def test_long_lists_are_cut_by_the_length_of_the_address(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opendatasoft, "LONGEST", 200)
    scope = demo_scope(world)
    with CafServer(world, startswith=False) as server:
        progress = Listener()
        depot = fetched("caf", server, tmp_path, scope, progress)
        asked = [seen.param("where") for seen in server.log if seen.path.endswith("/csv")]
    assert len(asked) > 3
    codes = [code for where in asked for code in re.findall(r'"(\w{5})"', where)]
    assert sorted(codes) == sorted(set(codes)) == list(scope.communes)
    assert len(rows(depot.files[0])) == 5 * len(scope.communes)
    assert "may be incomplete" in " ".join(progress.warned)


def test_chunks_hold_every_code_once() -> None:
    codes = [f"{number:05d}" for number in range(1001, 1901)]
    parts = list(chunks("code_commune", codes, 1_500))
    assert [code for part in parts for code in part] == codes
    assert max(map(len, parts)) < 120
    assert list(chunks("k", ["01001"], 1)) == [("01001",)], "one is always asked"
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'


def test_pages_stop_at_the_cap_and_the_question_is_cut(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opendatasoft, "CAP", 100)
    scope = demo_scope(world)
    expected = written_bytes("caf", CafServer(world), tmp_path / "a", scope)
    with CafServer(world, exports=False) as server:
        depot = fetched("caf", server, tmp_path / "b", scope)
        offsets = [int(seen.param("offset", "0")) for seen in server.log]
    assert depot.files[0].read_bytes() == expected
    assert max(offsets) == 0, "never beyond the cap"


def test_a_commune_beyond_the_cap_is_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opendatasoft, "CAP", 4)  # a commune has five years
    with CafServer(world, exports=False) as server, pytest.raises(SourceError, match="more than the service gives"):  # fmt: skip
        fetched("caf", server, tmp_path, demo_scope(world))


def test_the_address_of_a_question_is_short_enough(world: World, tmp_path: Path) -> None:
    for name, (make, _, _) in COLLECTORS.items():
        with make(world) as server:
            fetched(name, server, tmp_path / name, demo_scope(world))
            for seen in server.log:
                assert sum(len(key) + len(value) for key, value in seen.params) < 4_000


# What goes wrong ------------------------------------------------------------------------------


def test_an_unknown_field_is_told_in_the_service_s_words(world: World, tmp_path: Path) -> None:
    with CafServer(world) as server:
        web = web_on(tmp_path, caf=server.url)
        portal = Portal(web, "caf", "s_ben_com_f")
        portal.about.fields["inconnu"] = "text"
        with pytest.raises(ServiceError, match="Unknown field: inconnu"):
            portal.values("inconnu")


def test_a_lost_field_is_named(world: World, tmp_path: Path) -> None:
    server = CafServer(world)
    del server.table.fields["numcomdo"]
    with server, pytest.raises(SourceError, match="no field numcomdo"):
        fetched("caf", server, tmp_path, demo_scope(world))


def test_lost_years_are_told(world: World, tmp_path: Path) -> None:
    server = UrssafServer(world)
    for name in [name for name in server.table.fields if name.startswith("effectifs")]:
        del server.table.fields[name]
    with server, pytest.raises(SourceError, match="no yearly column"):
        fetched("urssaf", server, tmp_path, demo_scope(world))


def test_an_unknown_dataset_is_told(world: World, tmp_path: Path) -> None:
    server = CafServer(world)
    server.table.id = "another"
    with server, pytest.raises(ServiceError, match="Unknown dataset: s_ben_com_f"):
        fetched("caf", server, tmp_path, demo_scope(world))


def test_the_daily_quota_is_told(world: World, tmp_path: Path) -> None:
    with CafServer(world, quota=(1, 1e6)) as server, pytest.raises(ServiceError) as caught:
        fetched("caf", server, tmp_path, demo_scope(world))
    assert caught.value.status == 429
    assert "Too many requests on the domain" in str(caught.value)


@pytest.mark.parametrize("exports", [True, False])
def test_lost_rows_are_never_accepted(world: World, tmp_path: Path, exports: bool) -> None:
    with CafServer(world, short=1, exports=exports) as server, pytest.raises(ServiceError, match="cut before its end"):  # fmt: skip
        fetched("caf", server, tmp_path, demo_scope(world))
    assert not (tmp_path / "data").exists()


def test_an_error_under_a_good_status_is_told_or_gone_round(world: World, tmp_path: Path) -> None:
    said = {"error_code": "InternalError", "message": "Panne imitée"}
    with CafServer(world) as server:
        server.script(Response.of_json(said))
        with pytest.raises(ServiceError, match="Panne imitée"):
            fetched("caf", server, tmp_path / "a", demo_scope(world))
    expected = written_bytes("caf", CafServer(world), tmp_path / "b", demo_scope(world))
    with CafServer(world) as server:
        server.script(lambda _: None, lambda _: None, Response.of_text(json.dumps(said)))
        depot = fetched("caf", server, tmp_path / "c", demo_scope(world))  # read by pages
    assert depot.files[0].read_bytes() == expected


def test_a_repeated_page_is_asked_again(world: World, tmp_path: Path) -> None:
    expected = written_bytes("caf", CafServer(world), tmp_path / "a", demo_scope(world))
    with CafServer(world, exports=False) as server:
        pages: list[Any] = []

        def second_page_is_the_first(seen: Any) -> Any:
            if seen.param("offset") == "100" and not pages:
                pages.append(seen)
                first = tuple(("offset", "0") if k == "offset" else (k, v) for k, v in seen.params)
                return server.answer(type(seen)(**{**seen.__dict__, "params": first}))
            return None

        server.script(*[second_page_is_the_first] * 8)
        depot = fetched("caf", server, tmp_path / "b", demo_scope(world))
    assert pages and depot.files[0].read_bytes() == expected


def test_nothing_for_the_territory_is_told(world: World, tmp_path: Path) -> None:
    scope = Scope(("97302",), ("97302",), (), ("973",), ("03",), ((-53, 4, -52, 5),))
    with CafServer(world) as server, pytest.raises(SourceError, match="holds nothing for the départements 973"):  # fmt: skip
        fetched("caf", server, tmp_path, scope)


def test_a_second_run_asks_nothing_and_writes_the_same(world: World, tmp_path: Path) -> None:
    scope = demo_scope(world)
    with UrssafServer(world) as server:
        first = fetched("urssaf", server, tmp_path, scope).files[0].read_bytes()
        asked = len(server.log)
        second = fetched("urssaf", server, tmp_path, scope).files[0].read_bytes()
        assert len(server.log) == asked
    assert first == second


def test_answers_of_two_states_of_the_data_are_not_mixed(world: World, tmp_path: Path) -> None:
    table = Table("d", "t", "l", {"code_departement": "text", "com": "text"}, [{"code_departement": "53", "com": "53901"}])  # fmt: skip
    with CafServer(world, table=table) as server:
        web = web_on(tmp_path, caf=server.url)
        Portal(web, "caf", "d").rows(["com"], "com", demo_scope(world), Listener())
        counted = [seen for seen in server.log if seen.path == f"{ROOT}d/records"]
        later = Portal(web, "caf", "d")
        object.__setattr__(later.about, "modified", "2027-01-01")
        later.rows(["com"], "com", demo_scope(world), Listener())
        again = [seen for seen in server.log if seen.path == f"{ROOT}d/records"]
    assert (len(counted), len(again)) == (1, 2)


# The user's own files -------------------------------------------------------------------------


def put(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8-sig")


def test_the_labels_of_the_dares_export_are_read(tmp_path: Path) -> None:
    """``use_labels=true``, what the button of the site gives."""
    text = (
        "Date;Code région;Région;Code département;Département;Code commune;Commune;Type de données;"
        "Catégorie;Sexe;Tranche d'âge;Nombre de demandeurs d'emploi\n"
        "2024-T4;53;Bretagne;35;Ille-et-Vilaine;35001;X;Brutes;ABC;Total;Total;45\n"
        "2024-T4;53;Bretagne;35;Ille-et-Vilaine;35001;X;Brutes;ABC;Femmes;Total;20\n"
        "2024-T4;Total;Total;Total;Total;Total;Total France;Brutes;ABC;Total;Total;5000000\n"
    )
    put(tmp_path, "export.csv", text)
    scope = Scope(("35001",), ("35001",), (), ("35",), ("53",), ((0, 0, 1, 1),))
    file = scan(tmp_path).files[0]
    assert (file.dataset, file.vintage) == ("dares_defm", 2024)
    found = statistics(tmp_path, scope, "DEFM_ABC").choose(["DEFM_ABC"], scope.communes)
    assert found["DEFM_ABC"].get("35001").number == 45


CAF = "dtreffre;numcomdo;nomcom;indfoy_ndur;indnbp_ndur;indfoy_rsa\n"


@pytest.mark.parametrize("date", ["2024-12", "202412", "2024-12-31", "2024-12-01T00:00:00+00:00"])
@pytest.mark.parametrize(("hidden", "state"), [("", "secret"), ("s", "secret"), ("<5", "secret"), ("nc", "secret"), ("0", "connu")])  # fmt: skip
def test_both_forms_of_hidden_counts_and_dates(
    tmp_path: Path, date: str, hidden: str, state: str
) -> None:
    put(tmp_path, "caf.csv", CAF + f"{date};35001;X;40;90;{hidden}\n{date};;Non localisés;5;5;5\n")
    scope = Scope(("35001",), ("35001",), (), ("35",), ("53",), ((0, 0, 1, 1),))
    file = scan(tmp_path).files[0]
    assert (file.dataset, file.vintage) == ("caf_communes", 2024)
    found = statistics(tmp_path, scope, "CAF_RSA").choose(["CAF_RSA"], scope.communes)
    assert (found["CAF_RSA"].get("35001").state.value, found["CAF_RSA"].date) == (
        state,
        "décembre 2024",
    )


def test_rows_that_contradict_each_other_are_failed(tmp_path: Path) -> None:
    text = CAF + "2024-12;35001;X;40;90;10\n2024-12;35001;X;5;5;5\n2024-12;35002;Y;50;90;15\n"
    put(tmp_path, "caf.csv", text)
    scope = Scope(("35001", "35002"), ("35001",), (), ("35",), ("53",), ((0, 0, 1, 1),))
    found = statistics(tmp_path, scope, "CAF_RSA").choose(["CAF_RSA"], scope.communes)
    assert found["CAF_RSA"].get("35001").state is State.FAILED
    assert found["CAF_RSA"].get("35002").number == 15


def test_the_latest_year_that_covers_the_communes(tmp_path: Path) -> None:
    text = CAF + "2023-12;35001;X;40;90;10\n2023-12;35002;Y;50;90;15\n2024-12;35001;X;45;95;5\n"
    put(tmp_path, "caf.csv", text)
    scope = Scope(("35001", "35002"), ("35001",), (), ("35",), ("53",), ((0, 0, 1, 1),))
    found = statistics(tmp_path, scope, "CAF_RSA").choose(["CAF_RSA"], scope.communes)
    assert found["CAF_RSA"].date == "décembre 2023"
