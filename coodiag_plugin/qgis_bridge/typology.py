"""The typology of the communes of a territory as a layer, with the figures of each class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsVectorLayer

from ..core.crossings import UNCLASSED, UNCLASSED_LABELS
from ..core.progress import Progress, Quiet
from ..core.territory import Territory, joined
from ..core.values import State, Value
from .indicators import compute_indicators, unit_key
from .layers import TEXT, memory_layer, records

if TYPE_CHECKING:
    from ..analysis.clusters import Clusters
    from ..analysis.indicators import IndicatorResult
    from ..sources.folder import Inventory
    from ..sources.geography import Geography
    from ..sources.statistics import Statistics

TYPOLOGY = "typologie"
COLUMNS = {"codgeo": TEXT, "nom": TEXT, "type": TEXT, "type_etat": TEXT, "type_label": TEXT}


@dataclass(frozen=True)
class Typology:
    """``layer``: communes with codgeo, nom, type, type_etat, type_label; ``clusters``: classes,
    their sizes, explained inertia; ``means``: class key → indicator → figure of its communes
    together (Σ numerators / Σ denominators; a median is not recomputed), ``whole``: the same of
    the territory; ``years`` and ``sources`` by indicator."""

    layer: QgsVectorLayer
    clusters: Clusters
    means: Mapping[str, Mapping[str, Value]]
    whole: Mapping[str, Value]
    years: Mapping[str, str]
    sources: Mapping[str, str]

    @property
    def sizes(self) -> dict[str, int]:
        return {group.key: len(group.members) for group in self.clusters.groups}


def typology_ids() -> tuple[str, ...]:
    """Indicators that the typology needs."""
    from ..analysis.clusters import traits

    return tuple(trait.indicator for trait in traits())


def find_typology(
    inventory: Inventory,
    geography: Geography,
    territory: Territory,
    communes: QgsVectorLayer,
    result: IndicatorResult,
    progress: Progress,
    read: Statistics | None = None,
) -> Typology:
    """The communes of ``communes`` (field ``codgeo``) classed by the indicators of ``catalogue/typology_indicators.csv``.

    ``result`` holds their figures, ``read`` the tables when they were already read. Raises
    :class:`InputError` where there are too few communes, indicators or differences for classes.
    """
    from ..analysis.clusters import cluster, traits

    clusters = cluster(result.figures, territory.communes, traits())
    names = clusters.indicators
    groups = {group.key: joined("GROUP", group.members, group.name) for group in clusters.groups}
    seen = replace(territory, neighbours=(), references=tuple(groups.values()))
    found = compute_indicators(inventory, geography, seen, names, Quiet(progress), read=read)
    return Typology(
        typology_layer(communes, clusters),
        clusters,
        {
            key: {name: found.references.get(unit_key(unit), name) for name in names}
            for key, unit in groups.items()
        },
        {name: found.references.get("TERRITOIRE", name) for name in names},
        {name: found.years[name] for name in names},
        {name: found.sources[name] for name in names},
    )


def typology_layer(communes: QgsVectorLayer, clusters: Clusters) -> QgsVectorLayer:
    """The communes with their class; ``type`` is ``classe_1``… in the order of the sizes."""
    kinds = clusters.kinds()
    names = {group.key: group.name for group in clusters.groups}
    return kinds_layer(
        TYPOLOGY,
        communes,
        {code: _kind(kind) for code, kind in kinds.items()},
        {_kind(key): name for key, name in names.items()},
    )


def _kind(kind: str | State) -> str | State:
    return kind if isinstance(kind, State) else f"classe_{kind}"


def kinds_layer(
    name: str,
    communes: QgsVectorLayer,
    kinds: Mapping[str, str | State],
    labels: Mapping[Any, str],
) -> QgsVectorLayer:
    """Communes (field ``codgeo``) with a kind in words each, or why they have none.

    Communes without an entry in ``kinds`` are left out.
    """
    return memory_layer(
        name, COLUMNS, "MultiPolygon", communes.crs().authid(), _rows(communes, kinds, labels)
    )


def _rows(
    communes: QgsVectorLayer, kinds: Mapping[str, str | State], labels: Mapping[Any, str]
) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    for row, shape in records(communes):
        code = str(row["codgeo"])
        if code not in kinds:
            continue
        kind = kinds[code]
        known = not isinstance(kind, State)
        shape = QgsGeometry(shape)
        shape.convertToMultiType()
        yield (
            {
                "codgeo": code,
                "nom": row["nom"],
                "type": kind if known else UNCLASSED,
                "type_etat": State.KNOWN.value if known else State(kind).value,
                "type_label": labels[kind]
                if known
                else UNCLASSED_LABELS.get(State(kind), UNCLASSED_LABELS[State.ABSENT]),
            },
            shape,
        )
