"""Map pages whose subject is a kind of commune: the typology by clustering, the specialisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.catalogue import indicators, layer_fields
from ...core.profiles import Chapter, Page
from ...core.values import State, Value
from ...edition import structure_pages
from ...edition.context import Figure
from ...edition.materials import PageMaterial
from ...edition.sentences import bare
from ..layers import records
from .results import StepResult

if TYPE_CHECKING:
    from ..specialisation import Specialisation
    from ..typology import Typology
    from .ground import Ground

#: Classes named in the sentence, communes named in each, indicators told of each class.
_CLASSES, _NAMED, _TOLD = 3, 3, 2


@dataclass(frozen=True)
class KindsResult(StepResult):
    """``labels``: value of the field ``type`` → words, in the order of the legend; ``title`` of
    the legend; ``subtitle`` of the page; ``profiles``: what tells each kind, in words."""

    labels: Mapping[str, str]
    title: str
    subtitle: str
    profiles: Mapping[str, str]
    unnamed: tuple[str, ...] = ()  # kinds whose communes no sentence names


def typology_result(found: Typology) -> KindsResult:
    """What the page of the layer ``typologie`` prints."""
    from ...analysis.clusters import method_words

    groups = found.clusters.groups
    told = {f"classe_{group.key}": _profile(found, group.key) for group in groups}
    text = method_words(found.clusters)
    rules = " ".join(f"{group.name}\u00a0: {told[f'classe_{group.key}']}." for group in groups)
    return KindsResult(
        method=f"{text} {rules}".strip(),
        sources=tuple(dict.fromkeys(source for source in found.sources.values() if source)),
        labels={f"classe_{group.key}": group.name for group in groups},
        title="Typologie des communes",
        subtitle="Communes qui se ressemblent par leur population, leurs ressources et leurs emplois",
        profiles=told,
    )


def _profile(found: Typology, key: str) -> str:
    """« Taux de chômage 14,2 % (territoire 12,5 %) »: the class where it stands out most.

    A figure that is not published for a group of communes (a median) is passed over.
    """
    group = next(group for group in found.clusters.groups if group.key == key)
    ranked = group.marked() or list(group.profile.items())
    parts = []
    for name, _ in ranked:
        row, own, whole = indicators()[name], found.means[key][name], found.whole[name]
        if _legible(own) and _legible(whole):
            parts.append(f"{row.short} {bare(row, own)} (territoire {bare(row, whole)})")
    return french.listing(parts[:_TOLD])


def _legible(value: Value) -> bool:
    return value.known and value.significant


def specificities_result(found: Specialisation, labels: Mapping[str, str]) -> KindsResult:
    """What the page of the layer ``specificites`` prints."""
    from ...analysis.specialisation import LEAST_SECTOR, LEAST_WHOLE, NONE, SPECIALISED

    family = found.family
    return KindsResult(
        method=(
            f"Secteur dont l’indice de spécificité est le plus fort parmi ceux d’au moins {french.number(SPECIALISED)} "
            f"(100\u00a0: ensemble du territoire) et d’au moins {LEAST_SECTOR} {family.unit}, "
            f"dans une commune qui en compte au moins {LEAST_WHOLE}. {family.caveat}"
        ).strip(),
        sources=(found.source,) if found.source else (),
        labels=labels,
        title="Spécialisation dominante",
        subtitle=f"{family.label}, {found.year}" if found.year else family.label,
        profiles={},
        unnamed=(NONE,),
    )


def kinds_material(
    ground: Ground, chapter: Chapter, page: Page, layer: QgsVectorLayer
) -> PageMaterial | str:
    """The page of a layer of :func:`qgis_bridge.typology.kinds_layer`, or why it is left out."""
    from ...analysis.design import design_typology

    result = ground.run.results[page.layer]
    assert isinstance(result, KindsResult)
    kinds: dict[str, str | State] = {}
    for item, _ in records(layer):
        state = State(item["type_etat"])
        kinds[str(item["codgeo"])] = str(item["type"]) if state is State.KNOWN else state
    types = {code: kind for code, kind in kinds.items() if not isinstance(kind, State)}
    if not types:
        return "aucune commune ne peut être classée avec les données présentes."
    design = design_typology(
        "type", result.title, kinds, list(result.labels.items()), chapter.theme
    )
    return PageMaterial(
        page,
        layer_fields()[(page.layer, "type_label")],
        "",
        result.sources,
        design,
        method=result.method,
        sentence=_sentence(types, ground.names, result),
        figures=_figures(types, result),
        subtitle=result.subtitle,
    )


def _figures(types: Mapping[str, str], result: KindsResult) -> tuple[Figure, ...]:
    held = Counter(types.values())
    cards = [
        Figure(label, french.plural(held[kind], "commune"))
        for kind, label in result.labels.items()
        if held[kind]
    ]
    return tuple(cards[:4])


def _sentence(types: Mapping[str, str], names: Mapping[str, str], result: KindsResult) -> str:
    """The kinds with their communes: the rarest kinds are those that a reader looks for."""
    held = Counter(kind for kind in types.values() if kind not in result.unnamed)
    rare = sorted((kind for kind in result.labels if held[kind]), key=lambda kind: held[kind])
    if not rare:
        return "Aucune commune ne se distingue nettement des autres."
    return structure_pages.typology_page(types, names, result.labels, rare[:_CLASSES], _NAMED)[0]
