"""The structure's files in the wizard: their roles, what is shown of them, what is said by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import Draft
from coodiag.coodiag_plugin.qgis_bridge.desk.file_reading import FINE, LOOK, STOP, Reading
from coodiag.coodiag_plugin.qgis_bridge.desk.files import Files
from coodiag.coodiag_plugin.qgis_bridge.desk.folders import DOSSIER, FILLED, FREE, REFUSED
from coodiag.coodiag_plugin.qgis_bridge.desk.issue_words import ACTIONS, PROBLEMS
from coodiag.coodiag_plugin.qgis_bridge.desk.issue_words import FIELDS as FIELD_WORDS
from coodiag.coodiag_plugin.sources.columns import FIELDS, PARTS
from coodiag.coodiag_plugin.sources.issues import SENTENCES
from coodiag.coodiag_plugin.sources.structure_mapping import FileMapping

DIRTY = """Clients 2024 de la structure inventée;;;;;
N° client;Raison sociale;Nature du lieu;CP;Ville;CA
1;Atelier Inventé;3 rue du Port;35600;Redon;1 200
2;Café Imaginaire;8 quai Faux;1400;Châtillon;abc
2;CafÃ© Autre;9 quai Faux;35600;Redon;12
1;Atelier Inventé;3 rue du Port;35600;Redon;1 200
3;Sans Lieu;;;;5
Total;;;;;1 205
"""


def reading(
    folder: Path, text: str, said: FileMapping | None = None, role: str = "clients"
) -> Reading:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return Files().reading(path, role, said or FileMapping(), Silent())


def test_the_files_of_the_demonstration_are_told_apart(demo: DemoPaths) -> None:
    files = Files()
    expected = {
        demo.sites: "sites",
        demo.clients: "clients",
        demo.beneficiaries: "beneficiaries",
        demo.survey: "survey",
        demo.actors: "actors",
        demo.actions: "actions",
        demo.words: "words",
    }
    assert {path: files.role_of(path) for path in expected} == expected


@pytest.mark.parametrize(
    ("name", "header", "role"),
    [
        ("export.csv", "SIRET;Raison sociale;Adresse;CP;Ville;CA HT", "clients"),
        ("export.csv", "Nom;Prénom;Date de naissance;Adresse;CP;Ville", "beneficiaries"),
        ("salaries en parcours.csv", "Nom;Adresse;CP;Ville", "beneficiaries"),
        ("nos antennes.csv", "Nom;Adresse;CP;Ville", "sites"),
        ("export.csv", "Nom;Adresse;CP;Ville", ""),  # could be anything
        ("export.csv", "a;b;c", ""),
        ("clients.csv", "a;b;c", ""),  # its name says so, but nobody can be placed
        ("bal.csv", "cle_interop;voie_nom;numero;commune_nom;long;lat", ""),
    ],
)
def test_a_role_is_guessed_from_the_columns_or_left_open(
    tmp_path: Path, name: str, header: str, role: str
) -> None:
    path = tmp_path / name
    cells = ";".join("x" for _ in header.split(";"))
    path.write_text("\n".join([header, *[cells] * 80]), encoding="utf-8")
    if role == "sites":
        path.write_text("\n".join([header, *[cells] * 3]), encoding="utf-8")
    assert Files().role_of(path) == role


def test_what_cannot_be_read_has_no_role(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "clients.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert [Files().role_of(path) for path in sorted(tmp_path.iterdir())] == ["", ""]
    assert Files().role_of(tmp_path / "none.csv") == ""


def test_a_file_enters_the_draft_and_leaves_it_with_what_was_said(tmp_path: Path) -> None:
    files, draft = Files(), Draft()
    files.accept(draft, tmp_path / "a.csv", "clients")
    files.accept(draft, tmp_path / "s.csv", "sites")
    files.accept(draft, tmp_path / "q.xlsx", "survey")
    files.say_column(draft, "clients", "address", "Où")
    files.say_column(draft, "sites", "name", "Lieu")
    assert json.loads(draft.parameters["MAPPING"]) == {
        "clients": {"columns": {"address": "Où"}},
        "sites": {"columns": {"name": "Lieu"}},
    }
    files.accept(draft, tmp_path / "a.csv", "clients")
    assert files.said(draft, "clients") == {"address": "Où"}, "the same file: nothing changes"
    files.accept(draft, tmp_path / "b.csv", "clients")
    assert files.said(draft, "clients") == {} and files.said(draft, "sites") == {"name": "Lieu"}
    files.forget(draft, "sites")
    assert draft.parameters == {
        "CLIENTS": str(tmp_path / "b.csv"),
        "SURVEY": str(tmp_path / "q.xlsx"),
    }
    with pytest.raises(InputError, match="“voisins” is not a role"):
        files.accept(draft, tmp_path / "b.csv", "voisins")


def test_a_column_is_of_one_field_and_a_sheet_has_its_own(tmp_path: Path) -> None:
    files, draft = Files(), Draft()
    files.accept(draft, tmp_path / "a.xlsx", "clients")
    files.say_column(draft, "clients", "address", "Où")
    files.say_column(draft, "clients", "naf", "")
    files.say_column(draft, "clients", "city", "Où")
    assert files.said(draft, "clients") == {"naf": "", "city": "Où"}
    files.say_column(draft, "clients", "city", None)
    assert files.said(draft, "clients") == {"naf": ""}
    files.say_sheet(draft, "clients", "Feuil2")
    assert files.said(draft, "clients") == {} and files.sheet(draft, "clients") == "Feuil2"
    files.say_column(draft, "clients", "city", "Ville")
    assert json.loads(draft.parameters["MAPPING"]) == {
        "clients": {"sheet": "Feuil2", "columns": {"city": "Ville"}}
    }
    files.say_all(draft, "clients", {})
    files.say_sheet(draft, "clients", "")
    assert "MAPPING" not in draft.parameters


def test_a_dirty_file_is_shown_with_what_is_wrong_in_it(tmp_path: Path) -> None:
    found = reading(tmp_path, DIRTY)
    assert found.usable and found.columns[2] == "Nature du lieu"
    assert found.head[0] == ("1", "Atelier Inventé", "3 rue du Port", "35600", "Redon", "1 200")
    assert (found.rows_in, found.rows_out, found.refused, found.duplicates) == (6, 3, 2, 1)
    assert found.fields["address"] == 2 and "address" in found.guessed
    told = {note.text: note.gravity for note in found.notes}
    assert told["“Nature du lieu” was taken for “Address” by its contents: check it below."] == LOOK
    assert told["Rows left out, with no address, town or postcode: 1."] == LOOK
    assert told["Rows left out, identical to another one: 1."] == LOOK
    assert told["Rows with the reference of another one, kept: 1."] == LOOK
    assert told["Rows of totals left out: 1."] == FINE
    assert told["Cells whose accents were badly encoded, mended: 1."] == FINE
    assert told["Values that could not be read and are left empty: 1."] == LOOK
    assert told["Cells mended (postcodes, spaces, dates, numbers…): 1."] == FINE
    gravities = [note.gravity for note in found.notes]
    assert gravities == sorted(gravities, key=[STOP, LOOK, FINE].index)
    zero = next(item for item in found.issues if item.column == "CP")
    assert (zero.value, zero.problem) == ("1400", "Postcode without its leading zero")
    twin = next(item for item in found.issues if "identical" in item.problem)
    assert twin.problem == "Row identical to row 3"


def test_a_file_without_a_place_is_shown_and_mended_by_hand(tmp_path: Path) -> None:
    text = "Qui;Bidule;Machin\nAtelier Inventé;Zone du Port;Redon\nCafé Faux;Les Halles;Redon\n"
    found = reading(tmp_path, text)
    assert not found.usable and "address" not in found.fields
    assert [note.gravity for note in found.notes] == [STOP]
    assert "No column looks like an address" in found.notes[0].text
    assert found.head[0][2] == "Redon" and found.rows_in == 2
    mended = reading(tmp_path, text, FileMapping("", {"city": "Machin"}))
    assert mended.usable and mended.rows_out == 2 and mended.by_hand == {"city"}
    assert "No column of streets was recognised" in mended.notes[0].text
    with pytest.raises(InputError, match="“Ville”, which is not in table"):
        reading(tmp_path, text, FileMapping("", {"city": "Ville"}))


def test_rows_without_a_street_are_told_when_they_are_many(tmp_path: Path) -> None:
    rows = "".join(f"{n};{'' if n % 2 else '3 rue du Port'};35600;Redon\n" for n in range(20))
    found = reading(tmp_path, "N°;Adresse;CP;Ville\n" + rows)
    assert "Rows without a street, placed at their commune: 10 of 20." in [
        note.text for note in found.notes
    ]


def test_a_table_is_opened_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coodiag.coodiag_plugin.sources import spreadsheet

    opened: list[Path] = []
    real = spreadsheet.read_table

    def counted(path: Path, sheet: str = "") -> Any:
        opened.append(path)
        return real(path, sheet)

    monkeypatch.setattr(spreadsheet, "read_table", counted)
    files, path = Files(), tmp_path / "a.csv"
    path.write_text("Nom;Ville\nAtelier Inventé;Redon\n", encoding="utf-8")
    for said in (FileMapping(), FileMapping("", {"name": ""})):
        files.reading(path, "clients", said, Silent())
    assert len(opened) == 1
    path.write_text("Nom;Ville\nAtelier Inventé;Rennes\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert files.reading(path, "clients", FileMapping(), Silent()).head[0][1] == "Rennes"
    path.unlink()
    with pytest.raises(InputError, match="does not exist"):
        files.reading(path, "clients", FileMapping(), Silent())


def test_every_issue_and_every_field_has_its_words() -> None:
    analyst = {
        "identifying_column", "column_left", "contact_in_text", "sample_row", "carried_down",
        "no_respondent", "empty_respondent", "same_answer", "second_answer",
    }  # fmt: skip
    of_files = list(SENTENCES)[: list(SENTENCES).index("identifying_column")]
    assert set(PROBLEMS) == set(ACTIONS) == set(of_files) and not analyst & set(PROBLEMS)
    assert set(FIELD_WORDS) == {*FIELDS, *PARTS}
    for code, problem in PROBLEMS.items():
        assert ("{other}" in problem) == ("{other}" in SENTENCES[code][0]), code


def test_the_fields_of_a_role_begin_with_those_that_place(qgis_app: Any) -> None:
    files = Files()
    assert files.fields("clients")[:4] == ("name", "address", "postcode", "city")
    assert "siret" in files.fields("clients") and "site" not in files.fields("sites")
    assert len(set(files.fields("clients"))) == len(files.fields("clients"))


def test_the_folder_of_a_dossier_is_judged_before_anything_is_written(tmp_path: Path) -> None:
    files = Files()
    folder = files.folder_for("Régie de l’Été & Cie (fictive)", str(tmp_path))
    assert folder == tmp_path / "regie-de-l-ete-cie-fictive"
    assert files.folder_for("", str(tmp_path)).name == "diagnostic"
    assert files.folder_state(str(folder)).kind == FREE and not folder.exists()
    assert files.folder_state(str(tmp_path)).text == ""
    (tmp_path / "notes.txt").write_text("x")
    assert files.folder_state(str(tmp_path)).kind == FILLED
    (tmp_path / "coodiag.json").write_text('{"territory": "Pays Fictif", "date": "2026-03-31"}')
    state = files.folder_state(str(tmp_path))
    assert state.kind == DOSSIER and "Pays Fictif of 2026-03-31" in state.text
    (tmp_path / "coodiag.json").write_text("{")
    assert files.folder_state(str(tmp_path)).kind == DOSSIER
    for bad in ("", "relatif/ici", str(tmp_path / "notes.txt"), str(tmp_path / "notes.txt" / "x")):
        state = files.folder_state(bad)
        assert state.kind == REFUSED and state.text


def test_addresses_without_a_town_are_told(tmp_path: Path) -> None:
    found = reading(tmp_path, "Nom;Adresse\nAtelier Inventé;3 rue du Port\n")
    assert found.usable and "No column of postcodes or towns" in found.notes[0].text
    whole = reading(tmp_path, "Nom;Adresse\nAtelier Inventé;3 rue du Port 35600 Redon\n")
    assert not [note for note in whole.notes if "postcodes or towns" in note.text]
