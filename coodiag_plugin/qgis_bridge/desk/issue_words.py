"""What was repaired, flagged or refused in a file, in the language of the windows.

The sentences of ``sources/issues.py`` are French because a journal prints them; these are the same
for the windows, by the same codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.words import N_
from ..translation import tr

if TYPE_CHECKING:
    from ...sources.issues import Issue

#: code → what was found. ``{other}``: a row or a field.
PROBLEMS = {
    "stray_quotes": N_("Quotation marks not closed in the file"),
    "no_header": N_("No row of column names was recognised"),
    "other_sheets": N_("The workbook has several filled sheets"),
    "duplicate_header": N_("Two columns have the same name"),
    "renamed_column": N_("Column name reserved, or taken already by a recognised field"),
    "column_not_used": N_(
        "The header announces a field that the contents do not confirm ({other})"
    ),
    "guessed_column": N_("Column recognised by its contents ({other})"),
    "swapped_columns": N_("The columns of postcode and town are exchanged"),
    "mojibake": N_("Accents badly encoded"),
    "lost_character": N_("Lost character (�)"),
    "entity": N_("HTML codes in the text"),
    "control": N_("Invisible control characters"),
    "formula": N_("Formula at the start of a cell"),
    "excel_text": N_("Text protected by a spreadsheet formula"),
    "sheet_error": N_("Calculation error of the spreadsheet"),
    "extra_cells": N_("More cells than columns"),
    "postcode_zero": N_("Postcode without its leading zero"),
    "postcode_form": N_("Postcode badly written"),
    "postcode_bad": N_("Postcode that cannot be read"),
    "postcode_is_citycode": N_("INSEE code of a commune in the column of the postcode"),
    "postcode_conflict": N_("Two different postcodes in the row"),
    "postcode_in_city": N_("Postcode in the cell of the town"),
    "city_in_postcode": N_("Town in the cell of the postcode"),
    "inverted": N_("Postcode and town exchanged"),
    "cedex": N_("CEDEX address"),
    "department_in_city": N_("Number of a département in the town"),
    "city_bad": N_("Town without any letter"),
    "citycode_zero": N_("Commune code without its leading zero"),
    "citycode_bad": N_("Commune code that cannot be read"),
    "address_split": N_("Whole address in a single cell"),
    "address_tail": N_("Postcode and town repeated in the address"),
    "address_lines": N_("Address on several lines"),
    "bp": N_("Post box or special delivery in the address"),
    "siret_zero": N_("SIRET without its leading zero"),
    "siret_scientific": N_("SIRET shortened by the spreadsheet (scientific notation)"),
    "siret_expanded": N_("SIRET in scientific notation"),
    "siret_luhn": N_("Check digit of the SIRET is wrong"),
    "siren_only": N_("SIREN in place of a SIRET"),
    "siret_bad": N_("SIRET that cannot be read"),
    "naf_zero": N_("NAF code without its leading zero"),
    "naf_incomplete": N_("NAF code without its letter"),
    "naf_bad": N_("NAF code that cannot be read"),
    "number_bad": N_("Number that cannot be read"),
    "number_thousand": N_("Amount in thousands of euros"),
    "date_serial": N_("Date as a spreadsheet number"),
    "date_short_year": N_("Year of two digits"),
    "date_bad": N_("Date that is impossible or cannot be read"),
    "total": N_("Row of a total or of a table's foot"),
    "repeated_header": N_("Column names repeated in the middle of the table"),
    "nowhere": N_("No address, no town, no postcode"),
    "duplicate": N_("Row identical to row {other}"),
    "same_without_identity": N_("Row identical to row {other}, without a name or a number"),
    "same_ref": N_("Same reference as row {other}, other contents"),
}
#: code → what was done.
ACTIONS = {
    "stray_quotes": N_("File read again without regard to quotation marks"),
    "no_header": N_("Columns named colonne_1, colonne_2… and recognised by their contents"),
    "other_sheets": N_("Only the sheet told here was read"),
    "duplicate_header": N_("Column renamed with a number"),
    "renamed_column": N_("Column renamed with a number"),
    "column_not_used": N_("Column kept as it is"),
    "guessed_column": N_("Field filled with this column"),
    "swapped_columns": N_("Columns put in order for the whole file"),
    "mojibake": N_("Accents mended"),
    "lost_character": N_("Text kept, to be corrected by hand"),
    "entity": N_("Codes replaced by their characters"),
    "control": N_("Characters taken out"),
    "formula": N_("Sign that starts it taken out, text kept"),
    "excel_text": N_("Text taken out of it"),
    "sheet_error": N_("Cell taken as empty"),
    "extra_cells": N_("Cells kept in columns without a name, row to be checked"),
    "postcode_zero": N_("Zero put back"),
    "postcode_form": N_("Postcode put back on five digits"),
    "postcode_bad": N_("Postcode left empty"),
    "postcode_is_citycode": N_("Code moved to the commune code"),
    "postcode_conflict": N_("That of the column of the postcode is kept"),
    "postcode_in_city": N_("Postcode and town taken apart"),
    "city_in_postcode": N_("Postcode and town taken apart"),
    "inverted": N_("Cells put in order"),
    "cedex": N_("CEDEX taken out of the town, postcode kept (it names a delivery office)"),
    "department_in_city": N_("Number taken out"),
    "city_bad": N_("Town left empty"),
    "citycode_zero": N_("Zero put back"),
    "citycode_bad": N_("Commune code left empty"),
    "address_split": N_("Street, postcode and town taken apart"),
    "address_tail": N_("Repetition taken out of the address"),
    "address_lines": N_("Line of the street kept, the others moved to the complement"),
    "bp": N_("Words moved to the complement"),
    "siret_zero": N_("Zero put back"),
    "siret_scientific": N_("Value refused: digits are lost"),
    "siret_expanded": N_("Digits put back, check digit verified"),
    "siret_luhn": N_("SIRET kept as text, to be checked"),
    "siren_only": N_("SIREN kept"),
    "siret_bad": N_("Value refused"),
    "naf_zero": N_("Zero put back"),
    "naf_incomplete": N_("Code kept at the level of the class"),
    "naf_bad": N_("Value refused"),
    "number_bad": N_("Value refused"),
    "number_thousand": N_("Amount multiplied by one thousand"),
    "date_serial": N_("Date put back"),
    "date_short_year": N_("Century deduced (00–49: 2000, 50–99: 1900)"),
    "date_bad": N_("Value refused"),
    "total": N_("Row refused"),
    "repeated_header": N_("Row refused"),
    "nowhere": N_("Row refused"),
    "duplicate": N_("Row left out"),
    "same_without_identity": N_("Row kept: nothing says that it is the same person"),
    "same_ref": N_("Row kept, to be checked"),
}

#: Canonical fields, and the parts of an address in columns of their own.
FIELDS = {
    "address": N_("Address"),
    "complement": N_("Address complement"),
    "postcode": N_("Postcode"),
    "city": N_("Town"),
    "citycode": N_("Commune code (INSEE)"),
    "name": N_("Name"),
    "ref": N_("Reference"),
    "siret": N_("SIRET"),
    "naf": N_("Activity (NAF)"),
    "turnover": N_("Turnover"),
    "hours": N_("Hours"),
    "date": N_("Date"),
    "site": N_("Site"),
    "number": N_("House number"),
    "repetition": N_("Bis, ter…"),
    "street_type": N_("Type of street"),
    "street": N_("Street"),
}


def field_label(field: str) -> str:
    """A field in the language of the windows."""
    return tr(FIELDS[field])


def words(issue: Issue) -> tuple[str, str]:
    """(problem, what was done) of an issue of a structure's file."""
    other = field_label(issue.other) if issue.other in FIELDS else issue.other
    return tr(PROBLEMS[issue.code]).format(other=other), tr(ACTIONS[issue.code])
