"""Recipients of the Caf and private employers of the demonstration, as their portals export them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .census import JOBS, YEAR
from .numbers import clamp
from .register import Establishment
from .territory import DEPARTMENT, DEPARTMENT_NAME, REGION, REGION_NAME, World
from .writing import columns, csv_bytes

CAF_YEARS = range(2020, 2025)
URSSAF_YEARS = range(2020, 2026)
_BENEFITS = columns(
    "indfoy_ndur indnbp_ndur indfoy_rsa indfoy_ppa indfoy_af indfoy_cf indfoy_asf indfoy_ndural "
    "indfoy_ndurpaje"
)
_SECTORS = (
    (range(5, 40), "Industrie"),
    (range(41, 44), "Construction"),
    (range(45, 48), "Commerce"),
    (range(55, 57), "Hôtellerie-restauration"),
    (range(84, 89), "Services non marchands"),
)
_OTHER = "Autres services"
#: Jobs from which the only employer of an activity could be recognised.
_HIDDEN = 60
#: Public administration, and employers of the farm scheme: not in the general scheme.
_ELSEWHERE = (*range(1, 4), 84)


def write(
    folder: Path,
    world: World,
    figures: dict[str, dict[str, float]],
    establishments: list[Establishment],
) -> None:
    _caf(folder / "s_ben_com_f.csv", world, figures)
    name = "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last.csv"
    _urssaf(folder / name, world, establishments)


def recipients(row: dict[str, float]) -> dict[str, float]:
    """Households and persons by benefit, from the families and the unemployed of the census."""
    now, more = f"P{YEAR}_", f"C{YEAR}_"
    out = row[f"{now}CHOM1564"]
    alone, lone = row[f"{more}MENPSEUL"], row[f"{more}FAMMONO"]
    pairs, large = row[f"{more}COUPAENF"], row[f"{more}NE24F3"] + row[f"{more}NE24F4P"]
    tenants = row[f"{now}RP_LOC"]
    babies = row[f"{now}POP0002"]
    two = large + row[f"{more}NE24F2"]
    households = 0.55 * pairs + 0.85 * lone + 0.12 * alone + 0.25 * out + 0.2 * tenants
    return {
        "indfoy_ndur": households,
        "indnbp_ndur": 2.25 * households,
        "indfoy_rsa": 0.27 * out + 0.12 * lone,
        "indfoy_ppa": 0.25 * households,
        "indfoy_af": 0.96 * two,
        "indfoy_cf": 0.34 * large,
        "indfoy_asf": 0.42 * lone,
        "indfoy_ndural": clamp(0.47 * tenants, 0, 0.9 * households),
        "indfoy_ndurpaje": 0.72 * babies * 0.6,
    }


def _caf(path: Path, world: World, figures: dict[str, dict[str, float]]) -> None:
    """One row by commune and December, rounded down to 5; counts under 5 are hidden."""
    rows = []
    for rank, year in enumerate(CAF_YEARS):
        for commune in world.communes:
            counts = recipients(figures[commune.code])
            cells = []
            for name in _BENEFITS:
                count = int(counts[name] * (1 + 0.008 * rank)) // 5 * 5
                cells.append(count or "")
            rows.append([f"{year}-12", commune.code, commune.name, *cells])
        rows.append([f"{year}-12", "", "Non localisés", *(45 for _ in _BENEFITS)])
    header = ["dtreffre", "numcomdo", "nomcom", *_BENEFITS]
    path.write_bytes(csv_bytes(header, rows, encoding="utf-8-sig"))


def _urssaf(path: Path, world: World, establishments: list[Establishment]) -> None:
    """One row by commune and activity, a column a year; a large employer that is alone is hidden."""
    employers: Counter[tuple[str, str]] = Counter()
    jobs: Counter[tuple[str, str]] = Counter()
    for place in establishments:
        division = int(place.naf[:2])
        if place.active and place.size not in ("NN", "00") and division not in _ELSEWHERE:
            slot = (place.commune.code, place.naf.replace(".", ""))
            employers[slot] += 1
            jobs[slot] += round(JOBS[place.size])
    places = {commune.code: commune for commune in world.communes}
    rows = []
    for (code, ape), number in sorted(employers.items()):
        commune = places[code]
        told = number > 1 or jobs[code, ape] < _HIDDEN
        rows.append(
            [
                *(REGION, REGION_NAME, DEPARTMENT, DEPARTMENT_NAME, commune.epci.name, code),
                *(commune.name, _sector(ape), ape, f"Activité {ape}"),
                *(_jobs(jobs[code, ape], ape, year) if told else "" for year in URSSAF_YEARS),
                *(number for _ in URSSAF_YEARS),
            ]
        )
    header = columns(
        "code_region region code_departement departement epci code_commune intitule_commune "
        "grand_secteur_d_activite code_ape ape"
    )
    years = [
        f"{count}_{year}"
        for count in ("effectifs_salaries", "nombre_d_etablissements")
        for year in URSSAF_YEARS
    ]
    path.write_bytes(csv_bytes([*header, *years], rows, encoding="utf-8-sig"))


def _jobs(latest: int, ape: str, year: int) -> int:
    return round(latest * _trend(ape) ** (year - URSSAF_YEARS[-1]))


def _sector(ape: str) -> str:
    division = int(ape[:2])
    return next((name for divisions, name in _SECTORS if division in divisions), _OTHER)


def _trend(ape: str) -> float:
    """Yearly growth of an activity: industry shrinks, care grows."""
    return {"Industrie": 0.992, "Services non marchands": 1.014}.get(_sector(ape), 1.004)
