"""The API Sirène 3.11 on the demonstration's register: key, cursor, periods, masks, quota.

Facts from the service's documentation, written here by hand: ``q`` is parsed for the few forms
that matter, and a form that the test forbids is refused as the service refuses a wrong one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Optional
from urllib.parse import parse_qsl

from .base import LocalServer, Response, Seen
from .world import Row, World

HEADER = "x-insee-api-key-integration"
LONGEST_ADDRESS = 8000
_UNIT = [
    "etatAdministratifUniteLegale",
    "statutDiffusionUniteLegale",
    "dateCreationUniteLegale",
    "categorieJuridiqueUniteLegale",
    "denominationUniteLegale",
    "sigleUniteLegale",
    "denominationUsuelle1UniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "categorieEntreprise",
    "trancheEffectifsUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale",
    "nicSiegeUniteLegale",
    "identifiantAssociationUniteLegale",
    "sexeUniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "prenom1UniteLegale",
    "prenomUsuelUniteLegale",
    "activitePrincipaleNAF25UniteLegale",
]
_PERIOD = [
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "enseigne3Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "etatAdministratifEtablissement",
]
_PLAIN = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "dateDernierTraitementEtablissement",
    "activitePrincipaleNAF25Etablissement",
]
_PLACE = [
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
]


class SireneApiServer(LocalServer):
    """``/siret`` by GET or POST, of ``world`` and of ``extra`` items.

    ``grouped`` and ``open_period``: whether ``code:(a OR b)`` and ``-dateFin:*`` are understood.
    ``newest_first``: order of the periods. ``lie``: added to every total. ``now``: the clock that
    the quota is counted with, that of the machine by default.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        super().__init__(**more)
        self.items = _items(world) if world else []
        self._lists: dict[Any, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
        self.grouped = True
        self.open_period = True
        self.newest_first = True
        self.lie = 0
        self.now: Optional[Callable[[], float]] = None

    def receive(self, seen: Seen) -> Response:
        return super().receive(replace(seen, time=self.now()) if self.now else seen)

    def over_quota(self, seen: Seen) -> Response:
        words = "Rate limit exceeded ! You reach the limit of 30 requests per 1 minutes"
        return Response.of_json({"message": words, "http_status_code": 429}, 429)

    def answer(self, seen: Seen) -> Response:
        if not seen.headers.get(HEADER):
            words = "No API key found in the request"
            return Response.of_json({"message": words, "http_status_code": 401}, 401)
        if seen.path != "/siret":
            words = "No context-path matches the request URI."
            return Response.of_json({"message": words, "http_status_code": 404}, 404)
        asked = dict(seen.params)
        if sum(len(name) + len(value) for name, value in seen.params) > LONGEST_ADDRESS:
            return _error(414, "URI trop longue")
        if seen.method == "POST":
            asked = dict(parse_qsl(seen.body.decode("ascii")))
        return self._list(asked)

    def _list(self, asked: dict[str, str]) -> Response:
        query, count = asked.get("q", ""), int(asked.get("nombre", "20"))
        if count > 1000:
            return _error(400, "Erreur : le nombre d'éléments demandés est supérieur à 1000")
        wrong = ("(" in query.split("Etablissement:")[1][:1]) and not self.grouped
        if wrong or ("-dateFin" in query and not self.open_period):
            return _error(400, f"Erreur de syntaxe dans le paramètre q={query}")
        found = self._found(query, asked.get("date", ""))
        if not found:
            return _error(404, f"Aucun élément trouvé pour q={query}")
        cursor = asked.get("curseur", "*")
        start = 0 if cursor == "*" else int(base64.b64decode(cursor).decode())
        page = found[start : start + count]
        end = start + len(page)
        following = base64.b64encode(b"%d" % end).decode() if page else cursor
        header = {"statut": 200, "message": "OK", "total": len(found) + self.lie, "debut": 0}
        header.update(nombre=len(page), curseur=cursor, curseurSuivant=following)
        shown = [self._shown(item, asked) for item in page]
        return Response.of_json({"header": header, "etablissements": shown})

    def _found(self, query: str, day: str) -> list[dict[str, Any]]:
        """The list of a question, made once for all its pages."""
        question = (query, day, len(self.items))
        known = self._lists.get(question)
        if known is None or known[0] is not self.items:
            found = [item for item in self.items if _matches(item, query, day)]
            known = (self.items, sorted(found, key=lambda item: str(item["siret"])))
            self._lists[question] = known
        return known[1]

    def _shown(self, item: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
        periods = item["periodesEtablissement"]
        day = asked.get("date", "")
        if day:
            periods = [period for period in periods if _covers(period, day)]
        item = {**item, "periodesEtablissement": periods if self.newest_first else periods[::-1]}
        fields = asked.get("champs", "")
        hide = asked.get("masquerValeursNulles") == "true"
        shown: dict[str, Any] = _kept(item, set(fields.split(",")) if fields else None, hide)
        return shown


def _kept(value: Any, fields: Optional[set[str]], hide: bool) -> Any:
    if isinstance(value, list):
        return [_kept(item, fields, hide) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _kept(item, fields, hide)
        for name, item in value.items()
        if (isinstance(item, (dict, list)) or fields is None or name in fields)
        and not (hide and item is None)
    }


def _covers(period: dict[str, Any], day: str) -> bool:
    return period["dateDebut"] <= day and (not period["dateFin"] or day <= period["dateFin"])


def _matches(item: dict[str, Any], query: str, day: str) -> bool:
    inside = re.search(r"periode\((.*)\)(?: AND economie|$)", query)
    assert inside, query
    outside = query.replace(inside.group(0), "")
    place = item["adresseEtablissement"]["codeCommuneEtablissement"]
    if place not in re.findall(r"\b(?:\d{5}|2[AB]\d{3})\b", outside):
        return False
    flag = item["uniteLegale"]["economieSocialeSolidaireUniteLegale"]
    if "economieSocialeSolidaireUniteLegale:O" in query and flag != "O":
        return False
    periods = item["periodesEtablissement"]
    if day:
        periods = [period for period in periods if _covers(period, day)]
    return any(_fits(period, inside.group(1)) for period in periods)


def _fits(period: dict[str, Any], words: str) -> bool:
    """Whether one period, past or present, has everything."""
    states = re.findall(r"etatAdministratifEtablissement:(\w)", words)
    if states and period["etatAdministratifEtablissement"] not in states:
        return False
    if "-dateFin:*" in words and period["dateFin"]:
        return False
    classes = re.findall(r"activitePrincipaleEtablissement:([\w.*]+)", words)
    own = str(period["activitePrincipaleEtablissement"] or "")
    return not classes or any(
        own.startswith(text[:-1]) if text.endswith("*") else own == text for text in classes
    )


def _error(status: int, words: str) -> Response:
    return Response.of_json({"header": {"statut": status, "message": words}}, status)


def _items(world: World) -> list[dict[str, Any]]:
    units = {row["siren"]: row for row in world.rows("StockUniteLegale_utf8.zip", delimiter=",")}
    rows = world.rows("StockEtablissement_utf8.zip", delimiter=",")
    return [_item(row, units[row["siren"]]) for row in rows]


def _item(row: Row, unit: Row) -> dict[str, Any]:
    """An establishment as the service tells it: one that closed, or that had another activity or
    state before, has a past period in which it was open."""
    now = {"dateFin": None, "dateDebut": row["dateDebut"], **_some(row, _PERIOD)}
    periods = [now]
    if row["nombrePeriodesEtablissement"] != "1":
        start, end = row["dateCreationEtablissement"], row["dateDebut"]
        past = {"dateFin": end, "dateDebut": start, "etatAdministratifEtablissement": "A"}
        periods.append({**now, **past, "nomenclatureActivitePrincipaleEtablissement": "NAF1993"})
    return {
        **_some(row, _PLAIN),
        "etablissementSiege": row["etablissementSiege"] == "true",
        "nombrePeriodesEtablissement": len(periods),
        "uniteLegale": _some(unit, _UNIT),
        "adresseEtablissement": _some(row, _PLACE),
        "adresse2Etablissement": {"codeCommune2Etablissement": None},
        "periodesEtablissement": periods,
    }


def _some(row: Row, names: list[str]) -> dict[str, Any]:
    return {name: row.get(name) or None for name in names}
