"""The texts that close and open every atlas: how to read it, its glossary, its secrecy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core import french
from ..core.catalogue import indicators
from ..core.profiles import Profile
from .context import Skipped, Term
from .materials import CommuneData, Edition, PageMaterial, SheetMaterial
from .measure import height_at_most
from .sources import filled

#: A column of the glossary, of which a page has two: its room, its width; the white under a term.
COLUMN_ROOM, COLUMN_WIDTH, UNDER_TERM = 161.0, 128.5, 1.8

#: Titles named under a reason; the last of more are counted.
_NAMED = 12


def by_reason(items: Sequence[Skipped]) -> tuple[str, ...]:
    """One line per reason, with the titles of the pages or figures that it concerns."""
    reasons: dict[str, list[str]] = {}
    for item in items:
        reasons.setdefault(item.reason, []).append(f"« {item.title} »")
    return tuple(f"{_named(titles)} : {reason}" for reason, titles in reasons.items())


def _named(titles: list[str]) -> str:
    """The titles, the last of many being counted: the journal names them all."""
    if len(titles) > _NAMED:
        titles = [*titles[: _NAMED - 1], f"{len(titles) - _NAMED + 1} autres"]
    return french.listing(titles)


def glossary(
    profile: Profile,
    data: CommuneData,
    materials: Iterable[PageMaterial | SheetMaterial],
    edition: Edition,
) -> tuple[Term, ...]:
    """Terms of what is printed: key figures, pages that stand, pages of the communes."""
    materials = tuple(materials)
    used = {key: indicators()[key] for key in _shown(profile, materials) if data.printed(key)}
    for material in materials:
        if isinstance(material, PageMaterial) and material.subject.definition:
            used.setdefault(material.subject.id, material.subject)
    terms = [
        Term(subject.label, f"{subject.definition} {subject.caveat}".strip())
        for subject in used.values()
    ]
    terms += edition.extra_terms
    return tuple(sorted(terms, key=lambda term: french.alphabetical(term.term)))


def _shown(profile: Profile, materials: Sequence[PageMaterial | SheetMaterial]) -> tuple[str, ...]:
    """Indicators that are on some page, once, in reading order: not those of pages left out."""
    names = [*profile.key_figures]
    for material in materials:
        names += material.page.indicator_ids()
        names += material.indicators if isinstance(material, SheetMaterial) else ()
    names += [*profile.commune_figures, *([profile.commune_chart] if profile.commune_chart else [])]
    return tuple(name for name in dict.fromkeys(names) if name)


def deal_terms(terms: Sequence[Term]) -> list[tuple[Term, ...]]:
    """The terms by page, columns of like height; at the smallest type a page holds its terms."""
    heights = [
        UNDER_TERM
        + sum(height_at_most(text, COLUMN_WIDTH) for text in (item.term, item.definition))
        for item in terms
    ]
    pages = -(-len(filled(heights, COLUMN_ROOM)) // 2)
    room = sum(heights) / max(2 * pages, 1)
    while len(filled(heights, room)) > 2 * pages:
        room += 1.0
    columns = filled(heights, min(room, COLUMN_ROOM))
    return [
        tuple(terms[rank] for column in columns[at : at + 2] for rank in column)
        for at in range(0, len(columns), 2)
    ] or [()]


def reading_notes(edition: Edition, failures: bool) -> tuple[str, ...]:
    missing = "non disponible ou non reçu" if failures else "non disponible"
    texts = [
        "Chaque carte répond à une question. Sous le titre, l’indicateur et son millésime ; puis une phrase qui dit ce que la carte montre. Les chiffres cités sont repris en grand près de la carte.",
        "Les nombres (habitants, emplois, chômeurs) sont des cercles dont la surface est proportionnelle à la valeur. Les parts, taux et indices sont des couleurs, de la plus claire à la plus foncée ; les évolutions et les indices ont deux couleurs de part et d’autre de leur centre.",
        "Près de la légende, un petit histogramme montre la répartition des communes, de la plus petite à la plus grande valeur. Les communes voisines sont en gris clair.",
        f"s : secret statistique · … : {missing} · /// : sans objet · n.s. : non significatif.",
    ]
    if edition.demo:
        texts.insert(
            0,
            "DONNÉES FICTIVES : le territoire, les chiffres et les personnes de cette démonstration sont inventés.",
        )
    return tuple(texts)


def secrecy_notes(minimum: int) -> tuple[str, ...]:
    return (
        f"Aucune personne n’est identifiable dans ce document. Les effectifs de clients et de bénéficiaires compris entre 1 et {minimum - 1} sont remplacés par « s », et d’autres cases le sont aussi lorsqu’un effectif caché pourrait se déduire du total.",
        "Les clients et les bénéficiaires ne figurent jamais comme points : seuls sont montrés des communes, des zones généralisées et des taux. Leur localisation exacte reste dans le dossier « confidentiel », qui n’accompagne aucun document remis.",
        "Les revenus et la pauvreté sont ceux que l’Insee diffuse : rien n’est recalculé sous le seuil de 11 ménages fiscaux, et une médiane n’est jamais recomposée à partir de celles des communes.",
        "Les établissements à diffusion partielle (article A123-96 du code de commerce) sont comptés dans leur commune, sans nom, ni adresse, ni position ; ils n’apparaissent pas parmi les prospects.",
        "Loi n° 51-711 du 7 juin 1951 sur le secret statistique ; règlement (UE) 2016/679 sur la protection des données.",
    )
