"""Circles of a chapter that count the same thing have one ratio: their maps compare."""

from __future__ import annotations

from coodiag.coodiag_plugin.analysis.design import Subject, design_circles
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.edition.materials import PageMaterial, SheetMaterial
from coodiag.coodiag_plugin.qgis_bridge.pipeline.pages import SAME_CIRCLES, one_ratio

AREA = 7e8


def counted(name: str, unit: str, *counts: float) -> PageMaterial:
    values = {str(rank): Value(count) for rank, count in enumerate(counts)}
    design = design_circles(Subject(name, name, unit, 0, "stock"), values, AREA)
    subject = indicators()["population"]
    return PageMaterial(Page(name, name, "circles", "communes"), subject, "", (), design, values)


def test_the_largest_sum_gives_the_ratio() -> None:
    many, few, other = (
        counted("a", "étab.", 300, 100),
        counted("b", "étab.", 3),
        counted("c", "hab.", 5),
    )
    held: dict[str, PageMaterial | SheetMaterial] = {"a": many, "b": few, "c": other}
    one_ratio(held, ["a", "b", "c", "absente"])
    ratios = {key: item.design.circle_ratio for key, item in held.items() if isinstance(item, PageMaterial)}  # fmt: skip
    assert ratios["a"] == ratios["b"] == many.design.circle_ratio
    assert ratios["c"] == other.design.circle_ratio, "another unit keeps its own"
    for key, material in (("a", many), ("b", few)):
        design = held[key].design  # type: ignore[union-attr]
        assert SAME_CIRCLES in design.method
        total = sum(value.number or 0 for value in material.values.values())
        assert design.circle_ratio * total <= AREA / 7 * 1.000001


def test_one_map_alone_keeps_its_words() -> None:
    held: dict[str, PageMaterial | SheetMaterial] = {"c": counted("c", "hab.", 5)}
    one_ratio(held, ["c"])
    assert SAME_CIRCLES not in held["c"].design.method  # type: ignore[union-attr]
