"""What the attributes of a road say, by layer and profile."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.zones.speeds import recognise

BDTOPO = ["cleabs", "nature", "importance", "sens_de_circulation", "vitesse_moyenne_vl",
          "acces_vehicule_leger", "position_par_rapport_au_sol", "etat_de_l_objet"]  # fmt: skip
OSM = ["osm_id", "highway", "other_tags"]


def both(reader: object, **row: object) -> tuple[float, float]:
    road = reader.read(row)  # type: ignore[attr-defined]
    return (0.0, 0.0) if road is None else (road.forward, road.backward)


def test_layers_are_recognised_by_their_fields() -> None:
    assert recognise(BDTOPO, "car").schema == "bdtopo"
    shapefile = recognise(["ID", "NATURE", "IMPORTANCE", "SENS", "VIT_MOY_VL", "ACCES_VL"], "car")
    assert shapefile.schema == "bdtopo"
    assert shapefile.names["direction"] == "SENS"
    assert recognise(OSM, "car").schema == "osm"
    assert recognise(["fid", "nom"], "car").schema == "lines"
    assert both(recognise([], "car")) == (30, 30)
    assert both(recognise([], "foot")) == (4, 4)


def test_osm_miles_and_directions_of_bicycles_and_of_hours() -> None:
    car, bike = recognise([*OSM, "maxspeed", "oneway"], "car"), recognise(OSM, "bike")
    speed, _ = both(car, highway="primary", maxspeed="20 mph")
    assert speed == pytest.approx(32.19, abs=0.01)
    assert both(car, highway="primary", maxspeed="30") == (30, 30)
    assert both(car, highway="primary", oneway="reversible") == (0, 0)
    forward, backward = both(bike, highway="residential", other_tags='"oneway:bicycle"=>"yes"')
    assert forward > 0 and backward == 0
    there = both(bike, highway="residential", other_tags='"oneway:bicycle"=>"no"', oneway="yes")
    assert there == (forward, forward)


def test_bdtopo_speed_direction_access_and_level() -> None:
    car, foot = recognise(BDTOPO, "car"), recognise(BDTOPO, "foot")
    road = {"nature": "Route à 1 chaussée", "importance": "3", "speed": 55}
    assert both(car, **road) == (55, 55)
    assert both(car, **road, direction="Sens direct") == (55, 0)
    assert both(car, **road, direction="Sens inverse") == (0, 55)
    assert both(foot, **road, direction="Sens inverse") == (4, 4)
    assert both(car, **{**road, "speed": None}) == (60, 60)
    assert both(car, **{**road, "speed": 0}) == (60, 60)
    assert both(car, **road, car_access="Physiquement impossible") == (0, 0)
    assert both(car, **road, car_access="A péage") == (55, 55)
    assert both(car, nature="Sentier", speed=5) == (0, 0)
    assert both(car, **road, state="En construction") == (0, 0)
    assert car.read({**road, "level": "1"}).level == 1
    motorway = car.read({"nature": "Type autoroutier", "speed": 110})
    assert not motorway.joinable
    assert both(foot, nature="Type autoroutier") == (0, 0)


def test_an_unknown_class_is_counted() -> None:
    reader = recognise(BDTOPO, "car")
    assert both(reader, nature="Voie nouvelle") == (30, 30)
    assert reader.unknown == {"Voie nouvelle": 1}


@pytest.mark.parametrize(
    ("tags", "speeds"),
    [
        ('"maxspeed"=>"30"', (30, 30)),
        ('"maxspeed"=>"FR:urban"', (50, 50)),
        ('"oneway"=>"yes"', (50, 0)),
        ('"oneway"=>"-1"', (0, 50)),
        ('"junction"=>"roundabout"', (50, 0)),
        ('"junction"=>"roundabout","oneway"=>"no"', (50, 50)),
        ('"access"=>"private"', (0, 0)),
        ('"access"=>"no","motor_vehicle"=>"yes"', (50, 50)),
        ('"motor_vehicle"=>"destination"', (50, 50)),
        ('"name"=>"rue \\"du\\" Port","maxspeed"=>"20"', (20, 20)),
    ],
)
def test_osm_tags_of_a_tertiary_road_by_car(tags: str, speeds: tuple[float, float]) -> None:
    assert both(recognise(OSM, "car"), highway="tertiary", other_tags=tags) == speeds


def test_osm_profiles() -> None:
    car, bike, foot = (recognise(OSM, profile) for profile in ("car", "bike", "foot"))
    assert both(car, highway="footway") == (0, 0)
    assert both(foot, highway="footway", other_tags='"oneway"=>"yes"') == (4, 4)
    contraflow = '"oneway"=>"yes","oneway:bicycle"=>"no"'
    assert both(bike, highway="residential", other_tags=contraflow) == (15, 15)
    assert both(car, highway="residential", other_tags=contraflow) == (25, 0)
    assert both(bike, highway="motorway") == (0, 0)
    assert car.read({"highway": None, "other_tags": '"waterway"=>"river"'}) is None
    assert both(car, highway=None, other_tags='"route"=>"ferry"') == (10, 10)
