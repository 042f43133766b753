"""The table of speeds as a file to edit: whole, or only what the roads of a layer need."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsDistanceArea, QgsFeatureRequest, QgsFeatureSource, QgsProject

from ..core.errors import InputError
from ..core.progress import Progress
from .layers import attributes

if TYPE_CHECKING:
    from ..zones.speed_table import Key, SpeedTable

#: Columns that tell how much of the layer a row decides; not read back.
TOLD = ("sections", "km")
_HEAD = (
    "# Vitesses moyennes en km/h par classe de route et moyen de déplacement ; 0 = fermé.",
    "# importance : vide = toutes. class * : les classes qui n’ont pas de ligne.",
    "# join : 1 si un point peut être rattaché à une telle route, 0 sinon (autoroutes, bacs).",
    "# Une vitesse car changée ici passe avant vitesse_moyenne_vl (BD TOPO) ; maxspeed (OSM) la plafonne toujours.",
    "# Les lignes effacées gardent les vitesses de Coodiag.",
)


def write_speeds(path: Path, layer: QgsFeatureSource | None, progress: Progress) -> int:
    """Write the table of speeds of Coodiag, ready to be edited; the number of its rows.

    With a road layer: only the classes that it holds, those that the table does not know yet
    included (at the speed of the others), with their sections and kilometres.
    """
    from ..zones.speed_table import COLUMNS, catalogue_speeds

    table = catalogue_speeds()
    counts = None if layer is None else _classes(layer, progress)
    rows = [
        (*key, _plain(row.car), _plain(row.bike), _plain(row.foot), int(row.join), *told)
        for key, row, told in _rows(table, counts)
    ]
    text = io.StringIO()
    text.write("".join(f"{line}\r\n" for line in _HEAD))
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow((*COLUMNS, *(() if counts is None else TOLD)))
    writer.writerows(rows)
    try:
        path.write_bytes(text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            "The table of speeds cannot be written into {file} ({reason}). Choose another file.",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
    return len(rows)


def _rows(table: SpeedTable, counts: dict[Key, list[float]] | None) -> list[tuple]:
    if counts is None:
        return [(key, row, ()) for key, row in table.rows.items()]
    rows = []
    classes = {key[:2] for key in counts}
    # All the importances of a class: those that a table does not name take the speed of "*".
    for key in sorted({*counts, *(key for key in table.rows if key[:2] in classes)}):
        sections, metres = counts.get(key, (0, 0.0))
        row = table.rows.get(key) or table.other(key[0])
        rows.append((key, row, (int(sections), round(metres / 1000, 1))))
    schema = rows[0][0][0] if rows else "lines"
    if (schema, "*", "") not in counts:
        rows.append(((schema, "*", ""), table.other(schema), (0, 0.0)))
    return rows


def _classes(layer: QgsFeatureSource, progress: Progress) -> dict[Key, list[float]]:
    """Sections and metres by row of the table that decides them, new rows for new classes."""
    from ..zones.speed_table import ANY, catalogue_speeds
    from ..zones.speeds import recognise

    reader = recognise(layer.fields().names(), "car")
    wanted = [reader.names[name] for name in _class_fields(reader.schema) if name in reader.names]
    request = QgsFeatureRequest()
    request.setSubsetOfAttributes(wanted, layer.fields())
    ruler = QgsDistanceArea()
    ruler.setSourceCrs(layer.sourceCrs(), QgsProject.instance().transformContext())
    ruler.setEllipsoid(layer.sourceCrs().ellipsoidAcronym() or "EPSG:7030")
    table = catalogue_speeds()
    found: dict[Key, list[float]] = {}
    total = max(layer.featureCount(), 1)
    for rank, item in enumerate(layer.getFeatures(request)):
        if rank % 1000 == 0:
            progress.check()
            progress.set(min(rank / total, 1))
        row = attributes(item, layer.fields().names())
        cells = [str(row[name] or "").strip() for name in wanted]
        name, importance = (*cells, "", "")[:2]
        if reader.schema == "lines":
            name = ANY
        elif not name:
            continue
        key = (reader.schema, name, importance)
        if key not in table.rows:
            key = (reader.schema, name, "")
        entry = found.setdefault(key, [0, 0.0])
        entry[0] += 1
        entry[1] += ruler.measureLength(item.geometry()) if item.hasGeometry() else 0.0
    return found


def _class_fields(schema: str) -> tuple[str, ...]:
    return {"bdtopo": ("nature", "importance"), "osm": ("highway",), "lines": ()}[schema]


def _plain(speed: float) -> str:
    return f"{speed:g}"
