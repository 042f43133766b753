"""Widgets of the parameters of a diagnosis: each shows a value of the draft and tells a new one.

``value()`` is what the draft takes: None when it is the default, which then goes on following the
settings of the user.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QFileInfo, QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..words import tr


class Field(QWidget):
    """One parameter. ``told``: the user gave another value; ``default``: that of the algorithm."""

    told = pyqtSignal()

    def __init__(self, name: str, label: str, hint: str, default: Any = None) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.default = default
        self.setToolTip(hint)
        self.setAccessibleName(label)
        self._room = QHBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)

    def hold(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget into the field; the first one takes the keyboard and the name."""
        if self._room.count() == 0:
            self.setFocusProxy(widget)
        widget.setAccessibleName(self.label)
        widget.setAccessibleDescription(self.toolTip())
        self._room.addWidget(widget, stretch)

    def show_value(self, value: Any) -> None:
        """Show a value of the draft, the default when it is None."""
        raise NotImplementedError

    def value(self) -> Any:
        """What the draft takes."""
        raise NotImplementedError

    def but_default(self, value: Any) -> Any:
        return None if value == self.default else value


class Text(Field):
    """A line of text."""

    def __init__(self, name: str, label: str, hint: str, default: Any = None) -> None:
        super().__init__(name, label, hint, default)
        self.line = QLineEdit()
        self.line.setPlaceholderText("" if default is None else str(default))
        self.line.editingFinished.connect(self.told)
        self.hold(self.line, 1)

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def value(self) -> Any:
        return self.but_default(self.line.text().strip() or None)


class Number(Field):
    """A whole number between two."""

    def __init__(
        self, name: str, label: str, hint: str, default: Any, bounds: tuple[int, int]
    ) -> None:
        super().__init__(name, label, hint, int(default))
        self.spin = QSpinBox()
        self.spin.setRange(*bounds)
        self.spin.valueChanged.connect(lambda _: self.told.emit())
        self.hold(self.spin)
        self._room.addStretch(1)

    def show_value(self, value: Any) -> None:
        blocker = QSignalBlocker(self.spin)
        self.spin.setValue(self.default if value is None else int(value))
        blocker.unblock()

    def value(self) -> Any:
        return self.but_default(self.spin.value())


class YesNo(Field):
    """A box to tick, which says what it is."""

    def __init__(self, name: str, label: str, hint: str, default: Any) -> None:
        super().__init__(name, label, hint, bool(default))
        self.box = QCheckBox(label)
        self.box.toggled.connect(lambda _: self.told.emit())
        self.hold(self.box, 1)

    def show_value(self, value: Any) -> None:
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(self.default if value is None else bool(value))
        blocker.unblock()

    def value(self) -> Any:
        return self.but_default(self.box.isChecked())


class Choice(Field):
    """One of a few values, each with its words."""

    def __init__(
        self, name: str, label: str, hint: str, default: Any, options: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(name, label, hint, default)
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for value, words in options:
            self.combo.addItem(words, value)
        self.combo.activated.connect(lambda _: self.told.emit())
        self.hold(self.combo, 1)

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(self.combo.findData(self.default if value is None else value))

    def value(self) -> Any:
        return self.but_default(self.combo.currentData())


class Several(Field):
    """Any of a few values; none at all is told as an empty list, which no run takes."""

    def __init__(
        self, name: str, label: str, hint: str, default: Any, options: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(name, label, hint, list(default or []))
        self.boxes = {value: QCheckBox(words) for value, words in options}
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            box.toggled.connect(lambda _: self.told.emit())
            lines.addWidget(box)
        self.hold(holder, 1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def show_value(self, value: Any) -> None:
        wanted = self.default if value is None else value
        for name, box in self.boxes.items():
            blocker = QSignalBlocker(box)
            box.setChecked(name in wanted)
            blocker.unblock()

    def value(self) -> Any:
        return self.but_default([name for name, box in self.boxes.items() if box.isChecked()])


class FilePlace(Field):
    """A file, or a folder, of this machine; emptied, it is none, even where the default is one."""

    def __init__(
        self, name: str, label: str, hint: str, default: Any = None, folder: bool = False
    ) -> None:
        super().__init__(name, label, hint, default)
        self.place = QgsFileWidget()
        mode = QgsFileWidget.StorageMode
        self.place.setStorageMode(mode.GetDirectory if folder else mode.GetFile)
        self.place.setDialogTitle(label)
        self.place.lineEdit().setAccessibleName(label)
        self.place.fileChanged.connect(lambda _: self.told.emit())
        self.hold(self.place, 1)

    def show_value(self, value: Any) -> None:
        blocker = QSignalBlocker(self.place)
        self.place.setFilePath(str((self.default if value is None else value) or ""))
        blocker.unblock()

    def value(self) -> Any:
        given = self.place.filePath().strip()
        return None if given == (self.default or "") else given


class Layer(Field):
    """A layer of the project, or a file of layers.

    The draft outlives the project: it keeps the source of a layer of a file, the id of another.
    Only a gesture of the user changes it: a project that is closed takes nothing away.
    """

    def __init__(
        self, name: str, label: str, hint: str, filters: QgsMapLayerProxyModel.Filter
    ) -> None:
        super().__init__(name, label, hint)
        self.combo = QgsMapLayerComboBox()
        self.combo.setFilters(filters)
        self.combo.setAllowEmptyLayer(True, tr("none"))
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.activated.connect(lambda _: self._activated())
        self.browse = QToolButton()
        self.browse.setText("…")
        self.browse.clicked.connect(lambda _=False: self._browse())
        self._value = ""
        self.hold(self.combo, 1)
        self.hold(self.browse)

    def show_value(self, value: Any) -> None:
        self._value = str(value or "")
        layer = _layer_of(self._value)
        self.combo.setAdditionalItems([self._value] if self._value and layer is None else [])
        if layer is None and self._value:
            self.combo.setCurrentIndex(self.combo.findText(self._value))
        else:
            self.combo.setLayer(layer)

    def value(self) -> Any:
        return self._value or None

    def _activated(self) -> None:
        layer = self.combo.currentLayer()
        if layer is not None:
            self._value = layer.source() if layer.providerType() == "ogr" else layer.id()
        else:
            text = self.combo.currentText()
            self._value = text if text in self.combo.additionalItems() else ""
        self.told.emit()

    def _browse(self) -> None:
        start = QFileInfo(self._value.partition("|")[0]).absolutePath() if self._value else ""
        kinds = tr("Layers") + " (*.gpkg *.shp *.geojson *.json *.gml *.kml *.fgb);;"
        path, _ = QFileDialog.getOpenFileName(self, self.label, start, kinds + tr("All files (*)"))
        if path:
            self.show_value(path)
            self.told.emit()


def _layer_of(value: str) -> QgsMapLayer | None:
    """The layer of the project with this id or this source."""
    layers = QgsProject.instance().mapLayers()
    if value in layers:
        return layers[value]
    return next((layer for layer in layers.values() if value and layer.source() == value), None)


def missing_layer(value: str) -> bool:
    """Whether a layer of the draft is neither in the project nor in a file that is there."""
    if not value or _layer_of(value) is not None:
        return False
    return not QFileInfo(value.partition("|")[0]).exists()
