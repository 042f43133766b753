"""The table of structures: columns under the names of parameters or in French."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.xlsx import Sheet, write_xlsx
from coodiag.coodiag_plugin.sources.columns import words_of
from coodiag.coodiag_plugin.sources.structures_table import read_structures
from coodiag.tests.structures_samples import write_table


def test_columns_in_french(tmp_path: Path) -> None:
    table = write_table(
        tmp_path / "réseau.csv",
        [["Mirage Un", "EPCI:1", "sites.xlsx", "", "b.csv", "ess", "quelqu’un"]],
    )
    found = read_structures(table, Silent())
    assert found.columns == {
        "STRUCTURE": "Structure",
        "TERRITORY": "Territoire",
        "SITES": "Sites",
        "CLIENTS": "Clients",
        "BENEFICIARIES": "Bénéficiaires",
        "PROFILE": "Profil",
    }
    assert found.unread == ("Contact",)
    (row,) = found.rows
    assert row.line == 2
    assert row.cells == {
        "STRUCTURE": "Mirage Un",
        "TERRITORY": "EPCI:1",
        "SITES": "sites.xlsx",
        "BENEFICIARIES": "b.csv",
        "PROFILE": "ess",
    }, "an empty cell is no value"


def test_columns_under_the_names_of_the_parameters_in_a_workbook(tmp_path: Path) -> None:
    names = ("STRUCTURE", "DATA_FOLDER", "MIN_COUNT", "COMMUNE_PAGES", "OUTPUT_FOLDER")
    rows_ = (("Mirage Un", "officiel", "11", "non", "un"), ("Mirage Deux", "", "", "", ""))
    path = tmp_path / "réseau.xlsx"
    path.write_bytes(write_xlsx([Sheet("Structures", rows_, names)], "t", "a", "2026-01-01"))
    found = read_structures(path, Silent())
    assert set(found.columns) == set(names) and found.unread == ()
    assert [row.cells["STRUCTURE"] for row in found.rows] == ["Mirage Un", "Mirage Deux"]
    assert found.rows[0].cells["MIN_COUNT"] == "11"


def test_titles_samples_and_totals_are_no_structures(tmp_path: Path) -> None:
    path = tmp_path / "réseau.csv"
    path.write_text(
        "Réseau du Mirage;;\n\nNom de la structure;Territoire;Fichier des clients\n"
        "Exemple (fictif);EPCI:1;c.csv\nMirage Un;EPCI:1;c.csv\nTotal;;\n",
        encoding="utf-8",
    )
    found = read_structures(path, Silent())
    assert [row.cells["STRUCTURE"] for row in found.rows] == ["Mirage Un"]
    assert (found.rows[0].line, found.left_out) == (5, 2)


def test_a_table_without_names_is_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", [["EPCI:1", "c.csv"]], ("Territoire", "Clients"))
    with pytest.raises(InputError, match="must have a column « structure »"):
        read_structures(path, Silent())


def test_no_header_names_two_parameters() -> None:
    named: dict[str, str] = {}
    for row in rows("structure_columns"):
        for name in {
            "".join(words_of(text)) for text in (row["parameter"], *row["exact"].split("|"))
        }:
            assert named.setdefault(name, row["parameter"]) == row["parameter"], name
