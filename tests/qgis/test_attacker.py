"""Whole dossiers against an attacker with a solver: no hidden count can be bounded too tightly.

Three of them: the demonstration; its business clients alone (each told zone is then a sum of
communes of the table and of nobody else); one client and one beneficiary in six.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.disclosure import Interval, audit, exactly
from coodiag.coodiag_plugin.core.privacy import MIN_COUNT
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.establishments import read_establishments
from coodiag.coodiag_plugin.qgis_bridge.prospects import client_table
from coodiag.coodiag_plugin.zones.prospect_clients import Book
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.attacker import OUTSIDE, Knowledge, Unknown, look
from coodiag.tests.qgis.attacker_sheets import ACTIVITY, client_cells
from coodiag.tests.qgis.conftest import inputs, one_page
from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

KINDS = ("b", "n")


def _kept(path: Path, folder: Path, keep: Callable[[int, str], bool]) -> str:
    """A copy of a file of the structure with some of its rows (``keep``: rank, line)."""
    data = path.read_bytes()
    code = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252"
    lines = data.decode(code).splitlines(keepends=True)
    start = 1 + next(rank for rank, line in enumerate(lines) if "Adresse" in line)
    rows = [line for rank, line in enumerate(lines[start:]) if keep(rank, line)]
    copy = folder / path.name
    copy.write_bytes("".join([*lines[:start], *rows]).encode(code))
    return str(copy)


def _business(rank: int, line: str) -> bool:
    return re.search(r"(?<!\d)\d{3} ?\d{3} ?\d{3} ?\d{5}(?!\d)", line) is not None


def _one_in_six(rank: int, line: str) -> bool:
    return rank % 6 == 0


@pytest.fixture(scope="module", params=["demo", "businesses", "few"])
def dossier(  # type: ignore[no-untyped-def]
    request: pytest.FixtureRequest, demo_run, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    if request.param == "demo":
        return Path(demo_run.dossier)
    import processing

    folder = tmp_path_factory.mktemp(request.param)
    demo = demo_run.demo
    keep = _business if request.param == "businesses" else _one_in_six
    changes = {"CLIENTS": _kept(demo.clients, folder, keep)}
    if request.param == "few":
        changes["BENEFICIARIES"] = _kept(demo.beneficiaries, folder, keep)
    given = inputs(demo, folder / "dossier", **changes)
    with one_page():
        return Path(processing.run("coodiag:diagnostic", given)["DOSSIER"])


@pytest.fixture(scope="module")
def known(dossier: Path) -> Knowledge:
    return look(dossier)


def truth(dossier: Path, businesses: bool) -> Counter[Unknown]:
    """People by kind and commune, from the confidential folder that the attacker does not have."""
    gpkg = dossier / "diagnostic.gpkg"
    places = []
    for table in ("communes", "voisins"):
        layer = QgsVectorLayer(f"{gpkg}|layername={table}", table, "ogr")
        places += [(table, f["codgeo"], QgsGeometry(f.geometry())) for f in layer.getFeatures()]
    counts: Counter[Unknown] = Counter()
    for role in ("clients", "beneficiaries"):
        for row in unpack.rows(dossier / "confidentiel" / "personnes.gpkg", role):
            kind = (
                "n" if role == "beneficiaries" else "b" if bool(row["siret"]) == businesses else "p"
            )
            at = QgsGeometry.fromPointXY(_point(row["geom"]))
            found = [(table, code) for table, code, shape in places if shape.intersects(at)]
            table, code = found[0] if found else ("", "loin")
            counts[kind, code] += 1
            if kind == "p":
                counts["p", "*"] += 1
            elif table != "communes":
                counts[kind, OUTSIDE] += 1
    return counts


def client_establishments(dossier: Path, data: Path) -> Counter[Unknown]:
    """Establishments of the register that are clients, by cell and by group of the portfolio."""
    codes = [str(row["codgeo"]) for row in unpack.rows(dossier / "diagnostic.gpkg", "communes")]
    stock, _ = read_establishments(data, codes, progress=Silent())
    people = dossier / "confidentiel" / "personnes.gpkg"
    layer = QgsVectorLayer(f"{people}|layername=clients", "clients", "ogr")
    clients = client_table(layer, layer.crs().authid())
    found = set(Book.of(clients, stock).siret) - {""}
    rows = stock[stock["siret"].isin(found)].to_dict("records")
    counts = client_cells(rows)
    counts["autres", ""] = len(clients) - len(rows)
    return counts


def _point(blob: object) -> QgsPointXY:
    return QgsPointXY(*unpack.point(blob))  # type: ignore[arg-type]


def test_what_the_attacker_believes_is_true(  # type: ignore[no-untyped-def]
    dossier: Path, known: Knowledge, demo_run
) -> None:
    """A wrong belief would prove nothing: every exact fact holds of the real counts."""
    counts = truth(dossier, known.businesses)
    counts.update(client_establishments(dossier, demo_run.demo.data_folder))
    words = Counter(fact.words.split(" : ")[0] for fact in known.facts)
    assert words["groupe"] and words["portefeuille"] and words["établissements publics"]
    for fact in known.facts:
        if fact.words in ("établissements publics", "clients de la commune"):
            assert sum(c * counts[key] for key, c in fact.parts.items()) <= fact.high, fact
    tried = 0
    for fact in known.facts:
        if fact.low == fact.high:
            tried += 1
            assert sum(c * counts[key] for key, c in fact.parts.items()) == fact.low, fact
    assert tried > 100


@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_count_can_be_bounded(dossier: Path, known: Knowledge, kind: str) -> None:
    """The heart of the matter: the interval of each hidden count keeps the width of the rule."""
    cells = known.cells(kind)
    assert cells
    counts = truth(dossier, known.businesses)
    found = audit(known.facts, cells)
    worst = min(found, key=lambda cell: found[cell].width)
    print(f"{kind}: {len(cells)} hidden, worst {worst} {found[worst]}, truly {counts[worst]}")
    for cell, interval in found.items():
        assert interval.low <= counts[cell] <= interval.high, cell
        assert interval.is_safe(MIN_COUNT), (cell, counts[cell], interval)


def test_no_hidden_group_of_the_portfolio_can_be_bounded(
    dossier: Path, known: Knowledge, demo_run: object
) -> None:
    """Nor the clients of an activity or a size, for who knows the establishments of each commune."""
    counts = client_establishments(dossier, demo_run.demo.data_folder)  # type: ignore[attr-defined]
    found = audit(known.facts, known.groups)
    for group, interval in found.items():
        print(f"{group}: {interval}, truly {counts[group]}")
        assert interval.low <= counts[group] <= interval.high, group
        assert interval.is_safe(MIN_COUNT), (group, counts[group], interval)


def test_the_attacker_does_without_commune_pages(
    dossier: Path, known: Knowledge, tmp_path: Path
) -> None:
    for name in ("journal.txt", "contexte.json", "diagnostic.gpkg"):
        shutil.copy(dossier / name, tmp_path / name)
    with sqlite3.connect(tmp_path / "diagnostic.gpkg") as base:
        base.execute('DROP TABLE "fiches_tableau"')
    base.close()
    found = look(tmp_path)
    assert (found.businesses, found.hidden, found.groups) == (known.businesses, known.hidden, known.groups)  # fmt: skip
    told = {fact.words for fact in found.facts}
    assert {fact.words for fact in known.facts} - told == {"fiche", "fiche, territoire"}


def test_what_is_left_of_a_zone_is_nobody_or_enough(known: Knowledge) -> None:
    """Clients of a told zone less those that are shown in its communes: never 1 to 4 people."""
    facts = list(known.facts)
    rests: list[Unknown] = []
    for rank, ring in enumerate(known.rings):
        rest = ("ring", str(rank))
        rests.append(rest)
        unshown = {("p", code): -1.0 for code in ring}
        unshown |= {("b", code): -1.0 for code in ring if code in known.hidden["b"]}
        facts.append(exactly({rest: 1.0, **unshown}, 0))
    assert rests
    for rest, interval in audit(facts, rests).items():
        few = not interval.is_safe(MIN_COUNT) and interval.low < MIN_COUNT and interval.high > 0
        assert not few, (rest, interval)


def test_a_commune_that_is_hidden_is_nowhere_said_to_be_worked(
    dossier: Path, known: Knowledge
) -> None:
    """The words of a prospect tell how many clients its commune has, roughly."""
    worded = {
        str(row["codgeo"])
        for row in unpack.rows(dossier / "diagnostic.gpkg", "prospects")
        if _worked(str(row["reason"]))
    }
    assert not worded & set(known.hidden["b"])


def _worked(reason: str) -> bool:
    return "peu travaillée" in reason or "bien travaillée" in reason


def test_the_attacker_finds_what_can_be_found(known: Knowledge) -> None:
    """One more figure, and the solver tells: an audit that cannot fail would prove nothing."""
    one, *others = known.cells("n")
    total = known.total(*one)
    assert total is not None
    shown = sum(f.low for f in known.facts if f.words == "recrutement: effectif")
    told = exactly(dict.fromkeys(others, 1.0), total - shown - 1)
    assert audit([*known.facts, told], [one])[one] == Interval(1, 1)


def test_the_attacker_finds_a_group_beside_the_others(
    dossier: Path, known: Knowledge, demo_run: object
) -> None:
    """The same of the portfolio: with the other hidden groups of its table, the last one is told."""
    counts = client_establishments(dossier, demo_run.demo.data_folder)  # type: ignore[attr-defined]
    one, *others = [group for group in known.groups if group[1].startswith(f"{ACTIVITY}|")]
    told = [exactly({group: 1.0}, counts[group]) for group in others]
    assert audit([*known.facts, *told], [one])[one] == Interval(counts[one], counts[one])
