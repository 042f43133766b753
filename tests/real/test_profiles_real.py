"""The three profiles on Rennes Métropole, on official files as published and without persons.

``golden_profiles.json`` holds, for each profile, the pages printed and left out, and figures
computed by hand from the published csv (``how`` says from which columns), each on its page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options
from coodiag.coodiag_plugin.qgis_bridge.pipeline.run import diagnose
from coodiag.tests.page_lists import outcome, texts_of, unfounded
from qgis.core import QgsProcessingFeedback

pytestmark = [pytest.mark.real, pytest.mark.slow]

GOLDEN = json.loads((Path(__file__).parent / "golden_profiles.json").read_text("utf-8"))
RENNES = "EPCI:243500139"


@pytest.fixture(scope="module", params=sorted(GOLDEN))
def dossier(
    request: pytest.FixtureRequest,
    real_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qgis_app: object,
) -> Iterator[tuple[str, ReportContext]]:
    output = tmp_path_factory.mktemp("profil") / "dossier"
    options = Options(
        territory=RENNES,
        structure="Association Exemple (fictive)",
        profile=request.param,
        source=OfficialSource("folder", real_data),
        output=output,
        date="2026-03-01",
        commune_pages=False,
        dpi=60,
    )
    diagnose(options, FeedbackProgress(QgsProcessingFeedback()))
    yield request.param, from_json((output / "contexte.json").read_text("utf-8"))


def test_the_pages_are_those_of_the_golden_list(dossier: tuple[str, ReportContext]) -> None:
    name, context = dossier
    assert outcome(load_profile(name), context) == GOLDEN[name]["pages"]


def test_the_figures_are_those_of_the_published_files(
    dossier: tuple[str, ReportContext],
) -> None:
    name, context = dossier
    expected = GOLDEN[name]["figures"]
    assert len(expected) >= 15
    wrong = [item for item in expected if item["figure"] not in texts_of(context, item["page"])]
    assert wrong == []


def test_each_number_of_a_sentence_is_on_its_page(dossier: tuple[str, ReportContext]) -> None:
    assert unfounded(dossier[1]) == []


def test_every_reason_is_in_french(dossier: tuple[str, ReportContext]) -> None:
    """A reason that is printed never names a file of the program, nor speaks English."""
    for item in dossier[1].skipped:
        words = set(item.reason.lower().split())
        assert not words & {"the", "no", "neither", "data", "service"}, item.reason
        assert ".csv" not in item.reason and item.reason.endswith(".")
