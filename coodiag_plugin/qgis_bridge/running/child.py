"""The process that a diagnosis runs in: its program, its settings, its environment.

It gets a profile of its own, made anew for each run: only Coodiag is loaded there, nothing of what
the user does in QGIS meanwhile touches it, and a crash stays in it.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsProject,
    QgsSettings,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QLockFile, QProcessEnvironment, QSettings

from ...core.choices import OFFLINE
from ...core.errors import InputError
from ...core.version import ROOT
from ...core.wanted import MODES, OfficialSource
from ..network import HANDED, PROXY_LOGIN, authorities, proxy_login, service_keys
from ..relay import ALIVE, VARIABLE
from ..settings import cache_folder, folders_for_child, value

#: Settings of the user that hold in the child too, by group.
_COPIED = ("coodiag", "locale", "proxy", "qgis/networkAndProxy")
#: Those that are not written again: the login of the proxy is handed in the environment.
_LOGIN = ("proxy/authcfg", "proxy/proxyUser", "proxy/proxyPassword")
_PROGRAM = "qgis_process"


def program() -> str:
    """The ``qgis_process`` of the QGIS that runs, empty when it has none."""
    beside = Path(QCoreApplication.applicationDirPath())
    for folder in (beside, beside / "bin", beside.parent / "bin", beside.parent.parent / "bin"):
        for name in (_PROGRAM, f"{_PROGRAM}.exe"):
            if (folder / name).is_file():
                return str(folder / name)
        # Windows: qgis_process-qgis-ltr.bat sets up the environment first
        batches = sorted(folder.glob(f"{_PROGRAM}*.bat"))
        if batches:
            return str(batches[-1])
    return shutil.which(_PROGRAM) or ""


class ChildFolder:
    """A private folder for one run: the profile of the child, its parameters, what it tells.

    Raises :class:`InputError` when it cannot be made.
    """

    def __init__(self) -> None:
        runs = cache_folder("runs")
        _sweep(runs)
        self.path = Path(mkdtemp(prefix="run-", dir=runs))  # for its owner alone
        self._alive = QLockFile(str(self.path / ALIVE))
        self._alive.setStaleLockTime(0)
        if not self._alive.tryLock(0):
            raise InputError(
                "The folder {folder} cannot be written ({reason}). Choose another folder.",
                folder=str(self.path),
                reason=str(self._alive.error()),
            )

    def remove(self) -> None:
        self._alive.unlock()
        shutil.rmtree(self.path, ignore_errors=True)

    def environment(self, parameters: Mapping[str, Any]) -> QProcessEnvironment:
        """The environment of the child, whose profile is written into the folder.

        It has no authentication database: what the run needs of that of the user is read here, where
        the master password can be asked for, and goes in the environment: the keys of the services,
        the login of the proxy. The authorities that QGIS trusts, which are public, go in a file.
        Raises :class:`~core.errors.SourceError` for a secret that cannot be read.
        """
        self._write_profile()
        environment = QProcessEnvironment.systemEnvironment()
        own = {
            "QGIS_CUSTOM_CONFIG_PATH": str(self.path / "profile"),
            "QGIS_PLUGINPATH": str(ROOT.parent),
            VARIABLE: str(self.path),
            **folders_for_child(),
        }
        if sys.platform.startswith("linux"):
            own["QT_QPA_PLATFORM"] = "offscreen"  # elsewhere that plugin is not shipped
        own |= self._network(parameters)
        for name, text in own.items():
            environment.insert(name, text)
        return environment

    def _network(self, parameters: Mapping[str, Any]) -> dict[str, str]:
        """What the run needs to ask the services, in its environment: nothing if it asks none."""
        folder = parameters.get("DATA_FOLDER")
        source = OfficialSource(
            str(parameters.get("SOURCE") or MODES[0]), Path(str(folder)) if folder else None
        )
        found = {}
        if source.online:
            keys = service_keys(
                {
                    "sirene": str(parameters.get("AUTHCFG") or ""),
                    "data_inclusion": str(parameters.get("AUTHCFG_INCLUSION") or ""),
                }
            )
            found = {HANDED + service.upper(): key for service, key in keys.items()}
        elif (parameters.get("SERVICE") or value("geocoder")) == OFFLINE:
            return {}
        trusted = authorities(self.path)
        if isinstance(trusted, str):
            found["REQUESTS_CA_BUNDLE"] = trusted
        found[PROXY_LOGIN] = proxy_login()
        return found

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as another process can read them: layers of the project as files."""
        return {name: self._readable(name, one) for name, one in given.items()}

    def _readable(self, name: str, given: Any) -> Any:
        layer = QgsProject.instance().mapLayer(given) if isinstance(given, str) else None
        if not isinstance(layer, QgsVectorLayer):
            return given
        is_file = layer.dataProvider().name() == "ogr" and "authcfg=" not in layer.source()
        if is_file and not layer.isEditable():
            return layer.source()
        target = self.path / f"{name.lower()}.gpkg"
        options = QgsVectorFileWriter.SaveVectorOptions()
        error, reason, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(target), QgsCoordinateTransformContext(), options
        )
        if error != QgsVectorFileWriter.WriterError.NoError:
            raise InputError(
                "The layer {layer} cannot be handed to the run ({reason}). Save it as a file, then choose it again.",
                layer=layer.name(),
                reason=reason,
            )
        return str(target)

    def _write_profile(self) -> None:
        mine = QgsSettings()
        name = f"QGIS{Qgis.versionInt() // 10000}.ini"
        folder = self.path / "profile" / "profiles" / "default" / "QGIS"
        folder.mkdir(parents=True)
        child = QSettings(str(folder / name), QSettings.Format.IniFormat)
        for group in _COPIED:
            mine.beginGroup(group)
            for key in mine.allKeys():
                if f"{group}/{key}" not in _LOGIN:
                    child.setValue(f"{group}/{key}", mine.value(key))
            mine.endGroup()
        language = str(mine.value("locale/userLocale", "") or QLocale().name())
        child.setValue("locale/userLocale", language)
        child.setValue("locale/overrideFlag", True)
        child.setValue(f"PythonPlugins/{ROOT.name}", True)
        child.sync()


def _sweep(runs: Path) -> None:
    """Remove what runs of a QGIS that was killed left behind."""
    for folder in runs.glob("run-*"):
        lock = QLockFile(str(folder / ALIVE))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(folder, ignore_errors=True)


def as_json(parameters: Mapping[str, Any]) -> bytes:
    """What ``qgis_process`` reads on its standard input."""
    return json.dumps({"inputs": dict(parameters)}, ensure_ascii=False).encode()


def results_in(output: str) -> dict[str, Any]:
    """The results in what ``qgis_process`` has written, empty when there are none."""
    start = output.find("{")
    if start < 0:
        return {}
    try:
        content, _ = json.JSONDecoder().raw_decode(output[start:])
    except ValueError:
        return {}
    found = content.get("results")
    return found if isinstance(found, dict) else {}
