"""From layers and figures to the material of each page: subject, values, design, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.catalogue import Indicator, indicators, layer_fields
from ...core.figures import FigureTable, figure_of
from ...core.profiles import Chapter, Page
from ...core.territory import Territory
from ...core.values import State, Value
from ...edition import structure_pages
from ...edition.build import PageMaterial
from ...edition.context import Skipped
from ...edition.sentences import Reference
from ..indicators import unit_key
from ..layers import records
from .options import Run
from .results import IsochroneResult, MobilityResult, RecruitmentResult
from .zones import zone_row

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult

#: Rates of these layers are about the structure's people: only the territory compares.
PEOPLE_SOURCES = "Fichiers de la structure, localisés par Coodiag"


@dataclass(frozen=True)
class Ground:
    """What every page of a run shares."""

    run: Run
    territory: Territory
    result: IndicatorResult
    names: Mapping[str, str]
    area_m2: float


def page_materials(ground: Ground) -> tuple[dict[str, PageMaterial], list[Skipped]]:
    """A material for each page that has data; the others with the reason, for the reader."""
    materials, skipped = {}, []
    for chapter in ground.run.profile.chapters:
        for page in chapter.pages:
            found = _material(ground, chapter, page)
            if isinstance(found, str):
                skipped.append(Skipped(page.title, found))
            else:
                materials[page.id] = replace(found, sources=_with_ground(ground, found.sources))
    return materials, skipped


def _material(ground: Ground, chapter: Chapter, page: Page) -> PageMaterial | str:
    if page.layer == "communes":
        return _indicator_page(ground, chapter, page)
    layer = ground.run.layers.get(page.layer)
    if layer is None or not layer.featureCount():
        return _why_absent(ground, page.layer)
    builders = {
        "isochrones": _isochrones,
        "chalandise": _catchment,
        "recrutement": _recruitment,
        "mobilite": _mobility,
    }
    return builders.get(page.layer, _field_page)(ground, chapter, page, layer)


def _why_absent(ground: Ground, layer: str) -> str:
    """Why a layer is not there: what its step said, else what it would have needed."""
    return ground.run.refusals.get(layer) or {
        "isochrones": "les données n’ont pas de couche de routes qui couvre le territoire, ou aucun site n’est donné.",
        "chalandise": "aucun fichier de clients et de sites n’est donné.",
        "penetration": "aucun fichier de clients n’est donné.",
        "recrutement": "aucun fichier de bénéficiaires n’est donné.",
        "mobilite": "il faut des bénéficiaires, des sites et une couche de routes qui couvre le territoire.",
        "zones_prospection": "il faut des clients, des sites et un stock Sirène.",
    }.get(layer, "la donnée manque.")


# --- indicators ------------------------------------------------------------------------------


def references(ground: Ground, indicator: str) -> tuple[Reference, ...]:
    """The territory, then its units of comparison from near to far."""
    found = [
        Reference(
            "TERRITOIRE",
            ground.territory.name,
            ground.result.references.get("TERRITOIRE", indicator),
        )
    ]
    for unit in ground.territory.references:
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
    missing = [name for name in page.indicator_ids() if name in ground.result.missing]
    if missing:
        return f"aucune source ne donne «\u00a0{indicators()[missing[0]].label}\u00a0»."
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
    )


# --- layers of the structure -----------------------------------------------------------------


def _column(layer: QgsVectorLayer, name: str, unit: str) -> dict[str, Value]:
    """Figures of a field of a layer of communes, with their states; ``n.s.`` ones are marked."""
    return {
        str(row["codgeo"]): figure_of(row, name, unit)
        for row, _ in records(layer)
        if row.get("role") in (None, "territoire")
    }


def _field_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    from ...analysis.design import design_choropleth, design_circles, subject

    row = _field(ground, page)
    values = _column(layer, page.field, row.unit)
    if not any(value.known for value in values.values()):
        return "aucune commune n’a assez de personnes pour que la valeur soit montrée."
    what = subject(row, chapter.theme)
    design = (
        design_circles(what, values, ground.area_m2)
        if page.map == "circles"
        else design_choropleth(what, values)
    )
    result = ground.run.results.get(page.layer)
    whole = result.territory(page.field) if result else None
    return PageMaterial(
        page,
        row,
        "",
        _sources(ground, page.layer),
        design,
        values,
        (Reference("TERRITOIRE", ground.territory.name, whole),) if whole is not None else (),
        method=_method(ground, page.layer),
    )


def _field(ground: Ground, page: Page) -> Indicator:
    """The catalogue row of the page's field; the run may name its target more precisely."""
    row = layer_fields()[(page.layer, page.field)]
    result = ground.run.results.get(page.layer)
    words = result.label(page.field) if result else ""
    return replace(row, label=words) if words else row


#: Layers whose figures rest on times or distances by road.
_BY_ROAD = ("isochrones", "chalandise", "recrutement", "mobilite", "zones_prospection")


def _sources(ground: Ground, layer: str) -> tuple[str, ...]:
    result = ground.run.results.get(layer)
    roads = ground.run.road_citations if layer in _BY_ROAD else ()
    return (PEOPLE_SOURCES, *(result.sources if result else ()), *roads)


def _method(ground: Ground, layer: str) -> str:
    result = ground.run.results.get(layer)
    return result.method if result else ""


def _with_ground(ground: Ground, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources of a page and that of the contours, which every map shows."""
    contours = dict.fromkeys(
        f"contours des communes : {item.producer} {item.vintage}".strip()
        for item in ground.run.sources
        if item.dataset == "contours_communes"
    )
    return (*sources, *contours)


def _isochrones(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial:
    from ...analysis.design import design_zones

    result = ground.run.results[page.layer]
    assert isinstance(result, IsochroneResult)
    row = layer_fields()[(page.layer, "value")]
    values = sorted({float(item["value"]) for item, _ in records(layer)})
    levels = [(value, f"{french.number(value)}\u00a0min au plus") for value in values]
    design = design_zones("value", "Temps d’accès en voiture", levels, chapter.theme, nested=False)
    sentence, figures = structure_pages.isochrone_page(
        result.parts, ground.run.layers["sites"].featureCount(), "min"
    )
    return PageMaterial(
        page, row, "", _sources(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle="Surface atteinte en voiture depuis le site le plus proche, par palier de temps",
        method=result.method,
    )  # fmt: skip


def _catchment(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    from ...analysis.design import design_zones

    row = layer_fields()[(page.layer, "threshold")]
    zones = [zone_row(item) for item, _ in records(layer)]
    drawn = [str(item["threshold"]) for item, shape in records(layer) if not shape.isEmpty()]
    levels = [
        (zone.threshold, structure_pages.zone_label(zone))
        for zone in zones
        if str(zone.threshold) in drawn
    ]
    if not levels:
        return "trop peu de clients sont localisés pour dessiner une zone sans les exposer."
    design = design_zones(
        "threshold", "Zone de chalandise mesurée", levels, chapter.theme, nested=False
    )
    sentence, figures = structure_pages.catchment_page(zones, ground.run.located["clients"].count)
    thresholds = french.listing([french.number(zone.threshold) for zone in zones])
    return PageMaterial(
        page, row, "", _sources(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle=f"Communes qui réunissent {thresholds}\u00a0% des clients, de la plus proche à la plus éloignée des sites",
        method=_method(ground, page.layer),
    )  # fmt: skip


def _mobility(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    if layer.fields().indexFromName(page.field) < 0:
        return "aucun établissement employeur n’est localisé."
    found = _field_page(ground, chapter, page, layer)
    if isinstance(found, str):
        return found
    result = ground.run.results[page.layer]
    assert isinstance(result, MobilityResult)
    target = page.field.partition("_")[0]
    told = {item.mode: item.whole.within for item in result.access if item.target == target}
    sentence, figures = structure_pages.mobility_page(target, told)
    return replace(found, sentence=sentence, figures=figures)


def _recruitment(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    if page.map == "typology":
        return _typology(ground, chapter, page, layer)
    if page.map == "bivariate":
        return _crossing(ground, chapter, page, layer)
    return _field_page(ground, chapter, page, layer)


def _crossing(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    from ...analysis.crossing import crossed, design_bivariate
    from ...analysis.design import subject

    result = ground.run.results[page.layer]
    assert isinstance(result, RecruitmentResult)
    needs, reach = (
        layer_fields()[(page.layer, page.field)],
        layer_fields()[(page.layer, page.cross)],
    )
    first, second = _column(layer, page.field, needs.unit), _column(layer, page.cross, reach.unit)
    cuts, words = _cuts(page, result)
    design = design_bivariate(
        subject(needs, chapter.theme), first, subject(reach, chapter.theme), second, **cuts
    )
    if not design.categories:
        return "aucune commune n’a les deux valeurs."
    cells = crossed(design, first, second)
    sentence, figures = structure_pages.crossing_page(cells, ground.names)
    return PageMaterial(
        page, needs, "", _sources(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle=f"{needs.label} × {reach.label}",
        method=" ".join(part for part in (result.method, words) if part),
    )  # fmt: skip


def _cuts(page: Page, result: RecruitmentResult) -> tuple[dict[str, tuple[float, float]], str]:
    """Where the axes of the crossing are cut, as the typology cuts them, and the words for it.

    Other fields than need and reach, and a need that is not known, are cut in terciles.
    """
    from ...analysis.recruitment import STRONG_NEED, crossing_breaks

    if (page.field, page.cross) != ("need_rate", "index") or not result.need_level.number:
        return {}, ""
    need, reach = crossing_breaks(result.need_level)
    words = (
        f"Besoin coupé au niveau du territoire puis à {french.number(STRONG_NEED, 2)} fois ce niveau, "
        f"portée à {french.number(reach[0])} et {french.number(reach[1])}, comme dans la typologie ; "
        "celle-ci retient aussi les communes qui comptent 5 % au moins des demandeurs d’emploi."
    )
    return {"breaks": need, "cross_breaks": reach}, words


def _typology(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    from ...analysis.design import design_typology
    from ...analysis.recruitment import UNCERTAIN, legend

    row = layer_fields()[(page.layer, "type_label")]
    kinds: dict[str, str | State] = {}
    for item, _ in records(layer):
        state = State(item["type_etat"])
        kinds[str(item["codgeo"])] = str(item["type"]) if state is State.KNOWN else state
    if not any(isinstance(kind, str) and not isinstance(kind, State) for kind in kinds.values()):
        return "aucune commune ne peut être classée sans montrer un effectif secret."
    explained = legend(mode=ground.run.mode)
    words = {kind: label for kind, label, _ in explained}
    design = design_typology(
        "type", "Typologie du recrutement", kinds, list(words.items()), chapter.theme
    )
    types = {code: kind for code, kind in kinds.items() if not isinstance(kind, State)}
    sentence, figures = structure_pages.typology_page(
        types, ground.names, words, ("proche_non_touchee", "eloignee")
    )
    rules = " ".join(
        f"{label}\u00a0: {text}"
        for kind, label, text in explained
        if kind != UNCERTAIN or kind in types.values()
    )
    return PageMaterial(
        page, row, "", _sources(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle="Besoin, portée de la structure et distance au site le plus proche",
        method=rules,
    )  # fmt: skip


def figure_table(layer: QgsVectorLayer, names: tuple[str, ...]) -> FigureTable:
    """Figures of a layer of communes as a table."""
    table = FigureTable()
    for row, _ in records(layer):
        for name in names:
            table.put(str(row["codgeo"]), name, figure_of(row, name))
    return table
