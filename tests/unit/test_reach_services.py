"""The services of isochrones: what is asked, what is understood, and every fault on the way."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.sources.reach import asking, valhalla
from coodiag.coodiag_plugin.sources.reach.asking import (
    Engine,
    Lack,
    Point,
    Reach,
    Wanted,
    Why,
    reach,
)
from coodiag.coodiag_plugin.sources.reach.geoplateforme import Geoplateforme
from coodiag.coodiag_plugin.sources.reach.openrouteservice import OWN_SERVER, OpenRouteService
from coodiag.coodiag_plugin.sources.reach.shapes import shape_of
from coodiag.coodiag_plugin.sources.reach.valhalla import Valhalla
from coodiag.coodiag_plugin.sources.web.client import Cache, NetworkSettings, ServiceError, Web
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import LocalServer, Response, Seen
from coodiag.tests.servers.isochrone import IsochroneServer
from coodiag.tests.servers.openrouteservice import KEY, OpenRouteServiceServer
from coodiag.tests.servers.valhalla import ValhallaServer
from coodiag.tests.unit.web_samples import FakeClock, Listener
from hypothesis import given
from hypothesis import strategies as st

ENGINES: dict[str, tuple[type[LocalServer], Any]] = {
    "geoplateforme": (IsochroneServer, Geoplateforme),
    "valhalla": (ValhallaServer, Valhalla),
    "openrouteservice": (OpenRouteServiceServer, OpenRouteService),
}
#: Invented places of Brittany, by the row of a layer; the last one lies in the ocean.
PLACES = [Point(2 * rank, -1.6 + rank / 50, 48.1) for rank in range(7)]
SEA = Point(90, -4.0, 45.5)
WANTED = Wanted((5.0, 10.0, 15.0, 20.0, 30.0), "time", "car")
REQUESTS = {"geoplateforme": 35, "valhalla": 14, "openrouteservice": 2}


class Bench:
    """An engine, its server, and clients on one cache."""

    def __init__(self, name: str, server: Any, folder: Path) -> None:
        self.name, self.server, self.folder = name, server, folder
        self.engine: Engine = ENGINES[name][1]()
        self.listener = Listener()

    def web(self, clock: Clock | None = None, mode: str = "auto") -> Web:
        settings = NetworkSettings(urls={self.engine.service: self.server.url})
        keys = {"openrouteservice": KEY}
        return Web(settings, Cache(self.folder, mode, clock or FakeClock()), keys, self.listener)

    def run(self, points: list[Point], wanted: Wanted = WANTED, **more: Any) -> Reach:
        return reach(self.engine, self.web(**more), points, wanted, self.listener)


@pytest.fixture(params=ENGINES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with ENGINES[request.param][0]() as server:
        yield Bench(request.param, server, tmp_path)


@pytest.fixture
def ors(tmp_path: Path) -> Iterator[Bench]:
    with OpenRouteServiceServer() as server:
        yield Bench("openrouteservice", server, tmp_path)


@pytest.fixture
def own_valhalla(tmp_path: Path) -> Iterator[Bench]:
    with ValhallaServer() as server:
        yield Bench("valhalla", server, tmp_path)


@pytest.fixture
def ign(tmp_path: Path) -> Iterator[Bench]:
    with IsochroneServer() as server:
        yield Bench("geoplateforme", server, tmp_path)


def width(shape: Any) -> float:
    """Degrees of longitude of the outer rings."""
    lons = [lon for polygon in shape for lon, _ in polygon[0]]
    return max(lons) - min(lons)


def test_every_ring_of_every_point_comes(bench: Bench) -> None:
    found = bench.run(PLACES)
    assert not found.lacks
    assert set(found.shapes) == {(p.row, value) for p in PLACES for value in WANTED.values}
    assert len(bench.server.log) == REQUESTS[bench.name]
    assert asking.requests(bench.engine, 7, 5) == REQUESTS[bench.name]
    for point in PLACES:
        widths = [width(found.shapes[point.row, value]) for value in WANTED.values]
        assert widths == sorted(widths)
        # 40 km/h during 5 minutes each way, and each ring under its own value
        assert widths[0] == pytest.approx(2 * 3333 / 111_195 / 0.668, rel=0.02)
        assert widths[4] / widths[0] == pytest.approx(6, rel=0.01)
        for value in WANTED.values:
            ((outer,),) = found.shapes[point.row, value]
            assert outer[0] == outer[-1] and sum(lon for lon, _ in outer) / len(outer) == pytest.approx(point.lon, abs=0.02)  # fmt: skip


@pytest.mark.parametrize("mode", ["time", "distance"])
@pytest.mark.parametrize("profile", ["car", "bike", "foot"])
def test_what_leaves_is_the_place_and_nothing_else(bench: Bench, mode: str, profile: str) -> None:
    if profile not in bench.engine.profiles:
        pytest.skip("the service does not know this way of moving")
    wanted = Wanted((2.5, 5.0), mode, profile)
    assert not bench.run(PLACES[:1], wanted).lacks
    told = {
        "geoplateforme": {"resource", "point", "profile", "costType", "costValue", "direction",
                          "geometryFormat", "crs", "timeUnit", "distanceUnit"},
        "valhalla": {"locations", "costing", "contours", "polygons", "denoise", "generalize",
                     "show_locations"},
        "openrouteservice": {"locations", "range", "range_type", "location_type"},
    }  # fmt: skip
    for seen in bench.server.log:
        names = {name for name, _ in seen.params} | set(json.loads(seen.body or b"{}"))
        assert names <= told[bench.name]
    values = {
        ("geoplateforme", "time"): {"150", "300"}, ("geoplateforme", "distance"): {"2500", "5000"},
        ("valhalla", "time"): {2.5, 5.0}, ("valhalla", "distance"): {2.5, 5.0},
        ("openrouteservice", "time"): {150.0, 300.0}, ("openrouteservice", "distance"): {2500.0, 5000.0},
    }[bench.name, mode]  # fmt: skip
    asked: set[Any] = set()
    for seen in bench.server.log:
        body = json.loads(seen.body or b"{}")
        asked |= {seen.param("costValue")} - {""}
        asked |= {contour[mode] for contour in body.get("contours", ())} | set(
            body.get("range", ())
        )
    assert asked == values


def test_the_same_question_is_asked_once(bench: Bench) -> None:
    first = bench.run(PLACES)
    before = len(bench.server.log)
    again = bench.run(PLACES)
    assert again.shapes == first.shapes and len(bench.server.log) == before
    other = bench.run(PLACES[:1], Wanted((5.0,), "distance", "car"))
    assert len(bench.server.log) == before + 1 and other.shapes


def test_nothing_about_people_is_kept(bench: Bench) -> None:
    wanted = Wanted((5.0,), "time", "car", private=True)
    bench.run(PLACES[:2], wanted)
    before = len(bench.server.log)
    bench.run(PLACES[:2], wanted)
    assert len(bench.server.log) == 2 * before
    written = b"".join(path.read_bytes() for path in bench.folder.rglob("*") if path.is_file())
    assert b"48.1" not in written and b"Polygon" not in written


def test_a_point_at_sea_costs_the_others_nothing(bench: Bench) -> None:
    found = bench.run([*PLACES[:3], SEA, *PLACES[3:]])
    assert {row for row, _ in found.lacks} == {SEA.row}
    assert {row for row, _ in found.shapes} == {point.row for point in PLACES}
    why = Why.NOTHING if bench.name == "geoplateforme" else Why.NO_ROAD
    assert {lack.why for lack in found.lacks.values()} == {why}


def test_a_value_beyond_the_limit_costs_the_others_nothing(bench: Bench) -> None:
    wanted = Wanted((5.0, 10.0, 700.0), "time", "car")
    found = bench.run(PLACES[:2], wanted)
    assert set(found.lacks) == {(point.row, 700.0) for point in PLACES[:2]}
    why = Why.REFUSED if bench.name == "geoplateforme" else Why.TOO_FAR
    assert {lack.why for lack in found.lacks.values()} == {why}
    assert all(lack.detail for lack in found.lacks.values())
    assert len(found.shapes) == 4


def test_a_bad_point_in_a_batch_is_asked_for_alone(ors: Bench) -> None:
    found = ors.run([*PLACES[:2], SEA], Wanted((5.0, 10.0), "time", "car"))
    sizes = [len(json.loads(seen.body)["locations"]) for seen in ors.server.log]
    assert sizes == [3, 1, 1, 1], "the batch, then each of its points: none is asked again after"
    assert len(found.shapes) == 4 and len(found.lacks) == 2


def test_a_server_with_lower_limits_is_asked_in_smaller_parts(
    ors: Bench, own_valhalla: Bench
) -> None:
    ors.server.most_locations, ors.server.most_intervals = 2, 1
    own_valhalla.server.max_contours = 1
    for bench in (ors, own_valhalla):
        found = bench.run(PLACES[:3], Wanted((5.0, 10.0), "time", "foot"))
        assert len(found.shapes) == 6 and not found.lacks


def test_a_point_moved_far_away_is_no_success(ors: Bench) -> None:
    ors.server.shift = 0.02  # 1.5 km to the east
    found = ors.run(PLACES[:2], Wanted((5.0,), "time", "car"))
    assert set(found.lacks.values()) == {Lack(Why.NO_ROAD)} and not found.shapes


def test_a_tiny_value_gives_a_point_which_is_no_area(ign: Bench) -> None:
    found = ign.run(PLACES[:1], Wanted((0.1, 5.0), "time", "foot"))
    assert found.lacks == {(0, 0.1): Lack(Why.NOTHING)} and set(found.shapes) == {(0, 5.0)}


PASSING = {
    "429": faulty.busy("1"),
    "503": faulty.failure(503),
    "500 without a code": faulty.failure(500),
    "reset": faulty.reset(),
    "length not honoured": faulty.cut_length(),
    "gzip damaged": faulty.bad_gzip(),
    "JSON cut": faulty.cut_json(),
}
LASTING = {
    "login page": (faulty.login_page(), {Kind.PORTAL}),
    "forbidden": (faulty.failure(403, "Accès refusé"), {Kind.KEY_REFUSED}),
    "redirect out of https": (faulty.redirect("ftp://portail.invalid/login"), {Kind.REDIRECT}),
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_changes_nothing(bench: Bench, fault: str) -> None:
    points = PLACES[:2]
    clean = bench.run(points)
    bench.server.rest()
    bench.server.script(PASSING[fault], PASSING[fault])
    assert bench.run(points, mode="refresh").shapes == clean.shapes


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_is_told_once_for_all(bench: Bench, fault: str) -> None:
    response, kinds = LASTING[fault]
    bench.server.each(response)
    if fault == "forbidden" and not services()[bench.engine.service].key:
        found = bench.run(PLACES[:2])
        assert {lack.why for lack in found.lacks.values()} == {Why.REFUSED} and not found.shapes
        return
    with pytest.raises(ServiceError) as raised:
        bench.run(PLACES)
    assert raised.value.kind in kinds
    told = str(raised.value)
    assert re.match(r"[A-Za-zé].*[.!…]$", told, re.DOTALL) and "{" not in told and KEY not in told
    assert len(bench.server.log) <= bench.engine.at_once
    bench.server.rest()
    assert not bench.run(PLACES).lacks


MANGLED: list[Any] = [
    None, [], "texte", 12, {}, {"geometry": None}, {"geometry": "POLYGON((0 0))"}, {"features": None},
    {"geometry": {"type": "Polygon"}}, {"features": [{"properties": {}}]}, {"features": ["x"]},
    {"geometry": {"type": "Polygon", "coordinates": [[[1]]]}, "features": [{"properties": {"contour": "x"}}]},
    {"geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
     "features": [{"properties": {"contour": 5, "group_index": 0, "value": 300},
                   "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}]},
    {"geometry": {"type": "Polygon", "coordinates": [[[1e9, 0], [0, 1], [1, 1], [1e9, 0]]]}, "features": {}},
    {"features": [{"properties": {"contour": 99, "group_index": 7, "value": 1}, "geometry": {"type": "Polygon", "coordinates": []}}], "geometry": {"type": "Cercle"}},
    {"error": {"message": "Erreur sous un bon statut"}},
]  # fmt: skip


@pytest.mark.parametrize("answer", MANGLED, ids=lambda answer: json.dumps(answer)[:40])
def test_an_unforeseen_answer_is_a_lack_and_is_not_kept(bench: Bench, answer: Any) -> None:
    bench.server.script(Response.of_json(answer))
    wanted = Wanted((5.0,), "time", "car")
    found = bench.run(PLACES[:1], wanted)
    assert not found.shapes
    (lack,) = found.lacks.values()
    assert lack.why in (Why.UNREADABLE, Why.NOTHING)
    if isinstance(answer, dict) and "error" in answer:
        assert lack.detail == "Erreur sous un bon statut"
    if lack.why is Why.UNREADABLE:
        assert bench.run(PLACES[:1], wanted).shapes, "asked again, not found in the cache"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["type", "coordinates", "geometries"]), inner)
            | st.fixed_dictionaries(
                {"type": st.sampled_from(["Polygon", "MultiPolygon"]), "coordinates": inner}
            )
        ),
        max_leaves=12,
    )
)
def test_a_geometry_is_read_or_refused(geometry: Any) -> None:
    try:
        shape = shape_of(geometry)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return
    for polygon in shape:
        assert polygon and all(len(ring) >= 4 and ring[0] == ring[-1] for ring in polygon)


def test_holes_parts_and_heights_are_read() -> None:
    square = [[0, 0, 5], [4, 0, 5], [4, 4, 5], [0, 4, 5]]  # not closed, with heights
    hole = [[1, 1], [1, 2], [2, 2], [1, 1]]
    sliver = [[9, 9], [9, 9]]
    shape = shape_of({"type": "MultiPolygon", "coordinates": [[square, hole, sliver], [sliver]]})
    ((outer, inner),) = shape
    assert outer == [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)] and inner[0] == (1, 1)
    collection = {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 0]}]}  # fmt: skip
    assert shape_of(collection) == [] == shape_of(None)


def test_a_cancel_stops_at_once(bench: Bench) -> None:
    def cancel(seen: Seen) -> Response | None:
        bench.listener.cancel.set()
        return None

    bench.server.each(cancel)
    with pytest.raises(Cancelled):
        bench.run(PLACES)
    assert 1 <= len(bench.server.log) <= bench.engine.at_once
    bench.server.rest()
    bench.listener.cancel.clear()
    assert not bench.run(PLACES).lacks


def test_a_silent_server_is_one_sentence(bench: Bench) -> None:
    bench.server.stop()
    with pytest.raises(ServiceError) as raised:
        bench.run(PLACES)
    assert raised.value.kind is Kind.CONNECTION


def test_no_key_is_ever_written_or_said(ors: Bench) -> None:
    ors.run(PLACES)
    ors.server.each(Response.of_json({"error": f"{KEY} refused"}, 403))
    with pytest.raises(ServiceError) as raised:
        ors.run([SEA])
    written = b"".join(path.read_bytes() for path in ors.folder.rglob("*") if path.is_file())
    told = " ".join([str(raised.value), *ors.listener.said, *ors.listener.warned])
    assert KEY.encode() not in written and KEY not in told
    assert all(seen.headers["authorization"] == KEY for seen in ors.server.log)


def test_a_server_of_ones_own_needs_no_key(tmp_path: Path) -> None:
    with OpenRouteServiceServer(key="") as server:
        settings = NetworkSettings(urls={OWN_SERVER: server.url})
        web = Web(settings, Cache(tmp_path, "auto", FakeClock()), {}, Listener())
        found = reach(OpenRouteService(OWN_SERVER), web, PLACES[:1], WANTED, Listener())
        assert len(found.shapes) == 5
        assert "authorization" not in server.log[0].headers


def test_ign_never_refuses_for_its_quota(ign: Bench) -> None:
    """Five requests a second, by the true clock, four under way at once."""
    ign.server.quota = (5, 1.0)
    found = ign.run(PLACES[:3], clock=Clock())
    assert len(found.shapes) == 15 and not ign.server.refused


def test_openrouteservice_is_asked_twenty_times_a_minute_at_most(ors: Bench) -> None:
    clock = FakeClock()
    many = [Point(rank, -1.6 + rank / 1000, 48.1) for rank in range(150)]
    ors.run(many, Wanted((5.0,), "time", "car"), clock=clock)
    assert len(ors.server.log) == 30
    documented = services()["openrouteservice"]
    assert (documented.quota, documented.quota_seconds) == (20, 60)
    # burst + rate × T requests in any T seconds
    assert clock.slept >= (30 - documented.burst) / documented.rate - 1


def test_places_are_timed_by_the_server(own_valhalla: Bench) -> None:
    places = [(-1.6, 48.1), (-1.6, 48.1 + 1 / 111.195), (SEA.lon, SEA.lat)] * 500
    told = valhalla.costs(own_valhalla.web(), PLACES[0], places, WANTED, 500)
    assert [seen.path for seen in own_valhalla.server.log] == ["/locate"] * 2 + ["/sources_to_targets"]  # fmt: skip
    assert told[0][0] == 0 and told[1][0] == pytest.approx(90, abs=1)  # 1 km at 40 km/h
    assert told[1][1] == pytest.approx(places[1], abs=1e-5)
    assert told[2] == (math.inf, None), "a place at sea does not fail the others"
    wanted = Wanted((1.0,), "distance", "car")
    metres = valhalla.costs(own_valhalla.web(), PLACES[0], places[:2], wanted, 500)
    assert metres[1][0] == pytest.approx(1000, abs=1)


def test_a_point_without_a_road_is_told_by_its_number_too(own_valhalla: Bench) -> None:
    own_valhalla.server.numbered = True
    found = own_valhalla.run([PLACES[0], SEA], Wanted((5.0,), "time", "car"))
    assert found.lacks == {(SEA.row, 5.0): Lack(Why.NO_ROAD)} and len(found.shapes) == 1


@pytest.mark.parametrize("told", [None, 4_294_967_295])
def test_a_place_that_cannot_be_reached_is_infinitely_far(own_valhalla: Bench, told: Any) -> None:
    cell = {"to_index": 0, "from_index": 0, "time": told, "distance": None}
    own_valhalla.server.script(
        Response.of_json([{"edges": [{}]}]), Response.of_json({"sources_to_targets": [[cell]]})
    )
    found = valhalla.costs(own_valhalla.web(), PLACES[0], [(0.0, 0.0)], WANTED, 500)
    assert found == [(math.inf, None)]
