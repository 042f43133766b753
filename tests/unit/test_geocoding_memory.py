"""Cells of rows in memory: remembered from one passage to the next, and gone at the end."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin import geocoding
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import address_key as keys
from coodiag.coodiag_plugin.geocoding.address_key import address_key
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.choices import choices
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, Geocoder
from coodiag.coodiag_plugin.geocoding.memory import forget_rows
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.tests.unit.geocoding_samples import write_ban

#: Caches that hold nothing of a row: the vocabulary, types of way, communes that services gave.
OF_NO_ROW = {"_full_names", "vocabulary", "kind_agreement", "_directory"}


def remembering() -> Iterator[tuple[str, Any]]:
    """Every function of the room that remembers what it was given."""
    for found in pkgutil.iter_modules(geocoding.__path__):
        module = importlib.import_module(f"{geocoding.__name__}.{found.name}")
        for name, value in vars(module).items():
            if hasattr(value, "cache_info") and value.__module__ == module.__name__:
                yield name, value


def test_the_same_cells_under_another_row_are_remembered() -> None:
    row = Query("1", "12 rue de la Gare", "", "99100", "Valmoreau")
    forget_rows()
    for number in range(20):
        address_key(replace(row, row_id=str(number)))
    assert keys._key.cache_info().misses == 1


@pytest.mark.parametrize("most", [5_000])
def test_few_cells_are_held_at_once(most: int) -> None:
    assert keys._key.cache_info().maxsize <= most
    held = dict(remembering())
    assert held["parse"].cache_info().maxsize <= most


def test_nothing_of_a_row_is_remembered_at_the_end(tmp_path: Path) -> None:
    with open_index([write_ban(tmp_path / "ban.csv")], tmp_path / "cache", Silent()) as index:
        geocoder = Geocoder(index, None, MIN_SCORE, True)
        for address in (
            "12 bis rue de la Garre",
            "chez Zorglubine, 7 ruee Carno",
            "99100 Valmoreau",
        ):
            row = Query("1", address, "rue du Lavoire", "99100", "Valmorau")
            address_key(row)
            geocoder.locate(row)
            choices(row, geocoder, index)
        full = {name for name, value in remembering() if value.cache_info().currsize}
        assert {"_key", "parse", "_words", "street_name", "word_similarity"} <= full
        forget_rows()
    left = {name for name, value in remembering() if value.cache_info().currsize}
    assert left <= OF_NO_ROW
