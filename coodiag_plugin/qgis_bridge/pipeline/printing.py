"""Project, layouts, atlas and tables of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import QgsPrintLayout, QgsVectorLayer

from ...core.progress import parts
from ...core.provenance import Provenance
from ...core.territory import Territory
from ...core.values import Value
from ...core.version import version
from ...edition.build import build_context
from ...edition.context import Quality, ReportContext, Skipped, Term, to_json
from ...edition.figures_json import sheets_to_json
from ...edition.materials import CommuneData, Compared, Edition
from ...edition.sources import served
from ...edition.workbook import Traced, secret_cells, theme_sheets, workbook_sheets
from ..aliases import years_of
from ..basemap import limit_layer
from ..documents import Rendering, add_layouts, seconds_of, write_documents
from ..dossier import Dossier
from ..feedback import FeedbackProgress
from ..indicators import unit_key
from ..layers import TEXT, memory_layer, records, write_geopackage
from ..layouts.checks import check_layouts, sentences
from ..layouts.export import export_series
from ..layouts.series import make_layouts
from ..project import ProjectPage, build_project, frames, save_styles, write_project
from ..sheets import CARDS_LAYER, ROWS_LAYER, fiches_layers
from ..workbook import people_sheets
from .described import project_told, tell_layer
from .ground import Ground, figure_table
from .options import ROLES, Run
from .pages import page_materials
from .results import CoverageResult
from .secrecy import SECRETS, secrets_layer

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult

#: Order of the layers in the GeoPackage, as DESIGN names them.
SHAREABLE = (
    "communes",
    "voisins",
    "limites",
    "departements",
    "references",
    "sites",
    "etablissements",
    "equipements",
    "isochrones",
    "chalandise",
    "penetration",
    "recrutement",
    "mobilite",
    "prospects",
    "zones_prospection",
    "offre_demande",
    "qualification",
    "typologie",
    "specificites",
    "acteurs",
    CARDS_LAYER,
    ROWS_LAYER,
    SECRETS,
    "provenance",
)
#: Themes of catalogue/ecosystem.csv whose places are public counters or stops.
_PUBLIC_THEMES = ("accompagnement", "transport")
#: Levels of which there is one unit, whatever the commune.
_ALONE = ("FRANCE", "SIMILAR")


def edit(run: Run, territory: Territory, result: IndicatorResult) -> ReportContext:
    """The report context of the run."""
    from ...analysis.colours import chapter_colour

    names = _names(run)
    area = sum(shape.area() for _, shape in records(run.layers["communes"]))
    data = _commune_data(run, territory, result)
    materials, skipped = page_materials(Ground(run, territory, result, names, area), data)
    themes = {chapter.theme for chapter in run.profile.chapters}
    colours = {theme: chapter_colour(theme) for theme in themes}
    return build_context(
        run.profile,
        territory.name,
        colours,
        materials,
        data,
        _edition(run, skipped),
        run.options.commune_pages,
        run.qualitative.words if run.qualitative else {},
    )


def write_figures(
    run: Run,
    territory: Territory,
    result: IndicatorResult,
    context: ReportContext,
    dossier: Dossier,
) -> None:
    """Every printed figure as a typed cell, with its state and its source, for the workbook."""
    data = _commune_data(run, territory, result)
    figures = [*theme_sheets(data), *people_sheets(run.layers, run.results, territory.name)]
    run.layers[SECRETS] = secrets_layer(secret_cells(figures, context.minimum))
    sheets = workbook_sheets(context, data, Traced(result.sources, result.origins), figures)
    dossier.figures.write_text(sheets_to_json(sheets), encoding="utf-8")


def _names(run: Run) -> dict[str, str]:
    return {str(row["codgeo"]): str(row["nom"]) for row, _ in records(run.layers["communes"])}


def _commune_data(run: Run, territory: Territory, result: IndicatorResult) -> CommuneData:
    names = _names(run)
    own = ("TERRITOIRE", "TERRITOIRE", territory.name)
    compared = [(unit.level, unit_key(unit), unit.name) for unit in run.compared(territory)]
    people: dict[str, tuple[Mapping[str, Value], Value]] = {}
    for layer, found in run.results.items():
        if isinstance(found, CoverageResult):
            table = figure_table(run.layers[layer], ("count",))
            people[found.people] = (table.column("count"), found.count)
    without = {*result.missing, *result.failed}
    years = {name: year for name, year in result.years.items() if name not in without}
    return CommuneData(
        names,
        result.figures,
        result.references,
        (own, *compared),
        _own_units(run, own, compared),
        years,
        people,
        result.failed,
    )


def _own_units(
    run: Run, own: Compared, compared: Sequence[Compared]
) -> dict[str, tuple[Compared, ...]]:
    """For each commune the territory, then its own EPCI, département and région, then France."""
    levels = dict.fromkeys(level for level, _, _ in compared)
    by_key = {unit[1]: unit for unit in compared}
    found = {}
    for row, _ in records(run.layers["communes"]):
        units = [own]
        for level in levels:
            key = _own_key(level, row, by_key)
            units.append(by_key.get(key, (level, key, "…")))
        found[str(row["codgeo"])] = tuple(units)
    return found


def _own_key(level: str, row: Mapping[str, Any], compared: Mapping[str, Compared]) -> str:
    """The unit of a level that a commune belongs, or is compared, to."""
    if level in _ALONE:
        return next(key for key, unit in compared.items() if unit[0] == level)
    return f"{level}:{row[level.lower()]}"


def _edition(run: Run, skipped: list[Skipped]) -> Edition:
    quality = tuple(
        Quality(
            ROLES[role],
            item.read,
            item.refused + item.duplicates,
            item.counts["COUNT_ADDRESS"],
            item.counts["COUNT_STREET"] - item.counts["COUNT_PLACE"],
            item.counts["COUNT_PLACE"],
            item.counts["COUNT_TOWN"],
            item.counts["COUNT_FAILED"],
            item.repairs,
        )
        for role, item in run.located.items()
    )
    return Edition(
        structure=run.options.structure,
        date=run.options.date,
        version=version(),
        demo=run.demo,
        minimum=run.options.min_count,
        quality=quality,
        notes=tuple(run.notes),
        method=tuple(run.method),
        skipped=tuple(skipped),
        sources=tuple(run.sources),
        extra_terms=(
            Term(
                "Prospect",
                "Établissement d’une activité visée, non encore client, à portée d’un site.",
            ),
        ),
    )


def project_pages(context: ReportContext) -> list[ProjectPage]:
    """Pages of the project in the order of the atlas."""
    extras = {"zones_prospection": ("sites",), "mobilite": ("sites",)}
    return [
        ProjectPage(
            page.id,
            chapter.title,
            page.title,
            page.layer,
            page.design,
            extras.get(page.layer, ()),
            " ".join(filter(None, (page.subtitle, page.method))),
        )
        for chapter in context.chapters
        for page in chapter.pages
    ]


def write_layers(
    run: Run,
    territory: Territory,
    result: IndicatorResult,
    context: ReportContext,
    dossier: Dossier,
) -> None:
    """Every shareable layer into the GeoPackage, in a fixed order."""
    shapes = {str(row["codgeo"]): shape for row, shape in records(run.layers["communes"])}
    made = dict(run.layers)
    made["limites"] = limit_layer(run.layers["communes"], run.layers.get("voisins"))
    made["provenance"] = provenance_layer(run, result)
    if context.communes:
        made[CARDS_LAYER], made[ROWS_LAYER] = fiches_layers(context, shapes, territory.crs)
    layers = []
    for name in SHAREABLE:
        if name in made:
            made[name].setName(name)
            tell_layer(run, made[name], territory.name)
            layers.append(made[name])
    write_geopackage(dossier.geopackage, layers)


def provenance_layer(run: Run, result: IndicatorResult) -> QgsVectorLayer:
    """The sources, each with the indicators that it gave or what it was used for."""
    columns = dict.fromkeys((*Provenance.columns(), "indicators"), TEXT)
    rows = (
        ({**item.as_row(), "indicators": " ; ".join(labels)}, None)
        for item, labels in zip(run.sources, served(run.sources, result.origins))
    )
    return memory_layer("provenance", columns, rows=rows)


def places_for_sharing(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Places of interest without SIRET; only those that the public is sent to keep their name.

    A crèche or a training centre of the register may be a client: its name would say so to who
    knows the structure.
    """
    columns = {field.name(): field.type() for field in layer.fields() if field.name() != "siret"}
    rows = (
        ({**row, "name": row["name"] if row["theme"] in _PUBLIC_THEMES else None}, shape)
        for row, shape in records(layer)
    )
    return memory_layer("equipements", columns, "Point", layer.crs().authid(), rows)


def establishments_for_sharing(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Establishments without name, address or SIRET: what a map needs, and no client to be found.

    The register is public, but a list that a client's identity could be looked up in has no place
    in a dossier that is handed out; prospects, who are not clients, keep their names.
    """
    kept = (
        "naf",
        "naf_label",
        "section",
        "tranche",
        "tranche_label",
        "ess",
        "ess_family",
        "codgeo",
        "statut",
    )
    columns = {field.name(): field.type() for field in layer.fields() if field.name() in kept}
    rows = ((row, shape) for row, shape in records(layer))
    return memory_layer("etablissements", columns, "Point", layer.crs().authid(), rows)


def print_documents(
    run: Run, context: ReportContext, stage: Dossier, crs: str, progress: FeedbackProgress
) -> int:
    """Build the project over the dossier's GeoPackage, print it and write every document.

    Returns the pages of the atlas; what the checks of the pages find is told in the journal.
    """
    options = run.options
    # seconds of processor on the demonstration: theirs is the bar, and what is told of the time left
    mapped, laid, added, checked, drawn, documented, saved = parts(
        progress, (10.0, 4.5, 4.5, 2.0, 25.0, seconds_of(options.formats), 6.0)
    )
    tables = (CARDS_LAYER, ROWS_LAYER) if context.communes else ()
    pages = project_pages(context)
    project = build_project(
        stage.geopackage,
        pages,
        described=project_told(run, context),
        crs=crs,
        author=context.structure,
        tables=tables,
        years=years_of(run.layers["communes"]),
    )
    save_styles(project, pages)
    stage.context.write_text(to_json(context), encoding="utf-8")
    extent, around = frames(project)
    mapped.set(1.0)
    mapped.check()
    atlas = make_layouts(
        project,
        context,
        paper=options.paper,
        crs=crs,
        extent=extent,
        around=around,
        house=options.house,
        commune_scale=options.commune_scale,
    )
    laid.set(1.0)
    laid.check()
    material = Rendering(project, context, stage, options.house, options.dpi)
    others = add_layouts(material, options.formats)
    added.set(1.0)
    _tell_faults(run, [*atlas, *others], context, checked)
    count = export_series(atlas, stage.atlas, dpi=options.dpi, progress=drawn, context=context)
    write_documents(material, options.formats, documented)
    documented.set(1.0)
    write_project(project, stage.project)
    saved.set(1.0)
    return count


def _tell_faults(
    run: Run, layouts: Sequence[QgsPrintLayout], context: ReportContext, progress: FeedbackProgress
) -> None:
    """Pages that a cartographer should look at before signing."""
    run.journal.section("Contrôle des pages")
    for line in sentences(check_layouts(layouts, context, progress), len(layouts)):
        run.journal.write(line)
