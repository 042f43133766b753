"""French grammar: elision, articles of places, names of indicators, units, ordinals."""

from __future__ import annotations

import re

import pytest
from coodiag.coodiag_plugin.core import grammar
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators, layer_fields, rows

SUBJECTS = [*indicators().values(), *layer_fields().values()]
#: Subjects whose pages have sentences of their own.
NEVER_TOLD = ("typology", "zones", "points", "category")
_ARTICLE = re.compile(
    r"^(le|la|les) (?![aàâäæeéèêëiîïoôöœuùûü])|^(l’)(?=[aàâäæeéèêëiîïoôöœuùûühy])"
)


@pytest.mark.parametrize("subject", SUBJECTS, ids=[f"{s.theme}.{s.id}" for s in SUBJECTS])
def test_every_indicator_has_a_name_in_a_sentence(subject: Indicator) -> None:
    name = grammar.phrase(subject)
    assert _ARTICLE.match(name.text), name.text
    assert (
        not name.text.endswith((".", ")", " ")) and "  " not in name.text and "'" not in name.text
    )
    assert name.plural == name.text.startswith("les ")
    if not name.text.startswith("l’") and not name.plural:
        assert name.feminine == name.text.startswith("la ")
    assert name.many or not name.one
    assert not re.search(r"\b(de|que|le) (?=[aâeéèêiîoôuy])", name.text), name.text


@pytest.mark.parametrize("subject", SUBJECTS, ids=[f"{s.theme}.{s.id}" for s in SUBJECTS])
def test_only_counts_and_ratios_per_inhabitant_fall_back_on_their_number(
    subject: Indicator,
) -> None:
    """Any other label starts with a word of known gender, or has its row in ``grammar.csv``."""
    if subject.is_count or " pour " in subject.label or subject.kind in NEVER_TOLD:
        return
    assert grammar.has_row(subject) or grammar.has_head(subject), subject.label


def test_rows_of_the_grammar_name_what_the_catalogue_has() -> None:
    fields = {f"{layer}.{name}" for layer, name in layer_fields()}
    for row in rows("grammar"):
        assert row["id"].endswith("*") or row["id"] in {*indicators(), *fields}, row["id"]
        assert row["gender"] in ("m", "f") and row["number"] in ("s", "p")
        assert bool(row["one"]) == bool(row["many"]) == bool(row["noun_gender"]), row["id"]


def _named(label: str, kind: str = "rate") -> Indicator:
    return Indicator("x", label, label, "", "", 0, kind, "", "", 1, "none", "neutral", "x", "")


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        ("Part des 75 ans ou plus", "rate", "la part des 75 ans ou plus"),
        ("Taux de couverture (places pour 100 enfants)", "rate", "le taux de couverture"),
        ("Indice de jeunesse", "index", "l’indice de jeunesse"),
        ("Foyers percevant l'AAH", "stock", "le nombre de foyers percevant l’AAH"),
        ("Étudiants", "stock", "le nombre d’étudiants"),
        ("Habitants", "stock", "le nombre d’habitants"),
        ("Halles", "stock", "le nombre de halles"),
        ("QPV", "stock", "le nombre de QPV"),
        (
            "Médecins pour 10 000 habitants",
            "rate",
            "le nombre de médecins pour 10\u202f000 habitants",
        ),
    ],
)
def test_an_indicator_without_row_follows_the_rule(label: str, kind: str, expected: str) -> None:
    assert grammar.phrase(_named(label, kind)).text == expected


@pytest.mark.parametrize(
    ("label", "grows", "named"),
    [
        ("Évolution annuelle moyenne de la population", "la population", "l’évolution de la population"),
        ("Évolution annuelle moyenne du nombre de places", "le nombre de places", "l’évolution du nombre de places"),
        ("Évolution des effectifs", "les effectifs", "l’évolution des effectifs"),
        ("Évolution annuelle moyenne de l’emploi", "l’emploi", "l’évolution de l’emploi"),
    ],
)  # fmt: skip
def test_an_evolution_tells_what_grows(label: str, grows: str, named: str) -> None:
    subject = _named(label, "evolution")
    assert grammar.grows(subject).text == grows
    assert grammar.evolution(subject) == named


# --- places ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["DEP", "REG"])
def test_every_departement_and_region_has_its_articles(level: str) -> None:
    for row in rows("departements" if level == "DEP" else "regions"):
        place = grammar.place(level, row["nom"])
        assert place.the.endswith(row["nom"]) and place.of.endswith(row["nom"]), row
        assert place.within.endswith(row["nom"]), row
        assert re.match(r"(dans (le |la |les |l’)|en |à )", place.within), place.within
        assert re.match(r"(de |du |des |d’)", place.of), place.of
        assert not re.match(r"(de la|de|du|la|le) [AEÉIÎOUY]", place.of), place.of
        if place.the.startswith("les "):
            assert (
                place.plural
                and place.of.startswith("des ")
                and place.within.startswith("dans les ")
            )


@pytest.mark.parametrize(
    ("level", "name", "the", "of", "within"),
    [
        ("DEP", "Orne", "l’Orne", "de l’Orne", "dans l’Orne"),
        ("DEP", "Calvados", "le Calvados", "du Calvados", "dans le Calvados"),
        ("DEP", "Manche", "la Manche", "de la Manche", "dans la Manche"),
        ("DEP", "Ille-et-Vilaine", "l’Ille-et-Vilaine", "d’Ille-et-Vilaine", "en Ille-et-Vilaine"),
        ("DEP", "Côtes-d’Armor", "les Côtes-d’Armor", "des Côtes-d’Armor", "dans les Côtes-d’Armor"),
        ("DEP", "Côtes-d'Armor", "les Côtes-d’Armor", "des Côtes-d’Armor", "dans les Côtes-d’Armor"),
        ("REG", "Hauts-de-France", "les Hauts-de-France", "des Hauts-de-France", "dans les Hauts-de-France"),
        ("REG", "Île-de-France", "l’Île-de-France", "de l’Île-de-France", "en Île-de-France"),
        ("FRANCE", "France", "la France", "de la France", "en France"),
        ("EPCI", "Rennes Métropole", "Rennes Métropole", "de Rennes Métropole", "à Rennes Métropole"),
        ("EPCI", "Angers Loire Métropole", "Angers Loire Métropole", "d’Angers Loire Métropole", "à Angers Loire Métropole"),
        ("EPCI", "CC de la Plaine de l'Ain", "la CC de la Plaine de l’Ain", "de la CC de la Plaine de l’Ain", "dans la CC de la Plaine de l’Ain"),
        ("EPCI", "Le Grand Chalon", "Le Grand Chalon", "du Grand Chalon", "au Grand Chalon"),
        ("EPCI", "Eurométropole de Metz", "l’Eurométropole de Metz", "de l’Eurométropole de Metz", "dans l’Eurométropole de Metz"),
        ("EPCI", "", "l’intercommunalité", "de l’intercommunalité", "dans l’intercommunalité"),
        ("DEP", "Département fictif", "le département", "du département", "dans le département"),
        ("GROUP", "Pays de Rennes", "Pays de Rennes", "de Pays de Rennes", "à Pays de Rennes"),
    ],
)  # fmt: skip
def test_a_territory_of_comparison(level: str, name: str, the: str, of: str, within: str) -> None:
    place = grammar.place(level, name)
    assert (place.the, place.of, place.within) == (the, of, within)


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "elided"),
    [
        ("habitants", True), ("onze", False), ("huit", False), ("Y", True), ("Yvetot", True),
        ("yeux", False), ("œuvres", True), ("12,5 %", False), ("", False), ("RSA", False),
        ("oui", False), ("établissements", True), ("Hautes-Alpes", False), ("hauteur", True),
        ("halles couvertes", False), ("Hédé", False),
    ],
)  # fmt: skip
def test_elision(text: str, elided: bool) -> None:
    assert grammar.elides(text) is elided


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("hab.", 1.9, "habitant"), ("hab.", 2.0, "habitants"), ("emplois", 1.0, "emploi"),
        ("emplois", 0.0, "emploi"), ("emplois", -3.0, "emplois"), ("%", 1.0, "%"), ("min", 1.0, "min"),
        ("", 3.0, ""), ("pers.", 2.15, "personnes"), ("ans", 1.5, "an"),
    ],
)  # fmt: skip
def test_units_agree(name: str, number: float, expected: str) -> None:
    assert grammar.unit(name, number) == expected


def test_ordinals() -> None:
    assert [grammar.ordinal(rank, True) for rank in (1, 2, 9, 16, 17, 21)] == [
        "première", "deuxième", "neuvième", "seizième", "17e", "21e",
    ]  # fmt: skip
    assert grammar.ordinal(1, False) == "premier"


def test_thresholds_are_told_to_the_reader() -> None:
    assert grammar.threshold("close_share") == 0.03
    assert any("proche de" in rule for rule in grammar.rules())
    assert all("'" not in rule for rule in grammar.rules())
