"""The clients against the fabric of the territory: activities and sizes that stand out."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french
from ...core.crossings import Portfolio, PortfolioRow, PortfolioTable
from ...core.profiles import Page
from ..context import Block, Chart, Figure
from ..materials import SheetMaterial
from .cells import chart_block, named, percent, plain, quotable, series, table_block

#: From here a group is said to be more, or less, frequent among the clients.
MARKED_MORE, MARKED_LESS = 120.0, 80.0
#: Groups of the chart: those of the sentence, then the largest of the fabric, in the order of
#: their index.
MOST_BARS = 12
#: Groups named on each side by the sentence.
MOST_NAMED = 3
RULE = (
    "Clients retrouvés parmi les établissements du territoire (SIRET, à défaut nom et commune), chacun compté une fois ; les cartes de clients, elles, comptent ceux qui ont un SIRET. "
    "Indice : part du groupe parmi les clients rapportée à sa part dans le tissu, 100 = aussi fréquent ; il est rapproché de 100 quand les clients sont peu nombreux "
    "(comme si dix clients de plus étaient répartis à l’image du tissu). Clients pour 100 établissements : tous les établissements actifs du répertoire, employeurs ou non."
)
HIDDEN = " Parts et indices se rapportent aux seuls groupes montrés, l’ensemble étant masqué."


def portfolio_sheet(
    page: Page,
    found: Portfolio,
    *,
    minimum: int,
    sources: Sequence[str] = (),
    method: str = "",
) -> SheetMaterial | str:
    """The page, or why it is left out. ``minimum``: fewest clients that may be shown."""
    activity = found.tables[0]
    if not any(row.clients.number for row in activity.rows):
        return "trop peu de clients sont des établissements du territoire pour être comparés à son tissu."
    secrecy = f"Effectifs de 1 à {minimum - 1} masqués (s), avec secret secondaire commun aux deux tableaux."
    blocks = [_cards(found), chart_block(_chart(page, activity))]
    blocks += [_table(table) for table in found.tables]
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(activity),
        subtitle=french.typography("Clients et établissements du territoire, par activité et par taille"),
        sources=tuple(sources),
        method=french.typography(
            " ".join(p for p in (RULE, secrecy + (HIDDEN if found.compares_shown else ""), method) if p)
        ),
    )  # fmt: skip


def _cards(found: Portfolio) -> Block:
    return Block(
        "figures",
        figures=(
            Figure("Clients retrouvés au répertoire", plain(found.clients), "établissements du territoire"),
            Figure("Autres clients localisés", plain(found.beside), "particuliers, hors territoire ou non retrouvés"),
            Figure("Établissements du territoire", plain(found.establishments), "employeurs ou non"),
            Figure("Clients pour 100 établissements", plain(found.penetration, 1), "employeurs ou non"),
        ),
    )  # fmt: skip


def _chart(page: Page, table: PortfolioTable) -> Chart:
    told = [row for rows in _marked(table) for row in rows[:MOST_NAMED]]
    others = [row for row in table.rows if quotable(row.index) and row not in told]
    rows = sorted([*told, *others][:MOST_BARS], key=_index, reverse=True)
    names = tuple(row.label for row in rows)
    if page.chart == "bars":
        bars = (
            series("Part des clients", [row.client_share for row in rows], 1, "%"),
            series("Part du tissu", [row.fabric_share for row in rows], 1, "%"),
        )
        title = "Clients et tissu"
        return Chart("bars", title, names, bars, unit="%", reference=bars[1].name)
    return Chart(
        "index",
        french.typography("Clients rapportés au tissu (100 = aussi fréquent)"),
        names,
        (series("Indice", [row.index for row in rows], 0, ""),),
        centre=100.0,
    )


def _table(table: PortfolioTable) -> Block:
    rows = [
        (
            row.label,
            plain(row.clients),
            percent(row.client_share),
            plain(row.establishments),
            percent(row.fabric_share),
            plain(row.index),
            plain(row.penetration, 1),
        )
        for row in table.rows
        if row.establishments.number
    ]
    columns = (
        "Groupe",
        "Clients",
        "Part des clients",
        "Établissements",
        "Part du tissu",
        "Indice",
        "Clients pour 100 établissements",
    )
    return table_block(table.title, columns, rows)


def _marked(table: PortfolioTable) -> tuple[list[PortfolioRow], list[PortfolioRow]]:
    """The groups more, and less, frequent among the clients: the most marked first."""
    told = [row for row in table.rows if row.group and quotable(row.index)]
    more = sorted((r for r in told if _index(r) >= MARKED_MORE), key=_index, reverse=True)
    return more, sorted((r for r in told if _index(r) <= MARKED_LESS), key=_index)


def _sentence(table: PortfolioTable) -> str:
    more, less = _marked(table)
    parts = []
    if more:
        parts.append(f"Plus fréquentes parmi les clients que dans le tissu : {_words(more)}.")
    if less:
        parts.append(f"Moins fréquentes : {_words(less)}.")
    if not parts:
        parts.append(
            "Les clients se répartissent entre les activités comme les établissements du territoire."
        )
    return french.typography(" ".join(parts))


def _index(row: PortfolioRow) -> float:
    return row.index.number or 0.0


def _words(rows: Sequence[PortfolioRow]) -> str:
    return named([f"{_short(row.label)} ({_how(row)})" for row in rows], MOST_NAMED)


def _how(row: PortfolioRow) -> str:
    """The index; a group without a client has one too (drawn towards 100), which would puzzle."""
    return "aucun client" if row.clients.number == 0 else f"indice {plain(row.index)}"


def _short(label: str) -> str:
    """The first part of a long official label, in the middle of a sentence."""
    head = label.split(";")[0].strip()
    return head[:1].lower() + head[1:]
