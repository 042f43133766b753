"""Rows of the register as both of its services give them, under Insee's own column names.

What identifies a person or a home is left where it was: no street, no family or first name, no
sign that carries the name of its owner, and nothing but the commune and the activity of an
establishment whose holder asked for partial diffusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ...core.codes import legal_crs
from ...core.french import one_way
from ...core.nomenclatures import MASKS, NATURAL_PERSON
from ..names import holds_name

FAMILY = "sirene_etablissement"
#: Columns of the files, in order: those of StockEtablissement, of geo_sirene, of StockUniteLegale.
COLUMNS = (
    "siret",
    "statutDiffusionEtablissement",
    "trancheEffectifsEtablissement",
    "codeCommuneEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "longitude",
    "latitude",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "statutDiffusionUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "sigleUniteLegale",
    "categorieJuridiqueUniteLegale",
    "economieSocialeSolidaireUniteLegale",
)
_NAMES = (
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "denominationUsuelleEtablissement",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "sigleUniteLegale",
)
_OF_COMPANIES = _NAMES[3:]
_POINTS = (
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "longitude",
    "latitude",
)
#: Least x and y, then greatest (metres), of the land that each legal projection is used on: the
#: image of 41–51.5° N, 5.5° W–10° E in Lambert-93, of the islands or of Guyane in the others.
_BOXES = {
    "EPSG:2154": (-16_300, 5_988_500, 1_290_300, 7_188_100),
    "EPSG:5490": (467_600, 1_569_800, 759_100, 2_025_100),
    "EPSG:2972": (77_000, 221_000, 455_800, 664_700),
    "EPSG:2975": (291_400, 7_621_100, 396_500, 7_732_900),
    "EPSG:4467": (530_200, 5_160_700, 576_600, 5_239_000),
    "EPSG:4471": (489_100, 8_551_700, 543_500, 8_618_200),
}
#: The same land in degrees: least longitude and latitude, then greatest.
_DEGREES = {
    "EPSG:2154": (-5.5, 41.0, 10.0, 51.5),
    "EPSG:5490": (-63.3, 14.2, -60.6, 18.3),
    "EPSG:2972": (-54.8, 2.0, -51.4, 6.0),
    "EPSG:2975": (55.0, -21.5, 56.0, -20.5),
    "EPSG:4467": (-56.6, 46.6, -56.0, 47.3),
    "EPSG:4471": (44.9, -13.1, 45.4, -12.5),
}


def clean(value: object) -> str:
    """A cell of an answer as text: empty when it is null or masked."""
    text = "" if value is None else one_way(str(value)).strip()
    return "" if text in MASKS else text


def is_person(legal_form: str) -> bool:
    """Whether a unit is a natural person; one of unknown form is treated as if it were."""
    return legal_form in ("", NATURAL_PERSON)


def carries(text: str, names: Iterable[str]) -> bool:
    """Whether a sign holds one of the names, or a word of a name of several words."""
    return holds_name(text, names)


def metres(x: object, y: object, commune: str) -> tuple[str, str]:
    """Coordinates of the register (legal projection), empty when they are not on that land."""
    return _inside(clean(x), clean(y), _BOXES[legal_crs(commune)])


def degrees(longitude: object, latitude: object, commune: str) -> tuple[str, str]:
    """Longitude and latitude (WGS84), empty when they are not on the land of the commune."""
    return _inside(clean(longitude), clean(latitude), _DEGREES[legal_crs(commune)])


def _inside(x: str, y: str, box: tuple[float, float, float, float]) -> tuple[str, str]:
    try:
        at_x, at_y = float(x), float(y)
    except ValueError:
        return "", ""  # null or masked: many establishments have no point
    return (x, y) if box[0] <= at_x <= box[2] and box[1] <= at_y <= box[3] else ("", "")


def sealed(row: Mapping[str, str]) -> dict[str, str]:
    """A row of COLUMNS without what may not be written of it.

    ``row`` may lack columns. The signs of a natural person must have been looked at by the
    caller, who knows the name: here their trade name, which may be that name, is dropped.
    """
    kept = {name: clean(row.get(name)) for name in COLUMNS}
    if is_person(kept["categorieJuridiqueUniteLegale"]):
        kept.update(dict.fromkeys((*_OF_COMPANIES, "denominationUsuelleEtablissement"), ""))
    if kept["statutDiffusionEtablissement"] != "O" or kept["statutDiffusionUniteLegale"] != "O":
        kept.update(dict.fromkeys((*_NAMES, *_POINTS), ""))
    return kept


def as_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of COLUMNS as a table of text, by SIRET."""
    ordered = sorted(rows, key=lambda row: str(row["siret"]))
    return pd.DataFrame(ordered, columns=list(COLUMNS), dtype=str)
