"""Algorithm ``coodiag:style``: the catalogue's style on a layer of figures."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsVectorLayer,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common

METHODS = ("auto", "quantile", "fisher", "q6", "msd", "headtail", "geometric", "equal", "fixed")


class ApplyStyle(CoodiagAlgorithm):
    """Reads the figures, asks for their design, puts it on the layer."""

    NAME = "style"
    LABEL = "Style a layer of figures"
    GROUP = "Cartography"
    GROUP_ID = "cartography"
    HELP = (
        "<p>Maps one field of a polygon layer as a professional would: rates, shares and indices "
        "are shaded with rounded classes, none of them empty; counts become proportional circles "
        "that cover at most a seventh of the area; texts become a typology of at most seven hues. "
        "Figures that are secret, missing or zero each have a box of their own in the legend.</p>"
        "<p>The method <i>auto</i> looks at the distribution: quantiles with detached extremes or "
        "a geometric progression when it is skewed, mean and standard deviation when it is "
        "symmetric, else Fisher. Colours are safe for colour blindness and grey printing.</p>"
    )
    PACKAGES = ("numpy",)

    INPUT, INDICATOR, METHOD, CLASSES = "INPUT", "INDICATOR", "METHOD", "CLASSES"
    FIXED, SAVE = "FIXED", "SAVE"
    OUTPUT, BREAKS, NUMBER = "OUTPUT", "BREAKS", "NUMBER_OF_CLASSES"

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        # A layer that is on screen may only change its renderer in the main thread.
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterVectorLayer(
                self.INPUT,
                tr("Layer of figures"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
            ),
            "Polygons with one or more figures, for example the output of Indicators of a territory.",
        )
        self.add(
            QgsProcessingParameterField(
                self.INDICATOR, tr("Indicator"), parentLayerParameterName=self.INPUT, optional=True
            ),
            "Identifier of a catalogue indicator or name of a field. Empty: the first indicator found in the layer, else its first number.",
        )
        self.add(
            common.choice(self.METHOD, tr("Classification"), METHODS),
            "How classes are cut: auto, quantile, fisher (natural breaks), q6 (0, 5, 25, 50, 75, 95, 100 %), msd (mean and standard deviation), headtail, geometric (geometric progression, figures above zero), equal (equal intervals) or fixed.",
        )
        self.add(
            QgsProcessingParameterNumber(
                self.CLASSES,
                tr("Number of classes"),
                QgsProcessingParameterNumber.Type.Integer,
                optional=True,
                minValue=2,
                maxValue=7,
            ),
            "Empty: chosen by the number of units (3 or 4 under twenty, then 4 to 6).",
        )
        self.add(
            QgsProcessingParameterString(
                self.FIXED, tr("Breaks of the method “fixed”"), optional=True
            ),
            "Inner breaks in increasing order, separated by semicolons: 5;7.5;10.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                self.SAVE, tr("Keep the style in the GeoPackage"), defaultValue=False
            ),
            "Also write the style into the table layer_styles of the layer's GeoPackage, as its default.",
            advanced=True,
        )
        self.add(common.house_style(), common.HOUSE_HELP, advanced=True)
        self.addOutput(QgsProcessingOutputVectorLayer(self.OUTPUT, tr("Styled layer")))
        self.addOutput(QgsProcessingOutputString(self.BREAKS, tr("Breaks")))
        self.addOutput(QgsProcessingOutputNumber(self.NUMBER, tr("Number of classes")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.qgis_bridge.autostyle import check_polygons

        layer = self.parameterAsVectorLayer(parameters, self.INPUT, context)
        check_polygons(layer)
        self._field(layer, parameters, context)
        if self.parameterAsString(parameters, self.METHOD, context) == "fixed":
            self._fixed(parameters, context)
        common.house_of(self, parameters, context)

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.core.house import in_use
        from ..coodiag_plugin.qgis_bridge.autostyle import design_layer
        from ..coodiag_plugin.qgis_bridge.restyle import restyle
        from ..coodiag_plugin.qgis_bridge.styling import apply, save_style

        layer = self.parameterAsVectorLayer(parameters, self.INPUT, context)
        field = self._field(layer, parameters, context)
        method = self.parameterAsString(parameters, self.METHOD, context)
        classes = None
        if given(parameters, self.CLASSES, context):
            classes = self.parameterAsInt(parameters, self.CLASSES, context)
        fixed = self._fixed(parameters, context) if method == "fixed" else []
        house = common.house_of(self, parameters, context)
        with in_use(house):
            design = design_layer(layer, field, method, classes, fixed, progress)
            apply(layer, design, limits=True)

        def again(loaded: QgsVectorLayer) -> None:
            with in_use(house):
                apply(loaded, design, limits=True)

        restyle(context, str(parameters[self.INPUT]), again)  # in a model: an output of its own
        if design.method:
            progress.say("{title}: {method}", title=design.title, method=design.method)
        if self.parameterAsBool(parameters, self.SAVE, context):
            save_style(layer, field, default=True)
        return {
            self.OUTPUT: layer.id(),
            self.BREAKS: ";".join(f"{limit:g}" for limit in design.breaks),
            self.NUMBER: len(design.colours),
        }

    def _field(
        self, layer: QgsVectorLayer, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> str:
        from ..coodiag_plugin.qgis_bridge.autostyle import choose_field

        return choose_field(layer, self.parameterAsString(parameters, self.INDICATOR, context))

    def _fixed(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[float]:
        written = self.parameterAsString(parameters, self.FIXED, context)
        parts = [part.strip().replace(",", ".") for part in written.split(";") if part.strip()]
        try:
            breaks = [float(part) for part in parts]
        except ValueError as error:
            raise InputError(
                "“{text}” is not a list of breaks: write for example 5;7.5;10.", text=written
            ) from error
        if not breaks or breaks != sorted(set(breaks)):
            raise InputError(
                "The method “fixed” needs its breaks: give them in increasing order, for example 5;7.5;10."
            )
        return breaks
