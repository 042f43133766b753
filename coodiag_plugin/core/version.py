"""The version has one home: metadata.txt."""

from __future__ import annotations

import configparser
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def _metadata() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def version() -> str:
    return _metadata()["version"]


def homepage() -> str:
    return _metadata()["homepage"]


def repository() -> str:
    return _metadata()["repository"]
