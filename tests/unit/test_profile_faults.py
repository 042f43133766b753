"""Every slip of a profile under edit, at its place, in the words of the reader that refuses it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.json_lines import Slip, scan
from coodiag.coodiag_plugin.core.profile_slips import editable, faults
from coodiag.coodiag_plugin.core.profile_text import written
from coodiag.coodiag_plugin.core.profiles import PROFILES, parse_profile, profile_ids

from .profile_samples import MARK, PROFILE
from .test_profile_slips import SLIPS


def sample() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(PROFILE)
    return document


@pytest.mark.parametrize("name", profile_ids())
def test_a_shipped_profile_can_be_edited_and_has_no_slip(name: str) -> None:
    document = json.loads((PROFILES / f"{name}.json").read_text(encoding="utf-8"))
    assert editable(document)
    assert faults(document) == ()


def test_every_slip_is_told_where_it_is_mended() -> None:
    document = sample()
    document["key_figures"][1] = "taux_chommage"
    document["chapters"][0]["theme"] = "demo"
    document["chapters"][0]["pages"][0]["title"] = ""
    document["chapters"][0]["pages"][1]["figures"] = ["population", "population"]
    document["chapters"][1]["pages"][0]["colour"] = "chomeurs"
    document["chapters"][1]["pages"][2]["chart"] = "radars"
    del document["chapters"][1]["pages"][3]["words"]
    found = {(fault.place, fault.key): str(fault.reason) for fault in faults(document)}
    assert list(found) == [
        ((), "key_figures"),
        ((0,), "theme"),
        ((0, 0), "title"),
        ((0, 1), "figures"),
        ((1, 0), "colour"),
        ((1, 2), "chart"),
        ((1, 3), "words"),
    ]
    assert "nearest one: taux_chomage" in found[((), "key_figures")]
    assert found[((0, 0), "title")] == "“title” is missing"
    assert "stands there twice" in found[((0, 1), "figures")]
    assert "counts are drawn as circles" in found[((1, 0), "colour")]


def test_what_is_missing_is_told_at_its_field() -> None:
    document = sample()
    del document["chapters"][0]["pages"][0]["indicator"]
    (fault,) = faults(document)
    assert (fault.place, fault.key) == ((0, 0), "indicator")


def test_a_name_that_stands_twice_is_told_at_the_second() -> None:
    document = sample()
    document["chapters"][1]["pages"][4]["id"] = "habitants"
    document["chapters"][1]["id"] = "gens"
    assert [fault.place for fault in faults(document)] == [(1,), (1, 4)]


def test_a_profile_without_a_page_is_told() -> None:
    document = {**sample(), "chapters": []}
    (fault,) = faults(document)
    assert (fault.place, str(fault.reason)) == ((), "there is no page in it")


def test_similar_territories_need_indicators() -> None:
    document = sample()
    del document["similar"]
    (fault,) = faults(document)
    assert fault.place == (1, 4)  # the sheet that shows them
    del document["chapters"][1]["pages"][4]
    document["compare"] = ["SIMILAR"]
    (fault,) = faults(document)
    assert (fault.place, fault.key) == ((), "compare")


@pytest.mark.parametrize("slip", SLIPS)
def test_what_a_run_refuses_is_told_or_cannot_be_edited(slip: str) -> None:
    """The editor is never content with a profile that a run refuses."""
    old, new, *_ = SLIPS[slip]
    text = PROFILE.replace(old, new.replace(MARK, ""))
    with pytest.raises(InputError):
        parse_profile(text, "p.json")
    try:
        document = scan(text).plain()
    except Slip:
        return
    if editable(document):
        told = {str(fault.reason) for fault in faults(document)}
        with pytest.raises(InputError) as refused:
            parse_profile(written(document), "p.json")
        assert str(refused.value.fields["reason"]) in told


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"title": 3},
        {"chapters": {}},
        {"chapters": ["gens"]},
        {"key_figures": "population"},
        {"key_figures": [4]},
        {"similar": []},
        {"similar": {"indicators": ["densite"], "count": "4"}},
        {"similar": {"indicators": ["densite"], "count": True}},
        {"stakes": ["x"]},
        {"stakes": [{"title": "Agir", "chapters": "gens"}]},
    ],
)
def test_another_shape_is_not_edited(change: dict[str, Any]) -> None:
    assert editable(sample())
    assert not editable({**sample(), **change})


def test_a_page_of_another_shape_is_not_edited() -> None:
    for change in ({"map": 5}, {"sheet": "words"}, {"figures": "population"}, {"x": ""}):
        document = sample()
        document["chapters"][0]["pages"][0].update(change)
        assert not editable(document), change
