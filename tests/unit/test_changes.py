"""Commune changes: mergers, splits, renumberings, and the year of a list told by its codes."""

from __future__ import annotations

import pandas as pd
import pytest
from coodiag.coodiag_plugin.sources.changes import COLUMNS, Changes

#: date, kind and code before, name, kind and code after. 27058/27676 is the true story of Les Trois Lacs.
LINES = [
    ("2017-01-01", "COM", "27058", "Bernières", "COMD", "27058"),
    ("2017-01-01", "COM", "27058", "Bernières", "COM", "27676"),
    ("2017-01-01", "COM", "27676", "Venables", "COM", "27676"),
    ("2017-01-01", "COM", "27676", "Venables", "COMD", "27676"),
    ("2021-01-01", "COM", "27676", "Les Trois Lacs", "COM", "27058"),
    ("2021-01-01", "COMD", "27058", "Bernières", "COM", "27676"),
    ("2023-01-01", "COM", "27058", "Les Trois Lacs", "COM", "27676"),
    ("2019-01-01", "COM", "35100", "Dompierre", "COM", "35163"),
    ("2019-01-01", "COM", "35163", "Luitré", "COM", "35163"),
    ("2008-06-15", "COM", "35130", "Hédé", "COM", "35130"),
    ("2008-06-15", "COM", "35130", "Hédé", "COM", "35317"),
    ("2008-06-15", "COMA", "35317", "Saint-Symphorien", "COM", "35317"),
    ("2022-01-01", "COM", "14689", "Le Hom", "COM", "14689"),
]


COLUMNS_IN_ORDER = ["DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP"]
NAMES = {"27676": "Les Trois Lacs", "27058": "Les Trois Lacs", "35163": "Luitré-Dompierre",
         "14689": "Thury-Harcourt-le-Hom"}  # fmt: skip


@pytest.fixture
def changes() -> Changes:
    table = pd.DataFrame(LINES, columns=COLUMNS_IN_ORDER)
    table["LIBELLE_AP"] = [NAMES.get(line[-1], "Ailleurs") for line in LINES]
    return Changes.from_table(table)


def test_the_name_taken_since(changes: Changes) -> None:
    assert changes.name_since("35163", 2018) == "Luitré-Dompierre"
    assert changes.name_since("14689", 2021) == "Thury-Harcourt-le-Hom"
    assert changes.name_since("14689", 2022) is None


def test_columns_are_those_of_the_table() -> None:
    assert set(COLUMNS) == {*COLUMNS_IN_ORDER, "LIBELLE_AP"}


def test_a_merged_code_becomes_its_commune(changes: Changes) -> None:
    assert changes.current("35100") == ("35163",)
    assert changes.current("35100", 2018) == ("35163",)
    assert changes.current("35100", 2018, 2018) == ("35100",)


def test_a_commune_that_absorbed_or_was_renamed_stays(changes: Changes) -> None:
    assert changes.current("35163", 2010) == ("35163",)
    assert changes.current("14689", 2010) == ("14689",)


def test_a_code_taken_back_means_something_else_at_each_date(changes: Changes) -> None:
    assert changes.current("27058", 2016) == ("27676",)
    assert changes.current("27676", 2018) == ("27676",)
    assert changes.current("27676", 2018, 2021) == ("27058",)
    assert changes.current("27058", 2021) == ("27676",)
    assert changes.current("27058") == ("27676",)
    assert changes.current("27676") == ("27676",)


def test_a_split_gives_every_part(changes: Changes) -> None:
    assert changes.current("35130", 2005) == ("35130", "35317")
    assert changes.current("35130", 2010) == ("35130",)
    assert changes.convert(["35130", "35100"], 2005) == {
        "35130": ("35130", "35317"),
        "35100": ("35163",),
    }


def test_unknown_codes_and_arrondissements(changes: Changes) -> None:
    assert changes.current("75112", 2010) == ("75056",)
    assert changes.current("35238", 2010) == ("35238",)
    assert changes.current("69381", 2010) == ("69123",)


@pytest.mark.parametrize(
    ("codes", "declared", "year"),
    [
        ({"35100", "35163", "27676"}, None, 2018),
        ({"35163", "27676", "35317"}, None, 2023),
        ({"35163", "27058"}, None, 2022),
        ({"35163", "27058"}, 2018, 2022),
        ({"35163", "27676"}, 2026, 2026),
        ({"35100", "35163", "27676"}, 2026, 2018),
        ({"35238"}, None, 2023),
    ],
)
def test_the_codes_tell_the_year_of_a_list(
    changes: Changes, codes: set[str], declared: int | None, year: int
) -> None:
    assert changes.list_year(codes, declared) == year


def test_existence(changes: Changes) -> None:
    assert [changes.existed("27058", y) for y in (2016, 2018, 2021, 2022, 2023)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert not changes.existed("35317", 2008)
    assert changes.existed("35317", 2009)


def test_a_code_off_the_list_of_its_table_is_followed_from_its_last_change(
    changes: Changes,
) -> None:
    assert changes.since("35100", 2018, 2023) == 2018
    assert changes.since("35100", 2022, 2023) is None
    assert changes.since("35163", 2025, 2023) is None
    assert changes.since("35163", 0, 2023) is None


def test_without_a_table_nothing_is_converted() -> None:
    empty = Changes()
    assert not empty
    assert empty.year is None
    assert empty.current("35100", 2010) == ("35100",)
    assert empty.list_year({"35100"}, 2020) == 2020
    assert empty.list_year({"35100"}) is None
