"""The figures of the dossier's own layers for the workbook: people, zones, times of travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import QgsVectorLayer

from ..core.catalogue import layer_fields
from ..core.figures import figure_of
from ..core.privacy import Reason
from ..core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value
from ..edition.workbook import Column, FigureSheet, Line
from .layers import records
from .pipeline.results import CoverageResult, IsochroneResult, StepResult

#: Why figures on the structure's people are hidden: a layer keeps the state alone.
_PEOPLE = Reason.SECONDARY_PEOPLE
_COVERAGE = {
    "count": Column("Effectif de la structure", hides=_PEOPLE),
    "target": Column("Population visée", hides=Reason.SOURCE),
    "rate": Column("Taux (%)", 2, _PEOPLE),
    "low": Column("Borne basse du taux à 95 % (%)", 2, _PEOPLE),
    "high": Column("Borne haute du taux à 95 % (%)", 2, _PEOPLE),
    "shrunk": Column("Taux lissé (%)", 2, _PEOPLE),
    "index": Column("Indice (100 = autant qu’attendu)", hides=_PEOPLE),
    "share": Column("Part de l’effectif de la structure (%)", 1, _PEOPLE),
}
_RECRUITMENT = {
    **_COVERAGE,
    "need": Column("Personnes au chômage"),
    "need_rate": Column("Part de personnes au chômage (%)", 1),
    "minutes": Column("Trajet jusqu’au site le plus proche (min)", 1),
    "km": Column("Distance au site le plus proche (km)", 1),
    "part_sans_voiture": Column("Ménages sans voiture (%)", 1),
    "part_sans_diplome": Column("Sans diplôme (%)", 1),
}
_COMMUNES = ("Niveau", "Code", "Nom")
#: Sheets of the layers whose fields the catalogue describes.
_OF_FIELDS = {
    "zones_prospection": "Prospection",
    "offre_demande": "Offre de services",
    "qualification": "Qualification",
}


def people_sheets(
    layers: Mapping[str, QgsVectorLayer], results: Mapping[str, StepResult], territory: str
) -> list[FigureSheet]:
    """A sheet per layer of the structure that the run has."""
    sheets = []
    for layer, name, columns in (
        ("penetration", "Pénétration", _COVERAGE),
        ("recrutement", "Recrutement", _RECRUITMENT),
    ):
        result = results.get(layer)
        if layer in layers and isinstance(result, CoverageResult):
            sheets.append(_coverage(name, layers[layer], columns, result, territory))
    for layer, name in _OF_FIELDS.items():
        if layer in layers:
            sheets.append(_of_fields(name, layer, layers[layer], results.get(layer), territory))
    zones = [*_catchment(layers.get("chalandise")), *_isochrones(results.get("isochrones"))]
    if zones:
        sheets.append(
            FigureSheet(
                "Zones",
                ("Carte", "Zone", "Unité de la limite"),
                (
                    Column("Seuil ou limite"),
                    Column("Part atteinte (%)", 1, _PEOPLE),
                    Column("Portée", 1),
                ),
                tuple(zones),
            )
        )
    return sheets


def _coverage(
    name: str,
    layer: QgsVectorLayer,
    columns: Mapping[str, Column],
    result: CoverageResult,
    territory: str,
) -> FigureSheet:
    """Communes, then what the territory may tell of itself; a type in words closes the row."""
    present = [field for field in columns if field in layer.fields().names()]
    lines = [
        Line(
            ("Commune", str(row["codgeo"]), str(row["nom"])),
            tuple(figure_of(row, field) for field in present),
            str(row.get("type_label") or ""),
        )
        for row, _ in records(layer)
    ]
    lines.sort(key=lambda line: line.labels)
    whole = tuple(result.territory(field) or NOT_APPLICABLE for field in present)
    lines.append(Line(("Territoire", "", territory), whole))
    typed = "type_label" in layer.fields().names()
    chosen = tuple(columns[field] for field in present)
    return FigureSheet(name, _COMMUNES, chosen, tuple(lines), "Typologie" if typed else "")


def _of_fields(
    name: str, layer: str, communes: QgsVectorLayer, result: StepResult | None, territory: str
) -> FigureSheet:
    """Communes and the territory, by the fields that the catalogue describes in the layer."""
    there = communes.fields().names()
    fields = {
        field: row
        for (of, field), row in layer_fields().items()
        if of == layer and field in there and row.kind != "typology"
    }
    lines = [
        Line(
            ("Commune", str(row["codgeo"]), str(row["nom"])),
            tuple(figure_of(row, field) for field in fields),
        )
        for row, _ in records(communes)
    ]
    lines.sort(key=lambda line: line.labels)
    whole = tuple(
        (result.territory(field) if result else None) or NOT_APPLICABLE for field in fields
    )
    lines.append(Line(("Territoire", "", territory), whole))
    columns = tuple(
        Column(f"{row.label} ({row.unit})" if row.unit else row.label, row.decimals)
        for row in fields.values()
    )
    return FigureSheet(name, _COMMUNES, columns, tuple(lines))


def _catchment(layer: QgsVectorLayer | None) -> list[Line]:
    """Zones of the clients: threshold, share really held, reach; hidden where they add few people."""
    if layer is None:
        return []
    lines = []
    for row, _ in records(layer):
        hidden = row["status"] == State.SECRET.value
        share, reach = (_known(row[name], hidden) for name in ("share", "reach"))
        labels = ("Zone de chalandise", str(row["zone"]), str(row["unit"]))
        lines.append(Line(labels, (Value(float(row["threshold"])), share, reach)))
    return lines


def _known(number: float | None, hidden: bool) -> Value:
    if number is None:
        return SECRET if hidden else ABSENT
    return Value(float(number))


def _isochrones(result: StepResult | None) -> Sequence[Line]:
    """Surface of the territory within each time of travel."""
    if not isinstance(result, IsochroneResult):
        return []
    return [
        Line(
            ("Temps d’accès (surface)", f"{minutes:g} min", "min"),
            (Value(minutes), Value(share), Value(minutes)),
        )
        for minutes, share in result.parts
    ]
