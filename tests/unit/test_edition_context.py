"""The report context: round trip, real order of the pages, agreement with the contents."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.design import LegendBox, MapDesign
from coodiag.coodiag_plugin.core.french import alphabetical
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.edition.build import FRONT_PAGES
from coodiag.coodiag_plugin.edition.context import (
    ActionSheet,
    Block,
    Chapter,
    Chart,
    CommunePage,
    Figure,
    MapPage,
    Quality,
    ReportContext,
    Series,
    SheetPage,
    Skipped,
    Table,
    TableRow,
    Term,
    from_json,
    in_order,
    to_json,
)
from coodiag.tests.unit import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = st.text(max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBERS = st.floats(-1e9, 1e9)
COUNT = st.integers(0, 10**6)
TABLE = st.builds(Table, TEXTS, st.lists(st.builds(TableRow, TEXT, TEXTS), max_size=3).map(tuple))
FIGURES = st.lists(st.builds(Figure, TEXT, TEXT, TEXT), max_size=3).map(tuple)
NUMBER_TUPLE = st.lists(NUMBERS, max_size=4).map(tuple)
DESIGN = st.builds(
    MapDesign, TEXT, TEXT, TEXT,
    breaks=NUMBER_TUPLE, colours=TEXTS, counts=st.lists(COUNT, max_size=3).map(tuple),
    boxes=st.lists(st.builds(LegendBox, TEXT, TEXT, st.booleans(), TEXT, TEXTS), max_size=2).map(tuple),
    categories=st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=3).map(tuple),
    axes=TEXTS, centre=st.none() | NUMBERS, circle_values=NUMBER_TUPLE,
)  # fmt: skip
PAGE = st.builds(MapPage, TEXT, COUNT, TEXT, TEXT, TEXT, TEXT, TEXT, DESIGN, TEXTS, TEXT, FIGURES)
SERIES = st.builds(Series, TEXT, st.lists(st.none() | NUMBERS, max_size=3).map(tuple), TEXTS)
BLOCK = st.builds(
    Block, TEXT, TEXT,
    table=st.none() | TABLE,
    chart=st.none() | st.builds(
        Chart, TEXT, TEXT, TEXTS, st.lists(SERIES, max_size=2).map(tuple), TEXT, st.none() | NUMBERS, st.none() | NUMBERS,
    ),
    figures=FIGURES, texts=TEXTS,
    action=st.none() | st.builds(
        ActionSheet, TEXT, TEXT, TEXT, TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    ),
)  # fmt: skip
BLOCKS = st.lists(BLOCK, max_size=2).map(tuple)
SHEET = st.builds(SheetPage, TEXT, COUNT, TEXT, TEXT, TEXT, TEXT, BLOCKS, TEXTS)
CHAPTER = st.builds(
    Chapter, TEXT, COUNT, COUNT, TEXT, TEXT, TEXTS, st.lists(PAGE, max_size=2).map(tuple),
    st.lists(SHEET, max_size=2).map(tuple), TEXT,
)  # fmt: skip
COMMUNE = st.builds(
    CommunePage, TEXT, TEXT, TEXT, FIGURES, TABLE,
    st.lists(st.tuples(TEXT, st.none() | NUMBERS, TEXT), max_size=3).map(tuple),
)  # fmt: skip


def some(of: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(of, max_size=most).map(tuple)


CONTEXT = st.builds(
    ReportContext,
    TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.booleans(), COUNT, TEXTS, BLOCKS, TABLE, some(CHAPTER), TEXT,
    some(COMMUNE), COUNT, some(st.builds(Quality, TEXT, *[COUNT] * 7)), TEXTS,
    *[some(st.builds(Skipped, TEXT, TEXT))] * 2, TEXTS, some(st.builds(Term, TEXT, TEXT)),
    some(st.builds(Provenance, *[TEXT] * len(Provenance.columns()))), TEXTS, some(COUNT), some(COUNT), COUNT,
    st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(CONTEXT)
def test_any_context_reads_back_equal(context: ReportContext) -> None:
    text = to_json(context)
    back = from_json(text)
    assert back == context
    assert to_json(back) == text, "equal contexts give equal bytes"
    hash(back.chapters), hash(back.communes)  # tuples all the way down: frozen for good


def test_the_context_of_a_whole_profile_reads_back_equal() -> None:
    context = samples.context()
    assert from_json(to_json(context)) == context


def test_a_document_that_is_no_context_is_refused() -> None:
    with pytest.raises((KeyError, TypeError)):
        from_json("{}")
    whole = json.loads(to_json(samples.context(commune_pages=False)))
    del whole["chapters"][0]["pages"][0]["design"]
    with pytest.raises((KeyError, TypeError)):
        from_json(json.dumps(whole))


def order(context: ReportContext) -> list[int]:
    """Numbers of the pages as the series of layouts prints them."""
    numbers = list(range(1, FRONT_PAGES + 1))
    for chapter in context.chapters:
        numbers += [chapter.number, *(page.number for page in in_order(chapter))]
    numbers += [context.commune_first + rank for rank in range(len(context.communes))]
    return [*numbers, *context.glossary_pages, *context.source_pages, context.pages]


PROFILE = load_profile("coodiag")
ALL = tuple(page.id for page in PROFILE.pages())
FIRST_CHAPTER = tuple(page.id for page in PROFILE.chapters[0].pages)


@pytest.mark.parametrize(
    ("without", "communes"),
    [
        ((), True),
        ((), False),
        (ALL[:1], True),
        (ALL[1::2], True),
        (FIRST_CHAPTER, False),
        (ALL[1:], True),
        (ALL, True),
        (ALL, False),
    ],
)
def test_page_numbers_are_the_real_order(without: tuple[str, ...], communes: bool) -> None:
    context = samples.context(without=without, commune_pages=communes)
    assert order(context) == list(range(1, context.pages + 1))
    assert len(context.communes) == (len(samples.CODES) if communes else 0)
    printed = [page.id for chapter in context.chapters for page in in_order(chapter)]
    assert [name for name in printed if name in ALL] == [n for n in ALL if n not in without]
    assert all(re.fullmatch(r"\w+_\d", name) for name in printed if name not in ALL)
    assert [chapter.index for chapter in context.chapters] == list(
        range(1, len(context.chapters) + 1)
    )
    assert all(map(in_order, context.chapters)), "no chapter without a page"


def test_communes_are_in_the_order_of_a_french_index() -> None:
    assert [page.name for page in samples.context().communes] == list(samples.NAMES)


@pytest.mark.parametrize(
    "names",
    [
        ["Écrit", "Zèbre"],
        ["Œuvre", "Paris"],
        ["L'Île", "La Chimère", "Le Leurre"],
        ["L’Île", "La Chimère", "Le Leurre"],
        ["Saint-Zoé", "Sainte-Anne"],
        ["Le Cœur-Volant", "Le Cognac"],
    ],
)
def test_accents_ligatures_and_hyphens_are_sorted_as_words(names: list[str]) -> None:
    shuffled = names[1:] + names[:1]
    assert sorted(shuffled, key=alphabetical) == names


def test_the_same_name_twice_is_ordered_by_code() -> None:
    table, whole = samples.figures()
    from coodiag.coodiag_plugin.edition.build import build_context

    names = {"00002": "Doublon", "00001": "Doublon"}
    data = replace(samples.commune_data(table, whole), names=names)
    context = build_context(PROFILE, "T", {}, {}, data, samples.edition())
    assert [page.codgeo for page in context.communes] == ["00001", "00002"]


def test_the_glossary_defines_what_is_printed_once_in_order() -> None:
    context = samples.context()
    terms = [term.term for term in context.glossary]
    assert terms == sorted(terms, key=alphabetical)
    assert len(terms) == len(set(terms))
    for name in PROFILE.indicator_ids():
        assert indicators()[name].label in terms
    assert "Prospect" in terms
    assert all(term.definition.endswith(".") for term in context.glossary)


def test_the_key_table_holds_every_key_figure_for_every_reference() -> None:
    table = samples.context().key_table
    assert table.columns[1:] == tuple(name for _, _, name in samples.REFERENCES)
    assert len(table.rows) == len(PROFILE.key_figures)
    assert all(len(row.cells) == len(samples.REFERENCES) for row in table.rows)
    assert all(cell for row in table.rows for cell in row.cells), "a sign, never an empty cell"
    assert [row.label for row in table.rows] == [
        f"{indicators()[name].label}, 2021" for name in PROFILE.key_figures
    ]


def test_commune_pages_have_the_same_boxes() -> None:
    communes = samples.context().communes
    assert len({len(page.figures) for page in communes}) == 1
    assert len({len(page.chart) for page in communes}) == 1
    assert len({page.table.columns for page in communes}) == 1
    assert all(len(row.cells) == len(page.table.columns) - 1
               for page in communes for row in page.table.rows)  # fmt: skip
    assert all(figure.text for page in communes for figure in page.figures)


def test_a_hidden_figure_has_its_sign_and_no_bar() -> None:
    table, _ = samples.figures()
    chart = PROFILE.commune_chart
    context = samples.context()
    hidden = 0
    for page in context.communes:
        value = table.get(page.codgeo, chart)
        name, number, text = page.chart[0]
        assert name == page.name and number == value.number
        if value.number is None:
            hidden += 1
            assert text in ("s", "…", "///")
    assert hidden, "the sample hides one"


def test_people_of_a_commune_are_a_row_with_their_sign() -> None:
    context = samples.context()
    rows = {
        page.codgeo: [row for row in page.table.rows if row.label == "Clients de la structure"]
        for page in context.communes
    }
    assert all(len(found) == 1 for found in rows.values())
    assert rows["00001"][0].cells[:2] == ("5", "391")
    assert rows["00002"][0].cells[:2] == ("s", "391")


def test_the_demonstration_says_so_first_and_real_data_never() -> None:
    assert samples.context(demo=True).intro[0].startswith("DONNÉES FICTIVES")
    assert not any("FICTIVES" in text for text in samples.context(demo=False).intro)


def test_the_secrecy_note_prints_the_threshold_of_the_run() -> None:
    assert "entre 1 et 4 " in samples.context().secrecy[0]
    from coodiag.coodiag_plugin.edition.notices import secrecy_notes

    assert "entre 1 et 10 " in secrecy_notes(11)[0]


def test_counts_of_the_sample_files_add_up() -> None:
    for item in samples.context().quality:
        parts = item.refused + item.address + item.street + item.place + item.town + item.failed
        assert parts == item.read


def _altered(key: str, value: object) -> str:
    document = json.loads(to_json(samples.context()))
    document[key] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pages", "x"),
        ("pages", 1.5),
        ("pages", True),
        ("title", 5),
        ("title", None),
        ("title", "\ud800"),
        ("chapters", {}),
        ("notes", "abc"),
        ("demo", 1),
        ("glossary_pages", [float("inf")]),
        ("extra", {"a": 1}),
    ],
)
def test_a_document_altered_by_hand_is_refused(key: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(_altered(key, value))


@pytest.mark.parametrize("text", ["[]", "null", "1", '"x"', "[" * 100_000])
def test_what_is_no_context_is_refused(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(text)
