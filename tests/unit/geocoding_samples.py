"""A small invented BAN file: two communes of one postcode, a merged commune, Paris districts."""

from __future__ import annotations

import gzip
from pathlib import Path

HEADER = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"
    "code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;"
    "libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles"
)

#: code, name, postcode, lon, lat
COMMUNES = {
    "99001": ("Valmoreau", "99100", 2.0, 47.0),
    "99002": ("Saint-Ardoin-sur-Lisse", "99100", 2.2, 47.0),
    "99003": ("Les Trois-Chênes", "99200", 2.4, 47.0),
    "75111": ("Paris 11e Arrondissement", "75011", 2.38, 48.86),
    "75112": ("Paris 12e Arrondissement", "75012", 2.40, 48.84),
}

#: street number in the file, citycode, name, house numbers, more columns
STREETS = (
    (1, "99001", "Rue de la Gare", ("1", "3", "5", "7", "12", "12 bis", "14"), {}),
    (2, "99001", "Avenue du Général de Gaulle", ("1", "2", "8", "20"), {}),
    (3, "99001", "Rue Jean Jaurès", ("2", "4", "6 A", "6 B"), {}),
    (4, "99001", "Place du 8 Mai 1945", ("1", "2", "3"), {}),
    (5, "99001", "Chemin des Épinettes", ("10", "20", "30"), {}),
    (6, "99001", "La Ville Guérin", ("1", "2"), {}),
    (7, "99001", "Grande Rue", ("1", "2", "3"), {}),
    (8, "99001", "Impasse Carnot", ("1",), {}),
    (9, "99001", "Avenue Carnot", ("1", "40"), {}),
    (1, "99002", "Rue de la Gare", ("1", "3", "12"), {}),
    (2, "99002", "Rue du Lavoir", ("4",), {}),
    (3, "99002", "Rue des Colombières", ("17",), {"nom_ld": "Le Haut Clairet"}),
    (1, "99003", "Rue de l'Église", ("1", "2"), {"old": ("99004", "Montlisse")}),
    (2, "99003", "Rue de l'Église", ("1", "5"), {"old": ("99005", "Bois-Ferrant")}),
    (3, "99003", "Route de Valmoreau", ("100",), {"old": ("99004", "Montlisse")}),
    (1, "75111", "Rue de Charonne", ("10", "200"), {}),
    (1, "75112", "Rue de Reuilly", ("10",), {}),
)


def lines() -> list[str]:
    rows = [HEADER]
    for street, code, name, numbers, more in STREETS:
        city, postcode, lon, lat = COMMUNES[code]
        old_code, old_city = more.get("old", ("", ""))
        for at, text in enumerate(numbers):
            number, _, suffix = text.partition(" ")
            identifier = f"{code}_{street:04d}_{int(number):05d}" + (f"_{suffix}" if suffix else "")
            x = lon + 0.01 * street + 0.0002 * at
            y = lat + 0.004 * street
            cells = (identifier, "", number, suffix.lower(), name, postcode, code, city, old_code, old_city, "", "", f"{x:.6f}", f"{y:.6f}", "entrée", "", more.get("nom_ld", ""), city.upper(), "", "commune", "commune", "1", "")  # fmt: skip
            rows.append(";".join(cells))
    return rows


def write_ban(path: Path, rows: list[str] | None = None) -> Path:
    text = "\n".join(rows or lines()) + "\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    else:
        path.write_text(text, encoding="utf-8")
    return path
