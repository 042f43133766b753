"""Services and the people they are for: reach, rates and who reaches nothing, by hand and by laws."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators, layer_fields, rows
from coodiag.coodiag_plugin.core.crossings import Supply
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, Value
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.supply import supply_sheet
from coodiag.coodiag_plugin.zones.services import (
    PER,
    Demand,
    Offer,
    Service,
    serve,
    services,
    summary,
)
from hypothesis import given
from hypothesis import strategies as st

PAGE = Page("services", "Quels services, pour quels besoins ?", sheet="supply")
SERVICE = Service(
    "essai", "Service fictif", (), "lieux", "aucun lieu", (), (), "car", 15.0, 10.0, "À lire ainsi."
)


def demand(
    kilometres: list[float], people: list[float], inside: list[bool] | None = None
) -> Demand:
    """Communes on a line."""
    xy = np.array([(1000.0 * km, 0.0) for km in kilometres])
    there = [True] * len(people) if inside is None else inside
    return Demand(xy, np.array(people, dtype=float), np.array(there), "personnes")


def offer(
    kilometres: list[float], capacity: list[float], inside: list[bool] | None = None
) -> Offer:
    xy = np.array([(1000.0 * km, 0.0) for km in kilometres]).reshape(-1, 2)
    there = [True] * len(capacity) if inside is None else inside
    return Offer(xy, np.array(capacity, dtype=float), np.array(there, dtype=bool), True)


def test_every_service_of_the_catalogue_can_be_mapped_and_counted() -> None:
    assert len(services()) >= 8
    kinds = {row["id"] for row in rows("ecosystem")}
    for service in services():
        assert ("offre_demande", service.id) in layer_fields()
        assert set(service.demand) <= set(indicators())
        assert len(service.demand_labels) == len(service.demand)
        assert service.none.startswith(("aucun ", "aucune "))
        for source, names in service.supply:
            if source == "indicator":
                assert set(names) <= set(indicators())
            elif source == "kind":
                assert set(names) <= kinds
    fields = {name for layer, name in layer_fields() if layer == "offre_demande"}
    assert fields == {service.id for service in services()}


def test_by_hand() -> None:
    """Two places at 0 km shared by 100 + 300 people within 10 km: 5 for 1 000; nothing at 50 km."""
    wants, offers = demand([0, 8, 50], [100, 300, 600]), offer([0], [2])
    served = serve(SERVICE, offers, wants, None, Silent())
    assert [v.number for v in served.rates(wants.people)] == [5.0, 5.0, 0.0]
    found = summary(SERVICE, offers, wants, served, None, [Value(3.0)])
    assert found.supply.number == 2 and found.demand.number == 1000 and found.rate.number == 2.0
    assert found.without.number == 1 and found.without_share.number == 60.0
    assert found.reach == "10\u00a0km à vol d’oiseau" and found.references == (Value(3.0),)


def test_neighbours_share_and_are_not_told() -> None:
    """A place of a neighbour serves the territory, and is none of its own."""
    wants = demand([0, 5], [100, 100], [True, False])
    offers = offer([5], [1], [False])
    served = serve(SERVICE, offers, wants, None, Silent())
    assert served.rates(wants.people)[0].number == 5.0
    found = summary(SERVICE, offers, wants, served, None)
    assert found.supply.number == 0 and found.demand.number == 100 and found.without.number == 0


def test_unknown_people_and_nobody() -> None:
    wants = demand([0, 0, 0], [np.nan, 0, 100])
    served = serve(SERVICE, offer([0], [1]), wants, None, Silent())
    rates = served.rates(wants.people)
    assert rates[0].number == 10.0 and rates[1] == NOT_APPLICABLE and rates[2].number == 10.0
    alone = demand([0], [np.nan])
    only = serve(SERVICE, offer([0], [1]), alone, None, Silent())
    assert only.rates(alone.people) == [ABSENT] and not only.without.any()
    lost = demand([np.nan], [100])
    assert serve(SERVICE, offer([0], [1]), lost, None, Silent()).rates(lost.people) == [ABSENT]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), min_size=1, max_size=6),
)
def test_what_is_shared_out_is_what_is_reached(
    communes: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    """Σ A·P = Σ S over the places that somebody reaches (METHODS §4)."""
    wants = demand([float(km) for km, _ in communes], [float(n) for _, n in communes])
    offers = offer([float(km) for km, _ in places], [float(n) for _, n in places])
    served = serve(SERVICE, offers, wants, None, Silent())
    shared = sum((v.number or 0) * n for v, (_, n) in zip(served.rates(wants.people), communes))
    reached = sum(
        n for km, n in places if any(abs(km - other) <= SERVICE.km for other, _ in communes)
    )
    assert shared == pytest.approx(PER * reached)
    found = summary(SERVICE, offers, wants, served, None)
    assert (found.without.number == 0) == (found.without_share.number == 0)


# --- the page ------------------------------------------------------------------------------------


def page_of(references: tuple[Value, ...], chart: str = "", places: float = 2.0) -> SheetMaterial:
    wants, offers = demand([0, 8, 50], [100, 300, 600]), offer([0], [places])
    served = serve(SERVICE, offers, wants, None, Silent())
    one = summary(SERVICE, offers, wants, served, None, references)
    found = Supply((one,), ("Département fictif", "France"), (("Autre", "aucune source"),))
    page = supply_sheet(Page("s", "s", sheet="supply", chart=chart), found)
    assert isinstance(page, SheetMaterial)
    return page


def test_the_page() -> None:
    page = page_of((Value(9.0), ABSENT))
    assert page.sentence.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Service fictif : 60,0 % de la population concernée vit dans une commune sans accès (1 commune ; portée : 10 km à vol d’oiseau). "
        "Service le plus en retrait par rapport à la comparaison (Département fictif) : service fictif, 2,0 pour 1 000 contre 9,0."
    )
    table = page.blocks[0].table
    assert table is not None and len(table.columns) == 8, "France has no figure, no column"
    assert table.rows[0].cells[-1] == "60,0\u00a0%" and "Autre" in page.method


@pytest.mark.parametrize(
    ("places", "elsewhere", "told"),
    [(3, 4.0, False), (2, 8.0, True), (30, 40.0, False), (30, 50.0, True), (0, 3.0, False)],
)
def test_what_chance_explains_is_no_finding(places: float, elsewhere: float, told: bool) -> None:
    """Among 1 000 people: three places instead of four are chance, two instead of eight are not."""
    page = page_of((Value(elsewhere), ABSENT), places=float(places))
    assert ("en retrait" in page.sentence) is told


def test_the_index_falls_back_on_access_without_a_comparison() -> None:
    index, bars = page_of((Value(4.0), ABSENT), "index"), page_of((ABSENT, ABSENT), "index")
    assert index.blocks[1].chart is not None and index.blocks[1].chart.series[0].values == (50.0,)
    assert bars.blocks[1].chart is not None and bars.blocks[1].chart.kind == "bars"


def test_no_service_no_page() -> None:
    assert isinstance(supply_sheet(PAGE, Supply(())), str)
