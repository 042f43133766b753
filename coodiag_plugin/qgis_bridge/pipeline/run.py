"""``coodiag:diagnostic``: all of it, in order, into one dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis

from ...core import french
from ...core.demo_mark import is_demo
from ...core.house import FILE, in_use
from ...core.profiles import load_profile, profile_ids, profile_path
from ...core.progress import Progress, parts
from ...core.runfile import RUN_FILE, InputFile, RunFile, input_file
from ...core.territory import Territory
from ...core.time_left import PREPARED
from ...core.version import version
from ..dossier import ATLAS, DOCUMENTS, GEOPACKAGE, PROJECT, Dossier, Staging
from ..feedback import FeedbackProgress
from ..layers import write_geopackage
from ..many.inputs import layer_sum
from ..official import official
from . import crossings, portfolio, qualification, qualitative, supply, zones
from .data import (
    NEEDED,
    ban_files_of,
    read_places,
    read_territory,
    tell_data,
    wanted,
    wanted_by,
)
from .described import tell_layer
from .mobility import mobility
from .network import road_graph
from .options import Options, Run
from .people import how_of, import_files, locate_files, people_layers
from .portfolio import PORTFOLIO
from .printing import edit, print_documents, write_figures, write_layers
from .used import sources_of_places

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult


#: Shares that the services, or the reading of the folder, take of what comes before the printing.
_FETCHING, _SCANNING = 0.6, 0.2
#: Seconds of processor, on the demonstration, of the pages and tables, then of all that is printed of them.
_WRITTEN, _PRINTED = 2.5, 78.8


def diagnose(options: Options, progress: FeedbackProgress) -> dict[str, Any]:
    """Run a whole diagnosis and publish its dossier; returns the outputs of the algorithm.

    Everything that can be refused is refused before the dossier is touched. A refusal, a failure
    or a cancel leaves an earlier dossier as it was.
    """
    options.check()
    profile = load_profile(options.profile)
    staging = Staging(options.output)
    share = _FETCHING if options.source.online else _SCANNING
    before = progress.part(0, PREPARED)
    with staging as stage:
        if options.source.online:
            progress.say("Asking the public services…")
        else:
            progress.say("Reading the data folder…")
        with official(options.source, wanted(options, profile), before.part(0, share)) as found:
            folder = options.source.folder
            run = Run(
                options,
                profile,
                found.inventory,
                folder is not None and is_demo(folder),
                failed=found.reasons(),
            )
            tell_data(run, found)
            with in_use(options.house):
                territory, result = _prepare(run, stage, before.part(share, 1))
                places, pages = _print(
                    run, territory, result, staging, stage, progress.part(PREPARED, 1)
                )
    named = {"ATLAS": ATLAS, "PROJECT": PROJECT, "GEOPACKAGE": GEOPACKAGE}
    named |= dict(DOCUMENTS.values())
    return {
        "DOSSIER": str(options.output),
        **{output: str(places[name]) for output, name in named.items() if name in places},
        "PAGES": pages,
        **_counts(run),
    }


def _prepare(
    run: Run, stage: Dossier, progress: FeedbackProgress
) -> tuple[Territory, IndicatorResult]:
    """Every step of the diagnosis before a page is made."""
    tables = import_files(run, progress.part(0, 0.05))
    run.qualitative = qualitative.read_qualitative(
        run.options.tables,
        run.profile,
        run.options.min_count,
        run.journal,
        progress.part(0.05, 0.08),
    )
    progress.check()
    progress.say("Territory and indicators…")
    territory, result = read_territory(run, progress.part(0.08, 0.33))
    progress.say("Establishments and places of interest…")
    read_places(run, territory, progress.part(0.33, 0.45))
    if run.options.geocodes_online:
        progress.say("Locating addresses by a service…")
    else:
        progress.say("Locating addresses on this machine…")
    ban = ban_files_of(run)
    locate_files(run, tables, ban, territory.crs, progress.part(0.45, 0.68))
    write_geopackage_of_people(run, stage)
    qualitative.locate(
        run, run.qualitative, how_of(run, ban), territory.crs, progress.part(0.68, 0.7)
    )
    progress.say("Zones and crossings…")
    _zones(run, territory, result, progress.part(0.7, 1))
    run.add_sources(sources_of_places(run, ban))
    progress.set(1.0)
    return territory, result


def _print(
    run: Run,
    territory: Territory,
    result: IndicatorResult,
    staging: Staging,
    stage: Dossier,
    progress: FeedbackProgress,
) -> tuple[dict[str, Path], int]:
    """Pages, tables and documents into the stage, then the stage in its place: where each file
    is, and the pages of the atlas."""
    progress.say("Printing the atlas…")
    progress.set(0.0)
    written, printed = parts(progress, (_WRITTEN, _PRINTED))
    context = edit(run, territory, result)
    written.set(0.1)
    written.check()
    write_figures(run, territory, result, context, stage)
    written.set(0.3)
    written.check()
    write_layers(run, territory, result, context, stage)
    written.set(1.0)
    written.check()
    pages = print_documents(run, context, stage, territory.crs, printed)
    _journal(run, territory, stage, pages)
    _run_file(run, territory, stage)
    progress.check()
    return staging.publish(), pages


def _tell_ignored(run: Run) -> None:
    """How many files were put aside, by reason. Neither their names nor their cells: a file of
    persons may lie in the data folder, and the journal is handed out."""
    if not run.inventory.ignored:
        return
    run.journal.section("Fichiers mis de côté")
    reasons = Counter(reason.partition(" (")[0] for _, reason in run.inventory.ignored)
    for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        run.journal.write(f"{french.plural(count, 'fichier')} : {reason}")


def write_geopackage_of_people(run: Run, stage: Dossier) -> None:
    """Located persons, in the one place that is not to be shared."""
    layers = people_layers(run)
    for layer in layers:
        tell_layer(run, layer)
    if layers:
        write_geopackage(stage.people, layers)
        stage.people.chmod(0o600)


def _zones(
    run: Run, territory: Territory, result: IndicatorResult, progress: FeedbackProgress
) -> None:
    """Whatever the files at hand allow; what is missing is said in the journal and on the pages."""
    graph = road_graph(run, territory, progress.part(0, 0.3)) if run.located else None
    reference = {name: result.references.get("TERRITOIRE", name) for name in NEEDED}
    if "sites" in run.located:
        run.layers["sites"] = zones.sites_layer(run, territory.crs)
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
            "mobilite",
            graph is not None and "beneficiaries" in run.located,
            lambda part: mobility(run, graph, part),
        ),
        (
            "zones_prospection",
            "clients" in run.located and run.register is not None,
            lambda part: crossings.prospection(run, run.register, graph, part),
        ),
        (
            "offre_demande",
            wanted_by(run.profile, "offre_demande", "supply"),
            lambda part: supply.step(run, territory, result, graph, part),
        ),
        (
            "qualification",
            wanted_by(run.profile, "qualification", "qualification"),
            lambda part: qualification.step(run, territory, result, part),
        ),
        (
            PORTFOLIO,
            "clients" in run.located
            and run.register is not None
            and wanted_by(run.profile, "", "portfolio"),
            lambda part: portfolio.step(run, territory, part),
        ),
    ]
    needs_sites = ("isochrones", "chalandise", "mobilite", "zones_prospection")
    for rank, (layer, possible, step) in enumerate(steps):
        if possible and (layer not in needs_sites or "sites" in run.layers):
            share = 0.7 / len(steps)
            part = progress.part(0.3 + rank * share, 0.3 + (rank + 1) * share)
            run.attempt(layer, lambda step=step, part=part: step(part))


def _journal(run: Run, territory: Territory, stage: Dossier, pages: int) -> None:
    run.journal.section("Atlas")
    run.journal.write(f"{french.plural(pages, 'page')}.")
    _tell_ignored(run)
    title = f"Diagnostic territorial : {territory.name}" + (
        " (données fictives)" if run.demo else ""
    )
    stage.journal.write_text(run.journal.text(title, run.options.date), encoding="utf-8")


def _run_file(run: Run, territory: Territory, stage: Dossier) -> None:
    from ...sources.structure_mapping import written

    options = run.options
    parameters = {
        "TERRITORY": options.territory,
        "STRUCTURE": options.structure,
        "PROFILE": run.profile.id,  # an edited one is among the inputs
        "PAPER": options.paper,
        "THRESHOLDS": ",".join(f"{value:g}" for value in options.thresholds),
        "MIN_COUNT": options.min_count,
        "SERVICE": options.service,
        "SOURCE": options.source.mode,
        "COMMUNE_PAGES": options.commune_pages,
        "COMMUNE_SCALE": options.commune_scale,
        "FORMATS": ",".join(options.formats),
        "DPI": options.dpi,
        "MAPPING": written(run.mapping),  # by places: names of columns may tell something
    }
    document = RunFile(
        coodiag=version(),
        qgis=Qgis.version(),
        date=options.date,
        territory=territory.name,
        parameters=parameters,
        inputs=[
            *(input_file(role, path) for role, path in _inputs(options).items()),
            *_layers(options),
        ],
        sources=run.sources,
        counts={**_counts(run), **_sent(run)},
        demo=run.demo,
    )
    (stage.folder / RUN_FILE).write_text(document.text(), encoding="utf-8")


def _inputs(options: Options) -> dict[str, Path]:
    """Every file of the user by role, an edited profile and a house style included."""
    own = {} if options.profile in profile_ids() else {"profile": profile_path(options.profile)}
    if options.house.folder and (options.house.folder / FILE).is_file():
        own["house"] = options.house.folder / FILE
    return {**options.files(), **qualitative.files_of(options.tables), **own}


def _layers(options: Options) -> list[InputFile]:
    """The layers given in place of files, by what tells them from others."""
    given = {"area": options.area, "roads": options.roads}
    return [
        InputFile(role, "layer", layer_sum(layer), layer.featureCount())
        for role, layer in given.items()
        if layer is not None
    ]


def _counts(run: Run) -> dict[str, int]:
    """CLIENTS_IN, CLIENTS_LOCATED…: rows kept by the import, and rows with a point."""
    counts = {}
    for role in ("clients", "beneficiaries"):
        located = run.located.get(role)
        counts[f"{role.upper()}_IN"] = located.counts["COUNT_IN"] if located else 0
        counts[f"{role.upper()}_LOCATED"] = located.count if located else 0
    return counts


def _sent(run: Run) -> dict[str, int]:
    """ADDRESSES_SENT: addresses of the structure's files that a service received."""
    return {"ADDRESSES_SENT": sum(run.sent.values())} if run.options.geocodes_online else {}
