"""The zip that users install: what is in it, and that it works in a profile that has nothing else."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.scripts.check_package import findings, ruled, scanned
from coodiag.tests.e2e.desktop import Desktop
from coodiag.tests.structures_samples import short_profile
from qgis.PyQt.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]
TOP = "coodiag/"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of HEAD, made by ``scripts/package``."""
    if not (ROOT / ".git").exists():
        pytest.skip("the package is made of what git holds, and this is not a clone")
    path = tmp_path_factory.mktemp("paquet avec accent é") / "coodiag.zip"
    subprocess.run([ROOT / "scripts" / "package", path], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def names(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        return archive.namelist()


@pytest.mark.parametrize(
    "name",
    ["README.md", "coodiag_plugin/plugin.py", "i18n/coodiag_fr.qm", "styles/fonts/OFL.txt"],
)
def test_what_the_package_holds(names: list[str], name: str) -> None:
    assert TOP + name in names


@pytest.mark.slow
def test_the_plugin_repository_takes_it_as_it_is(package: Path) -> None:
    assert findings(package) == []


def made(path: Path, **changes: str) -> Path:
    """A package of nothing much, with files by name added or changed (a name from / on stands beside it)."""
    metadata = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    kept = {"__init__.py": "", "LICENSE": "GPL", "metadata.txt": metadata}
    kept["coodiag_plugin/icon.svg"] = "<svg/>"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**kept, **changes}.items():
            archive.writestr(name[1:] if name.startswith("/") else TOP + name, text)
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/test_a.py", ""),
        ("mkdocs.yml", ""),
        ("ui/.notes", ""),
        ("ui/a.pyc", ""),
        ("ui/__pycache__/a.txt", ""),
        ("ui/a.sh", ""),
        ("/other/a.py", ""),
        ("metadata.txt", "[general]\nabout=100 % French\n"),
        ("metadata.txt", "[general]\nauthor=us/them\n"),
        ("metadata.txt", ""),
    ],
)
def test_what_the_rules_refuse(tmp_path: Path, name: str, text: str) -> None:
    assert ruled(made(tmp_path / "coodiag.zip")) == []
    found = ruled(made(tmp_path / "coodiag.zip", **{name: text}))
    assert any(name.lstrip("/") in line for line in found), found


def test_what_the_scanners_refuse(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('password = "x7Gh2kLp9Qw4"\nimport os\nos.system(input())\n')
    (tmp_path / "b.py").write_text("print(undefined)\n")
    (tmp_path / "read.md").write_text("AKIA" + "IOSFODNN7EXAMPLX\n")
    found = "\n".join(scanned(tmp_path))
    for part in (
        "a.py:1: B105",
        "a.py:3: B605",
        "a.py:1: Secret",
        "b.py:1:7: F821",
        "read.md:1: AWS",
    ):
        assert part in found, found


def test_every_translation_is_compiled(package: Path, names: list[str], tmp_path: Path) -> None:
    sources = [name for name in names if name.endswith(".ts")]
    assert sources
    with zipfile.ZipFile(package) as archive:
        for source in sources:
            compiled = source[: -len(".ts")] + ".qm"
            assert compiled in names
            translator = QTranslator()
            assert translator.load(archive.extract(compiled, tmp_path))
            text = archive.read(source).decode("utf-8")
            pairs = re.findall(
                r"<source>([^<&]+)</source>\s*<translation>([^<&]+)</translation>", text
            )
            assert pairs
            # Bytes: PyQt would encode a str as ASCII here.
            stale = [
                key
                for key, value in pairs
                if translator.translate(b"Coodiag", key.encode()) != value
            ]
            assert stale == [], f"{compiled} is older than {source}: run scripts/translate.py"


# --- the package at work ----------------------------------------------------------------------


class Installed:
    """A QGIS whose only third-party plugin is the package."""

    def __init__(self, package: Path, folder: Path) -> None:
        plugins, run = folder / "plugins", folder / "run"
        run.mkdir(parents=True, mode=0o700)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(plugins)
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QGIS"))}
        self._environment = {
            **kept,
            # The Python inside QGIS looks for its library beside the first python3 of the PATH.
            "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
            "QGIS_PLUGINPATH": str(plugins),
            "XDG_RUNTIME_DIR": str(run),
            "COODIAG_CACHE": str(folder / "cache"),
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
        }
        self.call("plugins", "enable", "coodiag")

    def call(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            ["qgis_process", *arguments],
            input=given,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def run(self, algorithm: str, **inputs: Any) -> dict[str, Any]:
        """Results of an algorithm run with JSON on the standard input."""
        given = json.dumps({"inputs": inputs})
        return dict(json.loads(self.call("run", algorithm, "-", given=given))["results"])


@pytest.fixture(scope="module")
def installed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("profil vide")
    yield Installed(package, folder)
    shutil.rmtree(folder)


def test_importtable_of_the_package(installed: Installed, demo: DemoPaths, tmp_path: Path) -> None:
    output, issues = tmp_path / "clients.csv", tmp_path / "remarques.csv"
    results = installed.run(
        "coodiag:importtable",
        INPUT=str(demo.clients),
        ROLE="clients",
        TABLE=str(output),
        ISSUES=str(issues),
    )
    with output.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == results["ROWS_OUT"] > 0
    assert issues.stat().st_size


@pytest.mark.slow
def test_diagnosis_of_the_package(installed: Installed, demo: DemoPaths, tmp_path: Path) -> None:
    results = installed.run(
        "coodiag:diagnostic",
        TERRITORY=demo.territory,
        STRUCTURE="Association Exemple (fictive)",
        SITES=str(demo.sites),
        CLIENTS=str(demo.clients),
        BENEFICIARIES=str(demo.beneficiaries),
        DATA_FOLDER=str(demo.data_folder),
        PROFILE=str(short_profile(tmp_path, chapters=3)),
        COMMUNE_PAGES=False,
        FORMATS=["html"],
        OUTPUT_FOLDER=str(tmp_path / "dossier"),
    )
    assert Path(results["ATLAS"]).read_bytes().startswith(b"%PDF")
    for name in ("PROJECT", "HTML"):
        assert Path(results[name]).exists()
    assert results["PAGES"] >= 3
    assert 0 < results["CLIENTS_LOCATED"] <= results["CLIENTS_IN"]


def test_installed_by_the_plugin_manager_of_an_empty_profile(
    package: Path, desktop: Callable[..., Desktop], demo: DemoPaths, tmp_path: Path
) -> None:
    """As a user does: Install from ZIP, in a window of QGIS; then again, as an update; then away."""
    machine = desktop(plugin=None)
    driver = Path(__file__).with_name("package_driver.py")
    told = machine.run(driver, str(package), str(demo.clients), str(tmp_path))
    assert told.errors == []
    count, entries = told.values["installed"]
    assert count > 25 and "coodiagWizard" in entries
    assert told.values["updated"] == [count, entries]
    assert told.values["rows"] > 0
    assert told.values["uninstalled"] == [True, [], False]
    assert not (machine.plugins / "coodiag").exists()
