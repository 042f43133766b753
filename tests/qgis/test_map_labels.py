"""Names on a crowded map, measured on what QGIS really places: no overlap, the important ones first."""

from __future__ import annotations

import re

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.qgis_bridge import basemap, styling
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.point_styles import MOST_NAMES
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsLabelPosition,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

CRS, SIDE, COLUMNS, ROWS = "EPSG:2154", 2500.0, 14, 11
AROUND = 2  # rings of neighbours
WORDS = (
    "Val",
    "Bois-Fictif",
    "Saint-Exemple-du-Bocage",
    "La Chimère",
    "Moulin-la-Fable-sur-Mirage",
)
COUNT = d.Subject("population", "Population", "", 0, "stock", "demographie")


def population(rank: int) -> float:
    return float(80 + (rank * 7919) % 997 + (40_000 if rank == 75 else 0))


def cells(inside: bool) -> list[tuple[int, int]]:
    every = [(x, y) for x in range(COLUMNS) for y in range(ROWS)]

    def within(x: int, y: int) -> bool:
        return AROUND <= x < COLUMNS - AROUND and AROUND <= y < ROWS - AROUND

    return [cell for cell in every if within(*cell) == inside]


def communes(inside: bool) -> QgsVectorLayer:
    columns = {"codgeo": TEXT, "nom": TEXT, "population": REAL}
    rows = []
    for rank, (x, y) in enumerate(cells(inside)):
        row = {
            "codgeo": f"{rank:05d}",
            "nom": f"{WORDS[rank % len(WORDS)]} {rank}" if inside else f"Voisine {rank}",
            "population": population(rank),
        }
        left, low = 300_000 + SIDE * x, 6_700_000 + SIDE * y
        rows.append((row, QgsGeometry.fromRect(QgsRectangle(left, low, left + SIDE, low + SIDE))))
    return memory_layer("communes" if inside else "voisins", columns, "MultiPolygon", CRS, rows)


def points(number: int, name: str) -> QgsVectorLayer:
    columns = {"nom": TEXT, "name": TEXT, "kind": TEXT}
    rows = []
    for rank in range(number):
        place = QgsGeometry.fromWkt(
            f"Point({310_000 + 977 * rank % 14_000} {6_706_000 + 1733 * rank % 14_000})"
        )
        words = f"Atelier fictif numéro {rank}"
        rows.append(({"nom": words, "name": words, "kind": "a" if rank % 2 else "b"}, place))
    return memory_layer(name, columns, "Point", CRS, rows)


def placed(layers: list[QgsVectorLayer], corps: float = 1.0) -> list[QgsLabelPosition]:
    """Labels on a map of 180 × 140 mm at 100 dpi; ``corps``: enlargement of the paper."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(round(709 * corps), round(551 * corps)))
    settings.setOutputDpi(100)
    settings.setExtent(communes(False).extent())
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    scope = QgsExpressionContextScope()
    scope.setVariable("coodiag_corps", corps)
    context.appendScope(scope)
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    results = job.takeLabelingResults()
    # The positions live as long as the results: keep what is measured.
    return [QgsLabelPosition(label) for label in results.allLabels() if not label.isUnplaced]


def overlaps(labels: list[QgsLabelPosition]) -> list[tuple[str, str]]:
    return [
        (one.labelText, other.labelText)
        for rank, one in enumerate(labels)
        for other in labels[rank + 1 :]
        if one.labelGeometry.intersection(other.labelGeometry).area() > 0
    ]


@pytest.fixture(scope="module")
def ground(qgis_app: object) -> list[QgsVectorLayer]:
    names, around, sites = communes(True), communes(False), points(6, "sites")
    basemap.style_names(names, "population")
    basemap.style_neighbour_names(around)
    basemap.style_sites(sites)
    return [sites, names, around]


@pytest.mark.parametrize("corps", [1.0, 2**0.5, 2.0])
def test_names_of_the_ground_never_overlap(ground: list[QgsVectorLayer], corps: float) -> None:
    labels = placed(ground, corps)
    assert len(labels) > 40 and not overlaps(labels)
    texts = {label.labelText for label in labels}
    assert {f"Atelier fictif numéro {rank}" for rank in range(6)} <= texts, "sites go first"
    assert any(text.endswith(" 75") for text in texts), "the chief town is named"


def test_names_grow_with_the_paper(ground: list[QgsVectorLayer]) -> None:
    """On a paper twice as large the same names stand, twice as high."""
    small, large = (
        {label.labelText: label.height for label in placed(ground, corps)} for corps in (1.0, 2.0)
    )
    common = small.keys() & large.keys()
    assert len(common) > 0.8 * len(small)
    for name in common:  # in map units; 100 dpi rounds them to a pixel in ten
        assert large[name] == pytest.approx(small[name], rel=0.15)


def test_names_that_are_left_out_are_of_small_communes(ground: list[QgsVectorLayer]) -> None:
    shown = {label.labelText for label in placed(ground)}
    figures = {item["nom"]: item["population"] for item in ground[1].getFeatures()}
    kept = [figure for name, figure in figures.items() if name in shown]
    lost = [figure for name, figure in figures.items() if name not in shown]
    assert lost, "the map is crowded enough to have to choose"
    assert sum(kept) / len(kept) > sum(lost) / len(lost)


def test_names_of_circles_never_overlap() -> None:
    layer = communes(True)
    values = {str(rank): Value(population(rank)) for rank in range(layer.featureCount())}
    area = len(cells(True)) * SIDE**2
    styling.apply(layer, d.design_circles(COUNT, values, area))
    around, sites = communes(False), points(6, "sites")
    basemap.style_neighbour_names(around)
    basemap.style_sites(sites)
    labels = placed([sites, layer, around])
    assert len(labels) > 40 and not overlaps(labels)


def test_names_of_points_never_overlap_and_are_few() -> None:
    from coodiag.coodiag_plugin.analysis.points import PointKind, design_points

    kinds = [PointKind("a", "Genre A", "#0072b2"), PointKind("b", "Genre B", "#e69f00", "square")]
    for number, named in ((20, True), (MOST_NAMES + 1, False)):
        layer = points(number, "acteurs")
        held = [item["kind"] for item in layer.getFeatures()]
        styling.apply(layer, design_points("kind", "Acteurs", held, kinds))
        labels = placed([layer])
        assert bool(labels) == named and not overlaps(labels)


def test_every_size_of_a_name_follows_the_paper() -> None:
    """Whatever the style, the size of names is an expression of the variable of the layout."""
    for style in (basemap.style_names, basemap.style_neighbour_names):
        layer = communes(True)
        style(layer)
        settings = layer.labeling().settings()
        key = type(settings).Property.Size
        size = settings.dataDefinedProperties().property(key).expressionString()
        assert re.fullmatch(r".*\* coalesce\(@coodiag_corps, 1\)", size)
