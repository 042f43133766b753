"""Workbooks written cell by cell, as spreadsheets store them: true numbers, dates, merged cells."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Union
from xml.sax.saxutils import escape

#: A text, a number, an Excel date ``("date", serial)``, an error ``("error", "#REF!")`` or nothing.
Cell = Union[str, int, float, tuple[str, Union[float, str]], None]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def write_xlsx(path: Path, sheets: dict[str, dict[int, list[Cell]]]) -> Path:
    """``{sheet: {row number: cells}}`` as Excel would store it."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId99" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values(), start=1):
        body = "".join(
            f'<row r="{line}">{"".join(_xlsx_cell(c, i, line) for i, c in enumerate(cells))}</row>'
            for line, cells in rows.items()
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
    return path


def _xlsx_cell(cell: Cell, column: int, line: int) -> str:
    place = f'r="{chr(65 + column)}{line}"'
    if cell is None:
        return ""
    if isinstance(cell, tuple) and cell[0] == "date":
        return f'<c {place} s="1"><v>{cell[1]}</v></c>'
    if isinstance(cell, tuple):
        return f'<c {place} t="e"><v>{cell[1]}</v></c>'
    if isinstance(cell, str):
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f"<c {place}><v>{cell!r}</v></c>"


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{extra}'
    "</manifest:file-entry></manifest:manifest>"
)


def write_ods(path: Path, sheets: dict[str, list[list[Cell]]], encrypted: bool = False) -> Path:
    """``{sheet: rows}`` as LibreOffice would store it, padded with a million empty rows."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + _ODS.format(tables=tables))
        extra = "<manifest:encryption-data/>" if encrypted else ""
        archive.writestr("META-INF/manifest.xml", _HEAD + _MANIFEST.format(extra=extra))
    return path


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, tuple):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell[1]}">'
            "<text:p>date</text:p></table:table-cell>"
        )
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"{''.join(f'<text:p>{escape(line)}</text:p>' for line in cell.splitlines())}"
            "</table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell!r}"><text:p>{cell}</text:p>'
        "</table:table-cell>"
    )
