"""The recruitment paradox: who is not reached, where, and what stands out there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core import french, grammar
from ...core.crossings import UNCLASSED, Paradox, ParadoxFactor, ParadoxPlace, ParadoxType
from ...core.profiles import Page
from ...core.values import ratio
from ..context import Block, Chart, Figure
from ..materials import SheetMaterial
from .cells import as_printed, chart_block, percent, plain, quotable, series, table_block

#: Communes named in the last table, those with most job seekers first.
MOST_PLACES = 12
#: Communes named by the sentence; least rate of beneficiaries that it tells.
MOST_TOLD, LEAST = 3, 0.1
#: Type of the communes that are reached, and factor of the distance.
TOUCHED, DISTANCE = "touchee", "distance"
_LETTERS = ("Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf")
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
    cards = _cards(found, who)
    blocks = [
        Block("figures", figures=cards),
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
        cited=_cited(found, cards),
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


def _cards(found: Paradox, who: str) -> tuple[Figure, ...]:
    """The figures of the sentence: everybody, those reached, where they live, those who are not."""
    reach, near = _reach(found), _touched(found)
    cards = [
        Figure(f"{who[:1].upper()}{who[1:]}", plain(found.seekers)),
        Figure(
            "Bénéficiaires dans le territoire",
            plain(found.beneficiaries),
            f"{french.number(reach, 1)} pour 100 {who}" if reach else "",
        ),
    ]
    if near is not None:
        share = ratio(near.beneficiaries, found.beneficiaries, 100.0)
        cards.append(
            Figure(f"Bénéficiaires {_at(near.names)}", percent(share, 0), f"{percent(near.share, 0)} des {who}")
        )  # fmt: skip
    told, count = _told(found), len(found.places)
    note = who
    if count:
        note = f"{who} ({_share(found)})"
        note += f", {french.plural(told, 'bénéficiaire')}" if told is not None else ""
    label = f"Dans {count} communes peu touchées" if count > 1 else "Dans une commune peu touchée"
    cards.append(Figure(label, plain(found.not_reached), note))
    return tuple(cards)


def _cited(found: Paradox, cards: Sequence[Figure]) -> tuple[Figure, ...]:
    """What the synthesis cites: the cards, and the way from the communes that are named."""
    ways = [
        Figure(_name(place), _way(found, place), "jusqu’au site le plus proche")
        for place in found.places[:MOST_TOLD]
        if _way(found, place)
    ]
    return (*cards, *ways)


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
            _name(place),
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


# --- the sentence -----------------------------------------------------------------------------


def _sentence(found: Paradox, who: str) -> str:
    """Whom the structure reaches and where, whom it does not, and what stands out there."""
    parts = [_reached(found, who)]
    if not found.not_reached.number:
        parts.append(
            f"Aucune commune au besoin marqué n’est peu touchée par la structure : ses bénéficiaires vivent là où sont les {who}."
        )
    else:
        parts += [_missed(found, who), _causes(found), _widest(found)]
    return french.typography(" ".join(part for part in parts if part))


def _reach(found: Paradox) -> float:
    """Beneficiaries for 100 job seekers, 0 where one of the two is not known of everybody."""
    rate = ratio(found.beneficiaries, found.seekers, 100.0).number
    return 0.0 if found.uncounted or rate is None or rate < LEAST else rate


def _touched(found: Paradox) -> ParadoxType | None:
    """The communes with a marked need that the structure does reach, few enough to be named, where
    more of its beneficiaries live than of the job seekers."""
    near = next((item for item in found.types if item.type == TOUCHED), None)
    if near is None or not 1 <= len(near.names) <= MOST_TOLD:
        return None
    own = as_printed(ratio(near.beneficiaries, found.beneficiaries, 100.0), 0)
    share = as_printed(near.share, 0)
    return near if own is not None and share is not None and own > share else None


def _told(found: Paradox) -> int | None:
    """Beneficiaries of the communes that are not reached: a sum of numbers that the table shows."""
    types = {place.label for place in found.places}
    counts = [item.beneficiaries.number for item in found.types if item.label in types]
    known = [count for count in counts if count is not None]
    return round(sum(known)) if counts and len(known) == len(counts) else None


def _share(found: Paradox) -> str:
    """Part of those not reached; with a decimal under one per cent."""
    share = ratio(found.not_reached, found.seekers, 100.0)
    return percent(share, 0 if (share.number or 0.0) >= 1 else 1)


def _reached(found: Paradox, who: str) -> str:
    reach, near = _reach(found), _touched(found)
    if not reach:
        return ""
    text = f"La structure accompagne {french.number(reach, 1)} {'bénéficiaires' if reach >= 2 else 'bénéficiaire'} pour 100 {who}"
    if near is not None:
        share = ratio(near.beneficiaries, found.beneficiaries, 100.0)
        text += f", surtout {_at(near.names)} ({percent(near.share, 0)} des {who}, {percent(share, 0)} des bénéficiaires)"
    return f"{text}."


def _missed(found: Paradox, who: str) -> str:
    count, told = len(found.places), _told(found)
    many = count > 1
    lead = f"{_count(count)} au besoin marqué ({plain(found.not_reached)} {who}, {_share(found)} du total)"
    if told is None:
        return f"{lead} {'sont peu touchées' if many else 'est peu touchée'} par la structure."
    if not told:
        return f"{lead} ne {'comptent' if many else 'compte'} aucun bénéficiaire."
    return (
        f"{lead} ne {'comptent' if many else 'compte'} que {french.plural(told, 'bénéficiaire')}."
    )


def _causes(found: Paradox) -> str:
    """« Les Forges : à 25 min d’un site, peu de voitures ; Val : à 14 min, mais peu de diplômes. »"""
    briefs = {item.label: item.brief or item.label.lower() for item in found.factors}
    told = [f"{_name(place)} : {_why(found, place, briefs)}" for place in found.places[:MOST_TOLD]]
    lead = "Parmi elles, " if len(found.places) > len(told) else ""
    return f"{lead}{' ; '.join(told)}."


def _why(found: Paradox, place: ParadoxPlace, briefs: Mapping[str, str]) -> str:
    way = _way(found, place)
    far = [label for label in place.factors if label == _distance(found)]
    others = [briefs[label] for label in place.factors if label not in far]
    if not place.factors:
        return f"{f'à {way} seulement, ' if way else ''}aucun facteur relevé"
    if far:
        return ", ".join([f"à {way} d’un site" if way else briefs[far[0]], *others])
    return f"à {way}, mais {french.listing(others)}" if way else french.listing(others)


def _distance(found: Paradox) -> str:
    return next((item.label for item in found.factors if item.factor == DISTANCE), "")


def _widest(found: Paradox) -> str:
    """The factor that concerns most of those not reached, where not every commune is told."""
    first = _first(found.factors)
    if len(found.places) <= MOST_TOLD:
        return ""
    if first is None:
        return "Aucun des facteurs étudiés n’y est relevé."
    return f"Facteur le plus répandu : {first.label[:1].lower()}{first.label[1:]} ({percent(first.share)})."


def _way(found: Paradox, place: ParadoxPlace) -> str:
    """``25 min``, ``8,4 km``; empty when it is not known."""
    if place.cost.number is None:
        return ""
    return french.figure(place.cost, 0 if found.unit == "min" else 1, found.unit)


def _name(place: ParadoxPlace) -> str:
    return place.name.replace("'", "’")


def _at(names: Sequence[str]) -> str:
    """``à Demoville et à Fictange``, ``au Leurre``."""
    return french.listing([grammar.at(name.replace("'", "’")) for name in names])


def _count(number: int) -> str:
    """``Trois communes``: in letters at the head of a sentence, from one to nine."""
    if number > len(_LETTERS):
        return french.plural(number, "commune")
    return f"{_LETTERS[number - 1]} {'communes' if number > 1 else 'commune'}"


def _first(factors: Sequence[ParadoxFactor]) -> ParadoxFactor | None:
    known = [item for item in factors if item.factor and item.share.number]
    return max(known, key=lambda item: item.share.number or 0.0, default=None)
