"""Rows of the register as Coodiag shows them: names, masks, ESS, coordinates settled.

Partial diffusion masks everything but the commune, activity and workforce. The name of a natural
person never leaves this module.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..core.codes import legal_crs
from ..core.french import one_way
from ..core.nomenclatures import (
    MASKS,
    NATURAL_PERSON,
    ess_family,
    in_statistical_perimeter,
    naf_label,
    naf_section,
    tranches,
)
from .names import holds_name

#: Columns of the result of :func:`read_stock`, in order.
COLUMNS = [
    "siret",
    "siren",
    "nom",
    "enseigne",
    "naf",
    "naf_label",
    "section",
    "tranche",
    "tranche_label",
    "workforce_min",
    "employer",
    "ess",
    "ess_family",
    "liste_ess",
    "legal_form",
    "codgeo",
    "statut",
    "lon",
    "lat",
    "x",
    "y",
    "epsg",
    "geo_quality",
]

#: Printed in place of the name of a natural person who has no sign or trade name.
NATURAL_PERSON_NAME = "Entrepreneur individuel"
#: Quality of a point that stands at the town (Insee's ``qualite_xy``).
TOWN_QUALITY = "33"

_TOWN_TYPES = ("municipality", "city", "town", "village")


def column(table: pd.DataFrame, name: str) -> pd.Series:
    """A text column stripped of masked signs, empty when the files did not have it."""
    if name not in table:
        return pd.Series("", index=table.index, dtype=object)
    values = table[name].astype(object).str.strip()
    return values.mask(values.isin(MASKS), "")


def finish(table: pd.DataFrame) -> tuple[pd.DataFrame, int, str]:
    """The public columns (COLUMNS) from the register's, with names, coordinates and masks settled.

    Also tells the number of natural persons and the ESS rule used: ``flag``, ``legal_form`` or
    ``unknown``.
    """
    result = pd.DataFrame(index=table.index)
    for name in ("siret", "siren", "naf", "tranche", "legal_form", "codgeo"):
        result[name] = column(table, name)
    masked = masked_rows(table)
    natural = natural_persons(table)
    result["statut"] = np.where(masked, "P", "O")
    result["nom"], result["enseigne"] = _names(table, natural, masked)
    result["naf_label"] = result["naf"].map(naf_label)
    result["section"] = result["naf"].map(naf_section)
    known = tranches()
    result["tranche_label"] = [
        known[code].label if code in known else "Effectif inconnu" for code in result["tranche"]
    ]
    result["workforce_min"] = [
        float(known[code].minimum) if code in known else np.nan for code in result["tranche"]
    ]
    result["employer"] = column(table, "employer").map({"O": True, "N": False}).astype(object)
    result["employer"] = result["employer"].where(result["employer"].notna(), None)
    result["ess"], result["ess_family"], rule = _ess(table, result)
    unknown = pd.Series([None] * len(table), index=table.index, dtype=object)
    result["liste_ess"] = table["listed"].astype(object) if "listed" in table else unknown
    for name, values in _coordinates(table, result["codgeo"], masked).items():
        result[name] = values
    result = result[COLUMNS].sort_values("siret").reset_index(drop=True)
    return result, int(natural.sum()), rule


def masked_rows(table: pd.DataFrame) -> np.ndarray:
    """Rows of partial diffusion: any status but O where the file has a status column."""
    masked = np.zeros(len(table), dtype=bool)
    if "statut" in table:
        masked |= (column(table, "statut") != "O").to_numpy()
    if "unit_statut" in table:
        masked |= (~column(table, "unit_statut").isin(("O", ""))).to_numpy()
    return masked


def natural_persons(table: pd.DataFrame) -> np.ndarray:
    """Rows of natural persons: by legal form, else by a family name without a denomination."""
    form = column(table, "legal_form")
    by_name = (column(table, "family_name") != "") & (column(table, "denomination") == "")
    return ((form == NATURAL_PERSON) | ((form == "") & by_name)).to_numpy()


def shown_signs(table: pd.DataFrame, natural: np.ndarray) -> list[list[str]]:
    """Signs and trade names of each row that may be shown, the preferred first.

    Those of a natural person are left out when they carry the family name; a trade name is left
    out as soon as the family name it could carry is not known.
    """
    short = "denomination enseigne1 enseigne2 usuelle legal_form family_name used_name"
    columns = [column(table, name) for name in short.split()]
    result = []
    for row, person in zip(zip(*columns), natural):
        legal, sign1, sign2, trade, form, family, used = row
        shown = [text for text in (sign1, sign2) if text]
        company = form not in ("", NATURAL_PERSON) or legal
        if trade and (company or family):
            shown.append(trade)
        if person:
            shown = [text for text in shown if not _carries(text, (family, used))]
        result.append(shown)
    return result


def _names(
    table: pd.DataFrame, natural: np.ndarray, masked: np.ndarray
) -> tuple[list[str], list[str]]:
    """Name and sign as they may be shown; a natural person is shown by its sign or trade name."""
    columns = [column(table, name) for name in ("denomination", "denomination_usuelle", "sigle")]
    names, signs = [], []
    shown = shown_signs(table, natural)
    for row, known, person, hidden in zip(zip(*columns), shown, natural, masked):
        legal, usual, acronym = row
        sign = known[0] if known and not hidden else ""
        signs.append(sign)
        if hidden:
            names.append("")
        elif person:
            names.append(sign or NATURAL_PERSON_NAME)
        else:
            names.append(legal or usual or acronym or sign)
    return list(map(one_way, names)), list(map(one_way, signs))


def _carries(text: str, family_names: Iterable[str]) -> bool:
    """Whether a sign holds the family name of its owner as a word."""
    return holds_name(text, family_names)


def _ess(table: pd.DataFrame, result: pd.DataFrame) -> tuple[pd.Series, list[str], str]:
    """ESS membership and family, and the rule used for the whole table (never both)."""
    flag = column(table, "flag")
    if flag.isin(("O", "N")).any():
        member, rule = flag == "O", "flag"
    elif (result["legal_form"] != "").any():
        member = pd.Series(
            [
                in_statistical_perimeter(form, naf)
                for form, naf in zip(result["legal_form"], result["naf"])
            ],
            index=table.index,
        )
        rule = "legal_form"
    else:
        nothing = pd.Series([None] * len(table), index=table.index, dtype=object)
        return nothing, [""] * len(table), "unknown"
    family = [ess_family(form) if yes else "" for form, yes in zip(result["legal_form"], member)]
    return member.astype(object), family, rule


def _coordinates(
    table: pd.DataFrame, codgeo: pd.Series, masked: np.ndarray
) -> dict[str, pd.Series | list[str]]:
    """Coordinates by order of trust: Insee's geolocation, geo_sirene's, the register's own."""
    lon, lat = _pair(table, "geo_lon", "geo_lat")
    own_lon, own_lat = _pair(table, "own_lon", "own_lat")
    x, y = _pair(table, "geo_x", "geo_y")
    own_x, own_y = _pair(table, "own_x", "own_y")
    epsg = "EPSG:" + column(table, "geo_epsg").str.replace(r"\.0$", "", regex=True)
    insee = lon.notna() | x.notna()
    quality = column(table, "quality").where(insee, "")
    kind = column(table, "own_type")
    from_own = ~insee & own_lon.notna()
    quality = quality.mask(from_own, kind.mask(kind.isin(_TOWN_TYPES), TOWN_QUALITY))
    lon, lat = lon.mask(from_own, own_lon), lat.mask(from_own, own_lat)
    from_register = ~insee & ~from_own
    epsg = epsg.mask(x.isna() | (epsg == "EPSG:"), codgeo.map(legal_crs))
    x, y = x.mask(from_register, own_x), y.mask(from_register, own_y)
    hidden = pd.Series(masked, index=table.index)
    nowhere = hidden | (lon.isna() & x.isna())
    return {
        "lon": lon.mask(hidden),
        "lat": lat.mask(hidden),
        "x": x.mask(hidden),
        "y": y.mask(hidden),
        "epsg": epsg.mask(nowhere | x.isna(), "EPSG:4326").mask(nowhere, ""),
        "geo_quality": quality.mask(nowhere, ""),
    }


def _pair(table: pd.DataFrame, first: str, second: str) -> tuple[pd.Series, pd.Series]:
    """Two coordinate columns as numbers; both are empty where one is, or where both are zero."""
    a = pd.to_numeric(column(table, first).str.replace(",", "."), errors="coerce")
    b = pd.to_numeric(column(table, second).str.replace(",", "."), errors="coerce")
    bad = a.isna() | b.isna() | ((a == 0) & (b == 0))
    return a.mask(bad).astype(float), b.mask(bad).astype(float)
