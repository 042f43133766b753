"""The API Recherche d'entreprises on the demonstration's register.

Facts from the service's documentation and public source, written here by hand: 25 units a page,
the count and the list stop at 10 000, criteria are of the unit, those of place are of any of its
establishments, closed establishments match too, a unit with many establishments is kept in pieces
of which a list shows one, natural persons under partial diffusion are found by number only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import Row, World

MASK = "[NON-DIFFUSIBLE]"
_PIECE = 100
#: Sections of the divisions (NAF rév. 2): first division of each section.
_FIRST = {
    "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 45, "H": 49, "I": 55, "J": 58, "K": 64,
    "L": 68, "M": 69, "N": 77, "O": 84, "P": 85, "Q": 86, "R": 90, "S": 94, "T": 97, "U": 99,
}  # fmt: skip
_COMMUNE = re.compile(r"^([013-9]\d|2[AB1-9])\d{3}$")
_DEFAULTS = {"minimal", "include", "include_admin", "page", "per_page", "page_etablissements",
             "limite_matching_etablissements", "sort_by_size"}  # fmt: skip

Unit = dict[str, Any]


class RechercheEntreprisesServer(LocalServer):
    """``/search`` on ``units``, those of ``world`` unless a test gives its own.

    ``cap``: the most that is counted or shown. ``lie``: added to every total. ``shaky``: units of
    the same rank change places from one answer to the next. ``admin``: whether ``include_admin``
    gives the establishments of a unit. ``now``: the clock that the quota is counted with.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        super().__init__(**more)
        self.units: list[Unit] = _units(world) if world else []
        self._lists: dict[Any, tuple[list[Unit], list[tuple[Unit, list[Unit]]]]] = {}
        self.cap = 10_000
        self.lie = 0
        self.shaky: Optional[random.Random] = None
        self.admin = True
        self.now: Optional[Callable[[], float]] = None

    def receive(self, seen: Seen) -> Response:
        return super().receive(replace(seen, time=self.now()) if self.now else seen)

    def over_quota(self, seen: Seen) -> Response:
        words = {"erreur": "Trop de requêtes. Veuillez réessayer plus tard."}
        return Response.of_json(words, 429, headers=(("Retry-After", "1"),))

    def answer(self, seen: Seen) -> Response:
        asked = dict(seen.params)
        if seen.path != "/search":
            return _error("Not Found", 404)
        wrong = self._wrong(asked)
        if wrong:
            return _error(wrong)
        size, number = int(asked.get("per_page", "10")), int(asked.get("page", "1"))
        most = int(asked.get("limite_matching_etablissements", "10"))
        found = list(self._listed(asked, most))
        if self.shaky:
            self.shaky.shuffle(found)
        found.sort(key=lambda pair: -pair[0]["nombre_etablissements_ouverts"])
        total = min(len(found) + (self.lie if found else 0), self.cap)
        page = found[: self.cap][(number - 1) * size : number * size]
        results = [self._shown(unit, matching, asked) for unit, matching in page]
        told = {"total_results": total, "page": number, "per_page": size}
        return Response.of_json({"results": results, **told, "total_pages": -(-total // size)})

    def _wrong(self, asked: dict[str, str]) -> str:
        size, number = int(asked.get("per_page", "10")), int(asked.get("page", "1"))
        if not set(asked) - _DEFAULTS:
            return "Veuillez indiquer au moins un paramètre de recherche."
        if not 1 <= size <= 25:
            return "Veuillez indiquer un paramètre `per_page` entre `1` et `25`, par défaut `10`."
        if number * size > self.cap:
            return "Le nombre total de résultats est restreint à 10 000."
        if "include" in asked and asked.get("minimal") != "true":
            return "Veuillez indiquer si vous souhaitez une réponse minimale avec le filtre `minimal=True`."
        if not all(_COMMUNE.match(code) for code in asked.get("code_commune", "01001").split(",")):
            return "Au moins une valeur du paramètre commune est non valide."
        if any(len(code) != 6 for code in asked.get("activite_principale", "01.11Z").split(",")):
            return "Au moins un paramètre `activite_principale` est non valide."
        return ""

    def _listed(self, asked: dict[str, str], most: int) -> list[tuple[Unit, list[Unit]]]:
        """The list of a question, made once for all its pages."""
        paging = ("page", "per_page", "minimal", "include")
        question = (most, *sorted(item for item in asked.items() if item[0] not in paging))
        known = self._lists.get(question)
        if known is None or known[0] is not self.units:
            known = self._lists[question] = (self.units, self._found(asked, most))
        return known[1]

    def _found(self, asked: dict[str, str], most: int) -> list[tuple[Unit, list[Unit]]]:
        if "q" in asked:
            same = [unit for unit in self.units if unit["siren"] == asked["q"]]
            last = int(asked.get("page_etablissements", "1"))
            return [(unit, []) for unit in same if len(_pieces(unit)) >= last]
        result = []
        wanted = {name: frozenset(value.split(",")) for name, value in asked.items()}
        for unit in self.units:
            if not _fits(unit, wanted):
                continue
            for piece in _pieces(unit):
                matching = [row for row in piece if _is_in(row, wanted)]
                if matching:
                    matching.sort(key=lambda row: str(row["etat_administratif"]))
                    result.append((unit, matching[:most]))
                    break
        return result

    def _shown(self, unit: Unit, matching: list[Unit], asked: dict[str, str]) -> Unit:
        shown = {name: value for name, value in unit.items() if name != "etablissements"}
        shown["siege"] = next(row for row in unit["etablissements"] if row["est_siege"])
        shown["matching_etablissements"] = matching
        if self.admin and "etablissements" in asked.get("include_admin", ""):
            shown["etablissements"] = _pieces(unit)[int(asked.get("page_etablissements", "1")) - 1]
        person = unit["nature_juridique"] == "1000"
        for name in ("matching_etablissements", "etablissements"):
            if name in shown:
                shown[name] = [_masked(row, unit, person) for row in shown[name]]
        shown["siege"] = _masked(shown["siege"], unit, person)
        if unit["statut_diffusion"] == "P":
            hidden = ("nom_complet", "nom_raison_sociale", "sigle") if person else ("sigle",)
            shown.update(dict.fromkeys(hidden, MASK))
        return shown


def _masked(row: Unit, unit: Unit, person: bool) -> Unit:
    if "P" not in (unit["statut_diffusion"], row["statut_diffusion_etablissement"]):
        return row
    row = {**row, **dict.fromkeys(("adresse", "code_postal", "longitude", "latitude"), MASK)}
    if person:
        row["nom_commercial"] = MASK
        row["liste_enseignes"] = row["liste_enseignes"] and [MASK] * len(row["liste_enseignes"])
    return row


def _pieces(unit: Unit) -> list[list[Unit]]:
    """Establishments by hundreds, as the index keeps them."""
    rows = unit["etablissements"]
    return [rows[start : start + _PIECE] for start in range(0, len(rows), _PIECE)]


def _fits(unit: Unit, wanted: dict[str, frozenset[str]]) -> bool:
    if unit["statut_diffusion"] == "P" and unit["nature_juridique"] == "1000":
        return False
    for name in ("activite_principale", "section_activite_principale", "tranche_effectif_salarie",
                 "nature_juridique", "etat_administratif"):  # fmt: skip
        if name in wanted and unit[name] not in wanted[name]:
            return False
    for name in ("est_ess", "est_siae", "est_entrepreneur_individuel"):
        said = "true" if unit["complements"][name] else "false"
        if name in wanted and said not in wanted[name]:
            return False
    return True


def _is_in(row: Unit, wanted: dict[str, frozenset[str]]) -> bool:
    places = (("code_commune", "commune"), ("departement", "departement"))
    return all(row[own] in wanted[name] for name, own in places if name in wanted)


def _error(words: str, status: int = 400) -> Response:
    return Response.of_json({"erreur": words}, status)


def section_of(naf: Optional[str]) -> Optional[str]:
    if not naf:
        return None
    return max((first, letter) for letter, first in _FIRST.items() if first <= int(naf[:2]))[1]


def unit_of(
    siren: str, establishments: list[Unit], *, form: str = "5710", name: str = "SOCIETE INVENTEE",
    naf: Optional[str] = "81.21Z", size: str = "NN", ess: bool = False, siae: str = "",
    status: str = "O", state: str = "A",
) -> Unit:  # fmt: skip
    """A unit as the service shows it."""
    return {
        "siren": siren,
        "nom_complet": name,
        "nom_raison_sociale": None if form == "1000" else name,
        "sigle": None,
        "nombre_etablissements": len(establishments),
        "nombre_etablissements_ouverts": sum(
            row["etat_administratif"] == "A" for row in establishments
        ),
        "activite_principale": naf,
        "activite_principale_naf25": None,
        "section_activite_principale": section_of(naf),
        "etat_administratif": state,
        "nature_juridique": form,
        "tranche_effectif_salarie": size,
        "statut_diffusion": status,
        "complements": {
            "est_ess": ess,
            "est_siae": bool(siae),
            "type_siae": siae or None,
            "est_entrepreneur_individuel": form == "1000",
        },
        "etablissements": establishments,
    }


def establishment_of(
    siret: str, commune: str, *, naf: Optional[str] = "81.21Z", state: str = "A",
    size: Optional[str] = "NN", seat: bool = True, status: str = "O",
    at: tuple[Optional[str], Optional[str]] = (None, None), signs: Optional[list[str]] = None,
    employer: Optional[str] = "N", trade: Optional[str] = None,
) -> Unit:  # fmt: skip
    """An establishment as the service shows it."""
    return {
        "siret": siret,
        "activite_principale": naf,
        "activite_principale_naf25": f"{naf[:5]}Y" if naf else None,
        "adresse": "1 RUE INVENTEE",
        "caractere_employeur": employer,
        "code_postal": "00000",
        "commune": commune,
        "departement": commune[:3] if commune[:2] == "97" else commune[:2],
        "est_siege": seat,
        "etat_administratif": state,
        "latitude": at[1],
        "liste_enseignes": signs,
        "longitude": at[0],
        "nom_commercial": trade,
        "statut_diffusion_etablissement": status,
        "tranche_effectif_salarie": size,
    }


def _units(world: World) -> list[Unit]:
    points = {
        row["siret"]: (row["x_longitude"], row["y_latitude"])
        for row in world.rows(
            "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
        )
    }
    rows: dict[str, list[Unit]] = {}
    for row in world.rows("StockEtablissement_utf8.zip", delimiter=","):
        rows.setdefault(row["siren"], []).append(_establishment(row, points))
    units = world.rows("StockUniteLegale_utf8.zip", delimiter=",")
    return [_unit(row, rows[row["siren"]]) for row in units if row["siren"] in rows]


def _establishment(row: Row, points: dict[str, tuple[str, str]]) -> Unit:
    signs = [row[f"enseigne{rank}Etablissement"] for rank in (1, 2, 3)]
    return establishment_of(
        row["siret"],
        row["codeCommuneEtablissement"],
        naf=row["activitePrincipaleEtablissement"] or None,
        state=row["etatAdministratifEtablissement"],
        size=row["trancheEffectifsEtablissement"] or None,
        seat=row["etablissementSiege"] == "true",
        status=row["statutDiffusionEtablissement"],
        at=points.get(row["siret"], (None, None)),
        signs=[sign for sign in signs if sign] or None,
        employer=row["caractereEmployeurEtablissement"] or None,
        trade=row["denominationUsuelleEtablissement"] or None,
    )


def _unit(row: Row, establishments: list[Unit]) -> Unit:
    full = f"{row['prenomUsuelUniteLegale']} {row['nomUniteLegale']}".strip()
    flag = row["economieSocialeSolidaireUniteLegale"] == "O"
    inclusion = flag and row["activitePrincipaleUniteLegale"] in ("81.30Z", "88.99B", "38.11Z")
    return unit_of(
        row["siren"],
        establishments,
        form=row["categorieJuridiqueUniteLegale"],
        name=row["denominationUniteLegale"] or full,
        naf=row["activitePrincipaleUniteLegale"] or None,
        size=row["trancheEffectifsUniteLegale"] or "NN",
        ess=flag,
        siae="ACI" if inclusion else "",
        status=row["statutDiffusionUniteLegale"],
        state=row["etatAdministratifUniteLegale"],
    )
