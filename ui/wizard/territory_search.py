"""The search of step 1: a unit by its name, its code, its postcode, or a click on the map."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..words import N_, tr
from .notice import wrapped
from .rows import Rows, line
from .territory_map import TerritoryMap
from .territory_source import SourceBox

LEVELS = {
    "COM": N_("commune"),
    "EPCI": N_("EPCI"),
    "DEP": N_("département"),
    "REG": N_("région"),
    "ZE": N_("employment zone"),
}
_WAIT_MS = 200  # after the last letter, before the search


class SearchBox(QWidget):
    """``taken``: keys that the user chose, and their names (empty when only a code is known).

    ``listed``: the list of the source has been read. ``changed``: something began or ended.
    The list is read when it is first needed: opening the wizard asks nothing of a service.
    """

    taken = pyqtSignal(list, dict)
    listed = pyqtSignal()
    changed = pyqtSignal()

    def __init__(
        self, desk: Any, source: SourceBox, on_map: TerritoryMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._source = source
        self._map = on_map
        self._list: Any = None  # the errands under way
        self._click: Any = None
        self._ground: Any = None
        self._pending = False  # a search waits for the list
        self._point: Any = None  # a click waits for it
        self._build()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.search)
        self._connect()

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(tr("Name, code or postcode"))
        self.field.setAccessibleName(tr("Search for a territory"))
        self.status = wrapped("")
        self.results = Rows(7, tr("Territories found"))
        self.add = QPushButton(tr("&Add"))
        self.add.setToolTip(tr("Add the chosen one to the territory (Enter)"))
        self.add.setEnabled(False)
        self.pick = QPushButton(tr("Click on the &map"))
        self.pick.setCheckable(True)
        self.pick.setToolTip(
            tr(
                "Then click inside a commune on the map of QGIS; Enter takes its middle, Esc leaves."
            )
        )
        self.background = QPushButton(tr("Show a bac&kground (IGN, Internet)"))
        self.background.setToolTip(tr("The server of IGN sees which places you look at."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.field, self.status, self.results):
            layout.addWidget(widget)
        layout.addLayout(line(self.add, self.pick))
        layout.addWidget(self.background)
        self.status.hide()
        self.results.hide()
        self.background.hide()

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _: self._wait.start())
        self.field.returnPressed.connect(self._enter_key)
        self.field.installEventFilter(self)
        self.results.itemActivated.connect(lambda _: self.take_chosen())
        self.results.currentRowChanged.connect(lambda row: self.add.setEnabled(row >= 0))
        self.add.clicked.connect(lambda _=False: self.take_chosen())
        self.pick.toggled.connect(self._listen)
        self.background.clicked.connect(lambda _=False: self._add_background())
        self._map.clicked.connect(self._clicked)
        self._map.left.connect(lambda: self.pick.setChecked(False))

    @property
    def busy(self) -> bool:
        return any((self._list, self._click, self._ground))

    def stop(self) -> None:
        """Cancel what is under way and give the map back."""
        self.forget()
        self.pick.setChecked(False)
        self.field.clear()

    def forget(self) -> None:
        """Wait for no list and no place any more: the source is another one."""
        for errand in (self._list, self._click, self._ground):
            if errand is not None:
                errand.leave()
        self._list = self._click = self._ground = self._point = None
        self._pending = False
        self._wait.stop()
        self.show_places([])
        self._say("")

    def gazetteer(self) -> Any:
        """The list of the source; None while it is being read, and ``listed`` then comes."""
        mode, folder = self._source.told()
        known = self.desk.territories.known(mode, folder)
        if known is None and self._source.refusal():
            self._say(self._source.refusal())
        elif known is None and self._list is None:
            online = self.desk.territories.online(mode, folder)
            self._say(
                tr("Reading the list of communes (geo.api.gouv.fr)…")
                if online
                else tr("Reading the list of communes in the folder…")
            )
            self._list = self.desk.territories.read(mode, folder, self._listed, self._unlisted)
            self.changed.emit()
        return known

    def _listed(self, gazetteer: Any) -> None:
        self._list = None
        self._say("")
        if self._pending:
            self.search()
        if self._point is not None:
            self._clicked(self._point)
        elif self._map.listening:
            self._lay_ground(gazetteer)
        self.listed.emit()
        self.changed.emit()

    def _unlisted(self, why: str) -> None:
        self._list = self._point = None
        self._pending = False
        if why:
            why += " " + tr("A code can still be written, such as EPCI:243500139, then Enter.")
        self._say(why)
        self.changed.emit()

    # --- by name or code

    def search(self) -> None:
        """Show the units that fit what is typed; the list is read first when it was not."""
        typed = self.field.text().strip()
        self._pending = False
        if not typed:
            self.show_places([])
            self._say("")
            return
        gazetteer = self.gazetteer()
        if gazetteer is None:
            self._pending = self._list is not None
            return
        places = gazetteer.search(typed)
        self.show_places(places)
        self._say("" if places else tr("No territory is called so. Try a shorter name, or a code."))

    def show_places(self, places: list[Any]) -> None:
        """Units to choose from, the first one being chosen."""
        self.results.fill([(place, described(place)) for place in places])
        self.results.setVisible(bool(places))
        self.add.setEnabled(bool(places))

    def take_chosen(self) -> None:
        """Take the unit chosen among those found."""
        place = self.results.value()
        if place is not None:
            self._take([place.key], {place.key: place.name})

    def _take(self, keys: list[str], names: dict[str, str]) -> None:
        self.field.clear()
        self.show_places([])
        self._say("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.taken.emit(keys, names)

    def _enter_key(self) -> None:
        """Enter in the field: the search at once, then the unit that is chosen."""
        if self._wait.isActive():
            self._wait.stop()
            self.search()
        elif self.results.value() is not None:
            self.take_chosen()
            return
        if ":" in self.field.text() and self.results.value() is None:
            self._take_typed()

    def _take_typed(self) -> None:
        """A code written whole needs no list."""
        try:
            keys = self.desk.territories.keys_of(self.field.text())
        except self.desk.problem as error:
            self._say(self.desk.sentence(error))
            return
        self._take(keys, {})

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The arrows go from the field into the list, without leaving it."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
            if by is not None and self.results.count():
                self.results.move(by)
                return True
        return super().eventFilter(watched, event)

    # --- on the map

    def _listen(self, on: bool) -> None:
        self.background.setVisible(on and self._map.empty)
        if not on:
            self._map.ignore()
            return
        self._map.listen()
        self._say(tr("Click inside a commune on the map of QGIS."))
        gazetteer = self.gazetteer()  # read while the user looks for the place
        if gazetteer is not None:
            self._lay_ground(gazetteer)

    def _lay_ground(self, gazetteer: Any) -> None:
        """On a map without a layer, the communes of the folder to click on."""
        if self._map.empty and self._ground is None and gazetteer.has_contours:
            self._ground = self.desk.territories.ground(gazetteer, self._grounded, self._groundless)

    def _grounded(self, ground: Any) -> None:
        self._ground = None
        if self._map.listening:
            self._map.lay(ground.shape, ground.crs)
        self.changed.emit()

    def _groundless(self, why: str) -> None:
        self._ground = None
        self._say(why)
        self.changed.emit()

    def _add_background(self) -> None:
        self.background.hide()
        try:
            self.desk.territories.add_background()
        except self.desk.problem as error:
            self._say(self.desk.sentence(error))
            return
        self._map.look_at_france()

    def _clicked(self, point: Any) -> None:
        gazetteer = self.gazetteer()
        if gazetteer is None:
            self._point = point if self._list is not None else None
            return
        self._point = None
        if self._click is not None:
            self._click.leave()
        self._say(tr("Looking for the commune…"))
        crs = self._map.crs
        self._click = self.desk.territories.at(gazetteer, point, crs, self._there, self._nowhere)
        self.changed.emit()

    def _there(self, places: list[Any]) -> None:
        self._click = None
        self.pick.setChecked(False)
        self.show_places(places)
        self._say(tr("Choose the commune, or what it belongs to."))
        self.results.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _nowhere(self, why: str) -> None:
        self._click = None
        self._say(why)
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.status.setText(text)
        self.status.setVisible(bool(text))


def described(place: Any) -> str:
    """A unit in one line: its name, its level, its département, its size and its code."""
    parts = [tr(LEVELS[place.level])]
    parts += [place.where] if place.where else []
    if place.level != "COM":
        parts.append(tr("{count} communes").format(count=place.communes))
    code = place.key.partition(":")[2]
    return f"{place.name} – {', '.join(parts)} – {code}"
