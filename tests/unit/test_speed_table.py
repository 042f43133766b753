"""The user's table of speeds: what it changes, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import CATALOGUE
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.speed_table import catalogue_speeds, read_speeds
from coodiag.coodiag_plugin.zones.speeds import recognise

HEAD = "schema;class;importance;car;bike;foot;join"
BDTOPO = ["nature", "importance", "sens_de_circulation", "vitesse_moyenne_vl"]


def table(tmp_path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = tmp_path / "vitesses.csv"
    path.write_bytes("\n".join([head, *lines]).encode(encoding))
    return path


def test_without_a_file_the_catalogue_speaks() -> None:
    assert read_speeds(None) is catalogue_speeds()
    assert catalogue_speeds().find("osm", "residential").car == 25


def test_an_unchanged_copy_says_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "copie.csv"
    copy.write_bytes((CATALOGUE / "road_speeds.csv").read_bytes())
    found = read_speeds(copy)
    assert found.digest == catalogue_speeds().digest
    assert (found.name, found.changed) == ("copie.csv", 0)
    assert found.named == len(catalogue_speeds().rows)


def test_a_named_class_loses_its_other_rows_and_the_rest_stays(tmp_path: Path) -> None:
    found = read_speeds(table(tmp_path, "bdtopo;Route à 1 chaussée;;42,5;10;3;1"))
    assert found.find("bdtopo", "Route à 1 chaussée", "1").car == 42.5
    assert found.find("bdtopo", "Rond-point").car == 30
    assert found.other("osm").car == 0
    assert (found.named, found.changed) == (1, 1)
    assert found.digest != catalogue_speeds().digest


def test_a_changed_speed_comes_before_that_of_the_layer_an_unchanged_one_does_not(
    tmp_path: Path,
) -> None:
    road = {"nature": "Route à 1 chaussée", "importance": "3", "speed": 55}
    for cell, expected in (("60", 55), ("61", 61), ("0", 0)):
        path = table(tmp_path, f"bdtopo;Route à 1 chaussée;3;{cell};15;4;1")
        car = recognise(BDTOPO, "car", read_speeds(path)).read(road)
        assert car.forward == expected
    new = table(tmp_path, "bdtopo;Voie nouvelle;;20;15;4;1")
    reader = recognise(BDTOPO, "car", read_speeds(new))
    assert reader.read({"nature": "Voie nouvelle", "speed": 55}).forward == 20
    assert not reader.unknown


def test_maxspeed_still_caps_and_the_speed_of_lines_can_be_changed(tmp_path: Path) -> None:
    path = table(tmp_path, "osm;residential;;70;15;4;1", "lines;*;;12;15;4;1")
    found = read_speeds(path)
    tags = {"highway": "residential", "maxspeed": "30"}
    assert recognise(["highway", "maxspeed"], "car", found).read(tags).forward == 30
    assert recognise(["nom"], "car", found).default_speed == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_as_spreadsheets_write_it(encoding: str, separator: str, tmp_path: Path) -> None:
    cells = "bdtopo;Route empierrée;;12.5;12;4;1;x".replace(";", separator)
    head = f"{HEAD};sections".replace(";", separator).upper()
    blank = separator * 7
    found = read_speeds(
        table(tmp_path, blank, cells, f'"# note"{blank}', head=head, encoding=encoding)
    )
    assert found.find("bdtopo", "Route empierrée").car == 12.5


def test_a_comment_may_come_first(tmp_path: Path) -> None:
    path = table(tmp_path, HEAD, "lines;*;;12;15;4;1", head="# trop, de, virgules, ici, et, là")
    assert read_speeds(path).other("lines").car == 12


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["gps;x;;1;1;1;1"], ["line 2", "column schema", "“gps”", "bdtopo, osm, lines"]),
        (["osm;;;1;1;1;1"], ["line 2", "column class", "*"]),
        (["osm;path;2;1;1;1;1"], ["line 2", "column importance", "“2”"]),
        (["bdtopo;Chemin;7;1;1;1;1"], ["column importance", "1 to 6"]),
        (["osm;path;;vite;1;1;1"], ["line 2", "column car", "“vite”", "200"]),
        (["", "osm;path;;1;-2;1;1"], ["line 3", "column bike", "“-2”"]),
        (["osm;path;;1;1;nan;1"], ["column foot", "“nan”"]),
        (["osm;path;;1;1;inf;1"], ["column foot", "“inf”"]),
        (["osm;path;;1;1;;1"], ["column foot", "“”"]),
        (["osm;path;;201;1;1;1"], ["column car", "“201”"]),
        (["osm;path;;1;1;1;oui"], ["column join", "“oui”"]),
        (["osm;path;;1;1;1"], ["column join", "“”"]),
        (["osm;path;;1;1;1;1", "osm;path;;2;1;1;1"], ["line 3", "path", "line 2"]),
        ([], ["no row"]),
    ],
)
def test_a_bad_table_is_told_where_and_what_to_write(
    lines: list[str], told: list[str], tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        read_speeds(table(tmp_path, *lines))
    for words in ("vitesses.csv", *told):
        assert words in str(refused.value)


def test_missing_columns_a_missing_file_and_a_spreadsheet_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lacks the columns bike, join.*schema;class"):
        read_speeds(table(tmp_path, "x", head="schema;class;importance;car;foot"))
    with pytest.raises(InputError, match="has no row"):
        read_speeds(table(tmp_path, head=""))
    with pytest.raises(InputError, match="cannot be read"):
        read_speeds(tmp_path / "absente.csv")
    (tmp_path / "classeur.xlsx").write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(InputError, match="not a text file"):
        read_speeds(tmp_path / "classeur.xlsx")
