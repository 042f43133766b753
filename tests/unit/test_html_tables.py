"""What a cell sorts by, what a legend shows, which names a map bears."""

from __future__ import annotations

import math

import pytest
from coodiag.coodiag_plugin.core.french import number as french_number
from coodiag.coodiag_plugin.edition.context import MapPage, Table, TableRow
from coodiag.coodiag_plugin.edition.html.legend import legend, scale_bar
from coodiag.coodiag_plugin.edition.html.names import LEVELS, Taken, Wanted, placed
from coodiag.coodiag_plugin.edition.html.scene import WIDTH
from coodiag.coodiag_plugin.edition.html.tables import cell, grid, number
from coodiag.tests.unit import html_samples as html
from coodiag.tests.unit import report_samples as samples
from hypothesis import given
from hypothesis import strategies as st

N, T = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"12{T}346", 12346.0),
        (f"−0,20{N}%", -0.2),
        (f"+1,18{N}%", 1.18),
        (f"20{T}150{N}€", 20150.0),
        ("0", 0.0),
        (f"1{T}234{T}567,5", 1234567.5),
        (f"14{N}min", 14.0),
        ("Demoville", None),
        ("", None),
    ],
)
def test_printed_figures_are_numbers_again(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_a_figure_written_is_the_figure_read(count: int, decimals: int) -> None:
    value = count / 10**decimals
    assert number(french_number(value, decimals, signed=True)) == pytest.approx(value)


@pytest.mark.parametrize("sign", ["s", "…", "///", "n.s."])
def test_signs_have_words_and_no_number(sign: str) -> None:
    made = cell(sign)
    assert made.spoken and made.sort == ""


def test_columns_of_figures_and_of_words_are_told_apart() -> None:
    rows = (
        TableRow("a", ("12", "Zone 1", "")),
        TableRow("b", ("s", "3 lieux ouverts toute l’année aux habitants", "")),
    )
    assert grid(Table(("Nom", "Nombre", "Texte", "Vide"), rows)).figures == (
        False, True, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("metres", [0.5, 3.0, 11.0, 40.0, 250.0])
def test_the_scale_bar_is_round_and_holds_in_a_fifth_of_the_map(metres: float) -> None:
    units, text = scale_bar(metres)
    length = number(text) or 0.0
    length *= 1000 if "km" in text else 1
    assert units == round(length / metres)
    assert WIDTH / 15 < units <= WIDTH / 5
    assert length in {step * 10**power for step in (1, 2, 5) for power in range(7)}


def maps() -> list[MapPage]:
    return [page for chapter in samples.context().chapters for page in chapter.pages]


@pytest.mark.parametrize("page", maps(), ids=lambda page: page.id)
def test_a_legend_shows_each_look_of_its_map_once(page: MapPage) -> None:
    made = legend(page.design, html.scene(page))
    shown = [line.entry for group in made.groups for line in group.lines]
    shown += [line.entry for row in (made.cross.rows if made.cross else ()) for line in row]
    first = 1 if page.design.kind == "circles" else 0
    assert sorted(shown) == list(range(first, len(html.scene(page).entries)))
    areas = [circle.radius**2 for circle in made.circles]
    values = sorted(page.design.circle_values, reverse=True)
    for area, value in zip(areas, values):
        assert math.isclose(area / areas[0], value / values[0], rel_tol=0.05)


def test_names_do_not_lie_over_one_another_at_any_scale() -> None:
    asked = [
        Wanted(f"Commune {rank}", 300 + 150 * (rank % 20), 300 + 90 * (rank // 20))
        for rank in range(80)
    ]
    made = placed(asked, 3000, (Taken(1000, 800, 10, 90, 10),))
    assert made[0].level == LEVELS[0] and len({name.level for name in made}) > 2
    for level in LEVELS:
        shown = [name for name in made if name.level >= level]
        for rank, one in enumerate(shown):
            for other in shown[rank + 1 :]:
                apart = abs(one.x - other.x) >= 40 * level or abs(one.y - other.y) >= 12 * level
                assert apart, (one, other, level)
