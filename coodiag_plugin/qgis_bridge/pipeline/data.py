"""The official data of a diagnosis: what is asked for, then communes, figures, establishments, places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.errors import InputError
from ...core.territory import Territory
from ...core.wanted import ECOSYSTEM, ESTABLISHMENTS, Wanted, collections_of
from ..aliases import date_figures
from ..feedback import FeedbackProgress
from ..layers import TEXT, memory_layer, records
from ..official import Official, box_of
from .options import Options, Run
from .printing import establishments_for_sharing, places_for_sharing
from .telling import tell_indicators
from .territory_steps import specialisation, typology, with_similar

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.indicators import IndicatorResult
    from ...core.profiles import Profile
    from ...sources.geography import Geography
    from ...sources.statistics import Statistics

#: Indicators that the crossings need, whatever the profile prints.
NEEDED = (
    "chomeurs",
    "actifs",
    "demandeurs_emploi",
    "menages",
    "etablissements_actifs",
    "part_sans_voiture",
    "part_sans_diplome",
    "part_population_qpv",
    "population",
)


def indicator_ids(profile: Profile) -> tuple[str, ...]:
    """Every indicator of a run: those that the profile prints, and those its crossings need."""
    from ..typology import typology_ids
    from . import qualification, supply

    names = [*profile.indicator_ids(), *NEEDED]
    if wanted_by(profile, "offre_demande", "supply"):
        names += supply.needed()
    if wanted_by(profile, "qualification", "qualification"):
        names += qualification.needed()
    if wanted_by(profile, "typologie"):
        names += typology_ids()
    return tuple(dict.fromkeys(names))


def wanted_by(profile: Profile, layer: str, sheet: str = "") -> bool:
    """Whether a page of the profile shows a layer, or is a sheet of a kind."""
    return any(page.layer == layer or (sheet and page.sheet == sheet) for page in profile.pages())


def variables_of(profile: Profile) -> tuple[str, ...]:
    """Every variable of a run: those of its indicators, and of its sectors of activity."""
    from ...analysis.indicators import variable_names
    from ..specialisation import specialisation_variables

    names = variable_names(indicator_ids(profile))
    sectors = wanted_by(profile, "specificites", "specialisation")
    return tuple(dict.fromkeys((*names, *(specialisation_variables() if sectors else ()))))


def wanted(options: Options, profile: Profile) -> Wanted:
    """What the services are asked for: nothing that the user already gives."""
    variables = variables_of(profile)
    people = bool(options.files() or options.tables.get("ACTORS"))
    return Wanted(
        options.territory,
        box_of(options.area) if options.area is not None else None,
        variables,
        (
            *collections_of(variables),
            ESTABLISHMENTS,
            *ECOSYSTEM,
            *(("addresses",) if people and needs_ban(options) else ()),
            *(("roads",) if people and options.roads is None else ()),
        ),
    )


def needs_ban(options: Options) -> bool:
    """Whether BAN files are to be fetched: the user gives none, and no service replaces them."""
    return options.ban is None and not options.geocodes_online


def tell_data(run: Run, found: Official) -> None:
    """What the services gave and when, what they could not give, what the folder holds."""
    from ...sources.web.services import services

    if run.options.source.online:
        run.journal.section("Services interrogés")
        titled = {services()[name].title: origin for name, origin in found.origins.items()}
        for title, origin in sorted(titled.items()):
            days = " et ".join(map(french.date, dict.fromkeys((origin.oldest, origin.newest))))
            old = f", dont {origin.stale} gardées faute de réseau" if origin.stale else ""
            run.journal.write(
                f"{title} : "
                f"{french.plural(origin.live + origin.cache + origin.stale, 'réponse')} du {days}{old}."
            )
        for reason in found.details():
            run.journal.write(f"Non obtenu : {reason}")
    _tell_folder(run)


def _tell_folder(run: Run) -> None:
    run.journal.section("Données officielles")
    run.journal.write(
        f"{french.plural(len(run.inventory.files), 'table reconnue', 'tables reconnues')}, "
        f"{french.plural(len(run.inventory.ignored), 'fichier mis de côté', 'fichiers mis de côté')}."
    )


def read_territory(run: Run, progress: FeedbackProgress) -> tuple[Territory, IndicatorResult]:
    """Communes, neighbours, indicators and references; their layers go into the run."""
    from ...sources.statistics import Statistics
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
    run.former = found.geography.changes.former()
    territory = found.territory
    ids = list(indicator_ids(run.profile))
    read = Statistics(
        run.inventory, found.geography, variables_of(run.profile), progress.part(0.4, 0.5)
    )
    territory = with_similar(
        run, found.geography, territory, _of_similar(run.profile), progress.part(0.5, 0.6), read
    )
    result = compute_indicators(
        run.inventory, found.geography, territory, ids, progress.part(0.6, 0.85), run.failed, read
    )
    run.add_sources(result.provenance)
    known = [name for name in ids if name not in result.missing]
    everything = join_figures(found.communes, result, known)
    run.layers["communes_toutes"] = found.communes
    run.layers["communes"] = _role(everything, "communes", "territoire")
    date_figures(run.layers["communes"], result.years)
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
    tell_indicators(run.journal, result, ids, territory.communes)
    _cross(run, found.geography, territory, result, progress.part(0.85, 0.95), read)
    return territory, result


def _of_similar(profile: Profile) -> tuple[str, ...]:
    """Indicators that the pages of similar territories print."""
    names = (
        name for page in profile.pages() if page.sheet == "similar" for name in page.indicators
    )
    return tuple(dict.fromkeys(names))


def _cross(
    run: Run,
    geography: Geography,
    territory: Territory,
    result: IndicatorResult,
    progress: FeedbackProgress,
    read: Statistics,
) -> None:
    """The crossings that need the tables themselves (``read``); each may be refused alone."""
    if wanted_by(run.profile, "typologie"):
        run.attempt(
            "typologie",
            lambda: typology(run, geography, territory, result, progress.part(0, 0.5), read),
        )
    if wanted_by(run.profile, "specificites", "specialisation"):
        run.attempt(
            "specialisation",
            lambda: specialisation(run, geography, territory, progress.part(0.5, 1), read),
        )


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    from ..indicators import figure_columns

    texts = ("unit", "level", "name")
    figures = [name for name in rows[0] if name not in texts and not name.endswith("_etat")]
    return {**dict.fromkeys(texts, TEXT), **figure_columns(figures)}


def _role(layer: QgsVectorLayer, name: str, role: str) -> QgsVectorLayer:
    columns = {field.name(): field.type() for field in layer.fields()}
    rows = [(row, shape) for row, shape in records(layer) if row["role"] == role]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)


def read_places(run: Run, territory: Territory, progress: FeedbackProgress) -> None:
    """Establishments of the register, then the places of interest; their layers go into the run."""
    run.journal.section("Établissements")
    register = None
    if run.inventory.of("sirene_etablissement"):
        register = _register(run, territory, progress.part(0, 0.7))
    elif ESTABLISHMENTS in run.failed:
        run.journal.write(f"Établissements non reçus, ni prospects : {run.failed[ESTABLISHMENTS]}")
    else:
        run.journal.write("Les données n’ont pas de stock Sirène : ni établissements ni prospects.")
    _ecosystem(run, territory, register, progress.part(0.7, 1))


def _register(run: Run, territory: Territory, progress: FeedbackProgress) -> pd.DataFrame:
    from ..establishments import establishments_layer, read_establishments

    table, sources = read_establishments(
        run.inventory, territory.communes, inventory=run.inventory, progress=progress
    )
    if not len(table):
        run.journal.write("Le stock Sirène n’a aucun établissement dans le territoire.")
        return table
    run.add_sources(sources)
    layer = establishments_layer(table, territory.crs)
    run.register = layer
    run.layers["etablissements"] = establishments_for_sharing(layer)
    run.journal.write(
        f"{french.plural(layer.featureCount(), 'établissement actif', 'établissements actifs')} dans le territoire."
    )
    return table


def _ecosystem(
    run: Run, territory: Territory, register: pd.DataFrame | None, progress: FeedbackProgress
) -> None:
    """Places of interest, when some file tells of any."""
    from ...sources.ecosystem import holds_places
    from ..communes import read_communes
    from ..ecosystem import ecosystem_layer

    if not holds_places(run.inventory):
        return
    communes = read_communes(run.layers["communes"], territory.crs)
    found = ecosystem_layer(
        run.inventory, communes, territory.crs, register=register, progress=progress
    )
    if not found.layer.featureCount():
        return
    run.layers["equipements"] = places_for_sharing(found.layer)
    run.add_sources(found.provenance)
    run.journal.section("Écosystème")
    run.journal.write(
        f"{french.plural(found.layer.featureCount(), 'lieu', 'lieux')} de l’insertion, de l’accompagnement, "
        f"de la formation, de la garde d’enfants et des transports, dont {found.located} placés."
    )


def ban_files_of(run: Run) -> list[Path]:
    """Files of addresses: those that the user gives, else those of the official data; none when a
    service locates the addresses."""
    from ...geocoding.ban_file import ban_files

    if run.options.geocodes_online:
        return []
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
