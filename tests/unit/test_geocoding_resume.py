"""What a run keeps while it lasts: for its owner, for the next run, and not for longer."""

from __future__ import annotations

import os
import sqlite3
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.core.progress import Progress, Silent
from coodiag.coodiag_plugin.geocoding.geocoder import Located
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.resume import KEPT_DAYS, kept_answers, remove_old, row_key
from coodiag.coodiag_plugin.geocoding.session import CHUNK_ROWS, Session
from coodiag.tests.unit.web_samples import Listener

PLACE = Located("", "adresse", 0.98, 0.4, "12 Rue X", "99001", "BAN", "é", 2.5, 47.25)


class Counting:
    """Locates anything at one place, and counts what it is asked."""

    def __init__(self, fail_after: int = 10**9) -> None:
        self.sent = 0
        self.asked: list[Query] = []
        self._fail_after = fail_after

    def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        if len(self.asked) + len(queries) > self._fail_after:
            raise Cancelled
        self.asked += queries
        return [PLACE for _ in queries]

    def passing(self, answer: Located) -> bool:
        return answer.note == "again"


def queries(count: int) -> Iterator[Query]:
    return (Query(f"ref-{at}", f"{at} rue X", city="Valmoreau") for at in range(count))


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    key = row_key(Query("anyone", "1 rue X"))
    with kept_answers(tmp_path, ["s"], Silent()) as answers:
        answers.keep_located({key: PLACE})
        answers.keep_asked({"q": [["ok", None, 0.1]], "r": []})
        assert answers.located([key, "absent"]) == {key: PLACE}
        assert answers.asked(["q", "r", "absent"]) == {"q": [["ok", None, 0.1]], "r": []}


def test_the_row_s_own_reference_is_not_in_its_key() -> None:
    assert row_key(Query("a", "1 rue X")) == row_key(Query("b", "1 rue X"))
    assert row_key(Query("a", "1 rue X")) != row_key(Query("a", "1 rue", "X"))


@pytest.mark.parametrize("cell", ["address", "complement", "postcode", "city", "citycode"])
def test_every_cell_that_locates_a_row_is_in_its_key(cell: str) -> None:
    row = Query("a", "1 rue X", "étage 2", "99100", "Valmoreau", "99001")
    assert row_key(replace(row, **{cell: "other"})) != row_key(row)


def test_only_its_owner_reads_it_and_it_goes_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "geocoding"
    with kept_answers(folder, ["s"], Silent()) as answers:
        answers.keep_located({"k": PLACE})
        (path,) = folder.glob("*.sqlite")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"Rue X" in path.read_bytes()
    assert not list(folder.glob("*.sqlite*"))


def test_a_run_that_does_not_end_well_serves_the_next_one(tmp_path: Path) -> None:
    rows = list(queries(2500))
    first = Counting(fail_after=2000)
    with pytest.raises(Cancelled), kept_answers(tmp_path, ["s"], Silent()) as answers:
        list(Session(first, answers, lambda _: {}).locate(rows, len(rows), Silent()))
    assert len(first.asked) == 2000
    with kept_answers(tmp_path, ["other setting"], Silent()) as answers:
        assert not answers.located([row_key(rows[0])])
    second = Counting()
    with kept_answers(tmp_path, ["s"], Silent()) as answers:
        session = Session(second, answers, lambda _: {})
        assert session.pending(rows, Silent()).addresses == 500
        found = list(session.locate(rows, len(rows), Silent()))
        assert [one.row_id for one in found] == [row.row_id for row in rows]
        assert len(list(session.locate(rows, len(rows), Silent()))) == 2500, "again, for nothing"
    assert len(second.asked) == 500
    assert not {q.address for q in first.asked} & {q.address for q in second.asked}


class Failing(Counting):
    """A service that cannot treat one address in ten."""

    def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
        super().locate(queries, progress)
        failed = replace(PLACE, status="echec", note="again", x=None, y=None)
        return [failed if q.address.startswith("1") else PLACE for q in queries]


def test_the_failure_of_a_service_is_asked_again_by_the_next_run_and_not_within_one(
    tmp_path: Path,
) -> None:
    rows = list(queries(20))
    first = Failing()
    with pytest.raises(Cancelled), kept_answers(tmp_path, ["s"], Silent()) as answers:
        session = Session(first, answers, lambda _: {})
        for _ in range(2):  # both passages of ``geocode``
            found = list(session.locate(rows, len(rows), Silent()))
            assert [one.status for one in found].count("echec") == 11
        assert len(first.asked) == 20
        raise Cancelled
    second = Counting()
    with kept_answers(tmp_path, ["s"], Silent()) as answers:
        session = Session(second, answers, lambda _: {})
        assert session.pending(rows, Silent()).addresses == 11
        found = list(session.locate(rows, len(rows), Silent()))
    assert {one.status for one in found} == {"adresse"}
    assert {query.address[0] for query in second.asked} == {"1"} and len(second.asked) == 11


def test_rows_of_one_address_are_asked_once_and_never_by_their_reference(tmp_path: Path) -> None:
    rows = [Query(f"ref-{at}", f"{at % 10} rue X") for at in range(CHUNK_ROWS + 50)]
    way = Counting()
    with kept_answers(tmp_path, ["s"], Silent()) as answers:
        found = list(Session(way, answers, lambda _: {}).locate(rows, len(rows), Silent()))
    assert len(way.asked) == 10 and {query.row_id for query in way.asked} == {""}
    assert [one.row_id for one in found] == [row.row_id for row in rows]


def test_what_a_person_placed_is_asked_of_nobody(tmp_path: Path) -> None:
    rows = list(queries(30))
    given = Located("", "adresse", 1.0, 1.0, "Ici", "99001", "correction", "", 1.0, 45.0)

    def remembered(asked: Sequence[Query]) -> dict[int, Located]:
        return {at: given for at, query in enumerate(asked) if query.address == "7 rue X"}

    way = Counting()
    with kept_answers(tmp_path, ["s"], Silent()) as answers:
        session = Session(way, answers, remembered)
        assert session.pending(rows, Silent()).addresses == 29
        found = list(session.locate(rows, len(rows), Silent()))
    assert found[7].source == "correction" and session.by_person == 1
    assert "7 rue X" not in {query.address for query in way.asked}


def test_what_a_killed_run_left_goes_after_a_week(tmp_path: Path) -> None:
    old, recent, other = (tmp_path / n for n in ("run-a.sqlite", "run-b.sqlite", "keep.sqlite"))
    ahead = tmp_path / "run-c.sqlite"
    for path in (old, recent, other, ahead, tmp_path / "run-a.sqlite-journal"):
        path.write_bytes(b"x")
    coming = time.time() + 2 * 86400  # the clock was set back since
    os.utime(ahead, (coming, coming))
    for path in (old, other, tmp_path / "run-a.sqlite-journal"):
        then = time.time() - (KEPT_DAYS + 1) * 86400
        os.utime(path, (then, then))
    remove_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keep.sqlite", "run-b.sqlite"]


def test_runs_at_once_do_not_meet(tmp_path: Path) -> None:
    with kept_answers(tmp_path, ["s"], Silent()) as one:
        one.keep_located({"k": PLACE})
        with kept_answers(tmp_path, ["s"], Silent()) as two:
            assert two.located(["k"]) == {}
            two.keep_located({"k": PLACE, "l": PLACE})
            with kept_answers(tmp_path, ["s"], Silent()) as three:
                assert three.located(["l"]) == {}
            two.keep_located({"n": PLACE})
        one.keep_located({"m": PLACE})
        assert set(one.located(["k", "l", "m"])) == {"k", "m"}
    assert not list(tmp_path.glob("*.sqlite*"))


@pytest.mark.parametrize("damage", [b"nothing of SQLite" * 100, b"", b"one page"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    path = None
    with pytest.raises(Cancelled), kept_answers(tmp_path, ["s"], Silent()) as answers:
        answers.keep_located({f"{at}": PLACE for at in range(500)})
        (path,) = tmp_path.glob("*.sqlite")
        raise Cancelled
    assert path is not None
    whole = path.read_bytes()
    if damage == b"one page":  # found by nothing but a look at every page
        damage = whole[:-4096] + b"\0" * 4096
    path.write_bytes(damage or whole[:9000] + b"\0" * 20000)
    heard = Listener()
    with kept_answers(tmp_path, ["s"], heard) as answers:
        assert answers.located(["1"]) == {}
        answers.keep_located({"1": PLACE})
    assert "damaged" in heard.warned[0]


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with (
        pytest.raises(SourceError, match="disk I/O error"),
        kept_answers(tmp_path, ["s"], Silent()),
    ):
        pass


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    class Forgetful(Counting):
        def locate(self, queries: Sequence[Query], progress: Progress) -> list[Located]:
            return [PLACE for _ in queries]

    peaks = []
    for count in (3_000, 30_000):
        tracemalloc.start()
        with kept_answers(tmp_path, [str(count)], Silent()) as answers:
            session = Session(Forgetful(), answers, lambda _: {})
            seen = sum(1 for _ in session.locate(queries(count), count, Silent()))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert seen == count
    assert peaks[1] < 1.5 * peaks[0], peaks  # ten times the rows
