"""What the review window asks: rows, choices, decisions. No widget.

A decision goes to the file of corrections before the window shows it, so that nothing is lost when
QGIS stops; the layers under review are left as they are, and the next run uses the corrections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsMapLayer, QgsPointXY, QgsVectorFileWriter, QgsVectorLayer

from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.errors import CoodiagError, InputError
from ..core.inert import inert
from ..core.progress import Silent
from .algorithm import sentence
from .corrections import corrections_file
from .geocoding import WGS84, towns_of
from .layers import INTEGER, TEXT, memory_layer, records, transformer, transforms
from .review_alike import Alike
from .review_ground import dossier_layers, project_layers, street_layer
from .review_rows import ReviewRow, dossier_rows, pair_rows
from .settings import cache_folder

if TYPE_CHECKING:
    from ..geocoding.ban_index import BanIndex
    from ..geocoding.choices import Choice
    from ..geocoding.correction import Correction
    from ..geocoding.geocoder import Geocoder

_LINE = "ligne"
_DRIVERS = {".csv": "CSV", ".xlsx": "XLSX", ".ods": "ODS", ".gpkg": "GPKG"}


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
    ) -> None:
        from ..geocoding.corrections import Corrections

        self.rows = rows
        self.grounds = grounds
        self.folder = folder  # confidential folder of the dossier, where what failed may go
        self.warnings: list[tuple[str, dict[str, object]]] = []
        path, ours = corrections_file(corrections)
        self._store = Corrections(path, _Told(self.warnings), ours)
        self._alike = Alike(rows)
        kept = self._store.snapshot()
        for alike in self._alike.groups():
            correction = kept.get(alike[0].query)
            for row in alike:
                row.correction = correction
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
        row = self.rows[at]
        q = row.query
        if not (q.city or q.postcode or q.citycode) and self.town(at) is None:
            raise InputError(
                "This row says no commune: its place would be taken for that of other rows. Write the commune in the file, or give it up."
            )
        return row

    def decide(self, at: int, correction: Correction) -> Correction | None:
        """Keep a decision for the row and those of the same address; returns what :meth:`undo` needs."""
        row = self.rows[at]
        before = self._store.put(row.query, correction)
        self._refresh(row)
        return before

    def undo(self, at: int, before: Correction | None) -> None:
        """Put back what a decision replaced."""
        row = self.rows[at]
        self._store.restore(row.query, before)
        self._refresh(row)

    def commune_at(self, lon: float, lat: float) -> tuple[str, str]:
        """Code and name of the commune that holds a point, empty outside of those known."""
        point = QgsGeometry.fromPointXY(QgsPointXY(lon, lat))
        for code, name, shape in self._communes:
            if shape.contains(point):
                return code, name
        return "", ""

    def export_failed(self, path: Path) -> int:
        """Write the rows that failed and were not placed since; how many.

        csv, xlsx, ods or gpkg by the ending of ``path``, readable by its owner only: every column
        of the input is there. Raises :class:`InputError`.
        """
        driver = _DRIVERS.get(path.suffix.lower())
        if driver is None:
            raise InputError("Give the file a name that ends in .csv, .xlsx, .ods or .gpkg.")
        rows = [
            row
            for row in self.rows
            if row.lon is None and (row.correction is None or row.correction.lon is None)
        ]
        columns: dict[str, None] = {}
        for row in rows:
            columns.update(dict.fromkeys(name for name in row.values if name not in ("fid", _LINE)))
        # a column of numbers: GDAL knows the head of a sheet of texts by it
        layer = memory_layer(
            "echecs",
            {_LINE: INTEGER, **dict.fromkeys([*columns, "geo_note"], TEXT)},
            rows=(
                ({**_texts(row.values, driver), _LINE: number, "geo_note": row.note}, None)
                for number, row in enumerate(rows, start=1)
            ),
        )
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = driver
        options.layerName = layer.name()
        options.fileEncoding = "UTF-8"
        if driver == "CSV":
            options.layerOptions = ["SEPARATOR=SEMICOLON", "WRITE_BOM=YES"]
        try:
            # GDAL makes its files readable by everyone: in a folder of their owner's until whole
            with TemporaryDirectory(prefix=".coodiag-", dir=path.parent) as private:
                made = Path(private) / path.name
                code, message, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
                    layer, str(made), transforms(), options
                )
                if code != QgsVectorFileWriter.WriterError.NoError:
                    raise InputError(
                        "The file {file} could not be written ({reason}).",
                        file=str(path),
                        reason=message,
                    )
                made.chmod(0o600)
                made.replace(path)
        except OSError as error:
            raise InputError(
                "The file {file} could not be written ({reason}).",
                file=str(path),
                reason=error.strerror or str(error),
            ) from error
        return len(rows)

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


def dossier_session(folder: Path, corrections: Path | None = None) -> ReviewSession:
    """Review of the persons of a dossier."""
    rows = dossier_rows(folder)
    return ReviewSession(rows, dossier_layers(folder), corrections, folder / "confidentiel")


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


def _texts(row: Mapping[str, object], driver: str) -> dict[str, str]:
    """Cells as text; in a csv, which has no types, none that a spreadsheet would compute."""
    from .geocoding import text

    found = {name: text(value) for name, value in row.items()}
    return {n: inert(cell) for n, cell in found.items()} if driver == "CSV" else found
