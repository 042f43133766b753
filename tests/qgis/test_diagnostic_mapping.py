"""MAPPING of ``coodiag:diagnostic``: refused before anything is written, followed, kept by places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.wanted import OfficialSource
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.pipeline.options import Options, Run
from coodiag.coodiag_plugin.qgis_bridge.pipeline.people import import_files
from coodiag.coodiag_plugin.sources.folder import Inventory
from coodiag.coodiag_plugin.sources.structure_mapping import FileMapping, parse_mappings, written
from coodiag.processing_algorithms.diagnostic import Diagnostic
from coodiag.tests.qgis.conftest import inputs
from qgis.core import QgsProcessingContext

TABLE = "Qui;Nature du lieu;Où;Remarque\nAtelier Inventé;Les Halles;Redon;Zorglub\n"


def run_of(clients: Path, output: Path, mapping: dict[str, FileMapping]) -> Run:
    options = Options(
        territory="",
        structure="Association Exemple (fictive)",
        profile="coodiag",
        source=OfficialSource(),
        output=output,
        date="2026-03-31",
        clients=clients,
        mapping=mapping,
    )
    options.check()
    return Run(options, load_profile("coodiag"), Inventory(output, (), ()), False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "MAPPING is not valid JSON"),
        ('{"salariés": {}}', "is not a role"),
        ('{"clients": {"address": "Adresse"}}', "MAPPING must say, for each file"),
        ("", ""),
        ('{"clients": {"columns": {"address": "Adresse"}}}', ""),
    ],
)
def test_a_mapping_is_judged_with_the_parameters(
    provider: Any, demo: DemoPaths, tmp_path: Path, text: str, words: str
) -> None:
    algorithm = Diagnostic().create()
    asked = inputs(demo, tmp_path, MAPPING=text)
    good, reason = algorithm.checkParameterValues(asked, QgsProcessingContext())
    assert good is not bool(words) and words in reason


def test_a_mapping_of_a_file_that_is_not_given_is_refused(tmp_path: Path) -> None:
    clients = tmp_path / "clients.csv"
    clients.write_text(TABLE, encoding="utf-8")
    with pytest.raises(InputError, match="file of sites, which is not given"):
        run_of(clients, tmp_path, {"sites": FileMapping("", {"address": 1})})


def test_a_mapping_is_followed_and_kept_without_a_name(tmp_path: Path) -> None:
    clients = tmp_path / "clients.csv"
    clients.write_text(TABLE, encoding="utf-8")
    with pytest.raises(InputError, match="looks like an address"):
        import_files(run_of(clients, tmp_path, {}), Silent())
    said = {"clients": {"columns": {"address": "Nature du lieu", "city": "Où", "name": ""}}}
    run = run_of(clients, tmp_path, parse_mappings(json.dumps(said)))
    table = import_files(run, Silent())["clients"]
    assert table.rows[0]["address"] == "Les Halles" and table.rows[0]["city"] == "Redon"
    kept = written(run.mapping)
    assert json.loads(kept) == {"clients": {"columns": {"address": 2, "city": 3, "name": 0}}}
    again = run_of(clients, tmp_path, parse_mappings(kept))
    assert import_files(again, Silent())["clients"].rows == table.rows
