"""The file of corrections itself: named by the user, open to others, or made by somebody else."""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.correction import CLICKED, Correction
from coodiag.coodiag_plugin.geocoding.corrections import (
    MOST_SALTS,
    Corrections,
    Exported,
    Hashed,
    remembered,
)
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.tests.unit.web_samples import Listener

GARE = Query("1", "12 rue de la Gare", "", "99100", "Valmoreau")
HERE = Correction(CLICKED, "adresse", 2.0, 47.0, "Point placé à la main", "99001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds one correction."""
    target = tmp_path / "corrections.sqlite"
    with Corrections(target, Silent()) as kept:
        kept.put(GARE, HERE)
    return target


def foreign(count: int) -> list[Exported]:
    """Corrections of as many machines."""
    dated = replace(HERE, date="2026-01-01T00:00:00+00:00")
    keys = (secrets.token_hex(16) for _ in range(count))
    return [(salt, Hashed(secrets.token_hex(16), ""), dated) for salt in keys]


def test_a_file_that_was_named_and_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.sqlite does not exist"):
        remembered(tmp_path / "absent.sqlite", Silent())
    assert remembered(tmp_path / "absent.sqlite", Silent(), ours=True).get(GARE) is None
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_file_open_to_others_is_closed_to_them(path: Path) -> None:
    path.chmod(0o644)
    assert remembered(path, Silent()).get(GARE) is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_rights_that_cannot_be_changed_are_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o644)

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    heard = Listener()
    assert remembered(path, heard).get(GARE) is not None
    assert len(heard.warned) == 1 and "can be read by others" in heard.warned[0]


@pytest.mark.parametrize(
    "made",
    [
        "TRIGGER t AFTER INSERT ON correction BEGIN DELETE FROM correction; END",
        "VIEW v AS SELECT 1",
        "TABLE other (a)",
        "INDEX more ON correction (note)",
    ],
)
def test_a_file_that_holds_what_we_did_not_make_is_refused_and_left(path: Path, made: str) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f"CREATE {made}")
    before = path.read_bytes()
    for ours in (False, True):
        with pytest.raises(InputError, match="not a file of corrections"):
            Corrections(path, Silent(), ours)
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]


def test_a_view_in_the_place_of_the_table_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("ALTER TABLE correction RENAME TO hidden")
        base.execute("CREATE VIEW correction AS SELECT * FROM hidden")
    with pytest.raises(InputError, match="not a file of corrections"):
        Corrections(path, Silent())


def test_files_made_apart_are_gathered_up_to_a_number(path: Path) -> None:
    """Each salt is one more digest of each row of a run."""
    with Corrections(path, Silent()) as kept:
        with pytest.raises(InputError, match=f"{MOST_SALTS + 1} files made apart"):
            kept.take(foreign(MOST_SALTS))
        assert len(kept) == 1
        assert kept.take(foreign(MOST_SALTS - 1)) == MOST_SALTS - 1
    assert remembered(path, Silent()).get(GARE) is not None


def test_a_file_of_too_many_salts_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        salts = [(salt,) for salt, _, _ in foreign(MOST_SALTS)]
        base.executemany("INSERT INTO salt (value) VALUES (?)", salts)
    with pytest.raises(InputError, match="not a file of corrections"):
        remembered(path, Silent())
