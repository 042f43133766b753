"""Statistical tables as Insee and the Dares publish them, quirks included."""

from __future__ import annotations

from pathlib import Path

from . import benefits, census, census_files, incomes
from .activities import sector
from .census_files import number
from .incomes import Income
from .register import Establishment
from .territory import (
    DEPARTMENT,
    DEPARTMENT_NAME,
    REGION,
    REGION_NAME,
    Commune,
    World,
)
from .writing import columns, csv_bytes, write_zip

BOM = "utf-8-sig"
_COMPARATEUR_LABELS = {
    "POP": "Population",
    "SUPERF": "Superficie (en km2)",
    "MEN": "Ménages",
    "LOG": "Logements",
    "RP": "Résidences principales",
    "EMPLT": "Emplois au lieu de travail",
    "MED": "Médiane du niveau de vie",
    "TP60": "Taux de pauvreté",
}
_FILO = columns(
    "NBMEN NBPERS NBUC Q1 Q2 Q3 Q3_Q1 D1 D2 D3 D4 D6 D7 D8 D9 RD S80S20 GI PACT PTSA PCHO "
    "PBEN PPEN PPAT PPSOC PPFAM PPMINI PPLOGT PIMPOT"
)
#: Columns of the Filosofi tables that carry no year.
_NO_YEAR = ("Q3_Q1", "RD")


def comma(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def write(folder: Path, world: World, establishments: list[Establishment]) -> None:
    """Write the census, the comparateur, Filosofi, job seekers, benefits and private jobs."""
    figures = census.figures(world, establishments)
    income = incomes.communes(world, figures, census.characters(world))
    census_files.write(folder, world, figures)
    _comparateur(folder, world, figures, income, establishments)
    _filosofi(folder, world, income)
    _job_seekers(folder, world, figures)
    benefits.write(folder, world, figures, establishments)


def counts_by_sector(establishments: list[Establishment], commune: Commune) -> dict[str, int]:
    """Active employers of a commune by sector and size, as the comparateur counts them."""
    counts = dict.fromkeys(
        ("ETTOT22", "ETAZ22", "ETBE22", "ETFZ22", "ETGU22", "ETOQ22", "ETTEF122", "ETTEFP1022"), 0
    )
    for place in establishments:
        if place.commune is not commune or not place.active or place.size in ("NN", "00"):
            continue
        field = sector(place.naf)
        counts["ETTOT22"] += 1
        counts["ETGU22" if field in ("GZ", "RU") else f"ET{field}22"] += 1
        counts["ETTEF122" if place.size in ("01", "02", "03") else "ETTEFP1022"] += 1
    return counts


def _comparateur(
    folder: Path,
    world: World,
    figures: dict[str, dict[str, float]],
    income: dict[str, Income],
    establishments: list[Establishment],
) -> None:
    """The comparateur in its present format: ``s`` for secret, commas in two columns only."""
    header = columns(
        "CODGEO P21_POP P15_POP SUPERF NAIS1520 DECE1520 P21_MEN NAISD23 DECESD23 P21_LOG "
        "P21_RP P21_RSECOCC P21_LOGVAC P21_RP_PROP NBMENFISC21 PIMP21 MED21 TP6021 P21_EMPLT "
        "P21_EMPLT_SAL P15_EMPLT P21_POP1564 P21_CHOM1564 P21_ACT1564 ETTOT22 ETAZ22 ETBE22 "
        "ETFZ22 ETGU22 ETOQ22 ETTEF122 ETTEFP1022"
    )
    rows = []
    for commune in world.communes:
        part = income[commune.code]
        cells: dict[str, object] = {
            "CODGEO": commune.code,
            "SUPERF": number(commune.km2),
            "NBMENFISC21": part.households,
            "PIMP21": comma(round(part.taxed), 1) if part.detailed else "s",
            "TP6021": comma(round(part.poverty), 1) if part.detailed else "s",
            "MED21": part.median if part.published else "s",
            **counts_by_sector(establishments, commune),
        }
        rows.append([cells[n] if n in cells else number(figures[commune.code][n]) for n in header])
    meta = [
        (
            name,
            _label(name),
            _label(name),
            "",
            "",
            "CHAR" if name == "CODGEO" else "NUM",
            5 if name == "CODGEO" else 16,
        )
        for name in header
    ]
    write_zip(
        folder / "base_cc_comparateur_csv.zip",
        {
            "base_cc_comparateur.CSV": csv_bytes(header, rows),
            "meta_base_cc_comparateur.CSV": csv_bytes(
                columns("COD_VAR LIB_VAR LIB_VAR_LONG COD_MOD LIB_MOD TYPE_VAR LONG_VAR"),
                meta,
            ),
        },
    )


def _label(name: str) -> str:
    stem = name.partition("_")[2] or name.rstrip("0123456789")
    return f"{_COMPARATEUR_LABELS.get(stem, stem)} (données fictives)"


def _filosofi(folder: Path, world: World, income: dict[str, Income]) -> None:
    """Tables by commune, EPCI, département and région; the older one on the geography of 2018."""
    rows = [_filo_row(c.code, c.name, income[c.code]) for c in world.communes]
    _filo_file(folder / "FILO2021_DISP_COM.csv", "21", rows)
    groups = {
        "EPCI": [
            (e.code, e.name, [c for c in world.communes if c.epci is e])
            for e in sorted({c.epci for c in world.communes}, key=lambda e: e.code)
        ]
    }
    groups["DEP"] = [(DEPARTMENT, DEPARTMENT_NAME, world.communes)]
    groups["REG"] = [(REGION, REGION_NAME, world.communes)]
    for level, units in groups.items():
        totals = [
            (code, name, _group(level, incomes.together([income[c.code] for c in members])))
            for code, name, members in units
        ]
        _filo_file(
            folder / f"FILO2021_DISP_{level}.csv", "21", [_filo_row(*unit) for unit in totals]
        )
        _cc_filosofi(folder / f"cc_filosofi_2021_{level}.csv", totals)
    parts = [(c.code, c.name, income[c.code]) for c in world.communes]
    _cc_filosofi(folder / "cc_filosofi_2021_COM.csv", parts)
    old = []
    for commune in world.communes:
        part = _earlier(income[commune.code])
        if commune.former:
            old += [
                _filo_row(code, name, _piece(part, share)) for code, name, share in commune.former
            ]
        else:
            old.append(_filo_row(commune.code, commune.name, part))
    _filo_file(folder / "FILO2018_DISP_COM.csv", "18", sorted(old))


def _group(level: str, part: Income) -> Income:
    """A région holds other départements that the demonstration does not draw."""
    if level != "REG":
        return part
    return Income(
        part.households * 31,
        part.persons * 31,
        round(part.units * 31, 1),
        part.median + 890,
        part.poverty - 1.9,
        part.taxed + 4.2,
    )


def _filo_file(path: Path, year: str, rows: list[list[object]]) -> None:
    names = [n if n in _NO_YEAR else f"{n}{year}" for n in _FILO]
    path.write_bytes(csv_bytes(["CODGEO", "LIBGEO", *names], rows, encoding=BOM))


def _filo_row(code: str, name: str, part: Income) -> list[object]:
    """A row with all indicators above the threshold, else counts and median only."""
    cells: dict[str, object] = {
        "NBMEN": part.households,
        "NBPERS": part.persons,
        "NBUC": comma(part.units, 1),
        "Q2": part.median if part.published else "",
    }
    if part.detailed:
        cells.update(_indicators(part))
    return [code, name, *(cells.get(column, "") for column in _FILO)]


def _indicators(part: Income) -> dict[str, object]:
    """Deciles, inequality and sources of income, spread the more as the unit is poorer."""
    median = part.median
    spread = 1 + (part.poverty - 12) / 110
    deciles = {
        f"D{k}": _tens(median * (1 + (ratio - 1) * spread))
        for k, ratio in zip(
            (1, 2, 3, 4, 6, 7, 8, 9), (0.56, 0.70, 0.81, 0.90, 1.10, 1.22, 1.38, 1.68)
        )
    }
    q1, q3 = _tens(median * (1 - 0.245 * spread)), _tens(median * (1 + 0.30 * spread))
    social = 3.4 + part.poverty / 5
    return {
        "Q1": q1,
        "Q3": q3,
        "Q3_Q1": comma((q3 - q1) / median, 2),
        **deciles,
        "RD": comma(deciles["D9"] / deciles["D1"], 1),
        "S80S20": comma(3.1 * spread, 3),
        "GI": comma(0.235 * spread, 3),
        "PACT": comma(76 - part.poverty / 2, 1),
        "PTSA": comma(67 - part.poverty / 2, 1),
        "PCHO": comma(2 + part.poverty / 12, 1),
        "PBEN": "5,1",
        "PPEN": "27,4",
        "PPAT": "8,6",
        "PPSOC": comma(social, 1),
        "PPFAM": comma(social * 0.4, 1),
        "PPMINI": comma(social * 0.38, 1),
        "PPLOGT": comma(social * 0.22, 1),
        "PIMPOT": "-14,2",
    }


def _cc_filosofi(path: Path, units: list[tuple[str, str, Income]]) -> None:
    """The base-cc table of a level: median, poverty by age and tenure, taxed households, shares."""
    groups = (*(f"TP60AGE{k}" for k in range(1, 7)), "TP60TOL1", "TP60TOL2")
    more = columns("PACT PTSA PCHO PBEN PPEN PPAT PPSOC PPFAM PPMINI PPLOGT PIMPOT D1 D9 RD")
    names = (*columns("NBMENFISC NBPERSMENFISC MED PIMP TP60"), *groups, *more)
    rows = []
    for code, _, part in units:
        cells: dict[str, object] = {
            "NBMENFISC": part.households,
            "NBPERSMENFISC": part.persons,
            "MED": part.median if part.published else "s",
        }
        if part.detailed:
            cells |= {
                "PIMP": comma(_shown(part.taxed, path), 1),
                "TP60": comma(_shown(part.poverty, path), 1),
            }
            for name, times in zip(groups, (1.42, 1.24, 1.16, 1.0, 0.72, 0.68, 0.45, 2.05)):
                cells[name] = comma(round(part.poverty * times), 1)
            cells.update(_indicators(part))
        rows.append([code, *(cells.get(name, "s") for name in names)])
    path.write_bytes(csv_bytes(["CODGEO", *(f"{n}21" for n in names)], rows, ending="\n"))


def _shown(rate: float, path: Path) -> float:
    """A rate of communes is published without decimals, those of larger units with one."""
    return round(rate) if path.stem.endswith("COM") else rate


def _tens(value: float) -> int:
    return round(value / 10) * 10


def _earlier(part: Income) -> Income:
    """The same unit three years before."""
    return Income(
        round(part.households * 0.985),
        round(part.persons * 0.99),
        round(part.units * 0.988, 1),
        part.median - 1150,
        part.poverty + 0.3,
        part.taxed - 1,
    )


def _piece(part: Income, share: float) -> Income:
    """A commune that has merged since: its share of the households of the new one."""
    return Income(
        round(part.households * share),
        round(part.persons * share),
        round(part.units * share, 1),
        _tens(part.median * (0.99 if share > 0.5 else 1.015)),
        part.poverty,
        part.taxed,
    )


def _job_seekers(folder: Path, world: World, figures: dict[str, dict[str, float]]) -> None:
    """The Opendatasoft export: BOM, counts rounded to 5, those of 1 to 4 not published."""
    header = columns(
        "date code_region region code_departement departement code_commune commune "
        "type_de_donnees categorie sexe tranche_d_age nombre_de_demandeurs_d_emploi"
    )
    names = {commune.code: commune.name for commune in world.communes}
    rows = [
        (
            f"{year}-T4", REGION, REGION_NAME, DEPARTMENT, DEPARTMENT_NAME, code, names[code], "Brutes",
            category, sex, age, "" if 0 < persons < 5 else 5 * round(persons / 5),
        )
        for year, code, category, sex, age, persons in incomes.job_seekers(world, figures)
    ]  # fmt: skip
    (folder / "dares_defm_communales-brutes.csv").write_bytes(csv_bytes(header, rows, encoding=BOM))
