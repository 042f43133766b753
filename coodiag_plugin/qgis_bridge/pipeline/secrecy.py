"""What the outputs of a run tell together of the same people, and the list of what it hides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core.privacy import SuppressedCell
from ..layers import TEXT, memory_layer, records
from ..shapes import union
from .options import Run

if TYPE_CHECKING:
    from ...analysis.coverage import Ring

SECRETS = "secrets"  # pragma: allowlist secret


def rings_of(run: Run, ranked: int, others: bool) -> list[Ring]:
    """The catchment zones as sums that a reader knows: the clients of each told ring of communes.

    A zone is drawn, so that its communes are known, and its share is told: less the communes that
    are shown it leaves the hidden ones. What is beyond the last told zone is a ring as well.
    ``ranked``: clients of all the zones together; ``others``: whether some of them are of another
    kind than those of the table.
    """
    from ...analysis.coverage import Ring

    layer = run.layers.get("chalandise")
    if layer is None:
        return []
    places = _middles(run.layers["communes_toutes"])
    own = {str(row["codgeo"]) for row, _ in records(run.layers["communes"])}
    drawn: list[QgsGeometry] = []
    inside: set[str] = set()
    before = 0
    rings = []
    for row, shape in sorted(records(layer), key=lambda pair: float(pair[0]["threshold"])):
        if not shape.isEmpty():
            drawn.append(shape)
        if row["clients"] is None or not drawn:
            continue
        within = _within(places, union(drawn))
        ring, people = within - inside, int(row["clients"]) - before
        rings.append(Ring(frozenset(ring & own), people, others or bool(ring - own)))
        inside, before = inside | within, int(row["clients"])
    if rings:
        rings.append(Ring(frozenset(own - inside), ranked - before, True))
    return rings


def _middles(communes: QgsVectorLayer) -> dict[str, QgsGeometry]:
    return {
        str(row["codgeo"]): shape.pointOnSurface()
        for row, shape in records(communes)
        if not shape.isEmpty()
    }


def _within(places: dict[str, QgsGeometry], zone: QgsGeometry) -> set[str]:
    engine = QgsGeometry.createGeometryEngine(zone.constGet())
    engine.prepareGeometry()
    return {code for code, point in places.items() if engine.intersects(point.constGet())}


def secrets_layer(cells: Iterable[SuppressedCell]) -> QgsVectorLayer:
    """The table ``secrets`` of the GeoPackage: the rows of the sheet of the workbook."""
    columns = dict.fromkeys(("ou", "unite", "chiffre", "regle"), TEXT)
    rows = ((dict(zip(columns, cell.row())), None) for cell in cells)
    return memory_layer(SECRETS, columns, rows=rows)
