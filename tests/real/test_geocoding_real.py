"""Accuracy on a real BAN file (half of Bondy, 4 496 addresses), clean, damaged, and absent.

Truth is the BAN row itself. A *false positive* is a row given as located (address, street or
place) more than 200 m from its truth, its own street apart.
"""

from __future__ import annotations

import csv
import math
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.ban_file import BanRow, read
from coodiag.coodiag_plugin.geocoding.ban_index import BanIndex, open_index
from coodiag.coodiag_plugin.geocoding.cleaning import parse
from coodiag.coodiag_plugin.geocoding.geocoder import Located, Query, geocode
from coodiag.coodiag_plugin.geocoding.similarity import kind_agreement, name_similarity
from coodiag.coodiag_plugin.geocoding.towns import Town, Towns
from coodiag.coodiag_plugin.geocoding.words import street_name
from coodiag.tests.real.address_damage import DAMAGES, compounded, damage

pytestmark = pytest.mark.real

SAMPLE = 1500
#: Least share found at the house number for each damage, a little under what is reached.
FLOORS = dict.fromkeys(DAMAGES, 0.995) | {
    "typo": 0.985,
    "two typos": 0.96,
    "no type of way": 0.985,
}


@dataclass(frozen=True)
class Bondy:
    path: Path
    rows: list[BanRow]
    index: BanIndex

    @property
    def queries(self) -> list[Query]:
        return [
            Query(
                str(at),
                " ".join(f"{r.number} {r.suffix} {r.street}".split()),
                "",
                r.postcode,
                r.city,
            )
            for at, r in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Scores:
    total: int
    number: float
    street: float
    false: int


@pytest.fixture(scope="module")
def bondy(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bondy]:
    path = real_data / "ban" / "adresses-93010_part.csv"
    rows = [row for row in read(path, Silent()) if row is not None]
    cache = tmp_path_factory.mktemp("ban")
    with open_index([path], cache, Silent()) as index:
        yield Bondy(path, rows, index)


def metres(found: Located, truth: BanRow) -> float:
    assert found.x is not None
    assert found.y is not None
    east = (found.x - truth.lon) * math.cos(math.radians(truth.lat))
    return 111_195.0 * math.hypot(east, found.y - truth.lat)


def score(rows: Sequence[BanRow], queries: Sequence[Query], index: BanIndex) -> Scores:
    answers = geocode(queries, index, None, progress=Silent())
    assert [a.row_id for a in answers] == [q.row_id for q in queries]
    number = street = false = 0
    for answer in answers:
        truth = rows[int(answer.row_id)]
        located = answer.status in ("adresse", "voie", "lieu-dit")
        same = located and truth.street in answer.label
        number += answer.status == "adresse" and metres(answer, truth) < 30
        street += same
        wrong_place = located and metres(answer, truth) > 200
        false += wrong_place and not (same and answer.status != "adresse")
    total = len(queries)
    return Scores(total, number / total, street / total, false)


def test_the_whole_file_is_indexed(bondy: Bondy) -> None:
    assert len(bondy.rows) == 4496
    assert bondy.index.addresses == 4496
    assert [t.name for t in bondy.index.towns] == ["Bondy"]


def test_every_address_of_the_file_is_found_clean(bondy: Bondy) -> None:
    found = score(bondy.rows, bondy.queries, bondy.index)
    assert found.number >= 0.999
    assert found.false == 0


@pytest.mark.parametrize("name", list(DAMAGES))
def test_damaged_addresses(bondy: Bondy, name: str) -> None:
    sample = random.Random(7).sample(bondy.queries, SAMPLE)
    found = score(bondy.rows, [damage(query, name, 3) for query in sample], bondy.index)
    print(f"{name}: {found}")
    assert found.number >= FLOORS[name]
    assert found.street >= found.number
    assert found.false == 0


@pytest.mark.parametrize("seed", [5, 6])
def test_several_damages_at_once(bondy: Bondy, seed: int) -> None:
    sample = random.Random(seed).sample(bondy.queries, SAMPLE)
    found = score(bondy.rows, [compounded(query, seed) for query in sample], bondy.index)
    print(found)
    assert found.number >= 0.98
    assert found.false == 0


@pytest.mark.parametrize("seed", [11, 12])
def test_streets_that_the_index_lacks_are_not_invented(
    bondy: Bondy, tmp_path: Path, seed: int
) -> None:
    """Half of the streets are taken out of the file: their addresses must fall to the commune."""
    names = sorted({row.street for row in bondy.rows})
    gone = set(random.Random(seed).sample(names, len(names) // 2))
    header, *lines = bondy.path.read_text(encoding="utf-8").splitlines()
    kept = [line for line, row in zip(lines, bondy.rows) if row.street not in gone]
    half = tmp_path / "half.csv"
    half.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    queries = [q for q, row in zip(bondy.queries, bondy.rows) if row.street in gone]
    with open_index([half], tmp_path / "cache", Silent()) as index:
        clean = score(bondy.rows, queries, index)
        worse = score(bondy.rows, [compounded(query, 3) for query in queries], index)
    print(clean, worse)
    assert clean.total > 2000
    assert clean.false / clean.total <= 0.002
    assert worse.false / worse.total <= 0.006


def test_other_communes_are_never_put_in_bondy(bondy: Bondy) -> None:
    """Common street names of a commune that the BAN file does not hold."""
    towns = Towns.from_rows([{"codgeo": "93053", "nom": "Noisy-le-Sec", "lon": 2.46, "lat": 48.89}])
    queries = [
        Query(q.row_id, q.address, "", postcode, "Noisy-le-Sec")
        for q, postcode in zip(bondy.queries[:1000], ("93130", "93140", "") * 334)
    ]
    answers = geocode(queries, bondy.index, towns, progress=Silent())
    assert {answer.citycode for answer in answers} == {"93053"}
    assert {answer.status for answer in answers} == {"commune"}


def test_speed_on_one_core(bondy: Bondy) -> None:
    """A wide floor for a busy machine; ``scripts/bench`` has the figure."""
    sample = [damage(q, "abbreviation", 3) for q in bondy.queries]
    geocode(sample[:200], bondy.index, None, progress=Silent())
    start = time.process_time()
    geocode(sample, bondy.index, None, progress=Silent())
    assert len(sample) / (time.process_time() - start) > 2000


@dataclass(frozen=True)
class Expected:
    """A real address of geocoder-tester; its two queries end with the city, with the postcode."""

    number: int
    suffix: str
    street: str
    postcode: str
    city: str
    with_city: str
    with_postcode: str


def _real_addresses(folder: Path) -> list[Expected]:
    found = []
    for path in sorted(folder.glob("*__test_addresses.csv")):
        with path.open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        for first, second in zip(rows, rows[1:]):
            number = re.match(r"(\d+)\s*(\w*)", first["expected_housenumber"])
            same = all(first[k] == second[k] for k in ("expected_street", "expected_housenumber"))
            if number and same and first["expected_postcode"] and second["expected_city"]:
                found.append(
                    Expected(
                        int(number.group(1)),
                        number.group(2).lower(),
                        first["expected_street"],
                        first["expected_postcode"].zfill(5),
                        second["expected_city"],
                        first["query"],
                        second["query"],
                    )
                )
    return found


@pytest.mark.parametrize("form", ["columns", "with city", "with postcode"])
def test_real_addresses_of_694_communes(real_data: Path, tmp_path: Path, form: str) -> None:
    """Names of five régions, some of which look like a building, a floor or a commune.

    Positions are invented (the file has none): only the label is judged.
    """
    expected = _real_addresses(real_data / "geocoding" / "geocoder-tester")
    assert len(expected) > 750
    codes: dict[tuple[str, str], str] = {}
    lines = ["id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat"]
    for at, e in enumerate(expected):
        code = codes.setdefault((e.city, e.postcode), f"{e.postcode[:2]}{len(codes):03d}")
        lines.append(
            f"{code}_{at:04d}_{e.number:05d};{e.number};{e.suffix};{e.street};{e.postcode};{code};{e.city};{at / 100};45.0"
        )
    ban = tmp_path / "ban.csv"
    ban.write_text("\n".join(lines) + "\n", encoding="utf-8")
    queries = []
    for at, e in enumerate(expected):
        number = f"{e.number}{e.suffix} {e.street}"
        cells = {
            "columns": Query(str(at), number, "", e.postcode, e.city),
            "with city": Query(str(at), e.with_city),
            "with postcode": Query(str(at), e.with_postcode),
        }
        queries.append(cells[form])
    with open_index([ban], tmp_path / "cache", Silent()) as index:
        answers = geocode(queries, index, None, progress=Silent())
    missed = [
        (query, answer)
        for query, answer, e in zip(queries, answers, expected)
        if answer.status != "adresse"
        or answer.label
        != " ".join(f"{e.number} {e.suffix} {e.street} {e.postcode} {e.city}".split())
    ]
    print(f"{form}: {len(expected) - len(missed)} of {len(expected)}", missed[:5])
    assert len(missed) <= 0.005 * len(expected)


def test_shortened_names_find_their_long_form(real_data: Path) -> None:
    """normadresse (32-character rule): the best of all long names is the right one."""
    pairs = []
    text = (real_data / "geocoding" / "normadresse_tests.yml").read_text(encoding="utf-8")
    for line in text.splitlines():
        long, separator, short = line.partition(": ")
        if separator and not line.startswith("#"):
            pairs.append((street_name(long), street_name(short), long))
    assert len(pairs) > 35
    right, close = 0, 0
    for _, short, long in pairs:
        ranked = sorted(
            (
                (name_similarity(short, other) * kind_agreement(short.kind, other.kind), name)
                for other, _, name in pairs
            ),
            reverse=True,
        )
        right += ranked[0][1] == long
        close += ranked[0][1] == long and ranked[0][0] >= 0.68
    print(f"{right} best, {close} above the least score, of {len(pairs)}")
    assert right == len(pairs)
    assert close >= 0.9 * len(pairs)


def _communes(cog: Path) -> Towns:
    """Communes of the COG with the names of those merged into them; without positions."""
    with cog.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    merged: dict[str, list[str]] = {}
    for row in rows:
        if row["TYPECOM"] == "COMD":
            merged.setdefault(row["COMPARENT"], []).append(row["LIBELLE"])
    return Towns(
        Town(row["COM"], row["LIBELLE"], 0.0, 0.0, (), tuple(merged.get(row["COM"], ())))
        for row in rows
        if row["TYPECOM"] == "COM"
    )


def test_real_dirty_addresses_are_read_and_placed_at_their_town(real_data: Path) -> None:
    with (real_data / "social" / "prescripteurs_insertion.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    queries = [
        Query(str(at), r["address_line_1"], r["address_line_2"], r["post_code"], r["city"])
        for at, r in enumerate(rows)
    ]
    parsed = [parse(q.address, q.complement, q.city) for q in queries]
    assert all(p.variants for p in parsed)
    numbered = [(q, p) for q, p in zip(queries, parsed) if q.address[:1].isdigit()]
    assert len(numbered) > 70
    for query, found in numbered:
        digits = "".join(c for c in query.address.split(" ")[0] if c.isdigit())
        assert found.variants[0].number == int(digits)
    towns = _communes(real_data / "cog" / "commune_2021_COG.csv")
    answers = geocode(queries, None, towns, progress=Silent())
    inside = [
        (q, a) for q, a in zip(queries, answers) if q.postcode[:2] in ("14", "27", "35", "61")
    ]
    missed = [q.city for q, a in inside if a.status != "commune"]
    print(f"{len(inside) - len(missed)} of {len(inside)} towns found, missed: {missed}")
    assert len(inside) > 30
    assert missed == []
    assert all(a.citycode[:2] == q.postcode[:2] for q, a in inside if a.found)


def test_every_merged_commune_leads_to_the_present_one(real_data: Path) -> None:
    """The official table of changes: old codes and old names of four départements and more."""
    import pandas as pd
    from coodiag.coodiag_plugin.sources.changes import Changes

    table = pd.read_csv(real_data / "cog" / "mouvements_communes_2024.csv", dtype=str)
    changes = Changes.from_table(table)
    gone = [(code, name, codes) for code, name, codes in changes.former() if (code,) != codes]
    assert len(gone) > 300
    names = dict(zip(table["COM_AP"], table["LIBELLE_AP"]))
    present = {code for _, _, codes in gone for code in codes}
    towns = Towns(Town(code, names[code], 0.0, 0.0) for code in sorted(present)).with_former(gone)
    for code, name, expected in gone:
        by_code = {t.code for t in towns.find("", "", code).towns}
        assert by_code == {code} if code in present else by_code >= set(expected), code
        found = {t.code for t in towns.find(name, f"{code[:2]}999", "").towns}
        assert found & set(expected), name
