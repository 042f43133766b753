"""The sources and the glossary hold what they are dealt, at the type that is printed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, rows
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.edition.context import Term
from coodiag.coodiag_plugin.edition.measure import lines_at_most
from coodiag.coodiag_plugin.edition.notices import deal_terms
from coodiag.coodiag_plugin.edition.sources import WIDTHS, deal, printed_row
from coodiag.coodiag_plugin.qgis_bridge.layouts.back import glossary, sources
from coodiag.coodiag_plugin.qgis_bridge.layouts.cards import GUTTER
from coodiag.coodiag_plugin.qgis_bridge.layouts.fonts import line_height, wrap
from coodiag.coodiag_plugin.qgis_bridge.layouts.frame import Draft
from coodiag.coodiag_plugin.qgis_bridge.layouts.slides.page import SURE
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import SHEETS, TYPE
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsLayoutItemLabel, QgsProject


def made(count: int, seed: int = 5) -> list[Provenance]:
    """Sources with the titles of the catalogue, from services and from files."""
    draw = random.Random(seed)
    families, services = rows("datasets"), rows("services")
    found = []
    for rank in range(count):
        family, service = draw.choice(families), draw.choice(services)
        online = rank % 2 == 0
        found.append(
            Provenance(
                family["id"], family["title"], family["producer"],
                draw.choice(("2021", "RP 2021, Flores 2022, Filosofi 2021", "4e trimestre 2023", "")),
                draw.choice(("2024", "")), f"StockEtablissement_utf8.zip/Table_{rank}_utf8.csv",
                "a" * 64, "2026-11-22", service["licence"] or "Licence Ouverte 2.0",
                attribution=service["attribution"] if online else "",
                service=service["title"] if online else "",
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize("count", [0, 1, 22, 25, 60])
def test_no_source_overflows_its_page(qgis_app, count: int) -> None:  # type: ignore[no-untyped-def]
    items = made(count)
    pages = deal(items)
    assert sum(map(len, pages)) == len({printed_row(item) for item in items})
    draft = Draft(QgsProject(), samples.context(), SHEETS["A4"], "EPSG:2154")
    for number, page in enumerate(pages, 80):
        layout = sources(draft, number, page)
        cells = [
            item
            for item in layout.items()
            if isinstance(item, QgsLayoutItemLabel) and item.id().startswith("sources.")
        ]
        assert len({item.id().split(".")[1] for item in cells}) == len(page) + 1
        for item in cells:
            bottom = item.pos().y() + item.rect().height()
            assert bottom <= SHEETS["A4"].height - 17, item.text()


def test_the_bound_of_a_line_is_one(qgis_app) -> None:  # type: ignore[no-untyped-def]
    """Pages are numbered on a bound of the lines: never fewer than the font takes."""
    for item in made(200):
        for text, width in zip(printed_row(item), WIDTHS):
            real = len(wrap(text, width - GUTTER, TYPE.note))
            assert lines_at_most(text, width - GUTTER) >= real, text


def test_twenty_five_plain_lines_take_one_page() -> None:
    plain = Provenance("rp_base_cc", "Recensement", "Insee", "2021", "2024", "base.csv")
    assert len(deal([replace(plain, file=f"base-{n}.csv") for n in range(25)])) == 1


def test_no_definition_runs_into_the_next_term(qgis_app) -> None:  # type: ignore[no-untyped-def]
    """A line that all but fills its column is broken by QGIS: the room counts with it."""
    terms = [
        Term(row.label, f"{row.definition} {row.caveat}".strip()) for row in indicators().values()
    ]
    draft = Draft(QgsProject(), samples.context(), SHEETS["A4"], "EPSG:2154")
    pages = deal_terms(terms)
    assert sum(map(len, pages)) == len(terms)
    for number, page in enumerate(pages, 80):
        layout = glossary(draft, number, page)
        for item in layout.items():
            if not isinstance(item, QgsLayoutItemLabel) or not item.id().startswith("glossaire."):
                continue
            form = item.textFormat()
            width, size = item.rect().width() * SURE, form.size()
            lines = wrap(item.currentText(), width, size, bold=form.font().bold())
            assert len(lines) * line_height(size) <= item.rect().height() + 0.5, item.currentText()
            assert item.pos().y() + item.rect().height() <= SHEETS["A4"].height - 17
