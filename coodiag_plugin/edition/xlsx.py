"""Workbooks in Office Open XML (ECMA-376), written with the standard library alone.

GDAL's driver gives neither number formats nor column widths, and openpyxl is not in every QGIS.
The same sheets give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional, Union
from xml.sax.saxutils import escape, quoteattr  # nosec B406

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The earliest moment that a zip can carry.
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LONGEST_NAME, _LONGEST_CELL = 31, 32_767
#: Most decimals that a number format shows.
MAX_DECIMALS = 4
_PLAIN, _HEADER, _WRAPPED, _TITLE, _FIRST_NUMBER = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Number:
    """A figure in full precision, shown with so many decimals."""

    value: float
    decimals: int = 0


Cell = Optional[Union[str, Number]]


@dataclass(frozen=True)
class Sheet:
    """``header``: bold first row, frozen with the first ``frozen`` columns; ``widths`` in characters.

    Without a header the first row is a title. ``wrapped``: texts go over several lines. ``above``:
    rows over the header, the first of them a title. ``choices``: columns (0 is the first) whose
    cells under the header are chosen from a list.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    frozen: int = 0
    wrapped: bool = False
    above: tuple[tuple[Cell, ...], ...] = ()
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ()


def write_xlsx(sheets: Sequence[Sheet], title: str, author: str, day: str) -> bytes:
    """The workbook; ``day``: ISO date that its properties carry.

    Raises :class:`ValueError` for two sheets of one name, and for a text that no cell can hold.
    """
    names = [sheet_name(sheet.name) for sheet in sheets]
    if len({name.casefold() for name in names}) != len(names):
        raise ValueError(f"two sheets have the same name: {names}")
    ranks = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(ranks),
        "_rels/.rels": _relations(
            (f"{_REL}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(title, author, day),
        "xl/workbook.xml": _workbook(names, sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_REL}/worksheet", f"worksheets/sheet{rank}.xml") for rank in ranks),
            (f"{_REL}/styles", "styles.xml"),
        ),
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{rank}.xml": _sheet(sheet) for rank, sheet in zip(ranks, sheets)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every platform
            archive.writestr(entry, _HEAD + text)
    return stream.getvalue()


def sheet_name(name: str) -> str:
    """``name`` as Excel accepts it."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:_LONGEST_NAME].strip("' ")


def _content_types(ranks: Sequence[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in ranks
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{sheets}</Types>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{rank}" Type="{kind}" Target="{target}"/>'
        for rank, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _properties(title: str, author: str, day: str) -> str:
    moment = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(title)}</dc:title><dc:creator>{_text(author)}</dc:creator>"
        f"<dc:language>fr-FR</dc:language>{moment}</cp:coreProperties>"
    )


def _workbook(names: Sequence[str], sheets: Sequence[Sheet]) -> str:
    """Sheets in order, and the range of each filter as Excel wants it named."""
    items, filters = [], []
    for rank, (name, sheet) in enumerate(zip(names, sheets)):
        items.append(f'<sheet name={quoteattr(name)} sheetId="{rank + 1}" r:id="rId{rank + 1}"/>')
        if sheet.header:
            quoted = "'" + name.replace("'", "''") + "'"
            area = escape(f"{quoted}!{_filter_range(sheet, '$')}")
            filters.append(
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{rank}" hidden="1">{area}</definedName>'
            )
    named = f"<definedNames>{''.join(filters)}</definedNames>" if filters else ""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(items)}</sheets>{named}</workbook>"
    )


def _styles() -> str:
    """Plain, header, wrapped, title, then numbers of 0 to :data:`MAX_DECIMALS` decimals."""
    decimals = range(MAX_DECIMALS + 1)
    formats = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{"#,##0" + ("." + "0" * n if n else "")}"/>'
        for n in decimals
    )
    top = '<alignment vertical="top" wrapText="1"/>'
    cells = (
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'<xf numFmtId="0" fontId="1" fillId="2" borderId="0" applyFont="1" applyFill="1" applyAlignment="1">{top}</xf>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1">{top}</xf>'
        '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" applyFont="1"/>'
    ) + "".join(
        f'<xf numFmtId="{164 + n}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for n in decimals
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(decimals)}">{formats}</numFmts>'
        '<fonts count="3"><font><sz val="10"/><name val="Calibri"/></font>'
        '<font><b/><sz val="10"/><name val="Calibri"/></font>'
        '<font><b/><sz val="14"/><name val="Calibri"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE3E9EC"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{_FIRST_NUMBER + len(decimals)}">{cells}</cellXfs></styleSheet>'
    )


def _sheet(sheet: Sheet) -> str:
    rows: list[tuple[Cell, ...]] = [*sheet.above, sheet.header] if sheet.header else []
    rows += sheet.rows
    head = len(sheet.above) + 1
    body = "".join(_row(sheet, line, cells) for line, cells in enumerate(rows, 1))
    view = '<sheetView workbookViewId="0"/>'
    if sheet.header:
        at = f"{column_name(sheet.frozen)}{head + 1}"
        split = f'xSplit="{sheet.frozen}" ' if sheet.frozen else ""
        pane = "bottomRight" if sheet.frozen else "bottomLeft"
        view = (
            f'<sheetView workbookViewId="0"><pane {split}ySplit="{head}" topLeftCell="{at}" '
            f'activePane="{pane}" state="frozen"/></sheetView>'
        )
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetViews>'
        + (f"<cols>{widths}</cols>" if widths else "")
        + f"<sheetData>{body}</sheetData>"
        + (f'<autoFilter ref="{_filter_range(sheet)}"/>' if sheet.header else "")
        + _validations(sheet, head)
        + "</worksheet>"
    )


def _validations(sheet: Sheet, head: int) -> str:
    """Lists to choose from; another text is accepted, as the readers of these sheets say why not."""
    if not sheet.choices or not sheet.rows:
        return ""
    items = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="0" '
        f'sqref="{column_name(at)}{head + 1}:{column_name(at)}{head + len(sheet.rows)}">'
        f"<formula1>{_text(chr(34) + ','.join(texts) + chr(34))}</formula1></dataValidation>"
        for at, texts in sheet.choices
    )
    return f'<dataValidations count="{len(sheet.choices)}">{items}</dataValidations>'


def _filter_range(sheet: Sheet, fixed: str = "") -> str:
    last, head = column_name(len(sheet.header) - 1), len(sheet.above) + 1
    return f"{fixed}A{fixed}{head}:{fixed}{last}{fixed}{len(sheet.rows) + head}"


def _row(sheet: Sheet, line: int, cells: Sequence[Cell]) -> str:
    style = _WRAPPED if sheet.wrapped else _PLAIN
    if sheet.header and line == len(sheet.above) + 1:
        style = _HEADER
    elif line == 1:
        style = _TITLE
    found = (_cell(cell, f"{column_name(at)}{line}", style) for at, cell in enumerate(cells))
    return f'<row r="{line}">{"".join(found)}</row>'


def _cell(cell: Cell, place: str, style: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, Number):
        shown = _FIRST_NUMBER + min(max(cell.decimals, 0), MAX_DECIMALS)
        return f'<c r="{place}" s="{shown}"><v>{cell.value!r}</v></c>'
    if len(cell) > _LONGEST_CELL:
        raise ValueError(f"the text of {place} is longer than a cell holds: {cell[:40]}…")
    text = f'<t xml:space="preserve">{_text(cell)}</t>'
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{text}</is></c>'


def column_name(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))
