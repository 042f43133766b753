"""The actors of the territory in a table: how many of each kind, who they are, their link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...core import french
from ...core.catalogue import rows as catalogue_rows
from ...core.french import NO_BREAK_SPACE
from ...core.profiles import Page
from ...core.qualitative import Actor
from ..context import Block, Chart, Figure, Series, Table, TableRow
from ..materials import SheetMaterial

SOURCE = "recensement des acteurs par la structure"
#: Names printed per kind; more are counted.
MOST_NAMES = 12


def kind_labels() -> dict[str, str]:
    """Label of each kind of actor, in the order of the catalogue."""
    return {row["kind"]: row["label"] for row in catalogue_rows("actor_kinds")}


def link_labels() -> dict[str, str]:
    """Label of each link with the structure, in the order of the catalogue."""
    return {row["link"]: row["label"] for row in catalogue_rows("actor_links")}


def actors_sheet(
    page: Page,
    actors: Sequence[Actor],
    persons: int = 0,
    source: str = SOURCE,
) -> SheetMaterial | str:
    """The material of a page ``actors``, or why it is left out (French).

    ``persons``: whether some actors were left out because they may be persons (their number is
    not printed).
    """
    if not actors:
        return "aucune table d’acteurs n’est donnée."
    blocks = [Block("table", "Qui agit sur le territoire", table=_by_kind(actors))]
    linked = [actor for actor in actors if actor.links]
    if linked:
        blocks.insert(0, Block("chart", "Le lien avec la structure", chart=_links(linked)))
    method = "Un acteur est rangé dans la catégorie que dit la table, à défaut d’après son nom ou son rôle ; il peut avoir plusieurs liens avec la structure."
    if persons:
        method += " Les acteurs qui sont des personnes ne sont ni nommés ni placés."
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(actors),
        subtitle=french.plural(len(actors), "organisme recensé", "organismes recensés"),
        sources=(source,),
        method=french.typography(method),
    )


def names_text(actors: Sequence[Actor], most: int = MOST_NAMES) -> str:
    """Names in the order of a French index, and how many more."""
    names = sorted(
        {actor.name for actor in actors}, key=lambda name: (french.alphabetical(name), name)
    )
    shown = " ; ".join(names[:most])
    more = len(names) - most
    text = f"{shown} ; et {french.plural(more, 'autre')}" if more > 0 else shown
    return french.typography(text)


def _by_kind(actors: Sequence[Actor]) -> Table:
    rows = []
    for kind, label in kind_labels().items():
        members = [actor for actor in actors if actor.kind == kind]
        if members:
            rows.append(TableRow(label, (french.number(len(members)), names_text(members))))
    return Table(("Type d’acteurs", "Nombre", "Acteurs"), tuple(rows))


def _links(actors: Sequence[Actor]) -> Chart:
    counts = Counter(link for actor in actors for link in actor.links)
    shown = [(label, counts[link]) for link, label in link_labels().items() if counts[link]]
    series = Series(
        "Acteurs",
        tuple(float(count) for _, count in shown),
        tuple(french.number(count) for _, count in shown),
    )
    return Chart("bars", "Le lien avec la structure", tuple(label for label, _ in shown), (series,))


def _sentence(actors: Sequence[Actor]) -> str:
    """How many, in how many kinds, and how many already work with the structure."""
    held = Counter(actor.kind for actor in actors)
    text = f"{french.plural(len(actors), 'acteur recensé', 'acteurs recensés')}"
    if len(held) > 1:
        text += f" de {french.number(len(held))} types"
    unlinked = sum("aucun" in actor.links for actor in actors)
    if unlinked:
        text += f"{NO_BREAK_SPACE}; {french.number(unlinked)} sans lien avec la structure à ce jour"
    return text + "."


def kind_figures(actors: Sequence[Actor], most: int = 4) -> tuple[Figure, ...]:
    """Cards of the map: the most numerous kinds."""
    labels = kind_labels()
    held = Counter(actor.kind for actor in actors)
    order = sorted(held, key=lambda kind: (-held[kind], list(labels).index(kind)))
    return tuple(Figure(labels[kind], french.plural(held[kind], "acteur")) for kind in order[:most])
