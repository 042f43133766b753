"""Charts: what is drawn is what the data says, whatever is missing, and always the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.chart_pen import breadth, family, folded
from coodiag.coodiag_plugin.edition.context import Chart, Series
from hypothesis import given, settings
from hypothesis import strategies as st

COLOUR = "#8a3b12"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Familles", "Ménages & voitures", "<Emploi>")


def chart(kind: str, *series: tuple[float | None, ...], categories: int = 3) -> Chart:
    made = tuple(
        Series(
            f"Série {rank}",
            values,
            tuple("s" if value is None else f"t{rank}-{at}" for at, value in enumerate(values)),
        )
        for rank, values in enumerate(series, 1)
    )
    return Chart(kind, "Titre", NAMES[:categories], made, "France", 100.0, 100.0)


def texts(drawing: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def drawn(item: Chart) -> str:
    return charts.svg(item, 129, charts.height_of(item, 129), COLOUR)


@pytest.mark.parametrize("kind", charts.KINDS)
def test_every_figure_and_category_is_a_text_of_the_shipped_family(kind: str) -> None:
    second = () if kind == "index" else ((20.0, 30.0, 50.0),)
    item = chart(kind, (50.0, 30.0, 20.0), *second)
    picture = drawn(item)
    joined = " ".join(texts(picture))
    if kind != "lorenz":  # its points are told by its marks
        assert all(name in joined for name in NAMES[: 2 if kind == "slope" else 3])
    if kind not in ("radar", "lorenz"):
        assert all(f"t1-{at}" in joined for at in range(2 if kind == "slope" else 3))
    assert "font: " not in picture, "Qt does not read the shorthand"
    assert set(re.findall(r"font-family: '([^']+)'", picture)) == {family()}


def test_labels_are_measured_without_their_outlines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extent of the outlines took seconds a chart; the advance is that, or a little more."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    names = ("Santé humaine et action sociale", "12\u202f345", "Pays de Fictange\n(100)")
    face = FontProperties(family=family(), size=8.0)
    exact = [
        max(TextPath((0, 0), line, prop=face).get_extents().width for line in name.split("\n"))
        for name in names
    ]

    def slow(*arguments: object, **options: object) -> None:
        raise AssertionError("the outlines of a label are looked at")

    monkeypatch.setattr(Path, "get_extents", slow)
    for name, width in zip(names, exact):
        assert 0 <= breadth(name, 8.0) - width / 72 * 25.4 <= 1.0, name


def test_a_name_is_folded_between_its_words_and_ended_where_it_is_too_long() -> None:
    name = "Personnes de quinze à vingt-quatre ans ni en emploi ni en formation"
    folds = folded(name, 40.0, 8.0, 2).split("\n")
    assert len(folds) == 2 and folds[1].endswith("…")
    assert all(breadth(line, 8.0) <= 40.0 for line in folds)
    assert folded(name, 40.0, 8.0, 9).replace("-\n", "-").replace("\n", " ") == name
    assert folded("12\u202f345\u00a0%", 5.0, 8.0, 1).endswith("…")
    assert all(breadth(line, 8.0) <= 20.0 for line in folded("x" * 90, 20.0, 8.0, 3).split("\n"))


@pytest.mark.parametrize("kind", charts.KINDS)
def test_a_missing_figure_is_a_sign_and_not_a_bar_of_zero(kind: str) -> None:
    whole = drawn(chart(kind, (40.0, 30.0, 30.0), (10.0, 10.0, 80.0)))
    holed = drawn(chart(kind, (40.0, None, 30.0), (10.0, None, 80.0)))
    assert whole != holed
    if kind in ("bars", "pyramid", "index"):
        assert "s" in texts(holed)


@pytest.mark.parametrize("kind", charts.KINDS)
def test_the_same_chart_gives_the_same_bytes(kind: str) -> None:
    item = chart(kind, (40.0, 30.0, 30.0), (10.0, 10.0, 80.0))
    assert drawn(item) == drawn(item)


def test_the_length_of_a_bar_is_its_figure() -> None:
    picture = drawn(chart("bars", (40.0, 20.0, 10.0)))
    bars = re.findall(
        r'd="M ([\d.]+) [\d.]+ \nL ([\d.]+) [\d.]+ [^"]*" [^>]*fill: #8a3b12', picture
    )
    lengths = [abs(float(right) - float(left)) for left, right in bars]
    assert lengths == pytest.approx([lengths[0], lengths[0] / 2, lengths[0] / 4], rel=1e-3)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="camembert"):
        drawn(chart("camembert", (1.0, 2.0, 3.0)))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(charts.KINDS),
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False)), min_size=3, max_size=3),
)
def test_any_figures_can_be_drawn(kind: str, values: list[float | None]) -> None:
    picture = drawn(chart(kind, tuple(values), (1.0, None, 2.0)))
    paths = ElementTree.fromstring(picture).iter(f"{SVG}path")
    assert not any("nan" in path.get("d", "") for path in paths)
