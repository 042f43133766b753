"""Sheets and columns told by hand for the files of a diagnosis, and how a run file keeps them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.sources.structure_file import import_table
from coodiag.coodiag_plugin.sources.structure_mapping import (
    FileMapping,
    parse_mappings,
    written,
)

spec = importlib.util.spec_from_file_location(
    "workbook_writer", Path(__file__).with_name("workbook_writer.py")
)
assert spec is not None and spec.loader is not None
writer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(writer)

TABLE = "Qui;Nature du lieu;Où;Truc\nAtelier Inventé;3 rue du Port;Redon;8899B\n"


def test_a_mapping_is_read_and_written_back() -> None:
    said = {"clients": {"sheet": "Feuil1", "columns": {"address": "Où", "naf": ""}}}
    found = parse_mappings(json.dumps(said))
    assert found == {"clients": FileMapping("Feuil1", {"address": "Où", "naf": ""})}
    assert json.loads(written(found)) == said
    assert parse_mappings(written(found)) == found
    assert parse_mappings("  ") == {} and written({}) == ""
    assert written({"sites": FileMapping()}) == ""


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '"clients"',
        '{"clients": "Adresse"}',
        '{"clients": {"address": "Adresse"}}',  # the shape of importtable
        '{"clients": {"columns": ["Adresse"]}}',
        '{"clients": {"columns": {"address": 1.5}}}',
        '{"clients": {"columns": {"address": true}}}',
        '{"clients": {"columns": {"address": -1}}}',
        '{"clients": {"sheet": null}}',
    ],
)
def test_another_shape_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="Adresse du client"):
        parse_mappings(text)


def test_what_is_no_json_and_no_role_is_refused() -> None:
    with pytest.raises(InputError, match="line 1, column 2"):
        parse_mappings("{clients}")
    with pytest.raises(InputError, match="“salariés” is not a role"):
        parse_mappings('{"salariés": {}}')


def test_places_do_as_names_and_are_what_a_run_keeps(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    by_name = import_table(path, "clients", {"address": "Nature du lieu", "city": "Où", "naf": ""})
    assert by_name.said == FileMapping("", {"address": 2, "city": 3, "naf": 0})
    by_place = import_table(path, "clients", by_name.said.columns, by_name.said.sheet)
    assert by_place.rows == by_name.rows and by_place.mapping == by_name.mapping
    assert by_place.said == by_name.said
    assert "Nature" not in written({"clients": by_place.said})


def test_a_sheet_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    header = ["Nom", "Adresse", "Code postal", "Ville"]
    sheets = {
        "Bilan 2024": [["Un titre"], ["Deux"]],
        "Clients": [header, ["Atelier Inventé", "3 rue du Port", "35600", "Redon"]],
        "Anciens": [header, ["Café Imaginaire", "8 quai Faux", "35000", "Rennes"]],
    }
    writer.write_xlsx(path, {n: dict(enumerate(r, start=1)) for n, r in sheets.items()})
    assert import_table(path, "clients").rows[0]["name"] == "Atelier Inventé"
    named = import_table(path, "clients", sheet="Anciens")
    assert named.rows[0]["name"] == "Café Imaginaire" and named.said.sheet == 3
    assert import_table(path, "clients", sheet=3).rows == named.rows
    with pytest.raises(InputError, match="no sheet “4”"):
        import_table(path, "clients", sheet=4)


def test_a_column_that_is_not_there_or_is_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(InputError, match="“9”, which is not in t"):
        import_table(path, "clients", {"address": 9})
    with pytest.raises(InputError, match="“Où” to two fields"):
        import_table(path, "clients", {"address": "Où", "city": 3})


def test_what_is_said_of_one_column_takes_nothing_from_the_others(tmp_path: Path) -> None:
    """Postcodes and towns that their cells alone tell stay recognised beside an address said by hand."""
    path = tmp_path / "t.csv"
    rows = "".join(f"Client inventé {n};{n} du Port;35600;Redon\n" for n in range(1, 30))
    path.write_text("A;B;C;D\n" + rows, encoding="utf-8")
    said = import_table(path, "clients", {"address": "B"})
    assert said.mapping == {"address": "B", "postcode": "C", "city": "D"}
    named = "A;B;C;Ville\n" + rows
    path.write_text(named, encoding="utf-8")
    assert "postcode" not in import_table(path, "clients", {"address": "B"}).mapping
