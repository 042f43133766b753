"""What the review window asks: rows, choices, decisions. No widget.

A decision goes to the file of corrections before the window shows it, so that nothing is lost when
QGIS stops; the layers under review are left as they are, and the next run uses the corrections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsGeometry, QgsMapLayer, QgsPointXY, QgsVectorLayer

from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.errors import CoodiagError, InputError
from ..core.progress import Silent
from . import review_batch
from .algorithm import sentence
from .corrections import corrections_file
from .geocoding import WGS84, towns_of
from .layers import records, transformer
from .review_alike import Alike
from .review_failed import write_failed
from .review_ground import dossier_layers, project_layers, road_layer, street_layer
from .review_kept import Kept, kept
from .review_rows import ReviewRow, dossier_rows, pair_rows
from .settings import cache_folder

if TYPE_CHECKING:
    from ..geocoding.ban_index import BanIndex
    from ..geocoding.choices import Choice
    from ..geocoding.correction import Correction
    from ..geocoding.geocoder import Geocoder


@dataclass(frozen=True)
class Counts:
    """Rows by what is to be done with them. ``mute``: no address to keep a correction by."""

    waiting: int
    decided: int
    mute: int
    total: int


class ReviewSession:
    """One review. ``problem`` is the type of its errors, ``sentence`` their text for the user."""

    problem = CoodiagError
    sentence = staticmethod(sentence)

    def __init__(
        self,
        rows: list[ReviewRow],
        grounds: list[QgsVectorLayer],
        corrections: Path | None = None,
        folder: Path | None = None,
        roads: QgsVectorLayer | None = None,
    ) -> None:
        from ..geocoding.corrections import Corrections

        self.rows = rows
        self.grounds = grounds
        self.roads = roads  # lines of the run, drawn where they lie
        self.folder = folder  # confidential folder of the dossier, where what failed may go
        self.warnings: list[tuple[str, dict[str, object]]] = []
        path, ours = corrections_file(corrections)
        self._store = Corrections(path, _Told(self.warnings), ours)
        self._alike = Alike(rows)
        self._read_again()
        self._communes = [
            (str(each["codgeo"]), str(each["nom"]), shape)
            for layer in grounds
            if {"codgeo", "nom"} <= set(layer.fields().names())
            for each, shape in _in_wgs84(layer)
        ]
        self._opened: tuple[Geocoder, BanIndex | None] | None = None
        self._choices: dict[int, list[Choice]] = {}  # of the last row asked for
        self._streets: dict[tuple[str, ...], QgsVectorLayer | None] = {}
        codes = Counter(legal_crs(row.citycode) for row in rows if row.citycode)
        self.crs = max(codes, key=lambda crs: (codes[crs], crs)) if codes else MAINLAND_CRS

    def close(self) -> None:
        """Let go of the files and of the addresses; the session is not to be used afterwards."""
        from ..geocoding.memory import forget_rows

        self._store.close()
        if self._opened is not None and self._opened[1] is not None:
            self._opened[1].close()
        self._opened = None
        forget_rows()

    def counts(self) -> Counts:
        return Counts(
            waiting=sum(row.waiting for row in self.rows),
            decided=sum(row.correction is not None for row in self.rows),
            mute=sum(not row.keyed for row in self.rows),
            total=len(self.rows),
        )

    def has_index(self) -> bool:
        """Whether streets can be proposed: a run on this machine has built an address index."""
        return self._engine()[1] is not None

    def choices(self, at: int) -> list[Choice]:
        """Places that the row may be, likeliest first, at most nine."""
        from ..geocoding.choices import choices

        if at not in self._choices:
            geocoder, index = self._engine()
            self._choices = {at: choices(self.rows[at].query, geocoder, index)}
        return self._choices[at]

    def town(self, at: int) -> Choice | None:
        """The commune of the row, when it is one."""
        from ..geocoding.choices import town_choices

        found = town_choices(self.rows[at].query, self._engine()[0])
        return found[0] if len(found) == 1 else None

    def street_layer(self, at: int) -> QgsVectorLayer | None:
        """Streets of the communes in question, to find one's way; None without an index."""
        from ..geocoding.choices import town_choices

        geocoder, index = self._engine()
        if index is None:
            return None
        row = self.rows[at]
        near = [*town_choices(row.query, geocoder)[:3], *self.choices(at)]
        codes = tuple(dict.fromkeys(each.citycode for each in near if each.citycode in index))
        if codes not in self._streets:
            streets = [
                (street.name, street.lon, street.lat)
                for code in codes
                for street in index.table(code).streets
            ]
            self._streets = {codes: street_layer(streets, self.crs) if streets else None}
        return self._streets[codes]

    def dossier_ground(self, named: bool) -> list[QgsMapLayer]:
        """Layers of the dossier, topmost first; ``named``: whether the roads bear their names."""
        if self.roads is None:
            return list(self.grounds)
        self.roads.setLabelsEnabled(named)
        above = [layer for layer in self.grounds if layer.geometryType() == Qgis.GeometryType.Point]
        return [*above, self.roads, *(layer for layer in self.grounds if layer not in above)]

    def project_layers(self, online: bool) -> list[QgsMapLayer]:
        """Layers of the open project; ``online``: also those that a server draws."""
        return project_layers(online)

    def accepted(self, at: int, note: str = "") -> Correction:
        """The place that the run found. Raises :class:`InputError` when it found none."""
        from ..geocoding.correction import ACCEPTED, Correction

        row = self._placeable(at)
        if row.lon is None:
            raise InputError(
                "This row has no place to accept: choose one, place it on the map or give it up."
            )
        return Correction(ACCEPTED, row.status, row.lon, row.lat, row.label, row.citycode, note)

    def chosen(self, at: int, choice: Choice, note: str = "") -> Correction:
        from ..geocoding.correction import CHOSEN, Correction

        self._placeable(at)
        c = choice
        return Correction(CHOSEN, c.status, c.lon, c.lat, c.label, c.citycode, note)

    def clicked(self, at: int, lon: float, lat: float, note: str = "") -> Correction:
        """A point of the map (WGS84), in the commune that holds it, else in the row's own."""
        from ..geocoding.correction import CLICKED, Correction

        row = self._placeable(at)
        code, name = self.commune_at(lon, lat)
        if not code:
            town = self.town(at)
            code, name = (town.citycode, town.town) if town else (row.citycode, "")
        label = f"Point placé à la main, {name}" if name else "Point placé à la main"
        return Correction(CLICKED, "adresse", lon, lat, label, code, note)

    def at_town(self, at: int, note: str = "") -> Correction:
        """The row's commune. Raises :class:`InputError` when it is unknown or one of several."""
        from ..geocoding.correction import AT_TOWN, Correction

        town = self.town(at)
        if town is None:
            raise InputError(
                "The commune of this row is unknown or one of several: place it on the map."
            )
        return Correction(AT_TOWN, town.status, town.lon, town.lat, town.label, town.citycode, note)

    def given_up(self, at: int, note: str = "") -> Correction:
        from ..geocoding.correction import GIVEN_UP, Correction

        return Correction(GIVEN_UP, "echec", None, None, note=note)

    def noted(self, at: int, note: str) -> Correction:
        """The row's correction with another note; a row that has none is accepted as it is."""
        correction = self.rows[at].correction or self.accepted(at)
        return replace(correction, note=note, date="")

    def refusal(self, at: int) -> str:
        """Why a row cannot be placed, empty when it can."""
        try:
            self._placeable(at)
        except InputError as error:
            return self.sentence(error)
        return ""

    def _placeable(self, at: int) -> ReviewRow:
        """The row, refused when nothing in it says its commune: « sans domicile » is no address,
        and « 12 rue de la Gare » is one in a thousand towns."""
        from ..geocoding.address_key import address_key

        row = self.rows[at]
        key = address_key(row.query)
        if key is not None and not key.says_where and self.town(at) is None:
            raise InputError(
                "This row says no commune: its place would be taken for that of other rows. Write the commune in the file, or give it up."
            )
        return row

    def decide(self, at: int, correction: Correction) -> Correction | None:
        """Keep a decision for the row and those of the same address; returns what :meth:`undo` needs."""
        return self.decide_all([(at, correction)])[0]

    def decide_all(self, made: Sequence[tuple[int, Correction]]) -> list[Correction | None]:
        """Keep several decisions, all or none; returns what each replaced."""
        rows = [self.rows[at] for at, _ in made]
        before = self._store.put_all([(row.query, each) for row, (_, each) in zip(rows, made)])
        for row in rows:
            self._refresh(row)
        return before

    def undo(self, at: int, before: Correction | None) -> None:
        """Put back what a decision replaced."""
        self.undo_all([(at, before)])

    def undo_all(self, before: Sequence[tuple[int, Correction | None]]) -> None:
        """Put back what several decisions replaced, all or none."""
        rows = [self.rows[at] for at, _ in before]
        self._store.restore_all([(row.query, each) for row, (_, each) in zip(rows, before)])
        for row in rows:
            self._refresh(row)

    def note_kind(self, at: int) -> str:
        """Kind of the remark of a row, empty when it has none."""
        return review_batch.note_kind(self.rows[at].note)

    def acceptable(self, among: Sequence[int], least: float = 0.0, kind: str = "") -> list[int]:
        """Those of the rows that one gesture may accept: of a kind of remark, else of a score."""
        rows = [self.rows[at] for at in among]
        found = review_batch.of_kind(rows, kind) if kind else review_batch.of_score(rows, least)
        return [at for at in found if not self.refusal(at)]

    def kept(self) -> list[Kept]:
        """Every correction of the file, also those of other dossiers, the latest first."""
        names = {code: name for code, name, _ in self._communes}
        return kept(self._store, names)

    def forget(self, corrections: Sequence[Kept]) -> None:
        """Delete corrections: the next run looks for their addresses again."""
        self._store.forget([each.line for each in corrections])
        self._read_again()

    def remember(self, corrections: Sequence[Kept]) -> None:
        """Undo a :meth:`forget`."""
        self._store.take([each.line for each in corrections])
        self._read_again()

    def commune_at(self, lon: float, lat: float) -> tuple[str, str]:
        """Code and name of the commune that holds a point, empty outside of those known."""
        point = QgsGeometry.fromPointXY(QgsPointXY(lon, lat))
        for code, name, shape in self._communes:
            if shape.contains(point):
                return code, name
        return "", ""

    def export_failed(self, path: Path) -> int:
        """Write the rows that failed and were not placed since; how many. Raises :class:`InputError`."""
        return write_failed(self.rows, path)

    def _read_again(self) -> None:
        known = self._store.snapshot()
        for alike in self._alike.groups():
            correction = known.get(alike[0].query)
            for row in alike:
                row.correction = correction

    def _refresh(self, row: ReviewRow) -> None:
        for alike in self._alike.of(row):
            correction = self._store.get(alike[0].query)
            for each in alike:
                each.correction = correction

    def _engine(self) -> tuple[Geocoder, BanIndex | None]:
        """The geocoder on the indexes of this machine, opened at the first question."""
        from ..geocoding.choices import cached_index
        from ..geocoding.geocoder import MIN_SCORE, Geocoder

        if self._opened is None:
            towns = None
            for layer in self.grounds:
                if {"codgeo", "nom"} <= set(layer.fields().names()):
                    more = towns_of(layer, Silent())
                    towns = more if towns is None else towns.joined(more)
            index = cached_index(cache_folder("ban"))
            self._opened = Geocoder(index, towns, MIN_SCORE, True), index
        return self._opened


class _Told(Silent):
    """Keeps the warnings of the opening until the window is there to show them."""

    def __init__(self, told: list[tuple[str, dict[str, object]]]) -> None:
        super().__init__()
        self._told = told

    def warn(self, template: str, **fields: object) -> None:
        self._told.append((template, fields))


def dossier_session(
    folder: Path, corrections: Path | None = None, places: Sequence[Path] = ()
) -> ReviewSession:
    """Review of the persons of a dossier. ``places``: where the roads of its run may lie, files or
    folders of this machine."""
    rows = dossier_rows(folder)
    roads = road_layer(folder, places)
    return ReviewSession(rows, dossier_layers(folder), corrections, folder / "confidentiel", roads)


def pair_session(
    located: QgsVectorLayer,
    failed: QgsVectorLayer | None,
    fields: Mapping[str, str],
    corrections: Path | None = None,
) -> ReviewSession:
    """Review of the outputs of ``coodiag:geocode``."""
    return ReviewSession(pair_rows(located, failed, fields), [], corrections)


def _in_wgs84(layer: QgsVectorLayer) -> list[tuple[dict[str, object], QgsGeometry]]:
    transform = transformer(layer.crs(), WGS84)
    found = []
    for row, shape in records(layer):
        shape.transform(transform)
        found.append((row, shape))
    return found
