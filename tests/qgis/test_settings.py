"""The settings: typed, checked, followed by the algorithms."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import CoodiagError, InputError
from coodiag.coodiag_plugin.core.version import ROOT
from coodiag.coodiag_plugin.qgis_bridge import settings
from coodiag.coodiag_plugin.qgis_bridge.locating import How
from coodiag.coodiag_plugin.qgis_bridge.network import network_settings
from coodiag.coodiag_plugin.qgis_bridge.settings.registry import Kind, Section, Setting
from coodiag.coodiag_plugin.qgis_bridge.settings.registry import settings as registry
from coodiag.coodiag_plugin.qgis_bridge.settings.session import SettingsSession
from coodiag.tests.qgis.conftest import stored
from coodiag.tests.qgis.settings_profile import empty_profile
from qgis.core import (
    QgsApplication,
    QgsAuthManager,
    QgsProcessingProvider,
    QgsSettings,
)
from qgis.PyQt.QtCore import QSettings


@pytest.fixture
def stores(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QgsSettings]:
    with empty_profile(tmp_path, monkeypatch):
        yield QgsSettings()


@pytest.fixture
def session(stores: QgsSettings) -> SettingsSession:
    return SettingsSession()


# --- the registry -----------------------------------------------------------------------------


@pytest.mark.parametrize("row", registry().values(), ids=lambda row: row.name)
def test_each_setting_is_whole_and_its_default_can_be_kept(
    row: Setting, session: SettingsSession
) -> None:
    assert row.label and row.help.endswith((".", ")"))
    assert session.refusal(row.name, str(row.default)) == ""
    assert len(row.options) == len(row.spoken)
    assert (row.kind is Kind.CHOICE) == bool(row.options)
    assert (row.kind is Kind.NUMBER) == (row.maximum > 0)


def test_every_setting_stands_in_one_part_of_the_page(session: SettingsSession) -> None:
    shown = [row.name for part in Section for row in session.section(part.name)[1]]
    assert sorted(shown) == sorted(registry())
    assert {"house_style", "min_count", "cache_folder", "keys/sirene", "urls/wfs"} <= set(shown)


def test_the_documentation_is_what_the_registry_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    document = importlib.import_module("document_settings")
    assert written == document.document(), "run scripts/document.py with the Python of QGIS"
    assert all(f"`coodiag/{name}`" in written for name in registry())


# --- what is in force -------------------------------------------------------------------------


def test_a_value_has_the_type_of_its_setting(stores: QgsSettings) -> None:
    assert settings.value("min_count") == 5 and settings.value("paper") == "A4"
    stores.setValue("coodiag/min_count", "7")
    stores.setValue("coodiag/thresholds", ["50", "70", "90"])  # as Qt reads an unquoted list
    assert settings.value("min_count") == 7
    assert settings.value("thresholds") == "50,70,90"


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("min_count", "2"),
        ("min_count", "five"),
        ("min_count", "1001"),
        ("paper", "A5"),
        ("geocoder", "nominatim"),
        ("thresholds", "90,50"),
    ],
)
def test_a_value_that_cannot_be_is_told_once_and_the_default_holds(
    name: str, bad: str, stores: QgsSettings
) -> None:
    said: list[str] = []

    def hear(text: str, tab: str, _level: object = None) -> None:
        said.append(f"{tab}: {text}")

    QgsApplication.messageLog().messageReceived.connect(hear)
    stores.setValue(f"coodiag/{name}", bad)
    try:
        assert settings.value(name) == settings.value(name) == registry()[name].default
    finally:
        QgsApplication.messageLog().messageReceived.disconnect(hear)
    assert len(said) == 1
    assert said[0].startswith(f"Coodiag: The setting coodiag/{name} is not used: ")
    assert bad in said[0]


def test_the_administrator_speaks_where_the_user_says_nothing(
    stores: QgsSettings, session: SettingsSession, tmp_path: Path
) -> None:
    path = tmp_path / "everybody.ini"
    path.write_text("[coodiag]\nmin_count=11\n")
    assert QgsSettings.setGlobalSettingsPath(str(path))
    try:
        assert settings.value("min_count") == 11 and session.default("min_count") == "11"
        session.save({"min_count": "5"})
        assert settings.value("min_count") == 5
        session.save({"min_count": "11"})
        assert settings.value("min_count") == 11
        stores.sync()
        users = QSettings(stores.fileName(), QSettings.Format.IniFormat)
        assert not users.contains("coodiag/min_count")
    finally:
        path.write_text("")  # QGIS takes no path of a file that is not there, such as the first one
        QSettings(str(path), QSettings.Format.IniFormat).sync()
    assert settings.value("min_count") == 5


def test_the_defaults_of_the_algorithms_follow_at_once(
    provider: QgsProcessingProvider, session: SettingsSession, tmp_path: Path
) -> None:
    def defaults(name: str) -> dict[str, object]:
        found = QgsApplication.processingRegistry().createAlgorithmById(f"coodiag:{name}")
        return {item.name(): item.defaultValue() for item in found.parameterDefinitions()}

    before = defaults("diagnostic")
    assert (before["PAPER"], before["MIN_COUNT"], before["THRESHOLDS"]) == ("A4", 5, "60,80,95")
    assert before["HOUSE_STYLE"] is None and before["SERVICE"] == "offline"
    house = tmp_path / "maison"
    house.mkdir()
    session.save(
        {
            "paper": "A3",
            "min_count": "11",
            "thresholds": "50,75",
            "geocoder": "geoplateforme",
            "house_style": str(house),
        }
    )
    after = defaults("diagnostic")
    assert (after["PAPER"], after["MIN_COUNT"], after["THRESHOLDS"]) == ("A3", 11, "50,75")
    assert (after["SERVICE"], after["HOUSE_STYLE"]) == ("geoplateforme", str(house))
    assert defaults("catchment")["THRESHOLDS"] == "50,75"
    assert {defaults(name)["MIN_COUNT"] for name in ("coverage", "catchment", "mobility")} == {11}
    assert defaults("geocode")["SERVICE"] == "geoplateforme"
    assert defaults("atlas")["PAPER"] == "A3"
    assert {defaults(name)["HOUSE_STYLE"] for name in ("atlas", "report", "style")} == {str(house)}


def test_addok_takes_its_address_from_the_settings(session: SettingsSession) -> None:
    how = How(service="addok", min_score=0.5)
    with pytest.raises(InputError, match="own network"):
        how.check()
    session.save({"urls/addok": "https://addok.example"})
    how.check()
    assert network_settings().urls == {"addok": "https://addok.example"}


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bad", "why"),
    [
        ("min_count", "2", "between 3 and 1000"),
        ("thresholds", "80,60", "ascending"),
        ("paper", "A5", "A4, A3, 16:9"),
        ("cache_folder", "somewhere", "whole path"),
        ("dossier_folder", "/nowhere/at/all", "is not there"),
        ("house_style", "/nowhere/at/all", "maison.json"),
        ("urls/wfs", "data.geopf.fr", "https://example.org"),
        ("urls/wfs", "https://me:secret@data.example", "kept in clear"),
        ("urls/wfs", "https://data.example/?key=1", "what follows"),
        ("urls/sirene", "http://api.example", "unencrypted to api.example"),
        ("keys/sirene", "gone123", "gone123"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(
    name: str, bad: str, why: str, session: SettingsSession, stores: QgsSettings
) -> None:
    refusal = session.refusal(name, bad)
    assert why in refusal and "secret" not in refusal
    with pytest.raises(CoodiagError):
        session.save({"paper": "A3", name: bad})
    assert [key for key in stores.allKeys() if key.startswith("coodiag/")] == []


def test_a_house_style_that_cannot_be_read_is_refused(
    session: SettingsSession, tmp_path: Path
) -> None:
    (tmp_path / "maison.json").write_text('{"colours": {"jobs": "red"}}')
    assert "maison.json" in session.refusal("house_style", str(tmp_path))


def test_an_address_without_encryption_is_taken_where_no_key_travels(
    session: SettingsSession,
) -> None:
    assert session.refusal("urls/valhalla", "http://valhalla.example:8002") == ""
    assert session.refusal("urls/sirene", "http://127.0.0.1:9000") == ""


def test_a_configuration_must_hold_the_key_of_its_service(
    authentication: QgsAuthManager, session: SettingsSession
) -> None:
    good = stored(authentication, "APIHeader", {"X-INSEE-Api-Key-Integration": "invented-1"})
    other = stored(authentication, "APIHeader", {"X-Other": "invented-2"})
    assert session.refusal("keys/sirene", good) == ""
    refusal = session.refusal("keys/sirene", other)
    assert "X-INSEE-Api-Key-Integration" in refusal and "invented" not in refusal


def test_the_default_is_forgotten_so_that_it_may_change(
    session: SettingsSession, stores: QgsSettings
) -> None:
    session.save({"paper": "A3"})
    assert stores.value("coodiag/paper") == "A3"
    session.save({"paper": "A4"})
    assert not stores.contains("coodiag/paper")


def test_an_environment_variable_comes_first_and_is_not_overwritten(
    session: SettingsSession, stores: QgsSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.save({"urls/wfs": "https://mirror.example"})
    monkeypatch.setenv("COODIAG_URL_WFS", "https://tests.example")
    assert session.fixed_by("urls/wfs") == "COODIAG_URL_WFS"
    assert session.shown("urls/wfs") == "https://tests.example"
    session.save({"urls/wfs": "https://other.example"})
    assert stores.value("coodiag/urls/wfs") == "https://mirror.example"
