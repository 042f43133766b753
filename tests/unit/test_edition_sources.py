"""Sources as printed: every field that the issue asks for, dealt without overflow, and traced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.edition.sources import (
    COLUMNS,
    WIDTHS,
    apart,
    deal,
    lines_at_most,
    printed_row,
    served,
)
from hypothesis import given
from hypothesis import strategies as st

ONLINE = Provenance(
    "melodi_commune",
    "Statistiques locales, communes (Melodi)",
    "Insee",
    "RP 2021",
    "2024",
    "melodi_rp.csv",
    "a" * 64,
    "2026-03-01",
    attribution="Insee",
    service="Insee, API Melodi",
    address="https://api.insee.fr/melodi",
)
ROADS = Provenance(
    "osm_xml",
    "OpenStreetMap, voies",
    "Contributeurs OpenStreetMap",
    "",
    file="voies.osm",
    retrieved="2026-03-31",
    licence="ODbL 1.0",
    attribution="© les contributeurs d’OpenStreetMap",
)


def test_a_row_prints_producer_vintage_cog_service_date_and_licence() -> None:
    row = dict(zip(COLUMNS, printed_row(ONLINE)))
    assert row == {
        "Source": "Insee – Statistiques locales, communes (Melodi)",
        "Millésime": "RP 2021",
        "Géographie": "COG 2024",
        "Service ou fichier": "Insee, API Melodi",
        "Date d’obtention": "1er\u00a0mars 2026",
        "Licence et mention": "Licence Ouverte 2.0",
    }
    assert len(WIDTHS) == len(COLUMNS) and sum(WIDTHS) == 269.0


def test_a_credit_that_is_not_the_producer_is_printed() -> None:
    row = printed_row(ROADS)
    assert row[-1] == "ODbL 1.0. Mention : © les contributeurs d’OpenStreetMap"
    assert row[2] == "" and row[3] == "voies.osm"


@given(st.integers(0, 120), st.integers(0, 100))
def test_every_source_is_on_one_page_in_order(count: int, words: int) -> None:
    items = [
        replace(ONLINE, title=f"Table {rank} " + "mot " * (words * (rank % 3)))
        for rank in range(count)
    ]
    pages = deal(items)
    assert [item for page in pages for item in page] == items
    assert len(pages) == 1 or all(pages)


def test_short_rows_fill_one_page_and_more_take_a_second() -> None:
    def rows(count: int) -> list[Provenance]:
        return [replace(ONLINE, vintage=f"{rank}") for rank in range(count)]

    assert len(deal(rows(25))) == 1
    assert [len(page) for page in deal(rows(40))] == [20, 20]
    assert deal([]) == [()]


def test_sources_that_print_alike_make_one_row() -> None:
    levels = [replace(ONLINE, dataset=f"melodi_{level}") for level in ("commune", "epci")]
    assert deal([ROADS, *levels]) == [(ROADS, levels[0])]


def test_a_long_word_and_a_long_sentence_take_lines() -> None:
    assert lines_at_most("mot", 50) == 1
    assert lines_at_most("mot " * 40, 50) >= 5
    assert lines_at_most("m" * 80, 50) >= 4


def test_each_source_tells_what_it_gave() -> None:
    origins = {"population": (ONLINE,), "taux_chomage": (ONLINE,)}
    noted = replace(ONLINE, note="relevé ailleurs")
    gave = served([noted, ROADS, replace(ROADS, dataset="inconnu")], origins)
    assert gave[0] == ("Population municipale", "Taux de chômage au recensement (15–64 ans)")
    assert gave[1] == ("Temps de trajet, isochrones",)
    assert gave[2] == ()


@pytest.mark.parametrize("dataset", ["contours_communes", "sirene_etablissement", "ban", "siae"])
def test_sources_without_indicators_have_a_use(dataset: str) -> None:
    assert served([replace(ROADS, dataset=dataset)], {})[0]


def test_a_source_cited_twice_on_a_page_is_printed_once() -> None:
    cited = ("Insee, RP 2021", "Insee, RP 2015 ; Insee, RP 2021", "Dares 2023 ; Insee, RP 2015")
    assert apart(cited) == ("Insee, RP 2021", "Insee, RP 2015", "Dares 2023")
