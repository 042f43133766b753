"""One row of a structure's spreadsheet: cleaned, typed, located, or refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..core.progress import Progress
from .cells import EMPTY_FIELDS, clean
from .columns import LOCATORS, PARTS
from .issues import Issue, issue
from .places import Place, settle, with_number
from .repairs import Reading, read_date, read_naf, read_number, read_siret
from .spreadsheet import RawTable

#: How the lines below a table begin.
_FOOTER = re.compile(
    r"(?:(?:sous[\s-]?)?total|totaux|somme|moyenne)\b.*|"
    r"(?:[ée]dit[ée]|imprim[ée]|export[ée]?|extrait|g[ée]n[ée]r[ée])\s+(?:le|du|au)\b.*|sources?\s*:.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class Row:
    """A row of the file: cleaned ``cells`` by column; ``values`` by canonical field once read."""

    line: int
    cells: list[str]
    raw: tuple[str, ...]
    issues: list[Issue] = field(default_factory=list)
    values: dict[str, str | float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """What the columns are. ``columns``: field or part → index; ``fields``: canonical fields of
    the output; ``others``: index → name of columns kept; ``signs``: decimal sign of the number
    fields; ``names``: columns of the file; ``headers``: their header cells in lower case."""

    columns: dict[str, int]
    fields: tuple[str, ...]
    others: dict[int, str]
    signs: dict[str, str]
    names: tuple[str, ...]
    headers: tuple[str, ...]

    def mapping(self, names: tuple[str, ...]) -> dict[str, str]:
        """Canonical field → column of the file, parts of an address joined by ``+``."""
        result = {name: names[index] for name, index in self.columns.items() if name not in PARTS}
        parts = [names[self.columns[name]] for name in PARTS if name in self.columns]
        if parts and "street" in self.columns and "address" not in self.columns:
            result["address"] = " + ".join(parts)
        elif parts and "address" in self.columns:
            result["address"] = " + ".join([*parts, result["address"]])
        return {name: result[name] for name in self.fields if name in result}

    def name_of(self, name: str) -> str:
        """Column of the file behind a field; the field itself when none is."""
        for candidate in (name, "street" if name == "address" else name):
            if candidate in self.columns:
                return self.names[self.columns[candidate]]
        return name


def clean_rows(raw: RawTable, progress: Progress) -> list[Row]:
    """Every row with its cells cleaned (line ends kept) and the issues of that."""
    result = []
    for number, (line, cells) in enumerate(zip(raw.lines, raw.rows)):
        progress.check()
        progress.set(number / len(raw.rows))
        row = Row(line, [], cells)
        for index, cell in enumerate(cells):
            text, codes = clean(cell, lines=True)
            row.cells.append(text)
            row.issues += [issue(line, raw.columns[index], cell, code) for code in codes]
        result.append(row)
    return result


def read_row(row: Row, layout: Layout) -> Row:
    """Fill ``row.values``, or add the issue that refuses the row (then nothing else is read)."""
    refusal = _refusal(row, layout)
    if refusal:
        first = next((index for index, cell in enumerate(row.cells) if cell), 0)
        row.issues.append(issue(row.line, layout.names[first], row.cells[first], refusal))
        return row
    _read_place(row, layout)
    if not row.values.pop("anywhere"):
        row.issues.append(issue(row.line, "", "", "nowhere"))
        return row
    for name in layout.columns:
        if name in _READERS or name in _NUMBERS:
            _read_typed(row, layout, name)
        elif name in ("ref", "name", "site"):
            text = _flat(_cell(row, layout, name))
            row.values[name] = re.sub(r"^(\d+)\.0$", r"\1", text) if name == "ref" else text
    for index in layout.others:
        row.cells[index] = _flat(row.cells[index])
    return row


def _refusal(row: Row, layout: Layout) -> str:
    """``total`` or ``repeated_header`` when the row is not one of the structure's, else empty."""
    lowered = tuple(cell.lower() for cell in row.cells)
    same = sum(bool(cell) and cell == header for cell, header in zip(lowered, layout.headers))
    if same and same == sum(bool(cell) for cell in lowered):
        return "repeated_header"
    first = next((cell for cell in row.cells if cell), "")
    places = (layout.columns[name] for name in LOCATORS if name in layout.columns)
    located = any(row.cells[index] not in ("", first) for index in places)
    return "total" if _FOOTER.fullmatch(first) and not located else ""


def _cell(row: Row, layout: Layout, name: str) -> str:
    """The cleaned cell of a field, empty when it says that nothing is known."""
    index = layout.columns.get(name)
    text = row.cells[index] if index is not None else ""
    return "" if text.lower() in EMPTY_FIELDS else text


def _raw(row: Row, layout: Layout, name: str) -> str:
    index = layout.columns.get(name, layout.columns.get("street") if name == "address" else None)
    return row.raw[index] if index is not None else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _read_place(row: Row, layout: Layout) -> None:
    street = _cell(row, layout, "address") or _flat(_cell(row, layout, "street"))
    number, repetition, kind = (_flat(_cell(row, layout, name)) for name in PARTS[:3])
    place = settle(
        Place(
            address=with_number(number, repetition, kind, street) if street else "",
            complement=_flat(_cell(row, layout, "complement")),
            postcode=_flat(_cell(row, layout, "postcode")),
            city=_flat(_cell(row, layout, "city")),
            citycode=_flat(_cell(row, layout, "citycode")),
        )
    )
    for name, code in place.codes:
        row.issues.append(issue(row.line, layout.name_of(name), _raw(row, layout, name), code))
    for name in ("address", "complement", "postcode", "city", "citycode"):
        row.values[name] = getattr(place, name)
    row.values["anywhere"] = place.anywhere


_READERS: dict[str, Callable[[str], Reading]] = {
    "siret": read_siret,
    "naf": read_naf,
    "date": read_date,
}
_NUMBERS = ("turnover", "hours")


def _read_typed(row: Row, layout: Layout, name: str) -> None:
    text = _flat(_cell(row, layout, name))
    codes: tuple[str, ...] = ()
    if not text:
        row.values[name] = None
    elif name in _NUMBERS:
        number = read_number(text, layout.signs[name], hours=name == "hours")
        row.values[name], codes = number.value, number.codes
    else:
        reading = _READERS[name](text)
        row.values[name], codes = reading.value, reading.codes
    row.issues += [
        issue(row.line, layout.name_of(name), _raw(row, layout, name), code) for code in codes
    ]
