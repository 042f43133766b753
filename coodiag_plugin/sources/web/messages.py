"""The services' own words in their error answers, whose shapes all differ."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

_LONGEST = 300
_XML = re.compile(r"<(?:\w+:)?(ExceptionText|ServiceException)\b[^>]*>(.*?)</", re.DOTALL)
_XML_CODE = re.compile(r"<(?:\w+:)?Exception\b[^>]*\bexceptionCode=\"([^\"]*)\"")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL
)
#: Where services put their sentence, most telling first.
_KEYS = ("message", "erreur", "error", "detail", "error_description", "msg", "description")


def is_page(content: bytes, content_type: str = "") -> bool:
    """Whether an answer is a web page meant for a person."""
    start = content[:2048].removeprefix(b"\xef\xbb\xbf") if content else b""
    typed = "html" in content_type.lower() and start.lstrip()[:1] == b"<"
    return typed or bool(_PAGE.match(start))


def words_of(content: bytes, content_type: str = "") -> str:
    """The sentence of an error answer, on one line and cut at 300 characters.

    Known shapes (JSON): ``{"code","message","detail":[…]}`` (géocodage), ``{"error":{"message"}}``
    (navigation, openrouteservice), ``{"header":{"message"}}`` (Sirène), ``{"erreur"}`` (recherche
    d'entreprises), ``{"error_code","message"}`` (Opendatasoft), ``["…"]`` and ``{"field":["…"]}``
    (emplois de l'inclusion), ``{"detail":[{"loc","msg"}]}`` (data.inclusion); OGC exceptions in
    XML, the title of a web page, or plain text.
    """
    text = content.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
    if is_page(content, content_type):
        title = _TITLE.search(text)
        return _line(html.unescape(title.group(1))) if title else "HTML"
    if text[:1] in "{[":
        try:
            return _line(_said(json.loads(text)))
        except (ValueError, RecursionError):
            return _line(text)
    if text.startswith("<"):
        return _line(_exception(text))
    return _line(text)


def _exception(text: str) -> str:
    found = _XML.search(text)
    if found:
        return html.unescape(re.sub(r"<!\[CDATA\[|\]\]>", "", found.group(2)))
    code = _XML_CODE.search(text)
    return code.group(1) if code else re.sub(r"<[^>]*>", " ", text)


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return _said_by(value)
    if isinstance(value, list):
        return " ; ".join(part for part in map(_said, value) if part)
    return "" if value is None or isinstance(value, bool) else str(value)


def _said_by(answer: Mapping[str, Any]) -> str:
    if isinstance(answer.get("header"), Mapping):
        return _said(answer["header"])
    if "msg" in answer and "loc" in answer:
        steps = answer["loc"] if isinstance(answer["loc"], list) else [answer["loc"]]
        place = ".".join(str(step) for step in steps)
        return f"{place}: {answer['msg']}"
    parts = [_said(answer[key]) for key in _KEYS if answer.get(key)]
    if not parts:  # refusals by field
        parts = [
            f"{key}: {_said(value)}"
            for key, value in answer.items()
            if isinstance(value, (str, list))
        ]
    return " : ".join(dict.fromkeys(part for part in parts if part))


def _line(text: str) -> str:
    flat = " ".join(text.split()).rstrip(". ")
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
