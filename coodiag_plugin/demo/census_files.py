"""Census tables of the demonstration, in the files and columns of Insee's communal and IRIS bases."""

from __future__ import annotations

from pathlib import Path

from . import census_details as details
from .census import AGES, BEFORE, DIPLOMAS, MODES, OLDER, YEAR
from .territory import World
from .writing import columns, csv_bytes

_NOW, _THEN = f"P{YEAR}_", f"P{BEFORE}_"
_MORE, _FORMER = f"C{YEAR}_", f"C{BEFORE}_"
_BANDS = ("1524", "2554", "5564")
#: Inhabitants of an IRIS: a larger commune is divided.
_IRIS = 2_500
_IRIS_AGES = ("0002", "0305", "0610", "1117", "1824", *AGES)


def number(value: float) -> str:
    """A census figure: whole when it is, else with Insee's many decimals and a point."""
    rounded = round(value, 10)
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)


def _each(prefixes: tuple[str, ...], names: tuple[str, ...] | list[str]) -> list[str]:
    return [prefix + name for prefix in prefixes for name in names]


def _population() -> list[str]:
    sexes = columns("POPH H0019 H65P POPF F0019 F65P")
    former = columns("POP01P") + tuple(f"POP01P_IRAN{k}" for k in range(1, 8))
    classes = ["POP15P", *(f"POP15P_CS{k}" for k in range(1, 9))]
    return [
        *_each((_NOW, _THEN), ["POP", *(f"POP{band}" for band in AGES), *sexes, *former]),
        f"P{OLDER}_POP",
        *_each((_MORE, _FORMER), classes),
    ]


def _activity() -> list[str]:
    kinds = ("ACT", "ACTOCC", "CHOM")
    principal = [
        *("POP1564", *(f"POP{band}" for band in _BANDS), "H1564", "F1564"),
        *(f"{kind}{band}" for kind in kinds for band in ("1564", *_BANDS)),
        *(f"{sex}{kind}1564" for kind in kinds for sex in "HF"),
        *(f"{kind}_{diploma}" for kind in ("CHOM", "ACT") for diploma in DIPLOMAS),
        *columns("INACT1564 ETUD1564 RETR1564 AINACT1564 EMPLT EMPLT_SAL EMPLT_NSAL"),
    ]
    then = [
        name
        for name in principal
        if not name.startswith(("CHOM_", "ACT_")) and name not in ("H1564", "F1564")
    ]
    classes = ["ACT1564", *(f"ACT1564_CS{k}" for k in range(1, 7))]
    jobs = ["EMPLT", *(f"EMPLT_CS{k}" for k in range(1, 7))]
    jobs += [*(f"EMPLT_{sector}" for sector in details.SECTORS), "EMPLT_F"]
    return [
        *_each((_NOW,), principal),
        *_each((_THEN,), then),
        *_each((_MORE,), ["ACTOCC15P", *(f"ACTOCC15P_{mode}" for mode in MODES)]),
        *_each((_MORE,), [*classes, *jobs]),
    ]


def _workers() -> list[str]:
    contracts = [
        f"{sex}SAL15P{end}"
        for sex in "HF"
        for end in ("", "_TP", *(f"_{contract}" for contract in details.CONTRACTS))
    ]
    places = ["ILT1", "ILT2P", *details.PLACES[1:], *details.MODES]
    return _each(
        (_NOW, _THEN),
        [
            *columns("ACTOCC15P SAL15P NSAL15P SAL15P_TP"),
            *contracts,
            *(f"ACTOCC15P_{name}" for name in places),
        ],
    )


def _homes() -> list[str]:
    principal = columns("LOG RP RSECOCC LOGVAC MAISON APPART")
    principal += tuple(f"RP_{name}" for name in (*details.ROOMS, "ACHTOT", *details.BUILT))
    principal += ("MEN", "PMEN", *(f"MEN_{name}" for name in details.STAYS))
    principal += columns("RP_PROP RP_LOC RP_LOCHLMV RP_GRAT")
    principal += tuple(f"RP_{name}" for name in details.HEATING)
    principal += columns("RP_VOIT1P RP_VOIT1 RP_VOIT2P")
    rooms = [f"RP_{name}" for name in details.ROOM_NORM]
    return [*_each((_NOW, _THEN), principal), *_each((_MORE, _FORMER), rooms)]


def _diplomas() -> list[str]:
    ages = [f"{kind}{band}" for kind in ("POP", "SCOL") for band in details.SCHOOL_AGES]
    return _each((_NOW, _THEN), [*ages, "NSCOL15P", *(f"NSCOL15P_{name}" for name in DIPLOMAS)])


def _families() -> list[str]:
    households = columns(
        "MEN MENPSEUL MENHSEUL MENFSEUL MENSFAM MENFAM MENCOUPSENF MENCOUPAENF MENFAMMONO FAM "
        "COUPAENF FAMMONO HMONO FMONO COUPSENF"
    )
    return [
        *_each((_MORE, _FORMER), (*households, *details.CHILDREN)),
        *_each((_NOW, _THEN), ("POP80P", "POP80P_PSEUL")),
    ]


def write(folder: Path, world: World, figures: dict[str, dict[str, float]]) -> None:
    """Write the communal bases of the census, and the base by IRIS that has the fine ages."""
    files = {
        "evol-struct-pop": _population(),
        "emploi-pop-active": _activity(),
        "caract-emp": _workers(),
        "logement": _homes(),
        "diplomes-formation": _diplomas(),
        "coupl-fam-men": _families(),
    }
    for name, variables in files.items():
        rows = [
            [commune.code, *(number(figures[commune.code][variable]) for variable in variables)]
            for commune in world.communes
        ]
        content = csv_bytes(["CODGEO", *variables], rows)
        (folder / f"base-cc-{name}-20{YEAR}.CSV").write_bytes(content)
    _iris(folder, world, figures)


def _iris(folder: Path, world: World, figures: dict[str, dict[str, float]]) -> None:
    """A commune that is not divided is one IRIS, ``CODGEO`` and 0000, of type Z."""
    names = [f"{_NOW}POP", *(f"{_NOW}POP{band}" for band in _IRIS_AGES)]
    rows = []
    for commune in world.communes:
        row = figures[commune.code]
        pieces = max(1, round(commune.population / _IRIS)) if commune.population >= 5_000 else 1
        shares = [1 / pieces] * pieces
        for rank, share in enumerate(shares, start=1):
            suffix = "0000" if pieces == 1 else f"01{rank:02d}"
            kind = "Z" if pieces == 1 else "H"
            cells = [number(row[name] * share) for name in names]
            rows.append([commune.code + suffix, commune.code, kind, "5", *cells])
    content = csv_bytes(["IRIS", "COM", "TYP_IRIS", "LAB_IRIS", *names], rows)
    (folder / f"base-ic-evol-struct-pop-20{YEAR}.CSV").write_bytes(content)
