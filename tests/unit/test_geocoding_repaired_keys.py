"""Rows whose cells stand in the wrong columns: found again, without a change to any other key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.address_key import _key, address_key
from coodiag.coodiag_plugin.geocoding.ban_index import BanIndex, open_index
from coodiag.coodiag_plugin.geocoding.choices import Choice, choices
from coodiag.coodiag_plugin.geocoding.correction import CLICKED, GIVEN_UP, Correction
from coodiag.coodiag_plugin.geocoding.corrections import Corrections
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, Geocoder
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.tests.unit.geocoding_samples import write_ban

RIGHT = Query("1", "12 rue de la Gare", "", "99100", "Valmoreau")
TURNED = [
    Query("1", "", "", "99100", "12 rue de la Gare"),
    Query("1", "99100", "", "Valmoreau", "12 rue de la Gare"),
    Query("1", "", "", "", "12 rue de la Gare 99100 Valmoreau"),
]


@pytest.mark.parametrize("row", TURNED)
def test_a_street_in_the_column_of_the_town_has_a_key(row: Query) -> None:
    key = address_key(row)
    assert _key(row.address, row.complement, row.postcode, row.city, row.citycode) is None
    assert key is not None and key.address == "12|ruegare" and key.says_where


def test_the_key_of_a_repaired_row_is_that_of_the_row_well_filled() -> None:
    assert address_key(TURNED[1]) == address_key(TURNED[2]) == address_key(RIGHT)
    coded = address_key(Query("1", "", "", "", "12 rue de la Gare", "99001"))
    assert coded is not None and coded.address == "12|ruegare" and coded.coded.endswith("|99001")


@pytest.mark.parametrize(
    "row",
    [
        Query("1", "", "", "99100", "Valmoreau"),
        Query("1", "", "", "", "Valmoreau 99100"),
        Query("1", "", "", "Valmoreau", "99100"),
        Query("1", "", "", "99100 Valmoreau", ""),
        Query("1", "99100", "", "", "Valmoreau"),
        Query("1", "", "", "", "", "99001"),
        Query("1", ""),
    ],
)
def test_a_town_alone_is_still_no_address(row: Query) -> None:
    assert address_key(row) is None


def test_a_street_without_a_town_says_so() -> None:
    lone = address_key(Query("1", "", "", "", "12 rue de la Gare"))
    assert lone is not None and not lone.says_where


def test_several_corrections_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    here = Correction(CLICKED, "adresse", 2.0, 47.0, "Ici", "99001")
    other = Query("2", "14 rue de la Gare", "", "99100", "Valmoreau")
    with Corrections(tmp_path / "c.sqlite", Silent()) as kept:
        with pytest.raises(InputError, match="no address"):
            kept.put_all([(RIGHT, here), (Query("3", ""), here)])
        assert len(kept) == 0
        first = kept.put(RIGHT, Correction(GIVEN_UP, "echec", None, None))
        before = kept.put_all([(RIGHT, here), (other, here), (RIGHT, here)])
        assert first is None and len(kept) == 2
        kept.restore_all(list(zip((RIGHT, other, RIGHT), before)))
        found = kept.get(RIGHT)
        assert found is not None and found.how == GIVEN_UP and kept.get(other) is None


def test_a_correction_deleted_comes_back_as_it_was(tmp_path: Path) -> None:
    here = Correction(CLICKED, "adresse", 2.0, 47.0, "Ici", "99001", "Portail bleu")
    with Corrections(tmp_path / "c.sqlite", Silent()) as kept:
        kept.put(RIGHT, here)
        before, lines = kept.get(RIGHT), list(kept.export())
        kept.forget(lines)
        assert kept.get(RIGHT) is None and len(kept) == 0
        assert kept.take(lines) == 1
        assert kept.get(RIGHT) == before


@pytest.fixture
def index(tmp_path: Path) -> Iterator[BanIndex]:
    with open_index([write_ban(tmp_path / "b.csv")], tmp_path / "c", Silent()) as opened:
        yield opened


def among(row: Query, index: BanIndex) -> list[Choice]:
    return choices(row, Geocoder(index, None, MIN_SCORE, True), index)


def test_homonyms_are_told_to_have_equal_chances(index: BanIndex) -> None:
    found = among(Query("1", "12 rue de la Gare", "", "99100"), index)
    equal = [each for each in found if each.equal]
    assert [each.citycode for each in equal] == ["99002", "99001"]
    assert all("Autant de chances dans 2 communes." in each.why for each in equal)
    assert equal == found[:2]


def test_a_place_that_stands_out_is_not_told_to_be_one_of_several(index: BanIndex) -> None:
    found = among(RIGHT, index)
    assert len(found) > 1 and not any(each.equal for each in found)
    assert not any("Autant" in each.why for each in found)
