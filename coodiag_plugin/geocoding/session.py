"""A run of geocoding over any number of rows: by chunks, each answer kept until the run ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from ..core.progress import Progress
from .geocoder import Geocoder, Located
from .queries import Query
from .resume import Answers, row_key

#: Rows located together: what a run holds in memory, and what a kill may lose.
CHUNK_ROWS = 1000

Remembered = Callable[[Sequence[Query]], Mapping[int, Located]]


class Way(Protocol):
    """How rows are located: on this machine, or by a service.

    ``sent``: addresses that left this machine so far.
    """

    sent: int

    def passing(self, answer: Located) -> bool:
        """Whether an answer is a failure that may be over when it is asked for again."""

    def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        """One answer for each query, in order, none depending on the other queries."""


class OfflineWay:
    """The index of BAN files on this machine. Opens no socket."""

    sent = 0

    def __init__(self, geocoder: Geocoder) -> None:
        self._geocoder = geocoder

    def passing(self, answer: Located) -> bool:
        return False

    def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        return self._geocoder.locate_all(queries, progress)


@dataclass(frozen=True)
class Pending:
    """What is still to be located: rows, and different addresses among them."""

    rows: int
    addresses: int


class Session:
    """Answers for rows in their order, in memory that does not grow with them (what :meth:`pending`
    counts apart).

    ``remembered``: answers that a person gave, by position among the queries; these are never asked
    for (``by_person`` counts them). What was located stays in ``answers``: to go through the rows
    again costs nothing, and the run that follows a killed one goes on where it stopped; there, the
    rows in which a service had failed are asked for again.
    """

    def __init__(self, way: Way, answers: Answers, remembered: Remembered) -> None:
        self.way = way
        self.by_person = 0
        self._answers = answers
        self._remembered = remembered

    def pending(self, queries: Iterable[Query], progress: Progress) -> Pending:
        """What :meth:`locate` will have to ask for. Holds a digest (about a hundred bytes) for each
        different address while it counts them.
        """
        rows = 0
        distinct: set[bytes] = set()
        for chunk in chunks(queries):
            progress.check()
            by_person = self._remembered(chunk)
            keys = [row_key(query) for query in chunk]
            done = self._answers.located(list(dict.fromkeys(keys)))
            for at, (query, key) in enumerate(zip(chunk, keys)):
                if at not in by_person and key not in done and (query.address or query.complement):
                    rows += 1
                    distinct.add(bytes.fromhex(key))
        return Pending(rows, len(distinct))

    def locate(self, queries: Iterable[Query], total: int, progress: Progress) -> Iterator[Located]:
        """One answer for each query, in order. ``total``: how many there are, for the progress."""
        done = self.by_person = 0
        for chunk in chunks(queries):
            progress.check()
            share = max(total, done + len(chunk))
            part = progress.part(done / share, (done + len(chunk)) / share)
            yield from self._chunk(chunk, part)
            done += len(chunk)
        progress.set(1.0)

    def _chunk(self, chunk: list[Query], progress: Progress) -> list[Located]:
        by_person = self._remembered(chunk)
        self.by_person += len(by_person)
        keys = [row_key(query) for query in chunk]
        wanted = {
            key: query for at, (key, query) in enumerate(zip(keys, chunk)) if at not in by_person
        }
        answers = self._answers.located(list(wanted))
        missing = [key for key in wanted if key not in answers]
        if missing:
            queries = [replace(wanted[key], row_id="") for key in missing]
            found = dict(zip(missing, self.way.locate(queries, progress)))
            passing = [key for key, answer in found.items() if self.way.passing(answer)]
            self._answers.keep_located(found, passing)
            answers.update(found)
        progress.set(1.0)
        return [
            by_person[at] if at in by_person else replace(answers[key], row_id=query.row_id)
            for at, (key, query) in enumerate(zip(keys, chunk))
        ]


def chunks(queries: Iterable[Query]) -> Iterator[list[Query]]:
    """The queries by ``CHUNK_ROWS``."""
    rest = iter(queries)
    while chunk := list(islice(rest, CHUNK_ROWS)):
        yield chunk
