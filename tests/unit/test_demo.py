"""The demonstration generator: determinism, promised counts, and figures that agree."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.codes import commune_code, luhn, parse_territory, region
from coodiag.coodiag_plugin.core.demo_mark import is_demo
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths, generate
from coodiag.coodiag_plugin.demo.numbers import luhn_key, shares
from coodiag.coodiag_plugin.demo.writing import create
from osgeo import ogr

Row = dict[str, str]


def rows(data: bytes, delimiter: str = ";", encoding: str = "utf-8-sig") -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def table(demo: DemoPaths, name: str, delimiter: str = ";") -> list[Row]:
    return rows((demo.data_folder / name).read_bytes(), delimiter)


def zipped(demo: DemoPaths, name: str, member: str, delimiter: str) -> list[Row]:
    with zipfile.ZipFile(demo.data_folder / name) as archive:
        return rows(archive.read(member), delimiter)


def comparateur(demo: DemoPaths) -> dict[str, Row]:
    found = zipped(demo, "base_cc_comparateur_csv.zip", "base_cc_comparateur.CSV", ";")
    return {row["CODGEO"]: row for row in found}


def census(demo: DemoPaths, name: str) -> dict[str, Row]:
    return {row["CODGEO"]: row for row in table(demo, f"base-cc-{name}-2021.CSV")}


def establishments(demo: DemoPaths) -> list[Row]:
    return zipped(demo, "StockEtablissement_utf8.zip", "StockEtablissement_utf8.csv", ",")


def units(demo: DemoPaths) -> dict[str, Row]:
    found = zipped(demo, "StockUniteLegale_utf8.zip", "StockUniteLegale_utf8.csv", ",")
    return {row["siren"]: row for row in found}


def addresses(demo: DemoPaths) -> list[Row]:
    return rows(gzip.decompress((demo.data_folder / "adresses-53.csv.gz").read_bytes()))


def inside(demo: DemoPaths) -> set[str]:
    codes = {row["CODGEO"]: row["EPCI"] for row in table(demo, "EPCI_2024.csv")}
    (part,) = parse_territory(demo.territory)
    return {commune for commune, epci in codes.items() if epci in part.codes}


def clients(demo: DemoPaths) -> list[list[str]]:
    text = demo.clients.read_bytes().decode("cp1252")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture(scope="module")
def of_seed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], DemoPaths]:
    """The world of another seed, made once."""
    return cache(lambda seed: generate(tmp_path_factory.mktemp(f"seed {seed}"), seed=seed))


def contents(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_same_seed_same_bytes_and_another_seed_another_world(
    demo: DemoPaths, of_seed: Callable[[int], DemoPaths], tmp_path: Path
) -> None:
    """Also in the folder of another world, whose files are replaced."""
    other = of_seed(7)
    assert other.clients.read_bytes() != demo.clients.read_bytes()
    shutil.copytree(other.data_folder.parent, tmp_path / "again")
    again = generate(tmp_path / "again")
    made, before = contents(tmp_path / "again"), contents(demo.data_folder.parent)
    assert len(before) == 53 and set(made) == set(before)
    assert [str(name) for name in before if made[name] != before[name]] == []
    assert again.territory == demo.territory


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_other_seeds_keep_the_promised_size(of_seed: Callable[[int], DemoPaths], seed: int) -> None:
    other = of_seed(seed)
    assert len(inside(other)) == 45
    people = {
        row["COM"]: int(row["PMUN"])
        for row in table(other, "populations_legales_2021_communes.csv")
    }
    assert sum(people[code] for code in inside(other)) == 70_000
    assert 20 <= len(people) - 45 <= 34


def test_cancelling_stops_the_generation(tmp_path: Path) -> None:
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        generate(tmp_path, progress=progress)


def test_the_data_say_that_they_are_fictitious(demo: DemoPaths, tmp_path: Path) -> None:
    assert is_demo(demo.data_folder)
    assert is_demo(demo.data_folder.parent)
    assert not is_demo(tmp_path)
    (tmp_path / "DONNEES_FICTIVES.txt").write_text("autre chose", encoding="utf-8")
    assert not is_demo(tmp_path)


def test_two_epcis_of_27_and_18_communes_with_70000_people(demo: DemoPaths) -> None:
    (part,) = parse_territory(demo.territory)
    assert part.level == "EPCI"
    assert all(luhn(code) for code in part.codes)
    counts = Counter(row["EPCI"] for row in table(demo, "EPCI_2024.csv"))
    assert [counts[code] for code in part.codes] == [27, 18]
    people = {
        row["COM"]: int(row["PMUN"]) for row in table(demo, "populations_legales_2021_communes.csv")
    }
    assert sum(people[code] for code in inside(demo)) == 70_000
    largest = sorted((people[code] for code in inside(demo)), reverse=True)
    assert largest[:2] == [18_000, 9_000]
    assert largest[2] < 5_000


def test_every_table_speaks_of_the_same_communes(demo: DemoPaths) -> None:
    official = {
        row["COM"] for row in table(demo, "v_commune_2024.csv", ",") if row["TYPECOM"] == "COM"
    }
    assert all(commune_code(code) == code and region(code) == "52" for code in official)
    contours = json.loads((demo.data_folder / "communes_2024.geojson").read_text(encoding="utf-8"))
    assert {f["properties"]["INSEE_COM"] for f in contours["features"]} == official
    assert set(comparateur(demo)) == official
    for name in ("evol-struct-pop", "emploi-pop-active", "logement", "diplomes-formation"):
        assert set(census(demo, name)) == official, name
    assert {row["CODGEO"] for row in table(demo, "FILO2021_DISP_COM.csv")} == official
    assert {row["COM"] for row in table(demo, "populations_legales_2021_communes.csv")} == official
    seekers = table(demo, "dares_defm_communales-brutes.csv")
    assert {row["code_commune"] for row in seekers} == official
    assert {row["code_insee"] for row in addresses(demo)} == official
    assert {row["codeCommuneEtablissement"] for row in establishments(demo)} == official


def test_the_older_table_needs_the_table_of_changes(demo: DemoPaths) -> None:
    now = {row["CODGEO"]: row for row in table(demo, "FILO2021_DISP_COM.csv")}
    old = {row["CODGEO"]: row for row in table(demo, "FILO2018_DISP_COM.csv")}
    (vanished,) = set(old) - set(now)
    changes = table(demo, "v_mvt_commune_2024.csv", ",")
    (successor,) = {
        row["COM_AP"] for row in changes if row["COM_AV"] == vanished and row["TYPECOM_AP"] == "COM"
    }
    assert successor in now
    assert {row["DATE_EFF"] for row in changes} == {"2019-01-01"}
    households = int(old[vanished]["NBMEN18"]) + int(old[successor]["NBMEN18"])
    assert households == pytest.approx(int(now[successor]["NBMEN21"]), rel=0.03)


def test_census_parts_add_up(demo: DemoPaths) -> None:
    def number(row: Row, name: str) -> float:
        return float(row[name])

    sums = {
        "evol-struct-pop": [
            (
                "P21_POP",
                [f"P21_POP{b}" for b in ["0014", "1529", "3044", "4559", "6074", "7589", "90P"]],
            ),
            (
                "P15_POP",
                [f"P15_POP{b}" for b in ["0014", "1529", "3044", "4559", "6074", "7589", "90P"]],
            ),
            ("P21_POP", ["P21_POPH", "P21_POPF"]),
            ("C21_POP15P", [f"C21_POP15P_CS{k}" for k in range(1, 9)]),
        ],
        "emploi-pop-active": [
            ("P21_POP1564", ["P21_ACT1564", "P21_INACT1564"]),
            ("P21_ACT1564", ["P21_ACTOCC1564", "P21_CHOM1564"]),
            ("P21_CHOM1564", ["P21_CHOM1524", "P21_CHOM2554", "P21_CHOM5564"]),
            ("P21_EMPLT", ["P21_EMPLT_SAL", "P21_EMPLT_NSAL"]),
        ],
        "logement": [
            ("P21_LOG", ["P21_RP", "P21_RSECOCC", "P21_LOGVAC"]),
            ("P21_RP", ["P21_RP_PROP", "P21_RP_LOC", "P21_RP_GRAT"]),
            ("P21_RP_VOIT1P", ["P21_RP_VOIT1", "P21_RP_VOIT2P"]),
        ],
        "diplomes-formation": [
            (
                "P21_NSCOL15P",
                [
                    f"P21_NSCOL15P_{d}"
                    for d in ["DIPLMIN", "BEPC", "CAPBEP", "BAC", "SUP2", "SUP34", "SUP5"]
                ],
            )
        ],
        "coupl-fam-men": [
            ("C21_MEN", ["C21_MENPSEUL", "C21_MENSFAM", "C21_MENFAM"]),
            ("C21_FAM", ["C21_COUPAENF", "C21_FAMMONO", "C21_COUPSENF"]),
        ],
    }
    for name, rules in sums.items():
        for code, row in census(demo, name).items():
            for whole, parts in rules:
                total = sum(number(row, part) for part in parts)
                assert total == pytest.approx(number(row, whole), abs=1e-6), (code, whole)


def test_tables_agree_with_one_another(demo: DemoPaths) -> None:
    people = {row["COM"]: row for row in table(demo, "populations_legales_2021_communes.csv")}
    ages, work, homes = (
        census(demo, n) for n in ("evol-struct-pop", "emploi-pop-active", "logement")
    )
    incomes = {row["CODGEO"]: row for row in table(demo, "FILO2021_DISP_COM.csv")}
    for code, row in comparateur(demo).items():
        assert float(row["P21_POP"]) == float(ages[code]["P21_POP"]) == int(people[code]["PMUN"])
        assert row["P15_POP"] == ages[code]["P15_POP"]
        for name in ("P21_POP1564", "P21_ACT1564", "P21_CHOM1564", "P21_EMPLT", "P15_EMPLT"):
            assert row[name] == work[code][name]
        for name in ("P21_LOG", "P21_RP", "P21_LOGVAC", "P21_RP_PROP"):
            assert row[name] == homes[code][name]
        assert row["P21_MEN"] == row["P21_RP"]
        assert row["NBMENFISC21"] == incomes[code]["NBMEN21"]
        assert row["MED21"] == (incomes[code]["Q221"] or "s")
        sectors = ("ETAZ22", "ETBE22", "ETFZ22", "ETGU22", "ETOQ22")
        assert int(row["ETTOT22"]) == sum(int(row[name]) for name in sectors)
        assert int(row["ETTOT22"]) == int(row["ETTEF122"]) + int(row["ETTEFP1022"])
        assert float(row["P21_ACT1564"]) <= float(row["P21_POP1564"])
        assert 3 <= 100 * float(row["P21_CHOM1564"]) / float(row["P21_ACT1564"]) <= 24


def test_fiscal_households_of_an_epci_are_those_of_its_communes(demo: DemoPaths) -> None:
    epci_of = {row["CODGEO"]: row["EPCI"] for row in table(demo, "EPCI_2024.csv")}
    sums: Counter[str] = Counter()
    for row in table(demo, "FILO2021_DISP_COM.csv"):
        sums[epci_of[row["CODGEO"]]] += int(row["NBMEN21"])
    published = {
        row["CODGEO"]: int(row["NBMEN21"]) for row in table(demo, "FILO2021_DISP_EPCI.csv")
    }
    assert published == dict(sums)
    (department,) = table(demo, "FILO2021_DISP_DEP.csv")
    assert int(department["NBMEN21"]) == sum(sums.values())


def test_incomes_are_secret_below_the_threshold_and_known_above(demo: DemoPaths) -> None:
    known = 0
    for row in comparateur(demo).values():
        large = int(row["NBMENFISC21"]) >= 1000
        if large:
            assert "," in row["TP6021"]
            known += 1
        assert (row["TP6021"] == "s") == (row["PIMP21"] == "s")
    assert known >= 5
    assert sum(row["TP6021"] == "s" for row in comparateur(demo).values()) >= 20


def test_job_seekers_are_rounded_to_five_over_two_years(demo: DemoPaths) -> None:
    seekers = table(demo, "dares_defm_communales-brutes.csv")
    assert {row["date"] for row in seekers} == {"2022-T4", "2023-T4"}
    values = [row["nombre_de_demandeurs_d_emploi"] for row in seekers]
    assert all(value == "" or int(value) % 5 == 0 for value in values)
    assert "" in values
    keys = [tuple(row[k] for k in row if k != "nombre_de_demandeurs_d_emploi") for row in seekers]
    assert len(keys) == len(set(keys))


def test_the_register_holds_what_was_promised(demo: DemoPaths) -> None:
    found = establishments(demo)
    assert len({row["siret"] for row in found}) == len(found)
    assert all(luhn(row["siret"]) and luhn(row["siren"]) for row in found)
    assert all(row["siret"] == row["siren"] + row["nic"] for row in found)
    active = [row for row in found if row["etatAdministratifEtablissement"] == "A"]
    assert len(active) == 6000
    assert len(found) - len(active) == 700
    legal = units(demo)
    assert {row["siren"] for row in found} == set(legal)
    social = sum(
        legal[row["siren"]]["economieSocialeSolidaireUniteLegale"] == "O" for row in active
    )
    partial = sum(row["statutDiffusionEtablissement"] == "P" for row in active)
    assert 0.07 < social / 6000 < 0.11
    assert 0.045 < partial / 6000 < 0.075
    small = sum(row["trancheEffectifsEtablissement"] in ("NN", "00", "01") for row in active)
    assert small / 6000 > 0.75


def test_the_columns_of_the_register_are_the_true_ones(demo: DemoPaths, real_data: Path) -> None:
    with (real_data / "sirene" / "sample_StockEtablissement_geo_columns.csv").open() as stream:
        true = [name for name in next(csv.reader(stream)) if "geo_" not in name]
    true = [name for name in true if name not in ("longitude", "latitude")]
    ours = list(establishments(demo)[0])
    assert [name for name in ours if name in true] == true
    header = (real_data / "sirene" / "header_StockUniteLegale.csv").read_text().strip().split(",")
    ours = list(next(iter(units(demo).values())))
    assert [name for name in ours if name in header] == header
    with (real_data / "ban" / "adresses-93010_part.csv").open(encoding="utf-8") as stream:
        assert list(addresses(demo)[0]) == next(csv.reader(stream, delimiter=";"))


def test_partial_diffusion_shows_nothing_but_the_commune(demo: DemoPaths) -> None:
    located = {
        row["siret"]
        for row in table(
            demo, "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
        )
    }
    legal = units(demo)
    masked = [row for row in establishments(demo) if row["statutDiffusionEtablissement"] == "P"]
    for row in masked:
        assert row["libelleVoieEtablissement"] == row["codePostalEtablissement"] == "[ND]"
        assert row["numeroVoieEtablissement"] == "[ND]"
        assert row["siret"] not in located
        unit = legal[row["siren"]]
        if unit["categorieJuridiqueUniteLegale"] == "1000":
            assert unit["nomUniteLegale"] == unit["prenom1UniteLegale"] == "[ND]"
    open_rows = [row for row in establishments(demo) if row["statutDiffusionEtablissement"] == "O"]
    missing = [row for row in open_rows if row["siret"] not in located]
    assert 0.003 < len(missing) / len(open_rows) < 0.02


def test_every_natural_person_bears_a_fictitious_name(demo: DemoPaths) -> None:
    names = {row["nomUniteLegale"] for row in units(demo).values()} - {"", "[ND]"}
    assert len(names) > 1000
    assert all(name.startswith("PERSONNE FICTIVE ") for name in names)
    people = rows(demo.beneficiaries.read_bytes())
    assert all(row["Nom"].startswith("Personne-Fictive-") for row in people)


def test_addresses_are_enough_and_hold_the_known_traps(demo: DemoPaths) -> None:
    found = addresses(demo)
    assert 9_000 <= len(found) <= 12_500
    assert len({row["id"] for row in found}) == len(found)
    assert {"", "bis", "ter"} == {row["rep"] for row in found}
    by_postcode: dict[str, set[str]] = {}
    streets: dict[tuple[str, str], set[str]] = {}
    for row in found:
        by_postcode.setdefault(row["code_postal"], set()).add(row["code_insee"])
        key = row["code_postal"], row["nom_voie"]
        streets.setdefault(key, set()).add(row["code_insee"])
    assert sum(len(communes) > 1 for communes in by_postcode.values()) >= 5
    assert any(len(communes) > 1 for communes in streets.values())
    assert any(row["code_insee_ancienne_commune"] not in ("", row["code_insee"]) for row in found)
    assert {bool(row["id_fantoir"]) for row in found} == {True, False}


def test_addresses_lie_in_their_commune(demo: DemoPaths) -> None:
    contours = ogr.Open(str(demo.data_folder / "communes_2024.geojson"))
    layer = contours.GetLayer()
    shapes = {f["INSEE_COM"]: f.GetGeometryRef().Clone() for f in layer}
    for row in addresses(demo):
        point = ogr.CreateGeometryFromWkt(f"POINT ({row['lon']} {row['lat']})")
        assert shapes[row["code_insee"]].Contains(point), row["id"]


def test_clients_are_a_real_dirty_file(demo: DemoPaths) -> None:
    lines = clients(demo)
    assert "FICTIVES" in lines[0][0]
    assert lines[2][:3] == ["N° client", "Nom ou raison sociale", "SIRET"]
    body = lines[3:]
    assert len({row[0] for row in body}) == 400
    assert len(body) == 404
    registered = {row["siret"] for row in establishments(demo)}
    sirets = [row[2].replace(" ", "") for row in body]
    matched = sum(siret in registered for siret in sirets)
    assert 225 <= matched <= 245
    assert any("E+" in siret for siret in sirets)
    assert sum("CEDEX" in row[8] for row in body) >= 6
    assert any(row[5].startswith("BP ") for row in body)
    assert any(row[1].startswith("=HYPERLINK") for row in body)
    assert any(row[13].startswith("+33") for row in body)
    assert any(row[8][:2].isdigit() for row in body)
    assert any(row[7] == "1400" for row in body)
    assert {len(row) for row in body} == {15}
    assert all(not row[6] and not row[14] for row in body)


def test_the_portfolio_is_skewed_towards_some_activities(demo: DemoPaths) -> None:
    naf = {row["siret"]: row["activitePrincipaleEtablissement"] for row in establishments(demo)}
    portfolio = Counter(
        naf[row[2].replace(" ", "")] for row in clients(demo)[3:] if row[2].replace(" ", "") in naf
    )
    stock = Counter(naf.values())
    clients_total, stock_total = sum(portfolio.values()), sum(stock.values())
    lifts = {n: (c / clients_total) / (stock[n] / stock_total) for n, c in portfolio.items()}
    assert sum(lift > 3 and portfolio[n] >= 5 for n, lift in lifts.items()) >= 5


def test_beneficiaries_show_the_paradox(demo: DemoPaths) -> None:
    people = rows(demo.beneficiaries.read_bytes())
    assert len(people) == 909
    assert len({row["Identifiant"] for row in people}) == 900
    dates = [row["Date d'entrée"] for row in people]
    assert any("/" in d for d in dates) and any("-" in d for d in dates)
    assert any(d[-1:].isdigit() and any(c.isalpha() for c in d) for d in dates)
    towns = Counter(row["Commune"].strip().lower().replace(" ", "-") for row in people)
    unemployed = {
        row["NOM"]: float(census(demo, "emploi-pop-active")[row["INSEE_COM"]]["P21_CHOM1564"])
        for row in (
            f["properties"]
            for f in json.loads((demo.data_folder / "communes_2024.geojson").read_text("utf-8"))[
                "features"
            ]
        )
    }
    reached = towns["demoville"] / unemployed["Demoville"]
    distant = towns["les-forges-imaginaires"] / unemployed["Les Forges-Imaginaires"]
    assert unemployed["Les Forges-Imaginaires"] > 150
    assert reached > 8 * distant


def test_sites_are_read_back_from_the_workbook(demo: DemoPaths) -> None:
    source = ogr.Open(str(demo.sites))
    layer = source.GetLayer(0)
    names = [feature.GetField(0) for feature in layer]
    assert [name for name in names if name.startswith("Site de ")] == names[-3:]


def test_whole_numbers_keep_their_total() -> None:
    assert shares(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(shares(997, [0.1, 2.7, 3.3, 0.001])) == 997
    with pytest.raises(ValueError, match="positive"):
        shares(3, [0, 0])


def test_keys_are_luhn_keys() -> None:
    assert luhn_key("73282932") == "0"  # INSEE's own example: SIREN 732 829 320
    assert all(luhn(f"{n:08d}{luhn_key(f'{n:08d}')}") for n in range(0, 10**8, 1234567))


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"roads\.gpkg"):
        create("GPKG", tmp_path / "missing" / "roads.gpkg")
    with pytest.raises(InputError, match="NoSuchDriver"):
        create("NoSuchDriver", tmp_path / "roads.gpkg")
