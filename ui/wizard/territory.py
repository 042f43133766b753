"""Step 1: the territory, searched by name, by code or on the map, and where its data come from."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..words import N_, tr
from .notice import wrapped
from .rows import Rows, line, tighten
from .step import Step
from .territory_map import TerritoryMap
from .territory_search import SearchBox, described
from .territory_source import SourceBox


class TerritoryStep(Step):
    """Writes TERRITORY, SOURCE and DATA_FOLDER. A unit chosen is resolved as a run does."""

    ID = "territory"
    TITLE = N_("Territory")
    HELP = N_(
        "Write the name of a commune, an intercommunalité or a département, then choose it in the list. Several can be put together."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.map = TerritoryMap(desk.iface, self)
        self._outline: Any = None  # the errand under way
        self._found: Any = None  # what the draft's territory was resolved to
        self._refused = ""  # why it was not
        self._look = False  # whether the map goes to the outline
        self.source = SourceBox(desk)
        self.search = SearchBox(desk, self.source, self.map)
        self.chosen = Rows(3, tr("Territory of the diagnosis"))
        label = QLabel(tr("&Territory of the diagnosis"))
        label.setBuddy(self.chosen)
        self.remove = QPushButton(tr("&Remove"))
        self.look = QPushButton(tr("S&ee on the map"))
        self.told = wrapped("")
        layout = QVBoxLayout(self)
        tighten(layout)
        layout.addWidget(self.search)
        layout.addWidget(label)
        layout.addWidget(self.chosen)
        layout.addLayout(line(self.remove, self.look))
        layout.addWidget(self.told)
        layout.addWidget(self.source)
        layout.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.search.taken.connect(self._take)
        self.search.listed.connect(self._list_known)
        self.search.changed.connect(self.changed)
        self.search.pick.toggled.connect(lambda on: None if on else self._lay_outline())
        self.chosen.currentRowChanged.connect(lambda _: self._buttons())
        self.chosen.deleted.connect(self.remove_chosen)
        self.remove.clicked.connect(lambda _=False: self.remove_chosen())
        self.look.clicked.connect(lambda _=False: self._look_at())
        self.source.changed.connect(self._source_changed)

    def enter(self) -> None:
        self.source.enter()
        self._show_keys()
        self._lay_outline()
        if self._found is None and self.keys() and not self._refused and self._outline is None:
            self._resolve()

    def keys(self) -> list[str]:
        """Units of the draft's territory; none when it cannot be read, which problems() tells."""
        try:
            return list(self.desk.territories.keys_of(self._expression()))
        except self.desk.problem:
            return []

    def _expression(self) -> str:
        return str(self.desk.draft.parameters.get("TERRITORY") or "")

    def problems(self) -> list[str]:
        said = [self.source.refusal()]
        try:
            keys = self.desk.territories.keys_of(self._expression())
            if not keys and not self.desk.draft.parameters.get("AREA"):
                said.append(tr("Choose a territory in the list of those found."))
        except self.desk.problem as error:
            said.append(self.desk.sentence(error))
        said.append(self._refused)
        return [text for text in said if text]

    def summary(self) -> str:
        note = self.desk.draft.notes.get(self.ID, {})
        keys = self.keys()
        if not keys:
            return tr("own area") if self.desk.draft.parameters.get("AREA") else ""
        return str(note.get("name") or ", ".join(self._name(key) for key in keys))

    def busy(self) -> bool:
        return self._outline is not None or self.search.busy or self.source.busy

    def stop(self) -> None:
        if self._outline is not None:
            self._outline.leave()
        self._outline = self._found = None
        self._refused = ""
        self.search.stop()
        self.source.stop()
        self.map.clear()
        self.told.clear()

    def hideEvent(self, event: QEvent) -> None:
        """The outline and the tool are only there with the step."""
        super().hideEvent(event)
        self.search.pick.setChecked(False)
        self.map.clear()

    # --- the territory of the draft

    def _take(self, keys: list[str], names: dict[str, str]) -> None:
        self.desk.draft.note(self.ID).setdefault("names", {}).update(names)
        self._put([*self.keys(), *keys], look=True)

    def remove_chosen(self) -> None:
        """Take the chosen unit out of the territory."""
        row = self.chosen.currentRow()
        keys = self.keys()
        if 0 <= row < len(keys):
            self._put([key for at, key in enumerate(keys) if at != row])

    def _put(self, keys: list[str], look: bool = False) -> None:
        """Write the territory; ``look``: the map then goes there."""
        self.desk.draft.put("TERRITORY", self.desk.territories.written(keys))
        self.desk.draft.note(self.ID).pop("name", None)
        self._show_keys()
        self._resolve(look)

    def _source_changed(self) -> None:
        """Another list may know the territory otherwise, or not at all."""
        self.search.forget()
        self._resolve()
        if not self.source.refusal():
            self.search.search()

    def _list_known(self) -> None:
        self._show_keys()
        if self._outline is None and self._found is None:
            self._resolve(self._look)

    def _resolve(self, look: bool = False) -> None:
        """Ask what the territory of the draft is; what was known of another one is forgotten.

        A folder is read for that; a service is not asked before the user searches.
        """
        if self._outline is not None:
            self._outline.leave()
        self._outline = self._found = None
        self._refused = ""
        self._look = look
        self.map.clear()
        self.told.clear()
        mode, folder = self.source.told()
        if self.keys() and not self.source.refusal():
            known = self.desk.territories.known(mode, folder)
            if known is None and not self.desk.territories.online(mode, folder):
                known = self.search.gazetteer()
            if known is not None:
                self.told.setText(tr("Looking at the territory…"))
                self._outline = self.desk.territories.outline(
                    known, self._expression(), self._resolved, self._unresolved
                )
        self._buttons()
        self.changed.emit()

    def _resolved(self, outline: Any) -> None:
        self._outline = None
        self._found = outline
        self.desk.draft.note(self.ID)["name"] = outline.name
        one = outline.communes == 1
        counted = (tr("{name}: 1 commune") if one else tr("{name}: {count} communes")).format(
            name=outline.name, count=outline.communes
        )
        self.told.setText("\n".join([counted, *outline.said]))
        if self.isVisible():
            if self._look:
                self.map.uncover()
            if self._look or self.map.empty:
                self.map.look_at(outline.shape, outline.crs)
            self.map.show(outline.shape, outline.crs)
        self._buttons()
        self.changed.emit()

    def _unresolved(self, why: str) -> None:
        self._outline = None
        self._refused = why
        self.told.clear()
        self._buttons()
        self.changed.emit()

    def _lay_outline(self) -> None:
        """The territory on the map, in place of the communes to click on."""
        self.map.clear()
        if self._found is not None and self.isVisible():
            self.map.show(self._found.shape, self._found.crs)

    def _look_at(self) -> None:
        if self._found is not None:
            self.map.uncover()
            self.map.look_at(self._found.shape, self._found.crs)
            self.map.show(self._found.shape, self._found.crs)

    def _name(self, key: str) -> str:
        names = self.desk.draft.notes.get(self.ID, {}).get("names", {})
        place = self._place(key)
        return str(place.name if place is not None else names.get(key, key))

    def _place(self, key: str) -> Any:
        known = self.desk.territories.known(*self.source.told())
        return known.place(key) if known is not None else None

    def _show_keys(self) -> None:
        rows = []
        for key in self.keys():
            place = self._place(key)
            rows.append((key, described(place) if place is not None else self._name(key)))
        self.chosen.fill(rows, at=len(rows) - 1)
        self._buttons()

    def _buttons(self) -> None:
        self.remove.setEnabled(self.chosen.currentRow() >= 0)
        self.look.setEnabled(self._found is not None)
