"""``coodiag:indicators``: the figures of a profile for each commune and its references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.profiles import DEFAULT_PROFILE, load_profile
from ..coodiag_plugin.core.provenance import Provenance
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.indicators import (
    COMMUNE_COLUMNS,
    REFERENCE_COLUMNS,
    compute_indicators,
    figure_columns,
    reference_rows,
    territory_of_layer,
)
from ..coodiag_plugin.qgis_bridge.layers import TEXT, add, feature, fields, records, transformer
from ..coodiag_plugin.qgis_bridge.translation import tr

SOURCES = ["auto", "online", "folder"]
_Rows = Iterable[tuple[Mapping[str, Any], "QgsGeometry | None"]]


class ComputeIndicators(CoodiagAlgorithm):
    """Thin: a layer of communes in, :func:`qgis_bridge.indicators.compute_indicators`, sinks out."""

    NAME = "indicators"
    LABEL = "Indicators of a territory"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("pandas",)
    HELP = (
        "<p>Computes the indicators of a profile for each commune of a layer and for its references "
        "(the territory, its EPCI, département, région, France) from a folder of official "
        "statistics as published. For each indicator the newest vintage that covers the communes is "
        "taken; a ratio never mixes years unless the catalogue says so.</p>"
        "<p>Each figure has two fields: its number, and its state in <i>name</i>_etat (connu, absent, "
        "secret, sans_objet, echec). Ratios of groups are sums over sums; published medians are "
        "never recomputed.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Polygons of communes with the field codgeo; the field role (territoire or voisin) tells the neighbours, which count in no reference.",
        )
        self.add(
            common.profile(),
            "Id of a profile of the catalogue (coodiag) or path of a profile file: the indicators that its pages show are computed.",
        )
        self.add(
            common.official_source(),
            common.OFFICIAL_HELP,
        )
        self.add(
            common.data_folder(),
            "Folder where the files of Insee and others were downloaded; subfolders and zips are searched.",
        )
        self.add(
            common.sink("INDICATORS", tr("Indicators"), common.POLYGON),
            "Communes with their figures and the state of each.",
        )
        for name, label, text in (
            (
                "REFERENCES",
                N_("References"),
                N_("Figures of the territory and of the units around it."),
            ),
            (
                "PROVENANCE",
                N_("Provenance"),
                N_("One row for each file that figures were taken from."),
            ),
        ):
            self.add(
                common.sink(name, tr(label), common.ROWS, optional=True),
                text,
            )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if self.parameterAsString(parameters, "SOURCE", context) == "online":
            raise InputError(
                "Reading statistics online comes with a later version: choose SOURCE auto or folder and give the folder of official files."
            )
        folder = self.parameterAsString(parameters, "DATA_FOLDER", context)
        if not folder:
            raise InputError("Choose the folder of official files (DATA_FOLDER).")
        if not Path(folder).is_dir():
            raise InputError(
                "The folder of official files does not exist: {folder}. Choose the folder where the files were downloaded.",
                folder=folder,
            )
        load_profile(self.parameterAsString(parameters, "PROFILE", context))
        source = self.parameterAsSource(parameters, "COMMUNES", context)
        if source is not None and "codgeo" not in source.fields().names():
            raise InputError(
                "The layer of communes has no field codgeo. Take the layer of the algorithm “Communes of a territory”, or name the field with the Insee codes codgeo."
            )

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.sources.folder import scan
        from ..coodiag_plugin.sources.geography import load_geography
from . import parameters as common

        source = self.parameterAsSource(parameters, "COMMUNES", context)
        profile = load_profile(self.parameterAsString(parameters, "PROFILE", context))
        ids = profile.indicator_ids()
        folder = Path(self.parameterAsString(parameters, "DATA_FOLDER", context))
        inventory = scan(folder, progress.part(0.0, 0.1))
        geography = load_geography(inventory, progress.part(0.1, 0.2))
        rows = list(records(source))
        territory = territory_of_layer(geography, (row for row, _ in rows))
        transform = transformer(source.sourceCrs(), territory.crs)
        result = compute_indicators(inventory, geography, territory, ids, progress.part(0.2, 0.9))

        def communes() -> _Rows:
            for row, shape in rows:
                code = str(row["codgeo"])
                shape.transform(transform)
                shape.convertToMultiType()
                own = {
                    "codgeo": code,
                    "nom": row.get("nom") or geography.name(code),
                    "role": row.get("role") or "territoire",
                }
                yield {**own, **result.figures.record(code, ids)}, shape

        figures = figure_columns(ids)
        references = ((row, None) for row in reference_rows(territory, result, ids))
        sources = ((item.as_row(), None) for item in result.provenance)
        found: dict[str, str] = {}
        for name, columns, items, crs in (
            ("INDICATORS", {**COMMUNE_COLUMNS, **figures}, communes(), territory.crs),
            ("REFERENCES", {**REFERENCE_COLUMNS, **figures}, references, ""),
            ("PROVENANCE", dict.fromkeys(Provenance.columns(), TEXT), sources, ""),
        ):
            found[name] = self._write(
                parameters, context, name, fields(columns), items, crs, progress
            )
        return {name: identifier for name, identifier in found.items() if identifier}

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        name: str,
        layer_fields: QgsFields,
        rows: _Rows,
        crs: str,
        progress: FeedbackProgress,
    ) -> str:
        """Write a sink, with polygons when it has a CRS; empty when the user skipped it."""
        kind = QgsWkbTypes.Type.MultiPolygon if crs else QgsWkbTypes.Type.NoGeometry
        sink, identifier = self.parameterAsSink(
            parameters, name, context, layer_fields, kind, QgsCoordinateReferenceSystem(crs)
        )
        if sink is None:
            if name == "INDICATORS":
                raise QgsProcessingException(self.invalidSinkError(parameters, name))
            return ""
        for row, shape in rows:
            progress.check()
            add(sink, feature(layer_fields, row, shape))
        return str(identifier)
