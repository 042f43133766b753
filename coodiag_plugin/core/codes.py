"""Codes of French official geography and of the register: all of them text, never numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import TerritoryError

COMMUNE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
_OVERSEAS_CRS = {
    "971": "EPSG:5490",
    "972": "EPSG:5490",
    "977": "EPSG:5490",
    "978": "EPSG:5490",
    "973": "EPSG:2972",
    "974": "EPSG:2975",
    "975": "EPSG:4467",
    "976": "EPSG:4471",
}
MAINLAND_CRS = "EPSG:2154"

#: Départements of each région (code officiel géographique, boundaries of 2016).
REGION_DEPARTMENTS = {
    "01": "971",
    "02": "972",
    "03": "973",
    "04": "974",
    "06": "976",
    "11": "75 77 78 91 92 93 94 95",
    "24": "18 28 36 37 41 45",
    "27": "21 25 39 58 70 71 89 90",
    "28": "14 27 50 61 76",
    "32": "02 59 60 62 80",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "52": "44 49 53 72 85",
    "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "93": "04 05 06 13 83 84",
    "94": "2A 2B",
}
DEPARTMENT_REGION = {
    dep: region for region, deps in REGION_DEPARTMENTS.items() for dep in deps.split()
}

#: Communes whose statistics come by arrondissement municipal (code of the first and last one).
PLM = {"75056": (75101, 75120), "69123": (69381, 69389), "13055": (13201, 13216)}


def commune_code(text: object) -> str | None:
    """The five-character commune code in ``text`` (``1001`` → ``01001``, ``2a004`` → ``2A004``)."""
    code = str(text).strip().upper()
    if re.fullmatch(r"[0-9]{4}", code):
        code = "0" + code
    return code if COMMUNE.fullmatch(code) else None


def department(commune: str) -> str:
    """Département of a commune code: ``35238`` → ``35``, ``97411`` → ``974``, ``2A004`` → ``2A``."""
    return commune[:3] if commune[:2] in ("97", "98") else commune[:2]


def region(commune: str) -> str | None:
    """Région of a commune code, None overseas collectivities without one."""
    return DEPARTMENT_REGION.get(department(commune))


def legal_crs(commune: str) -> str:
    """Legal projection of the commune's territory (decree 2000-1276 and its changes)."""
    return _OVERSEAS_CRS.get(department(commune), MAINLAND_CRS)


def commune_of(arrondissement: str) -> str:
    """Commune that holds a municipal arrondissement (``75101`` → ``75056``), or the code itself."""
    if COMMUNE.fullmatch(arrondissement) and arrondissement.isdigit():
        for commune, (first, last) in PLM.items():
            if first <= int(arrondissement) <= last:
                return commune
    return arrondissement


def arrondissements(commune: str) -> tuple[str, ...]:
    """Municipal arrondissements of Paris, Lyon or Marseille; none of another commune."""
    first, last = PLM.get(commune, (1, 0))
    return tuple(str(number) for number in range(first, last + 1))


def luhn(digits: str) -> bool:
    """Whether a SIREN or SIRET carries a right check digit (La Poste's SIRET sum to 5n)."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        step = int(digit) * (2 if position % 2 else 1)
        total += step - 9 if step > 9 else step
    if total % 10 == 0:
        return True
    return len(digits) == 14 and digits.startswith("356000000") and sum(map(int, digits)) % 5 == 0


@dataclass(frozen=True)
class TerritoryPart:
    """One part of a TERRITORY parameter: a level and its codes, or a name to look up."""

    level: str  # COM, EPCI, DEP, REG, ZE or NAME
    codes: tuple[str, ...]


LEVELS = ("COM", "EPCI", "DEP", "REG", "ZE")
_SHAPES = {
    "EPCI": re.compile(r"[0-9]{9}"),
    "DEP": re.compile(r"[0-9]{2}|2[AB]|97[0-9]"),
    "REG": re.compile(r"[0-9]{2}"),
    "ZE": re.compile(r"[0-9]{4}"),
}


def parse_territory(expression: str) -> tuple[TerritoryPart, ...]:
    """Read ``COM:35238,35047;EPCI:243500139`` or a plain name; refuse a malformed code by name."""
    parts = []
    for chunk in (piece.strip() for piece in expression.split(";")):
        if not chunk:
            continue
        level, separator, rest = chunk.partition(":")
        level = level.strip().upper()
        if not separator or level not in LEVELS:
            parts.append(TerritoryPart("NAME", (chunk,)))
            continue
        codes = []
        for raw in rest.split(","):
            code = raw.strip().upper()
            if not code:
                continue
            if level == "COM":
                shaped = commune_code(code)
            else:
                shaped = code if _SHAPES[level].fullmatch(code) else None
            if shaped is None:
                raise TerritoryError(
                    "“{code}” is not a {level} code: write for example {example}.",
                    code=code,
                    level=level,
                    example={
                        "COM": "COM:35238,35047",
                        "EPCI": "EPCI:243500139",
                        "DEP": "DEP:35",
                        "REG": "REG:53",
                        "ZE": "ZE:5315",
                    }[level],
                )
            codes.append(shaped)
        if codes:
            parts.append(TerritoryPart(level, tuple(dict.fromkeys(codes))))
    if not parts:
        raise TerritoryError(
            "No territory was given: write a code such as EPCI:243500139, COM:35238 or DEP:35, or a name."
        )
    return tuple(parts)
