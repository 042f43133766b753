"""The wizard in a real window of QGIS: from an empty profile to the opened dossier, and back from a
QGIS that was ended in the middle."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.profiles import PROFILES
from coodiag.tests.e2e.desktop import Desktop, Told

#: The same walk in the other language is for the eyes: steps 1 to 6 have tests in both.
FOR_PICTURES = pytest.mark.skipif(
    not os.environ.get("COODIAG_PICTURES"), reason="COODIAG_PICTURES names no folder for pictures"
)
DRIVER = Path(__file__).with_name("wizard_driver.py")


def changes(folder: Path) -> dict[str, Any]:
    """A run that is short: a page of each chapter, no documents but the atlas and a workbook."""
    profile = json.loads((PROFILES / "coodiag.json").read_text(encoding="utf-8"))
    for chapter in profile["chapters"]:
        chapter["pages"] = chapter["pages"][:1]
    path = folder / "profil court.json"
    path.write_text(json.dumps({**profile, "id": "court"}), encoding="utf-8")
    return {
        "PROFILE": str(path),
        "FORMATS": ["xlsx"],
        "COMMUNE_PAGES": False,
        "DPI": 72,
        "OUTPUT_FOLDER": str(folder / "dossier é"),
        **dict.fromkeys(("SURVEY", "ACTORS", "ACTIONS", "WORDS"), ""),
    }


def pictures(told: Told, language: str) -> None:
    """Kept where ``COODIAG_PICTURES`` says, to be looked at; those of ``docs/pictures`` are made so."""
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        for name, path in told.pictures.items():
            shutil.copy(path, Path(folder) / f"wizard-{language}-{name.replace(' ', '-')}.png")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=FOR_PICTURES)])
def test_from_an_empty_profile_to_the_opened_dossier(
    desktop: Callable[..., Desktop], tmp_path: Path, language: str
) -> None:
    given = changes(tmp_path)
    told = desktop(language=language).run(DRIVER, "whole", given, seconds=420)
    pictures(told, language)
    values = told.values
    assert values["problems"] == {name: [] for name in values["problems"]}
    assert values["usable"] is True
    assert values["dossier"] == given["OUTPUT_FOLDER"], values["log"]
    dossier = Path(values["dossier"])
    assert (dossier / "atlas.pdf").read_bytes().startswith(b"%PDF")
    assert (dossier / "confidentiel" / "assistant.json").stat().st_mode & 0o077 == 0
    assert values["project"] == "diagnostic.qgz"
    count, bad = values["layers"]
    assert count > 5 and bad == []
    assert len(values["buttons"]) >= 5 and any("404" in text for text in values["told"])
    assert told.errors == []


@pytest.mark.slow
def test_qgis_ended_in_the_middle_loses_nothing_and_leaves_no_process(
    desktop: Callable[..., Desktop], tmp_path: Path
) -> None:
    given = changes(tmp_path)
    machine = desktop(language="fr")
    started = machine.start(DRIVER, "hold", given)
    try:
        started.wait_for("under way", 240)
        children = running(machine)
        assert len(children) == 1
        started.kill()
        until = time.monotonic() + 60
        while running(machine):
            assert time.monotonic() < until, "the run outlives QGIS"
            time.sleep(0.2)
    finally:
        started.stop()
    assert not (tmp_path / "dossier é").exists(), "nothing half made, and no person in it"
    told = machine.run(DRIVER, "again", given, seconds=240)
    pictures(told, "fr")
    assert told.values["kept"]["CLIENTS"] and told.values["kept"]["FORMATS"] == ["xlsx"]
    assert told.values["notice"] and told.values["stopped"]
    assert running(machine) == [] and told.errors == []
    assert not (tmp_path / "dossier é").exists()


def running(machine: Desktop) -> list[str]:
    """The processes of QGIS that work for this machine's profile."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            called = (entry / "cmdline").read_bytes().split(b"\0")
            around = (entry / "environ").read_bytes()
        except OSError:  # it has ended meanwhile, or is another user's
            continue
        if b"qgis_process" in called[0] and str(machine.folder).encode() in around:
            found.append(entry.name)
    return found
