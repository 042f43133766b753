"""Names of fields as attribute tables show them, and their codes in words: aliases and value maps.

The fields of a file keep their names, which models and scripts depend on. What is shown stands in
``catalogue/aliases.csv``, ``codes.csv`` and ``indicator_names.csv``; figures are named after the
catalogue of the indicators, with their unit and, when it is known, their year.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from qgis.core import QgsApplication, QgsEditorWidgetSetup, QgsMapLayer, QgsVectorLayer

from ..core.catalogue import indicators, rows
from ..core.figures import STATE_SUFFIX
from ..core.french import NO_BREAK_SPACE, typography

FRENCH, ENGLISH = "fr", "en"
#: Ends of the columns that tell of another one, and their words after its name.
_ABOUT = {
    STATE_SUFFIX: {FRENCH: "état", ENGLISH: "state"},
    "_part": {FRENCH: "part connue", ENGLISH: "known share"},
}
_STATES, _UNITS = "states", "units"
_YEARS = "coodiag/years"
_NUMBER = re.compile(r"\d+")
_EVERYWHERE = "*"


class Shown(NamedTuple):
    """How a field is shown: ``name``, the list of ``codes`` of its values ("" for none), and whether
    the name holds for this very layer (``own``) or for whatever bears it."""

    name: str
    codes: str = ""
    own: bool = True


def language_of_windows() -> str:
    """That of QGIS, French or else English."""
    return FRENCH if QgsApplication.locale().startswith(FRENCH) else ENGLISH


def date_figures(layer: QgsMapLayer, years: Mapping[str, str]) -> None:
    """Have a layer keep the year of each of its figures, for the names of its fields."""
    layer.setCustomProperty(_YEARS, dict(years))


def years_of(layer: QgsMapLayer) -> dict[str, str]:
    """The years that :func:`date_figures` gave."""
    return dict(layer.customProperty(_YEARS) or {})


def name_fields(
    layer: QgsVectorLayer,
    kind: str,
    language: str,
    years: Mapping[str, str] | None = None,
    *,
    states: bool = True,
) -> None:
    """Name the fields of a layer of the ``kind``: a table of a dossier, or ``algorithm.OUTPUT``.

    Fields that are not ours stay as they are. ``states``: whether those of figures are told in
    words; they are French words already, and QGIS takes a millisecond for each.
    """
    names = layer.fields().names()
    for index, field in enumerate(names):
        shown = _shown(kind, field, names, language, years or {})
        if shown is None or (not shown.own and layer.fields().at(index).alias()):
            continue
        layer.setFieldAlias(index, shown.name)
        if shown.codes and (states or not field.endswith(STATE_SUFFIX)):
            layer.setEditorWidgetSetup(index, _words(shown.codes, language))


def _shown(
    kind: str, field: str, names: Collection[str], language: str, years: Mapping[str, str]
) -> Shown | None:
    found = _row(kind, field, language)
    if found is not None and found.own:
        return found
    if field in indicators() and field + STATE_SUFFIX in names:
        return Shown(figure_name(field, language, years.get(field, "")))
    for end, words in _ABOUT.items():
        of = field[: -len(end)]
        if field.endswith(end) and of in names:
            base = _row(kind, of, language)
            if of in indicators() and base is None:
                base = Shown(_label(of, language))
            if base is not None:
                codes = _STATES if end == STATE_SUFFIX else ""
                return Shown(f"{base.name} – {words[language]}", codes)
    return found


def figure_name(indicator: str, language: str, year: str = "") -> str:
    """Label of an indicator with its unit, unless the label says it, and its year."""
    label, unit = _label(indicator, language), indicators()[indicator].unit
    unit = codes(_UNITS, language).get(unit, unit)
    said = _plain(unit.rstrip(".")) in _plain(label)
    about = ", ".join(filter(None, ("" if said else unit, year)))
    return f"{label} – {about}" if about else label


def _plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ").casefold()


def _label(indicator: str, language: str) -> str:
    french = indicators()[indicator].label
    return french if language == FRENCH else _english().get(indicator, french)


@cache
def _english() -> dict[str, str]:
    return {row["id"]: row["en"] for row in rows("indicator_names")}


@cache
def codes(name: str, language: str) -> dict[str, str]:
    """Words of each code of a list, in its order."""
    return {row["code"]: row[language] for row in rows("codes") if row["list"] == name}


@cache
def _words(name: str, language: str) -> QgsEditorWidgetSetup:
    told = [{words: code} for code, words in codes(name, language).items()]
    return QgsEditorWidgetSetup("ValueMap", {"map": told})


def _row(kind: str, field: str, language: str) -> Shown | None:
    """What the catalogue says of a field of a layer; a number in it is the # of the catalogue."""
    _, _, output = kind.rpartition(".")
    number = _NUMBER.search(field)
    for layer in (kind, f"*.{output}", _EVERYWHERE):
        row = _rows().get((layer, field))
        if row is None and number is not None:
            row = _rows().get((layer, _NUMBER.sub("#", field, count=1)))
        if row is not None:
            name = row[language].replace("#", number.group() if number else "#")
            name = typography(name) if language == FRENCH else name
            return Shown(name, row["codes"], layer != _EVERYWHERE)
    return None


@cache
def _rows() -> dict[tuple[str, str], dict[str, str]]:
    return {(kind, row["field"]): row for row in rows("aliases") for kind in row["layers"].split()}
