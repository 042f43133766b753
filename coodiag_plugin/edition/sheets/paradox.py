"""The recruitment paradox: who is not reached, where, and what stands out there."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french
from ...core.crossings import UNCLASSED, Paradox, ParadoxFactor, ParadoxPlace
from ...core.profiles import Page
from ...core.values import ratio
from ..context import Block, Chart, Figure
from ..materials import SheetMaterial
from .cells import chart_block, percent, plain, quotable, series, table_block

#: Communes named in the last table, those with most job seekers first.
MOST_PLACES = 12
RULE = (
    "Peu touchées : communes au besoin marqué où la structure touche moins de personnes qu’attendu (typologie du recrutement). "
    "Un facteur y est relevé dès que sa règle tient ; toutes les personnes de la commune comptent pour chacun de ses facteurs (part concernée, le total peut dépasser 100 %), "
    "puis sont réparties à parts égales entre eux (part expliquée, 100 % en tout). Un facteur dit ce qui distingue le lieu, non ce qui retient chaque personne."
)


def paradox_sheet(
    page: Page,
    found: Paradox,
    *,
    who: str = "personnes sans emploi",
    sources: Sequence[str] = (),
    method: str = "",
) -> SheetMaterial | str:
    """The page, or why it is left out. ``who``: what the series of the need counts, in the plural
    (« demandeurs d’emploi », « chômeurs du recensement »)."""
    if not found.seekers.number:
        return f"le nombre de {who} n’est connu d’aucune commune."
    if all(not item.type or item.type == UNCLASSED for item in found.types):
        return "aucune commune ne peut être classée sans montrer un effectif secret."
    blocks = [
        _cards(found, who),
        chart_block(_chart(page, found, who)),
        _types(found, who),
    ]
    if found.not_reached.number:
        blocks.append(_factors(found, who))
        blocks.append(_places(found, who))
    unknown = (
        f" Sans donnée dans ce diagnostic : {french.listing([item.lower() for item in found.unknown])}."
        if found.unknown
        else ""
    )
    rules = " ".join(
        f"{item.label} : {item.words}" for item in found.factors if item.factor and item.share.known
    )
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(found, who),
        subtitle=french.typography(
            "Où vivent les personnes que la structure ne touche pas, et ce qui distingue ces communes"
        ),
        sources=tuple(sources),
        method=french.typography(" ".join(p for p in (RULE, rules + unknown, _uncounted(found, who), method) if p.strip())),
    )  # fmt: skip


def _uncounted(found: Paradox, who: str) -> str:
    """The communes that are in no sum, which the total of the page does not say by itself."""
    if not found.uncounted:
        return ""
    communes = french.plural(found.uncounted, "commune")
    return f"Nombre de {who} non connu de {communes} : aucun total ne le compte."


def _cards(found: Paradox, who: str) -> Block:
    share = ratio(found.not_reached, found.seekers, 100.0)
    none = next(item for item in found.factors if not item.factor)
    cards = [
        Figure(f"{who[:1].upper()}{who[1:]}", plain(found.seekers)),
        Figure("Dans une commune peu touchée", percent(share, 0), f"des {who}"),
    ]
    if found.not_reached.number:
        cards.append(Figure("Sans facteur relevé", percent(none.split, 0), "de celles-ci"))
    cards.append(Figure("Bénéficiaires localisés", plain(found.beneficiaries)))
    return Block("figures", figures=tuple(cards))


def _chart(page: Page, found: Paradox, who: str) -> Chart:
    bars = [series(f"Part des {who}", [item.share for item in found.types], 1, "%")]
    shares = [ratio(item.beneficiaries, found.beneficiaries, 100.0) for item in found.types]
    if any(quotable(share) for share in shares):
        bars.append(series("Part des bénéficiaires", shares, 1, "%"))
    return Chart(
        page.chart or "bars",
        "Où vivent les personnes",
        tuple(item.label for item in found.types),
        tuple(bars),
        unit="%",
    )


def _types(found: Paradox, who: str) -> Block:
    rows = [
        (
            item.label,
            french.number(item.communes),
            plain(item.seekers),
            percent(item.share),
            plain(item.beneficiaries),
        )
        for item in found.types
    ]
    communes = sum(item.communes for item in found.types)
    rows.append(
        ("Ensemble", french.number(communes), plain(found.seekers), percent(ratio(found.seekers, found.seekers, 100.0)), plain(found.beneficiaries))
    )  # fmt: skip
    columns = (
        "Type de commune",
        "Communes",
        f"{who[:1].upper()}{who[1:]}",
        "Part",
        "Bénéficiaires",
    )
    return table_block("Les types de communes", columns, rows)


def _factors(found: Paradox, who: str) -> Block:
    rows = [
        (
            item.label,
            french.number(item.communes) if item.share.known else "…",
            plain(item.seekers),
            percent(item.share),
            percent(item.split),
        )
        for item in found.factors
    ]
    columns = (
        "Facteur",
        "Communes",
        f"{who[:1].upper()}{who[1:]}",
        "Part concernée",
        "Part expliquée",
    )
    return table_block("Ce qui distingue les communes peu touchées", columns, rows)


def _places(found: Paradox, who: str) -> Block:
    shown = found.places[:MOST_PLACES]
    decimals = 0 if found.unit == "min" else 1
    rows = [
        (
            place.name,
            plain(place.seekers),
            french.figure(place.cost, decimals, found.unit),
            place_words(place),
        )
        for place in shown
    ]
    title = "Les communes peu touchées"
    if len(found.places) > len(shown):
        title += f" : les {len(shown)} premières sur {french.number(len(found.places))}"
    columns = ("Commune", f"{who[:1].upper()}{who[1:]}", "Site le plus proche", "Facteurs")
    return table_block(title, columns, rows)


def place_words(place: ParadoxPlace) -> str:
    """« Distance, ménages sans voiture », « aucun relevé »."""
    if not place.factors:
        return "aucun relevé"
    first, *others = place.factors
    return ", ".join([first, *(other[:1].lower() + other[1:] for other in others)])


def _sentence(found: Paradox, who: str) -> str:
    """Who is not reached, and the factor that concerns most of them."""
    share = ratio(found.not_reached, found.seekers, 100.0)
    if not share.number:
        return french.typography(
            f"Aucune commune au besoin marqué n’est peu touchée par la structure : ses bénéficiaires vivent là où sont les {who}."
        )
    text = f"{percent(share, 0)} des {who} vivent dans une commune au besoin marqué que la structure touche peu."
    first = _first(found.factors)
    if first is None:
        return french.typography(f"{text} Aucun des facteurs étudiés n’y est relevé.")
    return french.typography(
        f"{text} Facteur le plus répandu dans ces communes : {first.label[:1].lower()}{first.label[1:]} ({percent(first.share)})."
    )


def _first(factors: Sequence[ParadoxFactor]) -> ParadoxFactor | None:
    known = [item for item in factors if item.factor and item.share.number]
    return max(known, key=lambda item: item.share.number or 0.0, default=None)
