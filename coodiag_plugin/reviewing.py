"""The review in QGIS: its menu entry, its button, and its offer after a run."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingUtils, QgsProject, QgsVectorLayer
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject, pyqtSlot
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QPushButton

from .core.errors import CoodiagError, InputError
from .core.version import ROOT
from .qgis_bridge.algorithm import sentence
from .qgis_bridge.running import DIAGNOSTIC
from .qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..ui.review import ReviewWindow
    from ..ui.review_open import Chosen
    from .qgis_bridge.review import ReviewSession

MENU = "Coodiag"
_COLUMNS = ("ADDRESS", "POSTCODE", "CITY", "CITYCODE")


class Reviewing(QObject):
    """Adds the review to the windows of QGIS; everything else is loaded when it is opened."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.windows: list[ReviewWindow] = []
        self._offers: list[Any] = []  # items of the message bar that stand there
        icon = QIcon(str(ROOT / "coodiag_plugin" / "icon_review.svg"))
        self.action = QAction(icon, tr("Review doubtful addresses…"), iface.mainWindow())
        self.action.setObjectName("coodiagReview")
        self.action.triggered.connect(lambda _=False: self.ask())
        iface.addPluginToMenu(MENU, self.action)
        iface.addToolBarIcon(self.action)
        QgsGui.historyProviderRegistry().entryUpdated.connect(self._after_run)

    def remove(self) -> None:
        QgsGui.historyProviderRegistry().entryUpdated.disconnect(self._after_run)
        for item in list(self._offers):  # its button would open a window of what is unloaded
            self.iface.messageBar().popWidget(item)
        for window in list(self.windows):
            window.close()
        self.iface.removePluginMenu(MENU, self.action)
        self.iface.removeToolBarIcon(self.action)
        self.action.deleteLater()

    def ask(self) -> None:
        """Ask what to review."""
        from ..ui.review_open import OpenReview

        dialog = OpenReview(self.open, self.iface.mainWindow())
        dialog.exec()
        dialog.deleteLater()  # its parent would keep it, and its lists of layers, as long as QGIS runs

    def open(self, chosen: Chosen) -> str:
        """Open the window; returns the sentence of a refusal, empty when it is open."""
        from ..ui.review import ReviewWindow

        try:
            session = _session(chosen)
        except CoodiagError as error:
            return sentence(error)
        window = ReviewWindow(session, self._run_again, self.iface.mainWindow())
        self.windows.append(window)
        window.destroyed.connect(lambda: self._gone(window))
        window.show()
        return ""

    def _gone(self, window: ReviewWindow) -> None:
        self.windows = [each for each in self.windows if each is not window]

    def _run_again(self, path: Path) -> None:
        from qgis import processing

        processing.execAlgorithmDialog("coodiag:geocode", {"INPUT": str(path)})

    # declared with two of its three arguments: PyQt cannot make a Python value of the third
    @pyqtSlot("qlonglong", "QVariantMap")
    def _after_run(self, number: int, entry: dict[str, Any]) -> None:
        """Offer the review of a run that Processing has just told the end of."""
        chosen = offered(entry)
        if chosen is None:
            return
        bar = self.iface.messageBar()
        item = bar.createMessage("Coodiag", tr("Some addresses may need to be reviewed."))
        button = QPushButton(tr("Review…"))
        button.clicked.connect(lambda _=False: self._open_run(chosen, item))
        item.layout().addWidget(button)
        self._offers.append(item)
        item.destroyed.connect(lambda: self._offer_gone(item))
        bar.pushWidget(item, Qgis.MessageLevel.Info)

    def _offer_gone(self, item: Any) -> None:
        self._offers = [each for each in self._offers if each is not item]

    def _open_run(self, run: dict[str, Any], item: Any) -> None:
        from ..ui.review_open import Chosen

        bar = self.iface.messageBar()
        bar.popWidget(item)
        if "folder" in run:
            said = self.open(Chosen(folder=run["folder"], corrections=run["corrections"]))
        else:
            said = self.open(
                Chosen(
                    located=_layer(run["located"]),
                    failed=_layer(run["failed"]),
                    fields=run["fields"],
                    corrections=run["corrections"],
                )
            )
        if said:
            # the bar takes it for markup, and it quotes names of files
            bar.pushMessage("Coodiag", escape(said, quote=False), Qgis.MessageLevel.Warning)


def offered(entry: dict[str, Any]) -> dict[str, Any] | None:
    """What a run of the history gives to review: None when it is another one, or not finished."""
    results = entry.get("results") or {}
    given = entry.get("parameters") or {}
    given = given.get("inputs", given)
    text = str(given.get("CORRECTIONS") or "").strip()
    corrections = Path(text) if text else None
    if entry.get("algorithm_id") == DIAGNOSTIC and results.get("DOSSIER"):
        return {"folder": Path(str(results["DOSSIER"])), "corrections": corrections}
    if entry.get("algorithm_id") == "coodiag:geocode" and results.get("OUTPUT"):
        left = sum(int(results.get(name) or 0) for name in ("COUNT_TOWN", "COUNT_FAILED"))
        if left:
            columns = {name.lower(): str(given[name]) for name in _COLUMNS if given.get(name)}
            return {
                "located": str(results["OUTPUT"]),
                "failed": str(results.get("FAILED") or ""),
                "fields": columns,
                "corrections": corrections,
            }
    return None


def _layer(source: str) -> QgsVectorLayer | None:
    """A result of Processing as a layer: one of the project, or a file."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    found = QgsProcessingUtils.mapLayerFromString(source, context) if source else None
    if not isinstance(found, QgsVectorLayer):
        return None
    return found if found.id() in QgsProject.instance().mapLayers() else found.clone()


def road_places(folder: Path) -> list[Path]:
    """Where the roads of a dossier may lie: what its last run was given, as the history of
    Processing on this machine remembers it. The dossier itself, which is passed on, says no path.
    Of a run of the wizard, which the history does not know, the window is told by the wizard."""
    entries = QgsGui.historyProviderRegistry().queryEntries(providerId="processing")
    for entry in sorted(entries, key=lambda each: each.timestamp, reverse=True):
        run = entry.entry
        made = (run.get("results") or {}).get("DOSSIER")
        if run.get("algorithm_id") != DIAGNOSTIC or not made or Path(made) != folder:
            continue
        given = run.get("parameters") or {}
        given = given.get("inputs", given)
        texts = [str(given.get(name) or "").split("|")[0] for name in ("ROADS", "DATA_FOLDER")]
        return [Path(text) for text in texts if text]
    return []


def _session(chosen: Chosen) -> ReviewSession:
    from .qgis_bridge.review import dossier_session, pair_session

    if chosen.folder is not None:
        return dossier_session(
            chosen.folder,
            chosen.corrections,
            [*chosen.places, *road_places(chosen.folder)],
        )
    if chosen.located is None:
        raise InputError("Choose the layer of located rows.")
    return pair_session(chosen.located, chosen.failed, chosen.fields, chosen.corrections)
