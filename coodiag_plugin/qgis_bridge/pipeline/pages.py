"""From layers and figures to the material of each page: subject, values, design, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.catalogue import indicators
from ...core.design import MapDesign
from ...core.profiles import Chapter, Page
from ...edition.context import Figure, Skipped
from ...edition.materials import NO_SOURCE, CommuneData, PageMaterial, SheetMaterial
from ...edition.sentences import Reference, bare
from ..indicators import unit_key
from ..sheets import contour_sources
from .actors_page import actors_page
from .ground import Ground, field_page
from .sheets import PEOPLE_SOURCES, Sheets
from .structure_material import catchment_page, isochrones_page, mobility_page, recruitment_page
from .told_pages import prospection_page, qualification_page, supply_page
from .typology_page import kinds_material

SAME_CIRCLES = "Cercles à la même échelle que ceux du même objet dans ce chapitre."


def page_materials(
    ground: Ground, data: CommuneData
) -> tuple[dict[str, PageMaterial | SheetMaterial], list[Skipped]]:
    """A material for each page that has data; the others with the reason, for the reader."""
    materials: dict[str, PageMaterial | SheetMaterial] = {}
    skipped = []
    sheets = Sheets(ground, data)
    for chapter in ground.run.profile.chapters:
        for page in chapter.pages:
            found = sheets.material(page) if page.sheet else _material(ground, chapter, page)
            if isinstance(found, str):
                skipped.append(Skipped(page.title, found))
            elif isinstance(found, PageMaterial):
                sources = _with_ground(ground, page, found.sources)
                materials[page.id] = replace(found, sources=sources)
            else:
                materials[page.id] = found
        one_ratio(materials, [page.id for page in chapter.pages])
    return materials, skipped


def one_ratio(materials: dict[str, PageMaterial | SheetMaterial], pages: Sequence[str]) -> None:
    """Give the circles of a chapter that count the same thing (one unit) the same ratio, so that
    their maps compare: that of the largest sum, at which none passes a seventh of the area."""
    alike: dict[str, list[str]] = {}
    for key in pages:
        found = materials.get(key)
        if isinstance(found, PageMaterial) and found.design.circle_ratio and found.design.unit:
            alike.setdefault(found.design.unit, []).append(key)
    for group in alike.values():
        ratio = min(_design(materials[key]).circle_ratio for key in group)
        for key in group if len(group) > 1 else ():
            design = _design(materials[key])
            told = f"{design.method} {SAME_CIRCLES}"
            design = replace(design, circle_ratio=ratio, method=told)
            materials[key] = replace(materials[key], design=design)


def _design(material: PageMaterial | SheetMaterial) -> MapDesign:
    assert isinstance(material, PageMaterial)
    return material.design


def _material(ground: Ground, chapter: Chapter, page: Page) -> PageMaterial | str:
    if page.layer == "communes":
        return _indicator_page(ground, chapter, page)
    layer = ground.run.layers.get(page.layer)
    if layer is None or not layer.featureCount():
        return _why_absent(ground, page.layer)
    builders = {
        "isochrones": isochrones_page,
        "chalandise": catchment_page,
        "recrutement": recruitment_page,
        "mobilite": mobility_page,
        "typologie": kinds_material,
        "specificites": kinds_material,
        "acteurs": actors_page,
        "offre_demande": supply_page,
        "qualification": qualification_page,
        "zones_prospection": prospection_page,
    }
    return builders.get(page.layer, field_page)(ground, chapter, page, layer)


def _why_absent(ground: Ground, layer: str) -> str:
    """Why a layer is not there: what its step said, else what it would have needed."""
    return ground.run.refusals.get(layer) or {
        "isochrones": "les données n’ont pas de couche de routes qui couvre le territoire, ou aucun site n’est donné.",
        "chalandise": "aucun fichier de clients et de sites n’est donné.",
        "penetration": "aucun fichier de clients n’est donné.",
        "recrutement": "aucun fichier de bénéficiaires n’est donné.",
        "mobilite": "il faut des bénéficiaires, des sites et une couche de routes qui couvre le territoire.",
        "zones_prospection": "il faut des clients, des sites et un stock Sirène.",
        "acteurs": "aucune table d’acteurs n’est donnée.",
        "specificites": "les effectifs par secteur ne sont pas connus de toutes les communes.",
    }.get(layer, "la donnée manque.")


def references(ground: Ground, indicator: str) -> tuple[Reference, ...]:
    """The territory, then its units of comparison from near to far."""
    found = [
        Reference(
            "TERRITOIRE",
            ground.territory.name,
            ground.result.references.get("TERRITOIRE", indicator),
        )
    ]
    for unit in ground.run.compared(ground.territory):
        found.append(
            Reference(
                unit.level, unit.name, ground.result.references.get(unit_key(unit), indicator)
            )
        )
    return tuple(found)


def _indicator_page(ground: Ground, chapter: Chapter, page: Page) -> PageMaterial | str:
    from ...analysis.design import (
        design_choropleth,
        design_circles,
        design_coloured_circles,
        subject,
    )

    row = indicators()[page.indicator]
    failed = [name for name in page.indicator_ids() if name in ground.result.failed]
    if failed:
        return ground.result.failed[failed[0]]  # pages of one reason are listed together
    if any(name in ground.result.missing for name in page.indicator_ids()):
        return NO_SOURCE
    values = ground.result.figures.column(page.indicator, ground.territory.communes)
    if not any(value.known for value in values.values()):
        return "aucune commune n’a de valeur diffusable."
    what = subject(row, chapter.theme)
    if page.map == "choropleth":
        design = design_choropleth(what, values)
    elif page.map == "coloured_circles":
        colour = subject(indicators()[page.colour], chapter.theme)
        shades = ground.result.figures.column(page.colour, ground.territory.communes)
        design = design_coloured_circles(what, values, colour, shades, ground.area_m2)
    else:
        design = design_circles(what, values, ground.area_m2)
    cited = dict.fromkeys(ground.result.sources[name] for name in page.indicator_ids())
    return PageMaterial(
        page,
        row,
        ground.result.years[page.indicator],
        tuple(cited),
        design,
        values,
        references(ground, page.indicator),
        method=ground.result.notes.get(page.indicator, ""),
        beside=_beside(ground, page),
    )


def _beside(ground: Ground, page: Page) -> tuple[Figure, ...]:
    """The cards that the profile asks for beside those that the sentence quotes."""
    return tuple(
        Figure(
            indicators()[name].short,
            bare(indicators()[name], ground.result.references.get("TERRITOIRE", name)),
            ground.result.years.get(name, ""),
        )
        for name in page.figures
    )


def _with_ground(ground: Ground, page: Page, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources of a page, that of the sites where they are drawn, and that of the contours."""
    sites = [PEOPLE_SOURCES] if page.layer != "communes" and "sites" in ground.run.layers else []
    return tuple(dict.fromkeys((*sources, *sites, *contour_sources(ground.run.sources))))
