"""A layer of the Géoplateforme WFS, page by page until it is whole.

Facts used: a page holds 5 000 features at most and is cut there without a word; pages are stable
only when sorted by a unique property; ``BBOX`` takes longitude first with ``EPSG:4326`` and
latitude first with the URN of the same system, and the wrong order gives nothing, without error;
JSON coordinates are longitude first; errors are XML, mostly with the status 400; the names of the
properties change with the model, so that they are read from a first feature.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...core.catalogue import rows
from ...core.errors import SourceError
from ...core.progress import Progress
from ..web.answers import Answer
from ..web.client import Request, ServiceError, TryAgain, Web
from ..web.faults import Fault, Kind
from ..web.messages import words_of
from .asking import Asking
from .boxes import extent, meet
from .scope import Box

SERVICE = "wfs"
#: A typename or a filter that the server does not know.
_NOT_KNOWN = {Kind.SERVER, Kind.REFUSED, Kind.ERROR_BODY}
_URN = "urn:ogc:def:crs:EPSG::4326"

Feature = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """A row of ``catalogue/wfs_layers.csv``."""

    id: str
    typenames: tuple[str, ...]
    key: tuple[str, ...]
    properties: tuple[tuple[str, ...], ...]
    page: int
    most: int | None
    follows_list: bool
    family: str
    title: str
    producer: str


@cache
def layers() -> dict[str, Layer]:
    """Layers of the catalogue by id."""
    return {
        row["id"]: Layer(
            row["id"],
            tuple(row["typename"].split("|")),
            tuple(row["key"].split("|")),
            tuple(tuple(names.split("|")) for names in row["properties"].split()),
            int(row["page"]),
            int(row["most"]) if row["most"] else None,
            row["list"] == "yes",
            row["family"],
            row["title"],
            row["producer"],
        )
        for row in rows("wfs_layers")
    }


@dataclass(frozen=True)
class Model:
    """How the server names things in a layer at present."""

    typename: str
    key: str
    properties: tuple[str, ...]
    geometry: str


class Reader:
    """Reads one layer; ``model`` is known once a feature was read."""

    def __init__(self, web: Web, layer: str, progress: Progress) -> None:
        self.asking = Asking(web, SERVICE)
        self.layer = layers()[layer]
        self.progress = progress
        self.model = self._model()

    def under(self, progress: Progress) -> Reader:
        """The same reader, reporting to another progress."""
        view = copy.copy(self)
        view.progress = progress
        return view

    def within(self, box: Box) -> Iterator[Feature]:
        """Every feature that meets a box, sorted by its key, without heights."""
        x0, y0, x1, y1 = (f"{side:.7f}" for side in box)
        longitude_first = {"BBOX": f"{x0},{y0},{x1},{y1},EPSG:4326"}
        latitude_first = {"BBOX": f"{y0},{x0},{y1},{x1},{_URN}"}
        empty = True
        for condition in (longitude_first, latitude_first):
            for feature in self._pages(condition):
                self._refuse_elsewhere(feature, box)
                empty = False
                yield feature
            if not empty:
                return

    def having(self, codes: Iterable[str]) -> Iterator[Feature]:
        """The features of these keys, sorted; few enough to stand in an address."""
        values = ",".join("'" + code.replace("'", "''") + "'" for code in sorted(set(codes)))
        if values:
            yield from self._pages({"CQL_FILTER": f"{self.model.key} IN ({values})"})

    def key(self, feature: Feature) -> str:
        return str(feature["properties"][self.model.key])

    # Private.

    def _pages(self, condition: Mapping[str, str]) -> Iterator[Feature]:
        received: set[str] = set()
        matched: int | None = None
        while matched is None or len(received) < matched:
            page, told = self._page(condition, len(received), matched)
            if matched is None:
                matched = self._matched(condition) if told is None else told
                self._refuse_too_many(matched)
            keys = {self.key(feature) for feature in page}
            if told not in (None, matched) or len(keys) < len(page) or keys & received:
                raise self._changed()
            received |= keys
            yield from page
            self.progress.set(len(received) / max(matched, 1))
        if len(received) != matched:
            raise self._changed()

    def _page(
        self, condition: Mapping[str, str], start: int, matched: int | None
    ) -> tuple[list[Feature], int | None]:
        """Features from ``start``, and how many match in all when the service tells it."""
        self.progress.check()
        params = {
            **self._usual(self.model.typename),
            **condition,
            "COUNT": self.layer.page,
            "STARTINDEX": start,
            "SORTBY": self.model.key,
            "PROPERTYNAME": ",".join((*self.model.properties, self.model.geometry)),
            "SRSNAME": "EPSG:4326",
        }

        def check(answer: Mapping[str, Any]) -> None:
            """Some of what the page announces is not there."""
            given, told = len(answer["features"]), _count(answer.get("numberReturned"))
            if told not in (None, given) or (
                not given and start < (matched or _total(answer) or 0)
            ):
                raise TryAgain

        answer = self.asking.fetch(Request.get(SERVICE, "", params), _collection, check)
        return [self._trimmed(feature) for feature in answer["features"]], _total(answer)

    def _trimmed(self, feature: Feature) -> Feature:
        known, shape = feature["properties"], feature["geometry"]
        return {
            "type": "Feature",
            "properties": {name: known.get(name) for name in self.model.properties},
            "geometry": shape and {**shape, "coordinates": _flat(shape["coordinates"])},
        }

    def _matched(self, condition: Mapping[str, str]) -> int:
        """How many features match, asked apart: a short page may have been cut by the server."""
        params = {**self._usual(self.model.typename), **condition, "RESULTTYPE": "hits"}
        del params["OUTPUTFORMAT"]
        return self.asking.fetch(Request.get(SERVICE, "", params), _hits)

    def _model(self) -> Model:
        """The names of a layer, read from one feature of the first typename that is served."""
        failed: ServiceError | None = None
        for typename in self.layer.typenames:
            params = {**self._usual(typename), "COUNT": 1}
            try:
                answer = self.asking.fetch(Request.get(SERVICE, "", params), _collection)
            except ServiceError as error:
                if error.kind not in _NOT_KNOWN:
                    raise
                failed = failed or error
                continue
            if answer["features"]:
                return self._named(typename, answer["features"][0])
        if failed is not None:
            raise failed
        raise SourceError(
            "The layer {layer} of the Géoplateforme WFS is empty. Try again later, or take the file of IGN in the data folder.",
            layer=self.layer.typenames[0],
        )

    def _named(self, typename: str, feature: Feature) -> Model:
        """The first name that the feature bears of each property."""
        known = feature["properties"]
        found = {
            names: [name for name in names if name in known] for names in self.layer.properties
        }
        key = [name for name in self.layer.key if name in known]
        if not key:
            raise SourceError(
                "The layer {layer} of the Géoplateforme WFS has no field {field} any more. Look for a newer version of Coodiag.",
                layer=typename,
                field=" / ".join(self.layer.key),
            )
        lacking = [" / ".join(names) for names, there in found.items() if not there]
        if lacking:
            self.progress.warn(
                "The layer {layer} of the Géoplateforme WFS no longer gives {fields}.",
                layer=typename,
                fields=", ".join(lacking),
            )
        properties = tuple(there[0] for there in found.values() if there)
        return Model(typename, key[0], properties, feature.get("geometry_name") or "geometrie")

    def _usual(self, typename: str) -> dict[str, Any]:
        return {
            "SERVICE": "WFS",
            "VERSION": "2.0.0",
            "REQUEST": "GetFeature",
            "TYPENAMES": typename,
            "OUTPUTFORMAT": "application/json",
        }

    def _refuse_too_many(self, matched: int) -> None:
        if self.layer.most is not None and matched > self.layer.most:
            raise SourceError(
                "{title}: {count} objects lie in the extent of the territory, more than the {most} that the service may be asked for. Download the file of IGN into the data folder, or choose a smaller territory.",
                title=self.layer.title,
                count=matched,
                most=self.layer.most,
            )

    def _refuse_elsewhere(self, feature: Feature, area: Box) -> None:
        box = extent(feature["geometry"] or {})
        if box is not None and not meet(box, area):
            raise SourceError(
                "The Géoplateforme WFS gives objects of {layer} outside the extent that was asked for. Look for a newer version of Coodiag.",
                layer=self.model.typename,
            )

    def _changed(self) -> SourceError:
        return SourceError(
            "The layer {layer} of the Géoplateforme WFS changed while it was read. Run again with CACHE set to refresh.",
            layer=self.model.typename,
        )


def _collection(answer: Answer) -> dict[str, Any]:
    """A GeoJSON collection; an exception in XML is told in its own words."""
    if answer.content.lstrip()[:1] == b"<":
        raise Fault(Kind.ERROR_BODY, words_of(answer.content))
    value = answer.json()
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        raise Fault(Kind.ERROR_BODY, str(value)[:200])
    return value


def _hits(answer: Answer) -> int:
    found = re.search(r'numberMatched="(\d+)"', answer.text())
    if found is None:
        raise Fault(Kind.ERROR_BODY, words_of(answer.content))
    return int(found[1])


def _total(answer: Mapping[str, Any]) -> int | None:
    return _count(answer.get("numberMatched", answer.get("totalFeatures")))


def _count(told: object) -> int | None:
    """A number of features, None when the service says « unknown » or nothing."""
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def _flat(coordinates: Any) -> Any:
    """Nested coordinates without heights; TypeError for what is no list of finite numbers."""
    if not isinstance(coordinates, list):
        raise TypeError(f"coordinates are {type(coordinates).__name__}")
    if coordinates and isinstance(coordinates[0], (int, float)):
        place = coordinates[:2]
        if len(place) < 2 or not all(
            isinstance(figure, (int, float)) and math.isfinite(figure) for figure in place
        ):
            raise TypeError(f"{place} is no point")
        return place
    return [_flat(part) for part in coordinates]
