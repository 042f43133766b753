"""What the demonstration's files hold, counted again with the csv module alone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

Row = dict[str, str]
BOUNDS = {
    "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49), "21": (50, 99),
    "22": (100, 199), "31": (200, 249), "32": (250, 499),
}  # fmt: skip
FAMILIES = {
    "ess_associations": ("9220", "9221", "9230"),
    "ess_cooperatives": ("5560", "5458"),
    "ess_mutuelles": ("8210",),
    "ess_fondations": ("9300",),
}
#: Start of the activities of each filière, without the point.
FILIERES = {
    "dechets_reemploi": ("381", "382", "383", "4677", "4779", "95"),
    "alimentation": ("01", "03", "10", "463", "4711", "472", "4781", "561", "562"),
    "achats_responsables": (
        "43", "5621", "5629", "7820", "7830", "812", "8130", "8292", "8810C", "9601",
    ),
    "medico_social": ("87", "8810", "8891B", "8899"),
}  # fmt: skip
#: Types of equipment of each indicator, as the labels of the demonstration tell them.
EQUIPMENTS = {
    "medecins_generalistes": ("D265",), "pharmacies": ("D307",), "dentistes": ("D277",),
    "infirmiers": ("D281",), "hebergements_personnes_agees": ("D401",), "creches": ("D502",),
    "ecoles": ("C107", "C108", "C109"), "colleges": ("C201",), "lycees": ("C301", "C302"),
    "centres_sociaux": ("D591",), "relais_petite_enfance": ("D592",),
    "commerces_alimentaires": ("B104", "B105", "B202", "B207"),
    "grandes_surfaces": ("B104", "B105"), "boulangeries": ("B207",), "banques": ("A203",),
    "points_poste": ("A206", "A207", "A208"), "gares": ("E108", "E109"),
    "equipements_sportifs": ("F101", "F103", "F113", "F121"),
    "equipements_culturels": ("F303", "F305", "F307"), "bibliotheques": ("F307",),
}  # fmt: skip
#: Rates: counted indicator, columns of the census, multiplier.
RATES = {
    "medecins_generalistes_habitants": ("medecins_generalistes", ("P21_POP",), 10_000),
    "pharmacies_habitants": ("pharmacies", ("P21_POP",), 10_000),
    "dentistes_habitants": ("dentistes", ("P21_POP",), 10_000),
    "infirmiers_habitants": ("infirmiers", ("P21_POP",), 10_000),
    "commerces_alimentaires_habitants": ("commerces_alimentaires", ("P21_POP",), 1000),
    "equipements_sportifs_habitants": ("equipements_sportifs", ("P21_POP",), 1000),
    "siae_chomeurs": ("siae", ("P21_CHOM1564",), 1000),
    "part_population_qpv": ("population_qpv", ("P21_POP",), 100),
}


def read(path: Path, separator: str = ";") -> list[Row]:
    return list(
        csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=separator)
    )


def zipped(path: Path, separator: str = ",") -> list[Row]:
    with zipfile.ZipFile(path) as archive:
        (name,) = (n for n in archive.namelist() if not n.startswith("meta"))
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


class DemoCounts:
    """Figures of any group of communes of the demonstration, by indicator."""

    def __init__(self, folder: Path) -> None:
        self.equipments = read(folder / "BPE24.csv")
        self.houses = read(folder / "liste_france_services_2026.csv")
        self.structures = read(folder / "data_inclusion_2026.csv", ",")
        self.enterprises = read(folder / "siae_2026.csv", ",")
        self.census = {
            row["CODGEO"]: row for row in zipped_comparateur(folder / "base_cc_comparateur_csv.zip")
        }
        units = {row["siren"]: row for row in zipped(folder / "StockUniteLegale_utf8.zip")}
        self.places = []
        for row in zipped(folder / "StockEtablissement_utf8.zip"):
            if row["etatAdministratifEtablissement"] == "A":
                self.places.append({**units[row["siren"]], **row})
        names = {row["LIBELLE"]: row["COM"] for row in read(folder / "v_commune_2024.csv", ",")}
        self.people = [
            ([names[name] for name in row["LIB_COM"].split(", ")], row)
            for row in read(folder / "DEMO_QPV_2022.csv")
        ]

        self.children = read(folder / "base-ic-evol-struct-pop-2021.CSV")

    def figures(self, communes: Iterable[str]) -> dict[str, float]:
        inside = set(communes)
        found: dict[str, float] = {}
        for name, kinds in EQUIPMENTS.items():
            found[name] = sum(
                r["DEPCOM"] in inside and r["TYPEQU"] in kinds for r in self.equipments
            )
        found["france_services"] = sum(row["insee_com"] in inside for row in self.houses)
        found["structures_inclusion"] = sum(row["code_insee"] in inside for row in self.structures)
        mine = [row for row in self.enterprises if row["code_commune"] in inside]
        found["siae"] = len({row["siret"] for row in mine})
        for kind in ("ACI", "EI", "AI", "ETTI", "GEIQ", "EA"):
            found[f"siae_{kind.lower()}"] = sum(row["type"] == kind for row in mine)
        found["quartiers_prioritaires"] = sum(bool(inside & set(towns)) for towns, _ in self.people)
        if all(set(towns) <= inside or not inside & set(towns) for towns, _ in self.people):
            found["population_qpv"] = sum(
                int("".join(row["POP_MUN"].split()))
                for towns, row in self.people
                if inside & set(towns)
            )
        found.update(self._register(inside))
        for name, top, ages in (
            ("creches_enfants", "creches", ("P21_POP0002",)),
            ("ecoles_enfants", "ecoles", ("P21_POP0305", "P21_POP0610")),
        ):
            lines = [row for row in self.children if row["COM"] in inside]
            children = sum(float(row[age]) for row in lines for age in ages)
            if children:
                found[name] = 1000 * found[top] / children
        for name, (top, columns, multiplier) in RATES.items():
            base = sum(float(self.census[code][c]) for code in inside for c in columns)
            if top in found and base:
                found[name] = multiplier * found[top] / base
        return found

    def _register(self, inside: set[str]) -> dict[str, float]:
        mine = [row for row in self.places if row["codeCommuneEtablissement"] in inside]
        employs = [row for row in mine if row["caractereEmployeurEtablissement"] == "O"]
        forms = tuple(form for family in FAMILIES.values() for form in family)
        of_ess: Callable[[Row], bool] = lambda row: (  # noqa: E731
            row["economieSocialeSolidaireUniteLegale"] == "O"
            and row["categorieJuridiqueUniteLegale"] in forms
        )
        ess = [row for row in employs if of_ess(row)]
        found: dict[str, float] = {
            "etablissements_registre": len(mine),
            "employeurs_registre": len(employs),
            "ess_etablissements": sum(map(of_ess, mine)),
            "ess_employeurs": len(ess),
            "ess_societes_commerciales": sum(
                row["economieSocialeSolidaireUniteLegale"] == "O" and not of_ess(row)
                for row in employs
            ),
        }
        for name, family in FAMILIES.items():
            found[name] = sum(row["categorieJuridiqueUniteLegale"] in family for row in ess)
        lows = [BOUNDS.get(row["trancheEffectifsEtablissement"], (0, 0))[0] for row in ess]
        for label, least, most in (("1_9", 1, 9), ("10_49", 10, 49), ("50_plus", 50, 10**6)):
            found[f"ess_employeurs_{label}"] = sum(least <= low <= most for low in lows)
        for name, starts in FILIERES.items():
            every, some = (
                sum(
                    r["activitePrincipaleEtablissement"].replace(".", "").startswith(starts)
                    for r in rows
                )
                for rows in (employs, ess)
            )
            found[f"ess_{name}"] = some
            if every >= 3:
                found[f"part_ess_{name}"] = 100 * some / every
        if len(mine) >= 3:
            found["part_ess_etablissements"] = 100 * found["ess_etablissements"] / len(mine)
        if len(employs) >= 3:
            found["part_ess_employeurs"] = 100 * len(ess) / len(employs)
        if len(ess) >= 3:
            for name in FAMILIES:
                found[f"part_{name}"] = 100 * found[name] / len(ess)
            found["part_ess_10_plus"] = 100 * sum(low >= 10 for low in lows) / len(ess)
        return found

    def jobs(self, communes: Iterable[str]) -> tuple[float, float, float]:
        """Lower and upper bounds of the jobs of the ESS, and the middle of those of all employers."""
        inside, forms = set(communes), {f for family in FAMILIES.values() for f in family}
        low = high = every = 0.0
        for row in self.places:
            band = BOUNDS.get(row["trancheEffectifsEtablissement"], (0, 0))
            if row["codeCommuneEtablissement"] in inside:
                every += sum(band) / 2
                if (
                    row["economieSocialeSolidaireUniteLegale"] == "O"
                    and row["categorieJuridiqueUniteLegale"] in forms
                ):
                    low, high = low + band[0], high + band[1]
        return low, high, every


def zipped_comparateur(path: Path) -> list[Row]:
    return zipped(path, ";")
