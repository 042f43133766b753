"""The engine pgrouting: costs of nodes by ``pgr_drivingDistance``, polygons by the code of roads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsRectangle,
    QgsVariantUtils,
    QgsVectorLayer,
)

from ..core.choices import EDGE_COLUMNS, HOLES
from ..core.progress import Progress
from .edge_database import Database, EdgeTable, quoted
from .isochrones import SNAP_DISTANCE, ascending, isochrone_layer
from .layers import transformer, transforms
from .reach_shapes import UNIT_COST
from .roads import polylines
from .shapes import point_table

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.served import ServedGraph
    from ..zones.snapping import Snapped

#: No edge is faster: edges farther from the points than the limit at this speed are not read, m/s.
FASTEST = 200 / 3.6
#: Origins asked in one query; pgRouting reads the edges anew at each.
_AT_ONCE = 10
#: Since this version the column of the start of a path has another name.
_RENAMED = (3, 6)


def pgrouting_layer(
    database: Database,
    table: EdgeTable,
    points_layer: QgsFeatureSource,
    crs: str,
    *,
    values: Sequence[float],
    mode: str,
    rings: str,
    merge: str,
    progress: Progress,
    holes: float = HOLES,
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """The same two layers as :func:`~.isochrones.isochrone_layer`, on the edges of a table.

    Costs are those of the table (seconds), or in mode ``distance`` the lengths of its lines.
    Raises InputError, SourceError, Cancelled.
    """
    limit = max(ascending(values)) * UNIT_COST[mode]
    version = database.pgrouting()
    layer = database.layer(table)
    box = _around(points_layer, crs, limit, mode)
    graph, ids = _read(layer, table, crs, box, progress.part(0, 0.3))
    progress.say(
        "{edges} edges of {table} are used ({database}, pgRouting {version}).",
        edges=len(graph.u),
        table=table.words,
        database=database.words,
        version=".".join(map(str, version)),
    )
    start = "start_vid" if version >= _RENAMED else "from_v"
    query = Query(table, layer.crs(), crs, box, database.srid(table), start)
    costs = DrivingDistance(database, query, graph, ids, progress)
    return isochrone_layer(
        served(graph, costs),
        points_layer,
        values=values,
        mode=mode,
        rings=rings,
        merge=merge,
        progress=progress.part(0.3, 1),
        engine="pgrouting",
        holes=holes,
    )


def served(graph: RoadGraph, costs: DrivingDistance) -> ServedGraph:
    """The same graph, whose searches ask ``costs``."""
    from ..zones.graph import RoadGraph
    from ..zones.served import ServedGraph

    arrays = {item.name: getattr(graph, item.name) for item in fields(RoadGraph) if item.init}
    return ServedGraph(**arrays, node_costs=costs)


def _around(
    points_layer: QgsFeatureSource, crs: str, limit: float, mode: str
) -> QgsRectangle | None:
    """Box in ``crs`` of all that can be reached; None without any located point."""
    import numpy as np

    _, points = point_table(points_layer, crs, points_layer.sourceName())
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    reach = limit * (FASTEST if mode == "time" else 1.0) + SNAP_DISTANCE
    return QgsRectangle(*points.min(axis=0).tolist(), *points.max(axis=0).tolist()).buffered(reach)


def _read(
    layer: QgsVectorLayer,
    table: EdgeTable,
    crs: str,
    box: QgsRectangle | None,
    progress: Progress,
) -> tuple[RoadGraph, np.ndarray]:
    """The graph of the edges in the box, and the ids of its nodes."""
    import numpy as np

    from ..zones.edge_table import graph_of_edges

    transformer(layer.crs(), crs)  # a table without CRS is refused
    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem(crs), transforms())
    if box is not None:
        request.setFilterRect(box)
    columns = [layer.fields().indexFromName(table.column(name)) for name in EDGE_COLUMNS[1:5]]
    request.setSubsetOfAttributes(columns)
    lines, cells = [], []
    total = max(layer.featureCount(), 1)
    for rank, item in enumerate(layer.getFeatures(request)):
        if rank % 1000 == 0:
            progress.check()
            progress.set(min(rank / total, 1))
        parts = polylines(item.geometry())
        values = [item.attribute(column) for column in columns]
        if not parts or any(QgsVariantUtils.isNull(value) for value in values[:2]):
            continue
        lines.append(np.vstack(parts))
        cells.append([-1 if QgsVariantUtils.isNull(value) else value for value in values])
    source, target, forward, backward = zip(*cells) if cells else ((), (), (), ())
    return graph_of_edges(
        lines,
        np.array(source, dtype=np.int64),
        np.array(target, dtype=np.int64),
        np.array(forward, dtype=float),
        np.array(backward, dtype=float),
        crs,
    )


@dataclass(frozen=True)
class Query:
    """What pgRouting is asked, as SQL.

    ``srid``: number of the CRS of the table in the database; ``start``: the column of pgRouting
    that holds the start of a path.
    """

    table: EdgeTable
    source_crs: QgsCoordinateReferenceSystem
    crs: str
    box: QgsRectangle | None
    srid: int
    start: str

    def edges(self, mode: str) -> str:
        """The inner query: edges with their cost in seconds, or metres, closed where negative."""
        names = {what: quoted(self.table.column(what)) for what in EDGE_COLUMNS}
        there, back = (f"COALESCE({names[what]}, -1)" for what in ("cost", "reverse_cost"))
        if mode == "distance":
            length = f"ST_Length(ST_Transform({names['geom']}, {_srid(self.crs)}))"
            there, back = (
                f"CASE WHEN {cost} < 0 THEN -1 ELSE {length} END" for cost in (there, back)
            )
        text = (
            f"SELECT {names['id']} AS id, {names['source']} AS source, "  # nosec B608  # quoted
            f"{names['target']} AS target, "
            f"{there} AS cost, {back} AS reverse_cost FROM {self.table.quoted} "
            f"WHERE {names['source']} IS NOT NULL AND {names['target']} IS NOT NULL"
        )
        return text + self._within()

    def _within(self) -> str:
        if self.box is None:
            return ""
        to_table = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(self.crs), self.source_crs, transforms()
        )
        box = to_table.transformBoundingBox(self.box)
        low = f"ST_Point({box.xMinimum()!r}, {box.yMinimum()!r})"
        high = f"ST_Point({box.xMaximum()!r}, {box.yMaximum()!r})"
        geom = quoted(self.table.column("geom"))
        return f" AND {geom} && ST_SetSRID(ST_MakeBox2D({low}, {high}), {self.srid})"

    def costs(self, legs: Sequence[tuple[int, int, float]], limit: float, mode: str) -> str:
        """Rows (origin, « node cost node cost… ») of ``legs``: origin, node, cost to that node."""
        rows = ", ".join(
            f"({origin}, {node}::bigint, {cost!r}::float8)" for origin, node, cost in legs
        )
        starts = ", ".join(str(node) for node in sorted({node for _, node, _ in legs}))
        return (
            f"WITH leg(origin, node, cost) AS (VALUES {rows}), reached AS ("  # nosec B608  # numbers
            f"SELECT leg.origin, d.node, min(leg.cost + d.agg_cost) AS cost "
            f"FROM pgr_drivingDistance($edges${self.edges(mode)}$edges$, "
            f"ARRAY[{starts}]::bigint[], {limit!r}::float8, true) AS d "
            f"JOIN leg ON leg.node = d.{self.start} GROUP BY leg.origin, d.node) "
            f"SELECT origin, string_agg(node || ' ' || cost, ' ') FROM reached "
            f"WHERE cost <= {limit!r}::float8 GROUP BY origin"
        )


def _srid(crs: str) -> int:
    return int(crs.rpartition(":")[2])


@dataclass
class DrivingDistance:
    """Costs of the nodes from each origin, asked once: both ends of its edge, then the least.

    See :class:`~..zones.served.NodeCosts`.
    """

    database: Database
    query: Query
    graph: RoadGraph
    ids: np.ndarray
    progress: Progress
    _known: dict[
        tuple[bytes, bytes, bytes, str], tuple[float, list[tuple[np.ndarray, np.ndarray]]]
    ] = field(default_factory=dict)

    def __call__(
        self, origins: Snapped, limit: float, reverse: bool, mode: str
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        import numpy as np

        if reverse:
            raise ValueError("pgRouting is asked for trips that leave the points")
        for row, (nodes, cost) in enumerate(self._sparse(origins, limit, mode)):
            costs = np.full(len(self.graph.xy), np.inf)
            costs[nodes] = np.where(cost <= limit, cost, np.inf)
            yield np.array([row]), costs[None]

    def _sparse(
        self, origins: Snapped, limit: float, mode: str
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """Nodes reached from each origin and their costs, asked of the database the first time."""
        key = (origins.edge.tobytes(), origins.position.tobytes(), origins.gap.tobytes(), mode)
        asked, found = self._known.get(key, (-1.0, []))
        if asked < limit:
            found = [
                part
                for start in range(0, len(origins), _AT_ONCE)
                for part in self._ask(
                    origins, range(start, min(start + _AT_ONCE, len(origins))), limit, mode
                )
            ]
            self._known[key] = limit, found
        return found

    def _ask(
        self, origins: Snapped, rows: range, limit: float, mode: str
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        import numpy as np

        self.progress.check()
        legs = [leg for row in rows for leg in self._legs(origins, row, limit, mode)]
        texts = (
            {
                int(row): text
                for row, text in self.database.rows(self.query.costs(legs, limit, mode))
            }
            if legs
            else {}
        )
        result = []
        for row in rows:
            cells = np.array((texts.get(row) or "").split(), dtype=float).reshape(-1, 2)
            ids = cells[:, 0].astype(np.int64)
            at = np.searchsorted(self.ids, ids)
            known = (at < len(self.ids)) & (self.ids[np.minimum(at, len(self.ids) - 1)] == ids)
            result.append((at[known], cells[known, 1]))
        return result

    def _legs(
        self, origins: Snapped, row: int, limit: float, mode: str
    ) -> Iterator[tuple[int, int, float]]:
        """From an origin to each end of its edge: the leg on foot, then along the edge."""
        edge = int(origins.edge[row])
        if edge < 0:
            return
        there, back = self.graph.costs(mode)
        share = float(origins.position[row] / self.graph.length[edge])
        walked = float(origins.access(mode)[row])
        for node, cost, part in (
            (self.graph.u[edge], back[edge], share),
            (self.graph.v[edge], there[edge], 1 - share),
        ):
            leg = walked + (float(cost) * part if part > 0 else 0.0)
            if leg <= limit:
                yield row, int(self.ids[node]), leg
