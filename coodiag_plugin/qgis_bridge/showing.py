"""What QGIS shows of an output of a single algorithm: its look, its metadata, its group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from ..core.errors import CoodiagError
from ..core.provenance import Provenance
from ..core.version import version
from ..core.words import N_
from .algorithm import sentence
from .loaded import WhenLoaded
from .translation import tr

#: Outputs whose rows are organisations of the public register, and may open their page.
REGISTER = {
    ("establishments", "ESTABLISHMENTS"),
    ("prospects", "PROSPECTS"),
    ("ecosystem", "ECOSYSTEM"),
}
#: Outputs whose rows are persons.
PERSONS = {
    ("importtable", "TABLE"),
    ("importtable", "ISSUES"),
    ("geocode", "OUTPUT"),
    ("geocode", "FAILED"),
    ("catchment", "EXCLUDED"),
}
_PERSONS = N_("Personal data: not to be shared.")
_HAD = N_("had on {day}")

#: Gives a layer its style.
Look = Callable[[QgsVectorLayer], None]


@dataclass(frozen=True)
class Facts:
    """What is known of an output when it is written: all but the layer itself."""

    algorithm: str
    output: str
    title: str
    abstract: str
    word: str
    sources: tuple[Provenance, ...]
    years: Mapping[str, str] = field(default_factory=dict)  # of its figures


class Showing(WhenLoaded):
    """Dresses a layer when QGIS has loaded it; one that cannot be styled keeps its plain look."""

    def __init__(self, facts: Facts, look: Look | None = None) -> None:
        super().__init__()
        self.facts = facts
        self.look = look

    def dress(
        self,
        layer: QgsVectorLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> None:
        describe_output(layer, self.facts)
        if self.look is None or not layer.featureCount():
            return
        try:
            self.look(layer)
        except CoodiagError as error:  # a sentence, never a failed run: the figures are there
            if feedback is not None:
                feedback.pushInfo(sentence(error))


def show(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    context: QgsProcessingContext,
    identifier: str,
    look: Look | None = None,
    sources: Sequence[Provenance] = (),
    years: Mapping[str, str] | None = None,
) -> None:
    """Have an output dressed if it is to be shown. The outputs of an algorithm that has several
    stand in a group of its name. ``years``: those of its figures by indicator."""
    if not context.willLoadLayerOnCompletion(identifier):
        return
    details = context.layerToLoadOnCompletionDetails(identifier)
    Showing(_facts(algorithm, name, sources, years or {}), look).wait(details)
    if not details.groupName and len(algorithm.destinationParameterDefinitions()) > 1:
        details.groupName = algorithm.displayName()


def _facts(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    sources: Sequence[Provenance],
    years: Mapping[str, str],
) -> Facts:
    definition = algorithm.parameterDefinition(name)
    return Facts(
        algorithm.name(),
        name,
        definition.description(),
        definition.help(),
        algorithm.displayName(),
        tuple(sources),
        years,
    )


def describe_output(layer: QgsVectorLayer, facts: Facts) -> None:
    """Metadata, names of the fields and action of a layer that an algorithm has made today, in the
    language of QGIS."""
    from .actions import REGISTER_SHORT, REGISTER_TITLE, open_register
    from .aliases import language_of_windows, name_fields
    from .metadata import Described, history, layer_metadata

    key = (facts.algorithm, facts.output)
    today, language = date.today().isoformat(), language_of_windows()
    described = Described(
        title=facts.title,
        abstract=facts.abstract,
        words=("Coodiag", facts.word),
        sources=facts.sources,
        restrictions=(tr(_PERSONS),) if key in PERSONS else (),
        history=(
            *history(facts.sources, tr(_HAD)),
            f"{today}: coodiag:{facts.algorithm}, Coodiag {version()}",
        ),
        made=today,
        language=language,
        identifier=facts.output.lower(),
    )
    layer.setMetadata(layer_metadata(layer, described))
    name_fields(layer, f"{facts.algorithm}.{facts.output}", language, facts.years)
    if key in REGISTER:
        open_register(layer, tr(REGISTER_TITLE), tr(REGISTER_SHORT))
