"""The ``profile`` algorithm in QGIS: a copy to edit, the check of an edited one, no loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.profiles import PROFILES, load_profile, profile_ids
from coodiag.tests.qgis.conftest import Heard
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingProvider,
)


@pytest.fixture
def algorithm(provider: QgsProcessingProvider) -> QgsProcessingAlgorithm:
    found = provider.algorithm("profile")
    assert found is not None
    return found


def run(algorithm: QgsProcessingAlgorithm, **parameters: Any) -> tuple[dict[str, Any], list[str]]:
    heard = Heard()
    context = QgsProcessingContext()
    context.setFeedback(heard)
    fits, reason = algorithm.checkParameterValues(parameters, context)
    assert fits, reason
    results, done = algorithm.run(parameters, context, heard, {}, False)
    assert done
    return results, heard.said


def refused(algorithm: QgsProcessingAlgorithm, **parameters: Any) -> str:
    fits, reason = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not fits
    return str(reason)


@pytest.mark.parametrize("name", profile_ids())
def test_a_copy_is_the_shipped_file_under_its_own_id(
    algorithm: QgsProcessingAlgorithm, name: str, tmp_path: Path
) -> None:
    copy = tmp_path / "Mon profil été.json"
    results, said = run(algorithm, PROFILE=name, OUTPUT=str(copy))
    profile = load_profile(copy)
    shipped = load_profile(name)
    assert profile.id == "mon_profil_ete"
    assert profile.chapters == shipped.chapters
    assert results["OUTPUT"] == str(copy)
    assert (results["CHAPTERS"], results["PAGES"]) == (len(shipped.chapters), len(shipped.pages()))
    text = (PROFILES / f"{name}.json").read_text(encoding="utf-8")
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert lines == text.replace(f'"id": "{name}",\n', '"id": "mon_profil_ete",\n', 1).splitlines()
    for page in shipped.pages():
        assert any(page.id in line and page.title in line for line in said)
    for chapter in shipped.chapters:
        assert any(chapter.title in line for line in said)


def test_a_copy_edited_by_the_user_is_checked_and_listed(
    algorithm: QgsProcessingAlgorithm, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.json"
    run(algorithm, OUTPUT=str(copy))
    whole = json.loads(copy.read_text(encoding="utf-8"))
    page = {"id": "deces", "title": "Décès", "sheet": "figures", "indicators": ["mortalite"]}
    whole["chapters"][0]["pages"].append(page)
    copy.write_text(json.dumps(whole), encoding="utf-8")
    results, said = run(algorithm, FILE=str(copy), OUTPUT=None)
    assert results["PAGES"] == len(load_profile("coodiag").pages()) + 1
    assert "OUTPUT" not in results
    assert any("deces – Décès [sheet: figures, mortalite]" in line for line in said)
    assert copy.read_text(encoding="utf-8") == json.dumps(whole), "a check changes nothing"


def test_a_slip_of_an_edited_profile_is_told_with_its_line(
    algorithm: QgsProcessingAlgorithm, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.json"
    run(algorithm, PROFILE="ctg", OUTPUT=str(copy))
    lines = copy.read_text(encoding="utf-8").splitlines()
    wrong = next(rank for rank, line in enumerate(lines) if '"indicator": "part_hlm"' in line)
    lines[wrong] = lines[wrong].replace("part_hlm", "part_hml")
    copy.write_text("\n".join(lines), encoding="utf-8")
    told = refused(algorithm, FILE=str(copy), OUTPUT=None)
    assert (
        f"copie.json cannot be used: line {wrong + 1}, in logement.pages[2] (logement_social)"
        in told
    )
    assert "part_hml" in told and "part_hlm" in told
    copy.write_text("\n".join(lines[:-2]), encoding="utf-8")
    assert "is not valid JSON: line " in refused(algorithm, FILE=str(copy), OUTPUT=None)
    assert "does not exist" in refused(algorithm, FILE=str(tmp_path / "absent.json"), OUTPUT=None)
    assert "neither a file nor one of" in refused(algorithm, PROFILE="rien", OUTPUT=None)


def test_an_edited_file_is_not_replaced_unless_it_is_said(
    algorithm: QgsProcessingAlgorithm, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.json"
    run(algorithm, OUTPUT=str(copy))
    written = copy.read_bytes()
    _, said = run(algorithm, OUTPUT=str(copy))
    assert copy.read_bytes() == written
    assert any("is there already and is the same" in line for line in said)
    copy.write_bytes(written.replace("Où vivent".encode(), "Où habitent".encode()))
    edited = copy.read_bytes()
    with pytest.raises(QgsProcessingException, match="may have edited it"):
        run(algorithm, OUTPUT=str(copy))
    assert copy.read_bytes() == edited
    _, said = run(algorithm, OUTPUT=str(copy), OVERWRITE=True)
    assert copy.read_bytes() == written
    assert any("existed and is replaced" in line for line in said)


def test_the_list_of_indicators_names_them_all(
    algorithm: QgsProcessingAlgorithm, tmp_path: Path
) -> None:
    listing = tmp_path / "indicateurs.txt"
    results, _ = run(algorithm, OUTPUT=None, INDICATORS=str(listing))
    assert results["INDICATORS"] == str(listing)
    lines = listing.read_text(encoding="utf-8").splitlines()
    named = {line.strip().split(" – ")[0] for line in lines if line.startswith("    ")}
    assert named == set(indicators())


def test_a_place_that_cannot_be_written_is_refused(
    algorithm: QgsProcessingAlgorithm, tmp_path: Path
) -> None:
    with pytest.raises(QgsProcessingException, match="could not be written"):
        run(algorithm, OUTPUT=str(tmp_path / "absent" / "copie.json"))
