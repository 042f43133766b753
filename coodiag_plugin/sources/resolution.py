"""From « EPCI:243500139 » or « Rennes Métropole » to a list of communes, or a clear refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..core.codes import TerritoryPart, commune_of, department, parse_territory, region
from ..core.errors import TerritoryError
from ..core.french import listing
from ..core.progress import Progress
from ..core.territory import Territory, Unit
from ..core.words import Words
from .names import normalise

if TYPE_CHECKING:
    from .geography import Geography

#: Words that open the published name of an EPCI and that people leave out.
_EPCI_KINDS = ("CC", "CA", "CU", "METROPOLE", "EPT", "COMMUNAUTE DE COMMUNES",
               "COMMUNAUTE D AGGLOMERATION", "COMMUNAUTE URBAINE")  # fmt: skip
_ARTICLES = ("DE L", "DE LA", "DU", "DES", "DE", "D", "LE", "LA", "LES", "L")
_LISTED = 8
#: Share of communes lacking above which a unit is an extract: mergers explain less than that,
#: hardly anything when the table of changes has been applied.
_EXTRACT = 0.2
_EXTRACT_CHANGES_KNOWN = 0.03


def resolve(geography: Geography, expression: str, progress: Progress) -> Territory:
    """A territory without neighbours; each code converted is said, each unknown one refused."""
    keys: list[str] = []
    for part in parse_territory(expression):
        keys.extend(_unit_keys(geography, part, progress))
    keys = list(dict.fromkeys(keys))
    communes = tuple(dict.fromkeys(code for key in keys for code in sorted(geography.members(key))))
    levels = {_level(key) for key in keys}
    return Territory(
        expression=expression,
        name=territory_name(geography, keys),
        kind=levels.pop() if len(keys) == 1 or levels == {"COM"} else "MIXED",
        communes=communes,
        neighbours=(),
        references=references(geography, communes, keys),
        cog=geography.cog,
    )


def _level(key: str) -> str:
    return key.partition(":")[0] if ":" in key else "COM"


def _unit_keys(geography: Geography, part: TerritoryPart, progress: Progress) -> list[str]:
    if part.level == "NAME":
        return [_by_name(geography, part.codes[0], progress)]
    if part.level == "COM":
        return [key for code in part.codes for key in _communes(geography, code, progress)]
    return [_unit(geography, part.level, code, progress) for code in part.codes]


def _unit(geography: Geography, level: str, code: str, progress: Progress) -> str:
    key = f"{level}:{code}"
    if geography.members(key):
        _refuse_extract(geography, key, progress)
        return key
    known = [item for item in _known_units(geography) if item.startswith(level + ":")]
    near = get_close_matches(key, known, n=3, cutoff=0.6)
    raise TerritoryError(
        "No commune of the folder belongs to {key}{name}. {hint}",
        key=key,
        name=f" ({geography.names[key]})" if key in geography.names else "",
        hint=_suggest(geography, near) or _hint(known, level),
    )


def _refuse_extract(geography: Geography, key: str, progress: Progress) -> None:
    """Refuse an EPCI, zone, département or région of which the folder holds only a part.

    The whole is known by the communes that statistical tables name (départements and régions),
    or by the count that the published table of zones gives.
    """
    level, _, code = key.partition(":")
    held = len(geography.members(key))
    missing: list[str] = []
    if level in ("DEP", "REG"):
        belongs = region if level == "REG" else department
        missing = sorted(item for item in geography.elsewhere if belongs(item) == code)
    tolerated = _EXTRACT_CHANGES_KNOWN if geography.changes else _EXTRACT
    uncounted = geography.published.get(key, 0) - held
    if len(missing) > tolerated * (held + len(missing)) or uncounted > _EXTRACT * (
        held + uncounted
    ):
        lacking = len(missing) or uncounted
        raise TerritoryError(
            "The folder holds {held} communes of {key} ({name}), and published tables {count} more{first}. Add the contours and tables of the whole of it.",
            held=held,
            key=key,
            name=geography.name(key),
            count=lacking,
            first=f" ({', '.join(missing[:5])}…)" if missing else "",
        )
    if missing:
        progress.warn(
            "{count} codes of {key} in the tables are in no contour ({first}): communes merged since, or missing.",
            count=len(missing),
            key=key,
            first=", ".join(missing[:5]),
        )


def _hint(known: Sequence[str], level: str) -> Words:
    if not known:
        return Words(
            "The folder says nothing about {level}: add the table of communes (Insee).", level=level
        )
    return Words("Check the code, or add the contours and tables of that territory to the folder.")


def _suggest(geography: Geography, keys: Iterable[str]) -> Words | None:
    shown = [f"{_written(key)} ({geography.name(key)})" for key in keys]
    return Words("Did you mean {names}?", names=", ".join(shown)) if shown else None


def _written(key: str) -> str:
    return key if ":" in key else f"COM:{key}"


def _known_units(geography: Geography) -> list[str]:
    found: list[str] = []
    for level, column in (("EPCI", "epci"), ("DEP", "dep"), ("REG", "reg"), ("ZE", "ze")):
        found += [f"{level}:{code}" for code in sorted(set(geography.communes[column])) if code]
    return found


def _communes(geography: Geography, code: str, progress: Progress) -> list[str]:
    """The commune of a code, today's commune of one merged since, or a refusal."""
    known = geography.communes.index
    if code in known:
        return [code]
    if commune_of(code) in known:
        progress.say(
            "{code} is a municipal arrondissement of {name}: the whole commune is taken.",
            code=code,
            name=geography.name(commune_of(code)),
        )
        return [commune_of(code)]
    change = geography.changes.last_change(code)
    successors = geography.changes.current(code, None, geography.cog or None)
    if change is not None and successors != (code,) and all(item in known for item in successors):
        new = listing([f"{geography.name(item)} ({item})" for item in successors])
        if change.date:
            progress.warn(
                "{code} ({old}) is no longer a commune since {date}: {new} is taken instead.",
                code=code,
                old=change.name,
                date=change.date,
                new=new,
            )
        else:
            progress.warn(
                "{code} is no longer a commune: {new} is taken instead.", code=code, new=new
            )
        return list(successors)
    parent = geography.parents.get(code)
    if parent is not None and parent in known:
        progress.warn(
            "{code} is a delegated or associated commune of {name} ({parent}): that commune is taken.",
            code=code,
            name=geography.name(parent),
            parent=parent,
        )
        return [parent]
    near = get_close_matches(code, list(known), n=3, cutoff=0.75)
    raise TerritoryError(
        "No commune has the code {code} in the folder's tables of {year}. {hint}",
        code=code,
        year=geography.cog,
        hint=_suggest(geography, near)
        or Words("Check the code, or add the contours of that département to the folder."),
    )


def spellings(name: str) -> set[str]:
    """Normalised forms under which a published name may be typed."""
    whole = normalise(name)
    forms = {whole}
    for kind in _EPCI_KINDS:
        if whole.startswith(kind + " "):
            rest = whole[len(kind) + 1 :]
            forms.add(rest)
            for article in _ARTICLES:
                if rest.startswith(article + " "):
                    forms.add(rest[len(article) + 1 :])
    return forms


def _by_name(geography: Geography, name: str, progress: Progress) -> str:
    """The unit of that name. An employment zone is meant only when nothing else bears the name."""
    wanted = normalise(name)
    index: dict[str, list[str]] = {}
    candidates = [*geography.communes.index, *_known_units(geography)]
    for key in candidates:
        for form in spellings(geography.name(key)):
            index.setdefault(form, []).append(key)
    found = index.get(wanted, [])
    found = [key for key in found if not key.startswith("ZE:")] or found
    distinct: dict[frozenset[str], str] = {}
    for key in found:
        distinct.setdefault(frozenset(geography.members(key)), key)
    if len(distinct) == 1:
        key = next(iter(distinct.values()))
        if ":" in key:
            _refuse_extract(geography, key, progress)
        progress.say(
            "“{name}” is {key} ({found}).", name=name, key=_written(key), found=geography.name(key)
        )
        return key
    if distinct:
        shown = [
            f"{_written(key)} ({geography.name(key)}{_where(geography, key)})"
            for key in list(distinct.values())[:_LISTED]
        ]
        raise TerritoryError(
            "“{name}” names several territories: {choices}. Write the code of the one you mean.",
            name=name,
            choices=", ".join(shown) + ("…" if len(distinct) > _LISTED else ""),
        )
    near = [form for form in sorted(index) if form.startswith(wanted + " ")][:_LISTED]
    near = near or get_close_matches(wanted, list(index), n=3, cutoff=0.7)
    raise TerritoryError(
        "No territory of the folder is called “{name}”. {hint}",
        name=name,
        hint=_suggest(geography, dict.fromkeys(key for form in near for key in index[form][:1]))
        or Words("Write a code such as EPCI:243500139, COM:35238 or DEP:35."),
    )


def _where(geography: Geography, key: str) -> str:
    return "" if ":" in key else f", {geography.name('DEP:' + geography.communes.at[key, 'dep'])}"


def territory_name(geography: Geography, keys: Sequence[str]) -> str:
    """What titles print: the published name, up to three names, else a count of communes."""
    names = [geography.name(key) for key in keys]
    if len(names) <= 3:
        return listing(names)
    if all(_level(key) == "COM" for key in keys):
        return f"Territoire de {len(keys)} communes"
    return f"Territoire de {len(keys)} collectivités"


def references(
    geography: Geography, communes: Sequence[str], keys: Sequence[str] = ()
) -> tuple[Unit, ...]:
    """EPCI, départements and régions that the territory is in, near to far, then France.

    At each level the unit with the most communes of the territory comes first. Left out: the
    units that make up the territory (``keys``), smaller units than those (the EPCI of a
    département), and a unit with the same communes as the territory.
    """
    order = ("EPCI", "ZE", "DEP", "REG")
    named = [order.index(_level(key)) for key in keys if ":" in key]
    units: list[Unit] = []
    for level, column in (("EPCI", "epci"), ("DEP", "dep"), ("REG", "reg")):
        if named and order.index(level) < max(named):
            continue
        counts = Counter(geography.communes.loc[list(communes), column])
        for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            key = f"{level}:{code}"
            same = level == "EPCI" and set(geography.members(key)) == set(communes)
            if code and key not in keys and not same:
                units.append(Unit(level, code, geography.name(key)))
    units.append(Unit("FRANCE", "FRANCE", "France"))
    return tuple(units)
