"""A territory asked of the services: codes, names, mergers, arrondissements, overseas, Corsica."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.codes import legal_crs
from coodiag.coodiag_plugin.core.errors import InputError, SourceError, TerritoryError
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.sources.changes import COLUMNS, Changes
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.online import geo_api
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.geography import collect_geography
from coodiag.coodiag_plugin.sources.online.scope import Box, Scope, with_arrondissements
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.coodiag_plugin.sources.web.client import Web
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.servers.wfs import CARTO, WfsServer
from coodiag.tests.servers.wfs import commune as contour
from coodiag.tests.unit import online_samples as samples
from coodiag.tests.unit.web_samples import Listener


@dataclass
class Country:
    """Both services, the folder that they fill and what was said."""

    list_server: GeoApiServer
    wfs_server: WfsServer
    web: Web
    depot: Depot
    heard: Listener

    def ask(
        self, expression: str, box: Box | None = None, zone: Sequence[str] | None = None
    ) -> Scope:
        members = None if zone is None else (lambda web, code: zone)
        return collect_geography(
            self.web, expression, box, ("P_POP",), self.depot, self.heard, members
        )

    def load(self) -> Geography:
        return load_geography(scan(self.depot.folder))


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    with samples.geo_api() as list_server, samples.wfs() as wfs_server:
        heard = Listener()
        web = samples.web(tmp_path, heard, geo_api=list_server, wfs=wfs_server)
        yield Country(list_server, wfs_server, web, Depot(tmp_path / "folder"), heard)


class TestScope:
    def test_an_epci_with_its_surroundings(self, country: Country) -> None:
        scope = country.ask("EPCI:243500139")
        assert scope.territory == ("35001", "35002")
        assert scope.communes == ("35001", "35002", "35003")
        assert scope.epcis == ("243500139",)
        assert (scope.departments, scope.regions) == (("35",), ("53",))
        assert scope.boxes[0] == pytest.approx((-1.7, 48.1, -1.4, 48.2))
        assert scope.variables == ("P_POP",)
        assert not country.heard.warned

    @pytest.mark.parametrize(
        ("expression", "territory"),
        [
            ("Alpha Métropole", ("35001", "35002")),
            ("gamma", ("35003",)),
            ("DEP:35", ("35001", "35002", "35003", "35004")),
            ("REG:94", ("2A004", "2B033")),
            ("DEP:2A", ("2A004",)),
            ("COM:2b033;COM:35003", ("2B033", "35003")),
            ("DEP:974", ("97411",)),
            ("COM:97608", ("97608",)),
            ("COM:97502", ("97502",)),
            ("DEP:975", ("97502",)),
        ],
    )
    def test_codes_and_names(
        self, country: Country, expression: str, territory: tuple[str, ...]
    ) -> None:
        assert country.ask(expression).territory == territory
        assert set(country.load().resolve(expression).communes) == set(territory)

    def test_an_old_code_gives_the_present_commune(self, country: Country) -> None:
        assert country.ask("COM:35009").territory == ("35001",)
        assert (
            "35009 is no longer a commune: Alpha (35001) is taken instead." in country.heard.warned
        )

    def test_an_old_code_shared_between_two_gives_both(self, country: Country) -> None:
        assert country.ask("COM:35011").territory == ("35003", "35004")

    def test_an_arrondissement_gives_the_whole_commune_and_back(self, country: Country) -> None:
        scope = country.ask("COM:75101;COM:13201;COM:69389")
        assert scope.territory == ("13055", "69123", "75056")
        spread = list(with_arrondissements(scope.territory))
        assert len(spread) == 20 + 9 + 16 and {"75120", "69381", "13216"} <= set(spread)

    @pytest.mark.parametrize(
        ("code", "crs"),
        [("97105", "EPSG:5490"), ("97411", "EPSG:2975"), ("97608", "EPSG:4471"),
         ("97502", "EPSG:4467"), ("2A004", "EPSG:2154")],
    )  # fmt: skip
    def test_each_place_has_its_projection(self, country: Country, code: str, crs: str) -> None:
        scope = country.ask(f"COM:{code}")
        assert scope.territory == (code,) and legal_crs(code) == crs
        west, south, east, north = scope.boxes[0]
        assert west < east and south < north and east - west < 1

    def test_two_oceans_do_not_bring_what_lies_between(self, country: Country) -> None:
        """Refused later for its two projections, not here."""
        scope = country.ask("COM:75056;COM:97411")
        assert scope.communes == ("75056", "97411")

    @pytest.mark.parametrize(
        ("expression", "words"),
        [
            ("COM:35777", "35777"),
            ("EPCI:200000008", "200000008"),
            ("DEP:99", "99"),
            ("COM:35O01", "35O01"),
            ("Nulle-Part-sur-Mer", "Nulle-Part"),
        ],
    )
    def test_what_cannot_be_placed_is_named(
        self, country: Country, expression: str, words: str
    ) -> None:
        with pytest.raises(TerritoryError, match=words):
            country.ask(expression)

    def test_no_territory_is_refused_before_anything_is_asked(self, country: Country) -> None:
        with pytest.raises(InputError, match="No territory"):
            country.ask(" ")
        assert not country.list_server.log

    def test_the_communes_that_a_drawn_area_meets(self, country: Country) -> None:
        scope = country.ask("", (-1.59, 48.12, -1.45, 48.15))
        assert scope.territory == ("35002", "35003")
        assert scope.communes == ("35001", "35002", "35003"), "35001 is within the margin"

    def test_codes_and_an_area_together(self, country: Country) -> None:
        scope = country.ask("COM:35004", (-1.65, 48.12, -1.62, 48.15))
        assert scope.territory == ("35001", "35004")

    def test_an_area_at_sea_is_refused(self, country: Country) -> None:
        with pytest.raises(SourceError, match="meets the extent"):
            country.ask("", (-30.0, 40.0, -29.0, 41.0))

    def test_older_files_of_the_folder_do_not_decide(
        self, country: Country, tmp_path: Path
    ) -> None:
        country.depot.folder.mkdir()
        (country.depot.folder / "EPCI_2012.csv").write_text(
            "CODGEO;LIBGEO;EPCI;LIBEPCI\n35004;Loin;243500139;Ancien nom\n", encoding="utf-8"
        )
        assert country.ask("EPCI:243500139").territory == ("35001", "35002")


class TestZones:
    def test_an_employment_zone_is_asked_of_another_service(self, country: Country) -> None:
        scope = country.ask("ZE:5315;COM:35003", zone=["35002", "35001"])
        assert scope.territory == ("35001", "35002", "35003")
        geography = country.load()
        assert geography.members("ZE:5315") == ("35001", "35002")
        assert geography.resolve("ZE:5315").communes == ("35001", "35002")
        assert geography.name("ZE:5315") == "Zone d’emploi 5315"

    def test_a_zone_that_nobody_knows_is_named(self, country: Country) -> None:
        with pytest.raises(TerritoryError, match="ZE:9999"):
            country.ask("ZE:9999", zone=[])


class TestServices:
    def test_the_folder_is_complete_and_cited(self, country: Country) -> None:
        country.ask("EPCI:243500139")
        names = sorted(path.name for path in country.depot.folder.iterdir())
        files = [name for name in names if not name.startswith(".")]
        assert files == [
            "communes_geo_api.csv",
            "contours_communes.geojson",
            "contours_departements.geojson",
            "contours_epci.geojson",
            "contours_regions.geojson",
        ]
        assert all(f".{name}.source" in names for name in files)
        geography = country.load()
        assert geography.cog == 2026
        assert {source.cog for source in geography.provenance} == {"2026"}

    def test_without_outlines_the_run_goes_on_and_says_so(self, country: Country) -> None:
        country.wfs_server.layers = {
            name: records
            for name, records in country.wfs_server.layers.items()
            if "departement" not in name
        }
        assert country.ask("COM:35001").territory == ("35001",)
        assert "contours_departements.geojson" in country.depot.failed
        assert any("Outlines" in sentence for sentence in country.heard.warned)

    def test_contours_of_an_older_list_follow_the_present_one(self, country: Country) -> None:
        """IGN still draws 35009, that the list gives to Alpha, and a code that nobody knows."""
        layer = country.wfs_server.layers[CARTO + "commune"]
        for code, west in (("35009", -1.75), ("35888", -1.72)):
            shape = {"type": "Polygon", "coordinates": [samples.square(west, 48.1, 0.05)]}
            layer.append(contour(code, "Ancienne", shape, "35", "53"))
        scope = country.ask("COM:35001")
        assert scope.communes == ("35001", "35002")
        assert scope.boxes[0][0] == pytest.approx(-1.75)
        assert any("35888" in sentence for sentence in country.heard.warned)
        assert country.load().members("35001") == ("35001",)

    def test_when_ign_is_down_the_simplified_contours_serve(self, country: Country) -> None:
        country.wfs_server.script(*[Response.of_text("panne", status=503)] * 40)
        scope = country.ask("EPCI:243500139")
        assert scope.communes == ("35001", "35002", "35003")
        assert country.load().contours[0].codes == {"35001", "35002", "35003"}

    def test_asked_again_nothing_is_asked_of_the_services(self, country: Country) -> None:
        first = country.ask("EPCI:243500139")
        before = len(country.list_server.log), len(country.wfs_server.log)
        assert country.ask("EPCI:243500139") == first
        assert (len(country.list_server.log), len(country.wfs_server.log)) == before

    def test_progress_reaches_its_end_and_cancels(self, country: Country) -> None:
        from coodiag.coodiag_plugin.core.errors import Cancelled

        country.heard.cancel.set()
        with pytest.raises(Cancelled):
            country.ask("COM:35001")


class TestFiguresOfOldCommunes:
    """A table of an earlier list, brought to the present one by the old codes alone."""

    @pytest.fixture
    def figures(self, country: Country) -> dict[str, float | None]:
        country.ask("DEP:35")
        frame = pd.DataFrame(
            {
                "CODGEO": ["35001", "35009", "35002", "35003", "35011", "35004"],
                "P18_POP": ["100", "23", "50", "7", "9", "11"],
                "P18_CHOM1564": ["10", "3", "5", "1", "1", "1"],
            }
        )
        country.depot.table(
            "base-cc-2018.csv",
            frame,
            Provenance("rp_base_cc", "Base invitée", "Insee", "RP 2018", cog="2021"),
        )
        inventory = scan(country.depot.folder)
        geography = load_geography(inventory)
        statistics = Statistics(inventory, geography, ["P_POP"])
        cells = statistics.choose(["P_POP"], geography.members("DEP:35"))["P_POP"].cells
        return {code: value.number for code, value in cells.items()}

    def test_merged_communes_are_summed(self, figures: dict[str, float | None]) -> None:
        assert figures["35001"] == 123 and figures["35002"] == 50

    def test_a_commune_shared_between_two_leaves_both_without_figure(
        self, figures: dict[str, float | None]
    ) -> None:
        assert figures["35003"] is None and figures["35004"] is None


class TestFormerCodes:
    def test_the_official_table_comes_first(self) -> None:
        table = pd.DataFrame(
            [("2019-01-01", "COM", "35009", "Epsilon", "COM", "35001", "Alpha"),
             ("2019-01-01", "COM", "35001", "Alpha", "COM", "35001", "Alpha")],
            columns=list(COLUMNS),
        )  # fmt: skip
        changes = Changes.from_table(table).with_former({"35009": ("35002",), "35010": ("35003",)})
        assert changes.current("35009", 2018, 2026) == ("35001",)
        assert changes.current("35009", 2018, 2018) == ("35009",), "it was a commune then"
        assert changes.current("35010", 2018, 2026) == ("35003",)
        assert changes.year == 2019 and changes.last_change("35010").date == ""

    def test_without_a_day_a_code_is_on_no_list(self) -> None:
        changes = Changes().with_former({"35009": ("35001",)})
        assert changes.year is None and bool(changes)
        assert not changes.existed("35009", 2010) and changes.existed("35001", 2010)
        assert changes.current("35009", 2022, 2026) == ("35001",)
        assert changes.current("35009") == ("35001",)
        assert changes.list_year(["35001"], 2026) == 2026


@pytest.mark.real
def test_real_mergers_by_old_codes_as_by_the_official_table(
    real_data: Path, tmp_path: Path
) -> None:
    """Old codes alone place every commune merged for good where the official table places it."""
    table = pd.read_csv(
        real_data / "cog" / "mouvements_communes_2024.csv", sep=None, engine="python", dtype=str
    ).fillna("")
    table.columns = [name.upper() for name in table.columns]
    official = Changes.from_table(table)
    known = sorted(set(table.loc[table["TYPECOM_AV"] == "COM", "COM_AV"]))
    merged = {
        code: official.current(code)
        for code in known
        if not official.existed(code, 2024) and official.current(code) != (code,)
    }
    single = {old: after[0] for old, after in merged.items() if len(after) == 1}
    assert len(single) > 500
    server = GeoApiServer()
    for present in sorted(set(single.values())):
        former = [old for old, new in single.items() if new == present]
        server.communes.append(
            {"code": present, "nom": f"Commune {present}", "type": "commune-actuelle",
             "anciensCodes": former, "codeDepartement": samples.department(present)}
        )  # fmt: skip
    with server:
        depot = Depot(tmp_path / "folder")
        geo_api.collect_communes(samples.web(tmp_path, geo_api=server), depot, Listener())
    geography = load_geography(scan(depot.folder))
    wrong = {
        old: (new, geography.changes.current(old, 2015, geography.cog))
        for old, new in single.items()
        if geography.changes.current(old, 2015, geography.cog) != (new,)
    }
    assert not wrong
    old, new = next(iter(single.items()))
    assert geography.resolve(f"COM:{old}").communes == (new,)
