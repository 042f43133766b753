"""What is to be reviewed: a dossier, or the two outputs of “Geocode addresses”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from .words import N_, tr

_FIELDS = {
    "address": N_("Address field"),
    "postcode": N_("Postcode field"),
    "city": N_("City field"),
    "citycode": N_("Commune code (INSEE) field"),
}


@dataclass
class Chosen:
    """A dossier, or layers with the columns of their addresses; a file of corrections, or None.
    ``places``: files and folders of this machine where the roads of the dossier's run may lie."""

    folder: Path | None = None
    located: QgsVectorLayer | None = None
    failed: QgsVectorLayer | None = None
    fields: dict[str, str] = field(default_factory=dict)
    corrections: Path | None = None
    places: list[Path] = field(default_factory=list)


class OpenReview(QDialog):
    """Asks what to review; ``start`` opens it and returns why not, or nothing."""

    def __init__(self, start: Callable[[Chosen], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self.setWindowTitle(tr("Review addresses"))
        self.setMinimumWidth(560)
        self.of_dossier = QRadioButton(tr("Of a &dossier"))
        self.of_layers = QRadioButton(tr("Of &layers made by “Geocode addresses”"))
        self.of_dossier.setChecked(True)
        self.folder = self._file(
            QgsFileWidget.StorageMode.GetDirectory, tr("Folder of the dossier")
        )
        self.corrections = self._file(QgsFileWidget.StorageMode.SaveFile, tr("File of corrections"))
        self.corrections.setFilter("sqlite (*.sqlite)")
        self.corrections.lineEdit().setPlaceholderText(tr("That of the QGIS profile"))
        self.located = self._layers(QgsMapLayerProxyModel.Filter.PointLayer, tr("Located"))
        self.failed = self._layers(QgsMapLayerProxyModel.Filter.VectorLayer, tr("Not located"))
        self.columns = {name: self._column(tr(text)) for name, text in _FIELDS.items()}
        self.refusal = QLabel()
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)  # it quotes names of files
        self.refusal.setWordWrap(True)
        self._lay_out()
        self.located.layerChanged.connect(self._columns_of)
        self._columns_of(self.located.currentLayer())

    def chosen(self) -> Chosen:
        """What the dialog says now."""
        text = self.corrections.filePath().strip()
        result = Chosen(corrections=Path(text) if text else None)
        if self.of_dossier.isChecked():
            result.folder = Path(self.folder.filePath().strip())
        else:
            result.located = self.located.currentLayer()
            result.failed = self.failed.currentLayer()
            result.fields = {
                name: combo.currentField()
                for name, combo in self.columns.items()
                if combo.currentField()
            }
        return result

    def accept(self) -> None:
        said = self._start(self.chosen())
        self.refusal.setText(said)
        if not said:
            super().accept()

    def _lay_out(self) -> None:
        dossier = QFormLayout()
        dossier.addRow(tr("Folder of the dossier"), self.folder)
        first = QGroupBox()
        first.setLayout(dossier)
        layers = QFormLayout()
        layers.addRow(tr("Located"), self.located)
        layers.addRow(tr("Not located"), self.failed)
        for name, combo in self.columns.items():
            layers.addRow(tr(_FIELDS[name]), combo)
        second = QGroupBox()
        second.setLayout(layers)
        second.setEnabled(False)
        self.of_dossier.toggled.connect(first.setEnabled)
        self.of_layers.toggled.connect(second.setEnabled)
        corrections = QFormLayout()
        corrections.addRow(tr("File of corrections"), self.corrections)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.of_dossier, first, self.of_layers, second):
            layout.addWidget(widget)
        layout.addLayout(corrections)
        layout.addWidget(self.refusal)
        layout.addWidget(buttons)

    def _columns_of(self, layer: QgsMapLayer | None) -> None:
        for combo in self.columns.values():
            combo.setLayer(layer)
            combo.setField("")

    @staticmethod
    def _file(mode: QgsFileWidget.StorageMode, name: str) -> QgsFileWidget:
        widget = QgsFileWidget()
        widget.setStorageMode(mode)
        widget.setAccessibleName(name)
        return widget

    @staticmethod
    def _layers(kind: QgsMapLayerProxyModel.Filter, name: str) -> QgsMapLayerComboBox:
        widget = QgsMapLayerComboBox()
        widget.setFilters(kind)
        widget.setAllowEmptyLayer(True)
        widget.setLayer(None)
        widget.setAccessibleName(name)
        return widget

    @staticmethod
    def _column(name: str) -> QgsFieldComboBox:
        widget = QgsFieldComboBox()
        widget.setAllowEmptyFieldName(True)
        widget.setAccessibleName(name)
        return widget
