"""Rings of reach asked of a service: in lots, a few at once, and what fails told point by point.

A service that is down, refuses the key or answers with a web page stops the run with its sentence
(:class:`ServiceError`). A refusal that comes from a point or from a value is no reason to lose the
others: the lot is asked again in parts, and what is refused alone becomes a :class:`Lack`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Protocol, TypeVar

from ...core.progress import Progress
from ..web.answers import Answer
from ..web.client import Web
from ..web.faults import Fault, Kind, ServiceError
from ..web.messages import is_page, words_of
from ..web.request import Request
from .shapes import Shape

T = TypeVar("T")
#: A point farther than this from any road is not joined to it, metres.
SNAP_DISTANCE = 1000.0
#: Nobody goes faster, metres per second.
_FASTEST = 200 / 3.6
#: What reading an answer raises when it holds something else than what it should.
_UNFORESEEN = (
    AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """``values`` (ascending) are minutes in mode ``time``, kilometres in mode ``distance``.

    ``private``: the points are places of people, so no question is kept in the cache.
    """

    values: tuple[float, ...]
    mode: str
    profile: str
    private: bool = False

    def cost(self, value: float) -> float:
        """A value in seconds or metres."""
        return value * (60 if self.mode == "time" else 1000)

    def farthest(self, value: float) -> float:
        """Metres beyond which no ring of a value goes, the leg to the road included."""
        return self.cost(value) * (_FASTEST if self.mode == "time" else 1) + SNAP_DISTANCE


@dataclass(frozen=True)
class Point:
    """A point by its row in the layer, in degrees."""

    row: int
    lon: float
    lat: float


class Why(Enum):
    """Why a point has no ring of a value."""

    NOTHING = "nothing"  # the service finds nothing within the value
    NO_ROAD = "no road"  # no road near the point
    TOO_FAR = "too far"  # beyond what the service allows
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    ELSEWHERE = "elsewhere"  # an area that nobody reaches from the point


@dataclass(frozen=True)
class Lack:
    """``detail``: the words of the service."""

    why: Why
    detail: str = ""


class Refusal(Exception):
    """A service refuses a question for what stands in it. ``code``: the service's own number."""

    def __init__(self, status: int, code: int, words: str) -> None:
        super().__init__(words)
        self.status, self.code, self.words = status, code, words


Key = tuple[int, float]


@dataclass
class Reach:
    """Shapes, and lacks with their reason, by row and value: each pair asked is in one of them."""

    shapes: dict[Key, Shape] = field(default_factory=dict)
    lacks: dict[Key, Lack] = field(default_factory=dict)

    def add(self, other: Reach) -> None:
        self.shapes.update(other.shapes)
        self.lacks.update(other.lacks)


@dataclass(frozen=True)
class Lot:
    """Points and values of one request."""

    points: tuple[Point, ...]
    wanted: Wanted

    def pairs(self) -> Iterator[Key]:
        return ((point.row, value) for point in self.points for value in self.wanted.values)

    def by_point(self) -> list[Lot]:
        return [replace(self, points=(point,)) for point in self.points]

    def by_value(self) -> list[Lot]:
        return [
            replace(self, wanted=replace(self.wanted, values=(value,)))
            for value in self.wanted.values
        ]


class Engine(Protocol):
    """A service of isochrones.

    ``most_points`` and ``most_values`` of one request, ``at_once`` requests under way;
    ``profiles``: its name of each way of moving.
    """

    service: str
    most_points: int
    most_values: int
    at_once: int
    profiles: Mapping[str, str]

    def ask(self, web: Web, lot: Lot) -> Reach:
        """One request. Raises :class:`Refusal`, ServiceError, Cancelled."""

    def lack(self, refusal: Refusal) -> Lack:
        """What a refusal of a whole lot means for a point and a value of it."""

    def parts(self, refusal: Refusal, lot: Lot) -> list[Lot]:
        """What to ask instead of a lot that was refused; the lot itself, or fewer than two: nothing."""


def reach(
    engine: Engine, web: Web, points: Sequence[Point], wanted: Wanted, progress: Progress
) -> Reach:
    """Every ring of every point. Raises ServiceError, Cancelled."""
    web = web.under(progress)
    lots = list(_lots(engine, points, wanted))
    found = Reach()
    with ThreadPoolExecutor(engine.at_once) as pool:
        for start in range(0, len(lots), engine.at_once):
            progress.check()
            progress.set(start / len(lots))
            asked = [
                pool.submit(_asked, engine, web, lot)
                for lot in lots[start : start + engine.at_once]
            ]
            wait(asked)  # each looks at the cancel flag by itself
            for future in asked:
                found.add(future.result())
    progress.set(1.0)
    return found


def requests(engine: Engine, points: int, values: int) -> int:
    """How many requests that many points and values take when none is refused."""
    return -(-points // engine.most_points) * -(-values // engine.most_values)


def _lots(engine: Engine, points: Sequence[Point], wanted: Wanted) -> Iterator[Lot]:
    for first in range(0, len(points), engine.most_points):
        some = tuple(points[first : first + engine.most_points])
        for start in range(0, len(wanted.values), engine.most_values):
            values = wanted.values[start : start + engine.most_values]
            yield Lot(some, replace(wanted, values=values))


def _asked(engine: Engine, web: Web, lot: Lot) -> Reach:
    """The answer to a lot; asked again in parts when the lot is refused as a whole."""
    web.progress.check()
    try:
        return engine.ask(web, lot)
    except Refusal as refusal:
        parts = engine.parts(refusal, lot)
        if len(parts) <= 1:
            return Reach(lacks=dict.fromkeys(lot.pairs(), engine.lack(refusal)))
    except ServiceError as error:
        if error.kind not in (Kind.REFUSED, Kind.ERROR_BODY):
            raise
        why = Why.REFUSED if error.kind is Kind.REFUSED else Why.UNREADABLE
        return Reach(lacks=dict.fromkeys(lot.pairs(), Lack(why, str(error.fields["detail"]))))
    found = Reach()
    for part in parts:
        found.add(_asked(engine, web, part))
    return found


def fetch(web: Web, request: Request, read: Callable[[Any], T]) -> T:
    """What ``read`` makes of the JSON of an answer; only what it could read is kept.

    Raises :class:`Refusal` for the statuses that the request accepts above 299, ServiceError.
    """

    def understood(answer: Answer) -> T:
        if answer.status >= 300:
            raise _refusal(answer)
        value = answer.json()
        if isinstance(value, Mapping) and value.get("error"):
            raise Fault(Kind.ERROR_BODY, words_of(answer.content))
        try:
            return read(value)
        except _UNFORESEEN as error:
            detail = f"{type(error).__name__}: {error}"[:120]
            unread = Fault(Kind.ERROR_BODY, detail)
            raise unread from error

    return web.fetch(request, understood)[1]


def _refusal(answer: Answer) -> Exception:
    """A failure that passes is tried again; the others are for the caller to understand."""
    content_type = answer.headers.get("content-type", "")
    words = words_of(answer.content, content_type)
    code = _code(answer)
    if answer.status >= 500 and not code:
        return Fault(Kind.SERVER, words, answer.status)
    if is_page(answer.content, content_type):
        return Fault(Kind.REFUSED, words, answer.status)
    return Refusal(answer.status, code, words)


def _code(answer: Answer) -> int:
    """``error_code`` of Valhalla or ``error.code`` of openrouteservice, 0 when there is none."""
    try:
        body = answer.json()
    except Fault:
        return 0
    if not isinstance(body, Mapping):
        return 0
    error = body.get("error")
    code = error.get("code") if isinstance(error, Mapping) else body.get("error_code")
    return code if isinstance(code, int) else 0


def rings(lot: Lot, shapes: Mapping[Key, Shape]) -> Reach:
    """The shapes of a lot; a ring without any polygon, or not in the answer, is a lack."""
    found = Reach()
    for key in lot.pairs():
        if shapes.get(key):
            found.shapes[key] = shapes[key]
        else:
            found.lacks[key] = Lack(Why.NOTHING)
    return found
