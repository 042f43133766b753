"""Accuracy and speed of the offline geocoding against addok, on the same base and questions.

addok is the engine behind the national geocoder; it lives in build/bench/addok with a Redis of its
own. The base and the classes of questions are told in ``bench_addresses.py`` and
``bench_damage.py``, what is right and false in ``bench_questions.py``. Half of the true addresses
choose addok's threshold of score, to its advantage: the least, hence the best recall, at which it
is no more false than Coodiag; the figures are those of the other half, which neither engine was
set on. Speed is that of the processor time of one process, that of Redis being part of addok's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path

import alias
import bench_addresses
from bench_damage import ABSENT, CLASSES, ELSEWHERE, HOMONYM
from bench_engines import FOLDER, addok, coodiag, rival_python
from bench_large import large
from bench_questions import SAMPLE, Answer, Asked, Count, questions, tally, total

alias.load()
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE  # noqa: E402

Tally = dict[tuple[str, str], Count]
#: Thresholds of addok's score that are shown besides; the first is the default of addok-csv.
USUAL = (0.5, 0.4, 0.6)
#: Those among which the matched one is looked for.
THRESHOLDS = [round(0.02 * step, 2) for step in range(10, 50)]


def rate(counts: dict[tuple[str, str], Count]) -> float:
    """Share of false answers. Homonyms apart: a guess among them scores like a sure answer."""
    everything = total(count for (_, name), count in counts.items() if name != HOMONYM)
    return everything.false / max(1, everything.asked)


def matched(asked: Sequence[Asked], answers: Sequence[Answer], most: float) -> float:
    """The least threshold, hence the best recall, at which addok is no more false than ``most``."""
    for threshold in THRESHOLDS:
        if rate(tally(asked, answers, threshold)) <= most:
            return threshold
    return THRESHOLDS[-1]


def half(
    asked: Sequence[Asked], answers: Sequence[Answer], tune: bool
) -> tuple[list[Asked], list[Answer]]:
    pairs = [(a, b) for a, b in zip(asked, answers) if a.tune is tune]
    return [a for a, _ in pairs], [b for _, b in pairs]


def show(asked: Sequence[Asked], mine: Sequence[Answer], theirs: Sequence[Answer] | None) -> None:
    """The table of the held-out half, and where the goals of accuracy are missed (no failure)."""
    held, answers = half(asked, mine, tune=False)
    ways = {"Coodiag": tally(held, answers)}
    if theirs is not None:
        tuned = half(asked, theirs, tune=True)
        equal = matched(*tuned, rate(tally(*half(asked, mine, tune=True))))
        held, answers = half(asked, theirs, tune=False)
        for score in dict.fromkeys((equal, *USUAL)):
            ways[f"addok ≥ {score:.2f}"] = tally(held, answers, score)
        print(f"\n  addok ≥ {equal:.2f}: as false as Coodiag on the other half (homonyms apart)")
    print("\n  held-out half: % at the number (n), % at the street (s), % false (f)")
    print(f"  {'':<34} {'asked':>5}" + "".join(f"  {name:^18}" for name in ways))
    print(f"  {'':<34} {'':>5}" + "".join(f"  {'n':>5} {'s':>5} {'f':>6}" for _ in ways))
    for key in sorted({(a.group, a.name) for a in asked}, key=_rank):
        name = f"{key[1]}, composed" if key[0] == "composed" else key[1]
        _line(name, [way.get(key, Count()) for way in ways.values()])
    _line("all", [total(way.values()) for way in ways.values()])
    if theirs is None:
        return
    mine_of, equal_of = list(ways.values())[:2]
    usual = ways[f"addok ≥ {USUAL[0]:.2f}"]
    _goal("at least the recall of addok at equal false answers", _behind(mine_of, equal_of))
    _goal(f"at least the recall of addok ≥ {USUAL[0]:.2f}", _behind(mine_of, usual))
    _goal(f"no more false answers than addok ≥ {USUAL[0]:.2f}", _falser(mine_of, usual))


def _rank(key: tuple[str, str]) -> tuple[bool, int]:
    order = [*CLASSES, ABSENT, ELSEWHERE, HOMONYM]
    return key[0] == "composed", order.index(key[1])


def _line(name: str, counts: list[Count]) -> None:
    cells = [
        f"  {_share(c.number, c.numbered, 1)} {_share(c.street, c.asked, 1)} {_share(c.false, c.asked, 2):>6}"
        for c in counts
    ]
    print(f"  {name:<34} {counts[0].asked:>5}{''.join(cells)}")


def _share(part: int, whole: int, decimals: int) -> str:
    return f"{100 * part / whole:5.{decimals}f}" if whole else "    –"


def _goal(name: str, behind: list[str]) -> None:
    print(f"\n  {name}:", "not in every class" if behind else "met in every class")
    for line in behind:
        print(f"    {line}")


def _behind(mine: Tally, theirs: Tally) -> list[str]:
    """Classes of less recall. An answer among homonyms is luck, and counts for nobody."""
    return [
        f"{key[1]}: {getattr(mine[key], what)} of {mine[key].asked} at the {what}, addok {getattr(theirs[key], what)}"
        for key in mine
        for what in ("number", "street")
        if key[1] != HOMONYM and getattr(mine[key], what) < getattr(theirs[key], what)
    ]


def _falser(mine: Tally, theirs: Tally) -> list[str]:
    return [
        f"{key[1]}: {mine[key].false} of {mine[key].asked} false, addok {theirs[key].false}"
        for key in mine
        if mine[key].false > theirs[key].false
    ]


def speeds(
    asked: Sequence[Asked], mine: list[dict[str, float]], theirs: list[dict[str, float]]
) -> None:
    """Addresses per second of processor by class, medians."""
    counts: dict[str, int] = {}
    for item in asked:
        counts[item.name] = counts.get(item.name, 0) + 1
    print(f"\n  {'addresses per second, one core':<36} {'Coodiag':>8} {'addok':>8}")
    for name in [*counts, "all"]:
        among = list(counts) if name == "all" else [name]
        number = sum(counts[key] for key in among)
        found = [_speed(number, among, runs) for runs in (mine, theirs)]
        other = f"{found[1]:>8,.0f} {found[0] / found[1]:7.1f} ×" if found[1] else f"{'–':>8}"
        print(f"  {name:<36} {found[0]:>8,.0f} {other}")


def _speed(number: int, names: list[str], runs: list[dict[str, float]]) -> float:
    if not runs:
        return 0.0
    return statistics.median(number / sum(run[name] for name in names) for run in runs)


def compare(data: Path, runs: int, sample: int) -> int:
    base, asked = questions(bench_addresses.addresses(data), sample)
    print(
        f"{len(base):,} addresses in the base, {len(asked):,} questions in {len({a.name for a in asked})} classes; "
        f"{sum(a.name == 'clean' and a.group == 'real' for a in asked):,} real addresses; "
        f"least score of Coodiag {MIN_SCORE}; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    python, reason = rival_python()
    if not python:
        print(f"  addok cannot be had, Coodiag alone: {reason}", flush=True)
    folder = FOLDER / "geocoding"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mine, theirs = [], []
    answers: list[Answer] = []
    others: list[Answer] | None = None
    for rank in range(1, runs + 1):
        print(f"  run {rank} of {runs}…", flush=True)
        found, seconds, cost = coodiag(asked, base, folder)
        if answers and found != answers:
            raise SystemExit("Coodiag gave other answers in another run.")
        answers = found
        mine.append(seconds)
        if rank == 1:
            print(
                f"  Coodiag's index: built in {cost['built']:.1f} s, {cost['size']:.1f} MB on disk, "
                f"opened in {cost['opened'] * 1000:.0f} ms, {cost['memory']:.0f} MB of memory with the building",
                flush=True,
            )
        if python:
            others, seconds, cost = addok(python, asked, base, folder)
            theirs.append(seconds)
            if rank == 1:
                print(
                    f"  addok's index: built in {cost['built']:.1f} s, {cost['redis']:.1f} MB in Redis, "
                    f"{cost['memory']:.0f} MB of memory besides",
                    flush=True,
                )
    show(asked, answers, others)
    speeds(asked, mine, theirs)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=1, help="runs, for medians of speed (1)")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"real addresses ({SAMPLE})")
    parser.add_argument(
        "--large", action="store_true", help="100,000 rows in one run, killed and gone on with"
    )
    given = parser.parse_args()
    data = Path(os.environ.get("COODIAG_REAL_DATA", alias.ROOT.parent / "shared" / "data"))
    if not (data / "ban").is_dir():
        print(f"The real data is not in {data}: set COODIAG_REAL_DATA to its folder.")
        return 0
    return large(data) if given.large else compare(data, max(1, given.runs), given.sample)


if __name__ == "__main__":
    raise SystemExit(main())
