"""Bad input gives one clear sentence, and no half-written dossier."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.qgis.test_diagnostic import SMALL, small_profile
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

Change = Callable[[DemoPaths, Path], dict[str, Any]]
#: Three communes: what can be refused only after the communes are known is refused sooner.
FEW = "COM:53926,53918,53920"


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def polygons(crs: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}" if crs else "Polygon", "secteur", "memory")
    item = QgsFeature()
    item.setGeometry(QgsGeometry.fromRect(QgsRectangle(420000, 6780000, 440000, 6800000)))
    layer.dataProvider().addFeature(item)
    layer.updateExtents()
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    return layer


def unplaced() -> QgsVectorLayer:
    """Polygons with the CRS that a GeoPackage gives a layer that has none."""
    layer = polygons("EPSG:2154")
    layer.setCrs(
        QgsCoordinateReferenceSystem.fromWkt(
            'GEOGCS["Undefined geographic SRS",DATUM["unknown",SPHEROID["unknown",6378137,298.257]],'
            'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
        )
    )
    assert layer.crs().isValid()
    return layer


def roads(x: float) -> QgsVectorLayer:
    layer = QgsVectorLayer(
        "LineString?crs=EPSG:2154&field=highway:string", "routes-lointaines", "memory"
    )
    for rank in range(5):
        item = QgsFeature(layer.fields())
        item.setAttributes(["primary"])
        item.setGeometry(
            QgsGeometry.fromWkt(f"LINESTRING({x} {6200000 + rank}, {x + 900} 6200900)")
        )
        layer.dataProvider().addFeature(item)
    layer.updateExtents()
    return layer


def loaded(layer: QgsVectorLayer) -> QgsVectorLayer:
    QgsProject.instance().addMapLayer(layer)
    return layer


def broken_profile(demo: DemoPaths, folder: Path) -> dict[str, Any]:
    path = small_profile(folder)
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["chapters"][0]["pages"][0]["indicator"] = "indicateur_inconnu"
    return {"PROFILE": write(folder, "mauvais.json", json.dumps(whole))}


def damaged_workbook(demo: DemoPaths, folder: Path) -> dict[str, Any]:
    path = folder / "clients.xlsx"
    path.write_bytes(demo.sites.read_bytes()[:700])
    return {"CLIENTS": str(path)}


CASES: dict[str, tuple[Change, str]] = {
    "missing file": (
        lambda demo, t: {"CLIENTS": str(t / "absent.csv")},
        r"absent\.csv does not exist",
    ),
    "a folder for a file": (lambda demo, t: {"CLIENTS": str(t)}, r"does not exist|not a file|CLIENTS"),
    "empty file": (
        lambda demo, t: {"CLIENTS": write(t, "vide.csv", "")},
        r"vide\.csv is empty",
    ),
    "file of blank lines": (
        lambda demo, t: {"BENEFICIARIES": write(t, "blancs.csv", ";;;\n\n;;\n")},
        r"blancs\.csv is empty",
    ),
    "header without rows": (
        lambda demo, t: {"CLIENTS": write(t, "titres.csv", "Nom;Adresse;CP;Ville\n")},
        r"titres\.csv has column names but no row",
    ),
    "damaged workbook": (damaged_workbook, r"clients\.xlsx"),
    "old workbook": (
        lambda demo, t: {"CLIENTS": write(t, "clients.xls", "x")},
        r"clients\.xls is an old Excel",
    ),
    "no address column": (
        lambda demo, t: {"CLIENTS": write(t, "sans.csv", "Nom;Montant\nA;12\nB;13\nC;15\n")},
        r"sans\.csv.*(address|postcode|town)",
    ),
    "unknown commune code": (lambda demo, t: {"TERRITORY": "COM:53999"}, r"53999"),
    "malformed code": (
        lambda demo, t: {"TERRITORY": "EPCI:12"},
        r"“12” is not a EPCI code.*EPCI:243500139",
    ),
    "department that is none": (lambda demo, t: {"TERRITORY": "DEP:97"}, r"97"),
    "unknown name": (lambda demo, t: {"TERRITORY": "Nulle-Part"}, r"“Nulle-Part”"),
    "no territory": (lambda demo, t: {"TERRITORY": "  "}, r"No territory was given"),
    "polygons without CRS": (
        lambda demo, t: {"AREA": loaded(polygons("")), "TERRITORY": ""},
        r"secteur.*no coordinate reference system",
    ),
    "polygons of a GeoPackage without CRS": (
        lambda demo, t: {"AREA": loaded(unplaced()), "TERRITORY": ""},
        r"secteur.*no coordinate reference system",
    ),
    "polygons elsewhere": (
        lambda demo, t: {"AREA": loaded(polygons("EPSG:3857")), "TERRITORY": ""},
        r"secteur",
    ),
    "area file that is not there": (
        lambda demo, t: {"AREA": str(t / "secteur.gpkg")},
        r"AREA|secteur",
    ),
    "no client located": (
        lambda demo, t: {
            "CLIENTS": write(
                t, "loin.csv", "Nom;Adresse;CP;Ville\nA;1 rue X;99138;Ailleurs\nB;2 rue Y;99139;Là-bas\n"
            )
        },
        r"No row of the file of .*could be located: 2 rows",
    ),
    "roads elsewhere": (
        lambda demo, t: {"ROADS": loaded(roads(700000))},
        r"routes-lointaines does not cover the territory",
    ),
    "road file that is not there": (
        lambda demo, t: {"ROADS": str(t / "routes.gpkg")},
        r"ROADS|routes",
    ),
    "addresses that are not there": (
        lambda demo, t: {"BAN": str(t / "adresses-53.csv.gz")},
        r"adresses-53\.csv\.gz does not exist",
    ),
    "empty folder of addresses": (
        lambda demo, t: {"BAN": str(t)},
        r"BAN",
    ),
    "unknown profile": (
        lambda demo, t: {"PROFILE": "cress-bretagne"},
        r"“cress-bretagne” is neither a file nor one of coodiag",
    ),
    "wrong profile": (
        broken_profile,
        r"mauvais\.json cannot be used: line \d+, in .*indicateur_inconnu",
    ),
    "profile that is no JSON": (
        lambda demo, t: {"PROFILE": write(t, "p.json", "{titre: 1}")},
        r"p\.json is not valid JSON: line 1",
    ),
    "thresholds that are words": (
        lambda demo, t: {"THRESHOLDS": "soixante"},
        r"THRESHOLDS must be a list of numbers.*“soixante”",
    ),
    "thresholds out of range": (lambda demo, t: {"THRESHOLDS": "60,180"}, r"percentages.*60,180"),
    "thresholds that fall": (lambda demo, t: {"THRESHOLDS": "95,60"}, r"ascending.*95,60"),
    "no threshold": (lambda demo, t: {"THRESHOLDS": "  "}, r"THRESHOLDS|thresholds"),
    "too small a secrecy": (lambda demo, t: {"MIN_COUNT": 2}, r"MIN_COUNT"),
    "a date that is none": (lambda demo, t: {"DATE": "31/03/2026"}, r"“31/03/2026” is not a date"),
    "folder of data that is not there": (
        lambda demo, t: {"DATA_FOLDER": str(t / "donnees")},
        r"does not exist|DATA_FOLDER",
    ),
    "empty folder of data": (
        lambda demo, t: {"DATA_FOLDER": str(t)},
        r"holds no official file",
    ),
    "no folder of data": (lambda demo, t: {"SOURCE": "folder", "DATA_FOLDER": ""}, r"data folder.*DATA_FOLDER"),
    "online without network": (lambda demo, t: {"SOURCE": "online"}, r"geo\.api\.gouv\.fr.*cannot be found.*internet connection"),
    "addok without its address": (lambda demo, t: {"SERVICE": "addok"}, r"address in URL"),
    "house style": (lambda demo, t: {"HOUSE_STYLE": str(t / "absente")}, r"house style absente is not"),
}  # fmt: skip


def sentence_of(parameters: dict[str, Any], feedback: QgsProcessingFeedback | None = None) -> str:
    """What the user reads when a run is refused, at the check or during the work."""
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("coodiag:diagnostic")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    good, why = algorithm.checkParameterValues(parameters, context)
    if not good:
        return str(why)
    assert algorithm.prepare(parameters, context, QgsProcessingFeedback(False))
    with pytest.raises(QgsProcessingException) as caught:
        algorithm.processAlgorithm(parameters, context, feedback or QgsProcessingFeedback(False))
    return str(caught.value)


def clear(text: str) -> bool:
    """One or two sentences, no trace of a program."""
    assert not re.search(r"Traceback|Error\b|Exception|\{\w*\}|None|0x[0-9a-f]+|\n", text), text
    if text.startswith("Incorrect parameter value for "):
        return True  # QGIS's own words for a layer that does not open or a number out of range
    return 20 < len(text) < 500 and text.rstrip().endswith((".", "…", "?"))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """An output folder that holds a dossier already."""
    folder = tmp_path / "sortie"
    (folder / "confidentiel").mkdir(parents=True)
    for name in ("atlas.pdf", "diagnostic.gpkg", "confidentiel/personnes.gpkg", "notes.txt"):
        (folder / name).write_bytes(b"avant " + name.encode())
    return folder


def given(demo: DemoPaths, output: Path, **changes: Any) -> dict[str, Any]:
    base = {
        "TERRITORY": FEW,
        "STRUCTURE": "Association Exemple (fictive)",
        "SITES": str(demo.sites),
        "CLIENTS": str(demo.clients),
        "DATA_FOLDER": str(demo.data_folder),
        "DATE": "2026-03-31",
        "DPI": 72,
        "FORMATS": ["xlsx"],
        "COMMUNE_PAGES": False,
        "OUTPUT_FOLDER": str(output),
    }
    return {**base, **changes}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_in_a_sentence_and_leaves_the_earlier_dossier(
    provider: Any, demo: DemoPaths, earlier: Path, tmp_path: Path, case: str
) -> None:
    change, words = CASES[case]
    place = tmp_path / "entrees"
    place.mkdir()
    before = snapshot(earlier)
    text = sentence_of(given(demo, earlier, **change(demo, place)))
    assert re.search(words, text, re.DOTALL), text
    assert clear(text), text
    assert snapshot(earlier) == before


@pytest.mark.parametrize("case", ["empty file", "no client located", "wrong profile"])
def test_a_new_output_folder_is_not_left_behind(
    provider: Any, demo: DemoPaths, tmp_path: Path, case: str
) -> None:
    change, words = CASES[case]
    place = tmp_path / "entrees"
    place.mkdir()
    output = tmp_path / "sortie"
    text = sentence_of(given(demo, output, **change(demo, place)))
    assert re.search(words, text, re.DOTALL), text
    assert not output.exists()


def test_an_output_that_cannot_be_written_is_refused_first(
    provider: Any, demo: DemoPaths, tmp_path: Path
) -> None:
    """A file stands where the folder should be: root passes over permissions, not over this."""
    output = tmp_path / "sortie"
    output.write_text("un fichier", encoding="utf-8")
    heard = Listening()
    text = sentence_of(given(demo, output), heard)
    assert "cannot be written" in text and clear(text)
    assert output.read_text(encoding="utf-8") == "un fichier"
    assert not any("Territory" in said for said in heard.said), (
        "refused before anything is computed"
    )


class Listening(QgsProcessingFeedback):
    """Keeps what is said, and cancels at the first sentence that holds ``until``."""

    def __init__(self, until: str = "") -> None:
        super().__init__(False)
        self.said: list[str] = []
        self._until = until

    def pushInfo(self, info: str | None) -> None:
        self.said.append(info or "")
        if self._until and self._until in (info or ""):
            self.cancel()


@pytest.mark.parametrize(
    "until",
    [
        "Reading the data folder",
        "Territory and indicators",
        "Locating addresses",
        "Zones and crossings",
        "Printing the atlas",
    ],
)
def test_a_cancel_stops_soon_and_leaves_the_earlier_dossier(
    provider: Any, demo: DemoPaths, earlier: Path, until: str
) -> None:
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("coodiag:diagnostic")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    before = snapshot(earlier)
    heard = Listening(until)
    parameters = given(demo, earlier)
    assert algorithm.prepare(parameters, context, heard)
    assert algorithm.processAlgorithm(parameters, context, heard) == {}
    assert any(until in said for said in heard.said), heard.said
    first = next(rank for rank, said in enumerate(heard.said) if until in said)
    after = heard.said[first:]
    assert len(after) < 12, after
    assert snapshot(earlier) == before


def test_the_small_profile_of_these_tests_is_a_good_one(tmp_path: Path) -> None:
    from coodiag.coodiag_plugin.core.profiles import load_profile

    assert len(load_profile(small_profile(tmp_path)).pages()) == 2
    assert "id" in SMALL
