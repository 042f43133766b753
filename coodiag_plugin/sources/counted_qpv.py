"""Priority neighbourhoods (QPV) by commune: their number, their people, their job seekers.

The tables of Insee have a row by neighbourhood and name its communes in words (« Caen, Ifs »); the
contours give their codes. A neighbourhood on several communes is never shared out: the part of
each is what Insee publishes (``POP_COM_QP``: population of the neighbourhoods of the communes
named together), or follows from it by difference; else the figure of those communes is absent,
while that of a unit that holds them all is whole. Hence figures by unit beside those by commune.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..core.codes import department
from ..core.errors import SourceError
from ..core.privacy import Reason, is_few, secret
from ..core.progress import Progress, each
from ..core.values import ABSENT, State, Value, total
from .counted import NATIONAL, Counted, CountedTable, Places
from .folder import Inventory
from .names import normalise
from .official_file import OfficialFile, read_columns
from .statistic_cells import CellReader

FAMILY = "qpv"
PEOPLE, WORK, OUTLINES = "qpv_demographie", "qpv_insertion", "contours_qpv"
#: Variables that any list of neighbourhoods gives.
NUMBER = "QPV_NOMBRE"
_COMMUNE_COLUMNS = ("insee_com", "code_insee")
_CODE = re.compile(r"Q[PN](\d\d[0-9AB])(\d{2,3})\w*")


@dataclass
class _District:
    """``communes``: where it lies; empty when they could not be told. ``people``: POP_COM_QP, the
    population of all the neighbourhoods of its communes."""

    code: str
    communes: frozenset[str] = frozenset()
    figures: dict[str, Value] = field(default_factory=dict)
    people: Value = ABSENT

    @property
    def department(self) -> str:
        match = _CODE.fullmatch(self.code)
        return match.group(1).lstrip("0").zfill(2) if match else ""

    @property
    def rank(self) -> int:
        match = _CODE.fullmatch(self.code)
        return int(match.group(2)) if match else 0


def count(
    inventory: Inventory, asked: Sequence[Counted], places: Places, progress: Progress
) -> Iterator[CountedTable]:
    """A table of figures by file of neighbourhoods; a damaged file is put aside."""
    wanted = [item for item in asked if item.family == FAMILY]
    if not wanted:
        return
    homes: dict[str, frozenset[str]] = {}
    found: list[tuple[OfficialFile, list[_District]]] = []
    for file, part in each(inventory.of(OUTLINES, PEOPLE, WORK), progress):
        try:
            found.append((file, _read(file, wanted, places, part)))
        except SourceError as error:
            progress.warn("{file} is put aside: {reason}", file=file.name, reason=error.words())
    for _, districts in found:
        homes.update({item.code: item.communes for item in districts if item.communes})
    for file, districts in found:
        for item in districts:
            item.communes = item.communes or homes.get(item.code, frozenset())
        if any(item.communes for item in districts):
            yield _table(file, districts, wanted, places, progress)


# -- reading ---------------------------------------------------------------------------------------


def _read(
    file: OfficialFile, wanted: Sequence[Counted], places: Places, progress: Progress
) -> list[_District]:
    there = {name.strip().lower(): name for name in file.columns}
    key = file.key
    assert key is not None  # the family is recognised by it
    sums = [item.sum for item in wanted if item.sum in there]
    others = [name for name in (*_COMMUNE_COLUMNS, "lib_com", "pop_com_qp") if name in there]
    columns = list(dict.fromkeys([key, *(there[name] for name in (*sums, *others))]))
    table = read_columns(file, columns, progress=progress).rename(
        columns={there[name]: name for name in (*sums, *others)} | {key: "code"}
    )
    reader = CellReader(file.family.secrecy, State.ABSENT)
    names = _names(places) if "lib_com" in table else {}
    codes = (code for column in _COMMUNE_COLUMNS if column in table for code in table[column])
    now = places.place((part for text in codes for part in _parts(text)), file).now
    districts: dict[str, _District] = {}
    for row in table.to_dict("records"):
        item = _District(str(row["code"]).strip())
        if not _CODE.fullmatch(item.code) or item.code in districts:
            continue
        item.communes = _communes(row, item.department, names, now)
        item.figures = {name: reader.read(str(row[name]).strip()) for name in sums}
        if "pop_com_qp" in table:
            item.people = reader.read(str(row["pop_com_qp"]).strip())
        districts[item.code] = item
    return list(districts.values())


def _names(places: Places) -> dict[tuple[str, str], str]:
    return {
        (department(str(code)), normalise(str(name))): str(code)
        for code, name in places.geography.communes["nom"].items()
    }


def _parts(text: str) -> list[str]:
    """``"13055, 13070"``, ``["14118"]`` → codes."""
    return re.findall(r"\w+", text)


def _communes(
    row: Mapping[object, object],
    dep: str,
    names: Mapping[tuple[str, str], str],
    now: Mapping[str, str],
) -> frozenset[str]:
    """Communes of a row, none as soon as one of them is not known."""
    for column in _COMMUNE_COLUMNS:
        found = [now.get(code, "") for code in _parts(str(row.get(column, "")))]
        if found and all(found):
            return frozenset(found)
    told = [normalise(text) for text in str(row.get("lib_com", "")).split(",") if text.strip()]
    found = [names.get((dep, _whole(name)), "") for name in told]
    return frozenset(found) if found and all(found) else frozenset()


def _whole(name: str) -> str:
    """``MARSEILLE 3E ARRONDISSEMENT`` → ``MARSEILLE``."""
    return re.sub(r" \d+(E|ER|EME)( ARRONDISSEMENT)?$", "", name)


# -- figures ---------------------------------------------------------------------------------------


def _table(
    file: OfficialFile,
    districts: Sequence[_District],
    wanted: Sequence[Counted],
    places: Places,
    progress: Progress,
) -> CountedTable:
    covered = _covered(file, districts, places)
    _report(file, districts, places, progress)
    cells: dict[str, dict[str, Value]] = {}
    for item in wanted:
        if item.name == NUMBER:
            figures = {d.code: Value(1.0) for d in districts}
        elif any(item.sum in d.figures for d in districts):
            figures = {d.code: d.figures.get(item.sum, ABSENT) for d in districts}
        else:
            continue
        parts = _published_parts(districts) if item.sum == "pop_mun" else {}
        cells[item.name] = _cells(item, districts, figures, parts, covered, places)
    return CountedTable(file, file.vintage or 0, cells)


def _cells(
    item: Counted,
    districts: Sequence[_District],
    figures: Mapping[str, Value],
    parts: Mapping[str, Value],
    covered: set[str],
    places: Places,
) -> dict[str, Value]:
    """Figures by commune, then by unit that the file covers as a whole."""
    by_commune: dict[str, list[_District]] = {}
    for district in districts:
        for code in district.communes:
            by_commune.setdefault(code, []).append(district)
    result = {}
    for code in sorted(covered | set(by_commune)):
        mine = by_commune.get(code, [])
        result[code] = _figure(item, mine, figures, {code}, parts)
    for unit, members in places.asked.units.items():
        inside = set(members)
        mine = [d for d in districts if d.communes & inside]
        if unit == "FRANCE" and len(districts) >= NATIONAL:
            result[unit] = _figure(item, districts, figures, None, {})
        elif inside and inside <= set(result):
            result[unit] = _figure(item, mine, figures, inside, result)
    return result


def _figure(
    item: Counted,
    districts: Sequence[_District],
    figures: Mapping[str, Value],
    inside: Collection[str] | None,
    parts: Mapping[str, Value],
) -> Value:
    """What the neighbourhoods give the communes ``inside`` (None: all the communes there are).

    ``parts``: figures of communes that are published, for those on a border of ``inside``.
    """
    if not districts:
        return Value(0.0)
    across = [d for d in districts if inside is not None and not d.communes <= set(inside)]
    if item.name == NUMBER or not across:
        return total(figures[d.code] for d in districts)
    return total(parts.get(code, ABSENT) for code in sorted(inside or ()))


def _published_parts(districts: Iterable[_District]) -> dict[str, Value]:
    """People of the neighbourhoods of each commune, from the totals by group of communes.

    Where all communes of a group but one are known the last one follows; a difference of a few
    persons is hidden.
    """
    totals: dict[frozenset[str], set[float]] = {}
    for item in districts:
        if item.communes and item.people.number is not None:
            totals.setdefault(item.communes, set()).add(item.people.number)
    known: dict[str, float] = {}
    while True:
        fresh = {}
        for group, found in totals.items():
            unknown = [code for code in group if code not in known]
            if len(unknown) == 1 and len(found) == 1:
                rest = min(found) - sum(known[code] for code in group if code in known)
                if rest >= 0:
                    fresh[unknown[0]] = rest
        if not fresh:
            break
        known.update(fresh)
    return {
        code: secret(Reason.FEW_PEOPLE) if is_few(number) else Value(number)
        for code, number in known.items()
    }


def _covered(file: OfficialFile, districts: Sequence[_District], places: Places) -> set[str]:
    """Communes for which no neighbourhood means that there is none.

    Those of a national list, or fetched for the communes of the run; else those of the
    départements whose neighbourhoods are numbered without a gap and all placed.
    """
    named = {code for item in districts for code in item.communes}
    if len(districts) >= NATIONAL:
        return named | places.known
    by_department: dict[str, list[_District]] = {}
    for item in districts:
        by_department.setdefault(item.department, []).append(item)
    known = {department(code) for code in places.known}
    whole = {
        dep
        for dep, found in by_department.items()
        if {d.rank for d in found} == set(range(1, len(found) + 1))
        and all(d.communes or dep not in known for d in found)
    }
    return named | places.fetched(file, named) | places.of_departments(whole, False)


def _report(
    file: OfficialFile, districts: Sequence[_District], places: Places, progress: Progress
) -> None:
    """Say which neighbourhoods lie on several communes of the run, and which could not be placed."""
    near = set(places.asked.communes)
    across = [d.code for d in districts if len(d.communes) > 1 and d.communes & near]
    if across:
        progress.say(
            "{file}: {codes} lie on several communes; they are not shared out between them.",
            file=file.name,
            codes=", ".join(across),
        )
    known = {department(code) for code in places.known}
    lost = [d.code for d in districts if not d.communes and d.department in known]
    if lost:
        progress.warn(
            "{file}: the communes of {codes} could not be told: these neighbourhoods are not counted.",
            file=file.name,
            codes=", ".join(lost[:12]) + ("…" if len(lost) > 12 else ""),
        )
