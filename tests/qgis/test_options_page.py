"""The page of the options, driven as by its user; with ``COODIAG_PICTURES`` looked at."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.configuring import _Factory
from coodiag.coodiag_plugin.qgis_bridge import settings
from coodiag.coodiag_plugin.qgis_bridge.layouts.fonts import load_fonts
from coodiag.coodiag_plugin.qgis_bridge.settings import emptying
from coodiag.coodiag_plugin.qgis_bridge.settings.registry import settings as registry
from coodiag.coodiag_plugin.qgis_bridge.settings.session import SettingsSession
from coodiag.tests.qgis.conftest import stored
from coodiag.tests.qgis.settings_profile import empty_profile
from coodiag.tests.qgis.waiting import settle, wait
from coodiag.ui.options_page import OptionsPage
from qgis.core import QgsApplication, QgsAuthManager, QgsSettings
from qgis.gui import QgsAuthConfigSelect, QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox


@pytest.fixture
def profile(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    with empty_profile(tmp_path, monkeypatch) as folder:
        yield folder


@pytest.fixture
def page(profile: Path) -> Iterator[OptionsPage]:
    shown = show(OptionsPage(SettingsSession()))
    yield shown
    close(shown)


def show(page: OptionsPage) -> OptionsPage:
    load_fonts()
    page.resize(700, 760)
    page.show()
    QgsApplication.setActiveWindow(page)
    QTest.qWaitForWindowActive(page, 3000)
    measured(page)
    return page


def close(page: OptionsPage) -> None:
    if not sip.isdeleted(page):
        page.close()
        sip.delete(page)
    settle()


def measured(page: OptionsPage) -> None:
    wait(lambda: not page.cache._errands)


def picture(page: OptionsPage, name: str, height: int = 760) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        page.resize(page.width(), height)
        QTest.qWait(200)
        assert page.grab().save(str(Path(folder) / f"options_{name}.png"))


def told(page: OptionsPage, name: str) -> str:
    """The problem told under an editor, empty when none is in sight."""
    problem = page.fields[name].problem
    return problem.label.text() if problem.isVisibleTo(page) else ""


def test_every_setting_has_an_editor_of_its_type(page: OptionsPage) -> None:
    assert list(page.fields) == [
        *(name for name, row in registry().items() if row.section.name != "CACHE"),
        "cache_folder",
    ]
    classes = {
        "house_style": QgsFileWidget,
        "paper": QComboBox,
        "thresholds": QLineEdit,
        "min_count": QSpinBox,
        "keys/sirene": QgsAuthConfigSelect,
        "urls/wfs": QLineEdit,
        "cache_folder": QgsFileWidget,
    }
    assert {name: type(page.fields[name].editor) for name in classes} == classes
    assert page.isValid()
    for field in page.fields.values():
        assert field.editor.accessibleName() and field.editor.accessibleDescription()
        assert field.text() == str(registry()[field.setting.name].default)


def test_what_is_typed_is_kept_when_the_options_are_accepted(page: OptionsPage) -> None:
    paper = page.fields["paper"].editor
    paper.setFocus()
    QTest.keyClick(paper, Qt.Key.Key_Down)
    least = page.fields["min_count"].editor
    least.setFocus()
    least.selectAll()
    QTest.keyClicks(least, "11")
    line = page.fields["thresholds"].editor
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, " 50,70,90 ")
    assert settings.value("paper") == "A4", "nothing is kept before"
    assert page.isValid()
    page.apply()
    names = ("paper", "min_count", "thresholds")
    assert [settings.value(name) for name in names] == ["A3", 11, "50,70,90"]
    kept = [key for key in QgsSettings().allKeys() if key.startswith("coodiag/")]
    assert sorted(kept) == [f"coodiag/{name}" for name in sorted(names)]


def test_a_bad_value_is_refused_in_place_and_brought_into_sight(page: OptionsPage) -> None:
    address = page.fields["urls/valhalla"]
    box = address.parentWidget()
    assert isinstance(box, QgsCollapsibleGroupBox) and box.isCollapsed()
    address.editor.setText("valhalla.example")
    page.fields["thresholds"].editor.setText("60,80")
    wait(lambda: told(page, "urls/valhalla") != "" or address.problem.label.text())
    assert not page.isValid()
    assert not box.isCollapsed()
    assert "https://example.org" in told(page, "urls/valhalla")
    assert "https://example.org" in address.editor.accessibleDescription()
    assert address.editor.hasFocus()
    QTest.qWait(100)
    area = page.area.viewport()
    seen = address.problem.mapTo(area, address.problem.rect().bottomRight())
    assert area.rect().contains(seen)
    picture(page, "refused")
    address.editor.setText("https://valhalla.example")
    assert page.isValid() and told(page, "urls/valhalla") == ""


def test_apply_keeps_nothing_that_it_has_to_refuse(page: OptionsPage) -> None:
    page.fields["paper"].editor.setCurrentIndex(1)
    page.fields["thresholds"].editor.setText("80,60")
    page.apply()  # a QGIS before 3.24 does not ask isValid
    assert settings.value("paper") == "A4" and settings.value("thresholds") == "60,80,95"
    assert "ascending" in page.failure.text() and page.failure.isVisibleTo(page)


def test_what_was_kept_and_cannot_be_used_is_told_and_holds_nobody_up(
    profile: Path, tmp_path: Path
) -> None:
    stores, gone = QgsSettings(), str(tmp_path / "unplugged")
    stores.setValue("coodiag/dossier_folder", gone)
    stores.setValue("coodiag/min_count", "2")
    stores.setValue("coodiag/paper", "A5")
    page = show(OptionsPage(SettingsSession()))
    assert gone in told(page, "dossier_folder")
    assert page.fields["dossier_folder"].text() == gone
    assert "“2”" in told(page, "min_count") and page.fields["min_count"].text() == "5"
    assert "“A5”" in told(page, "paper") and page.fields["paper"].text() == "A4"
    picture(page, "kept_bad")
    assert page.isValid()
    page.apply()
    assert stores.value("coodiag/dossier_folder") == gone
    assert not stores.contains("coodiag/min_count") and not stores.contains("coodiag/paper")
    close(page)


def test_reset_shows_the_defaults_and_keeps_them_once_accepted(profile: Path) -> None:
    session = SettingsSession()
    session.save({"paper": "A3", "min_count": "11", "urls/wfs": "https://mirror.example"})
    page = show(OptionsPage(session))
    assert not page.fields["urls/wfs"].parentWidget().isCollapsed(), "one address was given"
    page.defaults.click()
    assert {page.fields[name].text() for name in ("paper", "min_count")} == {"A4", "5"}
    assert settings.value("paper") == "A3"
    page.apply()
    assert [key for key in QgsSettings().allKeys() if key.startswith("coodiag/")] == []
    close(page)


def test_what_an_environment_variable_decides_is_shown_and_closed(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_URL_WFS", "https://tests.example")
    page = show(OptionsPage(SettingsSession()))
    field = page.fields["urls/wfs"]
    assert field.text() == "https://tests.example" and not field.editor.isEnabled()
    assert any("COODIAG_URL_WFS" in label.text() for label in field.findChildren(QLabel))
    page.reset()
    page.apply()
    assert field.text() == "https://tests.example"
    assert not QgsSettings().contains("coodiag/urls/wfs")
    close(page)


def test_a_key_is_chosen_among_the_configurations_and_never_kept_itself(
    authentication: QgsAuthManager, page: OptionsPage
) -> None:
    secret = "invented-key-0077"
    authcfg = stored(authentication, "APIHeader", {"X-INSEE-Api-Key-Integration": secret})
    page.fields["keys/sirene"].editor.setConfigId(authcfg)
    assert page.isValid()
    page.apply()
    stores = QgsSettings()
    assert stores.value("coodiag/keys/sirene") == authcfg
    assert all(secret not in str(stores.value(key)) for key in stores.allKeys())


def test_the_wheel_turns_no_value_that_lies_in_its_way(page: OptionsPage) -> None:
    box = page.fields["paper"].editor
    page.fields["house_style"].editor.lineEdit().setFocus()
    assert not turned(box), "left to the page, which scrolls"
    assert page.fields["paper"].text() == "A4"
    box.setFocus()
    assert turned(box) and page.fields["paper"].text() == "A3"


def turned(box: QComboBox) -> bool:
    """Turn the wheel over a box; whether it took that for itself."""
    centre = QPointF(box.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(box.mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QgsApplication.sendEvent(box, event)
    return bool(event.isAccepted())


def test_every_editor_is_reached_by_the_tab_key(page: OptionsPage) -> None:
    """In the order of the page, as far as it is unfolded."""
    page.fields["house_style"].editor.lineEdit().setFocus()
    met = []
    for _ in range(60):
        at = QgsApplication.focusWidget()
        met += [name for name, field in page.fields.items() if field.isAncestorOf(at)]
        QTest.keyClick(at, Qt.Key.Key_Tab)
    first = list(dict.fromkeys(met))
    shown = [name for name, field in page.fields.items() if field.isVisibleTo(page)]
    assert first == shown and "min_count" in first and "cache_folder" in first


# --- the cache --------------------------------------------------------------------------------


@pytest.fixture
def files(profile: Path) -> dict[str, Path]:
    made = {}
    for name, file in (
        ("web", "answers/wfs/ab/one.answer"),
        ("roads", "abc/nodes.npy"),
        ("corrections", "corrections.sqlite"),
        ("assistant", "assistant.json"),
    ):
        made[name] = settings.cache_folder(name) / file
        made[name].parent.mkdir(parents=True, exist_ok=True)
        made[name].write_bytes(b"x" * 2_500_000)
    return made


def tick(page: OptionsPage, name: str) -> None:
    tree = page.cache.tree
    names = [
        tree.topLevelItem(row).data(0, Qt.ItemDataRole.UserRole).name
        for row in range(tree.topLevelItemCount())
    ]
    tree.topLevelItem(names.index(name)).setCheckState(0, Qt.CheckState.Checked)


def test_the_cache_is_emptied_of_what_is_ticked_after_a_question(
    files: dict[str, Path], page: OptionsPage
) -> None:
    view = page.cache
    assert "4" in view.told.text() and not view.empty.isEnabled()
    tick(page, "roads")
    assert view.empty.isEnabled() and not view.asking.isVisibleTo(page)
    view.empty.click()
    assert view.asking.isVisibleTo(page) and files["roads"].exists()
    page.area.ensureWidgetVisible(view.asking)
    picture(page, "question")
    view.spare.click()
    assert not view.asking.isVisibleTo(page) and files["roads"].exists()
    view.empty.click()
    view.remove.click()
    wait(lambda: not files["roads"].exists())
    measured(page)
    wait(lambda: "Freed" in view.told.text() and not view._errands)
    assert all(files[name].exists() for name in ("web", "corrections", "assistant"))


def test_a_page_closed_while_it_measures_hears_no_answer(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    slow = emptying.parts

    def parts(progress: Any) -> Any:
        started.append(True)
        for _ in range(100):
            progress.check()
            QTest.qSleep(10)
        return slow(progress)

    monkeypatch.setattr(emptying, "parts", parts)
    page = OptionsPage(SettingsSession())
    page.show()
    wait(lambda: started)
    errand = page.cache._errands[0]
    sip.delete(page)
    assert errand.isCanceled() and not errand.waiting
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)


def test_emptying_can_be_stopped(
    files: dict[str, Path], page: OptionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(names: Any, progress: Any) -> Any:
        while True:
            progress.check()
            QTest.qSleep(5)

    monkeypatch.setattr(emptying, "empty", endless)
    view = page.cache
    tick(page, "web")
    view.empty.click()
    view.remove.click()
    assert view.stop.isVisibleTo(page)
    view.stop.click()
    measured(page)
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert view.told.text().startswith("Stopped.") and not view.stop.isVisibleTo(page)
    assert files["web"].exists()


# --- the factory ------------------------------------------------------------------------------


def test_the_page_is_made_when_it_is_opened_and_leaves_nothing(profile: Path) -> None:
    factory = _Factory()
    assert factory.title() == "Coodiag" and factory.key() == "coodiag"
    before = len(QgsApplication.allWidgets())
    for _ in range(3):
        page = factory.createWidget(None)
        measured(page)
        close(page)
        del page
    gc.collect()
    QgsApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    assert len(QgsApplication.allWidgets()) <= before


@pytest.mark.parametrize("width", [400, 900])
def test_the_page_fits_its_window(profile: Path, language: str, width: int) -> None:
    page = OptionsPage(SettingsSession())
    page.resize(width, 1500)
    show_at = page.size()
    page.show()
    measured(page)
    area = page.area
    assert page.size() == show_at, "nothing is wider than the window"
    assert area.widget().width() <= area.viewport().width()
    picture(page, f"{language}_{width}", 1500)
    close(page)
