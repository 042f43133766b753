"""The table of the key figures, and the pages of the communes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..core import french
from ..core.catalogue import indicators
from ..core.profiles import Profile
from ..core.values import State
from .context import CommunePage, Table, TableRow
from .materials import COLUMNS, CommuneData, Compared, dated
from .sentences import Standing, bare, commune_figures, commune_sentence

#: Most indicators in the table of a commune.
COMMUNE_ROWS = 12


def key_table(profile: Profile, data: CommuneData) -> Table:
    """The key figures beside those of the units of comparison; a unit without any is left out."""
    first, *others = data.reference_names
    keys = _with_data(profile.key_figures, data, profile, lambda key: _told(data, key))
    units = [
        first,
        *(unit for unit in others if any(_given(data, unit[1], key) for key in keys)),
    ]
    rows = []
    for key in keys:
        subject = indicators()[key]
        cells = tuple(bare(subject, data.references.get(unit, key)) for _, unit, _ in units)
        rows.append(TableRow(dated(subject, data.years), cells))
    return Table(("Indicateur", *(name for _, _, name in units)), tuple(rows))


def _given(data: CommuneData, unit: str, key: str) -> bool:
    return data.references.get(unit, key).state is not State.ABSENT


def _told(data: CommuneData, key: str) -> bool:
    """Whether a row says something: a figure of some column, or a failure to tell of."""
    return key in data.failed or any(_given(data, unit, key) for _, unit, _ in data.reference_names)


def _with_data(
    keys: Sequence[str],
    data: CommuneData,
    profile: Profile,
    told: Callable[[str], bool] = lambda key: True,
) -> list[str]:
    """Indicators that some source gives or should have given, and that are ``told``; others of the
    profile take the place of those that nothing gives."""
    found = [key for key in keys if data.printed(key) and told(key)]
    spare = [
        key
        for key in profile.indicator_ids()
        if key in data.years and key not in keys and told(key)
    ]
    return found + spare[: len(keys) - len(found)]


def commune_pages(profile: Profile, data: CommuneData) -> tuple[CommunePage, ...]:
    order = sorted(data.names, key=lambda code: (french.alphabetical(data.names[code]), code))
    return tuple(_commune_page(profile, data, code) for code in order)


def _commune_page(profile: Profile, data: CommuneData, code: str) -> CommunePage:
    catalogue = indicators()
    told = [
        Standing(
            catalogue[key],
            data.figures.get(code, key),
            data.references.get("TERRITOIRE", key),
            tuple(data.figures.column(key, data.names).values()),
        )
        for key in _with_data(profile.commune_figures, data, profile)
    ]
    return CommunePage(
        code,
        data.names[code],
        commune_sentence(data.names[code], told),
        commune_figures(told),
        _commune_table(profile, data, code),
        _chart(profile, data, code),
    )


def _own_units(data: CommuneData, code: str, keys: Sequence[str]) -> list[Compared]:
    """What a commune is compared with: the levels at which some commune finds a figure of ``keys``.

    The levels are those of all communes, since one layout prints them all.
    """
    told = {
        level
        for units in data.own_units.values()
        for level, unit, _ in units
        if any(_given(data, unit, key) for key in keys)
    }
    return [unit for unit in data.own_units[code] if unit[0] in told or unit[0] == "TERRITOIRE"]


def _commune_table(profile: Profile, data: CommuneData, code: str) -> Table:
    catalogue = indicators()
    rows = []
    keys = [key for key in profile.indicator_ids() if data.printed(key)][:COMMUNE_ROWS]
    units = _own_units(data, code, keys)
    for key in keys:
        subject = catalogue[key]
        cells = [bare(subject, data.figures.get(code, key))]
        cells += [bare(subject, data.references.get(unit, key)) for _, unit, _ in units]
        year = data.years.get(key, "")
        rows.append(TableRow(f"{subject.short} ({year})" if year else subject.short, tuple(cells)))
    for label, (values, whole) in data.people.items():
        if code in values:
            blank = [""] * (len(units) - 1)
            rows.append(
                TableRow(label, (french.figure(values[code]), french.figure(whole), *blank))
            )
    columns = (
        "Indicateur",
        "Commune",
        *(COLUMNS[level] for level, _, _ in units),
    )
    return Table(columns, tuple(rows))


def _chart(
    profile: Profile, data: CommuneData, code: str
) -> tuple[tuple[str, float | None, str], ...]:
    if profile.commune_chart not in data.years:
        return ()
    subject = indicators()[profile.commune_chart]
    bars = [(data.names[code], data.figures.get(code, subject.id))]
    bars += [
        (COLUMNS[level] if level == "TERRITOIRE" else name, data.references.get(unit, subject.id))
        for level, unit, name in _own_units(data, code, [subject.id])
    ]
    return tuple((name, value.number, bare(subject, value)) for name, value in bars)
