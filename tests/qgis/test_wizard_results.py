"""Step 6 on the dossier of the demonstration: documents, counts, gaps, and a damaged dossier."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import DraftStore
from coodiag.coodiag_plugin.qgis_bridge.desk.results import Results
from coodiag.coodiag_plugin.qgis_bridge.dossier import DOCUMENTS
from coodiag.tests.qgis.waiting import settle
from coodiag.tests.qgis.wizards import narrowest
from coodiag.ui.wizard import results as page
from coodiag.ui.wizard.results import ResultsStep
from coodiag.ui.wizard.step import Step
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QWidget

STEPS = ("territory", "files", "people", "options", "run", "results")


@pytest.fixture
def desk(provider: Any, cache: Path, tmp_path: Path) -> Desk:
    return Desk(SimpleNamespace(), DraftStore(tmp_path / "draft.json"))


@pytest.fixture
def step(desk: Desk, language: str) -> Iterator[ResultsStep]:
    made = ResultsStep(desk)
    made.resize(400, 720)
    made.show()
    made.enter()
    yield made
    made.close()
    made.deleteLater()
    settle()


class Named(Step):
    """A step of this id."""

    def __init__(self, name: str, desk: Desk) -> None:
        super().__init__(desk)
        self.ID = self.TITLE = name


def shown(step: ResultsStep) -> list[str]:
    labels = [label.text() for label in step.findChildren(QLabel) if label.isVisible()]
    return labels + [each.text() for each in step.findChildren(QPushButton) if each.isVisible()]


def buttons(box: QWidget) -> list[QPushButton]:
    """Those that stand there: what was replaced goes when QGIS comes to it."""
    settle()
    return [each for each in box.findChildren(QPushButton) if not each.isHidden()]


def picture(step: ResultsStep, language: str, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        settle()
        step.grab().save(str(Path(folder) / f"{language}_results_{name}.png"))


def test_what_a_dossier_holds(demo_run: Any) -> None:
    found = Results().read(str(demo_run.dossier))
    written = {path.name for _, path in found.documents}
    assert {name for _, name in DOCUMENTS.values()} | {"atlas.pdf", "journal.txt"} == written
    assert found.project == demo_run.dossier / "diagnostic.qgz"
    assert found.pages == demo_run.results["PAGES"] and found.demo and found.confidential
    results = demo_run.results
    counts = {count.words: count for count in found.counts}
    for words, name in (("Clients", "CLIENTS"), ("Beneficiaries", "BENEFICIARIES")):
        count = counts[words]
        assert count.located == results[f"{name}_LOCATED"]
        assert count.located + count.failed == results[f"{name}_IN"]
        assert count.read == count.located + count.failed + count.refused
    assert counts["Clients"].read == 404, "the rows of the file, not those that were kept"
    context = json.loads((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))
    told = [title for item in found.missing for title in item.titles]
    assert sorted(told) == sorted(item["title"] for item in context["skipped"])


@pytest.mark.parametrize("name", ["coodiag.json", "contexte.json"])
@pytest.mark.parametrize("content", [None, "", "[]", "{}", "{" * 20, '{"counts": 3}'])
def test_a_damaged_dossier_is_refused_in_a_sentence(
    demo_run: Any, tmp_path: Path, name: str, content: str | None
) -> None:
    for file in ("coodiag.json", "contexte.json", "journal.txt"):
        shutil.copy(demo_run.dossier / file, tmp_path)
    assert Results().read(str(tmp_path)).pages
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        Results().read(str(tmp_path))


def test_nothing_yet(step: ResultsStep, desk: Desk) -> None:
    assert step.summary() == "" and step.problems() == []
    assert step.head.text() and not step.project.isVisible() and not step.warning.isVisible()


def test_the_page_of_a_dossier(
    step: ResultsStep,
    desk: Desk,
    demo_run: Any,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        page.QDesktopServices, "openUrl", lambda url: asked.append(QUrl(url).toLocalFile()) or True
    )
    desk.draft.dossier = str(demo_run.dossier)
    step.enter()
    picture(step, language, "page")
    assert step.summary() and step.warning.isVisible()
    assert str(demo_run.results["CLIENTS_LOCATED"]) in step.counts.text()
    for button in buttons(step.documents_box):
        button.click()
    step.folder.click()
    assert {Path(path).name for path in asked} >= {"atlas.pdf", "rapport.odt", "dossier"}
    assert all(Path(path).exists() for path in asked)
    assert step.minimumSizeHint().width() <= narrowest(step)
    went: list[str] = []
    step.go.connect(went.append)
    step.again.click()
    assert went and went[0] in STEPS


def test_what_is_missing_fits_beside_a_map(
    step: ResultsStep, desk: Desk, dossier_copy: Path
) -> None:
    path = dossier_copy / "contexte.json"
    context = json.loads(path.read_text(encoding="utf-8"))
    reasons = ("aucune enquête n’est donnée.", "aucune source ne donne les indicateurs.", "secret.")
    context["skipped"] = [{"title": "Que disent les gens ?", "reason": why} for why in reasons]
    path.write_text(json.dumps(context), encoding="utf-8")
    desk.draft.dossier = str(dossier_copy)
    step.enter()
    ways = buttons(step.missing_box)
    assert len(ways) == 2, "what secrecy keeps away is not to be mended"
    went: list[str] = []
    step.go.connect(went.append)
    for way in ways:
        way.click()
    assert went == ["options", "territory"]
    assert step.minimumSizeHint().width() <= narrowest(step)


def test_a_document_that_is_gone_or_that_nothing_opens(
    step: ResultsStep,
    desk: Desk,
    dossier_copy: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page.QDesktopServices, "openUrl", lambda url: False)
    desk.draft.dossier = str(dossier_copy)
    step.enter()
    buttons(step.documents_box)[0].click()
    assert "atlas.pdf" in step.notice.text.text()
    (dossier_copy / "atlas.pdf").unlink()
    buttons(step.documents_box)[0].click()
    assert "atlas.pdf" in step.notice.text.text()
    shutil.rmtree(dossier_copy)
    step.enter()
    assert step.notice.isVisible() and not step.project.isVisible()


def test_a_project_that_is_not_saved_is_asked_about(
    step: ResultsStep, desk: Desk, demo_run: Any
) -> None:
    opened: list[str] = []
    desk.iface.addProject = lambda path: opened.append(path) or True
    desk.draft.dossier = str(demo_run.dossier)
    step.enter()
    QgsProject.instance().setDirty(True)
    try:
        step.open_project()
        assert opened == [] and len(step.notice.buttons.held) == 2
        step.notice.buttons.held[1].click()
    finally:
        QgsProject.instance().setDirty(False)
    assert opened == [str(demo_run.dossier / "diagnostic.qgz")]
    step.open_project()
    assert len(opened) == 2, "nothing to lose: it is opened at once"


def test_pages_that_are_missing_lead_to_their_step(
    step: ResultsStep, desk: Desk, dossier_copy: Path, language: str
) -> None:
    path = dossier_copy / "contexte.json"
    context = json.loads(path.read_text(encoding="utf-8"))
    reason = "aucun fichier de clients n’est donné."
    context["skipped"] = [{"title": f"Page {rank}", "reason": reason} for rank in range(5)]
    path.write_text(json.dumps(context), encoding="utf-8")
    desk.draft.dossier = str(dossier_copy)
    step.enter()
    picture(step, language, "missing")
    went: list[str] = []
    step.go.connect(went.append)
    (button,) = buttons(step.missing_box)
    button.click()
    assert went == ["files"]
    told = "\n".join(shown(step))
    assert reason[1:] in told and "Page 0" in told and "Page 4" not in told
    step.enter()
    settle()
    assert len(buttons(step.missing_box)) == 1, "shown anew, not twice"


def test_what_failed_is_told_with_its_step(
    step: ResultsStep, desk: Desk, dossier_copy: Path, language: str
) -> None:
    """A service that was silent, its indicators and its pages: one entry, with the way to mend."""
    service = "Insee, API Melodi"
    path = dossier_copy / "contexte.json"
    context = json.loads(path.read_text(encoding="utf-8"))
    short = f"{service} n’a pas donné ces données le jour de l’étude."
    context["skipped"] = [{"title": "Où vivent les habitants ?", "reason": short}]
    context["failures"] = [{"title": "Population municipale", "reason": short}]
    path.write_text(json.dumps(context), encoding="utf-8")
    journal = dossier_copy / "journal.txt"
    detail = f"{service} : aucune connexion n’a tenu. Vérifiez le proxy."
    text = journal.read_text(encoding="utf-8")
    journal.write_text(f"{text}\n- Non obtenu : {detail}\n", encoding="utf-8")
    desk.draft.dossier = str(dossier_copy)
    step.before = [Named("territory", desk), Named("run", desk)]
    step.enter()
    picture(step, language, "failed")
    (way,) = buttons(step.missing_box)
    told = "\n".join(shown(step))
    for words in ("Population municipale", "Où vivent les habitants ?", detail):
        assert told.count(words) == 1
    assert "2" in way.text() and "run" in way.text() and way.accessibleDescription()
    went: list[str] = []
    step.go.connect(went.append)
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Space)
    assert went == ["run"]


def test_the_review_opens_on_the_dossier_of_the_page(
    step: ResultsStep, desk: Desk, dossier_copy: Path, tmp_path: Path
) -> None:
    asked: list[dict[str, Any]] = []
    desk.review = lambda **chosen: asked.append(chosen) or "refused on purpose"
    desk.draft.dossier = str(dossier_copy)
    desk.draft.put("DATA_FOLDER", str(tmp_path))
    desk.draft.put("ROADS", f"{tmp_path / 'routes.gpkg'}|layername=troncon_de_route")
    desk.draft.put("CORRECTIONS", str(tmp_path / "corrections.sqlite"))
    step.enter()
    assert step.review.isVisible() and "14" in step.doubts.text() and "20" in step.doubts.text()
    step.review.setFocus()
    QTest.keyClick(step.review, Qt.Key.Key_Space)
    assert asked == [
        {
            "folder": dossier_copy,
            "corrections": tmp_path / "corrections.sqlite",
            "places": [tmp_path / "routes.gpkg", tmp_path],
        }
    ]
    assert step.notice.text.text() == "refused on purpose"
    (dossier_copy / "confidentiel" / "personnes.gpkg").unlink()
    step.enter()
    assert not step.review_box.isVisible(), "nobody is there to be reviewed"


def test_dossiers_of_other_versions_and_places(
    step: ResultsStep, desk: Desk, dossier_copy: Path, tmp_path: Path
) -> None:
    path = dossier_copy / "coodiag.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    desk.draft.dossier = str(dossier_copy)
    step.enter()
    assert made["coodiag"] not in step.head.text()
    path.write_text(json.dumps({**made, "coodiag": "0.0.9"}), encoding="utf-8")
    step.enter()
    assert "0.0.9" in step.head.text() and step.project.isVisible()
    path.write_text(json.dumps({**made, "format": 2}), encoding="utf-8")
    step.enter()
    assert "coodiag.json" in step.notice.text.text() and not step.project.isVisible()
    dossier_copy.rename(tmp_path / "moved")
    step.enter()
    gone = step.notice.text.text()
    assert str(dossier_copy) in gone and not step.project.isVisible()
    desk.draft.dossier = str(tmp_path / "moved")
    path = tmp_path / "moved" / "coodiag.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    step.enter()
    assert step.project.isVisible() and not step.notice.isVisible()
