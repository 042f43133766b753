"""Official figures of the real data, read with the csv module alone, for the indicators that they check.

Each ``Check`` says what an indicator was compared with, on how many units, and the largest gap.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Optional

import pandas as pd
from coodiag.coodiag_plugin.analysis.indicators import (
    HOUSEHOLDS,
    IndicatorResult,
    compute,
    formulas,
    indicator,
    variable_names,
)
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.core.variables import Variable
from coodiag.coodiag_plugin.sources.changes import Changes
from coodiag.coodiag_plugin.sources.folder import Inventory, scan
from coodiag.coodiag_plugin.sources.statistics import Statistics

Cells = dict[str, str]
#: indicator -> columns of the comparateur of January 2022: numerator, denominator, multiplier.
RATIOS: dict[str, tuple[str, str, int]] = {
    "population_rp": ("P18_POP", "", 1),
    "densite": ("P18_POP", "SUPERF", 1),
    "solde_naturel": ("NAIS1318 -DECE1318", "", 1),
    "solde_migratoire": ("P18_POP -P13_POP -NAIS1318 DECE1318", "", 1),
    "naissances": ("NAISD20", "", 1),
    "deces": ("DECESD20", "", 1),
    "natalite": ("NAISD20", "P18_POP", 1000),
    "mortalite": ("DECESD20", "P18_POP", 1000),
    "menages": ("P18_MEN", "", 1),
    "taille_menages": ("P18_POP", "P18_MEN", 1),
    "actifs": ("P18_ACT1564", "", 1),
    "taux_activite": ("P18_ACT1564", "P18_POP1564", 100),
    "chomeurs": ("P18_CHOM1564", "", 1),
    "taux_chomage": ("P18_CHOM1564", "P18_ACT1564", 100),
    "emplois": ("P18_EMPLT", "", 1),
    "concentration_emploi": ("P18_EMPLT", "P18_ACT1564 -P18_CHOM1564", 100),
    "part_salaries": ("P18_EMPLT_SAL", "P18_EMPLT", 100),
    "etablissements_actifs": ("ETTOT18", "", 1),
    "etablissements_habitants": ("ETTOT18", "P18_POP", 1000),
    "part_agriculture": ("ETAZ18", "ETTOT18", 100),
    "part_industrie": ("ETBE18", "ETTOT18", 100),
    "part_construction": ("ETFZ18", "ETTOT18", 100),
    "part_commerce_services": ("ETGU18", "ETTOT18", 100),
    "part_services_publics": ("ETOQ18", "ETTOT18", 100),
    "part_employeurs_1_9": ("ETTEF118", "ETTOT18", 100),
    "part_employeurs_10": ("ETTEFP1018", "ETTOT18", 100),
    "logements": ("P18_LOG", "", 1),
    "residences_principales": ("P18_RP", "", 1),
    "part_logements_vacants": ("P18_LOGVAC", "P18_LOG", 100),
    "part_residences_secondaires": ("P18_RSECOCC", "P18_LOG", 100),
    "part_proprietaires": ("P18_RP_PROP", "P18_RP", 100),
}
#: Annual rates over the five years between two censuses.
RATES = {
    "evolution_population": ("P18_POP", "P13_POP"),
    "evolution_solde_naturel": ("P13_POP NAIS1318 -DECE1318", "P13_POP"),
    "evolution_solde_migratoire": ("P18_POP -NAIS1318 DECE1318", "P13_POP"),
    "evolution_emploi": ("P18_EMPLT", "P13_EMPLT"),
}
#: Published figures of the comparateur, communes only.
PUBLISHED = {"taux_pauvrete": "TP6019", "part_imposes": "PIMP19"}
#: Published figures of Filosofi 2019 at every level.
FILOSOFI = {
    "niveau_vie_median": "Q219",
    "decile_1": "D119",
    "decile_9": "D919",
    "rapport_interdecile": "RD",
    "indice_gini": "GI19",
    "part_revenus_activite": "PACT19",
    "part_salaires_revenu": "PTSA19",
    "part_indemnites_chomage": "PCHO19",
    "part_revenus_non_salaries": "PBEN19",
    "part_pensions": "PPEN19",
    "part_patrimoine": "PPAT19",
    "part_prestations_sociales": "PPSOC19",
    "part_prestations_familiales": "PPFAM19",
    "part_minima_sociaux": "PPMINI19",
    "part_prestations_logement": "PPLOGT19",
    "menages_fiscaux": "NBMEN19",
    "personnes_menages_fiscaux": "NBPERS19",
}
#: Columns of Insee -> counts of questionr::rp2018 (a package that its author made from the census).
COUNTS = {
    "P18_POP": "pop_tot", "P18_POP0014": "pop_0_14", "P18_POP1529": "pop_15_29",
    "P18_POP7589": "pop_75p", "P18_POPF": "pop_femmes", "P18_POP1824": "pop_18_24",
    "P18_SCOL1824": "pop_scol_18_24", "C18_ACT1564": "pop_act_15p", "C18_ACT1564_CS1": "pop_agric",
    "C18_ACT1564_CS2": "pop_indep", "C18_ACT1564_CS3": "pop_cadres", "C18_ACT1564_CS4": "pop_interm",
    "C18_ACT1564_CS5": "pop_empl", "C18_ACT1564_CS6": "pop_ouvr", "P18_NSCOL15P": "pop_non_scol_15p",
    "P18_NSCOL15P_DIPLMIN": "pop_dipl_aucun", "P18_NSCOL15P_BEPC": "pop_dipl_bepc",
    "P18_NSCOL15P_CAPBEP": "pop_dipl_capbep", "P18_NSCOL15P_BAC": "pop_dipl_bac",
    "P18_NSCOL15P_SUP2": "pop_dipl_sup2", "P18_NSCOL15P_SUP34": "pop_dipl_sup34",
    "P18_NSCOL15P_SUP5": "pop_dipl_sup", "P18_RP": "log_rp", "P18_RP_PROP": "log_proprio",
    "P18_RP_LOC": "log_loc", "P18_RP_LOCHLMV": "log_hlm",
}  # fmt: skip
#: indicator -> the percentage that the author of the package computed.
PERCENTAGES = {
    "part_0_14": "age_0_14",
    "part_15_29": "age_15_29",
    "part_75_plus": "age_75p",
    "part_femmes": "femmes",
    "part_actifs_agriculteurs": "agric",
    "part_actifs_artisans": "indep",
    "part_actifs_cadres": "cadres",
    "part_actifs_intermediaires": "interm",
    "part_actifs_employes": "empl",
    "part_actifs_ouvriers": "ouvr",
    "taux_scolarisation_18_24": "etud",
    "part_sans_diplome": "dipl_aucun",
    "part_brevet": "dipl_bepc",
    "part_cap_bep": "dipl_capbep",
    "part_bac": "dipl_bac",
    "part_bac_2": "dipl_sup2",
    "part_bac_3_4": "dipl_sup34",
    "part_bac_5": "dipl_sup",
    "part_locataires": "locataire",
    "part_hlm": "hlm",
}
#: Columns of the present edition (census of 2022), on the four communes of the sample.
SAMPLE: dict[str, tuple[str, str, int]] = {
    "pop_30_59": ("P22_POP3044 P22_POP4559", "", 1),
    "part_30_59": ("P22_POP3044 P22_POP4559", "P22_POP", 100),
    "pop_60_74": ("P22_POP6074", "", 1),
    "part_60_74": ("P22_POP6074", "P22_POP", 100),
    "part_60_plus": ("P22_POP6074 P22_POP7589 P22_POP90P", "P22_POP", 100),
    "pop_75_plus": ("P22_POP7589 P22_POP90P", "", 1),
    "menages_seuls": ("C22_MENPSEUL", "", 1),
    "familles_mono": ("C22_FAMMONO", "", 1),
    "taux_chomage_jeunes": ("P22_CHOM1524", "P22_ACT1524", 100),
    "taux_chomage_25_54": ("P22_CHOM2554", "P22_ACT2554", 100),
    "taux_chomage_55_64": ("P22_CHOM5564", "P22_ACT5564", 100),
}


@dataclass
class Check:
    """What an indicator was compared with; ``gap`` in its own unit."""

    against: str
    level: str
    units: int = 0
    gap: float = 0.0
    states: int = 0  # units that both say to be without figure

    def compare(self, value: Value, wanted: Optional[float], what: str) -> None:
        if wanted is None:
            assert value.number is None, (what, value)
            self.states += 1
            return
        assert value.number is not None, (what, value.state, wanted)
        self.units += 1
        self.gap = max(self.gap, abs(value.number - wanted))


@dataclass
class Places:
    """The little that the choice of the columns needs to know, for units without geography."""

    codes: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cog: int = 2021
    changes: Changes = field(default_factory=Changes)

    @property
    def communes(self) -> pd.DataFrame:
        return pd.DataFrame({"reg": [""] * len(self.codes)}, index=pd.Index(self.codes))

    def members(self, unit: str) -> tuple[str, ...]:
        return self.groups.get(unit, ())


def table(path: Path, key: str = "CODGEO", separator: str = ";") -> dict[str, Cells]:
    text = path.read_text(encoding="utf-8-sig")
    return {row[key]: row for row in csv.DictReader(io.StringIO(text), delimiter=separator)}


def figures(inventory: Inventory, places: Places, ids: Iterable[str]) -> IndicatorResult:
    """The indicators for communes and groups, each with the vintage that the statistics choose."""
    names = list(ids)
    statistics = Statistics(inventory, places, variable_names(names))  # type: ignore[arg-type]
    found = IndicatorResult()
    for name in names:
        variables = chosen(statistics, name, places.codes)
        found.update(compute(variables, dict(places.groups), places.codes, [name]))
    return found


def chosen(statistics: Statistics, name: str, codes: Sequence[str]) -> dict[str, Variable]:
    top, bottom = formulas(indicator(name))
    above, below = list(top.names), list(bottom.names) if bottom else []
    if indicator(name).years == "mixed" and below:
        return {**statistics.choose(above, codes), **statistics.choose(below, codes)}
    more = [HOUSEHOLDS] if indicator(name).secrecy == "households" else []
    with_count = statistics.choose([*above, *below, *more], codes)
    return with_count or statistics.choose([*above, *below], codes)


def exact(rows: Sequence[Cells], columns: str) -> Optional[Fraction]:
    """The sum of decimals as they are written; None as soon as a cell is empty."""
    total = Fraction(0)
    for row in rows:
        for column in columns.split():
            text = row[column.lstrip("-")].replace(",", ".")
            if text in ("", "s"):
                return None
            total += Fraction(text) * (-1 if column.startswith("-") else 1)
    return total


def ratio(rows: Sequence[Cells], top: str, bottom: str, times: int) -> Optional[float]:
    above = exact(rows, top)
    if above is None or not bottom:
        return None if above is None else float(above)
    below = exact(rows, bottom)
    return float(times * above / below) if below else None


def annual(rows: Sequence[Cells], top: str, bottom: str, years: int) -> Optional[float]:
    above, below = exact(rows, top), exact(rows, bottom)
    if above is None or not below:
        return None
    return 100 * (float(above / below) ** (1 / years) - 1)


def published(text: str) -> Optional[float]:
    return float(text.replace(",", ".")) if text not in ("", "s", "ns", "nd") else None


def groups(rows: Mapping[str, Cells], epcis: Mapping[str, Cells]) -> dict[str, tuple[str, ...]]:
    """EPCI of the extract that are whole (those whose households add up), and the département 35."""
    members: dict[str, list[str]] = {}
    for code, row in epcis.items():
        if code in rows:
            members.setdefault(f"EPCI:{row['EPCI']}", []).append(code)
    found = {unit: tuple(sorted(codes)) for unit, codes in members.items()}
    found["DEP:35"] = tuple(sorted(code for code in rows if code[:2] == "35"))
    return found


def sample(folder: Path) -> Iterator[tuple[str, Cells]]:
    """Rows of the two samples of the present edition, joined by commune."""
    first = table(folder / "base_cc_comparateur_RP2022_sample_01.csv")
    for code, row in table(folder / "dossier_complet_light_RP2022_sample_01.csv").items():
        yield code, {**first[code], **row}


def laid_out(rows: Mapping[str, Cells], path: Path) -> None:
    """The counts of questionr under the names of Insee, as a communal base."""
    lines = [";".join(["CODGEO", *COUNTS, "P18_POP90P"])]
    for code, row in rows.items():
        lines.append(";".join([code, *(row[name] for name in COUNTS.values()), "0"]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def open_folder(path: Path) -> Inventory:
    return scan(path)
