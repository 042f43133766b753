"""Edits of a profile: each gives a new document that says what was meant, the old one stays."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from coodiag.coodiag_plugin.core import profile_edits as edits
from coodiag.coodiag_plugin.core.catalogue import indicators, layer_fields
from coodiag.coodiag_plugin.core.profile_slips import editable, faults
from coodiag.coodiag_plugin.core.profiles import DRAWN, LAYERS, PROFILES, SHEETS
from hypothesis import given
from hypothesis import strategies as st

from .profile_samples import PROFILE

SAMPLE: dict[str, Any] = json.loads(PROFILE)
WHOLE: dict[str, Any] = json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))


def ids(document: dict[str, Any]) -> list[Any]:
    return [[c["id"], [page["id"] for page in c["pages"]]] for c in document["chapters"]]


def test_a_page_goes_down_into_the_next_chapter_and_back() -> None:
    place: Any = (0, 0)
    document = SAMPLE
    seen = []
    for _ in range(3):
        target = edits.step(document, place, 1)
        assert target is not None
        document, place = edits.moved(document, place, target)
        seen.append(place)
    assert seen == [(0, 1), (1, 0), (1, 1)]
    for _ in range(3):
        target = edits.step(document, place, -1)
        assert target is not None
        document, place = edits.moved(document, place, target)
    assert place == (0, 0) and document == SAMPLE
    assert edits.step(document, place, -1) is None
    assert edits.step(document, (1, 4), 1) is None


def test_a_chapter_takes_its_pages_along() -> None:
    document, place = edits.moved(SAMPLE, (0,), (2,))
    assert place == (1,)
    assert ids(document) == list(reversed(ids(SAMPLE)))


PLACES = list(edits.places(WHOLE))
PAGES = [place for place in PLACES if len(place) == 2]


@given(st.sampled_from(PAGES), st.sampled_from(PAGES))
def test_a_moved_page_stands_before_its_target(place: Any, target: Any) -> None:
    before = deepcopy(WHOLE)
    document, where = edits.moved(WHOLE, place, target)
    assert before == WHOLE
    page, aim = edits.part(WHOLE, place), edits.part(WHOLE, target)
    assert edits.part(document, where) == page
    following = (where[0], where[1] + 1)
    if place != target:
        assert edits.part(document, following) == aim
    names = sorted(name for _, pages in ids(WHOLE) for name in pages)
    assert sorted(name for _, pages in ids(document) for name in pages) == names
    assert not faults(document)


@given(st.sampled_from(PLACES[1:]))
def test_a_duplicate_is_a_good_profile_too(place: Any) -> None:
    document, where = edits.duplicated(WHOLE, place)
    assert faults(document) == ()
    assert edits.part(document, where)["title"] == edits.part(WHOLE, place)["title"]
    back, _ = edits.without(document, where)
    assert back == WHOLE


@given(st.sampled_from(PLACES[1:]))
def test_what_is_removed_is_gone_and_the_cursor_stands_somewhere(place: Any) -> None:
    document, where = edits.without(WHOLE, place)
    assert where in set(edits.places(document))
    gone = edits.part(WHOLE, place)["id"]
    assert gone not in [edits.part(document, each)["id"] for each in edits.places(document) if len(each) == len(place)]  # fmt: skip
    assert faults(document) == ()  # a stake has lost the chapter too


def test_the_last_chapter_can_be_removed() -> None:
    document, place = edits.without(SAMPLE, (0,))
    document, place = edits.without(document, place)
    assert place == () and document["chapters"] == []
    document, place = edits.with_new_chapter(document, (), "Un chapitre")
    assert place == (0,) and editable(document)


def test_a_new_page_is_named_after_its_first_title() -> None:
    document, place = edits.with_new_page(SAMPLE, (0, 0), "Nouvelle page")
    assert place == (0, 1) and edits.part(document, place)["id"] == "nouvelle_page"
    document, other = edits.with_new_page(document, place, "Nouvelle page")
    assert edits.part(document, other)["id"] == "nouvelle_page_2"
    document = edits.with_value(document, place, "title", "Où vivent-ils ? À l’écart")
    assert edits.part(document, place)["id"] == "ou_vivent_ils_a_l_ecart"
    document = edits.with_value(document, place, "title", "Autre")
    assert edits.part(document, place)["id"] == "ou_vivent_ils_a_l_ecart"
    document = edits.with_value(document, other, "title", "Habitants")  # the name is taken
    assert edits.part(document, other)["id"] == "habitants_2"


def test_the_name_of_a_page_is_never_one_of_the_project() -> None:
    document, place = edits.with_new_page(SAMPLE, (0, 0), "Nouvelle page")
    document = edits.with_value(document, place, "title", "Situation")
    assert edits.part(document, place)["id"] == "situation_2"


def test_an_empty_member_is_taken_out_but_for_the_levels_compared() -> None:
    document = edits.with_value(SAMPLE, (0,), "words", "")
    assert "words" not in edits.part(document, (0,))
    assert edits.with_value(SAMPLE, (), "compare", [])["compare"] == []
    assert "similar" not in edits.with_value(SAMPLE, (), "similar", {})


def test_a_chapter_answers_one_stake_which_follows_its_name() -> None:
    document = edits.with_stake(SAMPLE, (0,), "Agir")
    document = edits.with_stake(document, (1,), "Agir")
    assert document["stakes"] == [{"title": "Agir", "chapters": ["gens", "travail"]}]
    document = edits.with_stake(document, (0,), "Voir")
    assert edits.stake_of(document, (0,)) == "Voir" and edits.stake_of(document, (1,)) == "Agir"
    document = edits.with_value(document, (1,), "id", "metier")
    assert edits.stake_of(document, (1,)) == "Agir" and not faults(document)
    document = edits.with_stake(document, (1,), "")
    assert [stake["title"] for stake in document["stakes"]] == ["Voir"]
    document = edits.with_stake(document, (0,), "")
    assert "stakes" not in document


def test_the_map_follows_its_subject() -> None:
    document, place = edits.with_new_page(SAMPLE, (0,), "P")
    document = edits.with_subject(document, place, "population")
    assert edits.part(document, place)["map"] == "circles"
    document = edits.with_map(document, place, "coloured_circles")
    document = edits.with_value(document, place, "colour", "taux_chomage")
    assert not faults(document)
    document = edits.with_subject(document, place, "taux_chomage")
    page = edits.part(document, place)
    assert page["map"] == "choropleth" and "colour" not in page
    assert not faults(document)


SHOWN = [(layer, "") for layer in LAYERS] + [("", sheet) for sheet in SHEETS]


@pytest.mark.parametrize(("layer", "sheet"), SHOWN)
@pytest.mark.parametrize("place", [(0, 1), (1, 0), (1, 1), (1, 2), (1, 4)])
def test_a_page_made_another_keeps_no_key_that_is_not_its_own(
    place: Any, layer: str, sheet: str
) -> None:
    """What it still lacks is told, and can be given: no key is left that no field shows."""
    document = edits.shown_as(SAMPLE, place, layer, sheet)
    page = edits.part(document, place)
    assert editable(document)
    assert page["id"] == edits.part(SAMPLE, place)["id"]
    lacking = {"field", "cross", "indicator", "indicators", "words", "colour"}
    assert {fault.key for fault in faults(document) if fault.place == place} <= lacking
    if layer:
        assert page["map"] in DRAWN[layer]


@given(st.data())
def test_any_map_of_any_layer_can_be_completed(data: Any) -> None:
    layer = data.draw(st.sampled_from([name for name in LAYERS if name != "communes"]))
    document = edits.shown_as(SAMPLE, (0, 0), layer, "")
    name = data.draw(st.sampled_from(DRAWN[layer]))
    document = edits.with_map(document, (0, 0), name)
    for key in ("field", "cross"):
        missing = [fault.key for fault in faults(document)]
        if key in missing:
            fitting = [
                field for (of, field) in layer_fields()
                if of == layer and not faults(edits.with_value(document, (0, 0), key, field))
            ] or [field for (of, field) in layer_fields() if of == layer]  # fmt: skip
            document = edits.with_value(document, (0, 0), key, fitting[0])
    reasons = [str(fault.reason) for fault in faults(document)]
    assert all("cannot be the subject" in reason for reason in reasons)


@given(st.text(max_size=90))
def test_an_identifier_is_one(text: str) -> None:
    name = edits.identifier(text)
    document = edits.with_value(SAMPLE, (0, 0), "id", name or "x")
    assert not faults(document) or name in ("vieux", "cercles", "croise", "fiche", "place", "pareils")  # fmt: skip


def test_the_indicator_of_a_sheet_becomes_the_subject_of_the_map() -> None:
    document = edits.shown_as(SAMPLE, (1, 2), "communes", "")
    page = edits.part(document, (1, 2))
    assert page["indicator"] == "taux_chomage" and not faults(document)
    assert "taux_chomage" in indicators()
