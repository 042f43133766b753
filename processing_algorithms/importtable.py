"""Read a structure's spreadsheet: recognise its columns, repair its cells, list every repair."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import TABLES_FILTER
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.showing import show
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class ImportTable(CoodiagAlgorithm):
    """Thin: parameters in, :func:`sources.structure_file.import_table`, two sinks out."""

    NAME = "importtable"
    LABEL = "Import a structure's table"
    GROUP = "Import and sources"
    GROUP_ID = "import"
    HELP = (
        "<p>Reads a table of clients, beneficiaries or sites as a structure keeps it (csv, txt, xlsx, "
        "ods): encoding, separator and header row are found, columns are recognised by their French "
        "or English names, and the cells that spreadsheets damage are repaired (postcodes, SIRET, "
        "numbers, dates, accents).</p><p>Every repair, flag and refused row is a row of ISSUES. Rows "
        "without anything that locates them, totals and exact duplicates are left out: rows read = "
        "rows kept + rows refused + duplicates. ISSUES quotes cells: keep it with the personal data."
        "</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterFile(
                "INPUT",
                tr("Table of the structure"),
                fileFilter=f"{tr('Tables')} ({TABLES_FILTER})",
            ),
            "A csv, txt, xlsx or ods file. Titles above the header and empty columns do no harm.",
        )
        self.add(
            QgsProcessingParameterString("SHEET", tr("Sheet"), optional=True),
            "Sheet of a workbook. Empty: the one whose header names the most known columns.",
        )
        self.add(
            common.choice("ROLE", tr("What the rows are"), ("clients", "beneficiaries", "sites")),
            "Clients, beneficiaries (people accompanied or employed) or sites of the structure.",
        )
        self.add(
            QgsProcessingParameterString(
                "MAPPING", tr("Columns mapped by hand"), multiLine=True, optional=True
            ),
            'JSON: field → column, for example {"address": "Adresse du client", "city": "Ville"}. '
            "Fields: ref, name, address, complement, postcode, city, citycode, siret, naf, turnover, "
            "hours, date, site; number, repetition, street_type, street for an address in several "
            "columns. An empty column name leaves the field out.",
            advanced=True,
        )
        self.add(
            common.sink("TABLE", tr("Table"), common.ROWS),
            "The rows kept: row_id, the fields recognised, then the other columns as they are.",
        )
        self.add(
            common.sink("ISSUES", tr("Issues"), common.ROWS, optional=True),
            "One row per repair, flag, refused row or duplicate: line, column, value, problem, action.",
        )
        for name, label in (
            ("ROWS_IN", N_("Rows read")),
            ("ROWS_OUT", N_("Rows kept")),
            ("REFUSED", N_("Rows refused")),
            ("DUPLICATES", N_("Duplicates left out")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.tables import (
            issue_fields,
            read_structure,
            table_fields,
            write_rows,
        )

        table = read_structure(
            Path(self.parameterAsFile(parameters, "INPUT", context)),
            self.parameterAsEnumString(parameters, "ROLE", context),
            self.parameterAsString(parameters, "MAPPING", context),
            self.parameterAsString(parameters, "SHEET", context),
            progress.part(0.0, 0.8),
        )
        issues = [asdict(item) for item in table.issues]
        results: dict[str, Any] = {}
        for name, layer_fields, rows in (
            ("TABLE", table_fields(table), table.rows),
            ("ISSUES", issue_fields(), issues),
        ):
            sink, identifier = self.parameterAsSink(
                parameters, name, context, layer_fields, Qgis.WkbType.NoGeometry
            )
            if sink is not None:
                write_rows(sink, layer_fields, rows, progress)
                results[name] = identifier
                show(self, name, context, identifier)
            elif name == "TABLE":
                raise QgsProcessingException(self.invalidSinkError(parameters, name))
        return {
            **results,
            "ROWS_IN": table.rows_in,
            "ROWS_OUT": table.rows_out,
            "REFUSED": table.refused,
            "DUPLICATES": table.duplicates,
        }
