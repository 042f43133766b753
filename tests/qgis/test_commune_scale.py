"""The maps of the communes: each fills its own with room around, or one scale for all."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.layouts.commune_page import (
    FIT,
    FIXED,
    MAP_HEIGHT,
    MAP_WIDTH,
    MARGIN,
    SCALES,
    common_scale,
    rescale,
    scale_of,
)
from coodiag.tests.qgis.layout_items import CRS, Made, make
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsGeometry, QgsPrintLayout, QgsRectangle, QgsVectorLayer


@pytest.fixture(scope="module", params=["A4", "A3"])
def paper(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def fixed(qgis_app, paper: str) -> Made:  # type: ignore[no-untyped-def]
    return make(samples.context(), paper=paper, commune_scale=FIXED)


def communes(made: Made) -> QgsPrintLayout:
    (layout,) = [layout for layout in made.layouts if layout.atlas().enabled()]
    return layout


def walk(layout: QgsPrintLayout) -> list[tuple[float, bool, float, float]]:
    """Scale of each commune's map, whether it holds the commune, the bar: metres on the map (mm)."""
    atlas, found = layout.atlas(), []
    atlas.beginRender()
    for rank in range(atlas.updateFeatures()):
        atlas.seekTo(rank)
        layout.refresh()
        drawn, bar = layout.itemById("carte.principale"), layout.itemById("echelle")
        feature = layout.reportContext().feature().geometry().boundingBox()
        ground = bar.unitsPerSegment() * 1000 * bar.numberOfSegments()
        printed = ground / drawn.extent().width() * drawn.rect().width()
        found.append((drawn.scale(), drawn.extent().contains(feature), ground, printed))
    atlas.endRender()
    return found


def test_one_round_scale_for_all_which_holds_the_largest(fixed: Made, paper: str) -> None:
    found = walk(communes(fixed))
    scales = {round(scale) for scale, _, _, _ in found}
    assert len(found) == 13 and len(scales) == 1
    assert scales <= {round(scale) for scale in SCALES}
    assert all(held for _, held, _, _ in found)
    assert len({ground for _, _, ground, _ in found}) == 1


def test_each_commune_fills_its_map(qgis_app, paper: str) -> None:  # type: ignore[no-untyped-def]
    made = make(samples.context(), paper=paper, commune_scale=FIT)
    found = walk(communes(made))
    assert all(held for _, held, _, _ in found)
    assert shares(made) == pytest.approx([1 / (1 + MARGIN)] * 13, abs=0.02)


def shares(made: Made) -> list[float]:
    """Part of its map that each commune takes, in its longer direction."""
    layout, found = communes(made), []
    atlas = layout.atlas()
    atlas.beginRender()
    for rank in range(atlas.updateFeatures()):
        atlas.seekTo(rank)
        layout.refresh()
        drawn = layout.itemById("carte.principale").extent()
        box = layout.reportContext().feature().geometry().boundingBox()
        found.append(max(box.width() / drawn.width(), box.height() / drawn.height()))
    atlas.endRender()
    return found


def test_the_bar_of_scale_is_right_at_both(fixed: Made, paper: str) -> None:
    layout = communes(fixed)
    layers = fixed.project.mapLayersByName("fiches")
    grown = 1.0 if paper == "A4" else 2**0.5
    for choice in (FIT, FIXED):
        rescale(layout, layers[0], choice)
        assert scale_of(layout) == choice
        for scale, _, ground, printed in walk(layout):
            assert printed == pytest.approx(ground / scale * 1000, rel=0.01)
            assert 19 * grown <= printed <= 43 * grown
            kilometres = f"{ground / 1000:g}"
            assert kilometres.strip("0").replace(".", "") in {
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "8",
                "15",
            }


def shaped(*sides: float) -> QgsVectorLayer:
    rows = [
        ({"codgeo": str(rank)}, QgsGeometry.fromRect(QgsRectangle(0, 0, side, side / 2)))
        for rank, side in enumerate(sides)
    ]
    return memory_layer("fiches", {"codgeo": TEXT}, "MultiPolygon", CRS, rows)


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((1_000.0, 2_000.0), 25_000.0),
        ((2_000.0, 9_000.0), 100_000.0),  # 9 km × 1.05 on 118 mm ask for 1:80 085
        ((80_000.0,), 720_000.0),  # Arles, Maripasoula: beyond the list, still round
    ],
)
def test_the_common_scale_is_the_largest_round_one(
    qgis_app,
    sides: tuple[float, ...],
    expected: float,  # type: ignore[no-untyped-def]
) -> None:
    found = common_scale(shaped(*sides), MAP_WIDTH, MAP_HEIGHT)
    assert found == expected
    assert max(sides) * 1.05 / found * 1000 <= MAP_WIDTH
