"""Establishments of a territory from the API Recherche d'entreprises, which asks for no key.

The service finds units that have an establishment in the communes, and gives with each of them
the establishments that match, open or closed. It never lists natural persons who asked for
partial diffusion: the counts of a territory are a little short of Insee's, and the file says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ...core.codes import department
from ...core.nomenclatures import NafFilter
from ...core.progress import Progress
from ..names import normalise
from ..web.client import Web
from .asking import Asking
from .company_search import SERVICE, WHOLE_UNIT, CompanySearch, Part, Unit
from .depot import Depot
from .establishments import FAMILY, as_table, clean, degrees, is_person, sealed
from .scope import Scope, with_arrondissements

FILE = "recherche_entreprises_etablissements.csv"
#: Columns of :func:`find_siae`.
SIAE_COLUMNS = ("siret", "lon", "lat", "codgeo", "kinds")
_NOTE = "personnes physiques en diffusion partielle absentes"
_FLAGS = {True: "O", False: "N"}


def collect_establishments(
    web: Web,
    scope: Scope,
    depot: Depot,
    progress: Progress,
    *,
    naf: Sequence[str] = (),
    ess_only: bool = False,
) -> None:
    """Write :data:`FILE`, the active establishments of the territory's communes.

    ``naf``: codes or prefixes of activities, of the establishment and not of its unit, hence
    chosen here and not by the service. Raises :class:`SourceError` when a list is not whole.
    """
    asking, activities = Asking(web, SERVICE), NafFilter(naf)
    codes = with_arrondissements(scope.territory)
    criteria = [("code_commune", codes)]
    if ess_only:
        criteria.append(("est_ess", ("true",)))
    search = _Matches(CompanySearch(asking, progress), frozenset(codes))
    found: dict[str, dict[str, str]] = {}
    repeated = 0
    for unit, establishment in search.all(Part(tuple(criteria))):
        row = row_of(unit, establishment)
        repeated += row["siret"] in found
        if activities.keeps(row["activitePrincipaleEtablissement"]):
            found[row["siret"]] = row
    progress.say(
        "{service}: {count} establishments kept, {repeated} received twice, {closed} closed or elsewhere.",
        service=asking.service.title,
        count=len(found),
        repeated=repeated,
        closed=search.left_out,
    )
    notes = [_NOTE]
    if search.partial:
        progress.warn(
            "{count} units of more than {most} establishments could not be read whole: some of their establishments may be missing. The API Sirène or the stock file has them.",
            count=len(search.partial),
            most=WHOLE_UNIT,
        )
        notes.append(
            f"{len(search.partial)} unités à plus de {WHOLE_UNIT} établissements lues en partie"
        )
    if naf:
        notes.append("activités choisies")
    if ess_only:
        notes.append("ESS seulement")
    if not found:
        progress.warn(
            "{service} has no active establishment that matches in this territory.",
            service=asking.service.title,
        )
    note = ", ".join(notes)
    depot.table(
        FILE, as_table(found.values()), asking.source(FAMILY, vintage=asking.day, note=note)
    )


def find_siae(web: Web, scope: Scope, progress: Progress) -> pd.DataFrame:
    """Active establishments of the SIAE in the départements of the territory and around it.

    Columns :data:`SIAE_COLUMNS`, sorted by SIRET: ``lon``, ``lat`` are degrees (WGS84), NaN where
    the register hides or lacks them; ``kinds`` are those of the unit (``ACI, EI``).
    """
    departments = scope.all_departments
    part = Part((("departement", departments), ("est_siae", ("true",))))
    search = _Matches(CompanySearch(Asking(web, SERVICE), progress), frozenset(departments))
    found: dict[str, tuple[str, float, float, str, str]] = {}
    for unit, establishment in search.all(part):
        row = row_of(unit, establishment)
        lon, lat = (float(row[name] or "nan") for name in ("longitude", "latitude"))
        kinds = clean((unit.get("complements") or {}).get("type_siae"))
        names = sorted({kind.strip(" '\"[]") for kind in kinds.split(",")} - {""})
        place = row["codeCommuneEtablissement"]
        found[row["siret"]] = (row["siret"], lon, lat, place, ", ".join(names))
    return pd.DataFrame([found[siret] for siret in sorted(found)], columns=list(SIAE_COLUMNS))


class _Matches:
    """Open establishments of the units of a question that are in ``places``.

    ``places``: commune or département codes. ``left_out`` counts those closed or elsewhere,
    ``partial`` are the units whose establishments could not all be had.
    """

    def __init__(self, search: CompanySearch, places: frozenset[str]) -> None:
        self._search = search
        self._places = places
        self.left_out = 0
        self.partial: set[str] = set()

    def all(self, part: Part) -> Iterator[tuple[Unit, Unit]]:
        """Every unit with each of its establishments; the big ones come once more, in pieces."""
        big: dict[str, Unit] = {}
        for unit in self._search.units(part):
            if int(unit.get("nombre_etablissements") or 0) > WHOLE_UNIT:
                big[unit["siren"]] = unit
            yield from self._open(unit, unit["matching_etablissements"])
        for siren in self._search.announced(big):
            found, whole = self._search.establishments(big[siren])
            if not whole:
                self.partial.add(siren)
            yield from self._open(big[siren], found)

    def _open(self, unit: Unit, establishments: list[Unit]) -> Iterator[tuple[Unit, Unit]]:
        for establishment in establishments:
            if self._wanted(establishment):
                yield unit, establishment
            else:
                self.left_out += 1

    def _wanted(self, establishment: Unit) -> bool:
        commune = clean(establishment.get("commune"))
        near = commune in self._places or department(commune) in self._places
        return near and establishment.get("etat_administratif") == "A"


def row_of(unit: Unit, establishment: Unit) -> dict[str, str]:
    """An establishment of the service as a row of the stock.

    ``est_ess`` takes the place of Sirène's flag: it comes from the national list of the ESS.
    """
    commune = clean(establishment.get("commune"))
    form = clean(unit.get("nature_juridique"))
    longitude, latitude = degrees(
        establishment.get("longitude"), establishment.get("latitude"), commune
    )
    signs = [clean(sign) for sign in establishment.get("liste_enseignes") or []]
    if is_person(form):
        words = _person_words(unit)
        signs = [sign for sign in signs if not words & set(normalise(sign).split())]
    first, second = ([sign for sign in signs if sign] + ["", ""])[:2]
    naf = clean(establishment.get("activite_principale"))
    ess = (unit.get("complements") or {}).get("est_ess")
    return sealed(
        {
            "siret": clean(establishment["siret"]),
            "statutDiffusionEtablissement": clean(
                establishment.get("statut_diffusion_etablissement")
            ),
            "trancheEffectifsEtablissement": clean(establishment.get("tranche_effectif_salarie")),
            "codeCommuneEtablissement": commune,
            "longitude": longitude,
            "latitude": latitude,
            "etatAdministratifEtablissement": clean(establishment.get("etat_administratif")),
            "enseigne1Etablissement": first,
            "enseigne2Etablissement": second,
            "denominationUsuelleEtablissement": clean(establishment.get("nom_commercial")),
            "activitePrincipaleEtablissement": naf,
            "nomenclatureActivitePrincipaleEtablissement": "NAFRev2" if naf else "",
            "caractereEmployeurEtablissement": clean(establishment.get("caractere_employeur")),
            "statutDiffusionUniteLegale": clean(unit.get("statut_diffusion")),
            "denominationUniteLegale": clean(unit.get("nom_raison_sociale")),
            "sigleUniteLegale": clean(unit.get("sigle")),
            "categorieJuridiqueUniteLegale": form,
            "economieSocialeSolidaireUniteLegale": "" if ess is None else _FLAGS[bool(ess)],
        }
    )


def _person_words(unit: dict[str, Any]) -> set[str]:
    """Words of the name of a natural person, first names too: they are not told apart.

    The full name ends with the trade name of the seat and the acronym in brackets.
    """
    full = clean(unit.get("nom_complet")).upper()
    for added in ((unit.get("siege") or {}).get("nom_commercial"), unit.get("sigle")):
        if clean(added):
            full = full.replace(f"({clean(added).upper()})", " ")
    names = f"{full} {clean(unit.get('nom_raison_sociale'))}"
    return {word for word in normalise(names).split() if len(word) > 1}
