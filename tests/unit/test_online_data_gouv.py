"""data.gouv.fr: the present file of a dataset, its stable address, its download."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.online import data_gouv
from coodiag.coodiag_plugin.sources.online.data_gouv import (
    download_resource,
    entries,
    known_resource,
    obtain,
    resource,
)
from coodiag.coodiag_plugin.sources.online.data_gouv_listing import choose, described
from coodiag.coodiag_plugin.sources.recognise import datasets
from coodiag.coodiag_plugin.sources.web.exchange import CHUNK
from coodiag.coodiag_plugin.sources.web.faults import Kind, ServiceError
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.data_gouv import DataGouvServer, Published
from coodiag.tests.unit.inclusion_samples import Desk

DATASET = "5b7ffc618b4c4169d30727e0"
STABLE = "0651fb76-bcf3-4f6a-a38d-bc04fa708576"
ENTRY = "stock_etablissement_csv"
NAME = "stocketablissement-csv.zip"
CONTENT = bytes(range(256)) * 1000


class Server(DataGouvServer):
    """One dataset, with neighbours of nearly the same title."""

    def __init__(self) -> None:
        super().__init__()
        self.titles = {DATASET: "Base Sirene"}
        title = "Sirene : Fichier StockEtablissement"
        self.datasets = {
            DATASET: [
                Published("h", f"{title}Historique - 01 novembre 2026", "zip", "h.zip", b"PKh"),
                Published(STABLE, f"{title} - 01 novembre 2026", "zip", NAME, CONTENT),
                Published("d", f"{title} - description", "pdf", "d.pdf", b"%PDF"),
            ]
        }


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    with Server() as server:
        desk = Desk(tmp_path, "data_gouv", server.url)
        desk.server = server  # type: ignore[attr-defined]
        yield desk


def test_the_listing_tells_everything_that_is_printed(desk: Any) -> None:
    found = known_resource(desk.web, ENTRY)
    assert (found.id, found.day, found.vintage) == (STABLE, "2026-11-01", "1er\u00a0novembre 2026")
    assert (found.size, found.licence, found.organisation) == (
        len(CONTENT),
        "Licence Ouverte 2.0",
        "Insee",
    )
    assert found.checksum.startswith("sha1:") and found.page.startswith("https://www.data.gouv.fr/")
    row = found.source("sirene_etablissement", retrieved="2026-11-20")
    assert (row.vintage, row.service, row.retrieved) == (
        "1er\u00a0novembre 2026",
        "data.gouv.fr",
        "2026-11-20",
    )
    assert "127.0.0.1" not in str(row.as_row())


def test_the_last_changed_file_that_fits_is_taken(desk: Any) -> None:
    found = resource(desk.web, DATASET, match="Fichier StockEtablissement", formats=["zip"])
    assert found.id in ("h", STABLE)  # both of the same day: the choice does not depend on order
    desk.server.change(DATASET, "h.zip", day="2026-11-09")
    again = Desk(desk.depot.folder / "again", "data_gouv", desk.server.url)
    assert resource(again.web, DATASET, match="Fichier Stock").id == "h"


def test_a_renamed_file_is_found_by_its_identifier(desk: Any) -> None:
    desk.server.change(DATASET, NAME, title="Établissements, novembre")
    assert known_resource(desk.web, ENTRY).id == STABLE


def test_a_file_that_is_not_listed_is_asked_under_its_stable_address(
    desk: Any, tmp_path: Path
) -> None:
    desk.server.change(DATASET, NAME, listed=False)
    found, path = obtain(desk.web, ENTRY, tmp_path / "files", desk.progress)
    assert path.read_bytes() == CONTENT and found.day == found.vintage == found.checksum == ""
    assert any("no longer lists" in said for said in desk.progress.warned)
    assert f"/datasets/r/{STABLE}" in desk.server.paths()


def test_a_dataset_that_has_moved_leaves_the_stable_address(desk: Any, tmp_path: Path) -> None:
    files = desk.server.datasets.pop(DATASET)
    desk.server.datasets["elsewhere"] = files
    assert obtain(desk.web, ENTRY, tmp_path / "files")[1].read_bytes() == CONTENT
    with pytest.raises(ServiceError) as raised:
        resource(desk.web, DATASET, match="x")
    assert raised.value.status == 404


def test_nothing_that_fits_is_an_error_with_the_name_of_the_dataset(desk: Any) -> None:
    with pytest.raises(SourceError, match="Base Sirene has no file of the expected name"):
        resource(desk.web, DATASET, match="StockInconnu", formats=["csv"])


@pytest.mark.parametrize(
    "body", [b'{"message": "Dataset en maintenance"}', b"[]", b'{"resources": null}', b"null"]
)
def test_an_answer_that_is_no_listing_is_refused(desk: Any, body: bytes) -> None:
    desk.server.each(Response.typed(body, "application/json"))
    with pytest.raises(ServiceError) as raised:
        known_resource(desk.web, ENTRY)
    assert raised.value.kind is Kind.ERROR_BODY
    assert ("maintenance" in str(raised.value)) == (b"maintenance" in body)


def test_a_download_is_resumed_and_verified(desk: Any, tmp_path: Path) -> None:
    found = known_resource(desk.web, ENTRY)
    desk.server.script(
        lambda seen: Response.typed(
            CONTENT, "application/zip", headers=(("ETag", '"x"'),), cut_at=70_000
        )
    )
    path = download_resource(desk.web, found, tmp_path / "stock.zip", desk.progress)
    assert path.read_bytes() == CONTENT
    ranges = [seen.headers.get("range") for seen in desk.server.log if "storage" in seen.path]
    assert ranges[0] is None and len(ranges) == 2
    # urllib3 hands over the piece that the cut left incomplete; since 2.8 it does not.
    assert ranges[1] in ("bytes=70000-", f"bytes={70_000 // CHUNK * CHUNK}-")


def test_a_damaged_file_is_never_used(desk: Any, tmp_path: Path) -> None:
    found = known_resource(desk.web, ENTRY)
    wrong = Response.typed(CONTENT[:-1] + b"?", "application/zip")
    desk.server.each(lambda seen: wrong if "storage" in seen.path else None)
    with pytest.raises(ServiceError) as raised:
        download_resource(desk.web, found, tmp_path / "stock.zip")
    assert raised.value.kind is Kind.CHECKSUM and not (tmp_path / "stock.zip").exists()


def test_editions_are_not_mixed_and_the_former_one_goes(desk: Any, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    _, old = obtain(desk.web, ENTRY, folder)
    desk.server.change(DATASET, NAME, content=b"PK new", day="2026-12-01")
    desk.clock.sleep(30 * 86400)
    found, new = obtain(desk.web, ENTRY, folder)
    assert (found.day, new.read_bytes()) == ("2026-12-01", b"PK new")
    assert not old.exists() and [item.name for item in (folder / ENTRY).iterdir()] == ["2026-12-01"]


def test_a_kept_listing_whose_file_has_gone_is_asked_again(desk: Any, tmp_path: Path) -> None:
    """The monthly file replaces that of a listing which is still fresh enough to be used."""
    known_resource(desk.web, ENTRY)
    desk.server.change(DATASET, NAME, content=b"PK new", day="2026-12-01")
    found, path = obtain(desk.web, ENTRY, tmp_path / "files")
    assert (found.day, path.read_bytes()) == ("2026-12-01", b"PK new")


def test_offline_uses_what_is_there(desk: Any, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    obtain(desk.web, ENTRY, folder)
    asked = len(desk.server.log)
    desk.web.mode = "offline"
    assert obtain(desk.web, ENTRY, folder)[1].read_bytes() == CONTENT
    assert len(desk.server.log) == asked


@pytest.mark.parametrize(
    ("told", "checksum"),
    [
        ({"type": "sha1", "value": "A" * 40}, "sha1:" + "a" * 40),
        ({"type": "SHA-256", "value": "0" * 64}, "sha256:" + "0" * 64),
        ({"type": "sha1", "value": "abc123"}, ""),
        ({"type": "crc", "value": "0" * 40}, ""),
        ({"type": "sha1", "value": "z" * 40}, ""),
        ({"type": None, "value": None}, ""),
        (None, ""),
    ],
)
def test_only_a_whole_checksum_is_verified(told: Any, checksum: str) -> None:
    item = {"id": "a", "title": "t", "url": "https://example.org/a.csv", "checksum": told}
    assert described(item, {"license": "odc-odbl"}, "jeu").checksum == checksum


def test_sparse_listings() -> None:
    """What a producer may leave out, or write otherwise."""
    item = {"id": "a", "title": "Liste 2025", "url": "ftp://example.org/a.csv", "filesize": None}
    found = described(item, {"license": "notspecified", "organization": None}, "jeu")
    assert (found.address, found.vintage, found.size) == ("datasets/r/a", "2025", 0)
    assert (found.licence, found.organisation) == ("", "")
    assert found.page == "https://www.data.gouv.fr/datasets/jeu/"
    dated = described({**item, "title": "Liste", "last_modified": "2026-06-30T1"}, {}, "jeu")
    assert dated.vintage == "30\u00a0juin 2026"
    assert choose([None, {}, {"title": "t"}, 3], "t", (), "") is None


def test_the_rows_of_the_catalogue_are_whole() -> None:
    for entry in entries().values():
        assert entry.family in datasets() or entry.family == "france_services", entry.id
        assert entry.file and entry.formats and entry.title, entry.id
    assert json.dumps(sorted(entries())) and data_gouv.entries() is entries()
