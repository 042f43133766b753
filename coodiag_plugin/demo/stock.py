"""The register as Insee publishes it: both stock files zipped, and the geolocation file."""

from __future__ import annotations

import random
from pathlib import Path

from ..core.progress import Progress
from .addresses import upper
from .numbers import stream
from .plane import Degrees
from .register import Establishment, Unit
from .territory import World
from .writing import columns, csv_bytes, records_bytes, write_zip

MASK = "[ND]"
_ADDRESS = columns(
    "complementAdresse numeroVoie indiceRepetition dernierNumeroVoie "
    "indiceRepetitionDernierNumeroVoie typeVoie libelleVoie codePostal libelleCommune "
    "libelleCommuneEtranger distributionSpeciale codeCommune codeCedex libelleCedex "
    "codePaysEtranger libellePaysEtranger"
)
_SECOND = [part for part in _ADDRESS if not part.startswith(("dernier", "indiceRepetitionDernier"))]
ESTABLISHMENT_HEADER = (
    *columns(
        "siren nic siret statutDiffusionEtablissement dateCreationEtablissement "
        "trancheEffectifsEtablissement anneeEffectifsEtablissement "
        "activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement "
        "etablissementSiege nombrePeriodesEtablissement"
    ),
    *(f"{part}Etablissement" for part in _ADDRESS),
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    *(f"{part}2Etablissement" for part in _SECOND),
    *columns(
        "dateDebut etatAdministratifEtablissement enseigne1Etablissement "
        "enseigne2Etablissement enseigne3Etablissement denominationUsuelleEtablissement "
        "activitePrincipaleEtablissement nomenclatureActivitePrincipaleEtablissement "
        "caractereEmployeurEtablissement activitePrincipaleNAF25Etablissement"
    ),
)
UNIT_HEADER = columns(
    "siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale "
    "sigleUniteLegale sexeUniteLegale prenom1UniteLegale prenom2UniteLegale "
    "prenom3UniteLegale prenom4UniteLegale prenomUsuelUniteLegale pseudonymeUniteLegale "
    "identifiantAssociationUniteLegale trancheEffectifsUniteLegale "
    "anneeEffectifsUniteLegale dateDernierTraitementUniteLegale nombrePeriodesUniteLegale "
    "categorieEntreprise anneeCategorieEntreprise dateDebut etatAdministratifUniteLegale "
    "nomUniteLegale nomUsageUniteLegale denominationUniteLegale "
    "denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale "
    "denominationUsuelle3UniteLegale categorieJuridiqueUniteLegale "
    "activitePrincipaleUniteLegale nomenclatureActivitePrincipaleUniteLegale "
    "nicSiegeUniteLegale economieSocialeSolidaireUniteLegale societeMissionUniteLegale "
    "caractereEmployeurUniteLegale activitePrincipaleNAF25UniteLegale"
)
GEO_HEADER = columns(
    "siret x y qualite_xy epsg plg_qp24 plg_iris plg_zus plg_qp15 plg_qva "
    "plg_code_commune distance_precision qualite_qp24 qualite_iris qualite_zus "
    "qualite_qp15 qualite_qva y_latitude x_longitude"
)
_KINDS = {
    "RUE": "RUE",
    "AVENUE": "AV",
    "BOULEVARD": "BD",
    "ALLEE": "ALL",
    "IMPASSE": "IMP",
    "CHEMIN": "CHE",
    "ROUTE": "RTE",
    "PLACE": "PL",
    "SQUARE": "SQ",
    "RESIDENCE": "RES",
    "PASSAGE": "PAS",
}
_TREATED = "2025-11-20T09:15:00"


def write(
    folder: Path, world: World, establishments: list[Establishment], progress: Progress
) -> None:
    """Write ``StockEtablissement_utf8.zip``, ``StockUniteLegale_utf8.zip`` and the geolocation."""
    rng = stream(world.seed, "stock")
    units = {e.unit.siren: e.unit for e in establishments}
    seats: dict[str, str] = {}
    for establishment in establishments:
        if establishment.seat:
            seats[establishment.unit.siren] = establishment.nic
    rows = []
    for establishment in establishments:
        progress.check()
        rows.append(_establishment(establishment, rng))
    write_zip(
        folder / "StockEtablissement_utf8.zip",
        {"StockEtablissement_utf8.csv": records_bytes(ESTABLISHMENT_HEADER, rows)},
    )
    unit_rows = [_unit(unit, seats[siren]) for siren, unit in sorted(units.items())]
    write_zip(
        folder / "StockUniteLegale_utf8.zip",
        {"StockUniteLegale_utf8.csv": records_bytes(UNIT_HEADER, unit_rows)},
    )
    geo = csv_bytes(GEO_HEADER, _positions(establishments, world, rng), ";", ending="\n")
    (folder / "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv").write_bytes(
        geo
    )


def _establishment(place: Establishment, rng: random.Random) -> dict[str, object]:
    unit, address = place.unit, place.address
    employer = place.size not in ("NN", "00")
    row: dict[str, object] = {
        "siren": unit.siren,
        "nic": place.nic,
        "siret": place.siret,
        "statutDiffusionEtablissement": "P" if unit.partial else "O",
        "dateCreationEtablissement": place.created,
        "trancheEffectifsEtablissement": place.size,
        "anneeEffectifsEtablissement": "2023" if place.size != "NN" else "",
        "dateDernierTraitementEtablissement": _TREATED,
        "etablissementSiege": "true" if place.seat else "false",
        "nombrePeriodesEtablissement": 1 if place.active else 2,
        "dateDebut": place.created if place.active else f"{rng.randint(2021, 2025)}-06-30",
        "etatAdministratifEtablissement": "A" if place.active else "F",
        "activitePrincipaleEtablissement": place.naf,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O" if employer else "N",
        "activitePrincipaleNAF25Etablissement": place.naf[:5] + "Y",
        "libelleCommuneEtablissement": upper(address.commune.name),
        "codeCommuneEtablissement": address.commune.code,
    }
    private = {
        "codePostalEtablissement": address.commune.postcode,
        **_street(place, rng),
    }
    if place.quality:
        private["identifiantAdresseEtablissement"] = (
            f"{address.commune.code}{rng.randint(10, 9999):04d}_B"
        )
        private["coordonneeLambertAbscisseEtablissement"] = f"{address.x:.1f}"
        private["coordonneeLambertOrdonneeEtablissement"] = f"{address.y:.1f}"
    if unit.partial:
        private = dict.fromkeys(private, MASK)
    row.update(private)
    row["enseigne1Etablissement"] = MASK if unit.partial and unit.person else place.sign
    return row


def _street(place: Establishment, rng: random.Random) -> dict[str, str]:
    """Address parts as the register keeps them: kind of street apart, often abbreviated."""
    address = place.address
    text = upper(address.street)
    kind, _, rest = text.partition(" ")
    parts = {
        "numeroVoieEtablissement": str(address.number),
        "indiceRepetitionEtablissement": address.suffix[:1].upper(),
        "libelleVoieEtablissement": text,
    }
    if not address.hamlet and kind in _KINDS:
        parts["typeVoieEtablissement"] = _KINDS[kind] if rng.random() < 0.6 else kind
        parts["libelleVoieEtablissement"] = rest
    if rng.random() < 0.05:
        parts["complementAdresseEtablissement"] = f"BATIMENT {rng.choice('ABC')}"
    return parts


def _unit(unit: Unit, nic: str) -> dict[str, object]:
    hidden = unit.partial and unit.person
    row: dict[str, object] = {
        "siren": unit.siren,
        "statutDiffusionUniteLegale": "P" if unit.partial else "O",
        "dateCreationUniteLegale": unit.created,
        "trancheEffectifsUniteLegale": unit.size,
        "anneeEffectifsUniteLegale": "2023" if unit.size != "NN" else "",
        "dateDernierTraitementUniteLegale": _TREATED,
        "nombrePeriodesUniteLegale": 1,
        "categorieEntreprise": "PME",
        "anneeCategorieEntreprise": "2023",
        "dateDebut": unit.created,
        "etatAdministratifUniteLegale": "A" if unit.active else "C",
        "denominationUniteLegale": unit.name,
        "categorieJuridiqueUniteLegale": unit.category,
        "activitePrincipaleUniteLegale": unit.naf,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": nic,
        "economieSocialeSolidaireUniteLegale": "O" if unit.social else "N",
        "societeMissionUniteLegale": "N",
        "caractereEmployeurUniteLegale": "N" if unit.size in ("NN", "00") else "O",
        "activitePrincipaleNAF25UniteLegale": unit.naf[:5] + "Y",
    }
    if unit.person:
        row["nomUniteLegale"] = MASK if hidden else unit.family
        row["prenom1UniteLegale"] = row["prenomUsuelUniteLegale"] = MASK if hidden else unit.first
    if unit.category in ("9220", "9221", "9230"):
        row["identifiantAssociationUniteLegale"] = f"W539{unit.siren[2:8]}"
    return row


def _positions(
    establishments: list[Establishment], world: World, rng: random.Random
) -> list[tuple[object, ...]]:
    """Rows of the geolocation file: no row for masked or unlocated establishments."""
    located = [e for e in establishments if e.quality and not e.unit.partial]
    spots = []
    for place in located:
        x, y = place.address.x, place.address.y
        if place.quality == "33":
            x, y = world.bending.world(place.commune.seat)
        elif place.quality in ("12", "21"):
            spread = 40 if place.quality == "12" else 150
            x, y = x + rng.uniform(-spread, spread), y + rng.uniform(-spread, spread)
        spots.append((round(x, 2), round(y, 2)))
    precision = {"11": "10", "12": "60", "21": "250", "33": "2500"}
    return [
        (
            place.siret,
            f"{x:.2f}",
            f"{y:.2f}",
            place.quality,
            "2154",
            "HZ",
            f"{place.commune.code}0000",
            "HZ",
            "HZ",
            "HZ",
            place.commune.code,
            precision[place.quality],
            "1",
            "1",
            "1",
            "1",
            "1",
            f"{lat:.6f}",
            f"{lon:.6f}",
        )
        for place, (x, y), (lon, lat) in zip(located, spots, Degrees().many(spots))
    ]
