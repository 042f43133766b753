"""A dossier that comes from somebody else: what it names is judged before it is looked at."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core import places
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import Draft, in_dossier, resumed
from coodiag.coodiag_plugin.qgis_bridge.desk.received import ASKED_AGAIN, CHECKS, VALUES
from coodiag.coodiag_plugin.qgis_bridge.many.cells import diagnosis
from coodiag.tests.qgis.wizards import desk_at, opened
from qgis.core import QgsProcessingProvider, QgsProject, QgsVectorLayer

FAR = (
    "\\\\ailleurs.example\\partage\\x",
    "//ailleurs.example/partage/x",
    "/vsicurl/http://ailleurs.example/x",
    "https://ailleurs.example/x",
    "/net/ailleurs.example/x",
    "/dev/stdin",
    "relatif/x",
)
SHAPES = '{"type": "FeatureCollection", "features": []}'
PATHS = tuple(name for name in CHECKS if name != "MAPPING")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "reçu"
    (folder / "confidentiel").mkdir(parents=True)
    (folder / "coodiag.json").write_text('{"parameters": {}}', encoding="utf-8")
    return folder


def draft_in(folder: Path, parameters: dict[str, Any], notes: Any = None) -> None:
    content = {"format": 1, "parameters": parameters, "notes": notes or {}}
    path = folder / "confidentiel" / "assistant.json"
    path.write_text(json.dumps(content), encoding="utf-8")


def test_every_parameter_of_a_diagnosis_is_judged(provider: QgsProcessingProvider) -> None:
    algorithm = diagnosis()  # kept: its definitions go with it
    names = [item.name() for item in algorithm.parameterDefinitions()]
    assert sorted(names) == sorted([*VALUES, *CHECKS, *ASKED_AGAIN])


@pytest.mark.parametrize("far", FAR)
def test_what_leads_away_is_never_looked_at(
    dossier: Path, far: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(path: Any, *more: Any, **kinds: Any) -> os.stat_result:
        looked.append(os.fspath(path))
        return stat(path, *more, **kinds)

    stat = os.stat
    draft_in(dossier, dict.fromkeys(PATHS, far), {"options": {"own": [far]}})
    monkeypatch.setattr(os, "stat", look)
    draft, left = resumed(dossier)
    monkeypatch.undo()
    assert draft.parameters == {"OUTPUT_FOLDER": str(dossier)} and set(left) == set(PATHS)
    assert draft.notes["options"]["own"] == []
    assert looked and not any("ailleurs" in path or "/dev/" in path for path in looked)


def test_one_s_own_dossier_is_resumed(dossier: Path, tmp_path: Path) -> None:
    mine = {}
    for name in PATHS:
        path = tmp_path / name
        path.mkdir() if name in ("DATA_FOLDER", "HOUSE_STYLE") else path.write_text(SHAPES)
        mine[name] = str(path)
    mine["AREA"] += "|layername=zone"
    mine["MAPPING"] = '{"clients": {"sheet": "Feuil1"}}'
    draft_in(dossier, mine, {"territory": {"name": "Mirage", "names": {"COM:35238": "Mirage"}}})
    draft, left = resumed(dossier)
    assert draft.parameters == {**mine, "OUTPUT_FOLDER": str(dossier)} and left == ()
    assert draft.notes["territory"] == {"name": "Mirage", "names": {"COM:35238": "Mirage"}}
    assert draft.notes["files"] == {"folder_chosen": True}, "its folder follows its name no more"


def test_a_file_inside_the_dossier_is_taken_but_no_link(dossier: Path, tmp_path: Path) -> None:
    (dossier / "clients.csv").touch()
    (dossier / "lien").symlink_to(tmp_path)
    (tmp_path / "sites.csv").touch()
    inside = {"CLIENTS": str(dossier / "clients.csv"), "SITES": str(dossier / "lien" / "sites.csv")}
    draft_in(dossier, {**inside, "SURVEY": str(dossier / "lien")})
    draft, left = resumed(dossier)
    assert draft.parameters == {
        "CLIENTS": inside["CLIENTS"],
        "OUTPUT_FOLDER": str(dossier),
    }
    assert left == ("SITES", "SURVEY")


def test_a_layer_is_a_file_of_the_user_or_of_the_project(
    dossier: Path, tmp_path: Path, qgis_new_project: None
) -> None:
    """Inside the dossier it could be a file that sends GDAL elsewhere, whatever its ending."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "zone", "memory")
    QgsProject.instance().addMapLayer(layer)
    (dossier / "zone.geojson").write_text(SHAPES)
    (tmp_path / "zone.gpkg").write_text(SHAPES)
    (tmp_path / "envoi.gpkg").write_text("<OGRVRTDataSource/>")
    good = [layer.id(), str(tmp_path / "zone.gpkg"), f"{tmp_path / 'zone.gpkg'}|layerid=0"]
    bad = [
        str(dossier / "zone.geojson"),
        str(tmp_path / "envoi.gpkg"),
        f"{tmp_path / 'zone.gpkg'}|option:LIST_ALL_TABLES=YES",
        f"{tmp_path / 'zone.gpkg'}|layername=a|subset=SELECT 1",
        "PG:host=ailleurs.example",
        "une_couche_qui_n_est_pas_la",
    ]
    for text in [*good, *bad]:
        draft_in(dossier, {"AREA": text})
        draft, left = resumed(dossier)
        assert (draft.parameters.get("AREA") == text) == (text in good), text
        assert left == (() if text in good else ("AREA",))


def test_corrections_are_not_written_into_what_is_handed_out(dossier: Path, tmp_path: Path) -> None:
    (dossier / "corrections.sqlite").touch()
    (tmp_path / "autre nom").symlink_to(dossier)
    for home in (dossier, tmp_path / "autre nom"):
        draft_in(dossier, {"CORRECTIONS": str(home / "corrections.sqlite")})
        assert resumed(dossier)[1] == ("CORRECTIONS",)


@pytest.mark.parametrize(
    "notes",
    [
        {"options": {"own": 3}, "territory": {"names": [], "name": {}}, "files": {"x": []}},
        {"territory": {"names": {"a": 1}}, "options": {"own": [{}, 3]}},
    ],
)
def test_notes_of_a_wrong_kind_are_not_taken(dossier: Path, notes: Any) -> None:
    draft_in(dossier, {"AILLEURS": "x", "MAPPING": "{", "CLIENTS": ["a"]}, notes)
    draft, left = resumed(dossier)
    assert draft.parameters == {"OUTPUT_FOLDER": str(dossier)} and left == ("MAPPING", "CLIENTS")
    assert (
        draft.notes["territory"].get("names", {}) == {} and "name" not in draft.notes["territory"]
    )
    assert draft.notes.get("options", {}).get("own", []) == []


@pytest.mark.parametrize("text", ['{"format": 1, "parameters": {"DPI": 1e999}}', " " * 1_100_000])
def test_an_absurd_draft_is_refused(dossier: Path, text: str) -> None:
    (dossier / "confidentiel" / "assistant.json").write_text(text)
    with pytest.raises(InputError, match="cannot be read"):
        resumed(dossier)


def test_the_draft_is_neither_read_nor_written_through_a_link(
    dossier: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    draft_in(dossier, {})
    (dossier / "confidentiel" / "assistant.json").replace(elsewhere / "assistant.json")
    (dossier / "confidentiel" / "assistant.json").symlink_to(elsewhere / "assistant.json")
    with pytest.raises(InputError, match="link to another place"):
        resumed(dossier)
    (dossier / "confidentiel" / "assistant.json").unlink()
    (dossier / "confidentiel").rmdir()
    (dossier / "confidentiel").symlink_to(elsewhere)
    with pytest.raises(InputError, match="link to another place"):
        resumed(dossier)
    (elsewhere / "assistant.json").unlink()
    with pytest.raises(InputError, match="link to another place"):
        in_dossier(dossier).save(Draft())
    assert list(elsewhere.iterdir()) == []


def test_a_junction_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class State:
        st_mode = 0o40755
        st_reparse_tag = 0xA0000003

    monkeypatch.setattr(places.os, "lstat", lambda path: State())
    assert places.is_link(tmp_path)


def test_the_dock_says_what_is_not_taken(
    provider: QgsProcessingProvider, dossier: Path, tmp_path: Path
) -> None:
    draft_in(dossier, {"CLIENTS": FAR[0], "STRUCTURE": "Reçue (fictive)"})
    desk = desk_at(tmp_path)
    draft, said = desk.draft_of(str(dossier))
    assert draft.parameters["STRUCTURE"] == "Reçue (fictive)"
    assert "Not taken from it" in said and desk.label("CLIENTS") in said
    dock = opened(desk)
    dock.open_dossier(str(dossier))
    assert dock.notice.text.text() == f"The dossier is open. {said}"
    assert "CLIENTS" not in dock.desk.draft.parameters
    dock.leave()
    dock.close()
