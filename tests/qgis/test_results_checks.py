"""What step 6 says of the checks of the pages, with and without the journal of the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.french import NO_BREAK_SPACE
from coodiag.coodiag_plugin.qgis_bridge.desk.results import JOURNAL, Results, _checks
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import Fault, sentences


def test_the_checks_are_those_of_the_journal(dossier_copy: Path) -> None:
    said = Results().read(str(dossier_copy)).checks
    assert said and "is gone" not in said
    assert said.split(".")[0] in (dossier_copy / "journal.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\xff"])
def test_a_journal_that_is_gone_or_broken_is_told(
    dossier_copy: Path, content: bytes | None
) -> None:
    journal = dossier_copy / "journal.txt"
    journal.unlink()
    if content is not None:
        journal.write_bytes(content)
    assert "(journal.txt) is gone or cannot be read" in Results().read(str(dossier_copy)).checks


def test_what_is_said_of_a_page_names_no_item_of_its_layout(tmp_path: Path) -> None:
    faults = [
        Fault(f"00{n} Titre", "legende.classe.3", "gris", "« A » et « B » se ressemblent")
        for n in (1, 2)
    ]
    journal = tmp_path / JOURNAL
    told = [
        *sentences(faults, 9),
        *sentences([Fault("003 Autre", "carte.principale", "classes", "3")], 9),
    ]
    lines = ["Contrôle des pages", "-", *(f"- {line}" for line in told), "", "Atlas"]
    journal.write_text("\n".join(lines), encoding="utf-8")
    said = [line.replace(NO_BREAK_SPACE, " ") for line in _checks(journal).split("\n")]
    assert said == [
        "Pages « 001 Titre » et « 002 Titre » (gris) : « A » et « B » se ressemblent.",
        "Page « 003 Autre » (classes) : 3.",
    ]
