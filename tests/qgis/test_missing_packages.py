"""A QGIS whose Python lacks a package: the plugin loads, says which and how to get it, and all
that does not need it goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from osgeo import ogr

PACKAGES = ("jinja2", "matplotlib", "numpy", "pandas", "requests", "scipy")
#: numpy is a part of the others.
WITH_NUMPY = ("numpy", "pandas", "scipy", "matplotlib")
#: One package after the other, then all of them.
LACKING = {
    **{name: WITH_NUMPY if name == "numpy" else (name,) for name in PACKAGES},
    "all": PACKAGES,
}
#: Algorithms that are run, with what each cannot do without.
NEEDS: dict[str, set[str]] = {
    "importtable": set(),
    "profile": set(),
    "roadspeeds": set(),
    "territory": {"pandas"},
    "isochrones": {"numpy", "scipy"},
    "selfevaluation": {"matplotlib"},
}


def parameters(demo: DemoPaths, folder: Path) -> dict[str, dict[str, Any]]:
    """Parameters of the algorithms that are run."""
    roads = str(demo.data_folder / "troncon_de_route.gpkg")
    return {
        "importtable": {
            "INPUT": str(demo.clients),
            "ROLE": "clients",
            "TABLE": str(folder / "clients.csv"),
            "ISSUES": str(folder / "remarques.csv"),
        },
        "profile": {"PROFILE": "ess", "OUTPUT": str(folder / "profil.json")},
        "roadspeeds": {"OUTPUT": str(folder / "vitesses.csv")},
        "territory": {
            "TERRITORY": demo.territory,
            "DATA_FOLDER": str(demo.data_folder),
            "COMMUNES": str(folder / "communes.gpkg"),
        },
        "isochrones": {
            "INPUT": str(_origin(roads, folder / "origine.geojson")),
            "ROADS": roads,
            "VALUES": "5",
            "OUTPUT": str(folder / "isochrones.gpkg"),
            "FAILED": "TEMPORARY_OUTPUT",
        },
        "selfevaluation": {
            "ANSWERS": str(demo.survey.parent / "cap" / "cap_2026.xlsx"),
            "OUTPUT_FOLDER": str(folder / "cap"),
            **dict.fromkeys(("TABLE", "PLAN", "ISSUES"), "TEMPORARY_OUTPUT"),
        },
    }


def _origin(roads: str, path: Path) -> Path:
    """A point at the start of the first road."""
    source = ogr.Open(roads)  # which keeps alive what is read of it
    road = source.GetLayer(0).GetNextFeature()
    x, y = road.GetGeometryRef().GetPoint_2D(0)
    shape = {"type": "Point", "coordinates": [x, y]}
    feature = {"type": "Feature", "properties": {"nom": "lieu"}, "geometry": shape}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    collection = {"type": "FeatureCollection", "crs": crs, "features": [feature]}
    path.write_text(json.dumps(collection))
    return path


@pytest.fixture(scope="module")
def told(demo: DemoPaths, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the plugin does in a Python of its own for each missing package, all at once."""
    started = {}
    for case, missing in LACKING.items():
        folder = tmp_path_factory.mktemp(f"sans {case}")
        folder.chmod(0o700)
        given = {"missing": missing, "root": str(ROOT), "runs": parameters(demo, folder)}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("COODIAG", "QGIS"))}
        started[case] = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("lacking.py"), json.dumps(given)],
            env={
                **kept,
                "QT_QPA_PLATFORM": "offscreen",
                "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
                "XDG_RUNTIME_DIR": str(folder),
                "COODIAG_CACHE": str(folder / "cache"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    said = {}
    for case, process in started.items():
        out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, f"without {case}: {out}\n{errors}"
        said[case] = json.loads(out.splitlines()[-1])
    return said


@pytest.mark.parametrize("case", LACKING)
def test_each_algorithm_says_what_is_missing_before_it_begins(
    told: dict[str, dict[str, Any]], case: str
) -> None:
    assert len(told[case]["says"]) > len(NEEDS)
    for name, (needed, sentence) in told[case]["says"].items():
        lacks = set(needed) & set(LACKING[case])
        assert ("The Python package" in sentence) == bool(lacks), f"{name}: {sentence}"
        if lacks:
            assert any(f"The Python package {each} is missing" in sentence for each in lacks)
            assert "sudo apt install python3-" in sentence and "OSGeo4W" in sentence


@pytest.mark.parametrize("case", LACKING)
def test_the_rest_goes_on(told: dict[str, dict[str, Any]], case: str) -> None:
    for name, (good, log) in told[case]["runs"].items():
        assert good != bool(NEEDS[name] & set(LACKING[case])), f"{name}: {log}"


@pytest.mark.parametrize("case", LACKING)
def test_the_windows_open(told: dict[str, dict[str, Any]], case: str) -> None:
    assert told[case]["raised"] == []
    assert set(told[case]["windows"]) == {"Guiding", "Editing", "Configuring"}
    for window, trace in told[case]["windows"].items():
        assert trace == "", f"{window}: {trace}"
