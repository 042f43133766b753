"""Datasets of the Opendatasoft portals (Explore API v2.1): what they are, their rows for a territory.

Rows are asked by département, not by commune: a commune of today may stand in an older table as the
communes that merged into it, whose codes nobody asks for. Where a portal does not take the question
by département, communes are listed. Exports are preferred; when one is refused its rows are read by
pages. Every table is counted: a service that gives fewer rows than it told is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd

from ...core.codes import department
from ...core.errors import SourceError
from ...core.progress import Progress
from ...core.provenance import Provenance
from ..web.answers import Answer
from ..web.client import Web
from ..web.faults import Kind, ServiceError
from ..web.request import Request
from .asking import Asking
from .opendatasoft_answers import (
    PAGE,
    About,
    about,
    both,
    cells,
    chunks,
    counted,
    described,
    page_check,
    quoted,
    refusal,
    text_of,
    whole_export,
)
from .scope import Scope, with_arrondissements

CAP = 10_000  # offset + limit at most
LONGEST = 1_500  # characters of a condition once escaped: servers refuse URLs above some 4 000
_DEPARTMENT = re.compile(r"code_?dep\w*|numdep\w*|dep", re.IGNORECASE)
_API = "api/explore/v2.1/catalog/datasets"
_DATES = ("date", "datetime")


@dataclass(frozen=True)
class _Question:
    """A condition, the number of its rows, the communes that are in it.

    ``listed``: the condition lists these communes, else it is about their département.
    """

    where: str
    total: int
    codes: tuple[str, ...]
    listed: bool


class Portal:
    """One dataset of a portal (a service of the catalogue)."""

    def __init__(self, web: Web, service: str, dataset: str) -> None:
        self.asking = Asking(web, service)
        self.dataset = dataset
        self.about = self._describe()

    @property
    def address(self) -> str:
        """Page of the dataset for a reader."""
        return f"{self.asking.service.base_url}/explore/dataset/{self.dataset}/"

    def source(self, dataset: str, **known: str) -> Provenance:
        """The line among the sources, with the licence that the portal tells for this dataset."""
        told = {"licence": self.about.licence} if self.about.licence else {}
        return self.asking.source(dataset, address=self.address, **told, **known)

    def need(self, *fields: str) -> None:
        """Refuse a dataset that lost a field."""
        lost = [field for field in fields if field not in self.about.fields]
        if lost:
            raise SourceError(
                "{service}: the dataset {dataset} has no field {fields} any more. Look for a newer version of Coodiag, or download the file with a browser into the data folder.",
                service=self.asking.service.title,
                dataset=self.dataset,
                fields=", ".join(lost),
            )

    def values(self, field: str) -> list[str]:
        """Distinct values of a field, sorted. For fields of few values: a page holds them all."""
        params = {"select": field, "group_by": field, "limit": PAGE}
        found = self._ask("records", params, refusal)
        values = sorted({text_of(row.get(field)) for row in found.get("results", [])} - {""})
        if len(values) >= PAGE:
            self._incomplete(len(values))
        return values

    def among(self, field: str, values: Iterable[str]) -> str:
        """ODSQL condition: the field holds one of the values (dates are written as dates)."""
        if self.about.fields.get(field) in _DATES:
            return "(" + " or ".join(f"{field}=date'{value[:10]}'" for value in values) + ")"
        return f"{field} in ({','.join(map(quoted, values))})"

    def rows(
        self,
        columns: Sequence[str],
        key: str,
        scope: Scope,
        progress: Progress,
        also: str = "",
    ) -> pd.DataFrame:
        """Rows of the communes of the scope's départements, every cell text, "" for an empty one.

        ``key``: field of the commune's code. ``also``: one more condition. Rows are sorted by
        code, then by the other columns in their order.
        """
        parts = scope.all_departments
        found: list[list[str]] = []
        for rank, code in enumerate(parts):
            progress.check()
            inside = tuple(commune for commune in scope.communes if department(commune) == code)
            for question in self._questions(key, code, inside, also, progress):
                found += self._rows(question, columns, key, also, progress)
            progress.set((rank + 1) / len(parts))
        if not found:
            raise SourceError(
                "{service}: the dataset {dataset} holds nothing for the départements {codes}. Check the territory; if it is right, download the file with a browser into the data folder.",
                service=self.asking.service.title,
                dataset=self.dataset,
                codes=", ".join(parts),
            )
        place = list(columns).index(key)
        found.sort(key=lambda row: (row[place], row))
        return pd.DataFrame(found, columns=list(columns), dtype=str)

    # -- questions -------------------------------------------------------------------------

    def _questions(
        self, key: str, code: str, communes: tuple[str, ...], also: str, progress: Progress
    ) -> Iterator[_Question]:
        """A question for a whole département, else as many as its communes need."""
        where = both(self._of_department(key, code), also)
        try:
            total = self._count(where)
        except ServiceError as error:
            if error.status != 400 and error.kind is not Kind.ERROR_BODY:
                raise
            total = 0
        if total:
            yield _Question(where, total, communes, listed=False)
            return
        self._tell_listed(progress)
        yield from self._lists(key, communes, also)

    def _tell_listed(self, progress: Progress) -> None:
        progress.warn(
            "{service}: {dataset} cannot be asked by département: it is asked by lists of communes. The figures of communes merged since the table was made may be incomplete.",
            service=self.asking.service.title,
            dataset=self.dataset,
        )

    def _of_department(self, key: str, code: str) -> str:
        for field in self.about.fields:
            if _DEPARTMENT.fullmatch(field):
                return f"{field}={quoted(code)}"
        return f"startswith({key}, {quoted(code)})"

    def _lists(self, key: str, communes: Sequence[str], also: str) -> Iterator[_Question]:
        """Questions short enough for a URL; Paris, Lyon and Marseille by arrondissement too."""
        codes = sorted({*communes, *with_arrondissements(communes)})
        for part in chunks(key, codes, LONGEST - len(quote(also))):
            where = both(self.among(key, part), also)
            yield _Question(where, self._count(where), part, listed=True)

    def _count(self, where: str) -> int:
        found = self._ask("records", {"where": where, "limit": 1}, counted)
        return int(found["total_count"])

    # -- rows ------------------------------------------------------------------------------

    def _rows(
        self,
        question: _Question,
        columns: Sequence[str],
        key: str,
        also: str,
        progress: Progress,
    ) -> list[list[str]]:
        """The export of a question; when it is refused, its pages or those of its parts."""
        if not question.total:
            return []
        try:
            return self._export(question, columns)
        except ServiceError as error:
            if error.kind not in (Kind.REFUSED, Kind.ERROR_BODY):
                raise
            progress.say(
                "{service} refuses to export {dataset} in one piece: it is read page by page. {reason}",
                service=self.asking.service.title,
                dataset=self.dataset,
                reason=error.words(),
            )
        if question.total <= CAP:
            return self._pages(question, columns, key, progress)
        found: list[list[str]] = []
        for part in self._parts(question, key, also, progress):
            progress.check()
            found += self._rows(part, columns, key, also, progress)
        return found

    def _parts(
        self, question: _Question, key: str, also: str, progress: Progress
    ) -> Iterator[_Question]:
        """The question cut into smaller ones: the communes of a département, then halves."""
        codes, middle = question.codes, len(question.codes) // 2
        if not question.listed:
            self._tell_listed(progress)
            yield from self._lists(key, codes, also)
        elif middle:
            yield from self._lists(key, codes[:middle], also)
            yield from self._lists(key, codes[middle:], also)
        else:
            self._incomplete(question.total)

    def _export(self, question: _Question, columns: Sequence[str]) -> list[list[str]]:
        params = {
            "where": question.where,
            "select": ",".join(columns),
            "delimiter": ";",
            "use_labels": "false",
        }
        text = self.asking.fetch(
            self._request("exports/csv", params),
            Answer.text,
            lambda given: whole_export(given, columns, question.total),
        )
        return cells(text)[1:]

    def _pages(
        self, question: _Question, columns: Sequence[str], key: str, progress: Progress
    ) -> list[list[str]]:
        """Pages in the order of all that is no figure, so that no row is repeated or skipped."""
        kinds = self.about.fields
        ordered = dict.fromkeys([key, *(c for c in columns if kinds.get(c) in ("text", *_DATES))])
        found: list[list[str]] = []
        former: list[Any] = []
        for offset in range(0, question.total, PAGE):
            progress.check()
            params = {
                "where": question.where,
                "select": ",".join(columns),
                "order_by": ",".join(ordered),
                "limit": min(PAGE, CAP - offset),
                "offset": offset,
            }
            check = page_check(question.total, offset, former)
            former = self._ask("records", params, check)["results"]
            found += [[text_of(row.get(column)) for column in columns] for row in former]
        return found

    # -- asking ----------------------------------------------------------------------------

    def _describe(self) -> About:
        found = self.asking.json(
            Request.get(self.asking.service.id, f"{_API}/{self.dataset}"), described
        )
        return about(self.dataset, found)

    def _ask(self, what: str, params: dict[str, Any], check: Callable[[Any], str | None]) -> Any:
        return self.asking.json(self._request(what, params), check)

    def _request(self, what: str, params: dict[str, Any]) -> Request:
        """Answers of two states of the data are never mixed."""
        path = f"{_API}/{self.dataset}/{what}"
        return Request.get(self.asking.service.id, path, params, vintage=self.about.modified)

    def _incomplete(self, count: int) -> None:
        raise SourceError(
            "{service}: a question about {dataset} has {count} rows, more than the service gives at once. Choose a smaller territory, or download the file with a browser into the data folder.",
            service=self.asking.service.title,
            count=count,
            dataset=self.dataset,
        )
