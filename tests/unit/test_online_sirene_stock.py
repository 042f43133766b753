"""The national Sirène files: fetched once, and the extracts that the data folder gets."""

from __future__ import annotations

import csv
import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.sources import parquet
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online.asking import shared_folder
from coodiag.coodiag_plugin.sources.online.sirene_stock import collect_stock
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.coodiag_plugin.sources.sirene_columns import NATURAL_PERSON_NAME
from coodiag.coodiag_plugin.sources.sirene_extract import extract
from coodiag.coodiag_plugin.sources.sirene_files import StockFiles
from coodiag.coodiag_plugin.sources.web.faults import ServiceError
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.data_gouv import SIRENE, DataGouvServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.inclusion_samples import Desk, scope_of
from coodiag.tests.unit.parquet_samples import parquet_of
from coodiag.tests.unit.test_sirene import TOWN, establishment, point, text_of, unit

FILES = [
    "sirene_stock_etablissements.csv",
    "sirene_stock_geolocalisation.csv",
    "sirene_stock_unites_legales.csv",
]


@pytest.fixture(scope="module")
def communes(world: World) -> list[str]:
    return sorted(world.communes)[:9]


@pytest.fixture(autouse=True)
def csv_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of these tests may have duckdb or pyarrow: csv unless a test asks otherwise."""
    monkeypatch.setattr(parquet, "engine", lambda: "")


def collected(folder: Path, server: DataGouvServer, communes: list[str]) -> Desk:
    desk = Desk(folder, "data_gouv", server.url)
    collect_stock(desk.web, scope_of(communes), desk.depot, desk.progress)
    return desk


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_dtype=False)


def test_the_extract_gives_the_table_of_the_national_files(
    world: World, communes: list[str], tmp_path: Path
) -> None:
    with DataGouvServer(world) as server:
        desk = collected(tmp_path, server, communes)
    national = read_stock(world.folder, communes)
    table = read_stock(scan(desk.depot.folder), communes)
    assert len(table) > 200 and sorted(path.name for path in desk.depot.files) == FILES
    same(table, national)
    kept = ("kept", "masked", "without_point", "at_town", "natural_persons", "ess_rule")
    counts = table.attrs["counts"]
    assert {name: counts[name] for name in kept} == {
        name: national.attrs["counts"][name] for name in kept
    }
    some = read_stock(scan(desk.depot.folder), communes[:2])
    same(some, read_stock(world.folder, communes[:2]))


def test_the_size_is_said_first_and_the_sources_are_told(
    world: World, communes: list[str], tmp_path: Path
) -> None:
    with DataGouvServer(world) as server:
        desk = collected(tmp_path, server, communes)
        said = desk.progress.said
        assert "taken in csv" in said[0] and "National Sirène files: 1 MB" in said[1]
        assert all("/storage/" not in path for path in server.paths()[:2])
    for path in desk.depot.files:
        source = read_citation(path)
        assert source is not None and source.licence == "Licence Ouverte 2.0"
        assert source.producer == "Insee" and source.retrieved == "2026-11-18"
        assert "établissements actifs" in source.note and source.service == "data.gouv.fr"
        month = "octobre" if "geo" in path.name else "novembre"
        assert month in source.vintage


def test_no_address_and_no_name_of_a_person_is_written(
    world: World, communes: list[str], tmp_path: Path
) -> None:
    with DataGouvServer(world) as server:
        desk = collected(tmp_path, server, communes)
    persons = {
        name
        for row in world.rows("StockUniteLegale_utf8.zip", delimiter=",")
        for name in (row["nomUniteLegale"], row["prenom1UniteLegale"])
        if name and name != "[ND]"
    }
    assert persons
    for path in desk.depot.files:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
        assert rows
        forbidden = ("voie", "adresse", "postal", "nomunite", "nomusage", "prenom", "pseudonyme")
        assert not [n for n in rows[0] if any(word in n.lower() for word in forbidden)]
        cells = {word for row in rows for cell in row.values() for word in cell.split()}
        assert "[ND]" not in cells


def national(folder: Path, **more: Any) -> StockFiles:
    """A small stock of fictitious units in which every way to hide a name meets."""
    person = {
        "categorieJuridiqueUniteLegale": "1000",
        "denominationUniteLegale": "",
        "nomUniteLegale": "ZZFICTIVE",
        "denominationUsuelle1UniteLegale": "CHEZ ZZFICTIVE",
        "sigleUniteLegale": "ZZ",
    }
    trade = "denominationUsuelleEtablissement"
    rows = [
        establishment(1, enseigne1Etablissement="LE PAIN FICTIF", enseigne2Etablissement="B"),
        establishment(2, enseigne1Etablissement="GARAGE ZZFICTIVE", **{trade: "LE GARAGE"}),
        establishment(3, **{trade: "ZZFICTIVE JEANNE"}),
        establishment(4, statutDiffusionEtablissement="P", enseigne1Etablissement="CACHEE"),
        establishment(5, enseigne1Etablissement="UNITE CACHEE"),
        establishment(6, **{trade: "COMMERCE CONNU"}),
        establishment(7, **{trade: "SANS UNITE"}),
        establishment(8, etatAdministratifEtablissement="F"),
        establishment(9, codeCommuneEtablissement="99002"),
        establishment(10, enseigne1Etablissement='LE "PETIT", EXEMPLE'),
    ]
    for row in rows:
        row.setdefault("enseigne2Etablissement", "")
        row["coordonneeLambertAbscisseEtablissement"] = "352000.5"
        row["coordonneeLambertOrdonneeEtablissement"] = "6789000.25"
        row["etablissementSiege"] = "true"
    usual = {"denominationUsuelle1UniteLegale": "", "sigleUniteLegale": ""}
    units = [
        unit(1, **person),
        unit(2, **person),
        unit(3, **person),
        unit(4, **usual),
        unit(5, **usual, statutDiffusionUniteLegale="P"),
        *[unit(number, **usual) for number in (6, 8, 9, 10)],
    ]
    points = [point(number) for number in range(1, 10)]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("e.csv", rows), ("u.csv", units), ("p.csv", points)):
        (folder / name).write_text(text_of(table), encoding="utf-8")
    return StockFiles.of([folder / name for name in ("e.csv", "u.csv", "p.csv")])


def test_hidden_names_stay_out_and_the_table_is_the_same(tmp_path: Path) -> None:
    stock = national(tmp_path / "national")
    found = extract(stock, [TOWN], Silent())
    texts = [table.to_csv() for table in (found.establishments, found.units, found.points)]
    for hidden in ("ZZFICTIVE", "CACHEE", "SOCIETE FICTIVE 5", "SANS UNITE", "RUE FICTIVE"):
        assert not any(hidden in text for text in texts), hidden
    for name, table in (("e", found.establishments), ("u", found.units), ("p", found.points)):
        table.to_csv(tmp_path / f"{name}.csv", sep=";", index=False)
    again = StockFiles.of([tmp_path / f"{name}.csv" for name in "eup"])
    mine, theirs = read_stock(again, [TOWN]), read_stock(stock, [TOWN])
    same(mine, theirs)
    names = mine.set_index(mine["siret"].str[6:9])["nom"]
    assert dict(names[["001", "002", "003", "005"]]) == {
        "001": "LE PAIN FICTIF",
        "002": "LE GARAGE",
        "003": NATURAL_PERSON_NAME,
        "005": "",
    }
    assert "90000000400011" not in set(found.points["siret"]), "partial diffusion has no point"
    assert list(found.establishments["siret"]) == sorted(found.establishments["siret"])


def test_old_extracts_with_few_columns_do(tmp_path: Path) -> None:
    """Columns that a file does not have are left out, not invented."""
    path = tmp_path / "e.csv"
    path.write_text(text_of([establishment(1)]), encoding="utf-8")
    found = extract(StockFiles.of(path), [TOWN], Silent())
    assert "dateCreationEtablissement" not in found.establishments
    assert found.units.empty and found.points.empty and len(found.establishments) == 1


@pytest.mark.parametrize("name", parquet.ENGINES)
def test_parquet_gives_the_same_table(
    world: World, communes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pytest.importorskip("pyarrow.parquet", reason="pyarrow writes the Parquet of this test")
    pytest.importorskip(name, reason=f"{name} is not installed here: Parquet is not read by it")
    monkeypatch.setattr(parquet, "engine", lambda: name)
    point_file = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
    contents = {
        f"{table}_utf8.parquet": parquet_of(world.bytes(f"{table}_utf8.zip").decode())
        for table in ("StockEtablissement", "StockUniteLegale")
    }
    points = parquet_of(world.bytes(point_file).decode("utf-8-sig"), ";")
    contents["GeolocalisationEtablissement_Sirene_utf8.parquet"] = points
    with DataGouvServer(world, parquet=contents) as server:
        desk = collected(tmp_path, server, communes)
        assert all(path.endswith(".parquet") for path in server.paths() if "/storage/" in path)
    assert f"{name} can read it" in desk.progress.said[0]
    same(read_stock(scan(desk.depot.folder), communes), read_stock(world.folder, communes))
    direct = tmp_path / "direct"
    direct.mkdir()
    for file, content in contents.items():
        (direct / file).write_bytes(content)
    same(read_stock(scan(direct), communes), read_stock(world.folder, communes))


def test_territories_share_the_files_and_runs_repeat_the_bytes(
    world: World, communes: list[str], tmp_path: Path
) -> None:
    with DataGouvServer(world) as server:
        first = collected(tmp_path, server, communes).written()
        asked = len(server.log)
        other = Desk(tmp_path, "data_gouv", server.url)
        other.depot.folder = tmp_path / "other"
        collect_stock(other.web, scope_of(communes[:1]), other.depot, other.progress)
        assert len(server.log) == asked, "nothing is asked twice"
        again = collected(tmp_path, server, communes).written()
    assert first == again and len(first) == 6
    assert len(list(shared_folder(other.web).rglob("*.zip"))) == 3


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_run_cut_anywhere_ends_with_the_same_bytes(
    world: World, communes: list[str], tmp_path: Path, cut: int
) -> None:
    with DataGouvServer(world) as server:
        whole = collected(tmp_path / "whole", server, communes).written()
        server.rest()
        desk = Desk(tmp_path / "cut", "data_gouv", server.url)

        def stop(seen: Any) -> Any:
            if len(server.log) == cut:
                desk.progress.cancel.set()
                return Response(b"x" * 5, headers=(("ETag", '"x"'),), hang=0.3)
            return None

        server.each(stop)
        with pytest.raises(Cancelled):
            collect_stock(desk.web, scope_of(communes), desk.depot, desk.progress)
        server.rest()
        assert collected(tmp_path / "cut", server, communes).written() == whole


def test_a_territory_without_establishments_is_an_error(world: World, tmp_path: Path) -> None:
    with (
        DataGouvServer(world) as server,
        pytest.raises(SourceError, match="no active establishment"),
    ):
        collected(tmp_path, server, ["99999"])


def test_a_size_that_is_not_told_is_said_so(
    world: World, communes: list[str], tmp_path: Path
) -> None:
    with DataGouvServer(world) as server:
        for item in server.datasets[SIRENE]:
            server.change(SIRENE, item.name, listed=False)
        desk = collected(tmp_path, server, communes)
    assert any("several gigabytes" in said for said in desk.progress.said)
    source = read_citation(desk.depot.folder / FILES[0])
    assert source is not None and source.vintage == "" and source.producer == "Insee"


def test_a_truncated_archive_is_refused(world: World, communes: list[str], tmp_path: Path) -> None:
    """The checksum of the listing is missing, and the file is not whole."""
    with DataGouvServer(world) as server:
        name = "stocketablissement-csv.zip"
        [file] = [item for item in server.datasets[SIRENE] if item.name == name]
        half = replace(file, content=file.content[:50_000], checksum=False)
        server.change(SIRENE, name, content=half.content, checksum=False)
        with pytest.raises(SourceError, match="not a readable zip"):
            collected(tmp_path, server, communes)


def test_arrondissements_are_asked_for(tmp_path: Path) -> None:
    """The register writes 75103, a territory 75056."""
    world = World(tmp_path)
    rows = [establishment(1, codeCommuneEtablissement="75103"), establishment(2)]
    server = DataGouvServer()
    for path, table in (("a.csv", rows), ("b.csv", [unit(1), unit(2)]), ("c.csv", [point(1)])):
        (tmp_path / path).write_text(text_of(table), encoding="utf-8")
    files = {
        "stocketablissement-csv.zip": "a.csv",
        "stockunitelegale-csv.zip": "b.csv",
        "geolocalisation.zip": "c.csv",
    }
    from coodiag.tests.servers.data_gouv import GEOLOCATION, Published, zipped

    stable = {
        "stocketablissement-csv.zip": "0651fb76-bcf3-4f6a-a38d-bc04fa708576",
        "stockunitelegale-csv.zip": "825f4199-cadd-486c-ac46-a65a8ea1a047",
        "geolocalisation.zip": "ba6a4e4c-aac6-4764-bbd2-f80ae345afc5",
    }
    made = [
        Published(stable[name], name, "zip", name, zipped(source, world.bytes(source)))
        for name, source in files.items()
    ]
    server.datasets = {SIRENE: made[:2], GEOLOCATION: made[2:]}
    with server:
        desk = collected(tmp_path / "run", server, ["75056"])
    table = read_stock(scan(desk.depot.folder), ["75056"])
    assert list(table["siren"]) == ["900000001"] and list(table["codgeo"]) == ["75056"]


def test_without_network_nothing_is_half_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "data_gouv", "http://127.0.0.1:9")
    with pytest.raises(ServiceError):
        collect_stock(desk.web, scope_of(["14118"]), desk.depot, desk.progress)
    assert desk.written() == {}


def test_the_engine_is_the_first_that_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def importing(*there: str) -> Any:
        def fake(name: str, *more: Any) -> Any:
            if name.split(".")[0] in parquet.ENGINES:
                if name.split(".")[0] in there:
                    return object()
                raise ImportError(name)
            return real(name, *more)

        return fake

    monkeypatch.undo()
    for there, expected in (((), ""), (("pyarrow",), "pyarrow"), (parquet.ENGINES, "duckdb")):
        with monkeypatch.context() as patch:
            patch.setattr(importlib, "import_module", importing(*there))
            parquet.engine.cache_clear()
            assert parquet.engine() == expected
    parquet.engine.cache_clear()
