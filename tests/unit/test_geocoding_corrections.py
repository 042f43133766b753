"""Corrections: which rows are one address, what is kept, by whom, and what a damage costs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.address_key import address_key, normal_address
from coodiag.coodiag_plugin.geocoding.correction import AT_TOWN, CLICKED, GIVEN_UP, Correction
from coodiag.coodiag_plugin.geocoding.corrections import Corrections, remembered
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.words import fold
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
HERE = Correction(CLICKED, "adresse", -1.5, 48.0, "Point placé à la main", "99100")
GARE = Query("1", "12 bis rue de la Gare", "", "99100", "Valmoreau")


class Told(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def warn(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))


def store(path: Path, **options: Any) -> Corrections:
    return Corrections(path, Silent(), **options)


def key(address: str, **more: str) -> Any:
    fields = {"postcode": "99100", "city": "Valmoreau", **more}
    return address_key(Query("x", address, **fields))


#: Keys as they were first kept: a difference here makes every file of corrections forget.
FROZEN = {
    "12 bis rue de la Gare": "1|12bis|ruegare|99100|valmoreau",
    "3-5 av. du Gal Leclerc": "1|3-5|avenuegeneralleclerc|99100|valmoreau",
    "Rue du 8 mai 1945": "1||rue|8|mai|1945|99100|valmoreau",
    "Lieu-dit Le Haut-Clairet": "1||hautclairet|99100|valmoreau",
    "Résidence Les Œillets, bât. C, 4 allée St-Ardoin": "1||residenceoeilletsbatimentc|4|alleesaintardoin|99100|valmoreau",
    "n° 7, square de l’Étoile Apt 12 CEDEX 3": "1|7|squareetoile|99100|valmoreau",
}


@pytest.mark.parametrize("address", FROZEN)
def test_the_form_of_a_key_never_changes(address: str) -> None:
    assert key(address).named == FROZEN[address]


SAME = [
    ("12 bis rue de la Gare", "12BIS, RUE DE LA GARE"),
    ("12 bis rue de la Gare", "12 bis r. la gare"),
    ("12 bis rue de la Gare", "12 bis rue de la Gare, Apt 4"),
    ("12 bis rue de la Gare", "12 bis rue de la Gare 3ème étage"),
    ("12 bis rue de la Gare", "12 bis rue de la Gare 99100 VALMOREAU"),
    ("12 bis rue de la Gare", "12 bis rue de la Gare BP 12 Cedex"),
    ("012 rue Hoche", "12 rue Hoche"),
    ("3-5 av. du Gal Leclerc", "3 à 5 avenue général leclerc"),
    ("3/5 rue Hoche", "3 et 5 rue Hoche"),
    ("14 chemin du Bel-Air", "14 Chem. du Belair"),
    ("Rue de l’Étoile", "RUE DE L'ETOILE"),
    ("1er étage 5 place St Jean", "5 place Saint-Jean"),
    ("5 r Hoche", "5 rue Hoche"),
    ("5, ter rue Hoche", "5 ter rue Hoche"),
]
DIFFERENT = [
    ("12 rue de la Gare", "14 rue de la Gare"),
    ("12 rue de la Gare", "12 bis rue de la Gare"),
    ("12 rue de la Gare", "12 B rue de la Gare"),
    ("12 bis rue de la Gare", "12 ter rue de la Gare"),
    ("12 rue de la Gare", "12-14 rue de la Gare"),
    ("12-14 rue de la Gare", "12-16 rue de la Gare"),
    ("1 rue 12 Hoche", "11 rue 2 Hoche"),
    ("1 1 rue Hoche", "11 rue Hoche"),
    ("rue de la Gare", "12 rue de la Gare"),
    ("12 rue de la Gare", "12 place de la Gare"),
    ("Résidence du Parc bât A", "Résidence du Parc bât B"),
    ("Rue du 8 mai 1945", "Rue du 11 mai 1945"),
    ("Route Départementale 12", "Route Départementale 13"),
    ("12 rue de la Porte 4", "12 rue de la Porte 5"),
    ("lot 4 les Hauts", "lot 5 les Hauts"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_an_address_written_otherwise_is_the_same(left: str, right: str) -> None:
    assert key(left) == key(right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_two_addresses_are_never_one(left: str, right: str) -> None:
    assert key(left) != key(right)


@given(
    st.integers(1, 9999),
    st.sampled_from(["", "bis", "ter", "quater", "a", "b", "c"]),
    st.integers(1, 9999),
    st.sampled_from(["", "bis", "ter", "quater", "a", "b", "c"]),
    st.sampled_from([" ", ""]),
    st.sampled_from(["rue de la Gare", "avenue du 8 mai 1945", "allée Bel-Air", "Le Haut Clairet"]),
)
def test_two_numbers_are_two_keys(
    one: int, suffix: str, two: int, other: str, between: str, street: str
) -> None:
    same = (one, suffix) == (two, other)
    left = key(f"{one}{between if suffix else ''}{suffix} {street}")
    right = key(f"{two} {other} {street}")
    assert (left == right) == same


@given(st.text(max_size=60))
def test_any_text_has_a_key_that_does_not_fail(text: str) -> None:
    found = key(text)
    assert found is None or found.named.startswith("1|")
    assert normal_address(fold(text)) == normal_address(fold(text))


def test_the_commune_is_part_of_the_key() -> None:
    assert key("1 rue Hoche", city="Valmoreau") == key("1 rue Hoche", city="VALMOREAU CEDEX 2")
    assert key("1 rue Hoche", city="St-Ardoin s/ Lisse") == key(
        "1 rue Hoche", city="Saint Ardoin sur Lisse"
    )
    assert key("1 rue Hoche", city="Paris 12e arrondissement") == key(
        "1 rue Hoche", city="PARIS 12"
    )
    assert key("1 rue Hoche", city="Paris 12") != key("1 rue Hoche", city="Paris 13")
    assert key("1 rue Hoche", city="Clairet") != key("1 rue Hoche")
    assert key("1 rue Hoche", postcode="99200") != key("1 rue Hoche")
    assert key("1 rue Hoche", postcode="Valmoreau", city="99100") == key("1 rue Hoche")
    assert key("1 rue Hoche 99100 Valmoreau", postcode="", city="") == key("1 rue Hoche")
    assert key("", city="Valmoreau") is None
    assert key("12", city="Valmoreau") is None


def test_a_correction_is_found_again_and_undone(tmp_path: Path) -> None:
    with store(tmp_path / "c.sqlite") as kept:
        assert kept.get(GARE) is None
        assert kept.put(GARE, HERE) is None
        found = kept.get(replace(GARE, address="12BIS, R. DE LA GARE", row_id="77"))
        assert found is not None and (found.lon, found.lat) == (-1.5, 48.0)
        before = kept.put(GARE, replace(HERE, how=GIVEN_UP, status="echec", lon=None, lat=None))
        assert before == found and len(kept) == 1
        kept.restore(GARE, before)
        assert kept.get(GARE) == found
        kept.restore(GARE, None)
        assert kept.get(GARE) is None and len(kept) == 0


def test_a_code_and_a_name_find_one_another_but_two_codes_never(tmp_path: Path) -> None:
    coded = replace(GARE, citycode="35001")
    other = replace(GARE, citycode="35002")
    with store(tmp_path / "c.sqlite") as kept:
        kept.put(coded, HERE)
        assert kept.get(coded) and kept.get(GARE)
        assert kept.get(replace(coded, city="", postcode=""))
        assert kept.get(other) is None
        kept.put(other, replace(HERE, lon=-1.6))
        assert kept.get(GARE) is None, "two communes of that name and postcode: not guessed"
        assert kept.get(coded) and kept.get(other)
        nameless = Query("9", GARE.address)
        assert kept.get(nameless) is None
    with store(tmp_path / "d.sqlite") as kept:
        kept.put(GARE, HERE)
        assert kept.get(coded) is not None


def test_a_row_without_an_address_is_refused(tmp_path: Path) -> None:
    with store(tmp_path / "c.sqlite") as kept, pytest.raises(InputError, match="no address"):
        kept.put(Query("1", "", "", "99100", "Valmoreau"), HERE)


def test_answers_come_by_position_with_their_date(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with store(path) as kept:
        kept.put(GARE, replace(HERE, note="Entrée par la cour.", date="2026-03-01T08:00:00+00:00"))
        kept.put(replace(GARE, address="Rue X"), Correction(GIVEN_UP, "echec", None, None))
    rows = [Query("a", "1 rue Y", "", "99100", "Valmoreau"), GARE, replace(GARE, address="rue x")]
    answers = remembered(path, Silent())(rows)
    assert sorted(answers) == [1, 2]
    assert answers[1].source == "correction" and answers[1].row_id == "1"
    assert answers[1].note == "Placée à la relecture du 1er\u00a0mars 2026. Entrée par la cour."
    assert (answers[1].x, answers[1].y, answers[1].score) == (-1.5, 48.0, 1.0)
    assert answers[2].x is None and answers[2].status == "echec"
    assert remembered(tmp_path / "none.sqlite", Silent(), ours=True)(rows) == {}
    assert not (tmp_path / "none.sqlite").exists(), "reading makes no file"


def test_nothing_of_the_row_is_in_the_file_and_only_its_owner_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "inner" / "c.sqlite"
    query = Query("REF-0042", "12 rue Zanzibarine", "chez Mme Quetzalcoatl", "99100", "Valmoreau")
    with store(path) as kept:
        kept.put(query, HERE)
        kept.put(replace(query, citycode="35001"), HERE)
    content = path.read_bytes()
    for word in ("zanzibarine", "quetzalcoatl", "ref-0042", "valmoreau"):
        assert word.encode() not in content.lower()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def _write_many(path: str, first: int) -> None:
    with Corrections(Path(path), Silent()) as kept:
        for number in range(first, first + 25):
            kept.put(replace(GARE, address=f"{number} rue Hoche"), HERE)


def test_four_processes_make_the_file_and_write_together(tmp_path: Path) -> None:
    path = str(tmp_path / "c.sqlite")
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_write_many, args=(path, n * 100 + 1)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    with store(Path(path)) as kept:
        assert len(kept) == 100
        assert len(kept._salts()) == 1


CHILD = """
import sys; sys.path.insert(0, sys.argv[1])
import tests.conftest  # gives the package its name
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.correction import Correction
from coodiag.coodiag_plugin.geocoding.corrections import Corrections
from coodiag.coodiag_plugin.geocoding.queries import Query
from pathlib import Path
kept = Corrections(Path(sys.argv[2]), Silent())
number = 0
while True:
    number += 1
    kept.put(Query("1", f"{number} rue Hoche", "", "99100", "V"), Correction("clicked", "adresse", 1.0, 2.0))
    sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_what_was_told_as_kept_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(ROOT), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = 0
    until = time.monotonic() + 30
    while told < 20 and time.monotonic() < until:
        told = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    rest = child.communicate()[0].split()
    told = int(rest[-1]) if rest else told
    with store(path) as kept:
        for number in range(1, told + 1):
            assert kept.get(Query("1", f"{number} rue Hoche", "", "99100", "V")) is not None
        assert told <= len(kept) <= told + 1


def fill(path: Path, count: int) -> None:
    with store(path) as kept:
        for number in range(1, count + 1):
            kept.put(replace(GARE, address=f"{number} rue Hoche"), replace(HERE, note="long " * 20))


def test_a_damaged_file_is_set_aside_and_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    fill(path, 200)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = os.urandom(4096)
    path.write_bytes(content)
    told = Told()
    with Corrections(path, told) as kept:
        assert 0 < len(kept) < 200
        some = [n for n in range(1, 201) if kept.get(replace(GARE, address=f"{n} rue Hoche"))]
        assert len(some) == len(kept)
    (aside,) = tmp_path.glob("c.damaged-*.sqlite")
    assert aside.read_bytes() == bytes(content)
    assert len(told.said) == 1 and aside.name in told.said[0] and str(len(some)) in told.said[0]
    again = Told()
    Corrections(path, again).close()
    assert again.said == []


def test_a_ruined_file_is_set_aside_only_where_it_is_surely_ours(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"no database at all")
    with pytest.raises(InputError, match="not a file of corrections"):
        store(path)
    assert path.read_bytes() == b"no database at all"
    told = Told()
    with Corrections(path, told, ours=True) as kept:
        assert len(kept) == 0 and len(told.said) == 1
    (aside,) = tmp_path.glob("c.damaged-*.sqlite")
    assert aside.read_bytes() == b"no database at all"


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.gpkg"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE mine (x)")
    base.commit()
    base.close()
    before = path.read_bytes()
    for ours in (False, True):
        with pytest.raises(InputError, match="not a file of corrections"):
            store(path, ours=ours)
    assert path.read_bytes() == before


def test_a_newer_file_and_a_folder_are_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    fill(path, 1)
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 2")
    base.close()
    with pytest.raises(InputError, match="newer Coodiag"):
        store(path)
    with pytest.raises(InputError, match="cannot be used"):
        store(tmp_path)


def test_corrections_travel_with_their_salt_and_the_later_stays(tmp_path: Path) -> None:
    early, late = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
    with store(tmp_path / "a.sqlite") as mine, store(tmp_path / "b.sqlite") as theirs:
        theirs.put(GARE, replace(HERE, lon=2.0, date=late))
        theirs.put(replace(GARE, address="9 rue Hoche"), replace(HERE, how=AT_TOWN))
        mine.put(GARE, replace(HERE, date=early))
        assert mine.take(list(theirs.export())) == 2
        assert mine.take(list(theirs.export())) == 0
        found = mine.get(GARE)
        assert found is not None and found.lon == 2.0
        assert mine.get(replace(GARE, address="9, r. Hoche")) is not None
        assert remembered(mine.path, Silent())([GARE])[0].x == 2.0
        before = mine.put(GARE, replace(HERE, lon=3.0))
        newest = mine.get(GARE)
        assert newest is not None and newest.lon == 3.0
        mine.restore(GARE, before)
        back = mine.get(GARE)
        assert back is not None and back.lon == 2.0
