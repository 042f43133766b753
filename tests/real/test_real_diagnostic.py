"""The whole way on real official files as published: Rennes Métropole and Redon Agglomération.

The expected figures are read here with the csv module from the same files, independently of the
code under test. People are fictitious (seeded).
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.codes import commune_of
from coodiag.coodiag_plugin.core.french import number
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layers import records
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options
from coodiag.coodiag_plugin.qgis_bridge.pipeline.run import diagnose
from coodiag.tests.real import fictitious_people
from qgis.core import QgsProcessingFeedback, QgsVectorLayer

pytestmark = [pytest.mark.real, pytest.mark.slow]

TERRITORIES = {
    "243500139": ("Rennes Métropole", 43, 451762, 190946, "23400", "12,5"),
    "243500741": ("CA Redon Agglomération", 31, 66478, 29154, "20460", "11,8"),
}


class Dossier:
    """A run on real data: its folder, its outputs and its context."""

    def __init__(self, epci: str, folder: Path, results: dict[str, object]) -> None:
        self.epci = epci
        self.folder = folder
        self.results = results
        self.context: ReportContext = from_json((folder / "contexte.json").read_text("utf-8"))

    def rows(self, layer: str) -> list[dict[str, object]]:
        source = QgsVectorLayer(
            f"{self.folder / 'diagnostic.gpkg'}|layername={layer}", layer, "ogr"
        )
        assert source.isValid()
        return [row for row, _ in records(source)]


@pytest.fixture(scope="module", params=sorted(TERRITORIES))
def dossier(
    request: pytest.FixtureRequest,
    real_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qgis_app: object,
) -> Iterator[Dossier]:
    epci = request.param
    place = tmp_path_factory.mktemp(f"real_{epci}")
    shapes = json.loads((real_data / "admin/communes_2024_magrit.geojson").read_text("utf-8"))
    weights = {
        item["properties"]["NOM"]: item["properties"]["POP_2020"]
        for item in shapes["features"]
        if item["properties"]["EPCI"] == epci
    }
    sites = sorted(weights, key=lambda name: -weights[name])[:2]
    files = fictitious_people.write_structure(place / "structure", weights, sites)
    options = Options(
        territory=f"EPCI:{epci}",
        structure="Association Exemple (fictive)",
        profile="coodiag",
        source=OfficialSource("folder", real_data),
        output=place / "dossier",
        date="2026-03-01",
        sites=files.sites,
        clients=files.clients,
        beneficiaries=files.beneficiaries,
        dpi=96,
    )
    results = diagnose(options, FeedbackProgress(QgsProcessingFeedback()))
    yield Dossier(epci, place / "dossier", results)


@pytest.fixture(scope="module")
def official(real_data: Path) -> dict[str, dict[str, str]]:
    """Cells of the national comparateur by commune, as published."""
    with zipfile.ZipFile(real_data / "insee/base_cc_comparateur_csv.zip") as archive:
        text = archive.read("base_cc_comparateur.CSV").decode("utf-8")
    return {row["CODGEO"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def test_the_communes_are_those_of_the_epci(dossier: Dossier) -> None:
    name, count, *_ = TERRITORIES[dossier.epci]
    assert dossier.context.territory == name
    assert len(dossier.rows("communes")) == count
    assert dossier.results["PAGES"] == dossier.context.pages
    assert len(dossier.context.communes) == count


def test_every_count_equals_the_official_cell(
    dossier: Dossier, official: dict[str, dict[str, str]]
) -> None:
    columns = {
        "chomeurs": "P18_CHOM1564",
        "emplois": "P18_EMPLT",
        "menages": "P18_MEN",
        "actifs": "P18_ACT1564",
    }
    for row in dossier.rows("communes"):
        for indicator, column in columns.items():
            assert row[indicator] == float(official[row["codgeo"]][column]), (row["nom"], indicator)


def test_published_incomes_and_secrets_are_kept(
    dossier: Dossier, official: dict[str, dict[str, str]]
) -> None:
    for row in dossier.rows("communes"):
        cells = official[row["codgeo"]]
        for indicator, column in (("niveau_vie_median", "MED19"), ("taux_pauvrete", "TP6019")):
            published = cells[column].replace(",", ".")
            if published:
                assert row[indicator] == float(published)
            else:
                assert row[indicator + "_etat"] == "secret"


def test_the_printed_figures_of_the_territory(dossier: Dossier) -> None:
    _, _, _, _, median, unemployment = TERRITORIES[dossier.epci]
    printed = {row.label: row.cells[0] for row in dossier.context.key_table.rows}
    assert printed["Médiane du niveau de vie, 2019"] == f"{number(float(median))}\u00a0€"
    assert printed["Taux de chômage au recensement (15–64 ans), 2018"] == f"{unemployment}\u00a0%"


def test_sums_of_communes_are_the_manifest_s(
    dossier: Dossier, official: dict[str, dict[str, str]]
) -> None:
    _, _, population, households, *_ = TERRITORIES[dossier.epci]
    codes = [row["codgeo"] for row in dossier.rows("communes")]
    assert round(sum(float(official[code]["P18_POP"]) for code in codes)) == population
    assert round(sum(float(official[code]["NBMENFISC19"]) for code in codes)) == households


def test_nobody_is_lost(dossier: Dossier) -> None:
    for quality in dossier.context.quality:
        located = quality.address + quality.street + quality.town
        assert quality.read == quality.refused + located + quality.failed
    assert dossier.results["CLIENTS_IN"] == 300
    assert dossier.results["BENEFICIARIES_IN"] == 700


def test_zones_hold_at_least_their_threshold(dossier: Dossier) -> None:
    shares = [(row["threshold"], row["share"]) for row in dossier.rows("chalandise")]
    assert len(shares) == 3
    assert all(share is None or share >= threshold for threshold, share in shares)


def test_what_the_folder_lacks_is_said(dossier: Dossier) -> None:
    notes = " ".join(dossier.context.notes)
    assert "à vol d’oiseau" in notes
    assert "localisées à la commune" in notes
    journal = (dossier.folder / "journal.txt").read_text("utf-8")
    assert all(note in journal for note in dossier.context.notes)
    skipped = {item.title for item in dossier.context.skipped}
    assert "Les ménages sans voiture" in skipped


def test_the_atlas_has_text_and_twelve_maps(dossier: Dossier) -> None:
    maps = [page for chapter in dossier.context.chapters for page in chapter.pages]
    assert len(maps) >= 12
    text = subprocess.run(
        ["pdftotext", "-layout", str(dossier.folder / "atlas.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = " ".join(text.split())  # split() also takes the spaces that do not break
    for page in maps:
        assert " ".join(page.title.split()) in words
    for commune in dossier.context.communes:
        assert commune.name in words


def test_references_come_from_the_national_table(
    dossier: Dossier, official: dict[str, dict[str, str]]
) -> None:
    """Unemployment of France: Σ unemployed / Σ active over every commune that has both."""
    rows = {row["unit"]: row for row in dossier.rows("references")}
    # The table lists Paris, Lyon and Marseille whole and by arrondissement: one of the two counts.
    both = [
        row
        for code, row in official.items()
        if row["P18_CHOM1564"] and row["P18_ACT1564"] and commune_of(code) == code
    ]
    unemployed = sum(float(row["P18_CHOM1564"]) for row in both)
    active = sum(float(row["P18_ACT1564"]) for row in both)
    assert rows["FRANCE"]["taux_chomage"] == pytest.approx(100 * unemployed / active, rel=1e-12)
