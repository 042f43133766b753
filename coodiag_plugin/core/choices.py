"""What the parameters of the algorithms offer, and what they begin with.

The algorithms declare it when QGIS starts; the modules that work with it are loaded when they run.
It stands here, apart from both, so that declaring an algorithm loads none of what it works with.
The first of a list is the default.
"""

from __future__ import annotations

#: Endings of the files that a table is read from: texts, then workbooks.
TABLES = ("csv", "txt", "tsv", "xlsx", "xlsm", "ods")
TABLES_FILTER = " ".join(f"*.{ending}" for ending in TABLES)

#: Order in which the places of a catchment are taken.
ORDERS = ("time", "distance", "commune")
#: From where clients are ranked, and the words of the table.
CENTRES = {
    "site": "site",
    "mean": "centre moyen des clients",
    "median": "centre médian des clients",
}
DISTANCES = ("air", "roads")
DIRECTIONS = ("from", "to")
#: How a catchment zone is drawn.
ZONE_SHAPES = ("communes", "concave", "convex", "isochrone", "density")
#: Longest edge kept by a concave hull, as a share between the shortest and the longest (GEOS).
CONCAVITY = 0.3
#: Where the units of a polygon of demand are put: over its surface, or at a point inside it.
SPREADS = ("surface", "middle")

#: What draws isochrones: the roads given, a service, a database.
ROADS, PGROUTING = "roads", "pgrouting"
GEOPLATEFORME, VALHALLA, OPENROUTESERVICE = "geoplateforme", "valhalla", "openrouteservice"
SERVICES = (GEOPLATEFORME, VALHALLA, OPENROUTESERVICE)
ENGINES = (ROADS, *SERVICES, PGROUTING)
RINGS = ("nested", "bands")
MERGES = ("each", "merged", "nearest")
#: Holes of polygons smaller than this are filled, hectares.
HOLES = 10.0
#: Table that pgRouting's own tools make, and its columns.
EDGE_TABLE = "ways"
EDGE_COLUMNS = ("id", "source", "target", "cost", "reverse_cost", "geom")

ACCESS_METHODS = ("hansen", "2sfca", "e2sfca", "apl")
ACCESS_DECAYS = ("exponential", "power", "logistic")
HUFF_DECAYS = ("power", "exponential", "logistic")
#: How poles of jobs are made, and minutes within which a stop is near.
CLUSTERINGS = ("hexagon", "commune", "points")
STOP_MINUTES = 10.0
#: Lines of flows.
FLOW_SHAPES = ("auto", "straight", "curved")
#: How the figures of parts are shared among zones.
ZONE_METHODS = ("grid", "area", "centroid")
#: How a place is given to a zone: by a point of its surface, or by the area that lies inside.
WAYS = ("centroid", "area")

#: Ends of the scale of notes of a self-evaluation, and the level that an objective should reach.
LOWEST, HIGHEST = 0, 4
TARGET = 3.0
#: Fewest respondents behind a spread or the scores of a function.
MIN_RESPONDENTS = 3
#: Standard deviation from which views differ: on average one degree of the scale from the mean.
DIVERGENCE = 1.0

#: Who is asked for the place of an address. ``GEOPLATEFORME`` draws isochrones too.
OFFLINE, ADDOK = "offline", "addok"
GEOCODERS = (OFFLINE, GEOPLATEFORME, ADDOK)

#: Fewest people that a shareable figure may show (parameter MIN_COUNT): the rules are in ``privacy``.
MIN_COUNT = 5
