"""Recorded answers of services and the official files tell the same of the same communes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.sources.folder import Inventory, scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.statistics import Statistics

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Inventory:
    return scan(real_data, Silent())


@pytest.fixture(scope="module")
def geography(folder: Inventory) -> Geography:
    return load_geography(folder, Silent())


def test_populations_recorded_from_the_service_are_those_of_the_official_file(
    real_data: Path, folder: Inventory, geography: Geography
) -> None:
    """Municipal populations of 2021: recorded by a third party, read here from Insee's file.

    The recording is on the communes of 2026: four of them took others in since the file was made.
    """
    recorded = json.loads(
        (real_data / "expected/portrait/population-by-commune.json").read_text("utf-8")
    )
    wanted = {
        code: item["history"]["2021"]
        for code, item in recorded.items()
        if "2021" in item["history"] and code in geography.communes.index
    }
    statistics = Statistics(folder, geography, ["PMUN"])
    found = statistics.choose(["PMUN"], sorted(wanted))["PMUN"]
    assert found.year == 2021
    known = {code: found.cells[code] for code in wanted if code in found.cells}
    assert len(known) > 800
    different = {
        code: (wanted[code], value.number)
        for code, value in known.items()
        if isinstance(value, Value) and value.known and value.number != wanted[code]
    }
    grown = {"14408", "14743", "35062", "61275"}
    assert set(different) == grown, different
    assert all(ours < theirs for theirs, ours in different.values())


def test_the_recorded_list_of_a_departement_is_that_of_the_official_table(
    real_data: Path, folder: Inventory, geography: Geography
) -> None:
    """Oise, March 2023: every code is a commune of the official lists, of the same région."""
    recorded = json.loads((real_data / "api/geo-api/communes_60.json").read_text("utf-8"))["body"]
    codes = [item["code"] for item in recorded]
    assert len(codes) == len(set(codes)) > 600
    for item in recorded:
        now = geography.changes.current(item["code"], 2023, 2024)
        assert len(now) == 1, item["nom"]
        assert item["codeRegion"] == "32" and item["codeDepartement"] == "60"
    existed = [code for code in codes if geography.changes.existed(code, 2023)]
    assert existed == codes
