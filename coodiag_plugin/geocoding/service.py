"""Locating rows by a geocoding service: communes first, then addresses by file, then the doubtful.

Only readings of the address, the postcode and the commune are sent (see ``proposals.py``): the
cleaning has taken out doors, floors and whose home it is. Every answer is kept until the run ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

from ..core.codes import PLM
from ..core.progress import Progress
from .bulk import ERROR, Answered, Client
from .cleaning import Variant, is_way
from .geocoder import ADDRESS, FAILED, STREET, Located, Reading
from .judge import Judge
from .matching import SUFFIX_TWINS
from .places import Proposals, Where, communes
from .proposals import Proposal, Question, plain, spoken
from .queries import Query
from .resume import Answers
from .towns import Towns, city_name

#: Rows of one file sent to a service.
FILE_ROWS = 1000
#: Attempts of a row to which the service answers with an error.
ATTEMPTS = 3
#: A match at a house number that scores this, alone in its commune, is beyond doubt.
SURE_SCORE = 0.97
#: A runner-up nearer than this in the service's own score may be a homonym: both are looked at.
SURE_GAP = 0.1
#: Communes in which a doubtful row is looked for one by one.
FEW_TOWNS = 3
#: Runners-up asked for in one commune, and in the whole country.
NEAR, FAR = 10, 20
_AT_ONCE = 4
_NO_ANSWER = (
    f"Le service n’a pas su traiter cette adresse, {ATTEMPTS} fois de suite\u00a0: à relancer."
)


@dataclass(frozen=True)
class _Scope:
    """What a search is narrowed to."""

    citycode: str = ""
    in_postcode: str = ""


@dataclass
class _Row:
    query: Query
    where: Where
    proposals: Proposals = ()
    reading: Reading | None = None
    question: Question | None = None
    answered: Answered | None = None
    answer: Located | None = None
    closer: bool = False  # its runners-up were looked at

    def add(self, proposals: Iterable[Proposal]) -> None:
        self.proposals = tuple(dict.fromkeys((*self.proposals, *proposals)))


class ServiceWay:
    """Locates chunks of rows by a service; what it asks and hears goes through ``answers``.

    ``sent``: addresses that left this machine so far, each counted once.
    """

    def __init__(
        self,
        client: Client,
        answers: Answers,
        given: Towns | None,
        *,
        min_score: float,
        town_fallback: bool,
    ) -> None:
        self._client = client
        self._answers = answers
        self._given = given
        self._judge = Judge(given, client.name, min_score=min_score, town_fallback=town_fallback)
        self.sent = 0

    def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        """One answer for each query, in order. No answer depends on the other rows."""
        rows = [_Row(query, Where.of(query)) for query in queries]
        found = communes(
            [row.where for row in rows],
            lambda questions: self._search(questions, progress),
            self._given,
        )
        progress.set(0.1)
        for row in rows:
            row.proposals = found[row.where]
        self._read(rows, progress)
        self._by_file([row for row in rows if row.question is not None], progress)
        progress.set(0.5)
        for row in rows:
            progress.check()
            row.answer = self._answer(row)
        doubtful = [row for row in rows if row.question is not None and not _sure(row)]
        self._look_closer(doubtful, progress)
        progress.set(1.0)
        return [_final(row) for row in rows]

    def passing(self, answer: Located) -> bool:
        return answer.note == _NO_ANSWER

    def _read(self, rows: list[_Row], progress: Progress) -> None:
        """Understand each row; one without a known commune is looked for by its whole text."""
        lost: dict[Question, list[_Row]] = {}
        for row in rows:
            row.reading = self._judge.read(row.query, row.proposals)
            question = _anywhere(row)
            if question is not None:
                lost.setdefault(question, []).append(row)
        known = self._known(lost, "search")
        answers = self._search(lost, progress)
        for question, others in lost.items():
            for row in others:
                row.add(answers[question])
                row.reading = self._judge.read(row.query, row.proposals)
        for row in rows:
            progress.check()
            row.question = _main_question(row.reading)
        self.sent += sum(  # the others are counted with the file
            question not in known and not any(row.question for row in others)
            for question, others in lost.items()
        )

    def _by_file(self, rows: list[_Row], progress: Progress) -> None:
        """The best proposal for each row."""
        questions = list(dict.fromkeys(row.question for row in rows if row.question))
        known = self._known(questions, "bulk")
        answers = {q: Answered.unpacked(cells) for q, cells in known.items()}
        waiting = [q for q in questions if q not in answers]
        self.sent += len(waiting)
        for _ in range(ATTEMPTS):
            for start in range(0, len(waiting), FILE_ROWS):
                progress.check()
                part = waiting[start : start + FILE_ROWS]
                came = self._client.bulk(part)
                answers.update(came)
                good = {q: a.packed() for q, a in came.items() if a.status != ERROR}
                self._keep(good, "bulk")
            waiting = [q for q in waiting if answers[q].status == ERROR]
        for row in rows:
            if row.question is not None:
                row.answered = answers[row.question]
                row.add(_in_commune(row.answered.proposal, row.reading))

    def _answer(self, row: _Row) -> Located:
        if row.answered is not None and row.answered.status == ERROR:
            return Located(row.query.row_id, FAILED, 0.0, 0.0, "", "", "", _NO_ANSWER, None, None)
        return self._judge.locate(row.query, row.proposals)

    def _look_closer(self, rows: list[_Row], progress: Progress) -> None:
        """Ask for the runners-up, then by the other readings while nothing fits."""
        for row in rows:
            row.closer = True
        for turn in (_nearby, _otherwise):
            asked = {id(row): turn(row) for row in rows if turn is _nearby or not _fits(row.answer)}
            answers = self._search({q for questions in asked.values() for q in questions}, progress)
            for row in rows:
                progress.check()
                for question in asked.get(id(row), ()):
                    row.add(answers[question])
                row.answer = self._answer(row)
            progress.set(0.75)

    # What was asked already is not asked again.

    def _search(
        self, questions: Collection[Question], progress: Progress
    ) -> dict[Question, Proposals]:
        """Proposals for each question, a few of them asked at once."""
        found: dict[Question, Proposals] = dict.fromkeys(questions, ())
        known = self._known([q for q in found if q.can_be_asked], "search")
        for question, cells in known.items():
            found[question] = tuple(Proposal(*packed) for packed in cells)
        able = [q for q in found if q.can_be_asked and q not in known]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for start in range(0, len(able), 10 * _AT_ONCE):
                part = able[start : start + 10 * _AT_ONCE]
                asked = {q: pool.submit(self._client.search, q) for q in part}
                wait(asked.values())  # each looks at the cancel flag by itself
                came = {q: tuple(future.result()) for q, future in asked.items()}
                self._keep({q: [p.packed() for p in ps] for q, ps in came.items()}, "search")
                found.update(came)
                progress.check()
        return found

    def _known(self, questions: Collection[Question], way: str) -> dict[Question, list[Any]]:
        by_key = {q.key(self._client.server, way): q for q in questions}
        kept = self._answers.asked(list(by_key))
        return {by_key[key]: cells for key, cells in kept.items()}

    def _keep(self, answers: dict[Question, list[Any]], way: str) -> None:
        server = self._client.server
        self._answers.keep_asked({q.key(server, way): cells for q, cells in answers.items()})


def _in_commune(proposal: Proposal | None, reading: Reading | None) -> tuple[Proposal, ...]:
    """The proposal, with the code of its commune where the service does not tell it: that of the
    one commune looked for, of that name and postcode. Nothing when there is no such commune."""
    if proposal is None or proposal.citycode or reading is None:
        return () if proposal is None else (proposal,)
    name = city_name(proposal.city).short
    codes = [
        town.code
        for town in reading.finding.towns
        if city_name(town.name).short == name and proposal.postcode in town.postcodes
    ]
    return (replace(proposal, citycode=codes[0]),) if len(codes) == 1 else ()


# The questions of a row.


def _main_question(reading: Reading | None) -> Question | None:
    """The likeliest reading, in the commune found when there is but one."""
    if reading is None or not reading.finding.towns or not reading.parsed.variants:
        return None
    scopes = _scopes(reading)
    scope = scopes[0] if len(scopes) == 1 else _Scope()
    question = _question(reading, reading.parsed.variants[0], scope)
    return question if question.can_be_asked else None


def _anywhere(row: _Row) -> Question | None:
    """The whole text, for a row whose commune is not told, or is not known as it is written."""
    reading = row.reading
    if reading is None or reading.finding.towns or not reading.parsed.variants:
        return None
    text = spoken(reading.parsed.variants[0])
    return Question(text, row.where.postcode, plain(row.where.city), limit=FAR)


def _nearby(row: _Row) -> list[Question]:
    """The likeliest reading again, for its runners-up; where the postcode contradicts the
    commune, in the communes of the postcode and in the whole country too."""
    reading = row.reading
    assert reading is not None
    first = reading.parsed.variants[0]
    questions = [_question(reading, first, scope) for scope in _scopes(reading)]
    if reading.finding.rivals:
        text = spoken(first)
        questions.append(Question(text, in_postcode=reading.postcode, limit=NEAR))
        questions.append(Question(text, limit=FAR))
    return questions


def _otherwise(row: _Row) -> list[Question]:
    """Other writings of the number, and the other readings that name a way."""
    reading = row.reading
    assert reading is not None
    first, *others = reading.parsed.variants
    words = set(first.text.split())
    variants = list(_numbered_otherwise(first))
    for variant in others:
        tokens = variant.text.split()
        firm = variant.number or (tokens and is_way(tokens[0]))
        # a whole cell run together may hold a person's name: the street alone was asked
        if firm and not words < set(tokens):
            variants.append(variant)
    scopes = _scopes(reading)
    return [_question(reading, variant, scope) for variant in variants[:5] for scope in scopes]


def _numbered_otherwise(variant: Variant) -> Iterable[Variant]:
    if variant.number and not variant.suffix:
        yield replace(variant, suffix="bis")
    if variant.number and variant.suffix:
        twin = SUFFIX_TWINS.get(variant.suffix)
        if twin:
            yield replace(variant, suffix=twin)
        yield replace(variant, suffix="")
    if variant.number < variant.last <= variant.number + 40:
        yield replace(variant, number=variant.last, suffix="")


def _scopes(reading: Reading) -> list[_Scope]:
    """Where to look: each commune when they are few, else the postcode, else everywhere."""
    codes = [town.code for town in reading.finding.towns]
    if len(codes) <= FEW_TOWNS and not any(code in PLM for code in codes):
        return [_Scope(citycode=code) for code in codes]
    if reading.postcode and all(reading.postcode in t.postcodes for t in reading.finding.towns):
        return [_Scope(in_postcode=reading.postcode)]
    return [_Scope()]


def _question(reading: Reading, variant: Variant, scope: _Scope) -> Question:
    """A reading of the address with its commune, under the name that the service gives it."""
    towns = [t for t in reading.finding.towns if scope.citycode in ("", t.code)]
    named = any(reading.postcode in town.postcodes for town in towns)
    city = towns[0].name if len(towns) == 1 else reading.city
    return Question(
        spoken(variant),
        reading.postcode if named else "",
        plain(city),
        citycode=scope.citycode,
        in_postcode=scope.in_postcode,
        limit=NEAR if scope.citycode or scope.in_postcode else FAR,
    )


# What is beyond doubt.


def _sure(row: _Row) -> bool:
    """Whether the file's answer stands without its runners-up being looked at."""
    answer, answered, reading = row.answer, row.answered, row.reading
    if (
        row.closer
        or answer is None
        or answered is None
        or answered.proposal is None
        or reading is None
    ):
        return False
    if answered.status == ERROR:
        return True  # asked enough
    if not _in_commune(answered.proposal, reading):
        return False
    clear = answered.next is not None and answered.proposal.score - answered.next > SURE_GAP
    return clear and len(reading.finding.towns) == 1 and _fits(answer) and _level(row)


def _level(row: _Row) -> bool:
    """Whether the house number is found when there is one."""
    assert row.reading is not None and row.answer is not None
    wanted = ADDRESS if row.reading.parsed.variants[0].number else STREET
    return row.answer.status == wanted


def _fits(answer: Located | None) -> bool:
    return answer is not None and answer.score >= SURE_SCORE and answer.status in (ADDRESS, STREET)


def _final(row: _Row) -> Located:
    """The answer; where no runner-up was looked at, the gap is the one the service tells."""
    answer, answered = row.answer, row.answered
    assert answer is not None
    if answered is not None and answered.proposal is not None and _sure(row):
        told = answered.proposal.score - (answered.next or 0.0)
        answer = replace(answer, gap=round(max(min(answer.gap, told), 0.0), 4))
    return answer
