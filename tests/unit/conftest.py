"""The imitated geocoding services and what they are asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.geocoder import Located, geocode
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.sources.structure_file import import_table
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.geocoding_runs import CELLS, SERVERS
from coodiag.tests.unit.geocoding_samples import lines


@pytest.fixture(scope="module")
def engine(world: World) -> Engine:
    return Engine(world.rows("adresses-53.csv.gz"))


@pytest.fixture(scope="module")
def sample() -> Engine:
    """The invented BAN file of the offline tests."""
    return Engine(list(csv.DictReader(io.StringIO("\n".join(lines())), delimiter=";")))


@pytest.fixture(params=SERVERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(name: str, engine: Engine) -> Iterator[GeocodageServer]:
    with SERVERS[name](engine=engine) as running:
        yield running


@pytest.fixture(scope="module")
def people(demo: DemoPaths) -> list[Query]:
    """Clients and beneficiaries of the demonstration, as the pipeline reads them."""
    found: list[Query] = []
    for role, path in (("clients", demo.clients), ("beneficiaries", demo.beneficiaries)):
        for row in import_table(path, role, progress=Silent()).rows:
            found.append(Query(str(len(found)), *(str(row.get(cell) or "") for cell in CELLS)))
    return found


@pytest.fixture(scope="module")
def offline(
    demo: DemoPaths, people: list[Query], tmp_path_factory: pytest.TempPathFactory
) -> list[Located]:
    cache = tmp_path_factory.mktemp("ban")
    with open_index([demo.data_folder / "adresses-53.csv.gz"], cache, Silent()) as index:
        return geocode(people, index, None, progress=Silent())


@pytest.fixture
def small(name: str, sample: Engine) -> Iterator[GeocodageServer]:
    with SERVERS[name](engine=sample) as running:
        yield running
