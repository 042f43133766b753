"""Blocks over columns and pages: nothing lost, nothing over another, nothing off the page."""

from __future__ import annotations

from coodiag.coodiag_plugin.edition import flow
from coodiag.coodiag_plugin.edition.context import (
    ActionSheet,
    Block,
    Chart,
    Figure,
    Series,
    Table,
    TableRow,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def table(rows: int, columns: int, words: int = 1) -> Block:
    cells = ("12,3 %",) * (columns - 1)
    lines = tuple(TableRow(f"Ligne {rank} " + "mot " * words, cells) for rank in range(rows))
    return Block(
        "table", "Un tableau", table=Table(("Indicateur",) + ("Colonne",) * (columns - 1), lines)
    )


def chart(bars: int) -> Block:
    series = Series("Territoire", (1.0,) * bars, ("1",) * bars)
    return Block("chart", "Un graphique", chart=Chart("bars", "", ("Nom",) * bars, (series,)))


def action(words: int) -> Block:
    return Block("action", action=ActionSheet("Thème", "Agir " * words, "Pilote", "2027", "Nombre"))


blocks = st.lists(
    st.one_of(
        st.builds(table, st.integers(1, 60), st.integers(2, 8), st.integers(1, 20)),
        st.builds(chart, st.integers(1, 14)),
        st.builds(action, st.integers(1, 60)),
        st.just(Block("words", "À écrire", texts=("Que retenir ?",))),
        st.just(Block("figures", figures=(Figure("Habitants", "12"),) * 5)),
        st.just(Block("text", texts=("Une phrase assez longue. " * 6,))),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(blocks)
def test_every_block_has_a_place_of_its_own(given_blocks: list[Block]) -> None:
    pages = flow.over_pages(given_blocks)
    rows = [row for block in given_blocks if block.table for row in block.table.rows]
    placed = [item for page in pages for item in page]
    assert [r for i in placed if i.block.table for r in i.block.table.rows] == rows
    others = [block for block in given_blocks if not block.table]
    assert [item.block for item in placed if not item.block.table] == others
    for page in pages:
        for item in page:
            assert (item.top >= 0 and item.top + item.height <= flow.ROOM + 1e-6) or len(page) == 1
        for one in page:
            for two in page:
                if one is not two and (one.wide or two.wide or one.column == two.column):
                    assert (
                        one.top + one.height <= two.top + 1e-6
                        or two.top + two.height <= one.top + 1e-6
                    )


@settings(deadline=None)
@given(blocks)
def test_the_blocks_of_a_page_alone_hold_on_one_page(given_blocks: list[Block]) -> None:
    for page in flow.over_pages(given_blocks):
        assert len(flow.over_pages([item.block for item in page])) == 1


def test_a_long_table_goes_on_with_its_header() -> None:
    first, second, *_ = flow.over_pages([table(90, 8)])
    one, other = first[0].block, second[0].block
    assert one.title == other.title and one.table and other.table
    assert one.table.columns == other.table.columns


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=4), st.booleans())
def test_a_long_text_goes_on_and_none_of_its_words_is_lost(lengths: list[int], alone: bool) -> None:
    texts = tuple(
        " ".join(f"mot{rank}-{at}" for at in range(size)) for rank, size in enumerate(lengths)
    )
    text = Block("texts", "Un titre", texts=texts)
    pages = flow.over_pages([text] if alone else [table(4, 3), text])
    placed = [item for page in pages for item in page if item.block.texts]
    words = " ".join(t for item in placed for t in item.block.texts)
    assert words == " ".join(texts)
    for item in placed:
        width = flow.WIDTH if item.wide else flow.COLUMN
        assert flow.height_of(item.block, width) <= flow.ROOM
    assert len(pages) > 1 or sum(lengths) < 1500


def test_two_blocks_stand_side_by_side() -> None:
    (page,) = flow.over_pages([chart(4), table(6, 4)])
    assert [(item.column, item.top) for item in page] == [(0, 0.0), (1, 0.0)]


def test_an_action_longer_than_a_page_goes_on_over_several() -> None:
    long = ActionSheet(
        "Thème", "Agir " * 700, "M" * 9000, "", "Nombre", (("Budget", "mot " * 900),)
    )
    dealt = flow.over_pages((Block("action", "Action 1", action=long), action(3)))
    held = [item for page in dealt for item in page]
    assert len(dealt) > 1 and all(item.top + item.height <= flow.ROOM for item in held)
    told = "".join("".join(text.split()) for item in held for text in item.block.texts)
    assert told.count("Agir") == 700 and told.count("M") == 9000 and told.count("mot") == 900
    assert "Pilote:" in told and "Budget:" in told and "Calendrier" not in told


def test_a_long_heading_of_an_action_has_its_room() -> None:
    def tall(heading: str) -> float:
        rows = ((heading, "x"),)
        return flow.height_of(
            Block("action", action=ActionSheet("", "Agir", "", "", "", rows)), flow.COLUMN
        )

    assert tall("Un intitulé bien long " * 5) > tall("Budget") + 8
