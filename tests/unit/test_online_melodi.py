"""The statistics of Insee by its API Melodi: the same indicators as from the official files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

import pytest
from coodiag.coodiag_plugin.analysis.indicators import (
    IndicatorResult,
    compute,
    formulas,
    indicator,
    variable_names,
)
from coodiag.coodiag_plugin.core import catalogue
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.core.variables import Variable
from coodiag.coodiag_plugin.core.variables import family as family_of
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import Inventory, scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.online import melodi_query
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.melodi import collect_statistics, zone_members
from coodiag.coodiag_plugin.sources.online.melodi_cells import lacking
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.coodiag_plugin.sources.web.client import Web
from coodiag.coodiag_plugin.sources.web.faults import ServiceError
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.melodi import COLUMNS, QUOTA, Line, MelodiServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.web_samples import FakeClock, Listener, client

EPCI = "245390927"


def of_insee(name: str) -> bool:
    """Whether an indicator is made of variables that the tables of Melodi may hold."""
    return all("melodi_commune" in family_of(v).datasets for v in variable_names([name]))


ALL = tuple(name for name in catalogue.indicators() if of_insee(name))
#: Those that Melodi is asked for; the catalogue says which file of Insee gives the others.
IDS = tuple(name for name in ALL if not any(map(lacking, variable_names([name]))))
NAMES = variable_names(IDS)


@pytest.fixture(scope="module")
def official(demo: DemoPaths) -> Inventory:
    return scan(demo.data_folder)


@pytest.fixture(scope="module")
def geography(official: Inventory) -> Geography:
    return load_geography(official)


@pytest.fixture(scope="module")
def server(world: World) -> Iterator[MelodiServer]:
    with MelodiServer(world) as running:
        yield running


@pytest.fixture(scope="module")
def collected(server: MelodiServer, world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("melodi")
    web = open_web(server, tmp_path_factory.mktemp("cache"))
    depot = Depot(folder)
    collect_statistics(web, scope_of(world), depot, Listener())
    assert depot.failed == {}
    return folder


def open_web(
    server: MelodiServer, cache: Path, progress: Optional[Listener] = None, **more: Any
) -> Web:
    return client(cache, server.url, service="melodi", progress=progress, **more)


def scope_of(world: World, variables: tuple[str, ...] = NAMES, codes: Any = None) -> Scope:
    communes = tuple(sorted(codes or world.communes))
    territory = tuple(code for code in communes if world.communes[code]["EPCI"] == EPCI)
    return Scope(communes, territory, (EPCI,), ("53",), ("52",), ((-1, 48, 0, 49),), variables)


def invented(variables: tuple[str, ...], *communes: str) -> Scope:
    """A scope without the demonstration."""
    deps = tuple(sorted({code[:2] for code in communes}))
    return Scope(communes, communes, (), deps, (), ((0, 0, 1, 1),), variables)


def run(
    lines: dict[str, list[Line]],
    variables: tuple[str, ...],
    folder: Path,
    *communes: str,
    **more: Any,
) -> tuple[Depot, Listener]:
    """What is collected from a server that only holds these lines."""
    progress = Listener()
    depot = Depot(folder / "data")
    with MelodiServer(lines=lines, **more) as running:
        web = open_web(running, folder / "cache", progress)
        collect_statistics(web, invented(variables, *communes), depot, progress)
    return depot, progress


def table(depot: Depot, name: str) -> list[dict[str, str]]:
    text = (depot.folder / f"melodi_{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def pmun(code: str, value: Optional[float], year: int = 2023, **more: Any) -> Line:
    level = more.pop("level", "COM")
    return Line(level, code, year, {"POPREF_MEASURE": "PMUN"}, value, **more)


# -- the demonstration, by files and by Melodi ------------------------------------------------


def indicators(
    inventory: Inventory, geography: Geography, communes: tuple[str, ...]
) -> IndicatorResult:
    """Every indicator alone, at the vintages that it would be computed at."""
    statistics = Statistics(inventory, geography, NAMES)
    found = IndicatorResult()
    for name in IDS:
        top, bottom = formulas(indicator(name))
        above, below = list(top.names), list(bottom.names) if bottom else []
        chosen: dict[str, Variable]
        if indicator(name).years == "mixed" and below:
            chosen = {**statistics.choose(above, communes), **statistics.choose(below, communes)}
        else:
            chosen = statistics.choose([*above, *below], communes)
        if indicator(name).secrecy == "households":
            chosen = statistics.choose([*above, *below, "NBMENFISC"], communes)
        units = ("EPCI:" + EPCI, "DEP:53", "REG:52", "FRANCE")
        members = {unit: statistics.members(unit, chosen) for unit in units}
        found.update(compute(chosen, members, communes, [name]))
    return found


def test_the_indicators_of_the_files_and_of_melodi_are_equal(
    official: Inventory, geography: Geography, collected: Path, world: World
) -> None:
    communes = tuple(sorted(world.communes))
    files = indicators(official, geography, communes)
    online = indicators(scan(collected), geography, communes)
    assert files.missing == online.missing == []
    states: dict[State, int] = {}
    references = 0
    for name in IDS:
        for unit in communes:
            one, other = files.figures.get(unit, name), online.figures.get(unit, name)
            assert one.state is other.state, (name, unit)
            if one.number is not None:
                assert one.number == pytest.approx(other.number, rel=1e-9), (name, unit)
            states[one.state] = states.get(one.state, 0) + 1
        for unit in ("EPCI:" + EPCI, "DEP:53", "REG:52", "FRANCE"):
            one, other = files.references.get(unit, name), online.references.get(unit, name)
            assert one.state is other.state, (name, unit)
            if one.number is not None:
                assert one.number == pytest.approx(other.number, rel=1e-9), (name, unit)
                references += 1
        assert files.years[name] == online.years[name], name
    assert references > 70 and states[State.SECRET] > 20 and states[State.KNOWN] > 1000


def test_every_formula_has_its_codes() -> None:
    from coodiag.coodiag_plugin.sources.online.melodi_cells import recipes

    assert {name.rstrip("~") for name in NAMES} <= set(recipes())
    assert len(IDS) >= 90


def test_what_is_not_asked_for_has_its_reason_and_nothing_else_has_one(tmp_path: Path) -> None:
    from coodiag.coodiag_plugin.core.catalogue import rows
    from coodiag.coodiag_plugin.sources.online.melodi_cells import recipes

    names = variable_names(ALL)
    assert all(lacking(name) or name.rstrip("~") in recipes() for name in names)
    assert not any(lacking(name) for name in recipes())
    for row in rows("melodi_lacking"):
        assert any(re.fullmatch(row["name"], name) for name in names), row["name"]
    depot, progress = run({}, ("P_SCOL0205", "P_POP0205"), tmp_path, "53901")
    assert depot.failed == {} and not list(depot.folder.glob("*.csv"))
    (said,) = [line for line in progress.said if "P_SCOL0205" in line]
    assert "base-cc-diplomes-formation" in said and "scolarisation" in said


def test_the_server_and_the_client_do_not_share_their_codes() -> None:
    """Written twice by hand: the census columns that both know agree on the dataset."""
    from coodiag.coodiag_plugin.sources.online.melodi_cells import recipes

    both = set(COLUMNS) & set(recipes())
    assert len(both) > 15
    assert all(COLUMNS[name][0] == recipes()[name].dataset for name in both)


def test_a_table_names_its_source(collected: Path) -> None:
    homes = read_citation(collected / "melodi_DS_RP_LOGEMENT_PRINC_communes.csv")
    assert homes is not None
    assert homes.title == "Recensement de la population : logements"
    assert (homes.producer, homes.vintage, homes.cog) == ("Insee", "2021", "2024")
    assert homes.dataset == "melodi_commune" and "DS_RP_LOGEMENT_PRINC" in homes.address
    assert homes.retrieved == "2026-11-18" and homes.service == "Insee, API Melodi"
    incomes = read_citation(collected / "melodi_DS_FILOSOFI_CC_regions.csv")
    assert incomes is not None and incomes.producer.startswith("Insee-DGFiP")


def test_the_legal_population_is_cited_as_such(
    collected: Path, geography: Geography, world: World
) -> None:
    """The census series hold the same figure under P_POP: the table of its own is preferred."""
    statistics = Statistics(scan(collected), geography, ("PMUN", "P_POP"))
    found = statistics.choose(["PMUN"], world.communes)["PMUN"]
    assert found.provenance.title == "Populations légales : populations de référence"
    assert found.citation == "Insee, Populations légales" and found.year == 2021


def test_the_levels_are_recognised(collected: Path) -> None:
    found = {file.name: file.dataset for file in scan(collected).files}
    for end, family in (
        ("communes", "melodi_commune"),
        ("epci", "melodi_epci"),
        ("departements", "melodi_departement"),
        ("regions", "melodi_region"),
    ):
        assert found[f"melodi_DS_FILOSOFI_CC_{end}.csv"] == family
    assert not scan(collected).ignored


def test_as_few_requests_as_can_be(server: MelodiServer, world: World, tmp_path: Path) -> None:
    server.log.clear()
    collect_statistics(
        open_web(server, tmp_path / "c"), scope_of(world), Depot(tmp_path), Listener()
    )
    datasets = {seen.path.rsplit("/", 1)[1] for seen in server.log}
    pages = sum(seen.param("page", "1") != "1" for seen in server.log)
    # one description, one question above the communes, one for the communes; the empty ones of
    # the demonstration are asked again without their years or commune by commune
    assert len(server.log) - pages <= 3 * len(datasets) + 6
    assert max(len(str(seen.params)) for seen in server.log) < 6_000


def test_the_same_answers_give_the_same_bytes(
    collected: Path, server: MelodiServer, world: World, tmp_path: Path
) -> None:
    for mode in ("auto", "offline"):
        depot = Depot(tmp_path / mode)
        web = open_web(server, tmp_path / "c", mode=mode)
        collect_statistics(web, scope_of(world), depot, Listener())
        assert depot.files
        for path in depot.files:
            assert path.read_bytes() == (collected / path.name).read_bytes()


def test_the_quota_is_never_passed(world: World, tmp_path: Path) -> None:
    clock = FakeClock()
    times: list[float] = []

    class Timed(MelodiServer):
        def answer(self, seen: Seen) -> Response:
            times.append(clock.now())
            return super().answer(seen)

    with Timed(world) as running:
        web = open_web(running, tmp_path / "c", clock=clock)
        collect_statistics(web, scope_of(world), Depot(tmp_path), Listener())
    count, seconds = QUOTA
    assert len(times) > count
    for start in times:
        assert sum(start <= moment < start + seconds for moment in times) <= count


def test_zone_members(server: MelodiServer, world: World, tmp_path: Path) -> None:
    web = open_web(server, tmp_path)
    zones = [zone_members(web, code) for code in ("5298", "5299")]
    assert sorted(zones[0] + zones[1]) == sorted(world.communes)
    with pytest.raises(SourceError, match="9999"):
        zone_members(web, "9999")


# -- cells ------------------------------------------------------------------------------------


def test_cells_keep_their_digits_and_their_reasons(tmp_path: Path) -> None:
    lines = [
        pmun("14001", 2057.93753915075),
        pmun("14002", 327734.0),
        pmun("14003", None),
        pmun("14004", None, attributes={"CONF_STATUS": "C"}),
        pmun("14005", 12.0, attributes={"CONF_STATUS": "N"}),
        pmun("14006", None, attributes={"OBS_STATUS": "Q"}),
        pmun("14007", 5.0, attributes={"OBS_STATUS": "K"}),
        pmun("14008", 0.0, attributes={"CONF_STATUS": "F", "OBS_STATUS": "A"}),
        pmun("14009", 7.0, measure="OBS_VALUE_AUTRE"),
    ]
    depot, _ = run({"DS_POPULATIONS_REFERENCE": lines}, ("PMUN",), tmp_path, "14001", "14010")
    cells = {
        row["GEO_COM"]: row["PMUN23"] for row in table(depot, "DS_POPULATIONS_REFERENCE_communes")
    }
    assert cells == {
        "14001": "2057.93753915075", "14002": "327734", "14003": "nd", "14004": "s", "14005": "s",
        "14006": "s", "14007": "nd", "14008": "0", "14009": "7", "14010": "nd",
    }  # fmt: skip
    variable = Statistics(scan(depot.folder), Few(tuple(cells)), ("PMUN",)).choose(["PMUN"], cells)[
        "PMUN"
    ]
    assert variable.get("14004").state is State.SECRET
    assert variable.get("14010").state is State.ABSENT
    assert variable.get("14008").number == 0


class Few:
    """A list of communes without any change."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        import pandas as pd
        from coodiag.coodiag_plugin.sources.changes import Changes

        self.cog = 2024
        self.changes = Changes()
        self.communes = pd.DataFrame({"reg": ["28"] * len(codes)}, index=list(codes))

    def members(self, unit: str) -> tuple[str, ...]:
        return ()


def family_line(code: str, value: Optional[float], kind: str, **more: Any) -> Line:
    return Line("COM", code, 2023, {"TFN": kind, "NCH": "_T"}, value, **more)


def test_a_sum_lacks_what_one_of_its_parts_lacks(tmp_path: Path) -> None:
    secret = {"CONF_STATUS": "C"}
    lines = [
        family_line("14001", 1.1, "11"), family_line("14001", 2.2, "12"),
        family_line("14002", 1.0, "11"),
        family_line("14003", 1.0, "11"), family_line("14003", None, "12", attributes=secret),
    ]  # fmt: skip
    depot, _ = run({"DS_RP_FAMILLE_COMP": lines}, ("C_FAMMONO",), tmp_path, "14001")
    found = [row["C23_FAMMONO"] for row in table(depot, "DS_RP_FAMILLE_COMP_communes")]
    assert found == ["3.3000000000000003", "nd", "s"]


def test_the_total_is_taken_rather_than_the_sum(tmp_path: Path) -> None:
    lines = [family_line("14001", 9.0, kind) for kind in ("1", "11", "12")]
    depot, _ = run({"DS_RP_FAMILLE_COMP": lines}, ("C_FAMMONO",), tmp_path, "14001")
    assert table(depot, "DS_RP_FAMILLE_COMP_communes") == [{"GEO_COM": "14001", "C23_FAMMONO": "9"}]


def test_the_newest_year_with_figures_and_the_one_before(tmp_path: Path) -> None:
    def filo(measure: str, year: int, value: Optional[float]) -> Line:
        codes = {"FILOSOFI_MEASURE": measure, "UNIT_MEASURE": "EUR_YR"}
        return Line("COM", "14001", year, codes, value)

    lines = [filo("MED_SL", year, float(year)) for year in (2019, 2021, 2023)]
    lines += [filo("S_HH_TAX", 2021, 50.5), filo("S_HH_TAX", 2023, None)]
    depot, _ = run({"DS_FILOSOFI_CC": lines}, ("MED", "PIMP"), tmp_path, "14001")
    assert table(depot, "DS_FILOSOFI_CC_communes") == [
        {"GEO_COM": "14001", "MED23": "2023", "MED21": "2021", "PIMP21": "50.5"}
    ]
    source = read_citation(depot.folder / "melodi_DS_FILOSOFI_CC_communes.csv")
    assert source is not None and source.vintage == "2021, 2023"


def test_two_figures_for_one_cell_are_refused(tmp_path: Path) -> None:
    def filo(unit: str, value: float) -> Line:
        codes = {"FILOSOFI_MEASURE": "MED_SL", "UNIT_MEASURE": unit}
        return Line("COM", "14001", 2021, codes, value)

    lines = [filo("EUR_YR", 20000.0), filo("EUR_MONTH", 1700.0)]
    depot, progress = run({"DS_FILOSOFI_CC": lines}, ("MED",), tmp_path, "14001")
    assert not depot.files and set(depot.failed) == {"MED"}
    assert "several figures" in progress.warned[0]


def test_codes_that_are_gone_are_named(tmp_path: Path) -> None:
    class Renamed(MelodiServer):
        def __init__(self, **more: Any) -> None:
            super().__init__(**more)
            cube = self.cubes["DS_RP_LOGEMENT_PRINC"]
            cube.codes["TSH"] = ["_T", "OWNER"]

    depot, progress = Depot(tmp_path / "data"), Listener()
    with Renamed() as running:
        names = ("P_LOG", "P_RP_PROP")
        collect_statistics(
            open_web(running, tmp_path / "c"), invented(names, "75056"), depot, progress
        )
    assert set(depot.failed) == {"P_RP_PROP"}
    assert "P_RP_PROP (dimension TSH)" in progress.warned[0]
    assert table(depot, "DS_RP_LOGEMENT_PRINC_communes") == [
        {"GEO_COM": "75056", "P21_LOG": "10000"}
    ]


# -- forms of the answers ------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["COM", "ARM"])
def test_paris_by_commune_or_by_arrondissement(level: str, tmp_path: Path) -> None:
    depot, _ = run({}, ("PMUN", "MED"), tmp_path, "75056", plm=level)
    rows = table(depot, "DS_POPULATIONS_REFERENCE_communes")
    assert len(rows) == (1 if level == "COM" else 20)
    statistics = Statistics(scan(depot.folder), Few(("75056",)), ("PMUN", "MED"))
    assert statistics.choose(["PMUN"], ["75056"])["PMUN"].get("75056").number == 20_000
    median = statistics.choose(["MED"], ["75056"])
    if level == "COM":
        assert median["MED"].get("75056").number == 20_056
    else:  # the median of Paris is not the one of its arrondissements
        assert not median


@pytest.mark.parametrize(
    "form",
    [
        {"dated": False},
        {"counting": False},
        {"one_star": True},
        {"ranges": False},
    ],
)
def test_the_unsure_forms_give_the_same(
    form: dict[str, bool], world: World, collected: Path, tmp_path: Path
) -> None:
    names = ("PMUN", "P_RP", "P_RP_PROP", "MED", "NBMENFISC")
    whole = Depot(tmp_path / "whole")
    with MelodiServer(world, **form) as running:
        web = open_web(running, tmp_path / "c")
        collect_statistics(web, scope_of(world, names), whole, Listener())
    assert not whole.failed
    path = "melodi_DS_POPULATIONS_REFERENCE_communes.csv"
    assert (whole.folder / path).read_bytes() == (collected / path).read_bytes()
    assert len(table(whole, "DS_FILOSOFI_CC_communes")) == len(world.communes)


def test_several_departements_though_one_star_counts(tmp_path: Path) -> None:
    lines = [pmun("14001", 10.0), pmun("61001", 20.0), pmun("61002", 30.0)]
    depot, _ = run(
        {"DS_POPULATIONS_REFERENCE": lines}, ("PMUN",), tmp_path, "14001", "61001", "61002",
        one_star=True,
    )  # fmt: skip
    rows = table(depot, "DS_POPULATIONS_REFERENCE_communes")
    assert [row["PMUN23"] for row in rows] == ["10", "20", "30"]


def test_a_commune_of_an_older_list_comes_with_the_departement(tmp_path: Path) -> None:
    """14002 has merged into 14001 since: the table holds both, the reader adds them up."""
    lines = [pmun("14001", 10.0, cog="2025"), pmun("14002", 5.0, cog="2025")]
    depot, _ = run({"DS_POPULATIONS_REFERENCE": lines}, ("PMUN",), tmp_path, "14001")
    rows = table(depot, "DS_POPULATIONS_REFERENCE_communes")
    assert [row["GEO_COM"] for row in rows] == ["14001", "14002"]
    source = read_citation(depot.folder / "melodi_DS_POPULATIONS_REFERENCE_communes.csv")
    assert source is not None and source.cog == "2025"


@pytest.mark.parametrize("codes", [["F", "FM"], ["FM"], []])
def test_the_country_with_or_without_overseas(codes: list[str], tmp_path: Path) -> None:
    lines = [pmun("14001", 1.0)]
    lines += [pmun(code, 60.0 + rank, level="FRANCE") for rank, code in enumerate(codes)]
    depot, _ = run({"DS_POPULATIONS_REFERENCE": lines}, ("PMUN",), tmp_path, "14001")
    path = depot.folder / "melodi_DS_POPULATIONS_REFERENCE_france.csv"
    assert path.exists() == bool(codes)
    if codes:
        (row,) = table(depot, "DS_POPULATIONS_REFERENCE_france")
        assert row == {"GEO_FRANCE": "FRANCE" if "F" in codes else "METRO", "PMUN23": "60"}
        source = read_citation(path)
        assert source is not None and ("métropolitaine" in source.note) == ("F" not in codes)
        variable = Statistics(scan(depot.folder), Few(("14001",)), ("PMUN",)).choose(
            ["PMUN"], ["14001"]
        )
        assert variable["PMUN"].get("FRANCE").number == 60


@pytest.mark.parametrize("counting", [True, False])
def test_pages(
    counting: bool, world: World, collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(melodi_query, "PAGE", 7)
    depot = Depot(tmp_path / "data")
    with MelodiServer(world, counting=counting) as running:
        web = open_web(running, tmp_path / "c")
        collect_statistics(web, scope_of(world, ("PMUN",)), depot, Listener())
        assert max(int(seen.param("page", "1")) for seen in running.log) > 5
    path = "melodi_DS_POPULATIONS_REFERENCE_communes.csv"
    assert (depot.folder / path).read_bytes() == (collected / path).read_bytes()


# -- faults -------------------------------------------------------------------------------------


def faulty_page(
    seen: Seen, change: Any, server: MelodiServer, page: str = "2"
) -> Optional[Response]:
    """The true page, changed, once: None lets the request pass."""
    if not seen.path.startswith("/data") or seen.param("page") != page:
        server.script(lambda other: faulty_page(other, change, server, page))
        return None
    body = json.loads(server.answer(seen).body)
    change(body)
    return Response.of_json(body)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["observations"].pop(),
        lambda body: body["observations"].clear(),
    ],
)
def test_a_short_page_is_asked_again(
    change: Any, world: World, collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(melodi_query, "PAGE", 20)
    depot = Depot(tmp_path / "data")
    with MelodiServer(world) as running:
        running.script(lambda seen: faulty_page(seen, change, running))
        web = open_web(running, tmp_path / "c")
        collect_statistics(web, scope_of(world, ("PMUN",)), depot, Listener())
    path = "melodi_DS_POPULATIONS_REFERENCE_communes.csv"
    assert (depot.folder / path).read_bytes() == (collected / path).read_bytes()


def test_a_repeated_page_is_never_counted_twice(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(melodi_query, "PAGE", 20)

    class Stuck(MelodiServer):
        def answer(self, seen: Seen) -> Response:
            params = tuple((k, "1" if k == "page" else v) for k, v in seen.params)
            return super().answer(Seen(seen.method, seen.path, params, {}, b"", seen.time))

    depot, progress = Depot(tmp_path / "data"), Listener()
    with Stuck(world) as running:
        web = open_web(running, tmp_path / "c", progress)
        collect_statistics(web, scope_of(world, ("PMUN",)), depot, progress)
    assert not depot.files and set(depot.failed) == {"PMUN"}
    assert "cut before its end" in str(depot.failed["PMUN"])


def test_fewer_lines_than_told_are_refused(tmp_path: Path) -> None:
    class Short(MelodiServer):
        def _data(self, name: str, seen: Seen) -> Response:
            body = json.loads(super()._data(name, seen).body)
            body["paging"]["count"] = len(body["observations"]) + 1
            return Response.of_json(body)

    depot, progress = Depot(tmp_path / "data"), Listener()
    with Short() as running:
        web = open_web(running, tmp_path / "c", progress)
        collect_statistics(web, invented(("PMUN",), "75056"), depot, progress)
    assert not depot.files and set(depot.failed) == {"PMUN"}


def test_a_dataset_that_fails_leaves_the_others(world: World, tmp_path: Path) -> None:
    class Without(MelodiServer):
        def answer(self, seen: Seen) -> Response:
            if "DS_RP_SERIE_HISTORIQUE" in seen.path:  # withdrawn: HTTP 500 in plain text
                path = seen.path.replace("HISTORIQUE", "RETIREE")
                return super().answer(Seen(seen.method, path, seen.params, {}, b"", seen.time))
            return super().answer(seen)

    depot, progress = Depot(tmp_path / "data"), Listener()
    with Without(world) as running:
        web = open_web(running, tmp_path / "c", progress)
        names = ("PMUN", "P_POP", "P_POP~")
        collect_statistics(web, scope_of(world, names), depot, progress)
    assert set(depot.failed) == {"P_POP", "P_POP~"}
    assert isinstance(depot.failed["P_POP"], ServiceError)
    assert "HTTP 500: Le serveur a rencontré une erreur inattendue" in str(depot.failed["P_POP"])
    assert [path.name for path in depot.files if "REFERENCE" in path.name]
    assert any("P_POP" in said for said in progress.warned)


@pytest.mark.parametrize(
    "response",
    [
        Response.typed(b'{"identifier":"DS_POP', "application/json", chunked=True),
        Response.of_json({"message": "Rate limit exceeded !"}, status=429),
        Response.of_text("Le serveur a rencontré une erreur inattendue.", status=500),
    ],
)
def test_passing_faults(response: Response, world: World, collected: Path, tmp_path: Path) -> None:
    depot = Depot(tmp_path / "data")
    with MelodiServer(world) as running:
        running.script(response, lambda seen: None, response, response)
        web = open_web(running, tmp_path / "c")
        collect_statistics(web, scope_of(world, ("PMUN",)), depot, Listener())
    path = "melodi_DS_POPULATIONS_REFERENCE_communes.csv"
    assert (depot.folder / path).read_bytes() == (collected / path).read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Paramètre inconnu"},
        [],
        {"observations": [{"dimensions": {"TIME_PERIOD": "2023"}}]},
        {"observations": [{"dimensions": {"GEO": "14118"}}]},
    ],
)
def test_an_error_under_status_200(body: Any, tmp_path: Path) -> None:
    class Wrong(MelodiServer):
        def _data(self, name: str, seen: Seen) -> Response:
            return Response.of_json(body)

    depot, progress = Depot(tmp_path / "data"), Listener()
    with Wrong() as running:
        web = open_web(running, tmp_path / "c", progress)
        collect_statistics(web, invented(("PMUN",), "75056"), depot, progress)
    assert not depot.files and set(depot.failed) == {"PMUN"}
    assert re.search("answers with an error", str(depot.failed["PMUN"]))


def test_nothing_for_the_territory_is_said_and_not_a_failure(tmp_path: Path) -> None:
    depot, progress = run({}, ("PMUN", "P_SAL15P"), tmp_path, "97601")
    assert not depot.files and not depot.failed
    assert sum("no figure for this territory" in said for said in progress.warned) == 2


def test_a_recorded_answer_of_the_service(tmp_path: Path) -> None:
    """Nantes, January 2026, as recorded by the public R client of Insee."""
    recorded = {
        "identifier": "DS_POPULATIONS_REFERENCE",
        "title": {"fr": "Populations de référence", "en": "Reference populations "},
        "publisher": {"id": "INSEE"},
        "observations": [
            {
                "dimensions": {
                    "GEO": "2025-COM-44109", "FREQ": "A", "TIME_PERIOD": "2023",
                    "POPREF_MEASURE": name,
                },
                "measures": {"OBS_VALUE_NIVEAU": {"value": value}},
            }
            for name, value in (("PMUN", 327734.0), ("PTOT", 332515.0), ("PCAP", 4781.0))
        ],
        "paging": {"first": "https://api.insee.fr/melodi/data/DS_POPULATIONS_REFERENCE?page=1"},
    }  # fmt: skip

    class Recorded(MelodiServer):
        def _data(self, name: str, seen: Seen) -> Response:
            return Response.of_json(recorded)

    depot = Depot(tmp_path / "data")
    with Recorded() as running:
        web = open_web(running, tmp_path / "c")
        collect_statistics(web, invented(("PMUN",), "44109"), depot, Listener())
    assert table(depot, "DS_POPULATIONS_REFERENCE_communes") == [
        {"GEO_COM": "44109", "PMUN23": "327734"}
    ]
