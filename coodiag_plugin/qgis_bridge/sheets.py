"""The tables behind the commune pages: formatted texts, so that the layout needs no plugin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.core import QgsGeometry, QgsVectorLayer

from ..core.french import typography
from ..core.provenance import Provenance
from ..edition.context import ReportContext
from .layers import INTEGER, REAL, TEXT, memory_layer

CARDS_LAYER = "fiches"
ROWS_LAYER = "fiches_tableau"
#: Letters of a name that stand on one line of the chart of a commune.
LONG_NAME = 24


def fiches_layers(
    context: ReportContext, shapes: Mapping[str, QgsGeometry], crs: str
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """``fiches`` (a polygon per commune: sentence, cards, bars) and ``fiches_tableau`` (its rows).

    ``shapes``: geometry of each commune of the territory, in ``crs``.
    """
    return _cards(context, shapes, crs), _rows(context)


def _cards(context: ReportContext, shapes: Mapping[str, QgsGeometry], crs: str) -> QgsVectorLayer:
    columns = {"codgeo": TEXT, "nom": TEXT, "ordre": INTEGER, "phrase": TEXT, "sources": TEXT}
    first = context.communes[0]
    for rank in range(1, len(first.figures) + 1):
        columns.update({f"carte_{rank}_{part}": TEXT for part in ("libelle", "valeur", "note")})
    for rank in range(1, len(first.chart) + 1):
        columns.update(
            {f"barre_{rank}_nom": TEXT, f"barre_{rank}_valeur": REAL, f"barre_{rank}_texte": TEXT}
        )
    rows = []
    sources = _sources(context)
    for order, page in enumerate(context.communes, 1):
        row: dict[str, object] = {
            "ordre": order,
            "codgeo": page.codgeo,
            "nom": page.name,
            "phrase": typography(page.sentence),
            "sources": sources,
        }
        for rank, figure in enumerate(page.figures, 1):
            row[f"carte_{rank}_libelle"] = figure.label
            row[f"carte_{rank}_valeur"] = figure.text
            row[f"carte_{rank}_note"] = figure.note
        for rank, (name, value, text) in enumerate(page.chart, 1):
            row[f"barre_{rank}_nom"] = in_two(name)
            row[f"barre_{rank}_valeur"] = value
            row[f"barre_{rank}_texte"] = text
        rows.append((row, shapes[page.codgeo]))
    return memory_layer(CARDS_LAYER, columns, "MultiPolygon", crs, rows)


def in_two(name: str) -> str:
    """A name too long for one line of a chart, over two: QGIS breaks at spaces only."""
    if len(name) <= LONG_NAME or "-" not in name:
        return name
    middle = len(name) // 2
    cut = min((at for at, sign in enumerate(name) if sign == "-"), key=lambda at: abs(at - middle))
    return f"{name[: cut + 1]}\n{name[cut + 1 :]}"


def _sources(context: ReportContext) -> str:
    """What the maps draw, and where the sources of the figures are."""
    figures = f"chiffres : voir « Sources et millésimes », page {context.source_pages[0]}"
    told = " ; ".join((*contour_sources(context.sources), figures))
    gone = " … : non disponible ou non reçu (page 3)." if context.failures else ""
    return typography(f"Sources : {told}.{gone}")


def contour_sources(sources: Iterable[Provenance]) -> list[str]:
    """The contours that every map draws, as a page cites them."""
    cited = (
        f"contours des communes : {item.producer} {item.vintage}".strip()
        for item in sources
        if item.dataset == "contours_communes"
    )
    return list(dict.fromkeys(cited))


def _rows(context: ReportContext) -> QgsVectorLayer:
    width = len(context.communes[0].table.columns)
    columns = {"codgeo": TEXT, "ordre": INTEGER, "indicateur": TEXT}
    columns.update({f"colonne_{rank}": TEXT for rank in range(1, width)})
    rows = []
    for page in context.communes:
        for order, line in enumerate(page.table.rows, 1):
            row: dict[str, object] = {
                "codgeo": page.codgeo,
                "ordre": order,
                "indicateur": line.label,
            }
            row.update({f"colonne_{rank}": cell for rank, cell in enumerate(line.cells, 1)})
            rows.append((row, None))
    return memory_layer(ROWS_LAYER, columns, rows=rows)
