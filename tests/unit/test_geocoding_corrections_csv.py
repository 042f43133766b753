"""Corrections as a csv file: what goes out comes in, and nothing else does."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.correction import CLICKED, GIVEN_UP, Correction
from coodiag.coodiag_plugin.geocoding.corrections import Corrections
from coodiag.coodiag_plugin.geocoding.corrections_csv import read, write
from coodiag.coodiag_plugin.geocoding.queries import Query

GARE = Query("1", "12 bis rue de la Gare", "", "99100", "Valmoreau")
INCONNUE = Query("2", "rue Inconnue", "", "", "", "35238")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.csv"
    with Corrections(tmp_path / "a.sqlite", Silent()) as kept:
        kept.put(
            GARE, Correction(CLICKED, "adresse", -1.123456789, 48.0, "Ici ; là", "99001", "a\nb")
        )
        kept.put(INCONNUE, Correction(GIVEN_UP, "echec", None, None))
        assert write(path, kept.export()) == 2
    return path


def test_what_goes_out_comes_in(exported: Path, tmp_path: Path) -> None:
    with Corrections(tmp_path / "b.sqlite", Silent()) as kept:
        assert kept.take(read(exported, Silent())) == 2
        found = kept.get(GARE)
        assert found is not None
        assert (found.lon, found.label, found.note) == (-1.123456789, "Ici ; là", "a\nb")
        dropped = kept.get(INCONNUE)
        assert dropped is not None and dropped.lon is None


def test_the_export_is_its_owners_and_holds_no_address(exported: Path) -> None:
    assert "gare" not in exported.read_text(encoding="utf-8-sig").lower()
    if os.name == "posix":
        assert stat.S_IMODE(exported.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("clicked", "guessed"),
        ("adresse;", "maison;"),
        ("48.0", "nan"),
        ("48.0", "148.0"),
        ("48.0", ""),
        ("+00:00", ""),
        ("-1.123456789;48.0", ";"),
        (";clicked", ";;clicked"),
    ],
)
def test_a_line_that_is_no_correction_is_refused_by_its_number(
    exported: Path, old: str, new: str
) -> None:
    text = exported.read_text(encoding="utf-8-sig")
    assert old in text
    exported.write_text(text.replace(old, new), encoding="utf-8-sig")
    with pytest.raises(InputError) as caught:
        read(exported, Silent())
    assert caught.value.fields["line"] in (2, 3, 4)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match="not an export"):
        read(other, Silent())
    other.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read(other, Silent())
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.csv", Silent())
