"""The rows of the national Sirène files that a territory needs, without addresses nor names of persons.

The extract keeps Insee's column names and gives :func:`sirene.read_stock` the same table as the
national files. Only active establishments are in it. A name that may not be shown is not written:
those of partial diffusion, and the signs of a natural person that carry the family name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..core.progress import Progress
from .official_file import OfficialFile
from .sirene import ESTABLISHMENT, UNIT
from .sirene_columns import column, masked_rows, natural_persons, shown_signs
from .sirene_files import StockFiles, read

_COMMUNE, _STATE = "codeCommuneEtablissement", "etatAdministratifEtablissement"
_STATUS, _UNIT_STATUS = "statutDiffusionEtablissement", "statutDiffusionUniteLegale"
_SIGNS = ("enseigne1Etablissement", "enseigne2Etablissement", "denominationUsuelleEtablissement")
_PLACES = ("coordonneeLambertAbscisseEtablissement", "coordonneeLambertOrdonneeEtablissement")
_UNIT_NAMES = (
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "sigleUniteLegale",
)
_PERSON = ("nomUniteLegale", "nomUsageUniteLegale")  # read to hide signs, never written

ESTABLISHMENT_COLUMNS = (
    "siren",
    "siret",
    _STATUS,
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "etablissementSiege",
    _COMMUNE,
    *_PLACES,
    _STATE,
    *_SIGNS,
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
)
UNIT_COLUMNS = (
    "siren",
    _UNIT_STATUS,
    *_UNIT_NAMES,
    "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale",
    "categorieEntreprise",
    "etatAdministratifUniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale",
)
POINT_COLUMNS = (
    "siret",
    "x",
    "y",
    "qualite_xy",
    "epsg",
    "plg_qp24",
    "plg_iris",
    "plg_code_commune",
    "distance_precision",
    "y_latitude",
    "x_longitude",
)


@dataclass(frozen=True)
class Extract:
    """Tables of text with Insee's columns, sorted by SIRET or SIREN. ``read``: rows looked at."""

    establishments: pd.DataFrame
    units: pd.DataFrame
    points: pd.DataFrame
    read: int


def extract(stock: StockFiles, codes: Collection[str], progress: Progress) -> Extract:
    """The active establishments of the communes ``codes``, their units and their points.

    ``codes``: as the files write them (arrondissements of Paris, Lyon and Marseille).
    """
    inside = frozenset(codes)
    places = _rows(
        stock.establishments,
        ESTABLISHMENT_COLUMNS,
        (_COMMUNE, inside),
        progress.part(0.0, 0.5),
        active=True,
    )
    units = _rows(
        stock.units,
        (*UNIT_COLUMNS, *_PERSON),
        ("siren", frozenset(places["siret"].str[:9])),
        progress.part(0.5, 0.75),
    )
    places, units, hidden = _without_names(places, units)
    points = _rows(
        stock.points,
        POINT_COLUMNS,
        ("siret", frozenset(places["siret"][~hidden])),
        progress.part(0.75, 1.0),
    )
    return Extract(places, units, points, places.attrs["read"])


def _rows(
    files: Sequence[OfficialFile],
    columns: Sequence[str],
    among: tuple[str, Collection[str]],
    progress: Progress,
    active: bool = False,
) -> pd.DataFrame:
    """Rows of the first (newest) file with one of the codes, sorted and without repetition."""
    if not files:
        return pd.DataFrame({name: pd.Series(dtype=str) for name in columns})
    name, codes = among

    def keep(chunk: pd.DataFrame) -> pd.Series:
        kept = chunk[name].isin(codes)
        return kept & (chunk[_STATE] == "A") if active else kept

    found = read(files[0], {column: column for column in columns}, among, keep, progress)
    key = "siret" if "siret" in found else "siren"
    table = found[[column for column in columns if column in found]]
    table = table.drop_duplicates(key).sort_values(key).reset_index(drop=True)
    table.attrs["read"] = found.attrs["read"]
    return table


def _without_names(
    places: pd.DataFrame, units: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Both tables without what may not be shown, and the mask of the places of partial diffusion."""
    read = places.attrs["read"]
    named = _joined(places, units)
    hidden, natural = masked_rows(named), natural_persons(named)
    signs = shown_signs(named, natural)
    places = places.copy()
    for rank, name in enumerate(_SIGNS):
        own = column(places, name)
        # Of a person, only what may be shown, as signs: whoever reads them knows no family name.
        of_person = [known[rank] if rank < len(known) else "" for known in signs]
        own = own.mask(natural, pd.Series(of_person, own.index, dtype=object))
        places[name] = own.mask(hidden, "")
    known = named["legal_form"] != ""
    trade = _SIGNS[-1]
    places[trade] = places[trade].where(known & ~natural, "")
    for name in _PLACES:
        if name in places:
            places[name] = column(places, name).mask(hidden, "")
    places.attrs["read"] = read
    return places, _units_without_names(units), hidden


def _units_without_names(units: pd.DataFrame) -> pd.DataFrame:
    named = units.rename(columns={source: short for short, source in UNIT.items()})
    private = natural_persons(named) | masked_rows(named)
    result = units.drop(columns=[name for name in _PERSON if name in units])
    for name in _UNIT_NAMES:
        if name in result:
            result[name] = column(result, name).mask(private, "")
    return result


def _joined(places: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The places with the columns of their unit, under the short names of Coodiag."""
    named = places.rename(columns={source: short for short, source in ESTABLISHMENT.items()})
    by_siren = units.set_index("siren")
    for short, source in UNIT.items():
        if source in by_siren:
            named[short] = places["siret"].str[:9].map(by_siren[source]).fillna("")
        else:
            named[short] = ""
    return named
