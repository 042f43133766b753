"""``indicateurs.xlsx`` of a finished dossier: the GeoPackage's figures, cell by cell; no person."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, themes
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition.context import from_json
from coodiag.coodiag_plugin.qgis_bridge.dossier import WORKBOOK

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def sheets(demo_run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:  # type: ignore[no-untyped-def]
    """Every sheet as LibreOffice reads it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice Calc is not installed: the workbook is read by GDAL in unit tests")
    folder = tmp_path_factory.mktemp("feuilles")
    every_sheet = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        [
            office, f"-env:UserInstallation=file://{folder / 'profil'}", "--headless",
            "--convert-to", every_sheet, "--outdir", str(folder), str(demo_run.dossier / WORKBOOK),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    found = {}
    for path in folder.glob("indicateurs-*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem.partition("-")[2]] = list(csv.DictReader(stream, delimiter=";"))
    return found


@pytest.fixture(scope="module")
def database(demo_run) -> Path:  # type: ignore[no-untyped-def]
    return Path(demo_run.results["GEOPACKAGE"])


def table(database: Path, name: str, key: str) -> dict[str, sqlite3.Row]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return {row[key]: row for row in connection.execute(f'SELECT * FROM "{name}"')}


def same(text: str, number: float | None) -> bool:
    if number is None or text == "":
        return text == "" and number is None
    return float(text) == pytest.approx(number, rel=1e-12, abs=1e-9)


def begins(heading: str, label: str) -> bool:
    """Whether a heading is a label, with its year or its unit or without."""
    return heading == label or heading.startswith((f"{label}, ", f"{label} ("))


def test_indicators_are_those_of_the_geopackage(sheets: dict[str, Rows], database: Path) -> None:
    communes, units = table(database, "communes", "codgeo"), table(database, "references", "name")
    checked, seen = 0, set()
    labels = {item.label: key for key, item in indicators().items()}
    for name in {themes()[item.theme] for item in indicators().values()} & set(sheets):
        for heading in [text for text in sheets[name][0] if f"État – {text}" in sheets[name][0]]:
            key = labels[max((text for text in labels if begins(heading, text)), key=len)]
            seen.add(key)
            for row in sheets[name]:
                stored = communes[row["Code"]] if row["Niveau"] == "Commune" else units[row["Nom"]]
                assert same(row[heading], stored[key]), (heading, row["Nom"])
                assert row[f"État – {heading}"] == stored[f"{key}_etat"]
                checked += 1
    names = tuple(next(iter(communes.values())).keys())
    columns = {name.removesuffix("_etat") for name in names if name.endswith("_etat")}
    printed = {"TERRITOIRE", *load_profile("coodiag").compare}
    shown = [row for row in units.values() if row["level"] in printed]
    assert seen == columns and checked == len(columns) * (45 + len(shown))


@pytest.mark.parametrize(("sheet", "layer"), [("Pénétration", "penetration"), ("Recrutement", "recrutement")])  # fmt: skip
def test_people_are_those_of_the_layers(
    sheets: dict[str, Rows], database: Path, sheet: str, layer: str
) -> None:
    stored = table(database, layer, "codgeo")
    fields = {"Effectif de la structure": "count", "Taux (%)": "rate", "Population visée": "target"}
    secret = 0
    for row in sheets[sheet]:
        if row["Niveau"] != "Commune":
            continue
        unit = stored[row["Code"]]
        for heading, field in fields.items():
            assert same(row[heading], unit[field])
            state = unit[f"{field}_etat"]
            if field == "rate" and state == "connu" and unit["status"] == "n.s.":
                state = "n.s."
            assert row[f"État – {heading}"] == state
            secret += state == "secret"
    assert secret > 10


def test_every_figure_is_traced_to_a_source(sheets: dict[str, Rows], database: Path) -> None:
    sources = sheets["Sources"]
    with closing(sqlite3.connect(database)) as connection:
        stored = connection.execute("SELECT title, indicators FROM provenance").fetchall()
    assert [(row["Titre"], row["Chiffres ou usage"]) for row in sources] == stored
    assert all(row["Chiffres ou usage"] or row["Titre"] for row in sources)
    given = {label for row in sources for label in row["Chiffres ou usage"].split(" ; ")}
    for row in sheets["Dictionnaire"]:
        assert row["Indicateur"] in given and row["Source"]
    assert all(row["Licence"] and row["Date d’obtention"] for row in sources)


def test_every_card_is_there(sheets: dict[str, Rows], demo_run) -> None:  # type: ignore[no-untyped-def]
    context = from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))
    held = {
        (row["Page de l’atlas"], row["Chiffre"], row["Texte imprimé"])
        for row in sheets["Cartouches"]
    }
    wanted = {
        (str(page.number), card.label, card.text)
        for chapter in context.chapters
        for page in chapter.pages
        for card in page.figures
    }
    assert len(wanted) > 40 and wanted <= held
