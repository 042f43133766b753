"""Penetration, recruitment and prospection of a run: the structure crossed with its territory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.figures import STATE_SUFFIX, figure_of
from ...core.nomenclatures import naf_label
from ...core.progress import Progress
from ...core.values import State, Value, ratio
from ..layers import TEXT, memory_layer, records
from .options import Run
from .results import CoverageResult, ProspectionResult, RecruitmentResult
from .secrecy import rings_of

if TYPE_CHECKING:
    from ...analysis.coverage import Coverage
    from ...core.crossings import Paradox
    from ...zones.graph import RoadGraph

#: Prospects listed by name. A longer list, compared with the register, would show by their
#: absence who the clients are; and nobody visits a thousand companies.
BEST_PROSPECTS = 100
#: Activities of these that the page tells; fewest establishments of a commune whose potential is
#: told for 1 000 of them.
MOST_ACTIVITIES, LEAST_ESTABLISHMENTS = 3, 50
#: Factors of the prospection score, in words.
_FACTORS = {
    "naf": "activité",
    "size": "taille",
    "cost": "proximité",
    "saturation": "commune peu servie",
}


@dataclass(frozen=True)
class _Target:
    """What the clients are compared with: a field of the communes, and who counts."""

    field: str
    words: str
    people: str
    business: bool


_ESTABLISHMENTS = _Target(
    "etablissements_actifs", "établissements employeurs", "Clients entreprises", True
)
_HOUSEHOLDS = _Target("menages", "ménages", "Clients particuliers", False)


def penetration(run: Run, sources: Mapping[str, str], progress: Progress) -> None:
    """Business clients over establishments, or the other clients over households.

    The larger of the two groups is shown; a SIRET tells a business. The clients of the other group
    are told by their number. ``sources``: citation of each indicator, for the target.
    """
    from ..coverage import OUTSIDE, penetration_layer

    found = _clients_and_target(run)
    if found is None:
        why = "ni ménages ni établissements par commune dans les données."
        run.refusals["penetration"] = why
        run.notes.append(f"La pénétration n’est pas calculée : {why}")
        return
    clients, target = found
    others = _HOUSEHOLDS if target.business else _ESTABLISHMENTS
    apart = run.located["clients"].layer.featureCount() - clients.featureCount()
    covered = penetration_layer(
        clients,
        run.layers["communes"],
        target.field,
        min_count=run.options.min_count,
        beside={others.people: apart},
        rings=rings_of(run, run.located["clients"].layer.featureCount(), bool(apart)),
        progress=progress,
    )
    run.layers["penetration"] = covered.layer
    run.journal.section("Pénétration")
    run.journal.write(_totals(run, covered.coverage))
    left_out = _left_out(others.people, covered.coverage)
    secrecy = _secrecy(run, covered.coverage)
    result = CoverageResult(
        method=f"{target.people} localisés dans la commune rapportés aux {target.words}."
        + left_out
        + secrecy,
        sources=(sources[target.field],),
        people=target.people,
        count=covered.coverage.count,
        rate=covered.coverage.rate,
        outside=covered.coverage.beside[OUTSIDE],
        rate_label=f"{target.people} pour 100 {target.words}",
        counting=f"{target.people} localisés dans la commune. Clients : {_totals(run, covered.coverage)}"
        + secrecy,
    )
    run.results["penetration"] = result
    run.method.append(result.method)


def _clients_and_target(run: Run) -> tuple[QgsVectorLayer, _Target] | None:
    layer = run.located["clients"].layer
    rows = list(records(layer))
    business = [pair for pair in rows if pair[0].get("siret")]
    others = [pair for pair in rows if not pair[0].get("siret")]
    groups = sorted(
        ((business, _ESTABLISHMENTS), (others, _HOUSEHOLDS)), key=lambda item: -len(item[0])
    )
    for people, target in groups:
        if people and _has_figures(run.layers["communes"], target.field):
            columns = {field.name(): field.type() for field in layer.fields()}
            return memory_layer("clients", columns, "Point", layer.crs().authid(), people), target
    return None


def _has_figures(communes: QgsVectorLayer, field: str) -> bool:
    return any(figure_of(row, field).known for row, _ in records(communes))


def _totals(run: Run, coverage: Coverage) -> str:
    """Where everybody located is: « 392 localisés = 192 dans le territoire + 38 au-dehors + … ».

    A hidden number is « s » whether it is below the limit or hides another one: to tell the two
    apart would help to find both.
    """
    from ..coverage import OUTSIDE

    parts = [(coverage.count, "dans le territoire"), (coverage.beside[OUTSIDE], "au-dehors")]
    for words, value in coverage.beside.items():
        if words != OUTSIDE and value.number != 0:
            parts.append((value, f"{words.lower()} (absents de cette carte)"))
    return (
        f"{french.figure(coverage.located)} localisés = "
        + " + ".join(f"{french.figure(value)} {words}" for value, words in parts)
        + "."
        + (
            f" s : nombre masqué, moins de {run.options.min_count} personnes ou secret secondaire."
            if any(
                value.state is State.SECRET
                for value in (coverage.located, *(value for value, _ in parts))
            )
            else ""
        )
    )


def _left_out(words: str, coverage: Coverage) -> str:
    """Sentence on the clients of the other group, who are not counted on the map."""
    value = coverage.beside[words]
    if value.number == 0:
        return ""
    return f" {words} localisés qui ne figurent pas sur cette carte : {french.figure(value)}."


def _secrecy(run: Run, coverage: Coverage) -> str:
    """Sentences on what is hidden, and on what units are compared with when the whole is."""
    text = f" Effectifs de 1 à {run.options.min_count - 1} masqués (s), avec secret secondaire."
    if not coverage.compares_shown:
        return text
    return (
        text
        + " Le total du territoire, qui révélerait un effectif masqué, l’est aussi : indices et taux lissés se comparent à l’ensemble des communes montrées."
    )


def recruitment(
    run: Run,
    graph: RoadGraph | None,
    reference: dict[str, Value],
    sources: Mapping[str, str],
    progress: Progress,
) -> None:
    """The recruitment crossing of the beneficiaries."""
    from ..coverage import OUTSIDE
    from ..recruitment import recruitment_layer

    run.journal.section("Croisement du recrutement")
    people = run.located["beneficiaries"].layer
    covered = recruitment_layer(
        people,
        run.layers["communes"],
        run.layers.get("sites"),
        graph,
        reference=reference,
        min_count=run.options.min_count,
        progress=progress,
    )
    layer = covered.layer
    run.layers["recrutement"] = layer
    run.journal.write(_totals(run, covered.coverage))
    registered = covered.need_source == "demandeurs_emploi"
    words = "demandeurs d’emploi" if registered else "chômeurs du recensement"
    secrecy = _secrecy(run, covered.coverage)
    result = RecruitmentResult(
        method=f"Bénéficiaires localisés rapportés aux {words} ; n.s. quand l’intervalle à 95 % contient le taux du territoire et que la base est inférieure à 30."
        + secrecy,
        sources=(sources[covered.need_source],),
        people="Bénéficiaires de la structure",
        count=covered.coverage.count,
        rate=covered.coverage.rate,
        outside=covered.coverage.beside[OUTSIDE],
        rate_label=f"Bénéficiaires pour 100 {words}",
        counting=f"Bénéficiaires localisés dans la commune : {_totals(run, covered.coverage)}"
        + secrecy,
        need_level=covered.need_level,
        need_words=words,
        paradox=covered.paradox,
    )
    run.results["recrutement"] = result
    run.method.append(result.method)
    held: dict[str, int] = {}
    for row, _ in records(layer):
        held[str(row["type_label"])] = held.get(str(row["type_label"]), 0) + 1
    run.journal.write(
        "Typologie : "
        + " ; ".join(
            f"{label} : {french.plural(count, 'commune')}" for label, count in sorted(held.items())
        )
        + "."
    )
    _tell_factors(run, covered.paradox, words)


def _tell_factors(run: Run, paradox: Paradox, who: str) -> None:
    """Where the job seekers who are not reached live, by what stands out there."""
    share = ratio(paradox.not_reached, paradox.seekers, 100.0)
    if not share.number:
        return
    found = [
        f"{item.label.lower()} : {french.figure(item.share, 0, '%')}"
        for item in paradox.factors
        if item.share.known and item.communes
    ]
    run.journal.write(
        f"{french.figure(share, 0, '%')} des {who} vivent dans une commune peu touchée "
        f"malgré un besoin marqué ; parmi elles, {' ; '.join(found)}."
    )
    if paradox.unknown:
        run.journal.write(f"Facteurs sans donnée : {', '.join(paradox.unknown).lower()}.")


def prospection(
    run: Run, register: QgsVectorLayer, graph: RoadGraph | None, progress: Progress
) -> None:
    """Prospects among the establishments of the register that are not yet clients."""
    from ..prospects import prospects_layers

    found = prospects_layers(
        run.located["clients"].layer,
        register,
        run.located["sites"].layer,
        reach=run.options.reach,
        mode="time" if graph is not None else "distance",
        graph=graph,
        communes=run.layers["communes"],
        structure_name=run.options.structure,
        min_count=run.options.min_count,
        hidden=_hidden(run),
        progress=progress,
    )
    run.layers["prospects"] = _best(found.prospects, _named_in_file(run))
    run.layers["zones_prospection"] = _without_counts(found.zones)
    counts = found.found.counts
    run.journal.section("Prospection")
    run.journal.write(
        f"{french.plural(counts['establishments'], 'établissement')}, dont {french.plural(counts['prospects'], 'prospect')} "
        f"à moins de {french.number(run.options.reach)} {found.unit} d’un site."
    )
    if found.back_test is not None:
        test = found.back_test
        run.journal.write(
            f"Épreuve sur {french.plural(test.hidden, 'client caché', 'clients cachés')} : {french.number(100 * test.found)} % "
            f"dans le premier dixième du classement (hasard : {french.number(100 * test.by_chance)} %, "
            f"distance seule : {french.number(100 * test.by_cost)} %). {_unlooked(test.unlooked)}"
        )
    for item in found.found.stability:
        run.journal.write(
            f"Poids « {_FACTORS[item.factor]} » modifié de {french.number(100 * item.change, signed=True)} % : "
            f"tau de Kendall {french.number(item.tau, 2)}, {french.number(100 * item.top_kept)} % des 50 premiers restent."
        )
    zones = records(run.layers["zones_prospection"])
    result = ProspectionResult(
        method="Prospect : établissement du répertoire Sirène d’une activité recherchée, qui n’est pas client. Son score va de 0 à 100 : activité et taille fréquentes parmi les clients, proximité d’un site, commune encore peu servie. "
        f"Potentiel d’une commune : somme de ces scores, arrondie à la dizaine ; rapporté à ses établissements s’ils sont au moins {LEAST_ESTABLISHMENTS}.",
        sources=("Insee, base Sirene des entreprises et de leurs établissements",),
        score=Value(sum(float(row["score"] or 0) for row, _ in zones)),
        prospects=counts["prospects"],
        reach=f"{french.number(run.options.reach)} {found.unit}",
        listed=run.layers["prospects"].featureCount(),
        activities=_activities(run.layers["prospects"]),
    )
    run.results["zones_prospection"] = result
    run.method.append(result.method)


def _hidden(run: Run) -> set[str]:
    """Communes whose clients the penetration hides: no score and no word may tell them."""
    layer = run.layers.get("penetration")
    if layer is None:
        return set()
    return {
        str(row["codgeo"])
        for row, _ in records(layer)
        if figure_of(row, "count").state is State.SECRET
    }


def _unlooked(count: int) -> str:
    """The hidden clients whose activity is no target, learnt without them."""
    if not count:
        return "Tous étaient d’une activité recherchée."
    verb, found = ("était", "introuvable") if count == 1 else ("étaient", "introuvables")
    return f"{french.number(count)} {verb} d’une activité non recherchée, donc {found}."


def _named_in_file(run: Run) -> set[str]:
    """SIRETs and names that stand anywhere in the file of clients, its refused rows included.

    A client that could not be located must not be offered as a prospect.
    """
    from ...sources.spreadsheet import read_table
    from ...zones.prospect_clients import name_key

    path = run.options.clients
    if path is None:
        return set()
    cells = {cell for row in read_table(path).rows for cell in row if cell}
    digits = {re.sub(r"\D", "", cell) for cell in cells}
    return {text for text in digits if len(text) == 14} | {name_key(cell) for cell in cells}


def _best(layer: QgsVectorLayer, clients: set[str]) -> QgsVectorLayer:
    """The first prospects of the ranking, without those that ``clients`` names, ranked anew."""
    from ...zones.prospect_clients import name_key

    # Without scores and costs nobody can compute who should be in the list and is not.
    columns = {
        field.name(): field.type()
        for field in layer.fields()
        if field.name() not in ("score", "cost", "cost_unit")
    }
    kept = sorted(
        (
            (row, shape)
            for row, shape in records(layer)
            if row["siret"] not in clients and name_key(row["nom"]) not in clients
        ),
        key=lambda pair: pair[0]["rank"],
    )[:BEST_PROSPECTS]
    rows = [({**row, "rank": rank}, shape) for rank, (row, shape) in enumerate(kept, 1)]
    return memory_layer("prospects", columns, "Point", layer.crs().authid(), rows)


def _without_counts(zones: QgsVectorLayer) -> QgsVectorLayer:
    """Zones without the number of prospects: targets less prospects would count the clients.

    The score is rounded to 10, and so is the one behind the score per 1 000 establishments: their
    number is public, and a finer ratio times it would give the score back. That ratio is not given
    under ``LEAST_ESTABLISHMENTS``, where one prospect would make it.
    """
    columns = {
        field.name(): field.type()
        for field in zones.fields()
        if field.name() not in ("prospects", "establishments")
    }
    columns["score_per_1000" + STATE_SUFFIX] = TEXT
    rows = (({**row, **_rounded_score(row)}, shape) for row, shape in records(zones))
    return memory_layer("zones_prospection", columns, "MultiPolygon", zones.crs().authid(), rows)


def _rounded_score(row: Mapping[str, Any]) -> dict[str, Any]:
    score, base = row["score"], row["establishments"] or 0
    rounded = None if score is None else float(round(score / 10) * 10)
    if rounded is None:
        state = State.ABSENT
    else:
        state = State.KNOWN if base >= LEAST_ESTABLISHMENTS else State.NOT_APPLICABLE
    part = round(1000.0 * rounded / base, 1) if rounded is not None and base else None
    return {
        "score": rounded,
        "score_per_1000": part if state is State.KNOWN else None,
        "score_per_1000" + STATE_SUFFIX: state.value,
    }


def _activities(best: QgsVectorLayer) -> tuple[tuple[str, int], ...]:
    """The divisions of the NAF most frequent among the prospects that are listed by name."""
    held = Counter(str(row["naf"] or "")[:2] for row, _ in records(best))
    ranked = sorted(held.items(), key=lambda item: (-item[1], item[0]))
    return tuple((naf_label(code), count) for code, count in ranked[:MOST_ACTIVITIES] if code)
