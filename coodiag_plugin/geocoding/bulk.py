"""Questions by the thousand: one CSV file out, one back, joined by the opaque id of each row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.errors import SourceError
from ..sources.web.client import Answer, FilePart, Request, ServiceError, TryAgain, Web
from ..sources.web.faults import Fault, Kind
from ..sources.web.services import services
from .proposals import Proposal, Question
from .words import fold

ID, ADDRESS, POSTCODE, CITY, CITYCODE, IN_POSTCODE = (
    "id", "adresse", "code_postal", "commune", "code_insee", "dans_code_postal",
)  # fmt: skip
#: Columns that make up the text that is looked for, in the order of an address.
TEXT_COLUMNS = (ADDRESS, POSTCODE, CITY)
#: The file's name as sent: the same for everyone.
FILE_NAME = "adresses.csv"
#: What is read of an answer. ``longitude`` and ``latitude`` have no prefix.
RESULTS = (
    "score", "score_next", "type", "id", "housenumber", "name", "street", "postcode", "city",
    "citycode", "oldcitycode", "oldcity", "district", "status",
)  # fmt: skip
OK, ERROR = "ok", "error"
_DELIMITERS = ";,\t|"
_PREFIX = "result_"
#: What tells an address from another: neither articles nor house numbers.
_WORDS = re.compile(r"[a-z]{4,}|\d{5}")


@dataclass(frozen=True)
class Answered:
    """What a service says of one row. ``next``: its score of the runner-up, None when not told."""

    status: str
    proposal: Proposal | None = None
    next: float | None = None

    def packed(self) -> list[Any]:
        return [self.status, self.proposal.packed() if self.proposal else None, self.next]

    @classmethod
    def unpacked(cls, cells: Sequence[Any]) -> Answered:
        status, proposal, following = cells
        return cls(status, Proposal(*proposal) if proposal else None, following)


class Client(Protocol):
    """A geocoding service: many questions at once, or one with its runners-up.

    ``name``: as the parameter SERVICE; ``service``: row of the catalogue.
    """

    name: str
    service: str

    @property
    def server(self) -> str:
        """Base address of the service in this run."""

    def bulk(self, questions: Sequence[Question]) -> dict[Question, Answered]:
        """The best proposal for each question."""

    def search(self, question: Question) -> list[Proposal]:
        """Proposals for one question, best first."""


def row_id(question: Question) -> str:
    """An id that tells nothing but the question that stands beside it."""
    return "r" + question.key("", "bulk")[:16]


def written(questions: Collection[Question], columns: Sequence[str]) -> bytes:
    """The file that is sent: the id, the address and the commune, under ``columns``."""
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream, columns, delimiter=";", lineterminator="\n", extrasaction="ignore"
    )
    writer.writeheader()
    for question in questions:
        cells = {
            ID: row_id(question),
            ADDRESS: question.address,
            POSTCODE: question.postcode,
            CITY: question.city,
            CITYCODE: question.citycode,
            IN_POSTCODE: question.in_postcode,
        }
        writer.writerow(cells)
    return stream.getvalue().encode()


def ask(
    web: Web,
    service: str,
    path: str,
    parts: Sequence[tuple[str, str]],
    questions: Sequence[Question],
    columns: Sequence[str],
    refused: Mapping[int, SourceError],
) -> dict[Question, Answered]:
    """Send a file of questions and read the one that comes back.

    ``refused``: statuses that have a sentence of their own. Raises SourceError when the rows that
    come back are not those that went, after several attempts.
    """
    by_id = {row_id(question): question for question in questions}
    content = written(questions, columns)
    data = FilePart(FILE_NAME, content, "text/csv")
    request = Request.multipart(
        service, path, [("data", data), *parts], private=True, accept=tuple(refused)
    )
    wrong: list[Mismatch] = []

    def read(answer: Answer) -> dict[str, Answered]:
        if answer.status in refused:
            raise refused[answer.status]
        rows = read_rows(answer.text())
        found = Mismatch.of(rows, by_id)
        if found is not None:
            wrong.append(found)
            raise TryAgain
        free = {key: not (q.citycode or q.in_postcode) for key, q in by_id.items()}
        return {row[ID]: _answered(row, free[row[ID]]) for row in rows}

    try:
        _, answers = web.fetch(request, read)
    except ServiceError as error:
        if error.kind is not Kind.CUT or not wrong:
            raise discreet(error, questions) from None
        raise wrong[-1].error(services()[service].title) from error
    return {by_id[key]: answer for key, answer in answers.items()}


def discreet(error: ServiceError, questions: Collection[Question]) -> ServiceError:
    """The error, without the service's own words when they say something of a question: errors
    are shown, kept in a log and sent to whoever helps."""
    said = _WORDS.findall(fold(str(error.fields["detail"])))
    asked = {word for question in questions for word in _WORDS.findall(fold(question.text))}
    if not asked.isdisjoint(said):
        error.fields["detail"] = "…"
    return error


@dataclass(frozen=True)
class Mismatch:
    """Rows that came back and should not have, or the other way round."""

    missing: int
    twice: int
    unknown: int

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]], asked: Collection[str]) -> Mismatch | None:
        came = Counter(row[ID] for row in rows)
        missing = sum(1 for key in asked if key not in came)
        twice = sum(1 for count in came.values() if count > 1)
        unknown = sum(1 for key in came if key not in asked)
        return cls(missing, twice, unknown) if missing or twice or unknown else None

    def error(self, service: str) -> SourceError:
        return SourceError(
            "{service} did not give back the rows that were sent: {missing} missing, {twice} given twice, {unknown} unknown. Nothing of that answer was used. Try again later: what was already located is kept.",
            service=service,
            missing=self.missing,
            twice=self.twice,
            unknown=self.unknown,
        )


def read_rows(text: str) -> list[dict[str, str]]:
    """Rows of an answer, by column name: the order of the columns may change. A row cut short is
    left out, and so found missing. The delimiter is looked for: it should be the one sent."""
    header = text.split("\n", 1)[0].strip("\r\ufeff")
    delimiter = next((d for d in _DELIMITERS if ID in header.replace('"', "").split(d)), "")
    if not delimiter:
        raise Fault(Kind.ERROR_BODY, header[:100] or "CSV")
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names = next(lines)
    lost = {"longitude", "latitude", "result_type"} - set(names)
    if lost:
        raise Fault(Kind.ERROR_BODY, ", ".join(sorted(lost)))
    return [dict(zip(names, cells)) for cells in lines if len(cells) == len(names)]


def _answered(row: Mapping[str, str], free: bool) -> Answered:
    cells = {name: row.get(_PREFIX + name, "") for name in RESULTS}
    # addok gives no status: a row without a type is one that it did not find
    status = cells["status"] or (OK if cells["type"] else "not-found")
    if status != OK:
        return Answered(status)
    proposal = Proposal.of(cells, row["longitude"], row["latitude"], free)
    return Answered(status, proposal, _following(row))


def _following(row: Mapping[str, str]) -> float | None:
    """Score of the runner-up: 0 when there is none, None when the service does not tell."""
    text = row.get(_PREFIX + "score_next")
    if text is None:
        return None
    try:
        return float(text or 0.0)
    except ValueError:
        return None
