"""Communes, memberships and territories resolved from a small folder of official files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError, TerritoryError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.names import normalise

#: code, name, EPCI, employment zone: two EPCI, one of them on two départements and two régions.
COMMUNES = [
    ("35001", "Alpha", "200000017", "5301"),
    ("35002", "Bêta-sur-Oust", "200000017", "5301"),
    ("35003", "Saint-Gamma", "200000025", "5301"),
    ("44001", "Saint-Gamma", "200000025", "5202"),
    ("44002", "Delta", "200000025", "5202"),
    ("44003", "Bêta", "200000033", "5202"),
]
EPCI = {
    "200000017": "Alpha Métropole",
    "200000025": "CC du Pays de Gamma",
    "200000033": "CA Bêta Agglomération",
}
REGION = {"35": "53", "44": "52"}
CHANGES = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,LIBELLE_AP\n"
    "32,2020-01-01,COM,35009,Epsilon,COM,35001,Alpha-Epsilon\n"
    "32,2020-01-01,COM,35009,Epsilon,COMD,35009,Epsilon\n"
    "32,2020-01-01,COM,35001,Alpha,COM,35001,Alpha-Epsilon\n"
    "41,2021-01-01,COM,56002,Delta,COM,44002,Delta\n"
)


FIGURES = "CODGEO;P18_POP;SUPERF;NBMENFISC19;P13_POP\n"


class Told(Silent):
    """Keeps the sentences said and the warnings given."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.warned: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    def warn(self, template: str, **fields: Any) -> None:
        self.warned.append(template.format(**fields))


def contours(path: Path, codes: list[str], **more: object) -> None:
    """A GeoJSON of unit squares side by side; the shapes do not matter here."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": f"Contour {code}", **more},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[i, 47], [i + 1, 47], [i + 1, 48], [i, 48], [i, 47]]],
            },
        }
        for i, code in enumerate(codes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def epci_table(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    lines = ["CODGEO;LIBGEO;EPCI;LIBEPCI;DEP;REG;ZE2020;LIBZE2020"]
    for code, name, epci, zone in rows:
        dep = code[:2]
        lines.append(f"{code};{name};{epci};{EPCI.get(epci, '')};{dep};{REGION[dep]};{zone};Zone {zone}")  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    epci_table(tmp_path / "EPCI_2024.csv", COMMUNES)
    contours(tmp_path / "communes_2024.geojson", [row[0] for row in COMMUNES])
    (tmp_path / "changes_2024.csv").write_text(CHANGES)
    return tmp_path


def load(folder: Path, progress: Told | None = None) -> Geography:
    return load_geography(scan(folder), progress)


class TestMemberships:
    def test_names_and_belonging(self, folder: Path) -> None:
        geography = load(folder)
        assert geography.cog == 2024
        assert geography.communes.loc["35002"].to_dict() == {
            "nom": "Bêta-sur-Oust",
            "epci": "200000017",
            "dep": "35",
            "reg": "53",
            "ze": "5301",
        }
        assert geography.name("EPCI:200000017") == "Alpha Métropole"
        assert geography.name("DEP:35") == "Ille-et-Vilaine"
        assert geography.name("REG:52") == "Pays de la Loire"
        assert geography.name("ZE:5202") == "Zone 5202"
        assert geography.members("EPCI:200000025") == ("35003", "44001", "44002")
        assert geography.members("35001") == ("35001",)
        assert geography.members("FRANCE") == tuple(row[0] for row in COMMUNES)

    def test_the_newest_table_that_agrees_wins(self, folder: Path) -> None:
        moved = [(c, n, "200000033" if c == "44002" else e, z) for c, n, e, z in COMMUNES]
        epci_table(folder / "EPCI_2026.csv", moved)
        epci_table(folder / "EPCI_2012.csv", [(c, n, "200000017", z) for c, n, _, z in COMMUNES])
        assert load(folder).communes.at["44002", "epci"] == "200000033"

    def test_a_table_of_another_geography_is_set_aside(self, folder: Path) -> None:
        strangers = [(f"35{i}", f"Autre {i}", "200000033", "5301") for i in range(500, 540)]
        epci_table(folder / "EPCI_2030.csv", [*COMMUNES[:1], *strangers])
        told = Told()
        geography = load(folder, told)
        assert geography.members("EPCI:200000033") == ("44003",)
        assert any("EPCI_2030.csv" in sentence for sentence in told.said)

    def test_an_older_table_does_not_bring_back_merged_communes(self, folder: Path) -> None:
        epci_table(folder / "EPCI_2019.csv", [*COMMUNES, ("35009", "Epsilon", "200000025", "5301")])
        geography = load(folder)
        assert "35009" not in geography.communes.index
        assert geography.communes.at["35001", "epci"] == "200000017"

    def test_codes_that_lost_their_zero_get_it_back(self, tmp_path: Path) -> None:
        (tmp_path / "e.csv").write_text(
            "CODGEO;LIBGEO;EPCI;LIBEPCI\n1001;Un;200000017;Alpha Métropole\n"
        )
        geography = load(tmp_path)
        assert geography.members("EPCI:200000017") == ("01001",)
        assert geography.communes.at["01001", "dep"] == "01"

    def test_sources_are_those_of_the_communes_asked(self, folder: Path) -> None:
        (folder / "e.csv").write_text("CODGEO;EPCI;LIBEPCI\n01001;200000041;CC Ailleurs\n")
        geography = load(folder)
        used = {line.file for line in geography.provenance_of(["35001"])}
        assert used == {"EPCI_2024.csv", "changes_2024.csv"}
        assert "e.csv" in {line.file for line in geography.provenance}

    def test_contours_keep_their_year_when_nothing_is_later(self, folder: Path) -> None:
        older = {"44002": "56002"}
        codes = [older.get(row[0], row[0]) for row in COMMUNES]
        contours(folder / "communes_2024.geojson", [*codes, "35009"])
        (folder / "c.csv").write_text(FIGURES + "35009;1;1;1;1\n35001;1;1;1;1\n")
        geography = load(folder)
        assert geography.cog == 2019
        # merged since: its EPCI is that of the commune that took it in
        assert geography.communes.at["35009", "epci"] == "200000017"
        assert geography.name("35009") == "Contour 35009"

    def test_older_contours_are_brought_to_the_list_of_the_figures(self, folder: Path) -> None:
        older = {"44002": "56002"}
        codes = [older.get(row[0], row[0]) for row in COMMUNES]
        (folder / "EPCI_2024.csv").unlink()
        contours(folder / "communes_2024.geojson", [*codes, "35009"])
        (folder / "c.csv").write_text(FIGURES + "35001;1;1;1;1\n")
        geography = load(folder)
        assert geography.contours[0].year == 2019
        assert geography.cog == 2021
        assert list(geography.communes.index) == [row[0] for row in COMMUNES]
        assert geography.name("35001") == "Alpha-Epsilon"
        assert geography.name("44002") == "Delta"

    def test_a_commune_split_since_keeps_the_contours_at_their_year(self, folder: Path) -> None:
        split = "21,2023-01-01,COM,35002,Bêta,COM,35002,Bêta\n21,2023-01-01,COM,35002,Bêta,COM,35010,Zêta\n"
        (folder / "changes_2024.csv").write_text(CHANGES + split)
        codes = [row[0] for row in COMMUNES if row[0] != "44002"]
        contours(folder / "communes_2024.geojson", [*codes, "56002", "35009"])
        (folder / "c.csv").write_text(FIGURES + "35001;1;1;1;1\n")
        assert load(folder).cog == 2019

    def test_a_folder_without_communes(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text("CODGEO;P20_POP;P14_POP\n35001;1;2\n")
        with pytest.raises(SourceError, match="neither contours"):
            load(tmp_path)


class TestResolution:
    def test_an_epci_on_two_regions(self, folder: Path) -> None:
        territory = load(folder).resolve("EPCI:200000025")
        assert territory.name == "CC du Pays de Gamma"
        assert territory.kind == "EPCI"
        assert territory.communes == ("35003", "44001", "44002")
        assert [f"{u.level}:{u.code}" for u in territory.references] == [
            "DEP:44",
            "DEP:35",
            "REG:52",
            "REG:53",
            "FRANCE:FRANCE",
        ]

    def test_a_list_of_communes_is_compared_with_its_epci(self, folder: Path) -> None:
        territory = load(folder).resolve("COM:35001")
        assert (territory.name, territory.kind) == ("Alpha", "COM")
        assert territory.references[0].name == "Alpha Métropole"

    def test_communes_that_are_the_whole_epci_are_not_compared_with_it(self, folder: Path) -> None:
        territory = load(folder).resolve("COM:35001,35002")
        assert [u.level for u in territory.references] == ["DEP", "REG", "FRANCE"]

    def test_several_parts_joined(self, folder: Path) -> None:
        territory = load(folder).resolve("EPCI:200000017;COM:35001,44003")
        assert territory.communes == ("35001", "35002", "44003")
        assert territory.name == "Alpha Métropole, Alpha et Bêta"
        assert territory.kind == "MIXED"

    @pytest.mark.parametrize("level", ["DEP:35", "ZE:5301", "REG:53"])
    def test_levels(self, folder: Path, level: str) -> None:
        territory = load(folder).resolve(level)
        assert territory.communes == ("35001", "35002", "35003")
        assert territory.kind == level.partition(":")[0]
        assert "EPCI" not in {u.level for u in territory.references}

    @pytest.mark.parametrize(
        ("name", "communes"),
        [
            ("alpha metropole", ("35001", "35002")),
            ("ALPHA MÉTROPOLE", ("35001", "35002")),
            ("Pays de Gamma", ("35003", "44001", "44002")),
            ("CC du Pays de Gamma", ("35003", "44001", "44002")),
            ("Gamma; Delta", None),
            ("beta sur oust", ("35002",)),
            ("Ille et Vilaine", ("35001", "35002", "35003")),
            ("Bêta", ("44003",)),
        ],
    )
    def test_names(self, folder: Path, name: str, communes: tuple[str, ...] | None) -> None:
        geography = load(folder)
        if communes is None:
            with pytest.raises(TerritoryError, match="Gamma"):
                geography.resolve(name)
        else:
            assert geography.resolve(name).communes == communes

    def test_an_ambiguous_name_lists_the_choices(self, folder: Path) -> None:
        with pytest.raises(TerritoryError) as caught:
            load(folder).resolve("Saint Gamma")
        assert "COM:35003 (Saint-Gamma, Ille-et-Vilaine)" in str(caught.value)
        assert "COM:44001 (Saint-Gamma, Loire-Atlantique)" in str(caught.value)

    def test_an_unknown_name_suggests(self, folder: Path) -> None:
        with pytest.raises(TerritoryError, match=r"COM:44002 \(Delta\)"):
            load(folder).resolve("Delto")
        with pytest.raises(TerritoryError, match="Write a code"):
            load(folder).resolve("zzzz")

    def test_a_merged_commune_is_converted_and_told(self, folder: Path) -> None:
        told = Told()
        territory = load(folder).resolve("COM:35009,56002", told)
        assert territory.communes == ("35001", "44002")
        assert len(told.warned) == 2
        assert "35009 (Epsilon)" in told.warned[0]
        assert "Alpha (35001)" in told.warned[0]

    def test_a_delegated_commune_gives_its_parent(self, tmp_path: Path) -> None:
        (tmp_path / "v.csv").write_text(
            "TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT\nCOM,35001,53,35,Alpha,\nCOMD,35001,,,Alpha,35001\nCOMD,35009,,,Epsilon,35001\n"
        )
        told = Told()
        assert load(tmp_path).resolve("COM:35009", told).communes == ("35001",)
        assert "delegated" in told.warned[0]

    @pytest.mark.parametrize("code", ["COM:35004", "EPCI:200000018", "DEP:36", "REG:24", "ZE:5302"])
    def test_an_unknown_code_is_named(self, folder: Path, code: str) -> None:
        with pytest.raises(TerritoryError, match=code.partition(":")[2]):
            load(folder).resolve(code)

    def test_an_extract_of_a_departement_is_refused(self, folder: Path) -> None:
        rows = "".join(f"35{i:03d};1;1;1;1\n" for i in range(1, 40))
        (folder / "c.csv").write_text(FIGURES + rows)
        with pytest.raises(TerritoryError) as caught:
            load(folder).resolve("DEP:35")
        # 35009 has merged into 35001: 39 codes − 3 held − 1 merged
        assert "3 communes" in str(caught.value)
        assert "35 more (35004, 35005, 35006, 35007, 35008…)" in str(caught.value)
        assert load(folder).resolve("EPCI:200000017").communes == ("35001", "35002")

    def test_no_expression(self, folder: Path) -> None:
        with pytest.raises(TerritoryError, match="No territory"):
            load(folder).resolve(" ; ")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("L’Île-d'Yeu", "L ILE D YEU"),
        ("Œuf-en-Ternois", "OEUF EN TERNOIS"),
        ("St-Malo", "SAINT MALO"),
        ("Ste  Anne", "SAINTE ANNE"),
    ],
)
def test_normalise(name: str, plain: str) -> None:
    assert normalise(name) == plain
