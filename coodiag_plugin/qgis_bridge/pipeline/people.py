"""Import and location of the structure's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core import french
from ...core.errors import InputError
from ...core.progress import Progress
from ...core.words import Words
from ..geocoding import geocode_rows
from ..layers import REAL, TEXT, memory_layer
from ..locating import How, Sending
from .options import ROLES, Located, Run

if TYPE_CHECKING:
    from ...sources.structure_file import ImportedTable

_NUMBERS = {"turnover", "hours", "geo_score", "geo_gap"}
#: Whose file a refusal speaks of (the journal, French, has :data:`ROLES`).
_ROLE_WORDS = {
    "sites": Words("sites"),
    "clients": Words("clients"),
    "beneficiaries": Words("beneficiaries"),
}
#: Cells that locate a row, in the order in which they are told.
_CELLS = {
    "address": "adresse", "number": "numéro", "repetition": "indice", "street_type": "type de voie",
    "street": "voie", "complement": "complément", "postcode": "code postal", "city": "commune",
    "citycode": "code commune",
}  # fmt: skip
_LEVELS = {
    "COUNT_ADDRESS": "à l’adresse",
    "COUNT_STREET": "à la voie",
    "COUNT_PLACE": "au lieu-dit",
    "COUNT_TOWN": "à la commune",
    "COUNT_FAILED": "non localisées",
}


def import_files(run: Run, progress: Progress) -> dict[str, ImportedTable]:
    """Read every file of the structure before anything is written; refusals end the run here."""
    from ...sources.issues import summary
    from ...sources.structure_file import import_table
    from ...sources.structure_mapping import FileMapping

    tables = {}
    run.journal.section("Fichiers de la structure")
    files = run.options.files()
    for rank, (role, path) in enumerate(files.items()):
        progress.check()
        part = progress.part(rank / len(files), (rank + 1) / len(files))
        said = run.options.mapping.get(role, FileMapping())
        table = import_table(path, role, said.columns, said.sheet, part)
        tables[role] = table
        run.mapping[role] = table.said
        run.journal.write(
            f"{ROLES[role]} : {french.plural(table.rows_in, 'ligne lue', 'lignes lues')}, "
            f"{french.plural(table.rows_out, 'retenue')}, {french.plural(table.refused, 'écartée')}, "
            f"{french.plural(table.duplicates, 'doublon')}."
        )
        for line in summary(table.issues):
            run.journal.write(f"{ROLES[role]} : {line}")
    return tables


def locate_files(
    run: Run, tables: dict[str, ImportedTable], ban: list[Path], crs: str, progress: Progress
) -> None:
    """Geocode each file with the BAN of the folder, or by the service chosen, and the communes of
    the territory."""
    run.journal.section("Localisation des adresses")
    for rank, (role, table) in enumerate(tables.items()):
        located = _locate(
            run, role, table, ban, crs, progress.part(rank / len(tables), (rank + 1) / len(tables))
        )
        run.located[role] = located
        run.journal.write(_sentence(located))
        if not located.count:
            raise InputError(
                "No row of the file of {role} could be located: {rows} rows, none with a street or a commune that the data know. Check the columns of address, postcode and town, and that the territory is the right one.",
                role=_ROLE_WORDS[role],
                rows=located.read,
            )
    _tell_precision(run, ban)


def _tell_precision(run: Run, ban: list[Path]) -> None:
    """Say plainly that addresses stop at the commune when no BAN file holds the territory."""
    finer = sum(
        item.counts["COUNT_ADDRESS"] + item.counts["COUNT_STREET"] for item in run.located.values()
    )
    if finer:
        return
    if run.options.geocodes_online:
        note = "Le service de géocodage n’a trouvé aucune voie : les adresses sont localisées à la commune, et les distances partent de là."
        run.notes.append(note)
        run.journal.write(note)
        return
    why = (
        "Les fichiers de la Base Adresse Nationale du dossier de données ne couvrent pas le territoire"
        if ban
        else "Les données n’ont pas de fichier de la Base Adresse Nationale"
    )
    note = f"{why} : les adresses sont localisées à la commune, et les distances partent de là."
    run.notes.append(note)
    run.journal.write(note)


def _locate(
    run: Run, role: str, table: ImportedTable, ban: list[Path], crs: str, progress: Progress
) -> Located:
    rows = [dict(row) for row in table.rows]
    fields = {
        name: name
        for name in ("address", "complement", "postcode", "city", "citycode")
        if name in table.columns
    }
    how = how_of(run, ban)
    columns = [
        f"{words} « {table.mapping[cell]} »"
        for cell, words in _CELLS.items()
        if cell in table.mapping
    ]
    run.journal.write(f"{ROLES[role]} : colonnes lues pour localiser : {', '.join(columns)}.")
    if not how.online:
        run.journal.write(
            f"{ROLES[role]} : localisation sur cette machine, aucune adresse envoyée."
        )
    found, failed, counts = geocode_rows(
        rows,
        fields,
        how=how,
        communes_layer=run.layers["communes_toutes"],
        crs=crs,
        progress=progress,
        former=run.former,
        told=lambda sending: _tell_before(run, role, sending),
        sent=lambda count: _tell_after(run, role, count),
    )
    columns = {name: REAL if name in _NUMBERS else TEXT for name in _columns(table, found, failed)}
    return Located(
        role,
        memory_layer(role, columns, "Point", crs, found),
        memory_layer(f"{role}_echecs", columns, rows=((row, None) for row in failed)),
        table.rows_in,
        table.refused,
        table.duplicates,
        len(table.issues),
        counts,
    )


def how_of(run: Run, ban: list[Path]) -> How:
    """How the run locates addresses."""
    from ...geocoding.geocoder import MIN_SCORE

    options = run.options
    return How(
        service=options.service,
        url=options.url,
        ban=tuple(ban),
        min_score=MIN_SCORE,
        corrections=options.corrections,
    )


def _tell_before(run: Run, role: str, sending: Sending) -> None:
    """In the journal before anything leaves: who gets how many addresses, and what of them."""
    run.journal.write(
        f"{ROLES[role]} : {french.plural(sending.addresses, 'adresse distincte', 'adresses distinctes')} "
        f"({french.plural(sending.rows, 'ligne')}) au plus à envoyer à {sending.title} ({sending.host}) : numéro, "
        "voie, code postal et commune, sous un identifiant opaque. Ni nom, ni référence, ni autre colonne."
    )


def _tell_after(run: Run, role: str, count: int) -> None:
    run.sent[role] = count
    run.journal.write(
        f"{ROLES[role]} : {french.plural(count, 'adresse distincte envoyée', 'adresses distinctes envoyées')}."
    )


def _columns(
    table: ImportedTable,
    found: list[tuple[dict[str, Any], QgsGeometry]],
    failed: list[dict[str, Any]],
) -> list[str]:
    names = list(table.columns)
    for row in [row for row, _ in found[:1]] + failed[:1]:
        names += [name for name in row if name not in names]
    return names


def _sentence(located: Located) -> str:
    counts = {**located.counts}
    counts["COUNT_STREET"] -= counts["COUNT_PLACE"]  # of which they are
    parts = [
        f"{french.number(counts[key])} {words}" for key, words in _LEVELS.items() if counts[key]
    ]
    total = located.counts["COUNT_IN"]
    return f"{ROLES[located.role]} : {french.plural(total, 'adresse')} = {' + '.join(parts)}."


def people_layers(run: Run) -> list[QgsVectorLayer]:
    """What goes into the confidential GeoPackage, and nowhere else."""
    layers = []
    for role in ("clients", "beneficiaries"):
        if role in run.located:
            layers += [run.located[role].layer, run.located[role].failed]
    return layers
