"""What the layers and the project of a run say of themselves (:mod:`qgis_bridge.metadata`)."""

from __future__ import annotations

from qgis.core import QgsVectorLayer

from ...core.version import version
from ...edition.context import ReportContext
from ..metadata import Described, describe, history, layer_metadata
from .options import Run

_FICTITIOUS = "données fictives"


def tell_layer(run: Run, layer: QgsVectorLayer, territory: str = "") -> None:
    """Give a layer its metadata: what it is, and where its figures come from."""
    found = run.results.get(layer.name())
    told = describe(
        layer.name(),
        run.sources,
        structure=run.options.structure,
        made=run.options.date,
        cited=found.sources if found is not None else (),
        words=(territory, *_mark(run)),
    )
    layer.setMetadata(layer_metadata(layer, told))


def project_told(run: Run, context: ReportContext) -> Described:
    """What the project says of itself."""
    chapters = (chapter.title for chapter in context.chapters)
    return Described(
        title=f"{context.title} – {context.territory}",
        abstract=context.subtitle,
        topic="Société",
        words=(context.territory, *chapters, *_mark(run)),
        sources=tuple(run.sources),
        structure=context.structure,
        history=(*history(run.sources), f"Coodiag {version()}"),
        made=run.options.date,
        identifier="diagnostic",
    )


def _mark(run: Run) -> tuple[str, ...]:
    return (_FICTITIOUS,) if run.demo else ()
