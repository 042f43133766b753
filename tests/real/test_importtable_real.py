"""Real open files through the import: addresses, mojibake, INSEE's workbook, a file damaged on purpose."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.codes import luhn
from coodiag.coodiag_plugin.sources.spreadsheet import read_table
from coodiag.coodiag_plugin.sources.structure_file import import_table

pytestmark = pytest.mark.real


def test_social_enterprises(real_data: Path) -> None:
    table = import_table(real_data / "social" / "siae.csv", "clients")
    assert (table.rows_in, table.rows_out, table.refused, table.duplicates) == (324, 324, 0, 0)
    assert table.mapping == {
        "name": "name",
        "address": "address",
        "complement": "address_line_2",
        "postcode": "post_code",
        "city": "city",
        "siret": "siret",
        "naf": "naf",
    }
    assert all(luhn(str(row["siret"])) for row in table.rows)
    assert table.issues == []


def test_referring_services_have_three_true_duplicates(real_data: Path) -> None:
    table = import_table(real_data / "social" / "prescripteurs_insertion.csv", "sites")
    assert (table.rows_in, table.rows_out, table.duplicates) == (86, 83, 3)


def test_local_address_base(real_data: Path) -> None:
    table = import_table(real_data / "geocoding" / "bal_sample.csv", "clients")
    assert table.mapping["address"] == "numero + suffixe + voie_nom"
    assert table.rows[0]["address"] == "11 Rue du Verdon"
    assert table.rows[-1]["address"] == "163 rue Eric Tabarly"


def test_ban_file_with_damaged_accents(real_data: Path) -> None:
    table = import_table(real_data / "ban" / "adresses-93010_part.csv", "clients")
    assert table.rows_out == 4496
    assert any("Rue François Collet" in str(row["address"]) for row in table.rows)
    assert sum(item.code == "mojibake" for item in table.issues) == 1232
    assert not any("Ã" in str(row["address"]) for row in table.rows)


def test_workbook_of_insee(real_data: Path) -> None:
    path = real_data / "cog" / "table-appartenance-geo-communes-22.xlsx"
    table = read_table(path, "COM")
    assert table.header_line in (5, 6)
    assert any(row[0] == "14001" and row[1] == "Ablon" for row in table.rows)


def test_the_same_file_after_a_spreadsheet(real_data: Path, tmp_path: Path) -> None:
    """Real addresses damaged in known ways come back as they were."""
    with (real_data / "social" / "siae.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = ["Export des structures;;;;", ";;;;", "Structure;N° SIRET;Adresse;CP;Commune"]
    for number, row in enumerate(rows):
        postcode, city, address = row["post_code"], row["city"], row["address"]
        kind = number % 6
        if kind == 1:
            postcode, city = "", f"{postcode} {city.upper()}"
        elif kind == 2:
            postcode = f"{postcode}.0"
        elif kind == 3:
            address, postcode, city = f"{address}, {postcode} {city}", "", ""
        elif kind == 4:
            postcode, city = city, postcode
        elif kind == 5:
            city = f"{city} CEDEX {number % 9 + 1}"
        cells = [row["name"], row["siret"], address, postcode, city]
        lines.append(";".join(f'"{cell}"' for cell in cells))
    path = tmp_path / "structures.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    table = import_table(path, "clients")
    assert (table.rows_in, table.rows_out) == (324, 324)
    wrong = [
        (
            row["post_code"],
            row["city"],
            row["address"],
            done["postcode"],
            done["city"],
            done["address"],
        )
        for row, done in zip(rows, table.rows)
        if (row["post_code"], row["city"].lower(), row["address"])
        != (done["postcode"], str(done["city"]).lower(), done["address"] or "")
    ]
    assert wrong == []
