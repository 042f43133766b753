"""Paths that somebody else wrote: judged by how they are written, before anything is looked at."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.places import (
    check_small,
    ends_here,
    is_file,
    is_folder,
    is_link,
    is_reserved,
    leads_away,
)
from coodiag.coodiag_plugin.sources.spreadsheet import read_table

HOME = PurePosixPath("/srv/exemple/dossier")


@pytest.mark.parametrize(
    "text",
    [
        "\\\\ailleurs.example\\partage\\clients.xlsx",
        "//ailleurs.example/partage/clients.xlsx",
        "\\/ailleurs.example/partage",
        "\\\\?\\UNC\\ailleurs.example\\partage",
        "//./pipe/x",
        "//?/C:/x",
        "http://ailleurs.example/x.json",
        "file:///etc/passwd",
        "/vsicurl/http:/ailleurs.example/x",
        "/VSIZIP//vsicurl/x",
        "/./vsicurl/x",
        "/net/ailleurs.example/x",
        "//net/ailleurs.example",
        "/./net/ailleurs.example/x",
        "/Network/Servers/ailleurs.example/x",
        "/srv/../net/ailleurs.example/x",
        "..\\..\\x",
        "/dev/zero",
        "/proc",
        "/sys/kernel",
        "C:/x\n/y",
        "C:\\x\\COM1",
        "c:/aux.txt/x",
        "a\0b",
    ],
)
def test_what_leads_away_is_told_by_how_it_is_written(text: str) -> None:
    assert leads_away(text, Path(HOME))


@pytest.mark.parametrize(
    "text",
    [
        "/srv/exemple/clients.xlsx",
        "D:\\Dossiers\\clients.xlsx",
        "Z:/partage/clients.xlsx",
        "/srv/clé/liste\u00a0: été.ods",
        "/Volumes/Partage/x",
        "/network-data/x",
        "/srv/exemple/..bizarre/x",
        "/srv/exemple/aux/x",
    ],
)
def test_drives_of_this_machine_lead_nowhere(text: str) -> None:
    assert not leads_away(text, Path(HOME))


def test_the_shared_folder_of_the_dossier_is_open_already() -> None:
    shared = Path("//serveur/Partage/dossiers/un")
    assert not leads_away("\\\\SERVEUR\\partage\\clients.xlsx", shared)
    assert leads_away("\\\\serveur\\autre\\clients.xlsx", shared)
    assert leads_away("//autre/Partage/clients.xlsx", shared)
    assert leads_away("//serveur/Partage/../../autre/x", shared)
    assert leads_away("//?/UNC/autre/x", Path("//?/UNC/serveur/x"))
    assert not leads_away("/net/serveur/a/x", Path("/net/serveur/b"))
    assert leads_away("/net/autre/x", Path("/net/serveur/b"))


@pytest.mark.parametrize("name", ["x" * 300, "\0", "x/" * 3000])
def test_a_name_too_long_is_of_nothing(tmp_path: Path, name: str) -> None:
    assert not is_file(tmp_path / name) and not is_folder(tmp_path / name)
    assert not is_link(tmp_path / name)


def test_a_link_is_told_whether_it_leads_somewhere_or_not(tmp_path: Path) -> None:
    (tmp_path / "là").symlink_to(tmp_path)
    (tmp_path / "nulle part").symlink_to(tmp_path / "absent")
    (tmp_path / "fichier").touch()
    found = {path.name: is_link(path) for path in tmp_path.iterdir()}
    assert found == {"là": True, "nulle part": True, "fichier": False}


@pytest.mark.parametrize(
    ("name", "reserved"),
    [("CON", True), ("con.txt", True), ("LPT²", True), ("conout$", True), ("aux .x", True),
     ("console", False), ("com", False), ("com10", False), ("Con seil", False)],
)  # fmt: skip
def test_names_that_windows_keeps_for_itself(name: str, reserved: bool) -> None:
    assert is_reserved(name) == reserved


def test_a_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "profil.json"
    with path.open("wb") as stream:
        stream.truncate(6_000_000)  # a hole: no room is taken
    with pytest.raises(InputError, match="more than 5 MB"):
        check_small(path)


def test_a_table_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    with path.open("wb") as stream:
        stream.truncate(600_000_000)
    with pytest.raises(InputError, match="weighs more than 536 MB"):
        read_table(path)


def test_links_are_read_before_they_are_followed(tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text("a", encoding="utf-8")
    (tmp_path / "sous").mkdir()
    (tmp_path / "ici").symlink_to("clients.csv")
    (tmp_path / "sous" / "encore").symlink_to("../ici")
    (tmp_path / "ailleurs").symlink_to("/net/ailleurs.example/x")
    (tmp_path / "sous" / "puis").symlink_to(tmp_path / "ailleurs")
    (tmp_path / "anneau").symlink_to("anneau")
    assert ends_here(tmp_path / "ici") and ends_here(tmp_path / "sous" / "encore")
    for name in ("ailleurs", "sous/puis", "anneau"):
        assert not ends_here(tmp_path / name), name
