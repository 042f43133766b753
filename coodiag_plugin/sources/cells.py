"""Cleaning that any cell of any column needs: encoding accidents, formulas, invisible signs."""

from __future__ import annotations

import html
import re
import unicodedata

#: Errors that spreadsheets leave in cells, in French and English.
SHEET_ERRORS = frozenset(
    [
        *("#REF!", "#N/A", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "#NULL!"),
        *("#NOMBRE!", "#NUM!", "#ERREUR!", "Err:502", "Err:508", "Err:509", "Err:511"),
    ]
)
#: What people write for an empty cell, in any column (lower case).
EMPTY_WORDS = frozenset(
    {
        "",
        "null",
        "n/a",
        "nan",
        "none",
        "nil",
        "-",
        "--",
        "---",
        "–",
        "—",
        "?",
        ".",
        "/",
        "(vide)",
        "(null)",
    }
)
#: The same, in columns that hold a canonical field only: elsewhere ``NC`` may be a code.
EMPTY_FIELDS = frozenset(
    {
        "nc",
        "n.c.",
        "n.c",
        "nr",
        "na",
        "néant",
        "neant",
        "inconnu",
        "inconnue",
        "non communiqué",
        "non renseigné",
        "non renseigne",
        "sans objet",
        "x",
        "xx",
        "xxx",
    }
)

_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_EXCEL_TEXT = re.compile(r'="((?:[^"]|"")*)"')
#: ``=HYPERLINK("address";"shown text")`` (LIEN_HYPERTEXTE in French): what the reader saw.
_LINK = re.compile(
    r'=(?:HYPERLINK|LIEN_HYPERTEXTE)\(\s*"[^"]*"\s*[;,]\s*"((?:[^"]|"")*)"\s*\)', re.IGNORECASE
)
_PHONE = re.compile(r"\+\d[\d\s().\-]*")
_NUMBER = re.compile(r"[+-]?\s*[\d.,\s]*\d[\d.,\s]*(?:€|%)?")
#: First characters, once read as cp1252, of a UTF-8 sequence that French text can hold.
_LEADS = {0xC2: 2, 0xC3: 2, 0xC5: 2, 0xE2: 3}


def clean(text: str, lines: bool = False) -> tuple[str, tuple[str, ...]]:
    """A cell without accidents, and the codes of what was repaired.

    Spaces of all kinds become plain ones; line ends too, unless ``lines`` keeps them (addresses).
    An empty word or a spreadsheet error gives an empty text.
    """
    codes: list[str] = []
    raw = text
    text = _step(text, mend_encoding(text), "mojibake", codes)
    text = _step(text, _unescape(text), "entity", codes)
    if "\ufffd" in text:
        codes.append("lost_character")
    text = _step(text, _without_controls(text), "control", codes)
    text = _spaces(text, lines)
    if text in SHEET_ERRORS or re.fullmatch(r"#+", text):
        return "", (*codes, "sheet_error")
    text = _spaces(_without_formula(text, codes), lines)
    if text.lower() in EMPTY_WORDS:
        return "", tuple(codes)
    return unicodedata.normalize("NFC", text) if not raw.isascii() else text, tuple(codes)


def _step(before: str, after: str, code: str, codes: list[str]) -> str:
    if after != before:
        codes.append(code)
    return after


def _spaces(text: str, lines: bool) -> str:
    if not lines:
        return " ".join(text.split())
    kept = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in kept if line)


def _unescape(text: str) -> str:
    """``Rue de l&#39;&Eacute;glise``; twice for ``&amp;eacute;``."""
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


def _without_controls(text: str) -> str:
    """Without control and invisible format characters (tabs and line ends stay)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        for char in text
        if char in "\t\n\r\x0b\x0c\x85\u2028\u2029"
        or unicodedata.category(char) not in ("Cc", "Cf")
    )


def _without_formula(text: str, codes: list[str]) -> str:
    """Text without the sign that would start a formula in a spreadsheet.

    ``="01400"`` is a text that a spreadsheet protects, ``=HYPERLINK("…";"text")`` a text with a
    link: their text is taken. A leading ``+`` or
    ``-`` stays before a number and in a phone number (``+33 6…``), which cannot do harm; so does a
    dash before a space (a list). Any other leading ``=``, ``+``, ``-``, ``@`` goes.
    """
    protected = _EXCEL_TEXT.fullmatch(text) or _LINK.fullmatch(text)
    if protected:
        codes.append("excel_text")
        text = protected[1].replace('""', '"')
    before = text
    while text and text[0] in "=+-@":
        if text[0] in "+-" and (_PHONE.fullmatch(text) or _NUMBER.fullmatch(text)):
            break
        if text[0] == "-" and (text.strip("-") == "" or text.startswith("- ")):
            break
        text = text[1:].lstrip()
    return _step(before, text, "formula", codes)


def mend_encoding(text: str) -> str:
    """``Ã©`` → ``é``, ``â€™`` → ``’``: UTF-8 once read as cp1252, sequence by sequence."""
    if text.isascii() or not any(char in text for char in "ÂÃÅâ"):
        return text
    # « à » loses its no-break space when a tool trims or collapses spaces
    text = re.sub("Ã {1,2}", "Ã\xa0 ", text)
    result = []
    position = 0
    while position < len(text):
        size, char = _sequence(text, position)
        result.append(char)
        position += size
    return "".join(result)


def _sequence(text: str, position: int) -> tuple[int, str]:
    """Length and character of what stands at ``position``: a damaged sequence or one character."""
    char = text[position]
    lead = _byte(char)
    size = _LEADS.get(lead, 1) if lead is not None else 1
    parts = [_byte(other) for other in text[position : position + size]]
    if size > 1 and len(parts) == size and all(part is not None for part in parts):
        try:
            return size, bytes(part for part in parts if part is not None).decode("utf-8")
        except UnicodeDecodeError:
            return 1, char
    return 1, char


def _byte(char: str) -> int | None:
    """The byte that gives ``char`` in cp1252 (or latin-1 where cp1252 has none)."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
    return None


def unique_names(
    headers: list[str], reserved: frozenset[str] = frozenset()
) -> tuple[list[str], list[int]]:
    """Column names cleaned and unique whatever their case, and the positions that were renamed.

    A second ``Nom`` becomes ``Nom_2``; a name of ``reserved`` (lower case) or starting with
    ``geo_`` too. An empty header becomes ``colonne_<position>``.
    """
    names: list[str] = []
    renamed = []
    used: set[str] = set(reserved)
    for position, header in enumerate(headers, start=1):
        base = clean(header)[0] or f"colonne_{position}"
        name, count = base, 1
        while name.lower() in used or (count == 1 and base.lower().startswith("geo_") and reserved):
            count += 1
            name = f"{base}_{count}"
        if count > 1:
            renamed.append(position - 1)
        used.add(name.lower())
        names.append(name)
    return names, renamed
