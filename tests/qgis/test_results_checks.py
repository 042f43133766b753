"""What step 6 says of the checks of the pages, with and without the journal of the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.qgis_bridge.desk.results import Results


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
