"""``coodiag:diagnostic``: all of it, in order, into one dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsVectorLayer

from ...core import french
from ...core.catalogue import indicators
from ...core.demo_mark import is_demo
from ...core.errors import InputError
from ...core.profiles import load_profile
from ...core.progress import Progress
from ...core.runfile import RUN_FILE, RunFile, input_file
from ...core.territory import Territory
from ...core.version import version
from ..dossier import Dossier, Staging
from ..feedback import FeedbackProgress
from ..layers import TEXT, memory_layer, records, write_geopackage
from ..translation import in_french, told
from . import crossings, zones
from .network import road_graph
from .options import Options, Run
from .people import import_files, locate_files, people_layers
from .printing import edit, establishments_for_sharing, print_atlas, write_layers
from .used import sources_of_places

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult

#: Indicators that the crossings need, whatever the profile prints.
NEEDED = (
    "chomeurs",
    "actifs",
    "demandeurs_emploi",
    "menages",
    "etablissements_actifs",
    "part_sans_voiture",
    "part_sans_diplome",
    "population",
)


def diagnose(options: Options, progress: FeedbackProgress) -> dict[str, Any]:
    """Run a whole diagnosis and publish its dossier; returns the outputs of the algorithm.

    Everything that can be refused is refused before the dossier is touched. A refusal, a failure
    or a cancel leaves an earlier dossier as it was.
    """
    from ...sources.folder import scan

    options.check()
    profile = load_profile(options.profile)
    staging = Staging(options.output)
    with staging as stage:
        progress.say("Reading the data folder…")
        inventory = scan(options.data_folder, progress.part(0, 0.04))
        run = Run(options, profile, inventory, is_demo(options.data_folder))
        _tell_folder(run)
        tables = import_files(run, progress.part(0.04, 0.07))
        progress.check()
        progress.say("Territory and indicators…")
        territory, result = _territory(run, progress.part(0.07, 0.2))
        progress.say("Establishments…")
        _establishments(run, territory, progress.part(0.2, 0.28))
        progress.say("Locating addresses on this machine…")
        ban = _ban(run)
        locate_files(run, tables, ban, territory.crs, progress.part(0.28, 0.45))
        write_geopackage_of_people(run, stage)
        progress.say("Zones and crossings…")
        _zones(run, territory, result, progress.part(0.45, 0.65))
        run.add_sources(sources_of_places(run, ban))
        progress.say("Printing the atlas…")
        context, _ = edit(run, territory, result)
        write_layers(run, territory, result, context, stage)
        pages = print_atlas(
            context,
            stage,
            territory.crs,
            paper=options.paper,
            dpi=options.dpi,
            progress=progress.part(0.65, 0.98),
        )
        _journal(run, territory, stage, pages)
        _run_file(run, territory, stage)
        progress.check()
        dossier = staging.publish()
    return {
        "DOSSIER": str(dossier.folder),
        "ATLAS": str(dossier.atlas),
        "PROJECT": str(dossier.project),
        "GEOPACKAGE": str(dossier.geopackage),
        "PAGES": pages,
        **_counts(run),
    }


def _tell_folder(run: Run) -> None:
    run.journal.section("Dossier de données")
    run.journal.write(
        f"{french.plural(len(run.inventory.files), 'table reconnue', 'tables reconnues')}, "
        f"{french.plural(len(run.inventory.ignored), 'fichier mis de côté', 'fichiers mis de côté')}."
    )


def _tell_ignored(run: Run) -> None:
    """How many files were put aside, by reason. Neither their names nor their cells: a file of
    persons may lie in the data folder, and the journal is handed out."""
    if not run.inventory.ignored:
        return
    run.journal.section("Fichiers mis de côté")
    reasons = Counter(reason.partition(" (")[0] for _, reason in run.inventory.ignored)
    for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        run.journal.write(f"{french.plural(count, 'fichier')} : {reason}")


def _territory(run: Run, progress: FeedbackProgress) -> tuple[Territory, IndicatorResult]:
    """Communes, neighbours, indicators and references; their layers go into the run."""
    from ..departements import departement_layer
    from ..indicators import compute_indicators, join_figures, reference_rows
    from ..territory import build_territory

    found = build_territory(
        run.options.territory,
        run.inventory,
        area=run.options.area,
        neighbours=True,
        progress=progress.part(0, 0.4),
    )
    run.add_sources(found.provenance)
    territory = found.territory
    ids = list(dict.fromkeys((*run.profile.indicator_ids(), *NEEDED)))
    result = compute_indicators(
        run.inventory, found.geography, territory, ids, progress.part(0.4, 1)
    )
    run.add_sources(result.provenance)
    known = [name for name in ids if name not in result.missing]
    everything = join_figures(found.communes, result, known)
    run.layers["communes_toutes"] = found.communes
    run.layers["communes"] = _role(everything, "communes", "territoire")
    run.layers["voisins"] = _role(everything, "voisins", "voisin")
    outlines = departement_layer(run.inventory, found.geography, territory, progress.part(0.95, 1))
    if outlines is not None:
        run.layers["departements"] = outlines
    rows = list(reference_rows(territory, result, known))
    run.layers["references"] = memory_layer(
        "references", _columns(rows), rows=((row, None) for row in rows)
    )
    run.journal.section("Territoire")
    run.journal.write(
        f"{territory.name} : {french.plural(len(territory.communes), 'commune')}, "
        f"{french.plural(len(territory.neighbours), 'voisine')} ; géographie {territory.cog}."
    )
    run.journal.section("Indicateurs")
    for name in known:
        run.journal.write(f"{indicators()[name].label} : {result.sources[name]}.")
    for name in result.missing:
        run.journal.write(f"{indicators()[name].label} : aucune donnée dans le dossier.")
    return territory, result


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    from ..indicators import figure_columns

    texts = ("unit", "level", "name")
    figures = [name for name in rows[0] if name not in texts and not name.endswith("_etat")]
    return {**dict.fromkeys(texts, TEXT), **figure_columns(figures)}


def _role(layer: QgsVectorLayer, name: str, role: str) -> QgsVectorLayer:
    columns = {field.name(): field.type() for field in layer.fields()}
    rows = [(row, shape) for row, shape in records(layer) if row["role"] == role]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)


def _establishments(run: Run, territory: Territory, progress: FeedbackProgress) -> None:
    from ..establishments import establishments_layer, read_establishments

    run.journal.section("Établissements")
    if not run.inventory.of("sirene_etablissement"):
        run.journal.write(
            "Le dossier de données n’a pas de stock Sirène : ni établissements ni prospects."
        )
        return
    table, sources = read_establishments(
        run.inventory, territory.communes, inventory=run.inventory, progress=progress
    )
    if not len(table):
        run.journal.write(
            "Le stock Sirène du dossier de données n’a aucun établissement dans le territoire."
        )
        return
    run.add_sources(sources)
    layer = establishments_layer(table, territory.crs)
    run.facts["register"] = layer
    run.layers["etablissements"] = establishments_for_sharing(layer)
    run.journal.write(
        f"{french.plural(layer.featureCount(), 'établissement actif', 'établissements actifs')} dans le territoire."
    )


def _ban(run: Run) -> list[Path]:
    from ...geocoding.ban_file import ban_files

    given = run.options.ban
    if given is None:
        return [file.path for file in run.inventory.of("ban")]
    found = ban_files(given)
    if not found:
        raise InputError(
            "The BAN folder {folder} holds no file of addresses (csv, csv.gz).",
            folder=str(given),
        )
    return found


def write_geopackage_of_people(run: Run, stage: Dossier) -> None:
    """Located persons, in the one place that is not to be shared."""
    layers = people_layers(run)
    if layers:
        write_geopackage(stage.people, layers)
        stage.people.chmod(0o600)


def _zones(
    run: Run, territory: Territory, result: IndicatorResult, progress: FeedbackProgress
) -> None:
    """Whatever the files at hand allow; what is missing is said in the journal and on the pages."""
    graph = road_graph(run, territory, progress.part(0, 0.3)) if run.located else None
    run.facts.setdefault("mode", "km")
    reference = {name: result.references.get("TERRITOIRE", name) for name in NEEDED}
    if "sites" in run.located:
        run.layers["sites"] = zones.sites_layer(run, territory.crs)
        run.facts["sites"] = run.layers["sites"].featureCount()
    steps: list[tuple[str, bool, Callable[[Progress], None]]] = [
        ("isochrones", graph is not None, lambda part: zones.isochrones(run, graph, part)),
        (
            "chalandise",
            "clients" in run.located,
            lambda part: zones.catchment_zones(run, graph, part),
        ),
        (
            "penetration",
            "clients" in run.located,
            lambda part: crossings.penetration(run, result.sources, part),
        ),
        (
            "recrutement",
            "beneficiaries" in run.located,
            lambda part: crossings.recruitment(run, graph, reference, result.sources, part),
        ),
        (
            "zones_prospection",
            "clients" in run.located and "register" in run.facts,
            lambda part: crossings.prospection(run, graph, part),
        ),
    ]
    needs_sites = ("isochrones", "chalandise", "zones_prospection")
    for rank, (layer, possible, step) in enumerate(steps):
        if possible and (layer not in needs_sites or "sites" in run.layers):
            share = 0.7 / len(steps)
            part = progress.part(0.3 + rank * share, 0.3 + (rank + 1) * share)
            _attempt(run, layer, lambda step=step, part=part: step(part))


def _attempt(run: Run, layer: str, step: Callable[[], None]) -> None:
    """A step that these files do not allow leaves its pages out, with its reason in print."""
    try:
        step()
    except InputError as error:
        run.refusals[layer] = told(error.template, error.fields, in_french)
        run.journal.write(f"Étape sans résultat : {run.refusals[layer]}")


def _journal(run: Run, territory: Territory, stage: Dossier, pages: int) -> None:
    run.journal.section("Atlas")
    run.journal.write(f"{french.plural(pages, 'page')}.")
    _tell_ignored(run)
    title = f"Diagnostic territorial : {territory.name}" + (
        " (données fictives)" if run.demo else ""
    )
    stage.journal.write_text(run.journal.text(title, run.options.date), encoding="utf-8")


def _run_file(run: Run, territory: Territory, stage: Dossier) -> None:
    options = run.options
    parameters = {
        "TERRITORY": options.territory,
        "STRUCTURE": options.structure,
        "PROFILE": run.profile.id,
        "PAPER": options.paper,
        "THRESHOLDS": ",".join(f"{value:g}" for value in options.thresholds),
        "MIN_COUNT": options.min_count,
        "SERVICE": "offline",
        "SOURCE": "folder",
        "COMMUNE_PAGES": options.commune_pages,
        "DPI": options.dpi,
    }
    document = RunFile(
        coodiag=version(),
        qgis=Qgis.version(),
        date=options.date,
        territory=territory.name,
        parameters=parameters,
        inputs=[input_file(role, path) for role, path in options.files().items()],
        sources=run.sources,
        counts=_counts(run),
        demo=run.demo,
    )
    (stage.folder / RUN_FILE).write_text(document.text(), encoding="utf-8")


def _counts(run: Run) -> dict[str, int]:
    """CLIENTS_IN, CLIENTS_LOCATED…: rows kept by the import, and rows with a point."""
    counts = {}
    for role in ("clients", "beneficiaries"):
        located = run.located.get(role)
        counts[f"{role.upper()}_IN"] = located.counts["COUNT_IN"] if located else 0
        counts[f"{role.upper()}_LOCATED"] = located.count if located else 0
    return counts
