"""data·inclusion as its API answers: a bearer token, fastapi-pagination, 401, 403 and 422 bodies."""

from __future__ import annotations

from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

TOKEN = "jeton-fictif-de-test"
#: Largest page and the one by default.
MAXIMUM, DEFAULT = 10_000, 5_000
_NETWORKS = (
    "france-service", "france-travail", "mission-locale", "ccas-cias", "caf", "cpam", "plie",
    "cap-emploi-reseau-cheops", "aci", "etti", "ea", "esat", "pimms-mediation",
)  # fmt: skip


class DataInclusionServer(LocalServer):
    """``/structures`` and ``/services``: invented ones in the communes of the demonstration.

    ``largest``: biggest page that is granted. ``expired``: the token is refused (403).
    """

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.world = world
        self.largest = more.pop("largest", MAXIMUM)
        self.expired = more.pop("expired", False)
        LocalServer.__init__(self, **more)
        self.structures, self.services = invented(world) if world else ([], [])

    def answer(self, seen: Seen) -> Response:
        bearer = seen.headers.get("authorization", "")
        if not bearer.startswith("Bearer "):
            return Response.of_json({"detail": "Not authenticated"}, 401)
        if bearer != f"Bearer {TOKEN}" or self.expired:
            return Response.of_json({"detail": "Not authenticated"}, 403)
        rows = {"/structures": self.structures, "/services": self.services}.get(seen.path)
        if rows is None:
            return Response.of_json({"detail": "Not Found"}, 404)
        return self._refusal(seen) or self._paged(seen, rows)

    def _refusal(self, seen: Seen) -> Response | None:
        code = seen.param("code_commune")
        if code and self.world and code not in self.world.communes:
            return Response.of_json({"detail": "This `code_commune` does not exist."}, 422)
        size = seen.param("size", str(DEFAULT))
        if not size.isdigit() or not 1 <= int(size) <= MAXIMUM:
            said = {
                "loc": ["query", "size"],
                "msg": f"Input should be less than or equal to {MAXIMUM}",
                "type": "less_than_equal",
            }
            return Response.of_json({"detail": [said]}, 422)
        return None

    def _paged(self, seen: Seen, rows: list[dict[str, Any]]) -> Response:
        commune, department = seen.param("code_commune"), seen.param("code_departement")
        found = [
            row
            for row in rows
            if (not commune or row["code_insee"] == commune)
            and (not department or str(row["code_insee"] or "").startswith(department))
        ]
        size = min(int(seen.param("size", str(DEFAULT))), self.largest)
        page = int(seen.param("page", "1"))
        return Response.of_json(
            {
                "items": found[(page - 1) * size : page * size],
                "total": len(found),
                "page": page,
                "size": size,
                "pages": -(-len(found) // size),
            }
        )


def invented(world: World) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A structure in each second commune, every fourth one also told by a second publisher."""
    structures, services = [], []
    for rank, (code, commune) in enumerate(sorted(world.communes.items())):
        if rank % 2:
            continue
        network = _NETWORKS[(rank // 2) % len(_NETWORKS)]
        point = inside(world, code)
        name = f"Structure fictive {network} de {commune['LIBELLE']}"
        twin = [{"source": "soliguide", "id": f"soliguide--{rank}"}] if rank % 4 == 0 else []
        structures.append(structure(f"dora--{rank}", "dora", name, code, network, point, twin))
        if twin:
            other = structure(f"soliguide--{rank}", "soliguide", name.upper(), code, "", None, [])
            structures.append({**other, "siret": f"0009{rank:05d}00011", "score_qualite": 0.2})
        services.append(
            service(
                f"dora--s{rank}",
                f"dora--{rank}",
                code,
                "accompagnement",
                ["se-former--utiliser-le-numerique", "mobilite--etre-accompagne"],
            )
        )
    services.append(
        service(
            "dora--orphelin", "dora--ailleurs", next(iter(world.communes)), "aide-materielle", []
        )
    )
    return structures, services


def inside(world: World, code: str) -> tuple[float, float]:
    """A point of the commune: the middle of the box of its contour."""
    numbers: list[tuple[float, float]] = []
    waiting = [world.contours[code]["geometry"]["coordinates"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item[0], (int, float)):
            numbers.append((item[0], item[1]))
        else:
            waiting += item
    lon, lat = [p[0] for p in numbers], [p[1] for p in numbers]
    return (round((min(lon) + max(lon)) / 2, 6), round((min(lat) + max(lat)) / 2, 6))


def structure(
    name: str,
    source: str,
    label: str,
    code: str,
    network: str,
    point: Optional[tuple[float, float]],
    twins: list[dict[str, str]],
) -> dict[str, Any]:
    return {
        "id": name,
        "source": source,
        "nom": label,
        "siret": None,
        "date_maj": "2026-09-01",
        "adresse": "1 rue Imaginaire",
        "complement_adresse": None,
        "code_postal": f"{code[:2]}000",
        "code_insee": code,
        "commune": code,
        "longitude": point[0] if point else None,
        "latitude": point[1] if point else None,
        "adresse_certifiee": point is not None,
        "description": "Structure inventée pour les tests.",
        "telephone": "0200000000",
        "courriel": "contact@exemple.invalid",
        "site_web": None,
        "horaires_accueil": "Mo-Fr 09:00-12:00",
        "accessibilite_lieu": None,
        "lien_source": None,
        "reseaux_porteurs": [network] if network else None,
        "score_qualite": 0.9,
        "doublons": twins,
    }


def service(name: str, owner: str, code: str, kind: str, themes: list[str]) -> dict[str, Any]:
    return {
        "id": name,
        "source": name.partition("--")[0],
        "structure_id": owner,
        "nom": "Service fictif",
        "type": kind,
        "thematiques": themes,
        "code_insee": code,
        "telephone": "0200000000",
        "courriel": "contact@exemple.invalid",
        "frais": "gratuit",
        "score_qualite": 0.8,
    }
