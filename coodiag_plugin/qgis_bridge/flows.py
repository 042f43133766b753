"""Flows between communes from a table, or from homes to sites from located people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsPointXY, QgsWkbTypes

from ..core import french
from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import SECRET, Value, ratio
from .catchment_input import site_names
from .communes import FOUND_CODE, Commune, CommuneMap, middle_of, read_communes
from .flow_layers import OUTSIDE, Cell, FlowLayers, FlowMap, flow_layers
from .layers import records
from .shapes import metric_crs, point_table

if TYPE_CHECKING:
    from ..zones.flow_secrecy import Protected
    from ..zones.flows import Flows, Layout, Read

#: Column that the commune of a row's point is read into.
_BY_POINT = "@point"
#: Rows that a layout is recognised on.
_SAMPLE = 200
#: French words of the figures of a zone, their unit and decimals.
_WORDS = {
    "residents": ("Actifs occupés qui habitent la zone", "", 0),
    "jobs": ("Emplois de la zone tenus par des actifs de la table", "", 0),
    "stable": ("Habitent et travaillent dans la zone (stables)", "", 0),
    "staying": ("dont dans leur commune même", "", 0),
    "leaving": ("Habitent la zone et travaillent au-dehors (sortants)", "", 0),
    "coming": ("Travaillent dans la zone et habitent au-dehors (entrants)", "", 0),
    "net": ("Entrants moins sortants", "", 0),
    "stable_share": ("Part de stables parmi les actifs occupés de la zone", "%", 1),
    "leaving_share": ("Part de sortants parmi les actifs occupés de la zone", "%", 1),
    "coming_share": ("Part d’entrants parmi les emplois de la zone", "%", 1),
    "concentration": ("Emplois pour 100 actifs occupés de la zone", "", 1),
}


def work_flows(
    table: QgsFeatureSource,
    communes: QgsFeatureSource,
    *,
    columns: tuple[str, str, str] = ("", "", ""),
    data_folder: Path | None = None,
    min_count: int = MIN_COUNT,
    shape: str = "auto",
    progress: Progress,
) -> FlowLayers:
    """Flows of a table between communes, those of the zone (``role`` other than ``voisin``).

    ``columns``: those of the origin, the destination and the count; empty ones are recognised. An
    origin may also be told by the point of each row, a destination by the name of a commune.
    ``data_folder``: where the official table of commune changes is, for old codes.
    """
    from ..zones.flow_secrecy import protect
    from ..zones.flows import commuting, read

    places = _map(communes, {})
    rows = list(_table(table, communes, places, columns))
    layout = _layout(table, rows, columns)
    found = read(rows, layout, codes=_reader(places))
    if not found.flows:
        raise InputError(
            "The table of flows holds none that can be read: check its columns of codes and counts."
        )
    every = _renumbered(found, places, data_folder, layout.vintage, progress)
    flows = {
        flow: n for flow, n in every.items() if flow[0] in places.zone or flow[1] in places.zone
    }
    _tell_read(found, layout, every, flows, places, progress)
    if not flows:
        raise InputError(
            "No flow of the table starts from or ends in a commune of the territory: check the codes of the communes and of the table."
        )
    protected = protect(flows, min_count)
    figures = commuting(flows, places.zone, protected, min_count)
    _tell_hidden(flows, protected, min_count, progress)
    cells = [(name, *_WORDS[name], getattr(figures, name)) for name in _WORDS]
    return flow_layers("flux", flows, places, protected, cells, shape, figures, progress)


def site_flows(
    points: QgsFeatureSource,
    communes: QgsFeatureSource,
    *,
    sites: QgsFeatureSource | None = None,
    site_field: str = "",
    min_count: int = MIN_COUNT,
    shape: str = "auto",
    progress: Progress,
) -> FlowLayers:
    """Flows of located people from the commune where they live to their site.

    ``site_field`` names the site of each one: a name of ``sites``, else a commune. Without it
    there must be one site, everybody's: guessing the site would not be a flow but a model.
    """
    from ..zones.flow_secrecy import protect
    from ..zones.flows import place_code

    crs = metric_crs(communes)
    targets, field = _sites(sites, crs, site_field)
    if site_field and points.fields().indexFromName(site_field) < 0:
        raise InputError(
            "The points have no field {field}: choose the field that names the site of each person.",
            field=site_field,
        )
    if not site_field and len(targets) != 1:
        raise InputError(
            "Which site each person goes to is not told: give the field of the points that names it (SITE_FIELD), or a layer of one site."
        )
    places = _map(communes, targets)
    homes = CommuneMap(read_communes(communes, crs, neighbours=True))
    rows, where = point_table(points, crs, points.sourceName())
    by_name = {_plain(name): name for name in targets}
    named = {_plain(name): code for code, name in places.names.items()} if not targets else {}
    flows: dict[tuple[str, str], float] = {}
    lost = 0
    for row, home in zip(rows, homes.homes(rows, where)):
        progress.check()
        cell = row.get(site_field) if site_field else next(iter(targets))
        site = by_name.get(_plain(cell)) or named.get(_plain(cell), "")
        if not site and not targets:
            site = place_code(cell)
        if not site:
            lost += 1
            continue
        code = str(home) or place_code(row.get(FOUND_CODE)) or OUTSIDE
        flows[code, site] = flows.get((code, site), 0.0) + 1.0
    people = int(sum(flows.values()))
    progress.say(
        "{people} people go from {homes} communes to {sites} sites; {lost} name no known site{field}.",
        people=people,
        homes=len({start for start, _ in flows}),
        sites=len({end for _, end in flows}),
        lost=lost,
        field=f" ({field})" if field else "",
    )
    if not flows:
        raise InputError(
            "Nobody of the layer names a known site: check the field {field} and the names of the sites.",
            field=site_field or "SITE_FIELD",
        )
    protected = protect(flows, min_count)
    _tell_hidden(flows, protected, min_count, progress)
    return flow_layers(
        "flux", flows, places, protected, _site_figures(flows, protected), shape, None, progress
    )


def _site_figures(flows: Flows, protected: Protected) -> list[Cell]:
    sums: dict[str, float] = {}
    for (_, site), count in flows.items():
        sums[site] = sums.get(site, 0.0) + count
    total = Value(sum(sums.values())) if protected.total else SECRET
    cells = [("people", "Personnes dont le site est connu", "", 0, total)]
    for site in sorted(sums):
        value = SECRET if site in protected.destinations else Value(sums[site])
        cells.append((f"site:{site}", f"Personnes du site {site}", "", 0, value))
        cells.append((f"share:{site}", f"Part du site {site}", "%", 1, ratio(value, total, 100.0)))
    return cells


def _map(communes: QgsFeatureSource, sites: Mapping[str, QgsPointXY]) -> FlowMap:
    crs = metric_crs(communes)
    every = read_communes(communes, crs, neighbours=True)
    zone = frozenset(c.code for c in every if c.row.get("role") != "voisin")
    points = {c.code: centre(c) for c in every if not c.shape.isEmpty()}
    return FlowMap(crs, zone, points, {c.code: c.name for c in every}, sites)


def centre(commune: Commune) -> QgsPointXY:
    """Middle of a commune, as everywhere else."""
    return middle_of(commune.shape)


def _sites(
    sites: QgsFeatureSource | None, crs: str, site_field: str
) -> tuple[dict[str, QgsPointXY], str]:
    """Place of each site by its name, and the field of the names when it is not the obvious one."""
    if sites is None:
        return {}, ""
    rows, where = point_table(sites, crs, sites.sourceName())
    names = site_names(rows, site_field or None)
    return (
        {
            name: QgsPointXY(*point)
            for name, point in zip(names, where.tolist())
            if point[0] == point[0]
        },
        site_field,
    )


def _plain(text: Any) -> str:
    return " ".join(french.without_accents(str(text or "")).casefold().replace("-", " ").split())


def _table(
    table: QgsFeatureSource, communes: QgsFeatureSource, places: FlowMap, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Rows of the table; when the points tell the origins, with the commune of each one."""
    kind = QgsWkbTypes.geometryType(table.wkbType())
    points = kind == QgsWkbTypes.GeometryType.PointGeometry
    if columns[0] or not (columns[1] and points and table.hasFeatures()):
        yield from (row for row, _ in records(table))
        return
    rows, where = point_table(table, places.crs, table.sourceName())
    homes = CommuneMap(read_communes(communes, places.crs, neighbours=True))
    for row, code, point in zip(rows, homes.homes(rows, where), where.tolist()):
        nowhere = "" if point[0] != point[0] else OUTSIDE
        yield {**row, _BY_POINT: str(code) or nowhere}


def _layout(
    table: QgsFeatureSource, rows: Sequence[Mapping[str, Any]], columns: tuple[str, str, str]
) -> Layout:
    from ..zones.flows import recognise

    names = table.fields().names()
    for name in columns:
        if name and name not in names:
            raise InputError("The table of flows has no column {column}.", column=name)
    origin = columns[0] or (_BY_POINT if rows and _BY_POINT in rows[0] else "")
    return recognise(names, rows[:_SAMPLE], origin=origin, destination=columns[1], count=columns[2])


def _reader(places: FlowMap) -> Any:
    """Turns a cell into a code: a code, or the name of one commune only."""
    from ..zones.flows import place_code

    codes: dict[str, set[str]] = {}
    for code, name in places.names.items():
        codes.setdefault(_plain(name), set()).add(code)
    by_name = {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}
    by_name[OUTSIDE] = OUTSIDE
    return lambda cell: by_name.get(_plain(cell)) or place_code(cell)


def _renumbered(
    found: Read, places: FlowMap, folder: Path | None, vintage: int, progress: Progress
) -> Flows:
    """The flows on the list of communes of the layer: arrondissements and merged communes."""
    from ..core.codes import commune_of
    from ..zones.flows import converted

    codes = {code for flow in found.flows for code in flow}
    away = sorted(codes - set(places.names))
    renamed = {code: commune_of(code) for code in away if commune_of(code) != code}
    if folder is not None:
        from ..sources.changes import COLUMNS, Changes
        from ..sources.folder import read_columns, scan

        files = scan(folder, progress.part(0, 0.2)).of("cog_mouvements")
        if not files:
            raise InputError(
                "The folder {folder} holds no table of commune changes (Insee, code officiel géographique). Add it, or leave the folder empty.",
                folder=folder.name,
            )
        changes = Changes.from_table(read_columns(files[0], COLUMNS))
        # The table of a census is on the list of communes of some two years later.
        start = changes.list_year(codes, vintage or None)
        for code in away:
            after = changes.current(code, start)
            if len(after) == 1 and after[0] != code and after[0] in places.names:
                renamed[code] = after[0]
    if renamed:
        progress.say(
            "{count} codes of the table are those of communes that merged since, or of arrondissements: their flows are added to those of their commune.",
            count=len(renamed),
        )
    return converted(found.flows, renamed)


def _tell_read(
    found: Read, layout: Layout, every: Flows, kept: Flows, places: FlowMap, progress: Progress
) -> None:
    progress.say(
        "Table of flows: {rows} rows, {unread} cells that cannot be read, {empty} empty flows; {flows} flows, of which {kept} touch the territory.",
        rows=found.rows,
        unread=found.unread,
        empty=found.empty,
        flows=len(every),
        kept=len(kept),
    )
    if not layout.count and not layout.wide:
        progress.say("The table has no column of counts: each row counts for one person.")
    if found.fractions:
        progress.say(
            "Counts are fractions (estimates from the census sample): sums are made on them, and they are rounded to the unit where they are shown, so that shown counts may differ from their sum."
        )
    if layout.official:
        progress.say(
            "Flows of the census under 200 people are not precise: read orders of magnitude."
        )
    starts = {start for start, _ in every}
    lacking = sorted(places.zone - starts)
    if lacking and len(starts & places.zone):
        progress.warn(
            "No flow starts from {count} communes of the territory: {codes}. If they have merged or changed their code, give the data folder with the table of commune changes.",
            count=len(lacking),
            codes=", ".join(lacking[:10]) + ("…" if len(lacking) > 10 else ""),
        )


def _tell_hidden(flows: Flows, protected: Protected, min_count: int, progress: Progress) -> None:
    progress.say(
        "{shown} flows are shown; {hidden} are hidden, because they are of fewer than {least} people or would give another one away.",
        shown=len(flows) - len(protected.flows),
        hidden=len(protected.flows),
        least=min_count,
    )
