"""Step 3 of the wizard: who places the addresses, what leaves, a trial, its review, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.qgis.waiting import wait
from coodiag.tests.qgis.wizard_files import desk_in, picture, released, shown
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.servers.world import World
from coodiag.ui.wizard.people import PeopleStep
from qgis.core import QgsApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QScrollArea


@pytest.fixture
def step(
    provider: Any, demo: DemoPaths, cache: Path, tmp_path: Path, language: str
) -> Iterator[PeopleStep]:
    desk = desk_in(tmp_path / "bureau")
    desk.draft.parameters.update(
        {
            "TERRITORY": demo.territory,
            "SOURCE": "folder",
            "DATA_FOLDER": str(demo.data_folder),
            "SITES": str(demo.sites),
            "CLIENTS": str(demo.clients),
            "BENEFICIARIES": str(demo.beneficiaries),
        }
    )
    made = PeopleStep(desk)
    made.setProperty("language", language)
    area = shown(made)
    made.enter()
    yield made
    made.stop()
    area.deleteLater()
    released()


@pytest.fixture
def server(world: World) -> Iterator[GeocodageServer]:
    with GeocodageServer(engine=Engine(world.rows("adresses-53.csv.gz"))) as made:
        yield made


def look(step: PeopleStep, name: str, height: int = 1200) -> QScrollArea:
    area = step.parent().parent()
    assert isinstance(area, QScrollArea)
    area.resize(area.width(), height)
    QTest.qWait(30)
    picture(area, f"{step.property('language')}_{name}")
    assert area.horizontalScrollBar().maximum() == 0, "nothing is wider than a narrow dock"
    return area


def settled(step: PeopleStep) -> None:
    wait(lambda: not step.busy())


def test_offline_is_the_way_unless_told_otherwise_and_nothing_leaves(step: PeopleStep) -> None:
    assert step.radios["offline"].isChecked() and not step.busy()
    assert not step.leaving.unfold.isVisibleTo(step) and step.leaving.said.text()
    assert step.problems() == [] and step.summary() == step.radios["offline"].text()
    assert step.role.currentData() == "clients", "people come before sites"
    assert "SERVICE" not in step.desk.draft.parameters
    look(step, "people")


def test_a_trial_shows_its_quality_and_opens_the_review(step: PeopleStep) -> None:
    opened: list[dict[str, Any]] = []

    def review(**chosen: Any) -> str:
        opened.append(chosen)
        return ""

    step.desk.review = review
    step.few.click()
    assert step.busy() and step.cancel.isVisibleTo(step) and not step.few.isEnabled()
    settled(step)
    assert step.quality.tried == 50 and step.view.isVisibleTo(step)
    assert "50" in step.view.said.text() and not step.cancel.isVisibleTo(step)
    counts = dict(step.view.levels._rows)
    assert sum(counts.values()) == 50
    look(step, "people_trial", 1700)
    step.review.click()
    assert opened[0]["located"].featureCount() + opened[0]["failed"].featureCount() == 50
    assert opened[0]["corrections"] is None and opened[0]["fields"]["address"] == "address"
    step.desk.review = lambda **chosen: "refused on purpose"
    step.review.click()
    assert step.notice.text.text() == "refused on purpose"
    step.desk.draft.put("CLIENTS", str(step.desk.draft.parameters["SITES"]))
    step.enter()
    assert step.quality is None and not step.view.isVisibleTo(step), "another file: not of it"


def test_a_trial_is_cancelled_and_its_late_answer_ignored(step: PeopleStep) -> None:
    step.all.click()
    step.cancel.click()
    assert not step.busy() and step.few.isEnabled()
    for _ in range(60):
        QgsApplication.processEvents()
        QTest.qWait(5)
    assert step.quality is None and not step.view.isVisibleTo(step)
    step.all.click()
    step.stop()
    assert not step.busy()


def test_a_service_is_told_before_anything_is_sent(
    step: PeopleStep, server: GeocodageServer
) -> None:
    step.radios["addok"].click()
    assert step.url.isVisibleTo(step) and len(step.problems()) == 1 and not step.few.isEnabled()
    assert "Nothing" not in step.leaving.said.text() and "Rien" not in step.leaving.said.text()
    step.url.setText(server.url)
    step.url.editingFinished.emit()
    assert step.busy(), "the addresses are being counted"
    settled(step)
    assert step.problems() == [] and server.log == []
    assert "127.0.0.1" in step.leaving.said.text()
    step.leaving.unfold.click()
    assert f"POST {server.url}/search/csv" in step.leaving.sample.toPlainText()
    assert step.desk.draft.parameters["SERVICE"] == "addok"
    look(step, "people_service", 1500)
    step.radios["offline"].click()
    assert not step.leaving.unfold.isVisibleTo(step) and not step.ban_state.isHidden()


def test_what_cannot_be_tried_says_why(step: PeopleStep) -> None:
    step.desk.draft.put("DATA_FOLDER", "")
    step.desk.draft.put("SOURCE", "online")
    step.enter()
    step.few.click()
    settled(step)
    assert "BAN" in step.notice.text.text() and step.few.isEnabled() and step.quality is None
    for name in ("SITES", "CLIENTS", "BENEFICIARIES"):
        step.desk.draft.put(name, "")
    step.enter()
    assert not step.few.isEnabled() and step.summary() == ""


def test_corrections_are_named_and_counted(step: PeopleStep, tmp_path: Path) -> None:
    text = step.kept.text()
    step.corrections.setFilePath(str(tmp_path / "aucune.sqlite"))
    assert len(step.problems()) == 1 and not step.few.isEnabled()
    step.corrections.setFilePath("")
    assert step.problems() == [] and step.kept.text() == text
    assert "CORRECTIONS" not in step.desk.draft.parameters
