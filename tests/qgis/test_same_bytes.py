"""The tables of a GeoPackage are the same whatever the order of hashes and the hour."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import importlib.util, sys
from pathlib import Path
from qgis.core import QgsApplication, QgsGeometry, QgsRectangle, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
spec = importlib.util.spec_from_file_location("coodiag", {init!r}, submodule_search_locations=[{root!r}])
package = importlib.util.module_from_spec(spec)
sys.modules["coodiag"] = package
spec.loader.exec_module(package)
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge import autostyle, layers, styling
def square(rank):
    return QgsGeometry.fromRect(QgsRectangle(350000 + 1000 * rank, 6780000, 351000 + 1000 * rank, 6781000))
rows = [
    (dict(codgeo="3500%d" % rank, nom="Mirage", taux=float(rank * rank % 7 + rank)), square(rank))
    for rank in range(9)
]
columns = dict(codgeo=layers.TEXT, nom=layers.TEXT, taux=layers.REAL)
made = layers.memory_layer("communes", columns, "MultiPolygon", "EPSG:2154", rows)
path = Path(sys.argv[1])
layers.write_geopackage(path, [made])
layer = QgsVectorLayer(str(path) + "|layername=communes", "communes", "ogr")
styling.apply(layer, autostyle.design_layer(layer, "taux", "quantile", 4, [], Silent()), limits=True)
styling.save_style(layer, "taux", True)
again = QgsVectorLayer(str(path) + "|layername=communes", "communes", "ogr")
def look(one):
    rules = one.renderer().rootRule().children()
    return [(r.filterExpression(), r.label(), r.symbol() and r.symbol().dump()) for r in rules]
assert look(again) == look(layer) and look(layer)
assert again.labelsEnabled() == layer.labelsEnabled()
del layer, again
app.exitQgis()
"""


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as base:
        return {
            name: base.execute(f"SELECT * FROM {name}").fetchall()
            for name in ("gpkg_contents", "layer_styles", "communes")
        }


def test_two_runs_write_the_same_tables(tmp_path: Path) -> None:
    """In two processes whose hashes differ; the style read again draws the same."""
    found = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.gpkg"
        subprocess.run(
            [
                sys.executable,
                "-c",
                SCRIPT.format(init=str(ROOT / "__init__.py"), root=str(ROOT)),
                str(path),
            ],
            check=True,
            timeout=120,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "QT_HASH_SEED": seed,
                "QT_QPA_PLATFORM": "offscreen",
                "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path),
            },
        )
        found.append(tables(path))
    assert found[0] == found[1]
    assert {row[4] for row in found[0]["gpkg_contents"]} == {"1970-01-01T00:00:00.000Z"}
    assert len(found[0]["layer_styles"]) == 1
