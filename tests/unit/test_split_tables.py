"""Figures on the commune list of the run: mergers, separations, tables earlier or later than it."""

from __future__ import annotations

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources.changes import Change, Changes
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.statistic_tables import Table
from hypothesis import given
from hypothesis import strategies as st

#: 35001 and 35002 merged in 2019; 35003 was separated into 35003 and 35004 in 2020.
CHANGES = Changes(
    [
        Change("2019-01-01", "35001", "Un", ("35001",), ("Un-Deux",)),
        Change("2019-01-01", "35002", "Deux", ("35001",), ("Un-Deux",)),
        Change("2020-01-01", "35003", "Trois", ("35003", "35004"), ("Trois", "Quatre")),
    ]
)
BEFORE = ["35001", "35002", "35003", "35005"]  # the list of 2018
AFTER = ["35001", "35003", "35004", "35005"]  # the list of 2021
Figures = dict[str, float]


class Listening(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def warn(self, template: str, **fields: object) -> None:
        self.warnings.append(template.format(**fields))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A file of the comparateur, for what a table asks of its family."""
    folder = tmp_path_factory.mktemp("table")
    text = "CODGEO;P18_POP;P13_POP;SUPERF;NBMENFISC19\n35001;1;1;1;1\n"
    (folder / "base_cc_comparateur.csv").write_text(text, encoding="utf-8")
    return scan(folder).of("comparateur")[0]


def placed(
    base: object, numbers: Figures, cog: int, known: list[str], progress: Silent | None = None
) -> Table:
    frame = pd.DataFrame({"CODGEO": list(numbers), "P18_POP": [str(n) for n in numbers.values()]})
    return Table(base, frame, "CODGEO", CHANGES, cog, known, progress or Silent())  # type: ignore[arg-type]


def read(table: Table, unit: str) -> float | State:
    value = table.cells("P18_POP", "P_POP", [unit])[unit]
    return value.state if value.number is None else value.number


def test_an_earlier_table_on_a_later_list(base: object) -> None:
    told = Listening()
    table = placed(base, dict(zip(BEFORE, (10, 20, 40, 80))), 2021, AFTER, told)
    assert read(table, "35001") == 30
    assert read(table, "35005") == 80
    assert read(table, "35003") is read(table, "35004") is State.ABSENT
    assert any("35003, 35004" in text for text in told.warnings)


def test_a_later_table_on_an_earlier_list(base: object) -> None:
    """What is merged in the table cannot be shared out; what it separates is added up."""
    told = Listening()
    table = placed(base, dict(zip(AFTER, (30, 25, 15, 80))), 2018, BEFORE, told)
    assert read(table, "35001") is read(table, "35002") is State.ABSENT
    assert read(table, "35003") == 40
    assert read(table, "35005") == 80
    assert any("35001, 35002" in text for text in told.warnings)


def test_a_part_alone_is_not_taken_for_the_whole(base: object) -> None:
    """An extract of the later list that lacks 35004: 35003 of the earlier list is not known."""
    numbers = {"35001": 30.0, "35003": 25.0, "35005": 80.0}
    assert read(placed(base, numbers, 2018, BEFORE), "35003") is State.ABSENT


Numbers = st.lists(st.integers(0, 10_000), min_size=4, max_size=4)


@given(Numbers)
@pytest.mark.parametrize(("listed", "cog", "known"), [(BEFORE, 2021, AFTER), (AFTER, 2018, BEFORE)])
def test_the_sum_over_the_table_is_that_of_its_rows(
    base: object, listed: list[str], cog: int, known: list[str], numbers: list[int]
) -> None:
    """Nothing is lost on the way: what stands under two communes counts once."""
    table = placed(base, {c: float(n) for c, n in zip(listed, numbers)}, cog, known)
    kept = [code for code in table.communes if code not in table.split]
    assert sum(v.number or 0 for v in table.cells("P18_POP", "P_POP", kept).values()) == sum(
        numbers
    )


@given(Numbers, Numbers)
def test_two_vintages_of_one_commune_are_of_the_same_ground(
    base: object, old: list[int], new: list[int]
) -> None:
    """Where both a table of 2018 and one of 2021 give a figure, it is that of the same communes."""
    made_of = {"35001": (0, 1), "35005": (3,)}
    earlier = placed(base, {c: float(n) for c, n in zip(BEFORE, old)}, 2021, AFTER)
    later = placed(base, {c: float(n) for c, n in zip(AFTER, new)}, 2021, AFTER)
    for rank, code in enumerate(AFTER):
        both = (read(earlier, code), read(later, code))
        if State.ABSENT not in both:
            assert both == (sum(old[at] for at in made_of[code]), new[rank])


def test_what_a_later_commune_is_made_of() -> None:
    assert CHANGES.made_of(2021, 2018) == {
        "35001": ("35001", "35002"),
        "35003": ("35003",),
        "35004": ("35003",),
    }
    assert CHANGES.made_of(2021, 2020) == {"35001": ("35001",), "35003": ("35003",)}
