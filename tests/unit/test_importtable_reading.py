"""Raw tables: encodings, separators, headers, workbooks, and what cannot be read."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.sources.spreadsheet import read_table
from coodiag.coodiag_plugin.sources.structure_file import import_table
from osgeo import gdal

spec = importlib.util.spec_from_file_location(
    "workbook_writer", Path(__file__).with_name("workbook_writer.py")
)
assert spec is not None and spec.loader is not None
writer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(writer)

ROWS = [
    ["Nom", "Adresse", "Code postal", "Ville"],
    ["Société Fictive", "1 rue de l’Été", "35000", "Rennes"],
    ["Atelier Inventé", "2 allée des Érables", "35600", "Redon"],
]


def write(path: Path, rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> Path:
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    path.write_bytes(text.replace("’", "'").encode(encoding))
    return path


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "cp850"],
)
def test_encodings_and_separators(tmp_path: Path, separator: str, encoding: str) -> None:
    table = read_table(write(tmp_path / "t.csv", ROWS, separator, encoding))
    assert table.columns == tuple(ROWS[0])
    assert table.rows[0][0] == "Société Fictive"
    assert table.rows[1] == tuple(ROWS[2])
    assert table.separator == separator
    assert table.encoding == encoding
    assert (table.header_line, table.lines) == (1, [2, 3])


def test_title_lines_blank_lines_and_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "Liste des clients de l'association;;;\n;;;\n\nÉdité le 12/03/2024;;;\n"
        "Nom;Adresse;CP;Ville\n\n"
        'A;"1 rue du Lac\nBât B";35000;Rennes\n;;;\nB;2 rue du Lac;35000;Rennes\n;;;\n;;;\n',
        encoding="utf-8",
    )
    table = read_table(path)
    assert table.header_line == 5
    assert table.lines == [7, 10]
    assert table.rows[0][1] == "1 rue du Lac\nBât B"


def test_commas_in_cells_do_not_make_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("adresse\n1, rue du Lac, 35000 Rennes\n2, rue du Lac, 35000 Rennes\n")
    table = read_table(path)
    assert table.columns == ("adresse",)
    assert len(table.rows) == 2


def test_separator_line_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("sep=,\nnom,ville\nA;B,Rennes\n")
    table = read_table(path)
    assert (table.columns, table.rows, table.lines) == (("nom", "ville"), [("A;B", "Rennes")], [3])


def test_unclosed_quotes_do_not_swallow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [f"N{n};{n} rue du Lac;35000;Rennes" for n in range(40)]
    lines[3] = 'N3;"3 rue du Lac;35000;Rennes'
    path.write_text("nom;adresse;cp;ville\n" + "\n".join(lines) + "\n")
    table = read_table(path)
    assert len(table.rows) == 40
    assert table.rows[3][1] == "3 rue du Lac"
    assert [note[0] for note in table.notes] == ["stray_quotes"]


def test_duplicate_and_missing_headers(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Ville;Nom;;nom\nRennes;A;x;B;en trop\n")
    table = read_table(path)
    assert table.columns == ("Ville", "Nom", "colonne_3", "nom_2", "colonne_5")
    assert [note[0] for note in table.notes] == ["duplicate_header", "extra_cells"]
    assert table.rows == [("Rennes", "A", "x", "B", "en trop")]


def test_header_without_known_words_is_found_by_its_type(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Export\nAlpha;Beta;Gamma\n1 rue X;35000;12\n2 rue X;35000;13\n")
    assert read_table(path).columns == ("Alpha", "Beta", "Gamma")


def test_no_header_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("A;1 rue du Lac;35000;Rennes\nB;2 rue du Lac;35000;Rennes\n")
    table = read_table(path)
    assert table.header_line == 0
    assert len(table.rows) == 2
    assert table.columns[0] == "colonne_1"
    assert table.notes[0][0] == "no_header"


def test_xlsx_keeps_what_the_sheet_holds(tmp_path: Path) -> None:
    path = writer.write_xlsx(
        tmp_path / "t.xlsx",
        {
            "Lisez-moi": {1: ["Fichier des clients"], 2: ["à jour"]},
            "Clients": {
                2: ["Clients 2024"],
                4: ["Nom", "CP", "Ville", "Date", "SIRET", "CA"],
                5: ["A", 1400, "Bourg", ("date", 45323), 73282932000074, 1234.5],
                8: ["B", "01400", "Bourg", None, None, ("error", "#REF!")],
            },
        },
    )
    table = read_table(path)
    assert (table.sheet, table.header_line, table.lines) == ("Clients", 4, [5, 8])
    assert table.rows[0] == ("A", "1400", "Bourg", "2024/02/01", "73282932000074", "1234.5")
    assert table.rows[1] == ("B", "01400", "Bourg", "", "", "#REF!")
    assert table.notes == (("other_sheets", 0, "Clients", "Lisez-moi, Clients"),)
    assert read_table(path, "Lisez-moi").sheet == "Lisez-moi"


@pytest.fixture(params=[False, True], ids=["quiet GDAL", "raising GDAL"])
def gdal_mode(request: pytest.FixtureRequest) -> Iterator[None]:
    """GDAL with and without exceptions: QGIS, its plugins and the tests leave it either way."""
    turned = request.param and not gdal.GetUseExceptions()
    if turned:
        gdal.UseExceptions()
    yield
    if turned:
        gdal.DontUseExceptions()


def test_xlsx_with_a_formatted_last_row(tmp_path: Path, gdal_mode: None) -> None:
    rows = {1: ["Nom", "Ville"], 2: ["A", "Rennes"], 1_048_576: [" "]}
    table = read_table(writer.write_xlsx(tmp_path / "t.xlsx", {"Clients": rows}))
    assert table.rows == [("A", "Rennes")]


def test_damaged_workbook_in_both_modes(tmp_path: Path, gdal_mode: None) -> None:
    with zipfile.ZipFile(tmp_path / "faux.xlsx", "w") as archive:
        archive.writestr("lisezmoi.txt", "rien")
    assert "damaged" in refusal(tmp_path / "faux.xlsx")


def test_ods_with_its_million_empty_rows(tmp_path: Path, gdal_mode: None) -> None:
    path = writer.write_ods(
        tmp_path / "t.ods",
        {
            "Vide": [[None]],
            "Clients": [
                ["Titre"],
                [None, None],
                ["Nom", "CP", "Ville", "Date"],
                ["A\nB", 1400, "Bourg", ("date", "2024-02-01")],
            ],
        },
    )
    table = read_table(path)
    assert (table.sheet, table.header_line, table.lines) == ("Clients", 3, [4])
    assert table.rows == [("A\nB", "1400", "Bourg", "2024-02-01")]


def refusal(path: Path, sheet: str = "") -> str:
    with pytest.raises(InputError) as caught:
        read_table(path, sheet)
    return str(caught.value)


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    def made(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    assert "does not exist" in refusal(tmp_path / "absent.csv")
    assert "is not a file" in refusal(tmp_path)
    assert "is empty" in refusal(made("vide.csv", b""))
    assert "is empty" in refusal(made("blanc.csv", b"\xef\xbb\xbf \r\n;;;\r\n"))
    assert "no row below" in refusal(made("entete.csv", b"nom;ville\r\n;\r\n"))
    assert "not a text table" in refusal(made("image.csv", bytes(range(256)) * 50))
    assert "unknown format" in refusal(made("note.pdf", b"%PDF-1.4"))
    assert "Excel 97" in refusal(made("vieux.xls", b"\xd0\xcf\x11\xe0"))
    assert "Excel 97" in refusal(
        made("renomme.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    )
    assert "is a workbook" in refusal(made("classeur.csv", b"PK\x03\x04" + b"\0" * 99))
    assert "is not one" in refusal(made("texte.xlsx", b"nom;ville\nA;Rennes\n"))
    assert "damaged" in refusal(made("casse.xlsx", b"PK\x03\x04garbage"))
    encrypted = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")
    )
    assert "protected by a password" in refusal(made("secret.xlsx", encrypted))
    secret = writer.write_ods(tmp_path / "secret.ods", {"A": [["nom"]]}, encrypted=True)
    assert "protected by a password" in refusal(secret)


def test_sheets_that_do_not_serve(tmp_path: Path) -> None:
    path = writer.write_xlsx(
        tmp_path / "t.xlsx", {"A": {1: ["nom", "ville"], 2: ["x", "Rennes"]}, "Vide": {}}
    )
    assert "has no sheet “B”. Its sheets: A" in refusal(path, "B")
    blank = writer.write_xlsx(tmp_path / "vide.xlsx", {"A": {}, "B": {}})
    assert "is empty" in refusal(blank)
    assert "has no sheet" in refusal(write(tmp_path / "t.csv", ROWS), "A")


@pytest.mark.parametrize(
    "said", [{}, {"address": "Où ?"}, {"postcode": "CodeP"}, {"city": "Patelin"}]
)
def test_what_is_said_of_a_column_takes_nothing_from_the_others(
    tmp_path: Path, said: dict[str, str]
) -> None:
    """Headers that name nothing: each column is known by its cells, whichever one is told by hand."""
    path = tmp_path / "clients.csv"
    towns = ("Rennes", "Redon", "Vitré", "Fougères")
    rows = "".join(f"{n} rue du Lac;35{n}00;{town}\n" for n, town in enumerate(towns, 1))
    path.write_text("Où ?;CodeP;Patelin\n" + rows, encoding="utf-8")
    table = import_table(path, "clients", said)
    assert table.mapping == {"address": "Où ?", "postcode": "CodeP", "city": "Patelin"}
