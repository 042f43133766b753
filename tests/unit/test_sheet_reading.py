"""What a page of figures says: its question answered, and no gap that the page does not print."""

from __future__ import annotations

from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.edition.sentences import Reference
from coodiag.coodiag_plugin.edition.sheets.reading import Told, farthest, figures_sentence
from coodiag.tests.page_lists import plain


def told(name: str, own: Value, other: Value = ABSENT) -> Told:
    return indicators()[name], (
        Reference("TERRITOIRE", "Pays fictif", own),
        Reference("DEP", "Orne", other),
    )


def said(*rows: Told, parts: bool = False) -> str:
    return plain(figures_sentence(rows, parts))


def test_rates_of_the_same_thing_name_the_highest_and_the_lowest() -> None:
    text = said(
        told("taux_chomage_jeunes", Value(20.6), Value(19.6)),
        told("taux_chomage_25_54", Value(9.3), Value(7.0)),
        told("taux_chomage_55_64", Value(7.8), Value(7.5)),
    )
    assert text.startswith("Le taux de chômage des 15–24 ans est le plus élevé (20,6 %)")
    assert "55–64 ans" in text and "le plus bas (7,8 %)" in text
    assert "des 25–54 ans" in text and "9,3 %, contre 7,0 %" in text, "the largest gap"
    assert "soit" not in text


def test_shares_of_one_whole_agree_in_gender() -> None:
    names = ("part_couples_avec_enfants", "part_couples_sans_enfant", "part_familles_mono")
    rows = [told(name, Value(number)) for name, number in zip(names, (40.6, 46.3, 13.1))]
    assert "est la plus élevée (46,3 %)" in said(*rows, parts=True)
    assert "la plus basse (13,1 %)" in said(*rows, parts=True)
    assert "élevée" not in said(*rows), "figures of different things are not ranked"


def test_counts_are_told_of_the_territory_alone() -> None:
    names = ("ess_employeurs_1_9", "ess_employeurs_10_49", "ess_employeurs_50_plus")
    rows = [told(name, Value(number), Value(500.0)) for name, number in zip(names, (109, 38, 8))]
    text = said(*rows)
    assert text.startswith("Le territoire compte 109 employeurs") and "500" not in text
    assert text.count("employeurs") == 3
    more = [told("siae_" + name, Value(3.0)) for name in ("aci", "ei", "ai", "etti")]
    assert said(*more).startswith("Le territoire compte notamment 3 ateliers")


def test_an_evolution_is_followed_by_what_it_is_made_of() -> None:
    text = said(
        told("evolution_population", Value(1.16), Value(0.95)),
        told("evolution_solde_naturel", Value(0.6)),
        told("evolution_solde_migratoire", Value(0.57)),
    )
    assert "gagne 1,16 %" in text
    assert text.endswith("Dû au solde naturel : +0,60 % ; dû au solde migratoire : +0,57 %.")


def test_what_is_hidden_is_not_told() -> None:
    assert said(told("taux_chomage_jeunes", SECRET), told("taux_chomage_25_54", ABSENT)) == ""
    assert farthest([]) == []
    uncertain = told("taux_chomage_jeunes", Value(98.7, significant=False))
    assert "98,7" not in said(uncertain, told("taux_chomage_25_54", Value(9.3)))
