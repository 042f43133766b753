"""« Les emplois de l’inclusion » as its public API answers: Django REST framework, list-shaped 400."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

#: Largest page that is granted, whatever is asked.
GRANTED = 20
_TYPES = ("ACI", "EI", "AI", "ETTI", "EITI", "GEIQ", "OPCS")
_WITHOUT = (
    "Les paramètres `code_insee` et `distance_max_km` sont obligatoires si ni `departement` "
    "ni `postes_dans_le_departement` ne sont spécifiés."
)


def siret(number: int) -> str:
    """A SIRET that nobody has: SIREN beginning with 000."""
    return f"000{number:06d}{number % 100:05d}"


class EmploisInclusionServer(LocalServer):
    """``/siaes/``: invented enterprises in the communes of the demonstration, and the rows given.

    ``rows``: in place of the invented ones. ``granted``: largest page.
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.world = world
        self.rows: list[dict[str, Any]] = more.pop("rows", None) or (
            invented(world) if world else []
        )
        self.granted = more.pop("granted", GRANTED)
        quota = more.pop("quota", (12, 60.0))
        LocalServer.__init__(self, quota=quota, **more)

    def answer(self, seen: Seen) -> Response:
        if seen.path != "/siaes/":
            return Response.of_json({"detail": "Pas trouvé."}, 404)
        given = {name for name, _ in seen.params}
        if not given & {"code_insee", "departement", "postes_dans_le_departement"}:
            return Response.of_json([_WITHOUT], 400)
        if "code_insee" in given:
            return self._around(seen)
        code = seen.param("departement") or seen.param("postes_dans_le_departement")
        return self._paged(seen, [row for row in self.rows if row["departement"] == code])

    def _around(self, seen: Seen) -> Response:
        if float(seen.param("distance_max_km", "0")) > 100:
            words = "Assurez-vous que cette valeur est inférieure ou égale à 100."
            return Response.of_json({"distance_max_km": [words]}, 400)
        code = seen.param("code_insee")
        towns = self.world.communes if self.world else {}
        if code not in towns:
            return Response.of_json({"detail": f"Pas de ville avec pour code_insee {code}"}, 404)
        town = towns[code]["LIBELLE"]
        return self._paged(seen, [row for row in self.rows if row["ville"] == town])

    def _paged(self, seen: Seen, rows: list[dict[str, Any]]) -> Response:
        size = min(int(seen.param("page_size", "20")), self.granted)
        page = int(seen.param("page", "1"))
        start = (page - 1) * size
        if page < 1 or (start >= len(rows) and page > 1):
            return Response.of_json({"detail": "Page non valide."}, 404)
        more = start + size < len(rows)
        return Response.of_json(
            {
                "count": len(rows),
                "next": f"{self.url}/siaes/?page={page + 1}" if more else None,
                "previous": f"{self.url}/siaes/?page={page - 1}" if page > 1 else None,
                "results": rows[start : start + size],
            }
        )

    def over_quota(self, seen: Seen) -> Response:
        words = "Requête ralentie. Disponible dans 34 secondes."
        return Response.of_json({"detail": words}, 429, headers=(("Retry-After", "34"),))


def invented(world: World) -> list[dict[str, Any]]:
    """An enterprise in each third commune, some under two types; the associations of the register
    with an activity of inclusion; and one elsewhere."""
    rows = []
    units = {unit["siren"]: unit for unit in world.rows("StockUniteLegale_utf8.zip", delimiter=",")}
    for item in world.rows("StockEtablissement_utf8.zip", delimiter=","):
        unit = units.get(item["siren"], {})
        open_one = item["etatAdministratifEtablissement"] == "A"
        if _is_inclusion(unit) and open_one:
            town = world.communes.get(item["codeCommuneEtablissement"])
            if town is not None:
                name = unit["denominationUniteLegale"]
                code = item["codeCommuneEtablissement"]
                rows.append(row(item["siret"], "ACI", name, town["DEP"], town["LIBELLE"], code))
    for rank, (code, commune) in enumerate(sorted(world.communes.items())):
        if rank % 3:
            continue
        kind = _TYPES[(rank // 3) % len(_TYPES)]
        name = f"ATELIER FICTIF DE {commune['LIBELLE'].upper()}"
        rows.append(row(siret(rank + 1), kind, name, commune["DEP"], commune["LIBELLE"], code))
        if rank % 2 == 0 and kind != "EI":
            rows.append(row(siret(rank + 1), "EI", name, commune["DEP"], commune["LIBELLE"], code))
    department = next(iter(world.communes.values()))["DEP"]
    rows.append(row(siret(999), "ACI", "ATELIER FICTIF LOINTAIN", department, "Lointaine", ""))
    return rows


def _is_inclusion(unit: dict[str, str]) -> bool:
    return (
        unit.get("economieSocialeSolidaireUniteLegale") == "O"
        and unit["activitePrincipaleUniteLegale"] in ("81.30Z", "88.99B", "38.11Z")
        and unit["statutDiffusionUniteLegale"] == "O"
        and bool(unit["denominationUniteLegale"])
    )


def row(number: str, kind: str, name: str, department: str, town: str, code: str) -> dict[str, Any]:
    """A row as the service writes it, the spelling ``addresse_`` included."""
    digest = hashlib.md5(f"{number}{kind}{name}{town}".encode()).digest()
    return {
        "id": str(uuid.UUID(bytes=digest)),
        "cree_le": "2021-03-01T10:00:00+01:00",
        "mis_a_jour_le": "2026-08-01T10:00:00+02:00",
        "siret": number,
        "type": kind,
        "raison_sociale": name,
        "enseigne": name.title(),
        "telephone": "0200000000",
        "courriel": "contact@exemple.invalid",
        "site_web": "",
        "description": "",
        "bloque_candidatures": False,
        "addresse_ligne_1": "1 rue Imaginaire",
        "addresse_ligne_2": "",
        "code_postal": f"{department[:2]}000",
        "ville": town,
        "departement": department,
        "postes": [
            {
                "id": 1,
                "rome": "A1203",
                "recrutement_ouvert": "True",
                "type_contrat": "CDDI",
                "nombre_postes_ouverts": 2,
                "lieu": {"nom": town, "departement": department, "code_insee": code},
            }
        ],
    }
