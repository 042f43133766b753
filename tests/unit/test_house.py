"""House styles: what a folder gives, and refusals that say what to mend."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.house import DEFAULT, House, current, in_use, load_house
from coodiag.coodiag_plugin.core.style_families import families
from coodiag.coodiag_plugin.core.version import ROOT

SHIPPED = ROOT / "styles" / "fonts"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x02" + bytes(9)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>"


def renamed(source: Path, target: Path, family: str, **patch: int) -> None:
    """A font file of the plugin under another family of as many letters; ``patch``: bytes of OS/2."""
    data = source.read_bytes().replace(
        "Coodiag Sans".encode("utf-16-be"), family.encode("utf-16-be")
    )
    data = bytearray(data.replace(b"Coodiag Sans", family.encode()))
    if patch:
        tables = int.from_bytes(data[4:6], "big")
        for rank in range(tables):
            at = 12 + 16 * rank
            if data[at : at + 4] == b"OS/2":
                start = int.from_bytes(data[at + 8 : at + 12], "big")
                data[start + 8 : start + 10] = patch["fs_type"].to_bytes(2, "big")
    target.write_bytes(bytes(data))


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    fonts = tmp_path / "polices"
    fonts.mkdir()
    for face in ("Regular", "Bold"):
        renamed(SHIPPED / f"CoodiagSans-{face}.ttf", fonts / f"Fictive-{face}.ttf", "Fictive Sans")
    (tmp_path / "logo.svg").write_bytes(SVG)
    (tmp_path / "couverture.png").write_bytes(PNG)
    write(
        tmp_path,
        name="Maison fictive",
        family="Fictive Sans",
        photo="couverture.png",
        colours={"emploi": "#C0392B", "social": "#1f6f8b"},
    )
    return tmp_path


def write(folder: Path, **document: Any) -> None:
    (folder / "maison.json").write_text(json.dumps(document, indent=1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_house(folder)
    return str(caught.value)


def test_a_whole_house(folder: Path) -> None:
    house = load_house(folder)
    assert (house.name, house.family) == ("Maison fictive", "Fictive Sans")
    assert [path.name for path in house.fonts] == ["Fictive-Bold.ttf", "Fictive-Regular.ttf"]
    assert house.logo == folder / "logo.svg" and house.photo == folder / "couverture.png"
    assert dict(house.colours) == {"emploi": "#c0392b", "social": "#1f6f8b"}
    assert house.style("communes") is None


def test_everything_is_optional(tmp_path: Path) -> None:
    house = load_house(tmp_path)
    assert house == House(folder=tmp_path)
    assert house.family == DEFAULT.family == "Coodiag Sans" and not house.colours


def test_the_family_may_be_left_to_the_files(folder: Path) -> None:
    write(folder, name="Maison fictive")
    assert load_house(folder).family == "Fictive Sans"


def test_a_house_is_in_use_for_its_run_only() -> None:
    house = House(name="Maison fictive")
    seen: list[House] = []
    with in_use(house):
        assert current() is house
        other = threading.Thread(target=lambda: seen.append(current()))
        other.start()
        other.join()
        with pytest.raises(ZeroDivisionError), in_use(House(name="Autre")):
            raise ZeroDivisionError
        assert current() is house
    assert current() is DEFAULT and seen == [DEFAULT]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"colour": {}}, "line 2, the key “colour” is unknown"),
        ({"colours": {"emplois": "#123456"}}, "line 3, the key “emplois” is unknown"),
        ({"colours": {"emploi": "red"}}, "line 3, the colour of “emploi” is “red”: write #"),
        ({"colours": {"emploi": "#1234567"}}, "the colour of “emploi” is “#1234567”"),
        ({"colours": {"emploi": 12}}, "the colour of “emploi” is “12”"),
        ({"name": 3}, "“name” must be a text"),
        ({"name": "x" * 81}, "“name” has room for 80 signs"),
        ({"family": "Autre"}, "in none of the font files of polices (there: Fictive Sans)"),
        ({"logo": "../logo.svg"}, "“logo”: the file ../logo.svg is not in the folder"),
        ({"photo": "absente.png"}, "“photo”: the file absente.png is not in the folder"),
    ],
)
def test_slips_of_the_description_are_named(
    folder: Path, document: dict[str, Any], words: str
) -> None:
    write(folder, **document)
    assert words in refusal(folder) and "maison.json" in refusal(folder)


def test_what_is_no_json_is_named_on_its_line(folder: Path) -> None:
    (folder / "maison.json").write_text('{\n "name": "a",\n}', encoding="utf-8")
    assert "maison.json cannot be used: line" in refusal(folder)
    (folder / "maison.json").write_bytes('{"name": "é"}'.encode("latin-1"))
    assert "UTF-8" in refusal(folder)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "nulle-part" in refusal(tmp_path / "nulle-part")


def test_a_family_needs_its_true_bold(folder: Path) -> None:
    (folder / "polices" / "Fictive-Bold.ttf").unlink()
    assert "lacks its Bold font" in refusal(folder)


def test_a_family_named_without_files(tmp_path: Path) -> None:
    write(tmp_path, family="Fictive Sans")
    assert "needs its font files" in refusal(tmp_path)


def test_two_families_of_which_none_is_named(folder: Path) -> None:
    for face in ("Regular", "Bold"):
        renamed(
            SHIPPED / f"CoodiagSans-{face}.ttf", folder / "polices" / f"b{face}.ttf", "Seconde Sans"
        )
    write(folder, name="Maison fictive")
    assert "2 families (Fictive Sans, Seconde Sans)" in refusal(folder)


def test_fonts_that_cannot_be_used(folder: Path) -> None:
    (folder / "polices" / "a.ttf").write_bytes(b"\x00\x01\x00\x00\x00\x01OS/2")
    assert "a.ttf is not a font" in refusal(folder)
    (folder / "polices" / "a.ttf").write_bytes(b"texte")
    assert "a.ttf is not a font" in refusal(folder)
    (folder / "polices" / "a.ttf").unlink()
    bold = folder / "polices" / "Fictive-Bold.ttf"
    renamed(SHIPPED / "CoodiagSans-Bold.ttf", bold, "Fictive Sans", fs_type=2)
    assert "may not be embedded" in refusal(folder)


@pytest.mark.parametrize(
    "drawing",
    [
        b"<svg><script>alert(1)</script></svg>",
        b"<svg><image href='http://exemple.invalid/a.png'/></svg>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"<svg onload='x()'/>",
        b"<svg><image href='/chez/quelquun/photo.png'/></svg>",
        b"<svg><image href='../photo.png'/></svg>",
        b"<?xml-stylesheet href='style.css'?><svg/>",
        b"<svg><image href='&#104;ttp://exemple.invalid/a.png'/></svg>",
    ],
)
def test_a_drawing_that_would_run_or_fetch_is_refused(folder: Path, drawing: bytes) -> None:
    (folder / "logo.svg").write_bytes(drawing)
    assert "logo.svg is more than a drawing" in refusal(folder)


def test_a_drawing_may_refer_to_itself_and_hold_a_picture(folder: Path) -> None:
    (folder / "logo.svg").write_bytes(
        b"<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/><image href=\"\"/>"
        b"<image href='data:image/png;base64,AA=='/><rect id='a' fill='url( #b )'/></svg>"
    )
    assert load_house(folder).logo == folder / "logo.svg"


@pytest.mark.parametrize("drawing", [b"<svg", "<svg><title>é</title></svg>".encode("latin-1")])
def test_a_damaged_drawing_is_refused_before_the_run(folder: Path, drawing: bytes) -> None:
    (folder / "logo.svg").write_bytes(drawing)
    assert "logo.svg is not a picture" in refusal(folder)


def test_a_picture_that_would_fill_the_memory_is_refused(folder: Path) -> None:
    side = (30_000).to_bytes(4, "big")
    (folder / "couverture.png").write_bytes(PNG[:16] + side + side + PNG[24:])
    assert "30000 × 30000 pixels" in refusal(folder)


def test_a_picture_is_what_its_name_says(folder: Path) -> None:
    (folder / "couverture.png").write_bytes(b"\xff\xd8\xff\xe0")
    assert "couverture.png is not a picture" in refusal(folder)
    (folder / "couverture.png").write_bytes(PNG + bytes(20_000_001))
    assert "more than 20 MB" in refusal(folder)


def test_a_style_that_styles_nothing_is_named(folder: Path) -> None:
    (folder / "commune.qml").write_text("<qgis/>", encoding="utf-8")
    assert "commune.qml, which styles nothing" in refusal(folder)
    assert "communes.qml" in refusal(folder)


def test_a_style_of_the_house_is_found(folder: Path) -> None:
    (folder / "communes.qml").write_text("<qgis/>", encoding="utf-8")
    assert load_house(folder).style("communes") == folder / "communes.qml"


def test_the_manifest_and_the_files_agree() -> None:
    held = {path.stem for path in (ROOT / "styles").glob("*.qml")}
    assert held == set(families())
    for family in families().values():
        assert family.geometry in ("point", "line", "polygon")
        assert family.kind in ("base", "template")
        assert bool(family.symbols) == (family.kind == "template")
        assert family.french and family.english


@pytest.mark.parametrize("family", [" " * 12, "Fictive\nSans", "Fictive\u202eSans"])
def test_a_font_whose_family_cannot_be_written_is_refused(folder: Path, family: str) -> None:
    path = folder / "polices" / "Fictive-Bold.ttf"
    data = path.read_bytes()
    for coding in ("utf-16-be", "mac-roman"):
        held = family.encode(coding, "replace")
        data = data.replace("Fictive Sans".encode(coding), held)
    path.write_bytes(data)
    assert "Fictive-Bold.ttf is not a font that can be read" in refusal(folder)


def test_a_name_too_long_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        load_house(tmp_path / ("x" * 300))


def test_a_pipe_among_the_fonts_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "polices" / "tube.ttf")
    assert "tube.ttf is not a font" in refusal(folder)


@pytest.mark.parametrize(("name", "most"), [("maison.json", 5), ("polices/Fictive-Bold.ttf", 50)])
def test_what_would_fill_the_memory_is_refused(folder: Path, name: str, most: int) -> None:
    with (folder / name).open("r+b") as stream:
        stream.truncate(most * 1_000_000 + 1)  # a hole: no room is taken
    assert f"more than {most} MB" in refusal(folder)


@pytest.mark.parametrize("name", ["maison.json", "logo.svg", "polices/Fictive-Bold.ttf"])
def test_a_closed_file_is_a_refusal(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, *given: Any, **kinds: Any) -> Any:
        if path == folder / name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *given, **kinds)

    opened = Path.open
    monkeypatch.setattr(Path, "open", closed)
    monkeypatch.setattr(
        Path, "read_text", lambda path, encoding: path.open(encoding=encoding).read()
    )
    monkeypatch.setattr(Path, "read_bytes", lambda path: path.open("rb").read())
    assert f"{Path(name).name} cannot be read: Permission denied" in refusal(folder)
