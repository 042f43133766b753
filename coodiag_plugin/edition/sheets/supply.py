"""Services and the people they are for: what there is, for how many, and who reaches nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ...core import french
from ...core.crossings import ServiceFigures, Supply
from ...core.profiles import Page
from ...core.values import Value, ratio
from ..context import Block, Chart
from ..materials import SheetMaterial
from .cells import chart_block, percent, plain, quotable, series, table_block

#: Decimals of a rate, by how large it is.
_SMALL = 1.0
#: How many standard deviations of a count (its square root) under what the comparison leads to
#: expect a service must be to be told as wanting: three stations instead of four are chance.
_CHANCE = 2.0
RULE = (
    "Taux : lieux situés dans le territoire rapportés à sa population concernée (les cartes, elles, comptent les lieux à portée de chaque commune). Sans accès : communes dont le centre n’atteint aucun lieu à la portée dite pour le service. "
    "Les lieux sont comptés un à un, quelle que soit leur taille. Un service n’est dit en retrait que si l’écart dépasse ce que le hasard explique (deux fois la racine carrée du nombre de lieux attendus)."
)
BEYOND = "Pour les services comptés par commune, les lieux des communes voisines comptent dans l’accès ; pour les autres, ceux du territoire seulement."


def supply_sheet(
    page: Page, found: Supply, *, sources: Sequence[str] = (), method: str = ""
) -> SheetMaterial | str:
    """The page, or why it is left out."""
    shown = [item for item in found.services if item.rate.known]
    if not shown:
        return "aucun service n’est recensé par les données, ou la population concernée n’est pas dénombrée."
    found, shown = _compared(found, shown)
    blocks = [_table(found, shown), chart_block(_chart(page, found, shown)), _readings(shown)]
    left = "".join(f" {label} : {why}." for label, why in found.left_out)
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(found, shown),
        subtitle=french.typography("Lieux de service rapportés aux personnes à qui ils s’adressent"),
        sources=tuple(sources),
        method=french.typography(
            " ".join(p for p in (RULE, BEYOND, method, f"Non étudié : {left.strip()}" if left else "") if p)
        ),
    )  # fmt: skip


def _compared(
    found: Supply, shown: Sequence[ServiceFigures]
) -> tuple[Supply, list[ServiceFigures]]:
    """Without the units compared with that no service has a figure of."""
    kept = [at for at in range(len(found.levels)) if any(s.references[at].known for s in shown)]
    services = [replace(s, references=tuple(s.references[at] for at in kept)) for s in shown]
    return replace(found, levels=tuple(found.levels[at] for at in kept)), services


def rate_text(value: Value) -> str:
    """A rate for 1 000 people: two decimals where it is under one."""
    small = value.number is not None and abs(value.number) < _SMALL
    return french.figure(value, 2 if small else 1, "")


def _table(found: Supply, shown: Sequence[ServiceFigures]) -> Block:
    rows = [
        (
            item.label,
            plain(item.supply),
            f"{plain(item.demand)} {item.demand_label}",
            rate_text(item.rate),
            *(rate_text(value) for value in item.references),
            item.reach,
            plain(item.without),
            percent(item.without_share),
        )
        for item in shown
    ]
    columns = (
        "Service", "Lieux", "Population concernée", "Lieux pour 1 000",
        *(f"{name}, pour 1 000" for name in found.levels),
        "Portée", "Communes sans accès", "Population sans accès",
    )  # fmt: skip
    return table_block("Offre et population concernée", columns, rows)


def _chart(page: Page, found: Supply, shown: Sequence[ServiceFigures]) -> Chart:
    """People without access; or, where the page asks for it, the rates against the first unit."""
    names = tuple(item.label for item in shown)
    level = _level(found, shown)
    if page.chart == "index" and level is not None:
        values = [ratio(item.rate, item.references[level], 100.0) for item in shown]
        return Chart(
            "index",
            french.typography(f"Offre rapportée à la population ({found.levels[level]} = 100)"),
            names,
            (series("Indice", values, 0, ""),),
            centre=100.0,
        )
    values = [item.without_share for item in shown]
    bars = (series("Population concernée sans accès", values, 1, "%"),)
    return Chart("bars", "Population concernée sans accès", names, bars, unit="%")


def _level(found: Supply, shown: Sequence[ServiceFigures]) -> int | None:
    """The first unit compared with that has a figure."""
    for rank in range(len(found.levels)):
        if any(item.references[rank].number for item in shown):
            return rank
    return None


def _readings(shown: Sequence[ServiceFigures]) -> Block:
    texts = tuple(
        french.typography(f"{item.label} : {item.reading}") for item in shown if item.reading
    )
    return Block("texts", "Comment lire", texts=texts)


def _sentence(found: Supply, shown: Sequence[ServiceFigures]) -> str:
    parts = [text for text in (_without(shown), _behind(found, shown)) if text]
    return french.typography(" ".join(parts))


def _without(shown: Sequence[ServiceFigures]) -> str:
    alone = [item for item in shown if quotable(item.without_share) and item.without_share.number]
    if not alone:
        return "Chaque commune atteint au moins un lieu de chacun des services étudiés."
    worst = max(alone, key=lambda item: item.without_share.number or 0.0)
    communes = french.plural(worst.without.number or 0.0, "commune")
    return (
        f"{worst.label} : {percent(worst.without_share)} de la population concernée vit dans une commune sans accès "
        f"({communes} ; portée : {worst.reach})."
    )


def _wanting(item: ServiceFigures, level: int) -> bool:
    """Whether there are fewer places than chance explains, were the rate that of the comparison."""
    there, part = item.supply.number, ratio(item.references[level], item.rate).number
    if there is None or part is None:
        return False
    expected = there * part
    return expected - there >= _CHANCE * math.sqrt(expected)


def _behind(found: Supply, shown: Sequence[ServiceFigures]) -> str:
    """The service farthest under the first unit compared with, of those that chance does not explain."""
    level = _level(found, shown)
    if level is None:
        return ""
    told = [(ratio(item.rate, item.references[level]).number, item) for item in shown]
    under = [(n, item) for n, item in told if n is not None and _wanting(item, level)]
    if not under:
        return ""
    _, item = min(under, key=lambda pair: pair[0])
    return (
        f"Service le plus en retrait par rapport à la comparaison ({found.levels[level]}) : {item.label[:1].lower()}{item.label[1:]}, "
        f"{rate_text(item.rate)} {item.unit} contre {rate_text(item.references[level])}."
    )
