"""Addresses as the Base Adresse Nationale publishes them: one CSV a département, 23 columns."""

from __future__ import annotations

import random
from pathlib import Path

from ..core.french import without_accents
from ..core.progress import Progress
from .numbers import stream
from .plane import Degrees
from .streets import Address
from .territory import DEPARTMENT, Commune
from .writing import columns, csv_bytes, write_gzip

HEADER = columns(
    "id id_fantoir numero rep nom_voie code_postal code_insee nom_commune "
    "code_insee_ancienne_commune nom_ancienne_commune x y lon lat type_position alias "
    "nom_ld libelle_acheminement nom_afnor source_position source_nom_voie "
    "certification_commune cad_parcelles"
)


def upper(text: str) -> str:
    """Capitals without accents, hyphens or apostrophes, as La Poste and Sirène write."""
    text = text.replace("Œ", "OE").replace("œ", "oe").replace("'", " ").replace("-", " ")
    return without_accents(text).upper()


def post_town(name: str) -> str:
    """Name of a town on the last line of an address: ``ST EXEMPLE DU BOCAGE``."""
    padded = f" {upper(name)} "
    return padded.replace(" SAINT ", " ST ").replace(" SAINTE ", " STE ").strip()


def write(folder: Path, addresses: list[Address], seed: int, progress: Progress) -> None:
    """Write ``adresses-53.csv.gz`` (``;``, UTF-8, ``\\n``)."""
    rng = stream(seed, "ban")
    degrees = Degrees().many((address.x, address.y) for address in addresses)
    habits: dict[str, bool] = {}
    streets: dict[tuple[str, str], tuple[str, str]] = {}
    rows = []
    for address, (lon, lat) in zip(addresses, degrees):
        progress.check()
        commune = address.commune
        certified = habits.setdefault(commune.code, rng.random() < 0.72)
        key = (commune.code, address.street)
        if key not in streets:
            streets[key] = _street_codes(len(streets), address, certified, rng)
        identifier, fantoir = streets[key]
        rows.append(
            (
                f"{commune.code}_{identifier}_{address.number:05d}"
                + (f"_{address.suffix}" if address.suffix else ""),
                fantoir,
                address.number,
                address.suffix,
                address.street,
                commune.postcode,
                commune.code,
                commune.name,
                address.former,
                _former_name(commune, address.former),
                f"{address.x:.2f}",
                f"{address.y:.2f}",
                f"{lon:.6f}",
                f"{lat:.6f}",
                rng.choice(("entrée", "entrée", "segment", "bâtiment")) if certified else "",
                "",
                "",
                post_town(commune.name),
                upper(address.street),
                "commune" if certified else rng.choice(("cadastre", "inconnue")),
                "commune" if certified else "inconnue",
                1 if certified else 0,
                f"{commune.code}0000{rng.choice('ABCD')}{rng.randint(1, 1400):04d}"
                if certified
                else "",
            )
        )
    content = csv_bytes(HEADER, rows, ending="\n")
    write_gzip(folder / f"adresses-{DEPARTMENT}.csv.gz", content)


def _street_codes(
    rank: int, address: Address, certified: bool, rng: random.Random
) -> tuple[str, str]:
    """Street part of the BAN identifier and FANTOIR code, provisional where not certified."""
    if certified:
        code = f"b{rank % 900 + 100}" if address.hamlet else f"{rank % 9000 + 100:04d}"
        return code, f"{address.commune.code}_{code}"
    letters = "abcdefghijkmnpqrstuvwxyz0123456789"  # pragma: allowlist secret
    return "".join(rng.choice(letters) for _ in range(6)), ""


def _former_name(commune: Commune, code: str) -> str:
    return next((name for former, name, _ in commune.former if former == code), "")
