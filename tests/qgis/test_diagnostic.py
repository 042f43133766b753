"""The whole way on the demonstration: counts, figures against the files, the same again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.french import number
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json, in_order
from coodiag.coodiag_plugin.qgis_bridge.documents import layouts_of
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.pipeline import printing, run
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options
from coodiag.coodiag_plugin.qgis_bridge.pipeline.run import diagnose
from coodiag.tests.qgis import dossier_bytes as unpack
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

DAY = "2026-03-31"
#: Pages before the first chapter: cover, contents, guide, key figures, synthesis.
FRONT = 5
#: Pages left out of a run without the tables of the analyst, and those of figures that the secrecy
#: of the demonstration's sources hides from its territory.
NOT_FILLED = {"acteurs_carte", "acteurs", "paroles", "actions"}
HIDDEN = {"demandeurs_profil", "pauvrete_ages"}


def options(demo: DemoPaths, output: Path, **changes: Any) -> Options:
    given: dict[str, Any] = {
        "territory": demo.territory,
        "structure": "Association Exemple (fictive)",
        "profile": "coodiag",
        "source": OfficialSource("auto", demo.data_folder),
        "output": output,
        "date": DAY,
        "sites": demo.sites,
        "clients": demo.clients,
        "beneficiaries": demo.beneficiaries,
        "dpi": 96,
    }
    return Options(**{**given, **changes})


def silent() -> FeedbackProgress:
    return FeedbackProgress(QgsProcessingFeedback(False))


def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the drawing of the pages: most of the time of a run, and no table needs it."""

    def count(layouts: list[Any], path: Path, **rest: Any) -> int:
        path.write_bytes(b"%PDF not drawn in this test")
        return sum(
            layout.atlas().updateFeatures() if layout.atlas().enabled() else 1 for layout in layouts
        )

    monkeypatch.setattr(printing, "export_series", count)


@pytest.fixture(scope="module")
def context(demo_run) -> ReportContext:  # type: ignore[no-untyped-def]
    return from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gpkg(demo_run) -> Path:  # type: ignore[no-untyped-def]
    return demo_run.dossier / "diagnostic.gpkg"


@pytest.fixture(scope="module")
def run_file(demo_run) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    return json.loads((demo_run.dossier / "coodiag.json").read_text(encoding="utf-8"))


def back(context: ReportContext) -> int:
    """Pages of the back matter: glossary, sources, secrecy."""
    return len(context.glossary_pages) + len(context.source_pages) + 1


# --- results and counts ----------------------------------------------------------------------


def test_results_are_native_and_lead_to_files(demo_run) -> None:  # type: ignore[no-untyped-def]
    results = demo_run.results
    for name in ("ATLAS", "PROJECT", "GEOPACKAGE"):
        assert type(results[name]) is str and Path(results[name]).is_file()
    assert Path(results["DOSSIER"]) == demo_run.dossier
    for name in (
        "PAGES",
        "CLIENTS_IN",
        "CLIENTS_LOCATED",
        "BENEFICIARIES_IN",
        "BENEFICIARIES_LOCATED",
    ):
        assert type(results[name]) in (int, float) and results[name] > 0
    json.dumps(results)


def test_progress_goes_forward_to_the_end(demo_run) -> None:  # type: ignore[no-untyped-def]
    assert len(demo_run.steps) > 50
    assert all(
        later >= earlier - 1e-6 for earlier, later in zip(demo_run.steps, demo_run.steps[1:])
    )
    assert demo_run.steps[-1] >= 97


@pytest.mark.parametrize("role", ["clients", "beneficiaries"])
def test_counts_in_are_located_and_failed(demo_run, role: str) -> None:  # type: ignore[no-untyped-def]
    secret = demo_run.dossier / "confidentiel" / "personnes.gpkg"
    located, failed = (len(unpack.rows(secret, name)) for name in (role, f"{role}_echecs"))
    results = demo_run.results
    assert located == results[f"{role.upper()}_LOCATED"]
    assert located + failed == results[f"{role.upper()}_IN"]
    assert located > 0.95 * results[f"{role.upper()}_IN"]


def test_the_rows_of_each_file_are_accounted_for(context: ReportContext, demo_run) -> None:  # type: ignore[no-untyped-def]
    assert [item.file for item in context.quality] == [
        "Sites de la structure",
        "Clients",
        "Bénéficiaires",
    ]
    for item in context.quality:
        parts = item.refused + item.address + item.street + item.place + item.town + item.failed
        assert parts == item.read, item.file
    lines = demo_run.demo.beneficiaries.read_text(encoding="utf-8-sig").splitlines()
    assert context.quality[2].read == len([line for line in lines[1:] if line.strip(";")])


def test_the_atlas_has_the_pages_that_the_context_says(demo_run, context: ReportContext) -> None:  # type: ignore[no-untyped-def]
    info = subprocess.run(
        ["pdfinfo", demo_run.results["ATLAS"]], capture_output=True, text=True, check=True
    ).stdout
    assert f"Pages:           {context.pages}" in info
    assert demo_run.results["PAGES"] == context.pages
    thematic = [page for chapter in context.chapters for page in in_order(chapter)]
    assert len(context.communes) == 45
    assert context.pages == FRONT + len(context.chapters) + len(thematic) + 45 + back(context)
    asked = load_profile("coodiag").pages()
    titles = {item.title for item in context.skipped}
    printed = [page.id for page in thematic if not page.title.endswith(" (suite)")]
    assert printed == [page.id for page in asked if page.title not in titles]
    assert {page.id for page in asked if page.title in titles} == NOT_FILLED | HIDDEN


def test_shares_of_zones_reach_their_thresholds_and_increase(gpkg: Path) -> None:
    for table in ("chalandise",):
        by_site: dict[object, list[dict[str, Any]]] = {}
        for row in unpack.rows(gpkg, table):
            by_site.setdefault(row["site"], []).append(row)
        for rows in by_site.values():
            assert [row["threshold"] for row in rows] == [60, 80, 95]
            shares = [row["share"] for row in rows if row["share"] is not None]
            assert shares == sorted(shares)
            for row in rows:
                assert row["share"] is None or row["share"] >= row["threshold"]
                assert (row["status"] == "connu") == (row["clients"] is not None)


def test_sums_of_communes_are_the_territory(gpkg: Path) -> None:
    communes = unpack.rows(gpkg, "communes")
    (territory,) = [row for row in unpack.rows(gpkg, "references") if row["unit"] == "TERRITOIRE"]
    summed = 0
    for name in ("population", "chomeurs", "emplois", "actifs", "menages", "etablissements_actifs"):
        assert {row[f"{name}_etat"] for row in communes} == {"connu"}
        assert territory[name] == pytest.approx(sum(row[name] for row in communes), abs=1e-6)  # type: ignore[misc]
        summed += 1
    assert summed == 6
    assert sum(row["population"] for row in communes) == 70_000  # type: ignore[misc]
    assert territory["niveau_vie_median"] is None, "a median is never made from medians"
    assert len(communes) == 45 and {row["role"] for row in communes} == {"territoire"}
    assert not {row["codgeo"] for row in communes} & {
        row["codgeo"] for row in unpack.rows(gpkg, "voisins")
    }


# --- figures against the files ---------------------------------------------------------------


def table(demo: DemoPaths, name: str, key: str, member: str = "") -> dict[str, dict[str, str]]:
    """Rows of an official file by code, read without any code of the plugin."""
    data = (demo.data_folder / name).read_bytes()
    if member:
        data = zipfile.ZipFile(io.BytesIO(data)).read(member)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    return {row[key]: row for row in rows}


def test_figures_of_the_communes_are_those_of_the_files(gpkg: Path, demo_run) -> None:  # type: ignore[no-untyped-def]
    demo = demo_run.demo
    people = table(demo, "populations_legales_2021_communes.csv", "COM")
    base = table(demo, "base_cc_comparateur_csv.zip", "CODGEO", "base_cc_comparateur.CSV")
    housing = table(demo, "base-cc-logement-2021.CSV", "CODGEO")
    registered = {
        row["code_commune"]: row["nombre_de_demandeurs_d_emploi"]
        for row in csv.DictReader(
            (demo.data_folder / "dares_defm_communales-brutes.csv").open(encoding="utf-8-sig"),
            delimiter=";",
        )
        if (row["date"], row["categorie"], row["sexe"], row["tranche_d_age"])
        == ("2023-T4", "ABC", "Total", "Total")
    }
    assert len(registered) > 40
    checked = 0
    for row in unpack.rows(gpkg, "communes"):
        code = str(row["codgeo"])
        cells, homes = base[code], housing[code]
        expected = {
            "population": float(people[code]["PMUN"]),
            "taux_chomage": 100 * float(cells["P21_CHOM1564"]) / float(cells["P21_ACT1564"]),
            "etablissements_actifs": float(cells["ETTOT22"]),
            "part_sans_voiture": 100
            * (float(homes["P21_RP"]) - float(homes["P21_RP_VOIT1P"]))
            / float(homes["P21_RP"]),
            "evolution_population": 100
            * ((float(cells["P21_POP"]) / float(cells["P15_POP"])) ** (1 / 6) - 1),
        }
        for name, value in expected.items():
            assert row[name] == pytest.approx(value, rel=1e-9, abs=1e-9), (code, name)
            checked += 1
        for name, column in (("niveau_vie_median", "MED21"), ("taux_pauvrete", "TP6021")):
            published = cells[column]
            if published in ("s", "ns", ""):
                assert row[name] is None and row[f"{name}_etat"] == "secret", (code, name)
            else:
                assert row[name] == float(published.replace(",", ".")), (code, name)
        published = registered.get(code, "")
        if published:
            assert row["demandeurs_emploi"] == float(published), code
        else:
            assert row["demandeurs_emploi"] is None and row["demandeurs_emploi_etat"] != "connu"
    assert checked == 45 * 5


def test_rates_of_the_territory_are_ratios_of_sums(gpkg: Path, demo_run) -> None:  # type: ignore[no-untyped-def]
    base = table(demo_run.demo, "base_cc_comparateur_csv.zip", "CODGEO", "base_cc_comparateur.CSV")
    codes = [str(row["codgeo"]) for row in unpack.rows(gpkg, "communes")]

    def total(name: str) -> float:
        return sum(float(base[code][name]) for code in codes)

    (territory,) = [row for row in unpack.rows(gpkg, "references") if row["unit"] == "TERRITOIRE"]
    assert territory["taux_chomage"] == pytest.approx(
        100 * total("P21_CHOM1564") / total("P21_ACT1564")
    )
    assert territory["evolution_population"] == pytest.approx(
        100 * ((total("P21_POP") / total("P15_POP")) ** (1 / 6) - 1)
    )
    published = table(demo_run.demo, "cc_filosofi_2021_DEP.csv", "CODGEO")
    (dep,) = [row for row in unpack.rows(gpkg, "references") if row["unit"] == "DEP:53"]
    assert dep["niveau_vie_median"] == float(published["53"]["MED21"].replace(",", "."))


def test_printed_figures_are_those_of_the_layers(gpkg: Path, context: ReportContext) -> None:
    """The cards of a commune page are the layer's figures, to the digit."""
    rows = {str(row["codgeo"]): row for row in unpack.rows(gpkg, "communes")}
    signs = {"secret": "s", "absent": "…", "sans_objet": "///", "echec": "…"}
    for page in context.communes:
        row = rows[page.codgeo]
        (bar,) = [text for name, _, text in page.chart if name == page.name]
        chart = load_profile("coodiag").commune_chart
        value = row[chart]
        shown = signs[str(row[f"{chart}_etat"])] if value is None else number(float(value), 1)  # type: ignore[arg-type]
        assert bar.split("\u00a0")[0] == shown
        (population,) = [card for card in page.figures if card.label == "Population"]
        assert population.text == number(float(row["population"]))  # type: ignore[arg-type]
        assert page.name == row["nom"]
    assert sum(1 for page in context.communes if "habitant" in page.sentence) == 45


# --- provenance, journal, run file -----------------------------------------------------------


def test_every_source_is_known_by_its_fingerprint(
    gpkg: Path, run_file: dict[str, Any], demo_run
) -> None:  # type: ignore[no-untyped-def]
    rows = unpack.rows(gpkg, "provenance")
    assert len(rows) == len(run_file["sources"]) >= 15
    for row in rows:
        assert row["title"] and row["producer"] and row["licence"], row
        path = demo_run.demo.data_folder / re.split(r"\.zip/| \(", str(row["file"]))[0]
        if ".zip/" in str(row["file"]):
            path = path.with_name(path.name + ".zip")
        assert path.is_file(), row["file"]
        assert row["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), row["file"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(row["retrieved"]))
    undated = {row["dataset"] for row in rows if not row["vintage"]}
    # stocks of the register, of addresses and of roads have the date of their file
    assert undated <= {
        "sirene_etablissement", "sirene_unite_legale", "sirene_geolocalisation", "ban", "routes"
    }  # fmt: skip
    named = {row["dataset"] for row in rows}
    assert {"contours_communes", "comparateur", "dares_defm", "ban", "routes"} <= named


def test_the_run_file_tells_how_the_dossier_was_made(run_file: dict[str, Any], demo_run) -> None:  # type: ignore[no-untyped-def]
    demo = demo_run.demo
    assert run_file["demo"] is True and run_file["date"] == DAY
    assert run_file["parameters"]["TERRITORY"] == demo.territory
    assert run_file["parameters"]["MIN_COUNT"] == 5
    assert run_file["parameters"]["THRESHOLDS"] == "60,80,95"
    for item, path in zip(run_file["inputs"], (demo.sites, demo.clients, demo.beneficiaries)):
        assert item["kind"] == path.suffix and item["size"] == path.stat().st_size
        assert path.name not in json.dumps(run_file), "a file name may tell a person"
        assert item["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    counts = {name: demo_run.results[name] for name in run_file["counts"]}
    assert run_file["counts"] == counts and len(counts) == 4


def test_the_journal_reconciles_in_sentences(demo_run) -> None:  # type: ignore[no-untyped-def]
    text = (demo_run.dossier / "journal.txt").read_text(encoding="utf-8")
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert plain.startswith("Diagnostic territorial") and "données fictives" in plain
    for role, word in (("CLIENTS", "Clients"), ("BENEFICIARIES", "Bénéficiaires")):
        (line,) = re.findall(rf"^- {word} : (\d+) adresses = (.*)\.$", plain, re.MULTILINE)
        assert int(line[0]) == demo_run.results[f"{role}_IN"]
        parts = [int(text) for text in re.findall(r"(?:^| \+ )(\d+)", line[1])]
        assert sum(parts) == int(line[0])
    assert "Traceback" not in text and "None" not in text and "nan" not in plain.split()
    for line in plain.splitlines():
        if line.startswith("- "):
            assert line.rstrip().endswith((".", "…", ")")) or " : " in line, line


# --- again, over, elsewhere ------------------------------------------------------------------


def content(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every table of a GeoPackage with its rows, dates included."""
    found = {}
    for name in unpack.tables(path):
        if name.startswith(("rtree_", "sqlite_")):
            continue
        found[name] = unpack.rows(path, name)
    return found


@pytest.mark.slow
def test_the_same_inputs_give_the_same_tables_and_the_same_pages(
    demo_run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    unprinted(monkeypatch)
    again = tmp_path / "encore"
    diagnose(options(demo_run.demo, again), silent())
    first = demo_run.dossier
    assert (again / "contexte.json").read_bytes() == (first / "contexte.json").read_bytes()
    told, before = (
        json.loads((folder / "coodiag.json").read_text(encoding="utf-8"))
        for folder in (again, first)
    )
    for document in (told, before):
        del document["parameters"]["FORMATS"]  # this run wrote no document
    assert told == before
    journals = [(folder / "journal.txt").read_text(encoding="utf-8") for folder in (again, first)]
    # The pages checked are those of the documents written.
    parts = [re.sub(r"\d+\s(?=mises en page contrôlées)", "", text) for text in journals]
    assert parts[0] == parts[1]
    for name in ("diagnostic.gpkg", "confidentiel/personnes.gpkg"):
        one, other = content(first / name), content(again / name)
        assert sorted(one) == sorted(other)
        for table_name, rows in one.items():
            if table_name == "layer_styles":  # symbols carry random identifiers
                rows, other[table_name] = (
                    [{k: r[k] for k in ("f_table_name", "styleName", "useAsDefault")} for r in t]
                    for t in (rows, other[table_name])
                )
            assert rows == other[table_name], f"{name}: {table_name}"


def test_each_page_keeps_its_style_in_the_table_that_it_shows(
    demo_run: Any, context: ReportContext
) -> None:
    """A page may bear the name of another table (« etablissements »)."""
    rows = unpack.rows(demo_run.dossier / "diagnostic.gpkg", "layer_styles")
    kept = {(row["f_table_name"], row["styleName"]) for row in rows}
    pages = [page for chapter in context.chapters for page in chapter.pages]
    assert {(page.layer, page.id) for page in pages} <= kept
    assert {style for _, style in kept} - {page.id for page in pages} == {"fond"}
    first: dict[str, str] = {}
    for page in pages:
        first.setdefault(page.layer, page.id)
    started = {row["f_table_name"]: row["styleName"] for row in rows if row["useAsDefault"]}
    assert len(started) == sum(bool(row["useAsDefault"]) for row in rows)
    assert {table: style for table, style in started.items() if table in first} == first


SMALL = {"key_figures", "commune_figures", "commune_chart", "id", "title", "subtitle"}


def small_profile(folder: Path) -> Path:
    """A profile of two pages, edited from the shipped one as a user does."""
    from coodiag.coodiag_plugin.core.profiles import PROFILES

    whole = json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))
    chapter = {**whole["chapters"][0], "pages": whole["chapters"][0]["pages"][:2]}
    path = folder / "petit.json"
    path.write_text(
        json.dumps(
            {**{k: whole[k] for k in SMALL if k in whole}, "id": "petit", "chapters": [chapter]}
        ),
        encoding="utf-8",
    )
    return path


@pytest.mark.slow
def test_a_second_run_replaces_the_dossier(demo_run, dossier_copy: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Another profile, no people: nothing of the first run may be read as a result of this one."""
    (dossier_copy / "notes de l’équipe.txt").write_text("à garder", encoding="utf-8")
    results = diagnose(
        options(
            demo_run.demo, dossier_copy, profile=str(small_profile(tmp_path)), commune_pages=False,
            clients=None, beneficiaries=None, sites=None, dpi=72,
        ),
        silent(),
    )  # fmt: skip
    context = from_json((dossier_copy / "contexte.json").read_text(encoding="utf-8"))
    assert results["PAGES"] == context.pages == FRONT + 3 + back(context)
    assert results["CLIENTS_IN"] == 0
    pages = unpack.pdf_text(dossier_copy / "atlas.pdf").count("\f")
    assert pages == context.pages
    tables = unpack.layers(dossier_copy / "diagnostic.gpkg")
    assert "penetration" not in tables and "chalandise" not in tables and "communes" in tables
    (given,) = json.loads((dossier_copy / "coodiag.json").read_text())["inputs"]
    assert given["role"] == "profile", "and nobody’s file"
    assert (dossier_copy / "notes de l’équipe.txt").read_text(encoding="utf-8") == "à garder"
    assert not list(dossier_copy.glob(".*")), "the work folder and the lock are gone"
    assert not (dossier_copy / "confidentiel" / "personnes.gpkg").exists(), (
        "persons of an earlier run stay behind although this one read none"
    )


def test_the_project_opens_wherever_the_folder_is_moved(dossier_copy: Path, tmp_path: Path) -> None:
    moved = tmp_path / "à remettre" / "dossier déplacé"
    moved.parent.mkdir()
    shutil.move(str(dossier_copy), moved)
    project = QgsProject()
    assert project.read(str(moved / "diagnostic.qgz")), project.error()
    layers = list(project.mapLayers().values())
    assert len(layers) > 30
    broken = [layer.name() for layer in layers if not layer.isValid()]
    assert not broken
    for layer in layers:
        assert Path(layer.source().split("|")[0]).parent == moved, layer.source()
    context = from_json((moved / "contexte.json").read_text(encoding="utf-8"))
    layouts = layouts_of(project)
    assert len(layouts) == context.pages - len(context.communes) + 1
    (atlas,) = [layout for layout in layouts if layout.atlas().enabled()]
    assert atlas.atlas().coverageLayer() is not None
    assert atlas.atlas().updateFeatures() == 45
    themes = set(project.mapThemeCollection().mapThemes())
    for layout in layouts:
        for item in layout.items():
            if hasattr(item, "followVisibilityPresetName") and item.followVisibilityPreset():
                assert item.followVisibilityPresetName() in themes
    assert project.crs().authid() == "EPSG:2154"


def test_layers_are_in_the_legal_projection_and_of_the_contract(gpkg: Path) -> None:
    from qgis.core import QgsVectorLayer

    wanted = {
        "communes", "voisins", "references", "sites", "etablissements", "isochrones",
        "chalandise", "penetration", "recrutement", "prospects", "zones_prospection", "provenance",
    }  # fmt: skip
    assert wanted <= set(unpack.layers(gpkg))
    for name in unpack.layers(gpkg):
        layer = QgsVectorLayer(f"{gpkg}|layername={name}", name, "ogr")
        assert layer.isValid() and layer.featureCount() > 0, name
        if layer.isSpatial():
            assert layer.crs().authid() == "EPSG:2154", name
            for item in layer.getFeatures():
                assert not item.hasGeometry() or item.geometry().isGeosValid(), (name, item.id())
    fields = {row.keys() >= {"site", "zone", "threshold", "share", "clients", "reach"}
              for row in unpack.rows(gpkg, "chalandise")}  # fmt: skip
    assert fields == {True}
    assert {"rank", "reason"} <= set(unpack.rows(gpkg, "prospects")[0])
    assert {"count", "target", "rate", "low", "high", "index", "status"} <= set(
        unpack.rows(gpkg, "penetration")[0]
    )


@pytest.mark.parametrize(
    ("profile", "said"),
    [("coodiag", ""), ("", ""), ("autre", "needs a new diagnosis"), ("inconnu", "neither a file")],
)
def test_the_atlas_of_a_dossier_is_that_of_its_profile(
    dossier_copy: Path, provider, tmp_path: Path, profile: str, said: str
) -> None:  # type: ignore[no-untyped-def]
    if profile == "autre":
        path = small_profile(tmp_path)
        profile = str(path)
    inputs = {"DOSSIER": str(dossier_copy), "PROFILE": profile, "ATLAS": str(tmp_path / "a.pdf")}
    algorithm = provider.algorithm("atlas")
    good, why = algorithm.checkParameterValues(inputs, QgsProcessingContext())
    assert good == (not said), why
    assert said in why
    (dossier_copy / "coodiag.json").write_text("{", encoding="utf-8")
    good, why = algorithm.checkParameterValues(inputs, QgsProcessingContext())
    assert good == (profile == ""), why


def test_the_atlas_prints_again_from_the_dossier(
    dossier_copy: Path, provider, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    import processing

    again = tmp_path / "atlas encore.pdf"
    results = processing.run(
        "coodiag:atlas",
        {"DOSSIER": str(dossier_copy), "COMMUNE_PAGES": False, "DPI": 72, "ATLAS": str(again)},
    )
    context = from_json((dossier_copy / "contexte.json").read_text(encoding="utf-8"))
    assert results["PAGES"] == context.pages - len(context.communes)
    text = unpack.pdf_text(again)
    assert text.count("\f") == results["PAGES"]
    title = context.chapters[0].pages[0].title
    assert re.sub(r"\s+", " ", title) in re.sub(r"\s+", " ", text)


@pytest.mark.slow
def test_what_a_service_did_not_give_is_failed_from_the_table_to_the_page(
    demo_run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    """A run whose services failed for two indicators: no page, a reason, and the signs of failure."""
    unprinted(monkeypatch)
    real = run.official

    @contextmanager
    def broken(*given: Any) -> Iterator[Any]:
        error = SourceError("{service}: the answer was cut.", service="Service fictif")
        with real(*given) as found:
            kept = tuple(
                file
                for file in found.inventory.files
                if file.dataset != "dares_defm" and "logement" not in file.name
            )
            failed = {"P_RP_VOIT1P": error, "job_seekers": error}
            inventory = replace(found.inventory, files=kept)
            yield replace(found, inventory=inventory, failed=failed)

    monkeypatch.setattr(run, "official", broken)
    folder = tmp_path / "echec"
    diagnose(options(demo_run.demo, folder), silent())
    for table_name, key in (("communes", "codgeo"), ("references", "unit")):
        for row in unpack.rows(folder / "diagnostic.gpkg", table_name):
            for name in ("part_sans_voiture", "demandeurs_emploi"):
                assert row[name] is None and row[f"{name}_etat"] == "echec", (row[key], name)
    context = from_json((folder / "contexte.json").read_text(encoding="utf-8"))
    assert "voiture" not in [page.id for chapter in context.chapters for page in chapter.pages]
    (left_out,) = [item for item in context.skipped if item.title == "Les ménages sans voiture"]
    assert "Service fictif" in left_out.reason
    (first, *_) = unpack.rows(folder / "diagnostic.gpkg", "communes")
    failing = {
        indicators()[name.removesuffix("_etat")].label
        for name, state in first.items()
        if name.endswith("_etat") and state == "echec"
    }
    assert {item.title for item in context.failures} == failing and len(failing) == 8
    (row,) = [
        item for item in context.key_table.rows if item.label == "Part des ménages sans voiture"
    ]
    assert set(row.cells) == {"…"}
    journal = (folder / "journal.txt").read_text(encoding="utf-8")
    assert journal.count("échec. Service fictif") == len(failing)
    (need,) = {
        str(item["need_source"]) for item in unpack.rows(folder / "diagnostic.gpkg", "recrutement")
    }
    assert need == "chomeurs", "the census stands in, and the pages say so"
