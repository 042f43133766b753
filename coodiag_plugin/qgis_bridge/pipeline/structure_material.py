"""The pages about the structure itself: what it reaches, where its people are, whom it misses."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.catalogue import layer_fields
from ...core.profiles import Chapter, Page
from ...core.values import State
from ...edition import structure_pages
from ...edition.materials import PageMaterial
from ...edition.sheets.beside import catchment_chart
from ..layers import records
from .ground import Ground, column, field_page, method_of, sources_of
from .results import IsochroneResult, MobilityResult, RecruitmentResult
from .zones import zone_row


def isochrones_page(
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
        page, row, "", sources_of(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle="Surface atteinte en voiture depuis le site le plus proche, par palier de temps",
        method=result.method,
    )  # fmt: skip


def catchment_page(
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
        page, row, "", sources_of(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle=f"Communes qui réunissent {thresholds}\u00a0% des clients, de la plus proche à la plus éloignée des sites",
        method=method_of(ground, page.layer), chart=catchment_chart(zones),
    )  # fmt: skip


def mobility_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    if layer.fields().indexFromName(page.field) < 0:
        return "aucun établissement employeur n’est localisé."
    found = field_page(ground, chapter, page, layer)
    if isinstance(found, str):
        return found
    result = ground.run.results[page.layer]
    assert isinstance(result, MobilityResult)
    target = page.field.partition("_")[0]
    told = {item.mode: item.whole.within for item in result.access if item.target == target}
    sentence, figures = structure_pages.mobility_page(target, told)
    return replace(found, sentence=sentence, figures=figures)


def recruitment_page(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    if page.map == "typology":
        return _typology(ground, chapter, page, layer)
    if page.map == "bivariate":
        return _crossing(ground, chapter, page, layer)
    return field_page(ground, chapter, page, layer)


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
    first, second = column(layer, page.field, needs.unit), column(layer, page.cross, reach.unit)
    cuts, words = _cuts(page, result)
    design = design_bivariate(
        subject(needs, chapter.theme), first, subject(reach, chapter.theme), second, **cuts
    )
    if not design.categories:
        return "aucune commune n’a les deux valeurs."
    cells = crossed(design, first, second)
    sentence, figures = structure_pages.crossing_page(cells, ground.names, bool(cuts))
    return PageMaterial(
        page, needs, "", sources_of(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle=f"{needs.label} × {reach.label}",
        method=" ".join(part for part in (result.method, words) if part),
    )  # fmt: skip


def _cuts(page: Page, result: RecruitmentResult) -> tuple[dict[str, tuple[float, float]], str]:
    """Where the axes of the crossing are cut, as the typology cuts them, and the words for it.

    Other fields than need and reach, and a need that is not known, are cut in terciles.
    """
    from ...analysis.recruitment import STRONG_NEED, crossing_breaks, large_share

    if (page.field, page.cross) != ("need_rate", "index") or not result.need_level.number:
        return {}, ""
    need, reach = crossing_breaks(result.need_level)
    words = (
        f"Besoin coupé au niveau du territoire puis à {french.number(STRONG_NEED, 2)} fois ce niveau, "
        f"portée à {french.number(reach[0])} et {french.number(reach[1])}, comme dans la typologie"
    )
    large = large_share()
    words += (
        "."
        if large is None
        else f" ; celle-ci retient aussi les communes qui comptent {french.number(large)} % au moins des demandeurs d’emploi."
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
    sentence, figures = structure_pages.recruitment_page(types, ground.names, words)
    rules = " ".join(
        f"{label}\u00a0: {text}"
        for kind, label, text in explained
        if kind != UNCERTAIN or kind in types.values()
    )
    return PageMaterial(
        page, row, "", sources_of(ground, page.layer), design, sentence=sentence, figures=figures,
        subtitle="Besoin, portée de la structure et distance au site le plus proche",
        method=rules,
    )  # fmt: skip
