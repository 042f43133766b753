"""Cells that an attacker would write: numbers beyond computers, words without an end."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import parse_profile
from coodiag.coodiag_plugin.sources.actors_file import read_actors
from coodiag.coodiag_plugin.sources.identifying import without_contacts
from coodiag.coodiag_plugin.sources.survey_file import read_survey
from coodiag.coodiag_plugin.sources.workbook import read_sheets
from coodiag.tests.unit.workbook_writer import Cell, write_xlsx


def test_a_number_beyond_those_of_computers(tmp_path: Path) -> None:
    """GDAL makes a column of numbers of it and loses its texts: it ended in a traceback."""
    plain = write_xlsx(
        tmp_path / "plain.xlsx",
        {
            "S": {
                1: ["Commune", "Êtes-vous content ?", "Combien ?"],
                2: ["Ici", "oui", 7],
                3: ["Là", "non", 8],
            }
        },
    )
    wild = tmp_path / "wild.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(wild, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, re.sub(r"<v>[78]</v>", "<v>1e400</v>", text))
    assert len(read_survey(plain).answers.rows) == 2
    read = read_survey(wild)
    assert len(read.answers.rows) == 2


def test_a_word_without_an_end_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "acteurs.csv"
    path.write_text(f"Structure;Rôle\nAssociation Fictive;{'x' * 200_000}\n", encoding="utf-8")
    started = time.process_time()
    assert len(read_actors(path).rows) == 1
    # twenty thousand million steps before: minutes
    assert time.process_time() - started < 20


def test_an_address_is_taken_out_as_before() -> None:
    assert without_contacts("Écrire à prenom.nom+x@exemple.invalid, merci") == "Écrire à, merci"


def test_a_profile_with_a_number_of_thousands_of_digits() -> None:
    """Python refuses to read it, and not as bad JSON."""
    with pytest.raises(InputError, match=r"profile p\.json"):
        parse_profile(f'{{"id": {"9" * 5000}}}', "p.json")


def test_titles_above_numbers_are_kept(tmp_path: Path) -> None:
    """GDAL 3.6 passes over the options of opening: it took the titles for a header, and lost them."""
    rows: dict[int, list[Cell]] = {1: ["Commune", "Note"], 2: ["Ici", 7], 3: ["Là", 8]}
    read = read_sheets(write_xlsx(tmp_path / "t.xlsx", {"S": rows}))
    assert read == {"S": ([["Commune", "Note"], ["Ici", "7"], ["Là", "8"]], [1, 2, 3])}


@pytest.mark.parametrize("sign", ["\\u0000", "\\u001b", "\\ud800", "\\uffff"])
def test_a_profile_with_a_sign_that_no_project_can_hold(sign: str) -> None:
    """It stood in the XML of the project, which QGIS could then not open; the run had ended well."""
    with pytest.raises(
        InputError,
        match=r"line 1, .*“id” holds a control character \(U\+[0-9A-F]{4}\) that cannot be printed",
    ):
        parse_profile(f'{{"id": "a{sign}b", "title": "t", "chapters": []}}', "p.json")
