"""Where the demand of the communes may be expected to go: Huff's model on layers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsVectorLayer

from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from .amounts import Amounts, PlacedRows, check_counts, read_amounts
from .catchment_input import site_names
from .communes import Commune, middles_of, read_communes
from .huff_layers import break_layer, market_layer, share_layer, total_layer
from .observed import Observed, Seen, key, observations
from .shapes import metric_crs
from .travel import MIDDLE_GAP, Travel

if TYPE_CHECKING:
    import numpy as np

    from ..zones.calibration import Fit
    from ..zones.graph import RoadGraph
    from ..zones.interaction import Huff
    from ..zones.pairs import Pairs

OWN, RIVAL = "site", "concurrent"


@dataclass(frozen=True)
class Terms:
    """The exponents, the least cost that counts and the farthest site that is considered.

    ``parameters`` empty: the catalogue's for the decay. ``fewest``: clients of a calibration.
    """

    gamma: float = 1.0
    decay: str = "power"
    parameters: Sequence[float] = ()
    floor: float = 1.0
    reach: float = math.inf
    fewest: float = 30.0


@dataclass(eq=False)
class Market:
    """Communes, sites and what joins them; arrays follow the rows of the communes or the sites.

    ``own`` marks the structure's sites; ``usable`` those that are linked and whose attraction is
    known. ``probability`` and ``flows`` are by pair.
    """

    communes: list[Commune]
    sites: list[Site]
    demand: Amounts
    attraction: Amounts
    pairs: Pairs
    unit: str
    usable: np.ndarray
    model: Huff
    seen: Seen | None = None
    fit: Fit | None = None
    min_count: int = MIN_COUNT
    probability: np.ndarray = field(init=False)
    flows: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        from ..zones.interaction import expected, probabilities

        self.probability = probabilities(self.pairs, self.attraction.numbers, self.model)
        self.flows = expected(self.pairs, self.probability, self.demand.numbers)


@dataclass(frozen=True)
class Site:
    """A site with its name, role, attributes as they came (of SITES' fields) and place."""

    name: str
    role: str
    values: list[Any]
    xy: tuple[float, float]


@dataclass(frozen=True)
class HuffLayers:
    """The layers, and the market that they were written from."""

    shares: QgsVectorLayer
    totals: QgsVectorLayer
    communes: QgsVectorLayer
    breaks: QgsVectorLayer
    market: Market


def huff_layers(
    sites: QgsFeatureSource,
    communes: QgsFeatureSource,
    *,
    attraction: str,
    demand: str,
    competitors: QgsFeatureSource | None = None,
    rival_attraction: str = "",
    terms: Terms,
    site_field: str = "",
    observed: Observed | None = None,
    graph: RoadGraph | None = None,
    mode: str = "time",
    neighbours: bool = False,
    min_count: int = MIN_COUNT,
    progress: Progress,
) -> HuffLayers:
    """Probability and expected flow from each commune to each site, and the totals of the sites.

    Costs go from a point of the surface of the commune to the site: minutes or kilometres of road
    when there is a graph, else kilometres as the crow flies. With ``observed`` clients γ and λ are
    estimated and those of ``terms`` are not used. What is unknown is left out and told.
    """
    import numpy as np

    from ..zones.interaction import Huff, make_decay
    from ..zones.pairs import pairs_within

    check_terms(terms)
    check_counts([demand])
    crs = graph.crs if graph is not None else metric_crs(communes)
    places = read_communes(communes, crs, neighbours=neighbours)
    own = PlacedRows(sites, crs, progress)
    rivals = PlacedRows(competitors, crs, progress) if competitors is not None else None
    amounts = read_amounts(own.rows, attraction, sites.sourceName(), progress)
    if rivals is not None and competitors is not None:
        name = rival_attraction or attraction
        amounts = amounts.join(read_amounts(rivals.rows, name, competitors.sourceName(), progress))
    people = read_amounts([place.row for place in places], demand, communes.sourceName(), progress)
    stands = _sites(own, rivals, site_field)
    travel = Travel(graph, mode, towards=True)
    pairs = pairs_within(
        middles_of(places),
        np.array([site.xy for site in stands]),
        graph,
        mode,
        limit=terms.reach,
        max_gap=MIDDLE_GAP,
        progress=progress.part(0, 0.6),
    )
    usable = pairs.site_linked & np.isfinite(amounts.numbers)
    _check_sites(pairs, usable, amounts, stands, terms.gamma, progress)
    pairs = pairs.only(usable[pairs.site])
    model = Huff(terms.gamma, make_decay(terms.decay, terms.parameters), terms.floor)
    seen = fit = None
    if observed is not None:
        seen = observations(observed, places, [site.name for site in stands], crs, progress)
        fit = _calibrate(pairs, amounts, stands, seen, terms, progress)
        model = fit.model
    market = Market(
        places, stands, people, amounts, pairs, travel.unit, usable, model, seen, fit, min_count
    )
    _tell(market, progress)
    return HuffLayers(
        share_layer(market, communes.fields(), crs, progress),
        total_layer(market, own.fields, crs, progress),
        market_layer(market, communes.fields(), crs, progress),
        break_layer(market, crs, progress),
        market,
    )


def check_terms(terms: Terms) -> None:
    """Refuse exponents that cannot work."""
    from ..zones.interaction import make_decay

    make_decay(terms.decay, terms.parameters)
    if not terms.reach > 0:
        raise InputError("The reach must be above zero, for example 20 (minutes or kilometres).")


def _sites(own: PlacedRows, rivals: PlacedRows | None, site_field: str) -> list[Site]:
    """Own sites then competitors, with distinct names and the fields of the own ones."""
    names = site_names(own.rows, site_field or None)
    result = [
        Site(name, OWN, values, tuple(place))
        for name, values, place in zip(names, own.values, own.xy.tolist())
    ]
    if rivals is None:
        return result
    taken = {key(name) for name in names}
    column = site_field if rivals.rows and site_field in rivals.rows[0] else None
    for name, row, place in zip(site_names(rivals.rows, column), rivals.rows, rivals.xy.tolist()):
        if key(name) in taken:
            name = f"{name} ({RIVAL})"
        values = [row.get(column.name()) for column in own.fields]
        result.append(Site(name, RIVAL, values, tuple(place)))
    return result


def _check_sites(
    pairs: Pairs,
    usable: np.ndarray,
    amounts: Amounts,
    stands: Sequence[Site],
    gamma: float,
    progress: Progress,
) -> None:
    """Refuse a market where nobody could go anywhere; tell the sites that take no part."""
    import numpy as np

    if not (usable & (amounts.numbers > 0)).any() and gamma:
        raise InputError(
            "No site can draw anybody: none has both a place near the roads and an attraction above zero. Check the sites, their attraction field and the roads."
        )
    if not len(pairs):
        raise InputError(
            "No commune reaches a site. Check that the roads cover the communes and the sites, or raise the reach."
        )
    away = [site.name for site, linked in zip(stands, pairs.site_linked) if not linked]
    if away:
        progress.warn(
            "{count} sites have no place near a road and take no part: {names}.",
            count=len(away),
            names=", ".join(away),
        )
    nil = int((usable & (np.nan_to_num(amounts.numbers, nan=1.0) == 0)).sum())
    if nil and gamma:
        progress.warn("{count} sites have an attraction of zero: they draw nobody.", count=nil)


def _calibrate(
    pairs: Pairs,
    amounts: Amounts,
    stands: Sequence[Site],
    seen: Seen,
    terms: Terms,
    progress: Progress,
) -> Fit:
    """Estimate γ and λ from what was seen, and tell how sure they are.

    A structure mostly knows its own clients: when no client of a competitor is given, the choice
    that is looked at is the one between its own sites, which Huff's model leaves as it is.
    """
    import numpy as np

    from ..zones.calibration import calibrate

    own = np.array([site.role == OWN for site in stands])
    rivals_seen = bool((~own[seen.site] & (seen.clients > 0)).any())
    allowed = (amounts.numbers > 0) & (own | rivals_seen)
    choice = pairs.only(allowed[pairs.site])
    rows = choice.find(seen.place, seen.site)
    clients = np.bincount(rows[rows >= 0], weights=seen.clients[rows >= 0], minlength=len(choice))
    lost = float(seen.clients[rows < 0].sum())
    if lost:
        progress.warn(
            "{count} observed clients go to a site that their commune cannot reach, or that has no attraction: they are left out of the calibration.",
            count=f"{lost:g}",
        )
    if not rivals_seen and not own.all():
        progress.say(
            "No client of a competitor is observed: GAMMA and LAMBDA are estimated on the choice between the structure's own sites."
        )
    fit = calibrate(
        choice, amounts.numbers, clients.astype(float), terms.decay, terms.floor, terms.fewest
    )
    _tell_fit(fit, progress)
    return fit


def _tell_fit(fit: Fit, progress: Progress) -> None:
    progress.say(
        "Calibrated on {clients} clients of {places} communes who choose among {sites} sites: {estimates} (in brackets the standard error, then the one that holds when the clients of a commune are alike).",
        clients=f"{fit.clients:.6g}",
        places=fit.places,
        sites=fit.sites,
        estimates="; ".join(
            f"{one.name} = {one.value:.4g} ({one.error:.2g}, {one.robust:.2g})"
            for one in fit.estimates
        ),
    )
    progress.say(
        "Log-likelihood {loglik} against {null} when every site is as likely: pseudo-R² {r2}, likelihood ratio {ratio} (p = {p}); {common} % of the clients are sent where they go.",
        loglik=f"{fit.loglik:.1f}",
        null=f"{fit.null:.1f}",
        r2=f"{fit.pseudo_r2:.3f}",
        ratio=f"{fit.likelihood_ratio:.1f}",
        p=f"{fit.p_value:.2g}",
        common=f"{100 * fit.common:.1f}",
    )
    if not fit.plausible:
        progress.warn(
            "These clients prefer the smaller or the farther sites: the estimates are not those of attraction and distance. Check the attraction field and the sites of the clients before reading the result."
        )


def _tell(market: Market, progress: Progress) -> None:
    """What was shared out, and what could not be."""
    import numpy as np

    known = np.isfinite(market.demand.numbers)
    served = market.pairs.by_place(np.nan_to_num(market.probability)) > 0
    demand = market.demand.numbers
    progress.say(
        "Huff: {communes} communes, {sites} sites; {shared} of {total} units of demand are shared out. {none} communes reach no site and have no figure; {unknown} have no known demand.",
        communes=len(market.communes),
        sites=int(market.usable.sum()),
        shared=f"{float(demand[known & served].sum()):.6g}",
        total=f"{float(demand[known].sum()):.6g}",
        none=int((~served).sum()),
        unknown=int((~known).sum()),
    )
    progress.say(
        "Model: gamma {gamma}, decay {decay} ({parameters}), costs in {unit} of at least {floor}.",
        gamma=f"{market.model.gamma:.4g}",
        decay=market.model.decay.kind,
        parameters=", ".join(f"{value:.4g}" for value in market.model.decay.parameters),
        unit=market.unit,
        floor=f"{market.model.floor:g}",
    )
