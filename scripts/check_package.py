"""What the plugin repository of QGIS says of a package: ``check_package.py coodiag-1.0.0.zip``.

Its own rules (qgis-django ``validator.py``), then its three scanners with the rules that it has
turned on: bandit, detect-secrets and flake8, on the unpacked zip, where their configuration would
be honoured (the package ships none: nothing has to be excused). Nothing is asked of the network:
whether the addresses of ``metadata.txt`` answer is seen at the upload.
"""

from __future__ import annotations

import argparse
import configparser
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

PLUGIN = "coodiag"
MOST_BYTES = 10_000_000  # the repository takes 25 MB
#: What stands at the top of the plugin. All else is of the workshop.
AT_THE_TOP = {
    "CHANGELOG.md", "LICENSE", "README.md", "__init__.py", "coodiag_plugin", "i18n",
    "metadata.txt", "processing_algorithms", "styles", "templates", "ui",
}  # fmt: skip
#: Keys without which the repository refuses a package, then those that its pages and QGIS show.
REQUIRED = (
    "name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker",
    "repository", "homepage", "tags", "category", "icon", "hasProcessingProvider",
)  # fmt: skip
FORBIDDEN = {"__MACOSX", ".git", "__pycache__"}
SUSPICIOUS = (".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd", ".pyc")
#: Rules of bandit that are left out: B109, B404, B410 and B411 by the repository, which calls them
#: information; B101 (assert) by us, at the upload: it is a warning for tests left in a package, and
#: ours tell the type checker what the line before made sure of.
WITHOUT = ("B101", "B109", "B404", "B410", "B411")
#: The rules of flake8 that the repository has turned on.
FLAKE8 = (
    "E101", "E711", "E712", "E713", "E714", "E721", "E722", "E731", "E741", "E742", "E743",
    "E901", "E902", "E999", "W605", "F402", "F403", "F404", "F405", "F811", "F821", "F822",
    "F823", "F831", "F901", "C901",
)  # fmt: skip
_EXECUTABLE = 0o111


def findings(package: Path) -> list[str]:
    """Everything that speaks against a package; empty for one that is taken as it is."""
    found = ruled(package)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        return found + scanned(Path(folder))


# --- the rules of the repository ---------------------------------------------------------------


def ruled(package: Path) -> list[str]:
    """What the rules say of its size, names and metadata."""
    with zipfile.ZipFile(package) as archive:
        return [*_structure(package, archive), *_metadata(archive)]


def _structure(package: Path, archive: zipfile.ZipFile) -> Iterator[str]:
    if package.stat().st_size > MOST_BYTES:
        yield f"{package.stat().st_size} bytes: more than {MOST_BYTES}"
    broken = archive.testzip()
    if broken:
        yield f"{broken}: damaged"
    names = archive.namelist()
    if names[0].partition("/")[0] != PLUGIN:
        yield f"the package is named {names[0].partition('/')[0]}"
    for needed in ("__init__.py", "metadata.txt", "LICENSE"):
        if f"{PLUGIN}/{needed}" not in names:
            yield f"{needed} is missing"
    for item in archive.infolist():
        yield from (f"{item.filename}: {what}" for what in _file(item))


def _file(item: zipfile.ZipInfo) -> Iterator[str]:
    path = PurePosixPath(item.filename)
    top, *inside = path.parts
    if top != PLUGIN or (inside and inside[0] not in AT_THE_TOP):
        yield "does not belong to the plugin"
    if ".." in item.filename or "\\" in item.filename or path.is_absolute() or ":" in top:
        yield "not a name for a zip"
    if FORBIDDEN & set(path.parts):
        yield "in a folder that is refused"
    if path.name.startswith("."):
        yield "hidden"
    if path.name.lower().endswith(SUSPICIOUS):
        yield "a program, or made by one"
    if path.suffix == ".py" and item.external_attr >> 16 & _EXECUTABLE:
        yield "may be executed"


def _metadata(archive: zipfile.ZipFile) -> Iterator[str]:
    """``metadata.txt`` read as the repository reads it: a bare % fails."""
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        parser.read_string(archive.read(f"{PLUGIN}/metadata.txt").decode("utf-8"))
        values = dict(parser["general"])
    except (KeyError, ValueError, configparser.Error) as error:
        yield f"metadata.txt: {error}"
        return
    for key in REQUIRED:
        if not values.get(key, "").strip():
            yield f"metadata.txt: {key} is missing"
    patterns = {
        "version": r"\d+\.\d+\.\d+",
        "qgisMinimumVersion": r"3\.\d+(\.\d+)?",
        "qgisMaximumVersion": r"[4-9]\.\d+",  # without it the plugin is not offered to QGIS 4
        "author": r"[^/]+",
        "email": r"[^@\s]+@[^@\s]+",
        "hasProcessingProvider": "yes",
    }
    for key, pattern in patterns.items():
        if not re.fullmatch(pattern, values.get(key, "").strip()):
            yield f"metadata.txt: {key}={values.get(key, '')}"
    for key in ("homepage", "tracker", "repository"):
        address = urlsplit(values.get(key, ""))
        if address.scheme != "https" or not address.netloc:
            yield f"metadata.txt: {key} is no address"
    if f"{PLUGIN}/{values.get('icon', '')}" not in archive.namelist():
        yield f"metadata.txt: there is no icon {values.get('icon', '')}"


# --- its scanners --------------------------------------------------------------------------------


def scanned(folder: Path) -> list[str]:
    """What the three scanners say of an unpacked package."""
    scanners: tuple[Callable[[Path], Iterator[str]], ...] = (_secrets, _bandit, _flake8)
    with ThreadPoolExecutor(len(scanners)) as pool:
        return [
            each for found in pool.map(lambda scan: list(scan(folder)), scanners) for each in found
        ]


def _call(folder: Path, tool: str, *arguments: str) -> tuple[str, str]:
    """Standard output and error of a tool; it must have looked, whatever it found."""
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{tool} failed: {done.stderr or done.stdout}")
    return done.stdout, done.stderr


def _bandit(folder: Path) -> Iterator[str]:
    out, errors = _call(folder, "bandit", "-r", ".", "-f", "json", "-q", "-s", ",".join(WITHOUT))
    report = json.loads(out or "{}")
    if not report.get("metrics", {}).get("_totals", {}).get("loc"):
        raise SystemExit(f"bandit looked at nothing: {errors}")
    for each in report["errors"]:
        yield f"{each['filename']}: {each['reason']}"
    for each in report["results"]:
        yield f"{each['filename']}:{each['line_number']}: {each['test_id']} {each['issue_text']}"


def _secrets(folder: Path) -> Iterator[str]:
    out, errors = _call(
        folder, "detect_secrets", "scan", "--all-files", "--exclude-files", r"metadata\.txt",
        "--disable-plugin", "IPPublicDetector", ".",
    )  # fmt: skip
    report = json.loads(out or "{}")
    if not report.get("plugins_used"):
        raise SystemExit(f"detect-secrets looked for nothing: {errors}")
    for file, secrets in report["results"].items():
        for each in secrets:
            yield f"{file}:{each['line_number']}: {each['type']}"


def _flake8(folder: Path) -> Iterator[str]:
    out, _ = _call(
        folder, "flake8", "--isolated", "--max-line-length=120", f"--select={','.join(FLAKE8)}", "."
    )
    yield from out.splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("package", type=Path)
    found = findings(parser.parse_args().package)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} findings" if found else "The plugin repository takes it as it is.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
