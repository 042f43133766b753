"""A file is whole or is not there; what cannot be written is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.whole_file import write_whole

REFUSAL = "The file {file} could not be written ({reason})."


def test_the_new_file_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"avant")
    write_whole(path, b"neuf", REFUSAL)
    assert path.read_bytes() == b"neuf" and list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_open_elsewhere_stays_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"avant")

    def locked(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(InputError, match=r"^The file a\.xlsx could not .* \(Permission denied\)"):
        write_whole(path, b"neuf", REFUSAL)
    assert path.read_bytes() == b"avant" and list(tmp_path.iterdir()) == [path]
