"""``indicateurs.xlsx``: every figure of the atlas as a number, with its state and its source.

Sheets to read from, one per theme, people of the structure, hidden figures, printed cards, sources
and dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..core import french
from ..core.catalogue import Indicator, indicators, themes
from ..core.figures import FigureTable
from ..core.privacy import Reason, SuppressedCell, suppressed_cells
from ..core.provenance import Provenance
from ..core.values import SIGN_NOT_SIGNIFICANT, Value
from .context import Block, MapPage, ReportContext, in_order
from .materials import COLUMNS, CommuneData
from .sources import served
from .xlsx import Cell, Number, Sheet, write_xlsx

_STATES = (
    ("connu", "la valeur est connue ;"),
    ("secret", "secret statistique, la case du chiffre est vide (signe « s » dans l’atlas) ;"),
    ("absent", "la source ne donne pas ce chiffre (« … ») ;"),
    ("sans_objet", "le chiffre n’a pas de sens ici, comme une part de zéro (« /// ») ;"),
    ("echec", "un service aurait dû le donner et ne l’a pas fait (« … », motif ci-dessous) ;"),
    ("n.s.", "le chiffre est là, mais trop incertain pour être lu (« n.s. »)."),
)
_VALUE_WIDTH, _STATE_WIDTH, _SOURCE_WIDTH = 15.0, 10.0, 24.0
#: Source of the figures on the structure's people.
STRUCTURE = "Fichiers de la structure"


@dataclass(frozen=True)
class Column:
    """A figure of a sheet: its heading with unit and year, and the decimals that it is shown with.

    ``hides``: why its figures are hidden, for those that come back from a layer without a reason;
    ``key``: of an indicator of the catalogue, whose source stands in a third column.
    """

    heading: str
    decimals: int = 0
    hides: Reason | None = None
    key: str = ""


@dataclass(frozen=True)
class Line:
    """A unit of a sheet: ``labels`` as many as the sheet has, ``values`` as many as columns.

    ``note``: a text that closes the row (a type in words).
    """

    labels: tuple[str, ...]
    values: tuple[Value, ...]
    note: str = ""


@dataclass(frozen=True)
class FigureSheet:
    """Typed figures: each column of ``columns`` becomes three: number, state, source."""

    name: str
    labels: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""  # heading of the closing text


@dataclass(frozen=True)
class Traced:
    """What the sources of the figures are: printed citation and date of each indicator, and the
    files behind it (``origins``), by its id."""

    citations: Mapping[str, str]
    origins: Mapping[str, Sequence[Provenance]]


def workbook_sheets(
    context: ReportContext,
    data: CommuneData,
    traced: Traced,
    figures: Sequence[FigureSheet],
) -> list[Sheet]:
    """The sheets of a diagnosis. ``figures``: those of :func:`theme_sheets`, then those on the
    structure, already protected.

    A figure is never a sign in place of a number: the cell is empty and its state stands beside.
    """
    keys = [key for key in indicators() if data.printed(key)]
    return [
        _reading(context, figures),
        *(_figures(sheet, traced.citations) for sheet in figures),
        _secrets(secret_cells(figures, context.minimum)),
        _cards(context),
        _quality(context),
        _sources(context, traced),
        _dictionary(data, keys, traced),
    ]


def make_workbook(context: ReportContext, sheets: Sequence[Sheet]) -> bytes:
    """``indicateurs.xlsx`` of :func:`workbook_sheets`."""
    title = f"{context.title} – {context.territory}"
    return write_xlsx(sheets, title, context.structure, context.date)


def theme_sheets(data: CommuneData) -> list[FigureSheet]:
    """A sheet per theme: the communes in the order of a French index, then the references."""
    catalogue = indicators()
    keys = [key for key in catalogue if data.printed(key)]
    order = sorted(data.names, key=lambda code: (french.alphabetical(data.names[code]), code))
    by_theme: dict[str, list[Indicator]] = {}
    for key in keys:
        by_theme.setdefault(catalogue[key].theme, []).append(catalogue[key])
    sheets = []
    for theme, subjects in by_theme.items():
        names = [subject.id for subject in subjects]
        lines = [
            Line(
                ("Commune", code, data.names[code]),
                tuple(data.figures.get(code, name) for name in names),
            )
            for code in order
        ]
        lines += [
            Line(
                (COLUMNS[level], "" if unit == level else unit.partition(":")[2], label),
                tuple(data.references.get(unit, name) for name in names),
            )
            for level, unit, label in data.reference_names
        ]
        sheets.append(
            FigureSheet(
                themes()[theme],
                ("Niveau", "Code", "Nom"),
                tuple(
                    Column(_heading(item, data), item.decimals, key=item.id) for item in subjects
                ),
                tuple(lines),
            )
        )
    return sheets


def _heading(subject: Indicator, data: CommuneData) -> str:
    year = data.years.get(subject.id, "")
    text = f"{subject.label}, {year}" if year else subject.label
    return f"{text} ({subject.unit})" if subject.unit and not subject.is_count else text


def state_text(value: Value) -> str:
    """The state of a figure, ``n.s.`` when it is known and uncertain."""
    return value.state.value if value.significant or not value.known else SIGN_NOT_SIGNIFICANT


def _figures(sheet: FigureSheet, citations: Mapping[str, str]) -> Sheet:
    header = [*sheet.labels]
    for column in sheet.columns:
        header += [column.heading, f"État – {column.heading}", f"Source – {column.heading}"]
    if sheet.note:
        header.append(sheet.note)
    rows = []
    for line in sheet.lines:
        cells: list[Cell] = [*line.labels]
        for value, column in zip(line.values, sheet.columns):
            number = None if value.number is None else Number(value.number, column.decimals)
            source = citations.get(column.key, "") if column.key else STRUCTURE
            cells += [number, state_text(value), source]
        rows.append((*cells, line.note) if sheet.note else tuple(cells))
    labels = tuple(_width(sheet, rank) for rank in range(len(sheet.labels)))
    widths = (*labels, *(_VALUE_WIDTH, _STATE_WIDTH, _SOURCE_WIDTH) * len(sheet.columns))
    return Sheet(
        sheet.name,
        tuple(rows),
        tuple(header),
        (*widths, 44.0) if sheet.note else widths,
        frozen=len(sheet.labels),
    )


def secret_cells(sheets: Iterable[FigureSheet], minimum: int) -> list[SuppressedCell]:
    """Every hidden figure of the sheets, with the family of its rule and nothing more precise."""
    tables: dict[str, FigureTable] = {}
    for sheet in sheets:
        table = tables.setdefault(sheet.name, FigureTable())
        for line in sheet.lines:
            unit = " ".join(label for label in line.labels if label)
            for value, column in zip(line.values, sheet.columns):
                if column.hides is not None and not value.reason:
                    value = replace(value, reason=column.hides.value)
                table.put(unit, column.heading, value)
    return suppressed_cells(tables, minimum)


def _secrets(cells: Sequence[SuppressedCell]) -> Sheet:
    header = ("Feuille", "Unité", "Chiffre", "Règle")
    rows = tuple(cell.row() for cell in cells)
    return Sheet("Secrets", rows, header, (24.0, 44.0, 52.0, 80.0))


def _width(sheet: FigureSheet, rank: int) -> float:
    longest = max((len(line.labels[rank]) for line in sheet.lines), default=0)
    return float(min(max(longest, len(sheet.labels[rank])) + 2, 44))


def _reading(context: ReportContext, figures: Sequence[FigureSheet]) -> Sheet:
    """How to read the workbook, in sentences."""
    rows: list[tuple[Cell, ...]] = [
        (f"{context.title} – {context.territory}",),
        (f"Structure : {context.structure}. Établi le {french.date(context.date)}.",),
        ("",),
    ]
    if context.demo:
        rows.insert(1, ("DONNÉES FICTIVES : territoire, chiffres et personnes sont inventés.",))
    rows += [
        (text,)
        for text in (
            "Ce classeur contient tous les chiffres imprimés dans l’atlas, sous forme de nombres avec toute leur précision : l’atlas les arrondit.",
            "Chaque chiffre occupe trois colonnes : sa valeur, son état, sa source. Une case vide n’est jamais un zéro.",
            *(f"État « {name} » – {words}" for name, words in _STATES),
            "Le ratio d’un groupe de communes est un rapport de sommes. Une médiane n’est jamais recalculée : c’est celle que l’Insee publie, sinon elle est absente.",
            f"Les effectifs de personnes de 1 à {context.minimum - 1} sont secrets, ainsi que ceux qui permettraient de les retrouver. Aucune personne ne figure dans ce classeur.",
            "",
            "Feuilles : "
            + french.listing([sheet.name for sheet in figures])
            + " (les chiffres) ; Secrets (ceux qui sont cachés, et la règle) ; Cartouches (ce que chaque page de l’atlas imprime, tableaux et graphiques compris) ; Fichiers (ce que sont devenues leurs lignes) ; Sources (d’où viennent les chiffres) ; Dictionnaire (ce qu’ils mesurent).",
        )
    ]
    if context.failures:
        rows += [("",), ("Chiffres non reçus :",)]
        rows += [(f"{item.title} : {item.reason}",) for item in context.failures]
    typed = tuple(tuple(french.typography(str(cell)) for cell in row) for row in rows)
    return Sheet("Lecture", typed, widths=(120.0,), wrapped=True)


def _cards(context: ReportContext) -> Sheet:
    """Every card of the pages, and every figure of those without a map, as printed."""
    rows: list[tuple[Cell, ...]] = []
    for chapter in context.chapters:
        for page in in_order(chapter):
            if isinstance(page, MapPage):
                printed = [(card.label, card.text, card.note) for card in page.figures]
            else:
                printed = [line for block in page.blocks for line in _block(block)]
            rows += [(Number(page.number), page.title, *texts) for texts in printed]
    for rank, commune in enumerate(context.communes):
        rows += [
            (Number(context.commune_first + rank), commune.name, card.label, card.text, card.note)
            for card in commune.figures
        ]
    header = ("Page de l’atlas", "Titre", "Chiffre", "Texte imprimé", "Note")
    return Sheet("Cartouches", tuple(rows), header, (8.0, 44.0, 36.0, 20.0, 36.0))


def _block(block: Block) -> Iterator[tuple[str, str, str]]:
    """What a block of a sheet page prints: name of the figure, its text, where it stands."""
    for card in block.figures:
        yield card.label, card.text, card.note
    if block.table is not None:
        for row in block.table.rows:
            for heading, text in zip(block.table.columns[1:], row.cells):
                yield row.label, text, heading
    if block.chart is not None:
        for series in block.chart.series:
            for name, text in zip(block.chart.categories, series.texts):
                yield name, text, series.name


def _quality(context: ReportContext) -> Sheet:
    """How the rows of each file fared."""
    header = (
        "Fichier", "Lues", "Écartées", "À l’adresse", "À la voie", "Au lieu-dit", "À la commune", "Échec",
        "Anomalies relevées",
    )  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            item.file,
            *(
                Number(count)
                for count in (
                    item.read, item.refused, item.address, item.street, item.place, item.town,
                    item.failed, item.repairs,
                )
            ),
        )
        for item in context.quality
    )  # fmt: skip
    return Sheet("Fichiers", rows, header, (28.0, *(14.0,) * 8))


def _sources(context: ReportContext, traced: Traced) -> Sheet:
    header = (
        "Producteur", "Titre", "Millésime", "Géographie (COG)", "Date d’obtention", "Licence",
        "Mention", "Service", "Adresse", "Fichier", "Empreinte SHA-256", "Remarque",
        "Chiffres ou usage",
    )  # fmt: skip
    gave = served(context.sources, traced.origins)
    rows = tuple(
        (
            item.producer, item.title, item.vintage, item.cog, item.retrieved, item.licence,
            item.attribution, item.service, item.address, item.file, item.sha256, item.note,
            " ; ".join(labels),
        )
        for item, labels in zip(context.sources, gave)
    )  # fmt: skip
    widths = (22.0, 44.0, 20.0, 10.0, 13.0, 20.0, 24.0, 24.0, 36.0, 36.0, 20.0, 24.0, 80.0)
    return Sheet("Sources", rows, header, widths, wrapped=True)


def _dictionary(data: CommuneData, keys: Sequence[str], traced: Traced) -> Sheet:
    header = (
        "Indicateur", "Identifiant", "Définition", "Unité", "Millésime", "Source", "Calcul",
        "Précaution", "Échec",
    )  # fmt: skip
    rows = []
    for key in keys:
        item = indicators()[key]
        rows.append(
            (
                item.label, key, item.definition, item.unit, data.years.get(key, ""),
                traced.citations.get(key, ""), _formula(item), item.caveat,
                data.failed.get(key, ""),
            )
        )  # fmt: skip
    widths = (40.0, 24.0, 60.0, 10.0, 14.0, 50.0, 40.0, 40.0, 40.0)
    return Sheet("Dictionnaire", tuple(rows), header, widths, wrapped=True)


def _formula(item: Indicator) -> str:
    """The calculation, in Insee's names of variables."""
    if not item.denominator:
        return item.numerator
    if item.kind == "evolution":
        return f"(({item.numerator}) / ({item.denominator}))^(1/années) − 1"
    text = f"({item.numerator}) / ({item.denominator})"
    return text if item.multiplier == 1 else f"{french.number(item.multiplier)} × {text}"
