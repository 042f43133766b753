"""Jobs by what they ask for, beside those who seek one by what they have."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french
from ...core.crossings import LevelFigures, Qualification
from ...core.profiles import Page
from ..context import Block, Chart, Figure
from ..materials import SheetMaterial
from .cells import as_printed, chart_block, percent, plain, points, quotable, series, table_block

#: A gap under this many points is told as a balance.
BALANCED = 2.0
RULE = (
    "Emplois : postes occupés au lieu de travail, par groupe socioprofessionnel, hors agriculteurs, artisans, commerçants et chefs d’entreprise. "
    "Correspondance des groupes et des diplômes : choix de méthode, d’après les niveaux de compétences de la classification internationale des professions (CITP-08). "
    "Elle dit ce que les postes demandent en général ; le recensement ne compte pas les postes vacants."
)


def qualification_sheet(
    page: Page, found: Qualification, *, sources: Sequence[str] = (), method: str = ""
) -> SheetMaterial | str:
    """The page, or why it is left out."""
    if not all(row.jobs_share.known and row.seekers_share.known for row in found.rows):
        return "le recensement ne donne pas, pour tout le territoire, les emplois par groupe socioprofessionnel et les personnes par diplôme."
    blocks = [_cards(found), chart_block(_chart(page, found)), _table(found)]
    if any(share.known for row in found.rows for pair in row.references for share in pair):
        blocks.append(_elsewhere(found))
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(found),
        subtitle=french.typography(
            f"{found.who} par diplôme et emplois par groupe socioprofessionnel"
        ),
        sources=tuple(sources),
        method=french.typography(" ".join(part for part in (RULE, method) if part)),
    )


def _cards(found: Qualification) -> Block:
    low = found.rows[0]
    cards = (
        Figure(f"{found.who}, {_lower(low.label)}", plain(low.seekers)),
        Figure(f"Emplois occupés, {_lower(low.label)}", plain(low.jobs)),
        Figure("Personnes pour 100 emplois occupés", plain(found.ratio), _lower(low.label)),
        Figure("Indice de qualification", plain(found.index), "100 = même part des deux côtés"),
    )
    return Block("figures", figures=cards)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _chart(page: Page, found: Qualification) -> Chart:
    jobs = [row.jobs_share for row in found.rows]
    people = [row.seekers_share for row in found.rows]
    if page.chart == "stacked":
        pairs = tuple(
            series(row.label, [row.jobs_share, row.seekers_share], 1, "%") for row in found.rows
        )
        return Chart(
            "stacked", "Emplois et personnes par niveau", ("Emplois", found.who), pairs, unit="%"
        )
    return Chart(
        "bars",
        "Emplois et personnes par niveau",
        tuple(row.label for row in found.rows),
        (series("Emplois", jobs, 1, "%"), series(found.who, people, 1, "%")),
        unit="%",
    )


def _table(found: Qualification) -> Block:
    rows = [
        (
            f"{row.label} ({_lower(row.jobs_label)})",
            plain(row.jobs),
            percent(row.jobs_share),
            plain(row.seekers),
            percent(row.seekers_share),
            points(row.seekers_share, row.jobs_share),
        )
        for row in found.rows
    ]
    columns = (
        "Niveau (emplois)",
        "Emplois",
        "Part des emplois",
        found.who,
        "Part des personnes",
        "Écart (points)",
    )
    return table_block("Le territoire", columns, rows)


def _elsewhere(found: Qualification) -> Block:
    """Shares of the jobs and of the people in the units compared with."""
    kept = [
        at
        for at in range(len(found.levels))
        if any(share.known for row in found.rows for share in row.references[at])
    ]
    rows = [
        (
            row.label,
            *(" / ".join(percent(share) for share in row.references[at]) for at in kept),
        )
        for row in found.rows
    ]
    names = tuple(found.levels[at] for at in kept)
    return table_block("Ailleurs : part des emplois / part des personnes", ("Niveau", *names), rows)


def _sentence(found: Qualification) -> str:
    low = found.rows[0]
    if not (quotable(low.jobs_share) and quotable(low.seekers_share)):
        return ""
    jobs, people = as_printed(low.jobs_share, 1), as_printed(low.seekers_share, 1)
    assert jobs is not None and people is not None
    text = (
        f"Niveau {_lower(low.label)} : {percent(low.seekers_share)} des {_lower(found.who)} "
        f"et {percent(low.jobs_share)} des emplois."
    )
    return french.typography(f"{text} {_verdict(people - jobs, low)}")


def _verdict(gap: float, low: LevelFigures) -> str:
    if abs(gap) < BALANCED:
        return "Les deux parts sont proches : à ce niveau, l’écart entre personnes et emplois n’est pas dans les diplômes."
    if gap > 0:
        return "Les personnes de ce niveau sont plus présentes parmi ceux qui cherchent que les postes correspondants parmi les emplois."
    return "Les postes de ce niveau sont plus présents parmi les emplois que les personnes correspondantes parmi ceux qui cherchent."
