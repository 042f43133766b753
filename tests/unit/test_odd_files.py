"""One odd file in a folder of data never ends a run: it is put aside with its reason, in French."""

from __future__ import annotations

import gzip
import io
import os
import re
import socket
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources import folder as folder_module
from coodiag.coodiag_plugin.sources import odd_files
from coodiag.coodiag_plugin.sources.folder import read_columns, scan
from coodiag.coodiag_plugin.sources.odd_files import refusal_of
from coodiag.coodiag_plugin.sources.official_xlsx import OfficialWorkbook
from coodiag.tests.unit.test_official_folder import CENSUS, put, workbook
from coodiag.tests.unit.test_statistics import CODES, FULL, Geography, Log, comparateur

POSIX = pytest.mark.skipif(os.name != "posix", reason="no such files here")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one good file."""
    put(tmp_path, "bon.csv", CENSUS)
    return tmp_path


def reason(data: Path, name: str) -> str:
    """Why ``name`` is put aside; the good file is there all the same."""
    inventory = scan(data)
    assert [file.name for file in inventory.files] == ["bon.csv"]
    why = dict(inventory.ignored)
    assert list(why) == [name]
    return why[name]


def zipped(*members: tuple[str, bytes]) -> bytearray:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return bytearray(content.getvalue())


def patched(archive: bytearray, local: int, central: int, value: bytes) -> bytes:
    """Bytes changed in the local header and in the central directory of a one-member archive."""
    at = archive.index(b"PK\x03\x04") + local
    archive[at : at + len(value)] = value
    at = archive.index(b"PK\x01\x02") + central
    archive[at : at + len(value)] = value
    return bytes(archive)


# Damaged content -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.csv.gz", "x.geojson.gz", "x.osm.gz"])
@pytest.mark.parametrize("content", [b"", b"not a gzip", gzip.compress(CENSUS.encode() * 50, mtime=0)[:60], gzip.compress(b"a;b\n" * 9000, mtime=0)[:-9] + b"\0" * 9], ids=["empty", "text", "cut", "wrong sum"])  # fmt: skip
def test_a_damaged_gzip(data: Path, name: str, content: bytes) -> None:
    put(data, name, content)
    why = reason(data, name)
    assert why in (odd_files.DAMAGED, "texte sans colonnes", "fichier XML qui n’est pas d’OpenStreetMap") or "JSON" in why or "en-têtes" in why  # fmt: skip


def test_a_gzip_whose_deflate_stream_is_wrong(data: Path) -> None:
    content = bytearray(gzip.compress(CENSUS.encode() * 50))
    content[12:40] = b"\xff" * 28
    put(data, "x.csv.gz", bytes(content))
    assert reason(data, "x.csv.gz") == odd_files.DAMAGED


def test_a_member_whose_sum_is_wrong(data: Path) -> None:
    archive = zipped(("base.csv", CENSUS.encode() * 3))
    put(data, "x.zip", patched(archive, 14, 16, b"\0\0\0\0"))
    assert reason(data, "x.zip/base.csv") == odd_files.DAMAGED


def test_a_cut_archive(data: Path) -> None:
    put(data, "x.zip", bytes(zipped(("base.csv", CENSUS.encode()))[:-30]))
    assert reason(data, "x.zip") == "archive zip illisible : téléchargez-la de nouveau"


def test_an_unknown_compression(data: Path) -> None:
    archive = zipped(("base.csv", CENSUS.encode()))
    put(data, "x.zip", patched(archive, 8, 10, struct.pack("<H", 97)))
    assert reason(data, "x.zip/base.csv") == odd_files.DAMAGED


def test_an_encrypted_member(data: Path) -> None:
    archive = zipped(("base.csv", CENSUS.encode()))
    put(data, "x.zip", patched(archive, 6, 8, struct.pack("<H", 1)))
    assert "mot de passe" in reason(data, "x.zip/base.csv")


@pytest.mark.parametrize(
    "name",
    ["/etc/base.csv", "../base.csv", "a/../../base.csv", "..\\base.csv", "C:\\base.csv", "\\\\serveur\\base.csv", "a\nb.csv"],
)  # fmt: skip
def test_a_member_that_leaves_the_archive(data: Path, name: str) -> None:
    item = zipfile.ZipInfo("base.csv")
    item.filename = name
    assert "suspect" in refusal_of(item)
    put(data, "x.zip", bytes(zipped((name, CENSUS.encode()))))
    shown = name.replace("\n", "?")
    assert reason(data, f"x.zip/{shown}") == odd_files.ODD_NAME


def test_a_member_name_that_is_no_text(data: Path) -> None:
    """cp850 bytes, as old Windows tools write them: readable; said to be UTF-8: not."""
    archive = zipped(("donnXes.csv", CENSUS.encode()))
    put(data, "x.zip", bytes(archive).replace(b"donnXes", b"donn\x82es"))
    inventory = scan(data)
    assert {file.path.name for file in inventory.files} == {"bon.csv", "x.zip"}
    lying = bytearray(bytes(archive).replace(b"donnXes", b"donn\xffes"))
    put(data, "x.zip", patched(lying, 6, 8, struct.pack("<H", 0x800)))
    assert "illisible" in reason(data, "x.zip")


def test_a_bomb_is_not_opened(data: Path) -> None:
    archive = zipped(("base.csv", CENSUS.encode()))
    put(data, "x.zip", patched(archive, 22, 24, struct.pack("<I", 2 * 1024**3)))
    assert reason(data, "x.zip/base.csv") == odd_files.BOMB


def test_the_national_stock_is_no_bomb() -> None:
    item = zipfile.ZipInfo("StockEtablissement_utf8.csv")
    item.file_size, item.compress_size = 9_500_000_000, 2_860_000_000
    assert refusal_of(item) == ""


@pytest.mark.parametrize("depth", [500, 200_000])
def test_deeply_nested_json(data: Path, depth: int) -> None:
    nest = "[" * depth + "]" * depth
    text = f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"a":{nest}}}}}]}}'
    put(data, "x.geojson", text)
    assert reason(data, "x.geojson")


def test_a_workbook_with_a_column_far_away(data: Path) -> None:
    content = workbook({"COM": [["CODGEO", "LIBGEO"], ["35001", "Acigné"]]})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            part = archive.read(name).replace(b'r="B1"', b'r="ZZZZZZZ1"')
            other.writestr(name, part)
    path = put(data, "x.xlsx", made.getvalue())
    with path.open("rb") as stream, pytest.raises(SourceError, match="cannot be read"):
        list(OfficialWorkbook(stream, path.name).rows("COM"))
    assert reason(data, "x.xlsx") == odd_files.DAMAGED


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.geojson", "x.xlsx", "x.gpkg", "x.shp", "x.zip", "x.osm", "x.csv.gz", "x.parquet"])  # fmt: skip
@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"\xff\xfe" + b"\xd8" * 999, b"PK\x03\x04" + b"\1" * 200, b'"' * 200_000, b"SQLite format 3\0" + b"\x10" * 4000])  # fmt: skip
def test_any_bytes_under_any_name(data: Path, name: str, content: bytes) -> None:
    put(data, name, content)
    why = reason(data, name)
    assert why and not re.search(r"\b(the|cannot|file)\b", why), "reasons are in French"


# Odd places --------------------------------------------------------------------------------------


def test_a_file_that_may_not_be_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without relying on rights, which the superuser does not have to mind."""
    path = put(data, "x.csv", CENSUS)
    opened = Path.open

    def guarded(self: Path, *args: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", guarded)
    assert reason(data, "x.csv") == odd_files.FORBIDDEN


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser reads all")
def test_a_folder_that_may_not_be_read(data: Path) -> None:
    put(data, "fermé/x.csv", CENSUS)
    (data / "fermé").chmod(0)
    try:
        assert reason(data, "fermé") == odd_files.CLOSED_FOLDER
    finally:
        (data / "fermé").chmod(0o700)


def test_a_closed_folder_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(data, "fermé/x.csv", CENSUS)
    listed = os.scandir

    def guarded(path: Any) -> Any:
        if str(path).endswith("fermé"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert reason(data, "fermé") == odd_files.CLOSED_FOLDER


@POSIX
def test_a_pipe(data: Path) -> None:
    os.mkfifo(data / "x.csv")
    assert reason(data, "x.csv") == odd_files.NO_FILE


@POSIX
def test_a_socket(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("x.csv")
        assert reason(data, "x.csv") == odd_files.NO_FILE


@POSIX
def test_links_that_turn_in_circles(data: Path) -> None:
    (data / "sous").mkdir()
    (data / "sous" / "encore").symlink_to(data, target_is_directory=True)
    assert reason(data, "sous/encore") == odd_files.FOLDER_LINK


@POSIX
@pytest.mark.parametrize("target", ["x.csv", "nulle_part.csv"])
def test_links_that_lead_nowhere(data: Path, target: str) -> None:
    (data / "x.csv").symlink_to(data / target)
    assert reason(data, "x.csv") == odd_files.DEAD_LINK


@POSIX
def test_a_link_to_a_file_is_followed(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = put(tmp_path_factory.mktemp("ailleurs"), "x.csv", CENSUS)
    (data / "lien.csv").symlink_to(other)
    assert [file.name for file in scan(data).files] == ["bon.csv", "lien.csv"]


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_file_that_vanishes(data: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    path = put(data, "x.csv", CENSUS)
    if moment == "before":
        listed = folder_module.walk

        def walk(folder: Path) -> Any:
            found = list(listed(folder))
            path.unlink()
            return iter(found)

        monkeypatch.setattr(folder_module, "walk", walk)
    else:
        examined = folder_module.examine

        def examine(found: Path) -> Any:
            if found == path:
                path.unlink()
            return examined(found)

        monkeypatch.setattr(folder_module, "examine", examine)
    assert reason(data, "x.csv") == odd_files.VANISHED


def test_rights_given_back_are_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(data, "x.csv", CENSUS)
    with monkeypatch.context() as patch:
        patch.setattr(
            Path, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "no"))
        )
        assert not any(file.name == "x.csv" for file in _files(data))
    path.chmod(0o640)
    (data / "bon.csv").chmod(0o640)
    assert len(scan(data).files) == 2


def _files(data: Path) -> Any:
    try:
        return scan(data).files
    except folder_module.InputError:
        return ()


# Found out later -----------------------------------------------------------------------------


def test_a_file_damaged_far_into_it_is_put_aside_by_the_statistics(tmp_path: Path) -> None:
    from coodiag.coodiag_plugin.sources.statistics import Statistics

    rows = "".join(f"{code};1;1;1\n" for code in range(10_000, 60_000))
    content = gzip.compress(("CODGEO;P30_POP;P25_POP;C30_MEN\n" + rows).encode())
    put(tmp_path, "abîmé.csv.gz", content[: len(content) * 3 // 4])
    put(tmp_path, "bon.csv", comparateur(FULL))
    assert len(scan(tmp_path).files) == 2, "its first lines look good"
    with pytest.raises(SourceError):
        read_columns(next(f for f in scan(tmp_path).files if f.path.suffix == ".gz"))
    log = Log()
    found = Statistics(scan(tmp_path), Geography(), ["P_POP"], log).choose(["P_POP"], CODES)
    assert found["P_POP"].year == 2018
    assert any("abîmé.csv.gz is put aside" in warning for warning in log.warnings)
