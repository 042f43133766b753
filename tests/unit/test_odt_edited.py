"""Whose a report is: an untouched one may be replaced, anything else stays."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.edition.odt import edited
from coodiag.coodiag_plugin.edition.odt.package import pack
from hypothesis import given
from hypothesis import strategies as st

#: Names that a folder may hold, French ones and odd ones.
NAMES = st.text(
    st.characters(
        blacklist_characters='/\\:*?"<>|\x00', blacklist_categories=("Cs", "Cc", "Cn", "Co")
    ),
    min_size=1,
    max_size=40,
).filter(lambda name: name.strip(" .") == name and len(name.encode()) < 180)


def document(text: str = "<a/>") -> bytes:
    """A report as a run writes it: its fingerprint among its properties."""
    members = {"content.xml": text.encode(), "Pictures/carte001.png": b"\x89PNG"}
    mark = edited.fingerprint(members)
    meta = f'<m meta:name="{edited.PROPERTY}" meta:value-type="string">{mark}</m>'
    return pack({**members, edited.META: meta.encode(), "META-INF/manifest.xml": b"<m/>"})


def rewritten(content: bytes, name: str, text: bytes) -> bytes:
    """The same package with one member changed, as a word processor saves it."""
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            new.writestr(item, text if item.filename == name else old.read(item))
    return stream.getvalue()


def test_nothing_there_is_free(tmp_path: Path) -> None:
    path = tmp_path / "rapport.odt"
    assert not edited.kept(path)
    assert edited.free_path(path) == path


def test_an_untouched_report_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rapport.odt"
    path.write_bytes(document())
    assert edited.untouched(path)
    assert edited.free_path(path) == path


@pytest.mark.parametrize("member", ["content.xml", "Pictures/carte001.png"])
def test_a_changed_report_stays(tmp_path: Path, member: str) -> None:
    path = tmp_path / "rapport.odt"
    path.write_bytes(rewritten(document(), member, b"<b/>"))
    assert edited.kept(path)
    assert edited.free_path(path) == tmp_path / "rapport (2).odt"


def test_a_member_more_or_less_is_a_change(tmp_path: Path) -> None:
    path = tmp_path / "rapport.odt"
    path.write_bytes(document())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Thumbnails/thumbnail.png", b"1")
    assert edited.kept(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"my own notes", b"PK\x03\x04 cut", document()[:-60], pack({"content.xml": b"<a/>"})],
    ids=["empty", "text", "cut", "truncated", "without fingerprint"],
)
def test_what_is_not_ours_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rapport.odt"
    path.write_bytes(content)
    assert edited.kept(path)


def test_a_folder_and_a_dangling_link_stay(tmp_path: Path) -> None:
    (tmp_path / "rapport.odt").mkdir()
    assert edited.kept(tmp_path / "rapport.odt")
    (tmp_path / "autre.odt").symlink_to(tmp_path / "nulle part")
    assert edited.kept(tmp_path / "autre.odt")


@pytest.mark.parametrize("mark", [".~lock.rapport.odt#", "~$pport.odt"])
def test_a_report_that_is_open_stays(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "rapport.odt"
    path.write_bytes(document())
    (tmp_path / mark).write_text("", encoding="utf-8")
    assert edited.kept(path)


def test_the_first_free_name_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "rapport.odt"
    for name in ("rapport.odt", "rapport (2).odt"):
        (tmp_path / name).write_bytes(b"worked on")
    (tmp_path / "rapport (3).odt").write_bytes(document("<old/>"))
    assert edited.free_path(path) == tmp_path / "rapport (3).odt"
    (tmp_path / "rapport (3).odt").write_bytes(b"worked on")
    assert edited.free_path(path) == tmp_path / "rapport (4).odt"


@given(name=NAMES, ours=st.integers(0, 3))
def test_a_free_path_never_holds_anothers_work(
    tmp_path_factory: pytest.TempPathFactory, name: str, ours: int
) -> None:
    folder = tmp_path_factory.mktemp("noms")
    path = folder / f"{name}.odt"
    others = [path, *(folder / f"{name} ({rank}).odt" for rank in range(2, 2 + ours))]
    for other in others:
        other.write_bytes(b"worked on")
    found = edited.free_path(path)
    assert found.parent == folder and found not in others and not found.exists()
    found.write_bytes(document())
    assert edited.free_path(path) == found
    assert all(other.read_bytes() == b"worked on" for other in others)


@given(st.dictionaries(NAMES, st.binary(max_size=60), max_size=5), st.data())
def test_the_fingerprint_tells_any_change(members: dict[str, bytes], data: st.DataObject) -> None:
    mark = edited.fingerprint(members)
    assert edited.fingerprint(dict(reversed(members.items()))) == mark
    name = data.draw(st.sampled_from([*members, "nouveau.xml"]))
    changed = {**members, name: members.get(name, b"") + b"."}
    if name not in ("mimetype", edited.META):
        assert edited.fingerprint(changed) != mark
