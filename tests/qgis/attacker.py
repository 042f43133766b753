"""An attacker who holds a dossier: everything published on people, as facts on unknown counts.

Unknowns are numbers of people by kind and commune. Nothing here reads the confidential folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coodiag.coodiag_plugin.analysis.disclosure import Fact, exactly
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.attacker_sheets import paradox_facts, portfolio_facts
from qgis.core import QgsGeometry, QgsVectorLayer

#: A kind of people in a commune (``b``: the clients that the penetration counts, ``p``: the other
#: clients, ``n``: beneficiaries), or beside; ``m``, ``g``: client establishments (attacker_sheets).
Unknown = tuple[str, str]
OUTSIDE = "hors"
_NUMBER = r"(\d[\d\u202f\u00a0 ]*|s)"
_MODES = {"en voiture": "car", "à vélo": "bike", "à pied": "foot"}
#: People may live so many minutes nearer or farther than the middle of their commune.
_SPREAD = {"car": 6.0, "bike": 18.0, "foot": 60.0}


def number(text: str) -> float | None:
    digits = re.sub(r"[^\d]", "", text)
    return float(digits) if digits else None


@dataclass
class Knowledge:
    """What the dossier tells: facts, and the communes whose count is hidden by kind."""

    facts: list[Fact[Unknown]] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    #: Communes of each told ring of catchment; the last one is all that is beyond.
    rings: list[list[str]] = field(default_factory=list)
    #: Whether the penetration counts the businesses, or the clients who are persons.
    businesses: bool = True
    #: Groups of the portfolio whose count of clients is hidden.
    groups: list[Unknown] = field(default_factory=list)

    def cells(self, kind: str) -> list[Unknown]:
        return [(kind, code) for code in self.hidden[kind]]

    def total(self, kind: str, code: str) -> float | None:
        """People of a kind in the territory, as a page or the journal tells it with ``code`` in it."""
        words = ("fiche, territoire", "journal")
        told = (f.low for f in self.facts if f.words in words and (kind, code) in f.parts)
        return next(told, None)


def look(dossier: Path) -> Knowledge:
    """Read every table that counts people: layers, commune pages when there are, journal, sheets."""
    known = Knowledge()
    journal = (dossier / "journal.txt").read_text(encoding="utf-8")
    gpkg = dossier / "diagnostic.gpkg"
    known.businesses = _counts_businesses(dossier, journal)
    label = "Clients entreprises" if known.businesses else "Clients particuliers"
    _coverage(known, gpkg, journal, "penetration", "b", label, "Pénétration")
    _coverage(
        known, gpkg, journal, "recrutement", "n", "Bénéficiaires de la structure",
        "Croisement du recrutement",
    )  # fmt: skip
    _zones(known, gpkg, journal)
    _mobility(known, gpkg, journal)
    codes = [str(row["codgeo"]) for row in unpack.rows(gpkg, "communes")]
    facts, known.groups = portfolio_facts(dossier, codes)
    known.facts += [*facts, *paradox_facts(dossier)]
    return known


def _counts_businesses(dossier: Path, journal: str) -> bool:
    """The clients that the penetration leaves out are the others; with none, its figure says it."""
    section = _section(journal, "Pénétration")
    if "clients particuliers" in section or "clients entreprises" in section:
        return "clients particuliers" in section
    return "Clients entreprises" in (dossier / "contexte.json").read_text(encoding="utf-8")


def _commune_rows(gpkg: Path) -> list[dict[str, object]]:
    """The tables of the commune pages, which a run may leave out."""
    return unpack.rows(gpkg, "fiches_tableau") if "fiches_tableau" in unpack.tables(gpkg) else []


def _section(journal: str, title: str) -> str:
    start = journal.index(f"\n{title}\n-")
    return journal[start:].split("\n\n", 1)[0]


def _coverage(
    known: Knowledge, gpkg: Path, journal: str, table: str, kind: str, label: str, title: str
) -> None:
    """Counts, rates × targets, intervals, indices, shares, totals of the pages, of the journal."""
    rows = unpack.rows(gpkg, table)
    codes = [str(row["codgeo"]) for row in rows]
    known.hidden[kind] = [str(row["codgeo"]) for row in rows if row["count"] is None]
    for row in rows:
        cell = (kind, str(row["codgeo"]))
        if row["count"] is not None:
            known.facts.append(exactly({cell: 1.0}, float(row["count"]), f"{table}: effectif"))
        for name in ("rate", "low", "high", "shrunk", "index", "share"):
            if row["count"] is None and row[name] is not None:
                # Any of these with its target gives the count, or bounds it: told, in effect.
                base = float(row["target"] or 0) / 100
                count = round(float(row[name]) * base)
                known.facts.append(exactly({cell: 1.0}, count, f"{table}: {name}"))
    every = {(kind, code): 1.0 for code in codes}
    _pages(known, gpkg, kind, label, every)
    _totals(known, _section(journal, title), kind, every)


def _pages(
    known: Knowledge, gpkg: Path, kind: str, label: str, every: dict[Unknown, float]
) -> None:
    """The tables of the commune pages: a commune, and the territory."""
    for page in _commune_rows(gpkg):
        if page["indicateur"] == label:
            own, whole = number(str(page["colonne_1"])), number(str(page["colonne_2"]))
            if own is not None:
                known.facts.append(exactly({(kind, str(page["codgeo"])): 1.0}, own, "fiche"))
            if whole is not None:
                known.facts.append(exactly(every, whole, "fiche, territoire"))


def _totals(known: Knowledge, section: str, kind: str, every: dict[Unknown, float]) -> None:
    """« 392 localisés = 192 dans le territoire + 38 au-dehors + 162 clients particuliers »."""
    told = re.search(
        rf"{_NUMBER} localisés = {_NUMBER} dans le territoire \+ {_NUMBER} au-dehors(?: \+ {_NUMBER} clients (?:particuliers|entreprises))?",
        section,
    )
    assert told is not None
    # A kind of client that is not mentioned has nobody.
    located, inside, outside, others = (number("0" if t is None else t) for t in told.groups())
    beyond = {(kind, OUTSIDE): 1.0}
    people = {("p", "*"): 1.0} if kind == "b" else {}
    for parts, count in ((every, inside), (beyond, outside), (people, others)):
        if count is not None and parts:
            known.facts.append(exactly(parts, count, "journal"))
    if located is not None:
        known.facts.append(exactly({**every, **beyond, **people}, located, "journal, localisés"))


def _communes(gpkg: Path) -> Iterator[tuple[str, QgsGeometry, bool]]:
    for table, inside in (("communes", True), ("voisins", False)):
        layer = QgsVectorLayer(f"{gpkg}|layername={table}", table, "ogr")
        assert layer.isValid()
        for item in layer.getFeatures():
            yield str(item["codgeo"]), QgsGeometry(item.geometry()).pointOnSurface(), inside


def _zones(known: Knowledge, gpkg: Path, journal: str) -> None:
    """Zones are unions of communes: the clients of each told one are those of its communes."""
    layer = QgsVectorLayer(f"{gpkg}|layername=chalandise", "z", "ogr")
    zones = sorted(layer.getFeatures(), key=lambda item: item["threshold"])
    ranked = re.search(rf"Clients : {_NUMBER} classés", journal)
    places = list(_communes(gpkg))
    inside: set[str] = set()
    before, last = 0.0, 0.0
    communes = {code for code, _, mine in places if mine}
    every: dict[Unknown, float] = {}
    for code in [code for code, _, _ in places] + ["loin"]:
        every[("p", code)] = 1.0
    known.facts.append(exactly({**every, ("p", "*"): -1.0}, 0, "tous les autres clients"))
    away = {("b", code): 1.0 for code, _, mine in places if not mine}
    known.facts.append(exactly({**away, ("b", "loin"): 1.0, ("b", OUTSIDE): -1.0}, 0, "dehors"))
    drawn: set[str] = set()
    for zone in zones:
        shape = QgsGeometry(zone.geometry())
        drawn |= {code for code, at, _ in places if shape.contains(at)}
        count = zone["clients"] if isinstance(zone["clients"], int) else None
        if count is None and isinstance(zone["share"], float) and ranked:
            count = round(float(zone["share"]) * (number(ranked[1]) or 0) / 100)
        if count is None:
            continue
        ring = sorted(drawn - inside)
        known.rings.append(ring)
        parts = {(kind, code): 1.0 for code in ring for kind in "bp"}
        known.facts.append(exactly(parts, count - before, f"zone {zone['zone']}"))
        inside, before, last = set(drawn), float(count), float(count)
    if ranked:
        rest = sorted({code for code, _, _ in places} - inside)
        parts = {(kind, code): 1.0 for code in [*rest, "loin"] for kind in "bp"}
        known.rings.append([code for code in rest if code in communes])
        known.facts.append(exactly(parts, (number(ranked[1]) or 0) - last, "au-delà des zones"))


def _mobility(known: Knowledge, gpkg: Path, journal: str) -> None:
    """Shares of the beneficiaries within a time, in whole per cent, against times by commune.

    The attacker knows how long every trip takes: a commune whose middle is well within a time has
    all its people within it, one well beyond none; of the others any number may be.
    """
    rows = unpack.rows(gpkg, "mobilite")
    total = known.total("n", str(rows[0]["codgeo"]))
    if total is None:
        return
    for line in re.findall(r"À (\d+) minutes au plus d’un (site|pôle d’emplois) : ([^\n]*)", journal):  # fmt: skip
        time, target = float(line[0]), "site" if line[1] == "site" else "jobs"
        for share, words in re.findall(r"(\d+)\D*? %[^%]*?(en voiture|à vélo|à pied)", line[2]):
            mode = _MODES[words]
            parts: dict[Unknown, float] = {}
            for row in rows:
                code, middle = str(row["codgeo"]), row.get(f"{target}_{mode}_centre")
                here, part = ("n", code), (f"{target}{mode}{time:g}", code)
                if middle is None or float(middle) > time + _SPREAD[mode]:  # type: ignore[arg-type]
                    continue
                if float(middle) < time - _SPREAD[mode]:  # type: ignore[arg-type]
                    parts[here] = 1.0
                    continue
                parts[part] = 1.0
                known.facts.append(Fact({here: 1.0, part: -1.0}, 0.0, float("inf"), "au plus tous"))
            low, high = (float(share) - 0.5) * total / 100, (float(share) + 0.5) * total / 100
            known.facts.append(Fact(parts, low, high, f"mobilité {target} {mode} {time:g}"))
