"""The session of the profile editor: its steps, its file, its draft."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import PROFILES, load_profile, profile_ids
from coodiag.coodiag_plugin.qgis_bridge.profile_editing import ProfileSession


@pytest.fixture
def session(tmp_path: Path) -> ProfileSession:
    return ProfileSession(tmp_path / "brouillon.json")


def own(tmp_path: Path, name: str = "mien.json") -> Path:
    return Path(shutil.copy(PROFILES / "ess.json", tmp_path / name))


def test_it_begins_with_a_copy_of_the_default_profile(session: ProfileSession) -> None:
    assert session.path is None and session.changed and not session.can_undo
    assert session.document["title"] == load_profile("coodiag").title
    assert [name for name, _ in session.shipped()] == list(profile_ids())


def test_a_copy_is_saved_as_a_run_reads_it(session: ProfileSession, tmp_path: Path) -> None:
    session.start_copy("ctg")
    session.put((0, 0), "title", "Où vit-on ?")
    session.add_page((0, 0), "Nouvelle page")
    session.put_subject(session.place, "part_hlm")
    session.step((0, 2), 1)
    path = session.save(tmp_path / "Mon profil été.json")
    profile = load_profile(path)
    assert profile.id == "mon_profil_ete" and not session.changed
    assert [page.id for page in profile.chapters[0].pages][1] == "nouvelle_page"
    assert profile.chapters[0].pages[1].indicator == "part_hlm"
    assert profile.chapters[0].pages[0].title == "Où vit-on\u202f?" or "\u00a0?" in profile.chapters[0].pages[0].title  # fmt: skip
    session.put((0, 0), "title", "Autre")
    assert session.changed
    session.undo()
    assert not session.changed


def test_no_profile_of_the_plugin_is_ever_written(session: ProfileSession, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in PROFILES.glob("*.json")}
    for target in (PROFILES / "ess.json", PROFILES / "mien.json", tmp_path / "ess.json"):
        with pytest.raises(InputError, match="never written over"):
            session.save(target)
    session.open(PROFILES / "ess.json")
    assert session.path is None
    with pytest.raises(InputError, match="no file yet"):
        session.save()
    assert {path: path.read_bytes() for path in PROFILES.glob("*.json")} == before
    assert not list(tmp_path.glob("ess.json"))


def test_a_link_to_the_plugin_is_not_a_way_around(session: ProfileSession, tmp_path: Path) -> None:
    link = tmp_path / "lien.json"
    link.symlink_to(PROFILES / "ess.json")
    with pytest.raises(InputError, match="never written over"):
        session.save(link)


def test_a_profile_with_a_slip_is_not_saved_and_the_file_stays(
    session: ProfileSession, tmp_path: Path
) -> None:
    path = own(tmp_path)
    before = path.read_bytes()
    session.open(path)
    assert not session.changed
    session.add_page((0,), "Nouvelle page")
    (fault,) = session.faults()
    assert fault.key == "indicator"
    assert session.reason(fault) == "“indicator” is missing, map “choropleth” needs it"
    with pytest.raises(InputError, match="line"):
        session.save()
    assert path.read_bytes() == before
    session.put_subject(session.place, "population")
    assert session.faults() == ()
    session.save()
    assert json.loads(path.read_text(encoding="utf-8"))["id"] == "mien"


def test_a_file_changed_by_another_hand_is_not_written_over(
    session: ProfileSession, tmp_path: Path
) -> None:
    path = own(tmp_path)
    session.open(path)
    session.put((), "title", "Le mien")
    changed = path.read_text(encoding="utf-8").replace("Le territoire", "Notre territoire", 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(InputError, match="was changed since"):
        session.save()
    assert "Notre territoire" in path.read_text(encoding="utf-8")
    session.save(tmp_path / "autre.json")
    assert load_profile(tmp_path / "autre.json").title == "Le mien"
    path.unlink()
    session.open(tmp_path / "autre.json")
    (tmp_path / "autre.json").unlink()
    session.put((), "title", "Le nôtre")
    assert session.save().is_file()  # gone is not changed


def test_a_file_that_is_no_profile_is_refused_with_its_line(
    session: ProfileSession, tmp_path: Path
) -> None:
    path = own(tmp_path)
    text = path.read_text(encoding="utf-8")
    for bad, said in (
        (text.replace('"title"', '"titre"', 1), "“titre” is unknown"),
        (text[:-4], "not valid JSON"),
        (text.replace('"id"', '"id": "x", "id"', 1), "stands there twice"),
        (text.replace('"pages": [', '"pages": [3,', 1), "object"),
        ("[]", "object"),
        ("[" * 5000, "brackets"),
    ):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(InputError, match=said):
            session.open(path)
    with pytest.raises(InputError):
        session.open(tmp_path / "absent.json")
    assert not session.can_undo  # what was there is there still


def test_a_slip_of_names_can_be_opened_to_be_mended(
    session: ProfileSession, tmp_path: Path
) -> None:
    path = own(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"population"', '"populasion"'), encoding="utf-8"
    )
    session.open(path)
    assert session.faults() and all("populasion" in session.reason(f) for f in session.faults())


def test_every_step_is_taken_back_and_done_again(session: ProfileSession, tmp_path: Path) -> None:
    whole = session.document
    session.put((), "subtitle", "Autre")
    session.duplicate((0,))
    session.remove((3, 0))
    session.show_as((0, 0), "", "words")
    session.put_stake((0,), "Un enjeu")
    path = own(tmp_path)
    session.open(path)
    end = session.document
    assert session.path == path
    while session.can_undo:
        session.undo()
    assert session.document == whole and session.path is None
    while session.can_redo:
        session.redo()
    assert session.document == end and session.path == path and not session.changed


def test_undo_shows_where_the_change_was(session: ProfileSession) -> None:
    session.put((3, 1), "title", "Un")
    session.put((0, 0), "title", "Deux")
    session.undo()
    assert session.place == (0, 0)
    session.undo()
    assert session.place == (3, 1)
    session.redo()
    assert session.place == (3, 1)
    session.add_page((1, 0), "Nouvelle page")
    session.remove((1, 1))
    session.undo()
    assert session.place == (1, 1)


def test_what_changes_nothing_is_no_step(session: ProfileSession) -> None:
    page = dict(session.part((0, 0)))
    session.put((0, 0), "title", page["title"])
    session.put((0, 0), "figures", page.get("figures", []))
    session.put((0, 0), "words", "")
    session.put((), "compare", session.document["compare"])
    session.put_map((0, 0), page["map"])
    session.put_subject((0, 0), page["indicator"])
    session.show_as((0, 0), "communes", "")
    session.put_stake((0,), "")
    session.move((0, 0), (0, 1))
    session.step((0,), -1)
    assert not session.can_undo


def test_a_closed_editor_loses_nothing(session: ProfileSession, tmp_path: Path) -> None:
    path = own(tmp_path)
    session.open(path)
    session.put((2, 1), "title", "Pas encore enregistré")
    again = ProfileSession(session.draft)
    assert again.part((2, 1))["title"] == "Pas encore enregistré"
    assert again.path == path and again.changed and again.place == (2, 1) and not again.warning
    again.save()
    assert not ProfileSession(session.draft).changed


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format": 2}', "[3]", '{"format": 1, "document": {}}']
)
def test_a_draft_that_cannot_be_read_is_told(tmp_path: Path, content: str) -> None:
    draft = tmp_path / "brouillon.json"
    draft.write_text(content, encoding="utf-8")
    session = ProfileSession(draft)
    assert "brouillon.json" in session.warning
    assert session.document["id"] == "coodiag"


def test_a_draft_that_cannot_be_kept_is_refused_in_a_sentence(tmp_path: Path) -> None:
    session = ProfileSession(tmp_path / "gone" / "brouillon.json")
    with pytest.raises(InputError, match="cannot be kept"):
        session.put((), "title", "Autre")


def test_indicators_are_searched_by_words_without_accents(session: ProfileSession) -> None:
    choices = session.choices
    names = [
        entry.name
        for _, found in choices.found("CHOMAGE taux", {}, "key_figures")
        for entry in found
    ]
    assert "taux_chomage" in names and "part_hlm" not in names
    assert choices.found("zzzz", {}, "key_figures") == []
    every = sum(len(found) for _, found in choices.found("", {}, "key_figures"))
    assert every > 150
    first = choices.found("logements vacants", {}, "indicator")[0][1][0]
    assert "vacants" in first.label


def test_only_what_fits_is_proposed(session: ProfileSession) -> None:
    choices = session.choices

    def kinds(page: dict[str, object], key: str) -> set[str]:
        return {entry.kind for _, found in choices.found("", page, key) for entry in found}

    assert "stock" in kinds({"map": "choropleth"}, "indicator")  # the map follows
    assert "stock" not in kinds({"map": "coloured_circles"}, "colour")
    assert kinds({"sheet": "figures", "chart": "lines"}, "indicators") == {"evolution"}
    assert "stock" in kinds({"sheet": "figures"}, "indicators")
    page = {"sheet": "figures", "chart": "bars", "indicators": ["niveau_vie_median"]}
    units = {entry.unit for _, found in choices.found("", page, "indicators") for entry in found}
    assert units == {"€"}
    assert {entry.name for entry in choices.fields("recrutement", "bivariate", "cross")} == {
        "rate",
        "index",
        "need_rate",
    }
