"""The profiles ``ess`` and ``ctg`` on the demonstration: which pages, and what their sentences say.

The golden lists are in ``golden_profiles.json``: a page that comes or goes is a decision.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json
from coodiag.coodiag_plugin.qgis_bridge.documents import add_layouts, open_rendering
from coodiag.coodiag_plugin.qgis_bridge.dossier import Dossier
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import check_layouts
from coodiag.tests.page_lists import outcome, pages_of, plain, texts_of, unfounded
from coodiag.tests.qgis.conftest import DAY
from qgis.core import QgsProcessingFeedback, QgsProcessingProvider

GOLDEN = json.loads((Path(__file__).parent / "golden_profiles.json").read_text("utf-8"))
#: What no printed sentence holds: double or dangling spaces, lost elision, empty brackets.
ILL = re.compile(
    r"  |^ | $|\( |\(\)| [.,]|\.\.|,,|None|nan|inf\b|\bde [aeiouéèêâîôœ]|\bà le\b|\bde les?\b"
)


@pytest.fixture(scope="module", params=sorted(GOLDEN))
def folder(
    request: pytest.FixtureRequest,
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    shared_cache: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Path]]:
    """A profile on the demonstration: its tables, and nobody's files."""
    import processing

    output = tmp_path_factory.mktemp("profil") / "dossier"
    parameters = {
        "TERRITORY": demo.territory,
        "STRUCTURE": "Association Exemple (fictive)",
        "PROFILE": request.param,
        "SURVEY": str(demo.survey),
        "ACTORS": str(demo.actors),
        "ACTIONS": str(demo.actions),
        "DATA_FOLDER": str(demo.data_folder),
        "DATE": DAY,
        "DPI": 72,
        "FORMATS": ["xlsx"],
        "COMMUNE_PAGES": False,
        "OUTPUT_FOLDER": str(output),
    }
    processing.run("coodiag:diagnostic", parameters, feedback=QgsProcessingFeedback(False))
    yield request.param, output


@pytest.fixture(scope="module")
def dossier(folder: tuple[str, Path]) -> tuple[str, ReportContext]:
    """The profile and its context."""
    return folder[0], from_json((folder[1] / "contexte.json").read_text("utf-8"))


def test_no_page_slide_or_synthesis_has_a_fault(folder: tuple[str, Path]) -> None:
    """The checks of docs/page_checks.md, on the layouts of the dossier and on those of the other
    documents."""
    material = open_rendering(Dossier(folder[1]), DEFAULT, 72)
    add_layouts(material, ("diaporama", "synthese"))
    layouts = material.project.layoutManager().printLayouts()
    assert {layout.name()[0] for layout in layouts} >= {"0", "D", "S"}
    told = [fault.sentence() for fault in check_layouts(layouts, material.context)]
    assert not told, "\n".join(told)


def test_the_pages_are_those_of_the_golden_list(dossier: tuple[str, ReportContext]) -> None:
    name, context = dossier
    assert outcome(load_profile(name), context) == GOLDEN[name]


def test_each_number_of_a_sentence_is_on_its_page(dossier: tuple[str, ReportContext]) -> None:
    assert unfounded(dossier[1]) == []


def test_sentences_are_well_typed_and_findings_are_three_at_most(
    dossier: tuple[str, ReportContext],
) -> None:
    for chapter in dossier[1].chapters:
        assert len(chapter.findings) <= 3
        for page in pages_of(chapter):
            assert not ILL.search(plain(page.sentence)), page.sentence
            assert "'" not in page.sentence
            assert not page.sentence or page.sentence.endswith("."), page.sentence


def test_a_count_is_not_measured_against_that_of_a_larger_territory(
    dossier: tuple[str, ReportContext],
) -> None:
    """« 109 employeurs, contre 145 dans le département » would say nothing."""
    for chapter in dossier[1].chapters:
        for page in pages_of(chapter):
            assert (
                not re.search(r"le nombre d[^,]*, contre", page.sentence)
                or " pour " in page.sentence
            )


def test_the_level_of_a_map_of_supply_lies_between_its_extremes(
    dossier: tuple[str, ReportContext],
) -> None:
    seen = 0
    for chapter in dossier[1].chapters:
        for page in chapter.pages:
            if page.layer != "offre_demande":
                continue
            cards = {card.label: plain(card.text) for card in page.figures}
            level, high = (
                float(cards[label].partition(" ")[0].replace(",", "."))
                for label in ("À portée, en moyenne", "Valeur la plus forte")
            )
            assert 0 <= level <= high, page.id
            seen += 1
    assert seen >= 2


def test_a_map_of_supply_cites_its_own_sources_only(dossier: tuple[str, ReportContext]) -> None:
    for chapter in dossier[1].chapters:
        for page in chapter.pages:
            if page.id == "offre_aide_domicile":
                cited = " ".join(page.sources)
                assert "Recensement" in cited and "France services" not in cited
                assert "inclusion" not in cited


def test_tables_of_key_figures_have_no_empty_column_or_row(
    dossier: tuple[str, ReportContext],
) -> None:
    table = dossier[1].key_table
    assert all(set(row.cells) != {"…"} for row in table.rows)
    assert all(set(cells) != {"…"} for cells in zip(*(row.cells for row in table.rows)))


def test_the_inhabitants_of_the_demonstration_are_counted(
    dossier: tuple[str, ReportContext],
) -> None:
    name, context = dossier
    assert "70 000" in texts_of(context, "population"), name
