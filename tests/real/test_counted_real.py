"""Counts of real rows equal those made apart: equipments of Rennes, neighbourhoods, inclusion
enterprises, the register of the Bas-Rhin and the units that it marks as of the ESS.

The expected values are counted here with the csv module alone. ``catalogue/indicator_checks.csv``
says which indicators are compared, and on how many units.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, rows
from coodiag.tests.real.counted_real_world import (
    Expected,
    Row,
    World,
    check,
    number,
    plain,
    read,
    write,
)
from osgeo import ogr, osr

pytestmark = pytest.mark.real

TEST = "tests/real/test_counted_real.py"
RENNES, CAEN = "35238", "14118"


# -- equipments ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def equipments(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The selection of Rennes has points and words: the commune is found here, by the contours."""
    shapes = json.loads((real_data / "admin" / "communes_2024_magrit.geojson").read_text())
    wgs, l93 = osr.SpatialReference(), osr.SpatialReference()
    wgs.ImportFromEPSG(4326), l93.ImportFromEPSG(2154)
    for reference in (wgs, l93):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    move = osr.CoordinateTransformation(l93, wgs)
    contours = {
        item["properties"]["INSEE_COM"]: ogr.CreateGeometryFromJson(json.dumps(item["geometry"]))
        for item in shapes["features"]
        if item["properties"]["EPCI"] == "243500139"
    }

    def home(row: Row) -> str:
        """The header lacks the name of the first column, the rank of the row."""
        lon, lat, _ = move.TransformPoint(float(row["y"]), float(row["equ"]))
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(lon, lat)
        return min(contours, key=lambda code: contours[code].Distance(point))  # generalised limits

    places = [
        (home(row), row[None][0])  # type: ignore[index]
        for row in read(real_data / "bpe" / "bpe_rennes_selection.csv", ";")
    ]
    told = {
        "Médecins": ("D265", "D201"),
        "Pharmacies": ("D307", "D301"),
        "Ecoles": ("C108", "C104"),
    }
    found = Counter(place for place in places if place[1] in told)
    people = {r["CODGEO"]: r for r in read(real_data / "insee" / "base_cc_comparateur.CSV", ";")}
    world = World({code: code for code in people if code in contours})
    units = {"TERRITOIRE": (RENNES,)}
    names = {"medecins_generalistes": "Médecins", "pharmacies": "Pharmacies", "ecoles": "Ecoles"}
    expected: Expected = {
        name: {RENNES: found[RENNES, kind], "TERRITOIRE": found[RENNES, kind]}
        for name, kind in names.items()
    }
    for name in ("medecins_generalistes", "pharmacies"):
        rate = expected[name][RENNES] * 10_000 / float(people[RENNES]["P18_POP"])
        expected[f"{name}_habitants"] = {RENNES: rate, "TERRITOIRE": rate}
    done: dict[str, int] = {}
    for turn, name in enumerate(("BPE24.csv", "bpe19.csv")):
        folder = tmp_path_factory.mktemp("bpe")
        shutil.copy(real_data / "insee" / "base_cc_comparateur.CSV", folder)
        lines = [(code, told[kind][turn]) for code, kind in places if kind in told]
        write(folder / name, "DEPCOM TYPEQU", lines)
        done = check(world.figures(folder, list(expected), units), expected)
    return done


def test_equipments_of_rennes_are_those_of_the_file(equipments: dict[str, int]) -> None:
    assert equipments["medecins_generalistes"] == 2


# -- priority neighbourhoods -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def neighbourhoods(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    qpv, cog = real_data / "qpv", real_data / "cog"
    people = read(qpv / "DEMO_QPV_2022.csv", ";")
    jobs = {row["CODGEO"]: row for row in read(qpv / "IPRO_QPV_2022.csv", ";")}
    epcis = {row["CODGEO"]: row["EPCI"] for row in read(cog / "EPCI_2020.csv", ";")}
    census = {r["CODGEO"]: r for r in read(real_data / "insee" / "base_cc_comparateur.CSV", ";")}
    towns = {
        row["COM"]: row["LIBELLE"]
        for row in read(cog / "commune_2021_COG.csv")
        if row["TYPECOM"] == "COM"
    }
    world = World({c: towns[c] for c in census if c in towns}, epcis)
    units = {f"EPCI:{epci}": world.members(f"EPCI:{epci}") for epci in ("243500139", "200065597")}
    codes = {(code[:2], plain(name)): code for code, name in world.names.items()}
    homes = {
        row["CODGEO"]: [
            codes[row["CODGEO"][3:5], plain(part)] for part in row["LIB_COM"].split(",")
        ]
        for row in people
    }
    inside = {
        unit: [r for r in people if set(homes[r["CODGEO"]]) & set(m)] for unit, m in units.items()
    }
    whole = {row["CODGEO"]: number(row["POP_MUN"]) for row in people}
    pop = {unit: sum(whole[r["CODGEO"]] for r in found) for unit, found in inside.items()}
    # Published of the communes named alone; the two beside Caen by difference.
    pop |= {
        homes[r["CODGEO"]][0]: number(r["POP_COM_QP"])
        for r in people
        if len(homes[r["CODGEO"]]) == 1
    }
    pop |= {"14271": 16_223.0 - 15_980.0, "14341": 15_996.0 - 15_980.0}
    near = {
        unit: value
        for unit, value in pop.items()
        if unit in units or any(unit in m for m in units.values())
    }
    zeros = [code for members in units.values() for code in members if code not in near]

    def seekers(unit: str, column: str) -> float:
        found = inside.get(unit) or [r for r in people if homes[r["CODGEO"]] == [unit]]
        return sum(number(jobs[r["CODGEO"]][column]) for r in found)

    def residents(unit: str) -> float:
        return sum(float(census[code]["P18_POP"]) for code in units.get(unit, (unit,)))

    told = [*units, RENNES, "14167", "14327"]  # Colombelles, Hérouville: their own alone
    abc = {unit: seekers(unit, "ABC") for unit in told}
    expected: Expected = {
        "population_qpv": {**near, **dict.fromkeys(zeros, 0.0)},
        "part_population_qpv": {u: 100 * n / residents(u) for u, n in near.items()},
        "quartiers_prioritaires": {
            **{u: float(len(f)) for u, f in inside.items()},
            CAEN: 5.0,
            RENNES: 5.0,
        },
        "demandeurs_emploi_qpv": abc,
        "part_jeunes_demandeurs_qpv": {u: 100 * seekers(u, "ABC_25") / abc[u] for u in told},
        "part_peu_qualifies_qpv": {u: 100 * seekers(u, "ABC_INFCAPBEP") / abc[u] for u in told},
    }
    folder = tmp_path_factory.mktemp("qpv")
    for path in (*qpv.glob("*.csv"), real_data / "insee" / "base_cc_comparateur.CSV"):
        shutil.copy(path, folder)
    result = world.figures(folder, list(expected), units)
    for code in (CAEN, "14271", "14341"):
        assert not result.figures.get(code, "demandeurs_emploi_qpv").known, "shared: never split"
    assert result.references.get("EPCI:243500139", "population_qpv").number == 33_227
    return check(result, expected)


def test_neighbourhoods_are_those_of_the_tables(neighbourhoods: dict[str, int]) -> None:
    assert neighbourhoods["population_qpv"] == 43 + 48 + 2, "every commune and both EPCI"


# -- inclusion enterprises -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def enterprises(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The list of 2020 as the service writes it: towns without codes, départements 35 and 14."""
    listed = read(real_data / "social" / "siae.csv")
    communes = read(real_data / "cog" / "commune_2021_COG.csv")
    world = World(
        {
            r["COM"]: r["LIBELLE"]
            for r in communes
            if r["TYPECOM"] == "COM" and r["DEP"] in ("35", "14")
        }
    )
    by_name: dict[tuple[str, str], list[str]] = {}
    for code, name in world.names.items():
        by_name.setdefault((code[:2], plain(name)), []).append(code)
    folder = tmp_path_factory.mktemp("siae")
    header = "siret type raison_sociale enseigne code_postal ville departement"
    cells = [
        (r["siret"], r["kind"], r["name"], r["brand"], r["post_code"], r["city"], r["department"])
        for r in listed
    ]
    write(folder / "siae.csv", header, cells)
    types = {
        "aci": ("ACI",),
        "ei": ("EI", "EITI"),
        "ai": ("AI",),
        "etti": ("ETTI",),
        "geiq": ("GEIQ",),
    }
    expected: Expected = {}
    for name, kinds in {**types, "": sum(types.values(), ())}.items():
        placed = {
            (home[0], r["siret"])
            for r in listed
            for home in [by_name.get((r["department"], plain(r["city"])), [])]
            if r["kind"] in kinds and len(home) == 1
        }
        counts = Counter(code for code, _ in placed)
        ident = f"siae_{name}".rstrip("_")
        expected[ident] = {code: float(counts[code]) for code in world.names}
        expected[ident]["TERRITOIRE"] = float(len(placed))
    assert expected["siae"]["TERRITOIRE"] > 80
    return check(
        world.figures(folder, list(expected), {"TERRITOIRE": tuple(world.names)}), expected
    )


def test_enterprises_are_those_of_the_list(enterprises: dict[str, int]) -> None:
    assert enterprises["siae_aci"] > 800, "every commune of both départements"


# -- the register ----------------------------------------------------------------------------------

_PLACES = (
    "siret etatAdministratifEtablissement activitePrincipaleEtablissement codeCommuneEtablissement "
    "trancheEffectifsEtablissement caractereEmployeurEtablissement"
)
_UNITS = (
    "siren etatAdministratifUniteLegale categorieJuridiqueUniteLegale "
    "economieSocialeSolidaireUniteLegale"
)
_BOUNDS = {
    "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49), "21": (50, 99),
    "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999), "42": (1000, 1999),
    "51": (2000, 4999), "52": (5000, 9999), "53": (10000, 10000),
}  # fmt: skip


@pytest.fixture(scope="module")
def register(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """81 921 establishments of the Bas-Rhin with the activity, the class of size and the IRIS."""
    with (real_data / "sirene" / "sirene_67_par_iris_2010.csv").open(encoding="cp1252") as stream:
        lines = [
            (row["CODE_IRIS"][:5], row["APET700"], row["TEFET"]) for row in csv.DictReader(stream)
        ]
    folder = tmp_path_factory.mktemp("register")
    write(
        folder / "StockEtablissement.csv",
        _PLACES,
        (
            (f"{rank:014d}", "A", naf, code, band, "O" if band in _BOUNDS else "N")
            for rank, (code, naf, band) in enumerate(lines)
        ),
    )
    everywhere = Counter(code for code, _, _ in lines)
    employers = Counter(code for code, _, band in lines if band in _BOUNDS)
    jobs: dict[str, list[float]] = {code: [] for code in everywhere}
    for code, _, band in lines:
        if band in _BOUNDS:
            jobs[code].append(sum(_BOUNDS[band]) / 2)
    shown = {
        code: sum(found)
        for code, found in jobs.items()
        if len(found) >= 3 and max(found) <= 0.85 * sum(found)
    }
    world = World({code: code for code in everywhere})
    units = {"TERRITOIRE": tuple(everywhere)}
    expected: Expected = {
        "etablissements_registre": {**everywhere, "TERRITOIRE": len(lines)},
        "employeurs_registre": {**{c: employers[c] for c in everywhere}, "TERRITOIRE": sum(employers.values())},
        "emplois_registre_estimes": {"TERRITOIRE": sum(map(sum, jobs.values()))},
    }  # fmt: skip
    result = world.figures(folder, list(expected), units)
    known = {c for c in everywhere if result.figures.get(c, "emplois_registre_estimes").known}
    assert known <= set(shown) | {c for c in everywhere if not jobs[c]}, "never under the rule"
    assert len(known) > 0.95 * len(shown)
    expected["emplois_registre_estimes"] |= {code: shown.get(code, 0.0) for code in known}
    return check(result, expected)


def test_the_register_of_the_bas_rhin_is_counted(register: dict[str, int]) -> None:
    assert register["etablissements_registre"] > 80


@pytest.fixture(scope="module")
def social(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """3 375 units that Sirène marks as of the ESS, each at one invented place of one commune."""
    listed = read(real_data / "social" / "ess_flag_sirene_numerique.csv")
    folder = tmp_path_factory.mktemp("ess")
    band = "trancheEffectifsUniteLegale"
    write(
        folder / "StockEtablissement.csv",
        _PLACES,
        (
            (
                f"{row['siren']}00010", "A", row["activitePrincipaleUniteLegale"], "53910", row[band],
                "O" if row[band] in _BOUNDS else "N",
            )
            for row in listed
        ),
    )  # fmt: skip
    write(
        folder / "StockUniteLegale.csv",
        _UNITS,
        (
            (row["siren"], "A", row["categorieJuridiqueUniteLegale"], row["economieSocialeSolidaireUniteLegale"])
            for row in listed
        ),
    )  # fmt: skip
    cooperatives = ["5432", "5453", "5458", "5460", "5532", "5558", "5560", "5660", "6317", "6318"]
    families = {
        "ess_associations": ("9220", "9221", "9230", "9260"),
        "ess_fondations": ("9300",),
        "ess_mutuelles": (),
        "ess_cooperatives": tuple(cooperatives),
    }
    form = {row["siren"]: row["categorieJuridiqueUniteLegale"] for row in listed}
    flagged = [row for row in listed if row["economieSocialeSolidaireUniteLegale"] == "O"]
    perimeter = [
        r for r in flagged if any(form[r["siren"]] in codes for codes in families.values())
    ]
    employers = [row for row in perimeter if row[band] in _BOUNDS]
    counts = {
        name: sum(form[row["siren"]] in codes for row in employers)
        for name, codes in families.items()
    }
    companies = [
        row
        for row in flagged
        if row not in perimeter and form[row["siren"]][0] in "56" and row[band] in _BOUNDS
    ]
    sizes = Counter(
        next(label for least, label in ((50, "50_plus"), (10, "10_49"), (1, "1_9")) if _BOUNDS[r[band]][0] >= least)
        for r in employers
    )  # fmt: skip
    low, high = (sum(_BOUNDS[row[band]][side] for row in employers) for side in (0, 1))
    whole = len(employers)
    figures = {
        "ess_etablissements": len(perimeter),
        "ess_employeurs": whole,
        "ess_societes_commerciales": len(companies),
        **counts,
        **{f"ess_employeurs_{label}": sizes[label] for label in ("1_9", "10_49", "50_plus")},
        "part_ess_etablissements": 100 * len(perimeter) / len(listed),
        "part_ess_10_plus": 100 * (sizes["10_49"] + sizes["50_plus"]) / whole,
        "ess_emplois_bas": low,
        "ess_emplois_haut": high,
        "ess_emplois_estimes": (low + high) / 2,
        **{name.replace("ess_", "part_ess_", 1): 100 * n / whole for name, n in counts.items()},
    }
    expected: Expected = {name: {"53910": float(value)} for name, value in figures.items()}
    world = World({"53910": "Fictive"})
    return check(world.figures(folder, list(expected), {"TERRITOIRE": ("53910",)}), expected)


def test_units_marked_as_of_the_ess_are_counted_by_family(social: dict[str, int]) -> None:
    assert {"ess_associations", "ess_cooperatives", "part_ess_fondations"} <= set(social)


# -- the list of the checks ------------------------------------------------------------------------


def test_the_list_of_checks_says_what_was_done(
    equipments: dict[str, int],
    neighbourhoods: dict[str, int],
    enterprises: dict[str, int],
    register: dict[str, int],
    social: dict[str, int],
) -> None:
    done = {**equipments, **neighbourhoods, **enterprises, **register, **social}
    listed = {row["id"]: row for row in rows("indicator_checks")}
    assert {name for name, row in listed.items() if row["test"] == TEST} == set(done)
    for name, units in done.items():
        assert int(listed[name]["units"]) == units, name
    mine = {name for name, row in indicators().items() if row.theme in ("equipements", "ess")}
    assert all(bool(listed[name]["why"]) != bool(listed[name]["test"]) for name in mine)
