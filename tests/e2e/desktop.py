"""A real window of QGIS on a screen of its own (Xvfb), in an empty profile with Coodiag installed.

A *driver* is a Python file (or its text) with a function ``drive(qgis)``: it works inside QGIS, where
``qgis`` (:mod:`desktop_inside`) clicks, waits, takes pictures and tells. What it told comes back here.

From a shell, the same thing by hand::

    python tests/e2e/desktop.py driver.py --to /tmp/pictures --language fr
"""

from __future__ import annotations

import argparse
import configparser
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).with_name("desktop_inside.py")
NEEDED = ("qgis", "Xvfb")
#: What a clone holds and an installed plugin does not.
LEFT_OUT = (
    ".*", "tests", "docs", "scripts", "build", "__pycache__", "pyproject.toml",
)  # fmt: skip
_SLOWEST_START = 120.0  # seconds before the driver begins, on a machine that does much else
_REPORTED = 3000  # characters of what QGIS said, at its beginning and at its end


def lacking() -> str:
    """What keeps a desktop from being started here, empty when nothing."""
    return ", ".join(name for name in NEEDED if shutil.which(name) is None)


class DriverError(AssertionError):
    """The driver failed, or QGIS did: the message holds what both said."""


@dataclass
class Told:
    """What a finished desktop leaves. ``values``: what the driver told by name, JSON values;
    ``pictures``: its PNG files by name; ``said``: standard output and error of QGIS; ``code``: how
    QGIS ended (negative: by that signal); ``errors``: tracebacks of Python inside QGIS."""

    values: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    said: str = ""
    code: int = 0
    errors: list[str] = field(default_factory=list)


class Screen:
    """An X server without a screen. ``name`` goes into DISPLAY."""

    def __init__(self, width: int, height: int) -> None:
        ours, theirs = os.pipe()
        self._process = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(theirs),
                "-screen",
                "0",
                f"{width}x{height}x24",
                "-terminate",
            ],
            pass_fds=(theirs,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs)
        with os.fdopen(ours) as stream:
            self.name = ":" + stream.readline().strip()
        if self.name == ":":
            raise DriverError("Xvfb did not start")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)


class Desktop:
    """A user's machine: a home, a profile of QGIS, and Coodiag in it.

    ``plugin``: a folder (copied as a plugin, without tests) or a zip (unpacked); None leaves the
    profile without it (a driver may install one). ``enabled``: whether the box of the plugin manager
    is ticked. Every start uses the same profile, as the same user would.
    """

    def __init__(
        self,
        folder: Path,
        plugin: Path | None = ROOT,
        *,
        language: str = "en",
        size: tuple[int, int] = (1600, 900),
        enabled: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder, self.size = folder, size
        self.home, self.cache = folder / "home", folder / "cache"
        self.profile = folder / "qgis" / "profiles" / "default"
        self.plugins = self.profile / "python" / "plugins"
        self._environment = dict(environment or {})
        self._starts = 0
        for each in (self.home, self.plugins, self.profile / "QGIS", self.cache):
            each.mkdir(parents=True, exist_ok=True)
        (folder / "run").mkdir(mode=0o700, exist_ok=True)
        if plugin is not None:
            install(plugin, self.plugins)
        self._settings(language, plugin is not None and enabled)

    def _settings(self, language: str, enabled: bool) -> None:
        """What a first start would ask or fetch, and the language: nothing else is set."""
        values = configparser.RawConfigParser()
        values.optionxform = str  # type: ignore[assignment, method-assign]
        values.read_dict(
            {
                "locale": {
                    "overrideFlag": "true",
                    "userLocale": {"fr": "fr", "en": "en_US"}.get(language, language),
                    "globalLocale": {"fr": "fr_FR", "en": "en_US"}.get(language, language),
                },
                "qgis": {"checkVersion": "false", "showTips340": "false"},
                "app": {
                    "projections\\unknownCrsBehavior": "NoAction",
                    "askToSaveMemoryLayers": "false",  # all that lies in /tmp is one
                },
                "core": {"NewsFeed\\httpsfeedqgisorg\\disabled": "true"},
            }
        )
        if enabled:
            values.read_dict({"PythonPlugins": {"coodiag": "true"}})
        with (self.profile / "QGIS" / "QGIS3.ini").open("w", encoding="utf-8") as stream:
            values.write(stream, space_around_delimiters=False)

    def environment(self) -> dict[str, str]:
        """Nothing of the person who runs the tests: neither their QGIS nor their home."""
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
        left_out = ("PYTHON", "QGIS", "QT_", "XDG_", "COODIAG", "VIRTUAL_ENV", "DBUS")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        return {
            **kept,
            "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "QT_QPA_PLATFORM": "xcb",
            "COODIAG_CACHE": str(self.cache),
            "LC_ALL": "C.UTF-8",
            **self._environment,
        }

    def start(self, driver: Path | str, *given: Any, project: Path | None = None) -> Started:
        """Start QGIS and let it drive itself; ``given`` (JSON values) reaches the driver."""
        self._starts += 1
        folder = self.folder / f"start {self._starts}"
        folder.mkdir()
        if isinstance(driver, str):
            text, driver = driver, folder / "driver.py"
            driver.write_text(text, encoding="utf-8")
        told = {"driver": str(driver), "folder": str(folder), "size": self.size, "given": given}
        (folder / "drive.json").write_text(json.dumps(told), encoding="utf-8")
        return Started(self, folder, project)

    def run(
        self,
        driver: Path | str,
        *given: Any,
        seconds: float = 120.0,
        project: Path | None = None,
    ) -> Told:
        """Start QGIS, let the driver work and QGIS end; raises :class:`DriverError` when the driver
        failed, when QGIS crashed or when it took longer than ``seconds`` (it is then killed)."""
        started = self.start(driver, *given, project=project)
        try:
            return started.end(seconds)
        finally:
            started.stop()


class Started:
    """A QGIS at work. ``process`` is QGIS itself; what it starts is in its process group."""

    def __init__(self, desktop: Desktop, folder: Path, project: Path | None) -> None:
        self.folder = folder
        self._screen = Screen(*desktop.size)
        command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path"]
        command += [str(desktop.folder / "qgis"), "--code", str(INSIDE)]
        command += ["--project", str(project)] if project else []
        environment = desktop.environment()
        environment |= {"DISPLAY": self._screen.name, "COODIAG_DRIVE": str(folder / "drive.json")}
        with (folder / "said.txt").open("wb") as said:
            self.process = subprocess.Popen(
                command,
                env=environment,
                cwd=desktop.home,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def values(self) -> dict[str, Any]:
        """What the driver has told until now."""
        path = self.folder / "told.jsonl"
        if not path.exists():
            return {}
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]  # the last one may be half there
        return dict(json.loads(line) for line in lines)

    def said(self) -> str:
        return (self.folder / "said.txt").read_text(encoding="utf-8", errors="replace")

    def wait_for(self, name: str, seconds: float = _SLOWEST_START) -> Any:
        """The value ``name`` once the driver tells it."""
        until = time.monotonic() + seconds
        while name not in (values := self.values()):
            if self.process.poll() is not None or time.monotonic() > until:
                raise DriverError(f"“{name}” was not told.\n{self._report()}")
            time.sleep(0.1)
        return values[name]

    def end(self, seconds: float) -> Told:
        """Wait until QGIS has ended; see :meth:`Desktop.run`."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._picture()
            self.stop()
            raise DriverError(f"Not ended after {seconds:g} s.\n{self._report()}") from None
        told = self.told()
        if told.code != 0 or "driver failed" in told.values or "driver ended" not in told.values:
            raise DriverError(f"QGIS ended with {told.code}.\n{self._report()}")
        return told

    def told(self) -> Told:
        said = self.said()
        errors = re.findall(
            r"^Traceback .*?^\w[\w.]*(?:Error|Exception|Interrupt).*?$", said, re.M | re.S
        )
        return Told(
            self.values(),
            {path.stem: path for path in sorted(self.folder.glob("*.png"))},
            said,
            self.process.returncode or 0,
            errors,
        )

    def kill(self) -> None:
        """End QGIS as a crash or a power cut would, and QGIS alone."""
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        """End QGIS, all that it started, and the screen."""
        with suppress(ProcessLookupError):  # all of it has ended
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self._screen.close()

    def _report(self) -> str:
        failed = self.values().get("driver failed", "")
        said = self.said()
        if len(said) > 2 * _REPORTED:  # the frames of a crash would hide what came before
            said = f"{said[:_REPORTED]}\n[…]\n{said[-_REPORTED:]}"
        return f"{failed}\n{said}\nPictures in {self.folder}"

    def _picture(self) -> None:
        """What stood on the screen when nothing went on any more, where ImageMagick is there."""
        if shutil.which("import"):
            command = ["import", "-display", self._screen.name, "-window", "root"]
            subprocess.run([*command, str(self.folder / "stuck.png")], check=False, timeout=30)


def install(plugin: Path, plugins: Path) -> None:
    """Put a copy of the plugin into the folder of plugins of a profile."""
    target = plugins / "coodiag"
    if plugin.is_dir():
        shutil.copytree(plugin, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
        return
    with zipfile.ZipFile(plugin) as archive:
        archive.extractall(plugins)
    assert (target / "metadata.txt").exists(), f"{plugin} holds no folder coodiag"


def main() -> None:
    reader = argparse.ArgumentParser(
        description="Drive a QGIS with Coodiag on a screen of its own."
    )
    reader.add_argument("driver", type=Path)
    reader.add_argument("given", nargs="*", help="texts for the driver")
    reader.add_argument("--to", type=Path, required=True, help="folder of the profile and pictures")
    reader.add_argument("--plugin", type=Path, default=ROOT, help="folder or zip of the plugin")
    reader.add_argument("--language", default="en")
    reader.add_argument("--size", default="1600x900")
    reader.add_argument("--seconds", type=float, default=300.0)
    told = reader.parse_args()
    width, _, height = told.size.partition("x")
    shutil.rmtree(told.to / "qgis" / "profiles" / "default" / "python", ignore_errors=True)
    desktop = Desktop(
        told.to.resolve(), told.plugin, language=told.language, size=(int(width), int(height))
    )
    desktop._starts = sum(1 for _ in told.to.glob("start *"))
    done = desktop.run(told.driver.resolve(), *told.given, seconds=told.seconds)
    print(json.dumps(done.values, ensure_ascii=False, indent=1))
    for path in done.pictures.values():
        print(path)
    for error in done.errors:
        print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
