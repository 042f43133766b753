"""Reads a report back with the standard library alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

NAMES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"
    for prefix, rest in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
    }.items()
}
NAMES["xlink"] = "http://www.w3.org/1999/xlink"
NAMES["dc"] = "http://purl.org/dc/elements/1.1/"


class Odt:
    """The members of a report, parsed when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))

    def xml(self, name: str = "content.xml") -> ElementTree.Element:
        return ElementTree.fromstring(self.archive.read(name))

    def all(self, path: str, name: str = "content.xml") -> list[ElementTree.Element]:
        return self.xml(name).findall(path, NAMES)

    def paragraphs(self, style: str) -> list[str]:
        """Texts of the paragraphs of a style, and of the automatic styles made of it."""
        return [
            words(found)
            for found in self.all(".//text:p")
            if str(found.get(key("text:style-name"))).startswith(style)
        ]

    def tables(self) -> Iterator[list[list[str]]]:
        """Rows of cells of every table, header first."""
        for table in self.all(".//table:table"):
            rows = table.iter(key("table:table-row"))
            yield [[words(cell) for cell in row.iter(key("table:table-cell"))] for row in rows]


def key(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


def words(element: ElementTree.Element) -> str:
    """The text as it is read: spaces, tabs and line breaks are elements."""
    text = element.text or ""
    for child in element:
        if child.tag == key("text:s"):
            text += " " * int(child.get(key("text:c"), "1"))
        elif child.tag == key("text:line-break"):
            text += "\n"
        elif child.tag == key("text:tab"):
            text += "\t"
        else:
            text += words(child)
        text += child.tail or ""
    return text
