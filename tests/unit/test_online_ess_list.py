"""The national list of the ESS: a definition of its own, beside that of the register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import read_columns, scan
from coodiag.coodiag_plugin.sources.online.ess_list import collect_ess
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.coodiag_plugin.sources.sirene_files import StockFiles
from coodiag.tests.servers.base import LocalServer, Response, Seen
from coodiag.tests.servers.data_gouv import ESS, WHOLE_SIREN, DataGouvServer, Published
from coodiag.tests.servers.world import World
from coodiag.tests.unit.inclusion_samples import Desk, scope_of
from coodiag.tests.unit.test_sirene import TOWN, establishment, text_of, unit


def collected(folder: Path, server: LocalServer) -> Desk:
    desk = Desk(folder, "data_gouv", server.url)
    collect_ess(desk.web, scope_of(["53130"]), desk.depot, desk.progress)
    return desk


def serving(content: bytes) -> DataGouvServer:
    """The dataset of the list with this content."""
    server = DataGouvServer()
    stable = "57bc99ca-0432-4b46-8fcc-e76a35c9efaf"
    server.datasets = {ESS: [Published(stable, "Liste ESS", "csv", "ess.csv", content)]}
    return server


def sirens(desk: Desk) -> list[str]:
    [file] = scan(desk.depot.folder).of("ess_siren")
    return list(read_columns(file, ["SIREN"])["SIREN"])


def test_the_list_is_reduced_to_its_sirens(world: World, tmp_path: Path) -> None:
    with DataGouvServer(world) as server:
        desk = collected(tmp_path, server)
    rows = world.rows("StockUniteLegale_utf8.zip", delimiter=",")
    flagged = sorted(r["siren"] for r in rows if r["economieSocialeSolidaireUniteLegale"] == "O")
    assert sirens(desk) == sorted([*flagged[1:], WHOLE_SIREN])
    source = read_citation(desk.depot.files[0])
    assert source is not None and source.vintage == "2026" and source.producer == "ESS France"
    assert "FICTIVE" not in desk.depot.files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("SIREN\n5500123\n900000001\n", "utf-8"),
        ("SIREN;NOM\n005500123;ASSOCIATION RÉUNIE\n900000001;É\n", "cp1252"),
        ("siren,nom\r\n5500123.0,A\r\n900 000 001,B\r\n900000001,B\r\n", "utf-8-sig"),
        ('NOM,SIREN\n"A, B",5500123\nC,900000001\n', "utf-8"),
    ],
)
def test_forms_of_the_list(tmp_path: Path, text: str, encoding: str) -> None:
    with serving(text.encode(encoding)) as server:
        assert sirens(collected(tmp_path, server)) == ["005500123", "900000001"]


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    with serving(b"SIREN,NOM\n900000001,A\n,B\n12345678901,C\nW123,D\n0,E\n") as server:
        desk = collected(tmp_path, server)
    assert sirens(desk) == ["900000001"]
    assert any(said.startswith("National list of the ESS: 3 rows") for said in desk.progress.warned)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"SIREN,NOM\n", "holds no SIREN"), (b"IDENTIFIANT,NOM\n1,A\n", "no column SIREN")],
)
def test_a_list_without_units_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with serving(content) as server, pytest.raises(SourceError, match=said):
        collected(tmp_path, server)
    assert not (tmp_path / "data" / "ess_siren.csv").exists()


def test_the_two_definitions_are_never_mixed(tmp_path: Path) -> None:
    """The flag says one thing, the list another: each has its column, and the sources say so."""
    stock = tmp_path / "data"
    stock.mkdir()
    rows = [establishment(number) for number in (1, 2, 3)]
    flags = {1: "O", 2: "N", 3: ""}
    units = [unit(n, economieSocialeSolidaireUniteLegale=flag) for n, flag in flags.items()]
    (stock / "e.csv").write_text(text_of(rows), encoding="utf-8")
    (stock / "u.csv").write_text(text_of(units), encoding="utf-8")
    alone = read_stock(scan(stock), [TOWN])
    assert list(alone["ess"]) == [True, False, False] and set(alone["liste_ess"]) == {None}
    with serving(b"SIREN,NOM\n900000002,A\n900000003,B\n") as server:
        collected(tmp_path, server)
    files = StockFiles.of(scan(stock))
    table = read_stock(files, [TOWN])
    assert list(table["ess"]) == list(alone["ess"])
    assert list(table["liste_ess"]) == [False, True, True]
    assert len(read_stock(files, [TOWN], ess_only=True)) == 1, "the flag decides, alone"
    notes = {row.dataset: row.note for row in files.sources(table.attrs["counts"]["ess_rule"])}
    assert "economieSocialeSolidaireUniteLegale" in notes["sirene_etablissement"]
    assert "liste_ess" in notes["ess_siren"] and notes["sirene_unite_legale"] == ""


def test_the_list_may_be_missing(world: World, tmp_path: Path) -> None:
    """The listing lacks it: the stable address is asked, and the date is not known."""
    with DataGouvServer(world) as server:
        server.datasets[ESS] = [replace(server.datasets[ESS][0], listed=False)]
        desk = collected(tmp_path, server)
    source = read_citation(desk.depot.files[0])
    assert source is not None and source.vintage == ""


def test_a_page_in_place_of_the_list(world: World, tmp_path: Path) -> None:
    page = Response.of_text("<!DOCTYPE html><html><title>Connexion</title></html>", "text/html")

    def portal(seen: Seen) -> Any:
        return page if "storage" in seen.path else None

    with DataGouvServer(world) as server:
        server.each(portal)
        with pytest.raises(SourceError, match="web page instead of data"):
            collected(tmp_path, server)
