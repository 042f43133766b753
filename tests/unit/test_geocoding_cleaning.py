"""Reading addresses: numbers, what is left out, columns put back in their place."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.geocoding.cleaning import Variant, parse
from coodiag.coodiag_plugin.geocoding.queries import Query, arrange
from coodiag.coodiag_plugin.geocoding.similarity import (
    edit_distance,
    kind_agreement,
    name_similarity,
    word_similarity,
)
from coodiag.coodiag_plugin.geocoding.words import fold, repair, street_name
from hypothesis import given
from hypothesis import strategies as st


def first(address: str, complement: str = "", city: str = "") -> Variant:
    return parse(address, complement, city).variants[0]


@pytest.mark.parametrize(
    ("address", "number", "suffix", "last", "text"),
    [
        ("12 bis rue de la Gare", 12, "bis", 0, "rue de la gare"),
        ("12B rue de la Gare", 12, "b", 0, "rue de la gare"),
        ("12 B, rue de la Gare", 12, "b", 0, "rue de la gare"),
        ("12bis, rue de la Gare", 12, "bis", 0, "rue de la gare"),
        ("25, Rue de la Hunaudaye", 25, "", 0, "rue de la hunaudaye"),
        ("3-5 rue Carnot", 3, "", 5, "rue carnot"),
        ("3 à 5 rue Carnot", 3, "", 5, "rue carnot"),
        ("3/5, rue Carnot", 3, "", 5, "rue carnot"),
        ("3 et 5 rue Carnot", 3, "", 5, "rue carnot"),
        ("12 bis - 14 rue Carnot", 12, "bis", 14, "rue carnot"),
        ("n° 12 rue Carnot", 12, "", 0, "rue carnot"),
        ("3 R Jean Jaurès", 3, "", 0, "r jean jaures"),
        ("5 A rue Carnot", 5, "a", 0, "rue carnot"),
        ("9, bis r. de l'Église", 9, "bis", 0, "r de l eglise"),
        ("9 Rue Pierre Loti", 9, "", 0, "rue pierre loti"),
        ("14 Chemin des Niveaux", 14, "", 0, "chemin des niveaux"),
        ("12e rue Carnot", 12, "e", 0, "rue carnot"),
        ("rue Carnot, 12", 12, "", 0, "rue carnot"),
        ("rue du 8 mai 1945", 0, "", 0, "rue du 8 mai 1945"),
        ("8 mai 1945", 0, "", 0, "8 mai 1945"),
        ("4 place du 11 Novembre 1918", 4, "", 0, "place du 11 novembre 1918"),
        ("6 RUE DU 48E REGIMENT D'INFANTERIE", 6, "", 0, "rue du 48e regiment d infanterie"),
        ("Apt 12 144 Rue Baudin", 144, "", 0, "rue baudin"),
        ("apt n°4 esc 2 bât. C 7 rue Carnot", 7, "", 0, "rue carnot"),
        ("7 rue Carnot 3ème étage gauche", 7, "", 0, "rue carnot"),
        ("7 rue Carnot BP 27", 7, "", 0, "rue carnot"),
        ("BP 27 163 avenue Carnot", 163, "", 0, "avenue carnot"),
        ("CS 30802 12 rue Carnot", 12, "", 0, "rue carnot"),
        ("chez M. Dupont 7 rue Carnot", 7, "", 0, "rue carnot"),
        ("Résidence du Parc 27 rue Carnot", 27, "", 0, "rue carnot"),
        ("7 rue du Vieux Château Résidence du Parc", 7, "", 0, "rue du vieux chateau"),
        ("12 résidence les Lilas", 12, "", 0, "residence les lilas"),
        ("Le Bourg - 3 rue de l’Église", 3, "", 0, "rue de l eglise"),
        ("lieu-dit La Ville Guérin", 0, "", 0, "la ville guerin"),
        ("12 rue de la Porte", 12, "", 0, "rue de la porte"),
        ("12 rue de la Tour", 12, "", 0, "rue de la tour"),
        ("1 RUE KERWENN", 1, "", 0, "rue kerwenn"),
    ],
)
def test_number_and_street(address: str, number: int, suffix: str, last: int, text: str) -> None:
    found = first(address)
    assert (found.number, found.suffix, found.last, found.text) == (number, suffix, last, text)


def test_town_in_the_address_cell() -> None:
    parsed = parse("12 rue Carnot, 35000 RENNES CEDEX 7")
    assert (parsed.postcode, parsed.city) == ("35000", "rennes")
    assert parsed.variants[0].text == "rue carnot"


def test_own_commune_is_left_out_but_not_from_the_name_of_a_street() -> None:
    assert first("12 rue Carnot Bondy", city="Bondy").text == "rue carnot"
    assert first("12 rue de Bondy", city="Bondy").text == "rue de bondy"


def test_names_that_look_like_two_things_keep_a_reading_as_one() -> None:
    def texts(address: str, city: str = "") -> list[str]:
        return [variant.text for variant in parse(address, city=city).variants]

    assert {"rue de simulacre", "route de simulacre"} <= set(texts("211, Roue de Simulacre"))
    assert "route de volvic paugnat" in texts("54 Route de Volvic - Paugnat")
    assert "rue charles foyer" in texts("3 Rue Charles Foyer")
    assert "rue saint gouesnou" in texts("7 Rue Saint-Gouesnou", "Gouesnou")


def test_box_alone_has_no_street() -> None:
    parsed = parse("BP 27")
    assert parsed.box
    assert parsed.variants == ()


def test_street_in_the_complement() -> None:
    found = first("Bâtiment B", complement="7 rue Carnot")
    assert (found.number, found.text) == (7, "rue carnot")


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=20))
def test_any_text_is_read_without_fault(address: str, complement: str, city: str) -> None:
    parsed = parse(address, complement, city)
    assert len(parsed.variants) <= 6
    assert all(0 <= variant.number <= 9999 for variant in parsed.variants)


@pytest.mark.parametrize(
    ("given_query", "expected"),
    [
        (Query("1", "Bondy", city="12 rue Carnot"), ("12 rue Carnot", "", "Bondy")),
        (Query("1", "1 rue X", postcode="Bondy", city="93140"), ("1 rue X", "93140", "Bondy")),
        (Query("1", "1 rue X", postcode="1400", city="Y"), ("1 rue X", "01400", "Y")),
        (Query("1", "1 rue X", postcode="93 140", city="Y"), ("1 rue X", "93140", "Y")),
        (Query("1", "1 rue X", postcode="93140.0", city="Y"), ("1 rue X", "93140", "Y")),
        (Query("1", "1 rue X", city="93140 Bondy"), ("1 rue X", "93140", "Bondy")),
        (Query("1", "Bât B", complement="7 rue X", city="Y"), ("7 rue X", "", "Y")),
        (Query("1", "93140", postcode="Bondy", city="7 rue X"), ("7 rue X", "93140", "Bondy")),
        (Query("1", "93 140", city="7 rue X"), ("7 rue X", "93140", "")),
    ],
)
def test_cells_go_back_to_their_columns(given_query: Query, expected: tuple[str, str, str]) -> None:
    found = arrange(given_query)
    assert (found.address, found.postcode, found.city) == expected


def test_mojibake_is_mended_and_sound_text_left_alone() -> None:
    assert repair("Rue Jean JaurÃ©s") == "Rue Jean Jaurés"
    assert repair("AllÃ©e de lâ€™Orme") == "Allée de l’Orme"
    assert repair("Rue de l’Île à Éléonore") == "Rue de l’Île à Éléonore"
    assert repair("CÃ´te SÃ£o") == "Côte São"


def test_fold() -> None:
    assert fold("Cœur d’Été") == "coeur d'ete"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("R. du Gal Leclerc", "Rue du Général Leclerc"),
        ("BD DU MAL FOCH", "Boulevard du Maréchal Foch"),
        ("pl du 11 novembre", "Place du Onze Novembre"),
        ("rue du Dr Roux", "RUE DU DOCTEUR ROUX"),
        ("Rue St-Louis", "rue saint louis"),
        ("chem. de la Mare à la Veuve", "Chemin de la Mare a la Veuve"),
        ("rue du 1er mai", "Rue du Premier Mai"),
        ("rue ud Puits", "Rue du Puits"),
        ("rés. dees jardins", "Résidence des Jardins"),
        ("av du Bel-Air", "Avenue du Belair"),
        ("Rue du 48e Régiment", "rue du 48 regiment"),
    ],
)
def test_two_writings_of_one_street_are_equal(left: str, right: str) -> None:
    assert street_name(left).key == street_name(right).key


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ("rue Jaurès", "Rue Jean Jaurès", 0.8, 0.95),
        ("rue J Jaurès", "Rue Jean Jaurès", 0.9, 1.0),
        ("rue Jean Jaures", "Rue Jean Jaurès", 1.0, 1.0),
        ("rue jean jores", "Rue Jean Jaurès", 0.9, 1.0),
        ("rue du Moulin", "Rue du Vieux Moulin", 0.5, 0.68),
        ("rue de la Mare", "Rue de la Gare", 0.0, 0.68),
        ("rue du Bon Air", "Rue du Bel Air", 0.0, 0.68),
        ("allée Louise", "Allée Louise Weiss", 0.4, 0.68),
        ("place du 8 mai", "Place du 8 Mai 1945", 0.9, 1.0),
        ("place du 8 mai", "Place du 11 Novembre", 0.0, 0.5),
        ("rue Carnot", "Avenue Carnot", 0.8, 0.9),
    ],
)
def test_likeness_of_streets(left: str, right: str, low: float, high: float) -> None:
    asked, known = street_name(left), street_name(right)
    found = name_similarity(asked, known) * kind_agreement(asked.kind, known.kind)
    assert low <= found <= high


words = st.text(alphabet="abcdeilnorst", min_size=1, max_size=12)


@given(words, words)
def test_word_likeness_is_symmetric_and_bounded(left: str, right: str) -> None:
    assert word_similarity(left, right) == word_similarity(right, left)
    assert 0.0 <= word_similarity(left, right) <= 1.0
    assert (word_similarity(left, right) == 1.0) == (left == right)


@given(words, words, st.integers(0, 4))
def test_bounded_distance_agrees_with_the_full_one(left: str, right: str, limit: int) -> None:
    full = edit_distance(left, right, 99)
    assert edit_distance(left, right, limit) == min(full, limit + 1)


@given(st.lists(words, min_size=1, max_size=5), st.lists(words, min_size=1, max_size=5))
def test_name_likeness_is_bounded(left: list[str], right: list[str]) -> None:
    a, b = street_name(" ".join(left)), street_name(" ".join(right))
    assert 0.0 <= name_similarity(a, b) <= 1.0 + 1e-9
    assert name_similarity(a, a) == 1.0
