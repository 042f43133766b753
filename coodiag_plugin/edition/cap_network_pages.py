"""The printed pages of a network of Cap self-evaluations: no structure is named."""

from __future__ import annotations

from ..core import french
from ..core.cap import NetworkResult, NetworkScore
from ..core.choices import HIGHEST
from ..core.french import typography
from .cap_document import CapPage
from .cap_pages import grid_note, radar, score
from .context import Block, Chart, Table, TableRow


def network_radar(network: NetworkResult) -> Chart:
    """The mean of the structures, between the first and the third quartile."""
    names = tuple(item.sub_theme for item in network.sub_themes)
    return radar(
        names,
        [
            ("Moyenne", [item.mean for item in network.sub_themes]),
            ("Premier quartile", [item.first for item in network.sub_themes]),
            ("Troisième quartile", [item.third for item in network.sub_themes]),
        ],
    )


def network_pages(network: NetworkResult) -> list[CapPage]:
    """Radar and themes, then the table of sub-themes."""
    count = french.plural(network.structures, "structure")
    sources = (f"auto-évaluations de {count}",)
    method = typography(
        f"Aucune structure n’est nommée ; rien n’est montré de moins de {network.minimum} structures (s). {grid_note(network.grid.name)}"
    )
    position = [
        Block("chart", "Moyenne et quartiles par sous-thème", chart=network_radar(network)),
        Block("table", "Les thèmes", table=_themes(network)),
    ]
    columns = (
        "Sous-thème", "Moyenne", "Premier quartile", "Médiane", "Troisième quartile", "Écart type",
        "Structures",
    )  # fmt: skip
    table = Table(columns, tuple(_row(item) for item in network.sub_themes))
    lead = f"Moyenne des structures : {score(network.whole.mean)} sur {HIGHEST}."
    return [
        CapPage("cap_reseau", "Le réseau", tuple(position), typography(lead), sources, method),
        CapPage(
            "cap_reseau_table",
            "Le réseau par sous-thème",
            (Block("table", table=table),),
            "",
            sources,
            method,
        ),
    ]


def _themes(network: NetworkResult) -> Table:
    return Table(
        ("Thème", f"Moyenne sur {HIGHEST}", "Premier quartile", "Médiane", "Troisième quartile"),
        tuple(
            TableRow(
                item.theme or "Ensemble",
                tuple(score(value) for value in (item.mean, item.first, item.median, item.third)),
            )
            for item in (*network.themes, network.whole)
        ),
    )


def _row(item: NetworkScore) -> TableRow:
    figures = (item.mean, item.first, item.median, item.third)
    return TableRow(
        item.sub_theme,
        (
            *(score(value) for value in figures),
            french.figure(item.deviation, 2),
            french.number(item.structures) if item.mean.known else "s",
        ),
    )
