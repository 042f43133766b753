"""``coodiag:replay``: the same dossier from its run file, its files found whatever their names."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.runfile import InputFile, input_file
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layers import memory_layer
from coodiag.coodiag_plugin.qgis_bridge.many.inputs import layer_sum
from coodiag.coodiag_plugin.qgis_bridge.many.replay import (
    find_files,
    parameters_of,
    read_run,
    tell_differences,
)
from coodiag.tests.qgis.conftest import DAY, Heard, inputs
from coodiag.tests.structures_samples import short_profile
from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsRectangle,
    QgsVectorLayer,
)

#: What a dossier holds that is the same to the byte; its project and tables carry times of their own.
SAME = ("atlas.pdf", "contexte.json", "coodiag.json", "indicateurs.xlsx", "journal.txt")


def run(provider: QgsProcessingProvider, name: str, asked: dict[str, Any]) -> tuple[Any, Heard]:
    context, heard = QgsProcessingContext(), Heard()
    algorithm = provider.algorithm(name).create()
    good, why = algorithm.checkParameterValues(asked, context)
    if not good:
        raise QgsProcessingException(why)
    results, _ = algorithm.run(asked, context, heard, {}, False)
    return results, heard


@pytest.fixture(scope="module")
def made(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    shared_cache: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A short dossier from an edited profile, with the sites and a mapping by hand."""
    folder = tmp_path_factory.mktemp("avant")
    asked = inputs(demo, folder / "dossier", PROFILE=str(short_profile(folder)))
    for name in ("CLIENTS", "BENEFICIARIES"):
        asked.pop(name)
    run(provider, "diagnostic", {**asked, "COMMUNE_PAGES": False, "DPI": 72})
    return folder / "dossier"


@pytest.fixture
def files(made: Path, demo: DemoPaths, tmp_path: Path) -> Path:
    """The files of the structure under other names, among others of the same size."""
    folder = tmp_path / "fichiers" / "rangés"
    folder.mkdir(parents=True)
    shutil.copy(demo.sites, folder / "renommé.xlsx")
    (folder / "autre.xlsx").write_bytes(b"0" * demo.sites.stat().st_size)
    shutil.copy(made.parent / "profil court.json", folder / "profil d'avant.json")
    return folder.parent


def test_the_same_dossier_comes_back(
    provider: QgsProcessingProvider, made: Path, files: Path, demo: DemoPaths, tmp_path: Path
) -> None:
    results, heard = run(
        provider,
        "replay",
        {
            "RUN_FILE": str(made / "coodiag.json"),
            "DATA_FOLDER": str(demo.data_folder),
            "FILES_FOLDER": str(files),
            "OUTPUT_FOLDER": str(tmp_path / "après"),
        },
    )
    assert Path(results["DOSSIER"]) == tmp_path / "après" and results["PAGES"] > 5
    for name in SAME:
        assert (tmp_path / "après" / name).read_bytes() == (made / name).read_bytes(), name
    told = next(text for text in heard.said if "official files" in text)
    same, count = (int(word) for word in told.split() if word.isdigit())
    assert same == count > 10


def test_what_differs_from_then_is_told(made: Path) -> None:
    before = read_run(made / "coodiag.json")
    first, second, *_ = before.sources
    sources = {**before.sources, first: "another", "Un fichier de plus": "x"}
    del sources[second]
    now = replace(before, sources=sources, counts={**before.counts, "CLIENTS_IN": 12})
    heard = Heard()
    tell_differences(before, now, FeedbackProgress(heard))
    count = len(before.sources)
    assert heard.said == [
        f"{count - 2} of the {count} official files of the dossier are the same as then.",
        f"Its content has changed: {first}.",
        f"Not used this time: {second}.",
        "Not used then: Un fichier de plus.",
        "CLIENTS_IN was 0, and is 12 now.",
    ]


def test_a_date_of_today_takes_the_place_of_that_of_then(
    provider: QgsProcessingProvider, made: Path, files: Path, demo: DemoPaths, tmp_path: Path
) -> None:
    """Handed on to the diagnosis, which refuses this one."""
    asked = {
        "RUN_FILE": str(made / "coodiag.json"),
        "DATA_FOLDER": str(demo.data_folder),
        "FILES_FOLDER": str(files),
        "DATE": "demain",
        "OUTPUT_FOLDER": str(tmp_path / "après"),
    }
    with pytest.raises(QgsProcessingException, match="“demain” is not a date"):
        run(provider, "replay", asked)


def test_what_is_missing_is_refused_by_its_role(
    provider: QgsProcessingProvider, made: Path, demo: DemoPaths, tmp_path: Path
) -> None:
    asked = {
        "RUN_FILE": str(made / "coodiag.json"),
        "DATA_FOLDER": str(demo.data_folder),
        "OUTPUT_FOLDER": str(tmp_path / "après"),
    }
    with pytest.raises(QgsProcessingException, match="have changed since: sites, profile"):
        run(provider, "replay", asked)
    assert not (tmp_path / "après").exists()
    asked.pop("DATA_FOLDER")
    with pytest.raises(QgsProcessingException, match="made from a folder of official files"):
        run(provider, "replay", asked)


def test_another_file_is_no_run_file(
    provider: QgsProcessingProvider, made: Path, tmp_path: Path
) -> None:
    for name, content in (("a.json", "{"), ("b.json", '{"format": 99}'), ("c.json", "[]")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=f"{name} is not the run file of a dossier"):
            read_run(tmp_path / name)
    with pytest.raises(InputError, match="is not the run file"):
        read_run(made / "contexte.json")


def test_two_roles_may_be_one_file_and_the_first_folder_comes_first(tmp_path: Path) -> None:
    one, two = tmp_path / "un", tmp_path / "deux"
    for folder in (one, two):
        folder.mkdir()
        (folder / "même.csv").write_text("a;b", encoding="utf-8")
    wanted = [input_file(role, one / "même.csv") for role in ("sites", "clients")]
    found = find_files(wanted, [two, one], Silent())
    assert found == dict.fromkeys(("sites", "clients"), two / "même.csv")
    gone = InputFile("words", ".csv", hashlib.sha256(b"x;y").hexdigest(), 3)
    with pytest.raises(InputError, match="since: texts of the analyst"):
        find_files([*wanted, gone], [one], Silent())


def square(size: float) -> QgsVectorLayer:
    shape = QgsGeometry.fromRect(QgsRectangle(0, 0, size, size))
    return memory_layer("périmètre", {}, "Polygon", "EPSG:2154", [({}, shape)])


def test_a_layer_is_asked_again_and_another_one_is_told(
    provider: QgsProcessingProvider, made: Path, tmp_path: Path
) -> None:
    document = json.loads((made / "coodiag.json").read_text(encoding="utf-8"))
    area = square(10)
    document["inputs"] = [
        {"role": "area", "kind": "layer", "sha256": layer_sum(area), "size": area.featureCount()}
    ]
    document["parameters"]["PROFILE"] = "coodiag"  # its own is an input, left out here
    path = tmp_path / "coodiag.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    recorded = read_run(path)
    with pytest.raises(InputError, match="with a layer as AREA: give it again"):
        parameters_of(recorded, [], {"AREA": None}, Silent())
    for layer, told in ((square(10), 0), (square(11), 1)):
        heard = Heard()
        asked = parameters_of(recorded, [], {"AREA": layer}, FeedbackProgress(heard))
        assert asked["AREA"] is layer
        assert sum("AREA is not the layer" in text for text in heard.said) == told


def test_the_run_file_tells_the_layers_that_were_given(
    provider: QgsProcessingProvider, demo: DemoPaths
) -> None:
    from coodiag.coodiag_plugin.core.wanted import OfficialSource
    from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options
    from coodiag.coodiag_plugin.qgis_bridge.pipeline.run import _layers

    area = square(5)
    options = Options("", "Mirage", "coodiag", OfficialSource(), Path("/"), DAY, area=area)
    (told,) = _layers(options)
    assert (told.role, told.kind, told.size) == ("area", "layer", 1)
    assert told.sha256 == layer_sum(square(5)) != layer_sum(square(6))
