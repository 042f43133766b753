"""Questions to the API Melodi: dimensions of a dataset, pages of observations, none missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ...core.errors import SourceError
from ...core.progress import Progress
from ..web.client import Web
from ..web.faults import Kind, ServiceError, TryAgain
from ..web.request import Request
from .asking import Asking, fitting
from .melodi_cells import Geo, Observation, Shape, cell, geo

SERVICE = "melodi"
#: Lines a page: the service gives no more by default, and longer answers arrive cut.
PAGE = 10_000
#: Characters of the repeated parameter GEO: a longer address may be refused on the way.
_ADDRESS = 3_000
_JSON = (("Accept", "application/json"),)  # XML when nothing is asked for
#: Failures of /range, a long document (all the units of the country), that leave the dataset usable.
_TOO_LONG = (Kind.CUT, Kind.TIMEOUT, Kind.REFUSED, Kind.ERROR_BODY)

Row = Mapping[str, Any]
Seen = list[tuple[Geo, Observation]]


class Dataset:
    """One dataset of Melodi. ``title`` (French) and ``day`` are known after the first answer."""

    def __init__(self, web: Web, name: str, progress: Progress) -> None:
        self.name = name
        self.asking = Asking(web, SERVICE)
        self.title = ""
        self._progress = progress

    def shape(self, sample: Geo) -> Shape:
        """Codes of each dimension: of ``/range``, else those that one unit shows."""
        try:
            answer = self.asking.json(
                Request.get(SERVICE, f"range/{self.name}", headers=_JSON), _range_error
            )
        except ServiceError as error:
            if error.kind not in _TOO_LONG:
                raise
            self._progress.say(
                "Insee, API Melodi: the description of {dataset} could not be read, its codes are taken from its figures.",
                dataset=self.name,
            )
            return self._shape_of(self.rows({"GEO": [_term(sample)]}))
        found: dict[str, tuple[str, ...]] = {}
        for item in answer["range"]:
            concept = (item.get("concept") or {}).get("code", "")
            codes = [str(value.get("code", "")) for value in item.get("values") or ()]
            if concept and codes:
                found[concept] = tuple(dict.fromkeys(codes))
        return found

    @staticmethod
    def _shape_of(found: Sequence[Row]) -> Shape:
        shape: dict[str, dict[str, None]] = {}
        for row in found:
            for dimension, code in row["dimensions"].items():
                shape.setdefault(dimension, {})[str(code)] = None
        return {dimension: tuple(sorted(codes)) for dimension, codes in shape.items()}

    def observations(
        self, places: Iterable[str], filters: Mapping[str, Sequence[str]], years: Sequence[int]
    ) -> Seen:
        """Everything about the units ``places`` (``COM-14118``, ``DEP-14*COM``…); all years if none is given."""
        found: Seen = []
        for terms in fitting(places, _weight, _ADDRESS):
            params: dict[str, Sequence[object]] = {**filters, "GEO": terms}
            if years:
                params["TIME_PERIOD"] = sorted(years)
            for row in self.rows(params):
                where = geo(row["dimensions"]["GEO"])
                if where is not None:
                    year = int(str(row["dimensions"].get("TIME_PERIOD", "0"))[:4])
                    seen = Observation(where.code, year, row["dimensions"], cell(row))
                    found.append((where, seen))
        return found

    def rows(self, params: Mapping[str, Sequence[object]]) -> list[Row]:
        """All the lines of a question, page after page, each line once."""
        found: list[Row] = []
        seen: set[tuple[tuple[str, str], ...]] = set()
        page = 1
        while True:
            self._progress.check()
            answer = self._page(params, page, seen, len(found))
            lines = answer["observations"]
            found += lines
            seen.update(_identity(line) for line in lines)
            paging = answer.get("paging") or {}
            count = paging.get("count")
            if isinstance(count, int) and count >= len(found):  # else it contradicts itself
                if len(found) >= count:
                    return found
            elif (
                not lines
                or paging.get("isLast") is True
                or (not paging.get("next") and len(lines) < PAGE)
            ):
                return found
            if not lines:
                raise SourceError(
                    "Insee, API Melodi: {dataset} announces {count} lines and gives {given}. Try again later.",
                    dataset=self.name,
                    given=len(found),
                    count=count,
                )
            page += 1

    def _page(
        self,
        params: Mapping[str, Sequence[object]],
        page: int,
        seen: set[tuple[tuple[str, str], ...]],
        before: int,
    ) -> Any:
        request = Request.get(
            SERVICE,
            f"data/{self.name}",
            {**params, "maxResult": PAGE, "page": page, "totalCount": "TRUE"},
            headers=_JSON,
        )
        answer = self.asking.json(request, _page_check(seen, before))
        title = (answer.get("title") or {}).get("fr", "")
        self.title = self.title or " ".join(str(title).split())
        return answer


def _page_check(seen: set[tuple[tuple[str, str], ...]], before: int) -> Callable[[Any], str | None]:
    """A look at a page: an error under a good status, a repeated page, fewer lines than told."""

    def check(answer: Any) -> str | None:
        lines = answer.get("observations") if isinstance(answer, Mapping) else None
        if not isinstance(lines, list):
            return _said(answer)
        for line in lines:
            where = (line.get("dimensions") or {}).get("GEO") if isinstance(line, Mapping) else None
            if not isinstance(where, str) or geo(where) is None:
                return f"GEO={where}"
        if seen and any(_identity(line) in seen for line in lines):
            raise TryAgain
        count = (answer.get("paging") or {}).get("count")
        if isinstance(count, int) and len(lines) < min(PAGE, count - before):
            raise TryAgain
        return None

    return check


def _range_error(answer: Any) -> str | None:
    if isinstance(answer, Mapping) and isinstance(answer.get("range"), list):
        return None
    return _said(answer)


def _said(answer: Any) -> str:
    """The service's own words in an answer that is not the one expected."""
    if isinstance(answer, Mapping):
        for name in ("message", "error", "detail", "title"):
            if isinstance(answer.get(name), str):
                return str(answer[name])[:200]
    return f"{type(answer).__name__}: {str(answer)[:120]}"


def _identity(line: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(code)) for name, code in line["dimensions"].items()))


def _term(place: Geo) -> str:
    return f"{place.level}-{place.code}"


def _weight(place: str) -> int:
    """Characters of a value in an address, with ``&GEO=`` and the escaped star."""
    return len(place) + 7
