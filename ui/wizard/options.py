"""Step 4: what is printed and how, with defaults that suit: nothing has to be touched here."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtWidgets import QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ..words import N_, tr
from .fields import Choice, Field, FilePlace, Layer, Number, Several, Text, YesNo, missing_layer
from .notice import wrapped
from .options_profile import ProfileBox
from .rows import line, tighten
from .step import Step

DOCUMENTS = {
    "odt": N_("Report to edit (LibreOffice, Word)"),
    "html": N_("Report for a browser"),
    "xlsx": N_("Workbook of figures"),
    "diaporama": N_("Slides"),
    "synthese": N_("Two-page summary"),
}
SCALES = {
    "fit": N_("Each commune fills its map"),
    "fixed": N_("The same scale for all"),
}
CACHES = {
    "auto": N_("Recent ones are used again"),
    "refresh": N_("Everything is asked again"),
    "offline": N_("Only those kept, nothing is asked"),
}
TABLES = ("SURVEY", "ACTORS", "ACTIONS", "WORDS")


class OptionsStep(Step):
    """Writes PROFILE, the documents, secrecy, the analyst's tables and the user's own layers."""

    ID = "options"
    TITLE = N_("Profile and options")
    HELP = N_(
        "What the atlas tells, and the documents made with it. Everything has a value that suits: you can go on at once."
    )

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.profile = ProfileBox(desk, self.ID)
        self.profile.changed.connect(self.changed)
        self.fields: dict[str, Field] = {}
        layout = QVBoxLayout(self)
        tighten(layout)
        layout.addWidget(self.profile)
        layout.addWidget(self._documents())
        layout.addWidget(self._people())
        layout.addWidget(self._tables())
        layout.addWidget(self._layers())
        layout.addWidget(self._more())
        layout.addStretch(1)

    # --- what stands in it

    def _documents(self) -> QGroupBox:
        box = QGroupBox(tr("Documents"))
        layout = QVBoxLayout(box)
        tighten(layout)
        layout.addWidget(wrapped(tr("The atlas and the QGIS project are always made. And:")))
        self._add(layout, self._several("FORMATS", DOCUMENTS), labelled=False)
        self._add(layout, self._choice("PAPER", self.desk.choices.papers))
        return box

    def _people(self) -> QGroupBox:
        box = QGroupBox(tr("People"))
        layout = QVBoxLayout(box)
        tighten(layout)
        bounds = self.desk.choices.bounds("MIN_COUNT")
        self._add(layout, Number("MIN_COUNT", *self._facts("MIN_COUNT"), bounds), said=True)
        self._add(layout, Text("THRESHOLDS", *self._facts("THRESHOLDS")), said=True)
        return box

    def _tables(self) -> QGroupBox:
        box = QgsCollapsibleGroupBox(tr("Tables of the analyst"))
        layout = QVBoxLayout(box)
        tighten(layout)
        layout.addWidget(wrapped(tr("A survey, the actors, an action plan, texts: each makes its pages. All are optional.")))  # fmt: skip
        for name in TABLES:
            self._add(layout, FilePlace(name, *self._facts(name)))
        templates = QPushButton(tr("Tables to f&ill in…"))
        templates.clicked.connect(lambda _=False: self._open("coodiag:templates"))
        layout.addLayout(line(templates))
        box.setCollapsed(True)
        self.tables = box
        return box

    def _layers(self) -> QGroupBox:
        box = QgsCollapsibleGroupBox(tr("Layers of yours"))
        layout = QVBoxLayout(box)
        tighten(layout)
        kinds = QgsMapLayerProxyModel.Filter
        for name, kind in (("AREA", kinds.PolygonLayer), ("ROADS", kinds.LineLayer)):
            label, hint, _ = self._facts(name)
            self._add(layout, Layer(name, label, hint, kind), said=True)
        box.setCollapsed(True)
        self.layers = box
        return box

    def _more(self) -> QGroupBox:
        box = QgsCollapsibleGroupBox(tr("More options"))
        layout = QVBoxLayout(box)
        tighten(layout)
        self._add(layout, FilePlace("HOUSE_STYLE", *self._facts("HOUSE_STYLE"), folder=True))
        self._add(layout, YesNo("COMMUNE_PAGES", *self._facts("COMMUNE_PAGES")), labelled=False)
        self._add(layout, self._choice("COMMUNE_SCALE", SCALES))
        self._add(layout, Number("DPI", *self._facts("DPI"), self.desk.choices.bounds("DPI")))
        self._add(layout, Text("DATE", *self._facts("DATE")))
        self._add(layout, self._choice("CACHE", CACHES))
        box.setCollapsed(True)
        self.more = box
        return box

    def _facts(self, name: str) -> tuple[str, str, Any]:
        return self.desk.label(name), self.desk.hint(name), self.desk.default(name)

    def _choice(self, name: str, words: dict[str, str]) -> Choice:
        return Choice(name, *self._facts(name), self._words(name, words))

    def _several(self, name: str, words: dict[str, str]) -> Several:
        return Several(name, *self._facts(name), self._words(name, words))

    def _words(self, name: str, words: dict[str, str]) -> list[tuple[str, str]]:
        """The values that the algorithm knows, each with its words."""
        known = self.desk.choices.options(name)
        return [(value, tr(words[value]) if value in words else value) for value in known]

    def _add(
        self, layout: QVBoxLayout, field: Field, labelled: bool = True, said: bool = False
    ) -> None:
        """A field under its label; ``said``: its help stands there, not in a tooltip alone."""
        if labelled:
            label = QLabel(field.label)
            label.setBuddy(field)
            label.setToolTip(field.toolTip())
            layout.addWidget(label)
        layout.addWidget(field)
        if said:
            layout.addWidget(wrapped(field.toolTip()))
        self.fields[field.name] = field
        field.told.connect(lambda: self._told(field))

    # --- what it tells

    def enter(self) -> None:
        self.desk.choices.refresh()
        given = self.desk.draft.parameters
        self.profile.enter()
        for name, field in self.fields.items():
            field.default = self._default(field)
            field.show_value(given.get(name))
        for box, names in (
            (self.tables, TABLES),
            (self.layers, ("AREA", "ROADS")),
            (self.more, ("HOUSE_STYLE", "COMMUNE_PAGES", "COMMUNE_SCALE", "DPI", "DATE", "CACHE")),
        ):
            if any(name in given for name in names):
                box.setCollapsed(False)

    def _default(self, field: Field) -> Any:
        default = self.desk.default(field.name)
        return type(field.default)(default) if field.default is not None else default

    def problems(self) -> list[str]:
        given = self.desk.draft.parameters
        said = [self.profile.refusal()]
        if given.get("FORMATS") == []:
            said.append(tr("Choose one document at least."))
        for name, sentence in self.desk.choices.refusals(given).items():
            said.append(tr("{label}: {text}").format(label=self.desk.label(name), text=sentence))
        for name in ("AREA", "ROADS"):
            if missing_layer(str(given.get(name) or "")):
                text = tr("{label}: this layer is no longer in the project. Choose it again.")
                said.append(text.format(label=self.desk.label(name)))
        return [text for text in said if text]

    def summary(self) -> str:
        return self.profile.title()

    def _told(self, field: Field) -> None:
        value = field.value()
        if value in ("", []):  # nothing, which put() would take for the default
            self.desk.draft.parameters[field.name] = value
        else:
            self.desk.draft.put(field.name, value)
        self.changed.emit()

    def _open(self, algorithm: str) -> None:
        from qgis import processing

        processing.execAlgorithmDialog(algorithm, {"PROFILE": self.profile.value()})
