"""The forms of the profile editor: of the whole profile, of a chapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from .profile_editor_lists import IndicatorList, OneIndicator
from .profile_editor_parts import Choice, Form, Line, Words
from .profile_editor_words import LEVELS, word
from .words import tr

_MOST_SIMILAR = 20


class ProfileForm(Form):
    """What the profile says as a whole."""

    def __init__(self, session: Any, attempt: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__(session, attempt)
        choices = session.choices
        self.title, self.subtitle = Line(), Line()
        self.compare = _Levels(choices.levels)
        self.similar = _Similar(choices, self.part)
        self.key_figures = IndicatorList(choices, self.part, "key_figures")
        self.commune_figures = IndicatorList(choices, self.part, "commune_figures")
        self.commune_chart = OneIndicator(choices, self.part, "commune_chart", may_lack=True)
        self.add("title", tr("&Title, on the cover"), self.title)
        self.add("subtitle", tr("S&ubtitle"), self.subtitle)
        self.add("compare", tr("The territory is compared with"), self.compare)
        self.add(
            "similar",
            tr("Indicators by which the most similar territories are found"),
            self.similar,
            tr("Needed when a page or the comparison asks for similar territories."),
        )
        self.add("key_figures", tr("Indicators of the page of key figures"), self.key_figures)
        self.add(
            "commune_figures",
            tr("Figures on the page of each commune (8 at most)"),
            self.commune_figures,
        )
        self.add("commune_chart", tr("Bars on the page of each commune"), self.commune_chart)
        self._layout.addStretch(1)
        for key in ("title", "subtitle", "compare", "key_figures", "commune_figures"):
            self.fields[key].widget.told.connect(self.put(key))
        self.commune_chart.told.connect(self.put("commune_chart"))
        self.similar.told.connect(self.put("similar"))

    def part(self) -> dict[str, Any]:
        return dict(self.session.part(()))

    def fill(self, part: dict[str, Any]) -> None:
        self.title.show_text(part.get("title", ""))
        self.subtitle.show_text(part.get("subtitle", ""))
        self.compare.show_levels(part.get("compare", list(self.session.choices.compared)))
        self.similar.show_similar(part.get("similar", {}))
        self.key_figures.show_names(part.get("key_figures", []))
        self.commune_figures.show_names(part.get("commune_figures", []))
        self.commune_chart.show_name(part.get("commune_chart", ""))


class ChapterForm(Form):
    """A chapter: its title, its hue, the stake that it answers, what the team is asked to write."""

    def __init__(self, session: Any, attempt: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__(session, attempt)
        self.title, self.id, self.words = Line(), Line(), Words()
        self.theme, self.stake = Choice(), _Stake()
        self.add("title", tr("&Title of the chapter"), self.title)
        self.add("theme", tr("T&heme: the colour of its maps"), self.theme)
        self.add(
            "stake",
            tr("&Stake of the synthesis that it answers"),
            self.stake,
            tr("The synthesis reads first the chapters of a stake. Type a new one, or choose one."),
        )
        self.add("words", tr("What the team is asked to &write on its first page"), self.words)
        self.add(
            "id",
            tr("&Name in files and links"),
            self.id,
            tr("1 to 60 signs among a–z, 0–9 and _"),
        )
        self._layout.addStretch(1)
        for key in ("title", "theme", "words", "id"):
            self.fields[key].widget.told.connect(self.put(key))
        self.stake.told.connect(
            lambda text: self.edit(lambda: self.session.put_stake(self.place, text))
        )

    def fill(self, part: dict[str, Any]) -> None:
        choices = self.session.choices
        self.title.show_text(part.get("title", ""))
        self.id.show_text(part.get("id", ""))
        self.words.show_text(part.get("words", ""))
        self.theme.show_choice(
            list(choices.themes().items()),
            part.get("theme", ""),
        )
        for row in range(self.theme.count()):
            self.theme.setItemIcon(row, swatch(choices.colour(str(self.theme.itemData(row)))))
        stakes = [str(each.get("title", "")) for each in self.session.part(()).get("stakes", [])]
        self.stake.show_stake(stakes, self.session.stake(self.place))

    def commit(self) -> None:
        super().commit()
        self.stake.commit()


class _Stake(QComboBox):
    """Stakes of the synthesis, and a place to type a new one; empty for none."""

    told = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._line = Line()
        self._line.setPlaceholderText(tr("None"))
        self.setLineEdit(self._line)
        self._line.told.connect(self.told)
        self.activated.connect(lambda _: self._line.commit())

    def show_stake(self, stakes: list[str], stake: str) -> None:
        self.blockSignals(True)
        self.clear()
        self.addItems(["", *stakes])
        self.setCurrentIndex(self.findText(stake))
        self.blockSignals(False)
        self._line.show_text(stake)

    def commit(self) -> None:
        self._line.commit()


class _Levels(QWidget):
    """Levels that figures are compared with."""

    told = pyqtSignal(list)

    def __init__(self, levels: Any) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.boxes = {level: QCheckBox(word(LEVELS, level)) for level in levels}
        for box in self.boxes.values():
            layout.addWidget(box)
            box.clicked.connect(lambda _: self.told.emit(self.levels()))
        self.setFocusProxy(next(iter(self.boxes.values())))

    def levels(self) -> list[str]:
        return [level for level, box in self.boxes.items() if box.isChecked()]

    def show_levels(self, levels: list[str]) -> None:
        for level, box in self.boxes.items():
            box.setChecked(level in levels)


class _Similar(QWidget):
    """Indicators by which similar territories are found, and how many are."""

    told = pyqtSignal(dict)

    def __init__(self, choices: Any, part: Any) -> None:
        super().__init__()
        self.names = IndicatorList(choices, part, "similar")
        self.count = QSpinBox()
        self.count.setRange(1, _MOST_SIMILAR)
        self.count.setPrefix(tr("Territories found:") + " ")
        self.count.setAccessibleName(tr("Number of similar territories"))
        self.count.setKeyboardTracking(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.names)
        layout.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.names)
        self.names.told.connect(self._tell)
        self.count.valueChanged.connect(lambda _: self._tell(self.names.names()))

    def setAccessibleName(self, name: str) -> None:
        self.names.setAccessibleName(name)

    def show_similar(self, similar: dict[str, Any]) -> None:
        self.names.show_names(similar.get("indicators", []))
        self.count.blockSignals(True)
        self.count.setValue(similar.get("count", 5))
        self.count.setEnabled(bool(similar))
        self.count.blockSignals(False)

    def _tell(self, names: list[str]) -> None:
        self.told.emit({"indicators": names, "count": self.count.value()} if names else {})


def swatch(colour: str) -> QIcon:
    """A square of a colour, as large as a letter."""
    pixmap = QPixmap(16, 16)
    pixmap.fill(QColor(colour) if colour else Qt.GlobalColor.transparent)
    return QIcon(pixmap)
