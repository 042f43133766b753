"""Findings of a chapter and the synthesis: the most telling pages, and only what they print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators
from coodiag.coodiag_plugin.core.profiles import Page, Stake, load_profile
from coodiag.coodiag_plugin.core.values import SECRET, Value
from coodiag.coodiag_plugin.edition.context import Block, Figure
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sentences import (
    Matter,
    Reference,
    Told,
    chapter_findings,
    numbers_of,
    synthesis,
)
from coodiag.coodiag_plugin.edition.sentences.numbers import printed_numbers
from coodiag.tests.unit.sentence_cases import NAMES, plain

STAKES = load_profile("coodiag").stakes
PAGE = Page("x", "Une page", "choropleth", "communes")


@dataclass(frozen=True)
class Map:
    page: Page
    subject: Indicator
    values: dict[str, Value]
    references: tuple[Reference, ...]
    sentence: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Sheet:
    page: Page
    sentence: str
    blocks: tuple[Block, ...] = field(default=())


def rate(name: str, whole: float | Value, other: float, *communes: float) -> Map:
    """A page on an indicator: the territory, the Calvados, then the communes."""
    own = whole if isinstance(whole, Value) else Value(whole)
    values = dict(zip("abcdef", map(Value, communes or (1.0, 2.0, 3.0))))
    references = (Reference("TERRITOIRE", "Pays", own), Reference("DEP", "Calvados", Value(other)))
    return Map(replace(PAGE, id=name), indicators()[name], values, references)


def crossing(text: str = "Besoin fort et portée faible : Le Leurre.") -> Map:
    page = replace(PAGE, id="croisement", title="Le croisement", map="bivariate")
    cards = (Figure("Besoin fort, portée faible", "1\u00a0commune"), Figure("Autre", "2"))
    return Map(page, indicators()["taux_chomage"], {}, (), text, cards)


def findings(*maps: Map, sheets: tuple[Sheet, ...] = ()) -> list[str]:
    return [plain(text) for text in chapter_findings(maps, NAMES, sheets)]


SMALL = rate("part_75_plus", 10.6, 10.0, 8.0, 10.0, 12.0)  # 0.4 deviation
LARGE = rate("taux_chomage", 12.0, 10.0, 9.0, 10.0, 11.0)  # 2.4 deviations
LARGER = rate("taux_pauvrete", 16.0, 12.0, 11.0, 12.0, 13.0)  # as telling as can be
MIDDLE = rate("part_sans_voiture", 12.0, 10.0, 8.0, 10.0, 12.0)  # 1.2 deviation


def test_the_largest_gaps_are_told_in_the_order_of_the_pages() -> None:
    found = findings(SMALL, MIDDLE, LARGE, LARGER)
    assert [text.partition(" :")[2][:24] for text in found] == [
        " la part des ménages san",
        " le taux de chômage y es",
        " le taux de pauvreté y e",
    ]
    assert findings(LARGER, LARGE, MIDDLE, SMALL) == found[::-1]


def test_a_strong_contrast_is_told_where_the_level_is_like_the_comparison() -> None:
    page = rate("part_industrie", 10.0, 10.1, 0.5, 2.0, 40.0)
    assert findings(page) == [
        "D’une commune à l’autre, la part de l’industrie dans les établissements employeurs "
        "va de 0,5 % (Le Leurre) à 40,0 % (Zèbre)."
    ]


def test_no_two_findings_tell_of_the_same_figures() -> None:
    count = rate("chomeurs", 100.0, 900.0, 90.0, 10.0)
    found = findings(count, LARGE, MIDDLE)
    assert len(found) == 2  # chômeurs and their rate have one numerator
    assert found[0].startswith("Le territoire est plus touché")
    assert len(findings(LARGE, LARGE)) == 1


def test_the_paradox_is_always_a_finding() -> None:
    assert plain(crossing().sentence) in findings(LARGE, LARGER, MIDDLE, crossing())
    none = crossing("Aucune commune ne cumule un besoin fort et une portée faible.")
    assert none.sentence not in findings(LARGE, LARGER, MIDDLE, none)


def test_a_sheet_may_be_a_finding() -> None:
    sheet = Sheet(replace(PAGE, id="s", sheet="figures"), "Phrase un. Phrase deux.")
    assert findings(SMALL, sheets=(sheet,)) == [findings(SMALL)[0], "Phrase un."]


@pytest.mark.parametrize("hidden", [SECRET, Value(98765.4, significant=False)])
def test_a_hidden_territory_gives_no_level(hidden: Value) -> None:
    page = rate("taux_chomage", hidden, 10.0, 4.0, 9.0, 12.0)
    assert findings(page) == [
        "D’une commune à l’autre, le taux de chômage va de 4,0 % (Le Leurre) à 12,0 % (Zèbre)."
    ]
    empty = replace(page, values=dict.fromkeys("abc", hidden))
    assert findings(empty) == []


def test_nothing_readable_gives_no_finding() -> None:
    assert findings() == []


# --- synthesis -------------------------------------------------------------------------------


def matter(name: str, *maps: Map, sheets: tuple[Sheet, ...] = ()) -> Matter:
    return Matter(name, f"Chapitre {name}", "demographie", maps, sheets)


def test_the_three_stakes_stand_first_then_the_crossing() -> None:
    blocks = synthesis(
        STAKES,
        [
            matter("territoire", SMALL),
            matter("social", rate("niveau_vie_median", 24000, 21000)),
            matter("economie", rate("evolution_emploi", -1.0, 0.5)),
            matter("emploi", LARGE, MIDDLE, rate("taux_activite", 80, 70)),
            matter("recrutement", crossing()),
        ],
        NAMES,
    )
    assert [block.title for block in blocks] == [
        "Les personnes privées d’emploi",
        "Les besoins économiques",
        "Les besoins sociaux",
        "Le croisement",
        "Chapitre territoire",
        "Les chiffres cités",
    ]
    assert [[plain(text) for text in block.texts] for block in blocks[:4]] == [
        [
            "Points de vigilance : le taux de chômage (12,0 %, contre 10,0 % dans le Calvados) "
            "et la part des ménages sans voiture (12,0 %, contre 10,0 %).",
            "Point d’appui : le taux d’activité des 15–64 ans (80,0 %, contre 70,0 % dans le Calvados).",
        ],
        ["Point de vigilance : l’évolution du nombre d’emplois (−1,00 %, contre +0,50 % dans le Calvados)."],
        ["Point d’appui : le niveau de vie médian (24 000 €, contre 21 000 € dans le Calvados)."],
        ["Besoin fort et portée faible : Le Leurre."],
    ]  # fmt: skip
    known = printed_numbers(blocks[-1].figures)
    for block in blocks:
        for text in block.texts:
            assert set(numbers_of(text)) <= known, text


def test_another_profile_follows_its_chapters() -> None:
    blocks = synthesis((), [matter("b", LARGE), matter("emploi", LARGER)], NAMES)
    assert [block.title for block in blocks[:-1]] == ["Chapitre b", "Chapitre emploi"]


def test_a_chapter_without_anything_to_read_is_left_out() -> None:
    mute = replace(LARGE, references=(), values={"a": SECRET})
    assert synthesis(STAKES, [matter("emploi", mute)], NAMES) == ()
    assert synthesis(STAKES, [], NAMES) == ()


def test_a_sheet_speaks_only_of_the_figures_that_it_can_bring() -> None:
    page = replace(PAGE, id="s", sheet="figures")
    block = Block("figures", figures=(Figure("Places", "12"), Figure("Autre", "7")))
    told = synthesis((), [matter("x", sheets=(Sheet(page, "Il y a 12 places.", (block,)),))], NAMES)
    assert told[0].texts == ("Il y a 12 places.",)
    assert told[1].figures == (Figure("Places", "12"),)
    unseen = Sheet(page, "Il y a 13 places.", (block,))
    assert synthesis((), [matter("x", sheets=(unseen,))], NAMES) == ()


def test_the_stakes_are_chapters_of_their_profile() -> None:
    ids = {chapter.id for chapter in load_profile("coodiag").chapters}
    assert {"emploi", "economie", "social"} <= ids


def told(row: Map, page: Page = PAGE) -> SheetMaterial:
    """A page of figures whose table prints one indicator."""
    sheet = replace(page, id="fiche", map="", layer="", sheet="figures")
    rows = (Told(sheet, row.subject, row.values, row.references),)
    return SheetMaterial(sheet, (), "Phrase de la page.", told=rows)


ESS = rate("part_ess_employeurs", 11.5, 11.0, 5.0, 11.0, 30.0)


def test_the_weight_against_the_comparison_is_told_before_a_count() -> None:
    count = rate("ess_employeurs", 155.0, 900.0, 55.0, 35.0, 9.0)
    blocks = synthesis((), [matter("poids", count, sheets=(told(ESS),))], NAMES)
    assert [plain(text) for text in blocks[0].texts] == [
        "Sur le territoire, la part de l’ESS dans les établissements employeurs est de 11,5 %, "
        "contre 11,0 % dans le Calvados, soit 0,5 point de plus."
    ]
    assert set(numbers_of(blocks[0].texts[0])) <= printed_numbers(blocks[1].figures)
    close = rate("part_ess_employeurs", 11.1, 11.0, 5.0, 11.0, 30.0)
    blocks = synthesis((), [matter("poids", count, sheets=(told(close),))], NAMES)
    assert "proche de celle du Calvados" in blocks[0].texts[0]


def test_a_stake_reads_all_its_chapters_and_says_what_is_alike() -> None:
    stakes = (Stake("Le poids", ("b", "absent", "a")),)
    close = rate("part_sans_voiture", 10.2, 10.0, 8.0, 10.0, 12.0)
    blocks = synthesis(stakes, [matter("a", ESS), matter("b", close)], NAMES)
    assert [block.title for block in blocks] == ["Le poids", "Les chiffres cités"]
    assert [text.partition(" est de ")[0] for text in blocks[0].texts] == [
        "Sur le territoire, la part de l’ESS dans les établissements employeurs",
        "Sur le territoire, la part des ménages sans voiture",
    ]


def test_the_commune_that_stands_out_is_told_while_the_figures_hold() -> None:
    far = rate("part_familles_mono", 13.1, 11.8, 6.1, 12.0, 20.2)
    one = synthesis((), [matter("a", far)], NAMES)
    assert plain(one[0].texts[0]) == (
        "Point de vigilance : la part des familles monoparentales "
        "(13,1 %, contre 11,8 % dans le Calvados ; 20,2 % à Zèbre)."
    )
    chapters = [
        matter(str(rank), replace(far, references=(
            Reference("TERRITOIRE", "Pays", Value(13.0 + rank / 10)), far.references[1]
        )))
        for rank in range(24)
    ]  # fmt: skip
    many = synthesis((), chapters, NAMES)
    assert len(many[-1].figures) == 24
    assert not any("Zèbre" in text for block in many for text in block.texts)


def test_the_sheet_on_the_paradox_answers_first_and_alone() -> None:
    page = replace(PAGE, id="paradoxe", map="", layer="", sheet="paradox")
    cited = (Figure("Bénéficiaires", "856"), Figure("Peu touchées", "390"))
    sheet = SheetMaterial(
        page, (), "856 sont suivis. Trois communes (390) le sont peu.", cited=cited
    )
    area = replace(PAGE, layer="recrutement")
    cross = replace(crossing(), page=replace(area, id="croisement", map="bivariate"))
    types = replace(crossing("Zèbre est loin."), page=replace(area, id="types", map="typology"))
    found = findings(LARGE, cross, types, sheets=(sheet,))
    assert found == [sheet.sentence, *findings(LARGE)]
    blocks = synthesis((), [matter("recrutement", cross, types, sheets=(sheet,))], NAMES)
    assert blocks[0].texts == ("856 sont suivis.", "Trois communes (390) le sont peu.")
    assert blocks[1].figures == cited


def test_a_crossing_cites_only_the_figures_that_it_tells() -> None:
    blocks = synthesis((), [matter("recrutement", crossing())], NAMES)
    assert len(blocks) == 1


def test_a_map_and_a_table_of_the_same_figures_are_one_finding() -> None:
    assert len(findings(LARGE, sheets=(told(LARGE),))) == 2  # and the page’s own sentence
    sheet = replace(told(LARGE), sentence="Le taux de chômage est haut.")
    assert len(findings(LARGE, sheets=(sheet,))) == 1


def test_the_same_matter_gives_the_same_synthesis() -> None:
    chapters = [matter("a", LARGE, SMALL, MIDDLE), matter("emploi", LARGER)]
    assert synthesis(STAKES, chapters, NAMES) == synthesis(STAKES, chapters, NAMES)
