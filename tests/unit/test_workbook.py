"""The workbook of figures: typed cells, states beside, the same bytes, read back by GDAL."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, themes
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.values import SECRET, State, Value
from coodiag.coodiag_plugin.edition.build import build_context
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.edition.figures_json import sheets_from_json, sheets_to_json
from coodiag.coodiag_plugin.edition.materials import CommuneData
from coodiag.coodiag_plugin.edition.workbook import (
    Column,
    FigureSheet,
    Line,
    Traced,
    make_workbook,
    theme_sheets,
    workbook_sheets,
)
from coodiag.coodiag_plugin.edition.xlsx import (
    Number,
    Sheet,
    column_name,
    sheet_name,
    write_xlsx,
)
from coodiag.tests.unit import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr

PEOPLE = FigureSheet(
    "Pénétration",
    ("Niveau", "Code", "Nom"),
    (Column("Effectif"), Column("Taux (%)", 2)),
    (
        Line(("Commune", "00001", "=1+1"), (SECRET, SECRET)),
        Line(("Commune", "00002", "Fictange"), (Value(12.0), Value(3.25, significant=False))),
    ),
)


def written(
    context: ReportContext, data: CommuneData, traced: Traced, figures: list[FigureSheet]
) -> bytes:
    """The workbook, through the file that a dossier keeps of it."""
    sheets = workbook_sheets(context, data, traced, figures)
    kept = sheets_from_json(sheets_to_json(sheets))
    assert kept == sheets
    return make_workbook(context, kept)


def opened(path: Path) -> gdal.Dataset:
    """The workbook as GDAL reads it, the first row of each sheet being its header."""
    gdal.SetConfigOption("OGR_XLSX_HEADERS", "FORCE")
    try:
        book = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        for rank in range(book.GetLayerCount()):
            book.GetLayer(rank).GetFeatureCount()  # reads the sheet
    finally:
        gdal.SetConfigOption("OGR_XLSX_HEADERS", None)
    return book


@pytest.fixture(scope="module")
def content() -> bytes:
    table, whole = samples.figures()
    data = samples.commune_data(table, whole)
    traced = Traced(dict.fromkeys(indicators(), "Insee, Recensement"), {})
    return written(samples.context(), data, traced, [*theme_sheets(data), PEOPLE])


@pytest.fixture(scope="module")
def book(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> gdal.Dataset:
    path = tmp_path_factory.mktemp("classeur") / "indicateurs.xlsx"
    path.write_bytes(content)
    return opened(path)


def rows(layer: ogr.Layer) -> list[dict[str, object]]:
    names = [field.GetName() for field in layer.schema]
    return [{name: item.GetField(at) for at, name in enumerate(names)} for item in layer]


def test_the_sheets_stand_in_reading_order(book: gdal.Dataset) -> None:
    names = [book.GetLayer(n).GetName() for n in range(book.GetLayerCount())]
    assert names[0] == "Lecture"
    assert names[-4:] == ["Cartouches", "Fichiers", "Sources", "Dictionnaire"]
    assert {"Population", "Emploi", "Économie", "Conditions de vie", "Pénétration"} < set(names)


def test_every_figure_is_a_number_or_a_state(book: gdal.Dataset) -> None:
    """Cell by cell against the tables that the pages are made of."""
    table, whole = samples.figures()
    checked = 0
    for name in dict.fromkeys(themes()[row.theme] for row in indicators().values()):
        layer = book.GetLayerByName(name)
        types = {field.GetName(): field.GetTypeName() for field in layer.schema}
        found = rows(layer)
        assert [row["Niveau"] for row in found] == ["Commune"] * 13 + [
            "Territoire", "Intercommunalité", "Département", "Région", "France"
        ]  # fmt: skip
        for key, subject in indicators().items():
            unit = "" if subject.is_count or not subject.unit else f" ({subject.unit})"
            heading = f"{subject.label}, 2021{unit}"
            if heading not in types:
                continue
            assert types[heading] in ("Real", "Integer"), "numbers are numbers"
            for row in found:
                if row["Niveau"] == "Commune":
                    value = table.get(str(row["Code"]), key)
                else:
                    place = next(u for _, u, label in samples.REFERENCES if label == row["Nom"])
                    value = whole.get(place, key)
                assert row[f"État – {heading}"] == value.state.value
                assert row[heading] == value.number
                assert (value.state is State.KNOWN) == (row[heading] is not None)
                checked += 1
    assert checked == len(indicators()) * 18


def test_a_secret_is_empty_and_an_uncertain_figure_says_so(book: gdal.Dataset) -> None:
    found = rows(book.GetLayerByName("Pénétration"))
    assert found[0]["Effectif"] is None and found[0]["État – Effectif"] == "secret"
    assert found[0]["Nom"] == "=1+1", "a text that begins like a formula is a text"
    assert found[1]["Taux (%)"] == 3.25 and found[1]["État – Taux (%)"] == "n.s."
    assert found[0]["Code"] == "00001", "codes are texts"


def test_every_printed_card_and_source_is_there(book: gdal.Dataset) -> None:
    context = samples.context()
    cards = {
        (row["Chiffre"], row["Texte imprimé"] or "") for row in rows(book.GetLayerByName("Cartouches"))
    }  # fmt: skip
    for chapter in context.chapters:
        for page in chapter.pages:
            assert {(card.label, card.text) for card in page.figures} <= cards
    for commune in context.communes:
        assert {(card.label, card.text) for card in commune.figures} <= cards
    sources = rows(book.GetLayerByName("Sources"))
    assert [row["Titre"] for row in sources] == [item.title for item in context.sources]
    assert {row["Licence"] for row in sources} == {"Licence Ouverte 2.0"}
    words = rows(book.GetLayerByName("Dictionnaire"))
    assert [row["Identifiant"] for row in words] == list(indicators())
    assert all(row["Définition"] and row["Source"] for row in words)


def test_the_reading_sheet_explains_every_state(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    for state in State:
        assert f"« {state.value} »" in text.replace("\u00a0", " ")
    assert "DONNÉES FICTIVES" in text and "n.s." in text


def test_the_same_figures_give_the_same_bytes(content: bytes) -> None:
    table, whole = samples.figures()
    data = samples.commune_data(table, whole)
    traced = Traced(dict.fromkeys(indicators(), "Insee, Recensement"), {})
    again = written(samples.context(), data, traced, [*theme_sheets(data), PEOPLE])
    assert again == content


def test_a_failure_is_told_in_the_reading_sheet_and_the_dictionary(tmp_path: Path) -> None:
    table, whole = samples.figures()
    years = {name: "2021" for name in indicators() if name != "chomeurs"}
    base = samples.commune_data(table, whole)
    data = replace(base, years=years, failed={"chomeurs": "Insee, API Melodi : délai dépassé."})
    profile = load_profile("coodiag")
    context = build_context(profile, "Fictif", {}, {}, data, samples.edition())
    path = tmp_path / "x.xlsx"
    path.write_bytes(written(context, data, Traced({}, {}), theme_sheets(data)))
    book = opened(path)
    (row,) = [
        row for row in rows(book.GetLayerByName("Dictionnaire")) if row["Identifiant"] == "chomeurs"
    ]
    assert row["Échec"] == "Insee, API Melodi : délai dépassé."


# --- the format ------------------------------------------------------------------------------


def test_names_of_columns_and_sheets() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert sheet_name("a/b:c[d]*?" + "x" * 40) == ("a b c d" + "   " + "x" * 40)[:31].strip()
    with pytest.raises(ValueError, match="same name"):
        write_xlsx([Sheet("Un", ()), Sheet("un", ())], "", "", "2026-03-31")


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than a cell"):
        write_xlsx([Sheet("Un", (("x" * 32_768,),))], "", "", "2026-03-31")


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=20), st.floats(-1e12, 1e12)), max_size=6))
def test_any_text_and_number_is_well_formed(cells: list[tuple[str, float]]) -> None:
    """Parsed as a strict reader does: what XML cannot hold is left out, nothing else."""
    body = tuple((text, Number(number, 2)) for text, number in cells)
    content = write_xlsx([Sheet("Un", body, ("texte", "nombre"))], "t<", "a&", "2026-03-31")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        trees = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    values = [
        float(str(item.text))
        for item in trees["xl/worksheets/sheet1.xml"].iterfind(".//m:c/m:v", space)
    ]
    assert values == [number for _, number in cells]
