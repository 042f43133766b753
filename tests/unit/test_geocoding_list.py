"""What French files hold, one test an item: each must end at the right place, or be flagged."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.ban_index import BanIndex, open_index
from coodiag.coodiag_plugin.geocoding.cleaning import parse
from coodiag.coodiag_plugin.geocoding.geocoder import Located, Query, geocode
from coodiag.coodiag_plugin.geocoding.queries import arrange
from coodiag.coodiag_plugin.geocoding.similarity import edit_distance, word_similarity
from coodiag.coodiag_plugin.geocoding.streets import Street, StreetTable
from coodiag.coodiag_plugin.geocoding.towns import Town, Towns
from coodiag.coodiag_plugin.geocoding.words import street_name
from coodiag.tests.unit.geocoding_samples import HEADER, lines, write_ban
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]

#: code, name, postcode, old code, old name, street, numbers, type of row
MORE = (
    ("99010", "Grand-Bourg", "99400", "", "", "Rue Saint-Éloi", ("1", "2 bis", "5", "5 b", "9"), 0.0),
    ("99010", "Grand-Bourg", "99400", "", "", "Rue du Général de Gaulle", ("4", "8"), 0.02),
    ("99010", "Grand-Bourg", "99400", "", "", "Route de Montclair", ("7", "11"), 0.04),
    ("99010", "Grand-Bourg", "99400", "", "", "Rue du Faubourg Saint-Jacques", ("3",), 0.06),
    ("99010", "Grand-Bourg", "99400", "", "", "Résidence des Tilleuls", ("6",), 0.08),
    ("99010", "Grand-Bourg", "99400", "", "", "Chemin du Clos", ("10",), 0.10),
    ("99010", "Grand-Bourg", "99400", "", "", "Rue de l'Est", ("12",), 0.12),
    ("99010", "Grand-Bourg", "99400", "", "", "Rue de la Mare Prolongée", ("20", "22"), 0.14),
    ("99010", "Grand-Bourg", "99400", "99011", "Petit-Bourg", "Place de la Halle", ("2",), 0.16),
    ("99010", "Grand-Bourg", "99400", "", "", "Le Haut Village", ("",), 0.18),
    ("99010", "Grand-Bourg", "99400", "", "", "Le Haut Village", ("1", "3"), 0.181),
    ("97411", "Saint-Denis", "97400", "", "", "Rue de Paris", ("15",), 0.3),
    ("97209", "Fort-de-France", "97200", "", "", "Rue Victor Schœlcher", ("9",), 0.32),
    ("2A004", "Ajaccio", "20000", "", "", "Cours Napoléon", ("31",), 0.34),
    ("2B033", "Bastia", "20200", "", "", "Boulevard Paoli", ("14",), 0.36),
    ("69383", "Lyon 3e Arrondissement", "69003", "", "", "Rue Paul Bert", ("40",), 0.38),
    ("69386", "Lyon 6e Arrondissement", "69006", "", "", "Rue Paul Bert", ("2",), 0.5),
    ("13208", "Marseille 8e Arrondissement", "13008", "", "", "Rue Paradis", ("400",), 0.52),
)  # fmt: skip


def rows() -> list[str]:
    found = [HEADER]
    for rank, (code, city, postcode, old_code, old_city, street, numbers, east) in enumerate(MORE):
        for at, text in enumerate(numbers):
            number, _, suffix = text.partition(" ")
            identifier = f"{code}_{rank:04d}_{int(number or 0):05d}" if number else ""
            x = 3.0 + east + 0.0002 * at
            cells = (identifier, "", number, suffix, street, postcode, code, city, old_code, old_city, "", "", f"{x:.6f}", "46.500000", "", "", "", city.upper(), "", "", "", "", "")  # fmt: skip
            found.append(";".join(cells))
    return found


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BanIndex]:
    folder = tmp_path_factory.mktemp("ban")
    with open_index([write_ban(folder / "b.csv", rows())], folder / "c", Silent()) as opened:
        yield opened


def locate(index: BanIndex, *cells: str) -> Located:
    return geocode([Query("r", *cells)], index, None, progress=Silent())[0]


@pytest.mark.parametrize(
    ("address", "label"),
    [
        # number and suffix
        ("2 bis rue Saint-Éloi", "2 bis Rue Saint-Éloi"),
        ("2bis, rue Saint-Éloi", "2 bis Rue Saint-Éloi"),
        ("2B rue Saint-Éloi", "2 bis Rue Saint-Éloi"),
        ("2 BIS RUE SAINT ELOI", "2 bis Rue Saint-Éloi"),
        ("5-9 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("3-5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("n° 5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("5 b Saint-Éloi", "5 b Rue Saint-Éloi"),
        ("5 b ruee Saint-Éloi", "5 b Rue Saint-Éloi"),
        # what is inside the building
        ("Apt 12, 5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("5 rue Saint-Éloi appt n°4 esc 2", "5 Rue Saint-Éloi"),
        ("bât. B 5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("5 rue Saint-Éloi - Bâtiment Exemple", "5 Rue Saint-Éloi"),
        ("5 rue Saint-Éloi 2ème étage gauche", "5 Rue Saint-Éloi"),
        ("Résidence Modèle 5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("6 résidence des Tilleuls", "6 Résidence des Tilleuls"),
        ("6 rés. des Tilleuls bât A", "6 Résidence des Tilleuls"),
        # whose home, and where letters go
        ("chez Mme Exemple 5 rue Saint-Éloi", "5 Rue Saint-Éloi"),
        ("5 rue Saint-Éloi c/o M. Modèle", "5 Rue Saint-Éloi"),
        ("5 rue Saint-Éloi BP 27", "5 Rue Saint-Éloi"),
        ("10 chemin du Clos CS 40123", "10 Chemin du Clos"),
        ("10 chemin du Clos - CS 10 001", "10 Chemin du Clos"),
        ("BP 27 10 chemin du Clos", "10 Chemin du Clos"),
        # places
        ("lieu-dit Le Haut Village", "Le Haut Village"),
        ("3 lieu dit le haut village", "3 Le Haut Village"),
        # abbreviations
        ("8 r du Gal de Gaulle", "8 Rue du Général de Gaulle"),
        ("8 R. DU GAL DE GAULLE", "8 Rue du Général de Gaulle"),
        ("7 rte de Montclair", "7 Route de Montclair"),
        ("10 chem. du Clos", "10 Chemin du Clos"),
        ("5 rue St Eloi", "5 Rue Saint-Éloi"),
        ("3 r du fbg st jacques", "3 Rue du Faubourg Saint-Jacques"),
        # letters lost, doubled, exchanged
        ("12 rue de lEst", "12 Rue de l'Est"),
        ("7 Rooute de Montclair", "7 Route de Montclair"),
        ("7 roorte de Montclair", "7 Route de Montclair"),
        ("5 rue saint elio", "5 Rue Saint-Éloi"),
    ],
)
def test_address_as_people_write_it(index: BanIndex, address: str, label: str) -> None:
    found = locate(index, address, "", "99400", "Grand-Bourg")
    assert found.label == f"{label} 99400 Grand-Bourg"


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        (("5 rue Saint-Éloi", "", "99401", "Grand-Bourg CEDEX 2"), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("5 rue Saint-Éloi\n99400 Grand-Bourg",), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("5 rue Saint-Éloi - BP 12 - 99400 GRAND BOURG CEDEX",), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("", "", "", "Apt 3 - 5 rue Saint-Éloi - 99400 Grand-Bourg"), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("", "", "", "Le Haut Village 99400 Grand-Bourg"), "Le Haut Village 99400 Grand-Bourg"),
        (("Grand-Bourg", "", "99400", "7 de Montclair"), "7 Route de Montclair 99400 Grand-Bourg"),
        (("Grand-Bourg", "", "99400", "5 b Saint-Éloi"), "5 b Rue Saint-Éloi 99400 Grand-Bourg"),
        (("Grand-Bourg", "", "99400", "Apt 12, 2 bis rue Saint-Éloi"), "2 bis Rue Saint-Éloi 99400 Grand-Bourg"),
        (("5 rue Saint-Éloi", "", "Grand-Bourg CEDEX 2", "99400"), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("5 rue Saint-Éloi", "", "Grand-Bourg", ""), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("5 rue Saint-Éloi", "", "99400 Grand-Bourg", ""), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("Hall C", "5 rue Saint-Éloi", "99400", "Grand-Bourg"), "5 Rue Saint-Éloi 99400 Grand-Bourg"),
        (("2 place de la Halle", "", "99400", "Petit-Bourg"), "2 Place de la Halle 99400 Grand-Bourg"),
        (("2 place de la Halle", "", "", "", "99011"), "2 Place de la Halle 99400 Grand-Bourg"),
        (("15 rue de Paris", "", "97400", "St-Denis"), "15 Rue de Paris 97400 Saint-Denis"),
        (("9 r Victor Schoelcher", "", "97200", "FORT DE FRANCE"), "9 Rue Victor Schœlcher 97200 Fort-de-France"),
        (("31 crs Napoleon", "", "20000", "Ajaccio"), "31 Cours Napoléon 20000 Ajaccio"),
        (("14 bd Paoli", "", "", "", "2b033"), "14 Boulevard Paoli 20200 Bastia"),
        (("40 rue Paul Bert", "", "69003", "Lyon"), "40 Rue Paul Bert 69003 Lyon 3e Arrondissement"),
        (("2 rue Paul Bert", "", "", "Lyon 6ème"), "2 Rue Paul Bert 69006 Lyon 6e Arrondissement"),
        (("40 rue Paul Bert", "", "69003", "", "69123"), "40 Rue Paul Bert 69003 Lyon 3e Arrondissement"),
        (("400 rue Paradis", "", "", "MARSEILLE 08"), "400 Rue Paradis 13008 Marseille 8e Arrondissement"),
    ],
)  # fmt: skip
def test_row_as_people_fill_it(index: BanIndex, cells: tuple[str, ...], label: str) -> None:
    assert locate(index, *cells).label == label


def test_street_in_two_districts_of_a_city_is_flagged(index: BanIndex) -> None:
    found = locate(index, "40 rue Paul Bert", "", "", "Lyon")
    assert (found.status, found.label) == ("commune", "Lyon")
    assert "Plusieurs voies" in found.note


def test_lengthened_street_is_not_the_street(index: BanIndex) -> None:
    """« prolongée » is another way: without its number there is nothing to hold on to."""
    assert locate(index, "20 rue de la Mare Prolongée", "", "", "Grand-Bourg").score == 1.0
    assert locate(index, "21 rue de la Mare", "", "", "Grand-Bourg").status == "commune"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("7 route de Montclair", "adresse"),
        ("7 rue de Montclair", "adresse"),  # another type of way
        ("7 route de Montclar", "adresse"),  # another spelling
        ("7 rue de Montclar", "commune"),  # both
        ("8 route de Montclair", "voie"),  # no such number
        ("8 rue de Montclair", "commune"),  # and another type of way
        ("7 route de Moncair", "adresse"),  # a name that resembles
        ("8 route de Moncair", "commune"),  # and no such number
        ("rue de Montclar", "commune"),
    ],
)
def test_one_doubt_passes_and_two_do_not(index: BanIndex, address: str, status: str) -> None:
    found = locate(index, address, "", "99400", "Grand-Bourg")
    assert found.status == status
    assert found.score == 1.0 or found.note


def test_place_that_bears_the_name_of_a_street_makes_no_doubt(index: BanIndex) -> None:
    """BAN files hold « Le Haut Village » twice: as a place, and as the street of its numbers."""
    assert [s.place for s in index.table("99010").streets if s.name == "Le Haut Village"] == [1, 0]
    found = locate(index, "2 le haut village", "", "", "Grand-Bourg")
    assert (found.status, found.label) == ("voie", "Le Haut Village 99400 Grand-Bourg")
    assert "Numéro 2 absent" in found.note


# --- communes of the table of changes ---------------------------------------------------------

PRESENT = Towns([Town("14762", "Vire Normandie", -0.9, 48.8, ("14500",)), Town("14005", "Valambray", -0.1, 49.1)])  # fmt: skip
FORMER = [
    ("14726", "Truttemer-le-Grand", ("14762",)),
    ("14762", "Vire", ("14762",)),
    ("14999", "Partagée", ("14762", "14005")),
    ("14001", "Ablon", ("14998",)),
]


@pytest.mark.parametrize(
    ("city", "code", "found"),
    [
        ("Truttemer-le-Grand", "", ["14762"]),
        ("", "14726", ["14762"]),
        ("VIRE", "", ["14762"]),
        ("Partagée", "", ["14005", "14762"]),
        ("", "14999", ["14005", "14762"]),
        ("Vire Normandie", "", ["14762"]),
        ("Ablon", "", []),
    ],
)
def test_communes_that_were_merged(city: str, code: str, found: list[str]) -> None:
    towns = PRESENT.with_former(FORMER).find(city, "", code).towns
    assert sorted(town.code for town in towns) == found


# --- reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "postcode", "box"),
    [
        ("163 rue du Clos CS 40123", "", True),
        ("163 rue du Clos BP 70 412", "", True),
        ("163 rue du Clos 99400", "99400", False),
        ("163 rue du Clos CS 40123 99400", "99400", True),
    ],
)
def test_number_of_a_box_is_no_postcode(address: str, postcode: str, box: bool) -> None:
    found = parse(address)
    assert (found.postcode, found.box) == (postcode, box)
    assert (found.variants[0].number, found.variants[0].text) == (163, "rue du clos")


@pytest.mark.parametrize(
    ("address", "suffix", "text"),
    [
        ("12 b de la Gare", "b", "de la gare"),
        ("12 a Aveneu Carnot", "a", "aveneu carnot"),
        ("12 J Jaurès", "", "j jaures"),
        ("12 R de la Gare", "", "r de la gare"),
    ],
)
def test_lone_letter_after_the_number(address: str, suffix: str, text: str) -> None:
    found = parse(address).variants[0]
    assert (found.number, found.suffix, found.text) == (12, suffix, text)


def test_lone_letter_before_a_name_is_read_both_ways() -> None:
    readings = {(v.suffix, v.text) for v in parse("55 b Blanqui").variants}
    assert {("", "b blanqui"), ("b", "blanqui")} <= readings
    assert ("j", "jaures") not in {(v.suffix, v.text) for v in parse("12 J Jaurès").variants}


@pytest.mark.parametrize(
    "query",
    [
        Query("1", "12 rue Carnot", "", "35000", "Rennes Cedex 7"),
        Query("1", "Le Bourg", "", "", "Rennes"),
        Query("1", "", "", "35000", "Rennes"),
        Query("1", "12 rue Carnot", "Bât B", "", "Paris 11"),
        Query("1", "12 rue Carnot", "", "", "Saint-Martin-de-la-Place"),
    ],
)
def test_cells_in_their_place_stay_there(query: Query) -> None:
    assert arrange(query) == query


def test_number_first_in_the_city_is_an_address() -> None:
    found = arrange(Query("1", "Bonyd", "", "93140", "163 Louis Blanqui"))
    assert (found.address, found.city) == ("163 Louis Blanqui", "Bonyd")


letters = st.text(alphabet="abcde", max_size=9)


@given(letters, letters)
def test_edit_distance_is_that_of_the_table(left: str, right: str) -> None:
    """Against the plain table of Boytsov 2011, section 2.2: swap, drop, add, replace cost one."""
    table = [[i + j for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (left[i - 1] != right[j - 1]),
            )
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    assert edit_distance(left, right, 99) == table[-1][-1]


def test_lost_apostrophe_before_a_short_word() -> None:
    assert word_similarity("lest", "est") > 0.9


def _table(*names: str) -> StreetTable:
    return StreetTable(
        [
            Street("99001", at, name, "", 0, "99100", "", "", 2.0, 47.0)
            for at, name in enumerate(names, 1)
        ]
    )


def test_very_name_is_not_disturbed_by_its_likes() -> None:
    table = _table("Rue des Moulins", "Rue du Moulin", "Impasse du Moulin")
    assert [m.street.name for m in table.match("rue du moulin")][:2] == ["Rue du Moulin", "Impasse du Moulin"]  # fmt: skip
    assert _table("Rue des Moulins").match("rue du moulin")[0].similarity > 0.9


def test_likes_are_found_though_the_word_is_known_elsewhere() -> None:
    """« moulin » is a word of the commune, in another street than the one that is meant."""
    table = _table("Rue des Moulins", "Impasse du Vieux Moulin")
    assert table.match("rue du moulin")[0].street.name == "Rue des Moulins"


def test_misspelt_word_finds_a_longer_name() -> None:
    table = _table("Rue du Docteur Emmanuel Markovitch", "Rue du Docteur Roux")
    found = table.match("rue markovich")
    assert found[0].street.name == "Rue du Docteur Emmanuel Markovitch"


def test_lengthened_names_agree_with_each_other_only() -> None:
    table = _table("Rue Carnot Prolongée")
    assert table.match("rue carnot prolongee")[0].similarity == 1.0
    assert table.match("rue carnot")[0].similarity < table.match("rue carnot")[0].words
    assert street_name("rue carnot prolongée").extension
    assert not street_name("rue carnot").extension


# --- the same answers everywhere --------------------------------------------------------------

SCRIPT = """
import importlib.util, json, sys
from dataclasses import astuple
from pathlib import Path
spec = importlib.util.spec_from_file_location("coodiag", sys.argv[1] + "/__init__.py", submodule_search_locations=[sys.argv[1]])
package = importlib.util.module_from_spec(spec); sys.modules["coodiag"] = package; spec.loader.exec_module(package)
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.geocoder import Query, geocode
queries = [Query(*cells) for cells in json.loads(sys.argv[4])]
with open_index([Path(sys.argv[2])], Path(sys.argv[3]), Silent()) as index:
    print(json.dumps([astuple(found) for found in geocode(queries, index, None, progress=Silent())]))
"""


def test_other_processes_and_orders_give_the_same(tmp_path: Path) -> None:
    """Each process has its own order of sets and its own index; rows come in another order."""
    header, *body = [*lines(), *rows()[1:]]
    streets = ("r de la gar", "rue Jaures", "av de gaule", "Carnot", "rue paul bert", "st eloi", "haut vilage")  # fmt: skip
    towns = (("99100", ""), ("99100", "Valmoreau"), ("", "Grand Bourg"), ("", "Lyon"), ("99400", "Petit Bour"))  # fmt: skip
    queries = [
        (f"{number}-{street}-{at}", f"{number} {street}", "", *town)
        for at, town in enumerate(towns)
        for street in streets
        for number in (1, 5, 12)
    ]
    outputs = []
    for seed in (1, 2, 3):
        random.Random(seed).shuffle(body)
        random.Random(seed).shuffle(queries)
        ban = write_ban(tmp_path / f"{seed}.csv", [header, *body])
        command = [sys.executable, "-c", SCRIPT, str(ROOT), str(ban), str(tmp_path / str(seed)), json.dumps(queries)]  # fmt: skip
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        )
        outputs.append(sorted(json.loads(done.stdout)))
    assert len(outputs[0]) == len(queries)
    assert outputs[0] == outputs[1] == outputs[2]
