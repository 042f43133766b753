"""What the attacker reads of the sheets on clients and on recruitment, beside layers and journal.

*Portfolio.* It counts establishments of the register of the territory that are clients, each once,
by activity and by size. Unknowns: client establishments by commune, section and size; at most as
many as the public layer ``etablissements`` has there, less the prospects, who are no client. The
establishments of a commune are clients of that commune for the attacker: those with a SIRET that
the penetration counts, and of the others those found by their name.

*Paradox.* It counts beneficiaries by type of commune; the type of each commune is public.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from coodiag.coodiag_plugin.analysis.disclosure import Fact, exactly
from coodiag.coodiag_plugin.core.french import typography
from coodiag.coodiag_plugin.core.nomenclatures import naf_label, naf_section, tranches
from coodiag.coodiag_plugin.edition.context import Block, ReportContext, SheetPage, from_json
from coodiag.coodiag_plugin.zones.portfolio import band_label
from coodiag.tests.qgis import dossier_bytes as unpack

#: A kind of people (or ``m``: client establishments) and where, or in what.
Unknown = tuple[str, str]
ACTIVITY, SIZE = "Par activité", "Par taille"
_UNKNOWN_LABELS = {ACTIVITY: "Activité inconnue", SIZE: "Taille inconnue"}


def figure(text: str) -> float | None:
    """The number that is printed, None for a sign."""
    digits = "".join(char for char in text if char.isdigit() or char == ",").replace(",", ".")
    return float(digits) if digits else None


def context_of(dossier: Path) -> ReportContext:
    return from_json((dossier / "contexte.json").read_text(encoding="utf-8"))


def _sheets(dossier: Path) -> Iterator[SheetPage]:
    for chapter in context_of(dossier).chapters:
        yield from chapter.sheets


def _rows(block: Block) -> list[dict[str, str]]:
    """Column → text of each row of a table, the label under the first column."""
    assert block.table is not None
    columns = block.table.columns
    return [dict(zip(columns, (row.label, *row.cells))) for row in block.table.rows]


def tables(dossier: Path, *titles: str) -> dict[str, list[dict[str, str]]]:
    """The rows of the tables of these titles, over the pages that they are dealt on."""
    found: dict[str, list[dict[str, str]]] = {}
    for page in _sheets(dossier):
        for block in page.blocks:
            title = block.title.split(" (suite)")[0]
            if block.table is not None and title in titles:
                found.setdefault(title, []).extend(_rows(block))
    return found


def cards(dossier: Path) -> dict[str, str]:
    """The cards of every sheet page, by their label."""
    return {
        card.label: card.text
        for page in _sheets(dossier)
        for block in page.blocks
        for card in block.figures
    }


# --- portfolio ------------------------------------------------------------------------------


@cache
def _bands() -> dict[str, str]:
    """Label of a class of workforce → that of its band."""
    return {typography(row.label): typography(band_label(row.band)) for row in tranches().values() if row.band}  # fmt: skip


def _cell(row: dict[str, object]) -> tuple[str, str, str]:
    """Commune, label of the section and of the size of an establishment of a public layer."""
    naf = str(row["naf"] or "")
    section = naf_section(naf) if naf else ""
    size = _bands().get(typography(str(row["tranche_label"] or "")))
    return (
        str(row["codgeo"]),
        typography(naf_label(section)) if section else _UNKNOWN_LABELS[ACTIVITY],
        size or _UNKNOWN_LABELS[SIZE],
    )


def capacities(dossier: Path) -> Counter[tuple[str, str, str]]:
    """Establishments that may be clients by commune, section and size: all but the prospects."""
    gpkg = dossier / "diagnostic.gpkg"
    stock = Counter(_cell(row) for row in unpack.rows(gpkg, "etablissements"))
    prospects = Counter(_cell(row) for row in unpack.rows(gpkg, "prospects"))
    assert all(stock[cell] >= count for cell, count in prospects.items())
    return Counter({cell: count - prospects[cell] for cell, count in stock.items()})


def key(cell: tuple[str, str, str]) -> Unknown:
    return ("m", "|".join(cell))


def client_cells(establishments: Iterable[dict[str, object]]) -> Counter[Unknown]:
    """The true counts of such establishments, by cell and by group: what a test compares to."""
    counts: Counter[Unknown] = Counter()
    for row in establishments:
        cell = _cell(row)
        counts[key(cell)] += 1
        counts["g", f"{ACTIVITY}|{cell[1]}"] += 1
        counts["g", f"{SIZE}|{cell[2]}"] += 1
    return counts


def portfolio_facts(
    dossier: Path, communes: list[str]
) -> tuple[list[Fact[Unknown]], list[Unknown]]:
    """The facts, and the groups whose count is hidden (``g``: grouping and label)."""
    found = tables(dossier, ACTIVITY, SIZE)
    if not found:
        return [], []
    limits = capacities(dossier)
    facts: list[Fact[Unknown]] = [
        Fact({key(cell): 1.0}, 0.0, float(most), "établissements publics") for cell, most in limits.items()
    ]  # fmt: skip
    hidden: list[Unknown] = []
    for title, rows in found.items():
        at = 1 if title == ACTIVITY else 2
        labels = {row["Groupe"] for row in rows}
        assert {cell[at] for cell in limits} <= labels, (title, labels)
        for row in rows:
            group = ("g", f"{title}|{row['Groupe']}")
            parts = {key(cell): 1.0 for cell in limits if cell[at] == row["Groupe"]}
            facts.append(exactly({**parts, group: -1.0}, 0.0, "groupe"))
            count = _clients(row)
            if count is None:
                hidden.append(group)
            else:
                facts.append(exactly({group: 1.0}, count, f"portefeuille : {row['Groupe']}"))
    facts += _whole(dossier, limits)
    for code in communes:
        mine = {key(cell): 1.0 for cell in limits if cell[0] == code}
        here = {("b", code): -1.0, ("p", code): -1.0}
        facts.append(Fact({**mine, **here}, float("-inf"), 0.0, "clients de la commune"))
    return facts, hidden


def _clients(row: dict[str, str]) -> float | None:
    """The count of a row, or what its penetration or its share gives away."""
    count = figure(row["Clients"])
    rate, stock = figure(row["Clients pour 100 établissements"]), figure(row["Établissements"])
    if count is None and rate is not None and stock is not None:
        return float(round(rate * stock / 100))
    assert count is not None or figure(row["Part des clients"]) is None
    assert count is not None or figure(row["Indice"]) is None
    return count


def _whole(dossier: Path, limits: Counter[tuple[str, str, str]]) -> Iterator[Fact[Unknown]]:
    printed = cards(dossier)
    every = {key(cell): 1.0 for cell in limits}
    whole = figure(printed["Clients retrouvés au répertoire"])
    beside = figure(printed["Autres clients localisés"])
    rate, stock = (
        figure(printed["Clients pour 100 établissements"]),
        figure(printed["Établissements du territoire"]),
    )
    if whole is not None:
        yield exactly(every, whole, "clients du tissu")
    elif rate is not None and stock is not None:
        slack = 0.05 * stock / 100
        yield Fact(every, rate * stock / 100 - slack, rate * stock / 100 + slack, "pénétration")
    if beside is not None:
        yield exactly({("autres", ""): 1.0}, beside, "autres clients")


# --- paradox --------------------------------------------------------------------------------

TYPES = "Les types de communes"


def paradox_facts(dossier: Path) -> list[Fact[Unknown]]:
    """Beneficiaries of each told type, and of all."""
    rows = tables(dossier, TYPES).get(TYPES, [])
    layer = unpack.rows(dossier / "diagnostic.gpkg", "recrutement")
    facts = []
    for row in rows:
        count = figure(row["Bénéficiaires"])
        label = row["Type de commune"]
        members = [str(r["codgeo"]) for r in layer if label in ("Ensemble", r["type_label"])]
        if count is not None:
            assert members, label
            facts.append(exactly({("n", code): 1.0 for code in members}, count, f"type {label}"))
    return facts
