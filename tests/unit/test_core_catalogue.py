"""The facts as data: every row of the catalogue can be used by what reads it."""

from __future__ import annotations

import csv
import string

import pytest
from coodiag.coodiag_plugin.analysis.formula import parse
from coodiag.coodiag_plugin.core.catalogue import (
    CATALOGUE,
    Indicator,
    indicators,
    layer_fields,
    rows,
)
from coodiag.coodiag_plugin.core.profiles import LAYERS, load_profile, profile_ids
from coodiag.coodiag_plugin.core.variables import family

KINDS = {"stock", "rate", "density", "index", "evolution", "median"}
LAYER_KINDS = KINDS | {"typology", "zones", "duration"}
SECRECY = {"none", "households", "units", "people", ""}
THEMES = {row["theme"] for row in rows("themes")}
INDICATORS = list(indicators().values())
FIELDS = list(layer_fields().items())


def raw(name: str) -> list[list[str]]:
    """Cells of a catalogue file, without the reader's tolerance."""
    lines = (CATALOGUE / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return list(csv.reader(kept, delimiter=";"))


FILES = sorted(
    path.relative_to(CATALOGUE).with_suffix("").as_posix() for path in CATALOGUE.rglob("*.csv")
)


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_as_many_cells_as_the_header(name: str) -> None:
    header, *body = raw(name)
    assert len(set(header)) == len(header)
    assert body
    for row in body:
        assert len(row) == len(header), row


def test_indicators_stand_once_in_the_file_of_their_theme() -> None:
    files = [name for name in FILES if name.startswith("indicators/")]
    ids = [row["id"] for name in files for row in rows(name)]
    assert len(ids) == len(set(ids)) == len(indicators())
    for name in files:
        assert {f"indicators/{row['theme']}" for row in rows(name)} == {name}


def test_layer_fields_are_unique_and_of_layers_that_exist() -> None:
    keys = [(row["layer"], row["id"]) for row in rows("fields")]
    assert len(keys) == len(set(keys)) == len(layer_fields())
    assert {layer for layer, _ in keys} <= set(LAYERS)


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.id)
def test_an_indicator_can_be_computed_mapped_and_printed(row: Indicator) -> None:
    assert set(row.id) <= set(string.ascii_lowercase + string.digits + "_")
    assert row.kind in KINDS
    assert row.secrecy in SECRECY
    assert row.theme in THEMES
    assert row.years in ("", "mixed")
    assert 0 <= row.decimals <= 3 and row.multiplier > 0
    assert row.label and row.short and (row.unit or row.kind == "index")
    assert len(row.short) <= 40, "it stands on a card of the commune page"
    for formula in (row.numerator, row.denominator):
        for _, name in parse(formula).terms if formula else ():
            assert family(name)
    if row.kind == "stock" or row.kind == "median":
        assert not row.denominator
    elif row.kind != "evolution":
        assert row.denominator
    if row.kind == "evolution":
        assert "~" in row.denominator
    if row.unit == "%" and row.kind == "rate":
        assert row.multiplier == 100


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.id)
def test_an_indicator_is_told_in_french_sentences(row: Indicator) -> None:
    assert row.definition.endswith(".") and row.definition[0].isupper()
    assert not row.caveat or row.caveat.endswith(".")
    assert row.label[0].isupper() and not row.label.endswith(".")
    for text in (row.label, row.short, row.definition, row.caveat):
        assert "'" not in text, "a true apostrophe"
        assert "  " not in text and text == text.strip()


@pytest.mark.parametrize(("key", "row"), FIELDS, ids=lambda item: str(item))
def test_a_layer_field_can_be_mapped(key: tuple[str, str], row: Indicator) -> None:
    assert row.id == key[1] and row.label and row.kind in LAYER_KINDS
    assert row.theme in THEMES
    assert not row.numerator, "the layer holds its figure"


def test_what_profiles_map_is_in_the_catalogue() -> None:
    for name in profile_ids():
        for page in load_profile(name).pages():
            if page.layer == "communes":
                assert set(page.indicator_ids()) <= set(indicators())
                continue
            for field in (page.field, page.colour, page.cross):
                assert not field or (page.layer, field) in layer_fields()


def test_every_theme_of_a_profile_has_a_hue() -> None:
    for name in profile_ids():
        assert {chapter.theme for chapter in load_profile(name).chapters} <= THEMES


def test_a_count_is_a_stock() -> None:
    assert indicators()["population"].is_count
    assert not indicators()["taux_chomage"].is_count
