"""Metadata of layers and projects, as QGIS shows them: filled from the provenance of the figures.

Organisations only: no person is named, whoever made the figures or asked for them. What is told of
a layer of the dossier (``catalogue/layers.csv``) is French, as all that is handed out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Union
from xml.etree.ElementTree import canonicalize  # nosec B405

from qgis.core import (
    Qgis,
    QgsAbstractMetadataBase,
    QgsBox3D,
    QgsDateTimeRange,
    QgsLayerMetadata,
    QgsNotSupportedException,
    QgsProjectMetadata,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from ..core.catalogue import rows
from ..core.clock import NO_DATE
from ..core.errors import InputError
from ..core.french import typography
from ..core.provenance import Provenance
from ..core.version import homepage, version
from .layers import records

Metadata = Union[QgsLayerMetadata, QgsProjectMetadata]

#: Vocabulary of QGIS for the ISO 19115 topic; ours for the other words.
TOPICS, WORDS = "gmd:topicCategory", "Coodiag"
#: Every source of a run (catalogue/layers.csv).
_ALL = "*"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: What takes out of a GeoPackage the copies that GDAL makes of metadata.
_COPIES = (
    "DELETE FROM gpkg_metadata_reference WHERE md_file_id IN "
    "(SELECT id FROM gpkg_metadata WHERE md_standard_uri = 'http://gdal.org')",
    "DELETE FROM gpkg_metadata WHERE md_standard_uri = 'http://gdal.org'",
)
_STRUCTURE = "Données de la structure"
_OWN = "Données de la structure\u00a0: leur diffusion est soumise à son accord."
_SECRECY = (
    "Les effectifs trop petits pour être montrés sont masqués (secret statistique)\u00a0: "
    "ne pas chercher à les retrouver."
)
_PERSONS = "Données à caractère personnel\u00a0: ne pas diffuser."


@dataclass(frozen=True)
class Described:
    """What is told of a layer or a project. ``made``: ISO day; ``structure``: the organisation whose
    files it also comes from, "" when there is none."""

    title: str
    abstract: str = ""
    topic: str = ""
    words: tuple[str, ...] = ()
    sources: tuple[Provenance, ...] = ()
    structure: str = ""
    restrictions: tuple[str, ...] = ()  # on the use of it
    history: tuple[str, ...] = ()
    made: str = ""
    language: str = "fr"
    identifier: str = ""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The layers of a dossier by the name of their table."""
    return {row["id"]: row for row in rows("layers")}


def describe(
    table: str,
    sources: Sequence[Provenance],
    *,
    structure: str,
    made: str,
    cited: Iterable[str] = (),
    words: Iterable[str] = (),
) -> Described:
    """What is told of a table of the dossier made of ``sources``, of which it keeps its own.

    ``cited``: citations of other sources that the table was made with. A table that the catalogue
    does not know is a mistake of ours: it raises :class:`KeyError`.
    """
    row = catalogue()[table]
    starts, quoted = tuple(row["sources"].split()), set(cited)
    kept = [
        item
        for item in sources
        if _ALL in starts
        or item.dataset.startswith(starts)
        or any(item.citation() in text for text in quoted)
    ]
    persons, own = row["persons"] == "yes", row["structure"] == "yes"
    restrictions = (_PERSONS,) if persons else (_SECRECY,) if own else ()
    return Described(
        title=row["title"],
        abstract=typography(row["abstract"]),
        topic=row["topic"],
        words=tuple(words),
        sources=tuple(kept),
        structure=structure if own else "",
        restrictions=restrictions,
        history=(*history(kept), f"Coodiag {version()}"),
        made=made,
        identifier=table,
    )


def history(sources: Iterable[Provenance], had: str = "obtenu le {day}") -> list[str]:
    """A line for each source; ``had``: words for the day when it was had."""
    lines = []
    for item in sources:
        by = f" ({item.service})" if item.service else ""
        day = f", {had.format(day=item.retrieved)}" if item.retrieved else ""
        lines.append(f"{item.citation()}{by}{day}")
    return [*dict.fromkeys(lines)]


def sources_of(provenance: QgsVectorLayer) -> list[Provenance]:
    """The sources of a table of provenance, as it was written."""
    columns = Provenance.columns()
    return [
        Provenance(**{name: str(row[name] or "") for name in columns if name in row})
        for row, _ in records(provenance)
    ]


def layer_metadata(layer: QgsVectorLayer, described: Described) -> QgsLayerMetadata:
    """Metadata of a layer, with its extent, its CRS and the years of its sources."""
    made = QgsLayerMetadata()
    _fill(made, described)
    made.setType("dataset")
    made.setEncoding("UTF-8")
    credits_ = [item.attribution or item.producer for item in described.sources]
    own = [f"{_STRUCTURE}\u00a0: {described.structure}"] if described.structure else []
    made.setRights([*dict.fromkeys(filter(None, credits_)), *own])
    made.setLicenses(_licences(described))
    made.setConstraints(
        [QgsLayerMetadata.Constraint(text, "use") for text in described.restrictions]
    )
    if layer.isSpatial():
        made.setCrs(layer.crs())
    made.setExtent(_extent(layer, described.sources))
    return made


def of_page(table: QgsLayerMetadata, title: str, abstract: str) -> QgsLayerMetadata:
    """Metadata of the layer of a page: those of its table, under what the page shows."""
    made = QgsLayerMetadata(table)
    made.setTitle(title)
    made.setAbstract("\n\n".join(filter(None, (abstract, table.abstract()))))
    return made


def project_metadata(described: Described, author: str) -> QgsProjectMetadata:
    """Metadata of a project. ``author``: the organisation that it was made for."""
    made = QgsProjectMetadata()
    _fill(made, described)
    made.setType("project")
    made.setAuthor(author)
    if described.made:
        made.setCreationDateTime(_day(described.made))
    return made


def _fill(made: Metadata, described: Described) -> None:
    made.setIdentifier(described.identifier)
    made.setTitle(described.title)
    made.setAbstract(described.abstract)
    made.setLanguage(described.language)
    keywords = {}
    if described.topic:
        keywords[TOPICS] = [described.topic]
    words = [*dict.fromkeys(filter(None, (*described.words, *_producers(described))))]
    if words:
        keywords[WORDS] = words
    made.setKeywords(keywords)
    made.setContacts(_contacts(described))
    made.setLinks(_links(described.sources))
    made.setHistory(list(described.history))
    if described.made:
        made.setDateTime(Qgis.MetadataDateType.Created, _day(described.made))


def _contacts(described: Described) -> list[QgsAbstractMetadataBase.Contact]:
    """The organisations: who published, and for whom it was made. No person, no address."""
    roles = [(name, "originator") for name in _producers(described)]
    if described.structure:
        roles.append((described.structure, "owner"))
    found = []
    for name, role in roles:
        contact = QgsAbstractMetadataBase.Contact(name)
        contact.organization = name
        contact.role = role
        found.append(contact)
    return found


def _producers(described: Described) -> list[str]:
    """Each of the organisations that published a source, once."""
    names = (name for item in described.sources for name in item.producer.split(", "))
    return [*dict.fromkeys(filter(None, names))]


def _licences(described: Described) -> list[str]:
    """Those of the sources; what the structure gave of its own is under none of them."""
    public = [*dict.fromkeys(item.licence for item in described.sources if item.licence)]
    if not described.structure:
        return public
    return [*(f"{licence} (sources publiques)" for licence in public), _OWN]


def _links(sources: Sequence[Provenance]) -> list[QgsAbstractMetadataBase.Link]:
    """Public addresses of the datasets, and of Coodiag."""
    addresses = {item.address: item.title for item in sources if item.address}
    addresses[homepage()] = "Coodiag"
    return [
        QgsAbstractMetadataBase.Link(title, "WWW:LINK", address)
        for address, title in addresses.items()
    ]


def _extent(layer: QgsVectorLayer, sources: Sequence[Provenance]) -> QgsLayerMetadata.Extent:
    """Where the layer lies, and from the first to the last year of its sources."""
    extent = QgsLayerMetadata.Extent()
    if layer.isSpatial() and not layer.extent().isEmpty():
        place = QgsLayerMetadata.SpatialExtent()
        place.bounds = QgsBox3D(layer.extent())
        place.extentCrs = layer.crs()
        extent.setSpatialExtents([place])
    years = sorted(int(year) for item in sources for year in _YEAR.findall(item.vintage))
    if years:
        begin, end = _moment(QDate(years[0], 1, 1)), _moment(QDate(years[-1], 12, 31))
        extent.setTemporalExtents([QgsDateTimeRange(begin, end)])
    return extent


def keep_metadata(path: Path, layers: Sequence[QgsVectorLayer]) -> None:
    """Keep the metadata of layers that have some with their tables, in a GeoPackage that holds them.

    Raises :class:`InputError` when they cannot be kept.
    """
    ogr = QgsProviderRegistry.instance().providerMetadata("ogr")
    told = [layer for layer in layers if layer.metadata().title()]
    for layer in told:
        uri = ogr.encodeUri({"path": str(path), "layerName": layer.name()})
        try:
            ogr.saveLayerMetadata(uri, layer.metadata())
        except QgsNotSupportedException as error:
            raise _not_kept(layer, path, str(error)) from error
    if told:
        _steady(path)


def _not_kept(layer: QgsVectorLayer, path: Path, reason: str) -> InputError:
    return InputError(
        "The metadata of the layer {layer} could not be kept in {file}: {reason}.",
        layer=layer.name(),
        file=path.name,
        reason=reason,
    )


def _steady(path: Path) -> None:
    """Take out of the metadata of a GeoPackage the copies that GDAL makes of them each time that it
    adds some, and what differs from run to run: the hour, and the order of attributes (Qt writes
    them in that of a hash)."""
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        for statement in _COPIES:
            database.execute(statement)
        found = database.execute("SELECT id, metadata FROM gpkg_metadata").fetchall()
        database.executemany(
            "UPDATE gpkg_metadata SET metadata = ? WHERE id = ?",
            [(canonicalize(text), key) for key, text in found],
        )
        database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (NO_DATE,))


def _day(text: str) -> QDateTime:
    return _moment(QDate.fromString(text, Qt.DateFormat.ISODate))


def _moment(day: QDate) -> QDateTime:
    """The beginning of a day, without a zone: a date of a dossier is not a moment of a clock."""
    return QDateTime(day, QTime(0, 0))
