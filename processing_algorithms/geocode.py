"""Locate addresses: on the user's own machine, or by a service when it is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.places import place
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge import geocoding
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.layers import add, attributes, native
from ..coodiag_plugin.qgis_bridge.showing import show
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common

if TYPE_CHECKING:
    from ..coodiag_plugin.qgis_bridge.geocoding import Query, Session

#: Field parameters and the canonical field of each.
_FIELDS = {"ADDRESS": "address", "POSTCODE": "postcode", "CITY": "city", "CITYCODE": "citycode"}
#: Default of MIN_SCORE, the MIN_SCORE of ``geocoding/geocoder.py`` (a test holds them together).
MIN_SCORE = 0.68


class Geocode(CoodiagAlgorithm):
    """Thin: fields recognised, a session of :mod:`qgis_bridge.geocoding`, two sinks out."""

    NAME = "geocode"
    LABEL = "Geocode addresses"
    GROUP = "Geocoding"
    GROUP_ID = "geocoding"
    HELP = (
        "<p>Locates rows by their address. <i>offline</i>: from files of the Base Adresse Nationale "
        "(BAN) kept on this machine, and nothing leaves it. <i>geoplateforme</i> and <i>addok</i>: a "
        "service proposes and Coodiag judges; it receives the number, the street, the postcode and "
        "the commune of each different address, under an identifier without meaning, and no other "
        "column; how many it will receive is said before. Each address is looked for inside its "
        "commune or postcode, tolerant to typing errors, abbreviations and missing parts, at the house number, else the "
        "street, else the lieu-dit, else the commune.</p><p>No row is lost: OUTPUT and FAILED "
        "together are INPUT. <i>geo_status</i> says the level reached, <i>geo_score</i> how sure it "
        "is, <i>geo_gap</i> how far the next possible street is, <i>geo_note</i> what was doubtful. "
        "A street below MIN_SCORE, or one of several of the same name, is not guessed.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("INPUT", tr("Table of addresses"), common.ROWS),
            "Rows to locate: a table, or a layer whose geometry is not used.",
        )
        for name, label in (
            ("ADDRESS", N_("Address field")),
            ("POSTCODE", N_("Postcode field")),
            ("CITY", N_("City field")),
            ("CITYCODE", N_("Commune code (INSEE) field")),
        ):
            self.add(
                QgsProcessingParameterField(
                    name, tr(label), parentLayerParameterName="INPUT", optional=True
                ),
                "Empty: recognised by its name and contents.",
            )
        self.add(common.geocoder(), common.SERVICE_HELP)
        self.add(
            QgsProcessingParameterString("BAN", tr("BAN addresses"), optional=True),
            "A file adresses-NN.csv or .csv.gz of adresse.data.gouv.fr, or a folder searched for such "
            "files; several are separated by |. The index is built at the first use and kept.",
        )
        self.add(common.geocoder_url(), common.URL_HELP, advanced=True)
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON, optional=True),
            "Commune polygons with codgeo and nom: where the BAN files do not reach, a row is put at "
            "a point of its commune.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "MIN_SCORE",
                tr("Least score"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=MIN_SCORE,
                minValue=0.0,
                maxValue=1.0,
            ),
            "A street that scores less falls to its commune. Lower finds more and errs more.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                "TOWN_FALLBACK", tr("Fall back to the commune"), defaultValue=True
            ),
            "Put a row whose street is not found at its commune; otherwise it goes to FAILED.",
        )
        self.add(common.corrections(), common.CORRECTIONS_HELP, advanced=True)
        self.add(
            common.sink("OUTPUT", tr("Located"), common.POINT),
            "Points in the legal projection of the territory, in the order of the input.",
        )
        self.add(
            common.sink("FAILED", tr("Not located"), common.ROWS, optional=True),
            "Rows not located, with the reason in geo_note: correct them and run them alone.",
        )
        for name, label in (
            ("COUNT_IN", N_("Rows read")),
            ("COUNT_ADDRESS", N_("Located at the address")),
            ("COUNT_STREET", N_("Located at the street or place")),
            ("COUNT_PLACE", N_("Of these, located at a named place")),
            ("COUNT_TOWN", N_("Located at the commune")),
            ("COUNT_FAILED", N_("Not located")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        how = self._how(parameters, context)
        how.check()
        if not how.online and not how.ban and not given(parameters, "COMMUNES", context):
            raise InputError(
                "Offline geocoding needs BAN (a file adresses-NN.csv.gz of adresse.data.gouv.fr or its folder), or at least COMMUNES."
            )
        for path in how.ban:
            if not path.exists():
                raise InputError("The BAN file or folder {path} does not exist.", path=str(path))

    def _how(self, parameters: dict[str, Any], context: QgsProcessingContext) -> geocoding.How:
        ban = self.parameterAsString(parameters, "BAN", context)
        corrections = self.parameterAsString(parameters, "CORRECTIONS", context).strip()
        return geocoding.How(
            service=self.parameterAsEnumString(parameters, "SERVICE", context),
            url=self.parameterAsString(parameters, "URL", context),
            ban=tuple(Path(part.strip()) for part in ban.split("|") if part.strip()),
            min_score=self.parameterAsDouble(parameters, "MIN_SCORE", context),
            town_fallback=self.parameterAsBool(parameters, "TOWN_FALLBACK", context),
            corrections=place(corrections) if corrections else None,
        )

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise InputError("The input table cannot be read.")
        how = self._how(parameters, context)
        communes = self.parameterAsSource(parameters, "COMMUNES", context)
        columns = self._columns(parameters, context, source)
        progress.say(
            "Columns read: {columns}. No other one is.",
            columns=", ".join(f"{field} = {column}" for field, column in columns.items()),
        )
        rows = Rows(source, columns)
        with geocoding.session(how, communes, progress.part(0.0, 0.3)) as session:
            geocoding.announce(session, how, rows.queries(rows.features(), progress), progress)
            tally = geocoding.Tally()
            found = session.locate(
                rows.queries(rows.features(), progress),
                source.featureCount(),
                progress.part(0.3, 0.9),
            )
            for answer in found:
                tally.add(answer)
            geocoding.tell_sent(session, how, progress)
            return self._write(parameters, context, rows, session, tally, progress)

    def _columns(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        source: QgsProcessingFeatureSource,
    ) -> dict[str, str]:
        """Column of each canonical field, from the parameters and the first rows."""
        named = {
            field: column
            for name, field in _FIELDS.items()
            if (column := self.parameterAsString(parameters, name, context))
        }
        request = _request().setLimit(geocoding.SAMPLE)
        names = source.fields().names()
        sample = [attributes(item, names) for item in source.getFeatures(request)]
        return geocoding.guess_fields(sample, named)

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        rows: Rows,
        session: Session,
        tally: geocoding.Tally,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Both sinks, in the order of the input; the answers are already there."""
        source = rows.source
        crs = tally.crs
        names = source.fields().names()
        kept = [at for at, name in enumerate(names) if name not in geocoding.RESULT_FIELDS]
        layer_fields = _fields(source.fields(), kept)
        located, located_id = self.parameterAsSink(
            parameters,
            "OUTPUT",
            context,
            layer_fields,
            QgsWkbTypes.Type.Point,
            QgsCoordinateReferenceSystem(crs),
        )
        failed, failed_id = self.parameterAsSink(
            parameters, "FAILED", context, layer_fields, QgsWkbTypes.Type.NoGeometry
        )
        if located is None:
            raise InputError("The layer of located rows cannot be created: check OUTPUT.")
        total = tally.counts["COUNT_IN"]
        # one passage for both: a database may give its rows in another order the next time
        items, asked = tee(rows.features())
        answers = session.locate(rows.queries(asked, progress), total, progress.part(0.9, 1.0))
        written = 0
        for item, (answer, shape) in zip(items, geocoding.placed(answers, crs)):
            progress.check()
            row = QgsFeature(layer_fields)
            values, found = item.attributes(), geocoding.result_values(answer).values()
            row.setAttributes([values[at] for at in kept] + [native(value) for value in found])
            if shape is not None:
                row.setGeometry(shape)
                add(located, row)
            elif failed is not None:
                add(failed, row)
            written += 1
        if written != total:
            raise InputError(
                "The input table changed while it was read: {before} rows, then {after}. Run again.",
                before=total,
                after=written,
            )
        geocoding.report(tally.counts, progress)
        if failed is None and tally.counts["COUNT_FAILED"]:
            progress.warn("The rows that were not located are not kept: give FAILED to have them.")
        show(self, "OUTPUT", context, located_id)
        show(self, "FAILED", context, failed_id)
        return {"OUTPUT": located_id, "FAILED": failed_id, **tally.counts}


class Rows:
    """The input, gone through several times so that it is never held whole."""

    def __init__(self, source: QgsProcessingFeatureSource, columns: dict[str, str]) -> None:
        self.source = source
        self._columns = columns

    def features(self) -> Iterator[QgsFeature]:
        yield from self.source.getFeatures(_request())

    def queries(
        self, features: Iterable[QgsFeature], progress: FeedbackProgress
    ) -> Iterator[Query]:
        """What locates each of some rows; no other column is read."""
        names = self.source.fields().names()
        for item in features:
            progress.check()
            yield geocoding.query(str(item.id()), attributes(item, names), self._columns)


def _request() -> QgsFeatureRequest:
    return QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)


def _fields(source: QgsFields, kept: list[int]) -> QgsFields:
    """Fields of the input, those of an earlier geocoding apart, then the ``geo_*`` fields."""
    result = QgsFields()
    for at in kept:
        result.append(source.at(at))
    for name, kind in geocoding.RESULT_FIELDS.items():
        result.append(QgsField(name, kind))
    return result
