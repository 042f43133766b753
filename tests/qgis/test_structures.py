"""``coodiag:structures`` and ``coodiag:batchfile``: a row, a dossier; a refusal, and the next one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.many.batch import write_batch
from coodiag.coodiag_plugin.qgis_bridge.many.cells import diagnosis, value_of
from coodiag.coodiag_plugin.qgis_bridge.many.inputs import sum_of
from coodiag.coodiag_plugin.qgis_bridge.many.plan import OWN, folder_name, plan
from coodiag.processing_algorithms.parameters import KEYS
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.structures_samples import short_profile, write_table
from qgis.core import QgsProcessingContext, QgsProcessingProvider, QgsVectorLayer


def told(provider: QgsProcessingProvider, name: str, text: str, beside: Path) -> Any:
    algorithm = diagnosis()
    return value_of(algorithm.parameterDefinition(name), text, beside)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("FORMATS", "xlsx, ODT", ["xlsx", "odt"]),
        ("PAPER", "a3", "A3"),
        ("COMMUNE_PAGES", "Non", False),
        ("COMMUNE_PAGES", "oui", True),
        ("MIN_COUNT", "11", 11),
        ("DPI", "96,0", 96),
        ("TERRITORY", "EPCI:243500139", "EPCI:243500139"),
        ("PROFILE", "ess", "ess"),
        ("THRESHOLDS", "50,80", "50,80"),
    ],
)
def test_a_cell_is_the_value_of_its_parameter(
    provider: QgsProcessingProvider, tmp_path: Path, name: str, text: str, value: Any
) -> None:
    assert told(provider, name, text, tmp_path) == value


def test_a_relative_path_starts_from_the_table(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    (tmp_path / "mon.json").touch()
    for name in ("CLIENTS", "DATA_FOLDER", "HOUSE_STYLE"):
        assert told(provider, name, "dans/ici", tmp_path) == str(tmp_path / "dans" / "ici")
    assert told(provider, "PROFILE", "mon.json", tmp_path) == str(tmp_path / "mon.json")
    area = told(provider, "AREA", "a.gpkg|layername=b", tmp_path)
    assert area == f"{tmp_path / 'a.gpkg'}|layername=b"
    assert told(provider, "CLIENTS", str(tmp_path / "c.csv"), Path("/")) == str(tmp_path / "c.csv")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("PAPER", "A5", "A4, A3"),
        ("FORMATS", "xlsx,pdf", "“pdf” is no value of FORMATS"),
        ("PAPER", "A4, A3", "no value of PAPER"),
        ("COMMUNE_PAGES", "peut-être", "oui, non"),
        ("MIN_COUNT", "beaucoup", "not a number"),
    ],
)
def test_a_cell_that_cannot_work_is_refused(
    provider: QgsProcessingProvider, tmp_path: Path, name: str, text: str, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        told(provider, name, text, tmp_path)


def test_every_parameter_of_a_diagnosis_has_a_column(provider: QgsProcessingProvider) -> None:
    algorithm = diagnosis()
    names = {item.name() for item in algorithm.parameterDefinitions()}
    keys = {name for name, _, _ in KEYS.values()}
    assert {row["parameter"] for row in rows("structure_columns")} == names - keys
    assert set(OWN) <= names
    several = provider.algorithm("structures")
    shared = {item.name() for item in several.parameterDefinitions()}
    assert names - set(OWN) <= shared and not (set(OWN) - {"OUTPUT_FOLDER"}) & shared


def test_what_runs_a_diagnosis_asks_for_its_packages(provider: QgsProcessingProvider) -> None:
    wanted = diagnosis().PACKAGES
    assert wanted and wanted == provider.algorithm("structures").PACKAGES
    assert wanted == provider.algorithm("replay").PACKAGES
    assert provider.algorithm("batchfile").PACKAGES == ()


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("L’Atelier (Rennes)", "L’Atelier (Rennes)"),
        ("../../etc", "etc"),
        ("A/B: c*", "A B c"),
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("", "_"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_structure_is_a_folder_that_every_system_takes(text: str, folder: str) -> None:
    assert folder_name(text) == folder


def test_two_rows_of_one_folder_are_not_one_dossier(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    table = write_table(
        tmp_path / "t.csv", [["Mirage"], ["MIRAGE"], ["Autre"], [""]], ("structure",)
    )
    table.write_text(table.read_text(encoding="utf-8").replace("\n\n", "\n"), encoding="utf-8")
    first, second, other = plan(table, {"DPI": 72}, tmp_path / "d", Silent())
    assert first.refusal is None and other.refusal is None
    assert first.parameters["OUTPUT_FOLDER"] == str(tmp_path / "d" / "Mirage")
    assert first.parameters["DPI"] == 72
    assert second.refusal is not None and "row 2 has the same folder" in str(second.refusal)


def test_the_sum_of_the_inputs_follows_what_is_read(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    folder = tmp_path / "officiel"
    folder.mkdir()
    (folder / "a.csv").write_text("1", encoding="utf-8")
    clients = tmp_path / "c.csv"
    clients.write_text("a;b", encoding="utf-8")
    given = {"CLIENTS": str(clients), "DATA_FOLDER": str(folder), "STRUCTURE": "Mirage"}

    def now(**changes: Any) -> str:
        return sum_of(diagnosis(), {**given, **changes}, QgsProcessingContext(), lambda: None)

    first = now()
    assert now() == first == now(OUTPUT_FOLDER=str(tmp_path / "ailleurs"))
    assert now(STRUCTURE="Autre") != first
    clients.rename(tmp_path / "d.csv")
    assert now(CLIENTS=str(tmp_path / "d.csv")) == first, "a file is its content, not its name"
    (tmp_path / "d.csv").write_text("a;c", encoding="utf-8")
    assert now(CLIENTS=str(tmp_path / "d.csv")) != first
    (tmp_path / "d.csv").write_text("a;b", encoding="utf-8")
    (folder / "b.csv").touch()
    assert now(CLIENTS=str(tmp_path / "d.csv")) != first, "another official file"


@pytest.fixture(scope="module")
def network(demo: DemoPaths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table of four structures: one that works, two with a fault, one unnamed."""
    folder = tmp_path_factory.mktemp("réseau")
    short_profile(folder)
    shutil.copy(demo.sites, folder / "sites.xlsx")
    epci = demo.territory.split(",")[0]
    write_table(
        folder / "structures.csv",
        [
            ["Mirage Un (fictif)", epci, "sites.xlsx", "", "", "profil court.json", "x"],
            ["Mirage Deux (fictif)", epci, "", "absent.csv", "", "profil court.json", ""],
            ["Mirage Trois (fictif)", "Atlantide", "", "", "", "profil court.json", ""],
            ["", epci, "", "", "", "profil court.json", ""],
        ],
    )
    return folder


def given(network: Path, demo: DemoPaths, output: Path) -> dict[str, Any]:
    return {
        "TABLE": str(network / "structures.csv"),
        "DATA_FOLDER": str(demo.data_folder),
        "COMMUNE_PAGES": False,
        "FORMATS": ["xlsx"],
        "DPI": 72,
        "DATE": "2026-03-31",
        "OUTPUT_FOLDER": str(output),
        "SUMMARY": "TEMPORARY_OUTPUT",
    }


def run(
    provider: QgsProcessingProvider, asked: dict[str, Any], heard: Heard | None = None
) -> tuple[dict[str, Any], list[list[Any]], list[str]]:
    """Results, rows of the summary, sentences."""
    context, heard = QgsProcessingContext(), heard or Heard()
    algorithm = provider.algorithm("structures").create()
    good, why = algorithm.checkParameterValues(asked, context)
    assert good, why
    results, _ = algorithm.run(asked, context, heard, {}, False)
    layer: QgsVectorLayer | None = context.getMapLayer(results.get("SUMMARY", ""))
    found = [item.attributes() for item in layer.getFeatures()] if layer else []
    return results, found, heard.said


def column(found: Sequence[Sequence[Any]], rank: int) -> list[Any]:
    return [row[rank] for row in found]


def test_a_refusal_does_not_stop_the_others_and_what_is_made_is_not_made_again(
    provider: QgsProcessingProvider, demo: DemoPaths, network: Path, tmp_path: Path
) -> None:
    output = tmp_path / "dossiers"
    asked = given(network, demo, output)
    results, found, said = run(provider, asked)
    assert (results["COUNT"], results["COUNT_DONE"], results["COUNT_REFUSED"]) == (4, 1, 3)
    assert column(found, 3) == ["fait", "refuse", "refuse", "refuse"]
    assert column(found, 0) == [2, 3, 4, 5] and found[0][5] > 5
    assert [str(value) for value in found[0][6:]] == ["NULL"] * 4, "no file is no count, not zero"
    assert "absent.csv does not exist" in found[1][4] and "Atlantide" in found[2][4]
    assert "has no name" in found[3][4]
    assert any("Contact" in sentence for sentence in said), "a column left out is told"
    dossier = output / "Mirage Un (fictif)"
    assert (dossier / "atlas.pdf").stat().st_size > 10_000
    assert sorted(path.name for path in output.iterdir()) == [dossier.name, "structures.json"]
    kept = (output / "structures.json").read_text(encoding="utf-8")
    assert str(network) not in kept and "sites.xlsx" not in kept

    made = (dossier / "atlas.pdf").stat().st_mtime_ns
    results, found, said = run(provider, asked)
    assert (results["COUNT_DONE"], results["COUNT_KEPT"]) == (0, 1)
    assert found[0][3] == "deja_fait" and found[0][5] > 5
    assert (dossier / "atlas.pdf").stat().st_mtime_ns == made

    (dossier / "coodiag.json").write_text("{}", encoding="utf-8")
    results, *_ = run(provider, asked)
    assert results["COUNT_DONE"] == 1, "a dossier that is no longer what was made is made again"


def test_a_cancel_stops_between_and_keeps_what_is_made(
    provider: QgsProcessingProvider, demo: DemoPaths, network: Path, tmp_path: Path
) -> None:
    heard = Heard("Territory and indicators")
    results, _, said = run(provider, given(network, demo, tmp_path / "d"), heard)
    assert results == {} and not any("Mirage Deux" in sentence for sentence in said)
    assert not list((tmp_path / "d").glob("*/atlas.pdf"))


def batch(
    provider: QgsProcessingProvider, network: Path, demo: DemoPaths, folder: Path
) -> tuple[Path, dict[str, Any]]:
    asked = given(network, demo, folder / "dossiers")
    asked.pop("SUMMARY")
    asked["OUTPUT"] = str(folder / "réseau.batch")
    algorithm = provider.algorithm("batchfile").create()
    results, _ = algorithm.run(asked, QgsProcessingContext(), Heard(), {}, False)
    return Path(results["OUTPUT"]), results


def test_the_batch_window_of_qgis_loads_the_file(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    network: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.PyQt.QtWidgets import QFileDialog

    file, results = batch(provider, network, demo, tmp_path)
    assert (results["COUNT"], results["COUNT_REFUSED"]) == (4, 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *more: (str(file), ""))
    dialog = BatchAlgorithmDialog(diagnosis())
    panel = dialog.mainWidget()
    panel.load()
    assert panel.batchRowCount() == 3
    first, good = panel.parametersForRow(0, QgsProcessingContext())
    assert good and first["STRUCTURE"] == "Mirage Un (fictif)"
    assert first["SITES"] == str(network / "sites.xlsx") and first["DPI"] == 72
    assert first["FORMATS"] == ["xlsx"] and first["COMMUNE_PAGES"] is False
    assert first["PROFILE"] == str(network / "profil court.json")
    assert first["OUTPUT_FOLDER"] == str(tmp_path / "dossiers" / "Mirage Un (fictif)")
    dialog.close()
    dialog.deleteLater()


def test_an_older_qgis_gets_the_list_that_it_reads(
    provider: QgsProcessingProvider, network: Path, tmp_path: Path
) -> None:
    """Before 3.40 the batch window evaluates each value as Python."""
    planned = plan(network / "structures.csv", {"FORMATS": ["xlsx"]}, tmp_path, Silent())
    file = tmp_path / "ancien.json"
    refused = write_batch(
        file, planned, QgsProcessingContext(), FeedbackProgress(Heard()), version=33_400
    )
    rows_ = json.loads(file.read_text(encoding="utf-8"))
    assert refused == 1 and isinstance(rows_, list) and len(rows_) == 3
    assert rows_[0]["PARAMETERS"]["FORMATS"] == "['xlsx']"
    assert rows_[0]["PARAMETERS"]["STRUCTURE"] == "'Mirage Un (fictif)'"
    assert rows_[0]["OUTPUTS"]["OUTPUT_FOLDER"] == str(tmp_path / "Mirage Un (fictif)")


def test_a_table_that_is_not_there_is_refused_before_the_run(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    for name in ("structures", "batchfile"):
        asked = {
            "TABLE": str(tmp_path / "absente.csv"),
            "OUTPUT_FOLDER": str(tmp_path),
            "OUTPUT": str(tmp_path / "x.batch"),
        }
        good, why = (
            provider.algorithm(name).create().checkParameterValues(asked, QgsProcessingContext())
        )
        assert not good and "absente.csv does not exist" in why
