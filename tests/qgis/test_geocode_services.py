"""``coodiag:geocode`` and ``coodiag:diagnostic`` by the imitated services: said before, nothing more sent."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import processing
import pytest
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.processing_algorithms import geocode as module
from coodiag.tests.qgis.conftest import DemoRun, Heard, inputs, one_page
from coodiag.tests.servers import faulty
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geocodage import Engine, GeocodageServer, parts_of
from coodiag.tests.servers.world import World
from qgis.core import (
    QgsFeature,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingProvider,
    QgsProject,
    QgsVectorLayer,
)

SERVERS = {"geoplateforme": GeocodageServer, "addok": AddokServer}
FIELDS = "field=dossier:string&field=nom:string&field=adresse:string&field=cp:string&field=ville:string&field=aide:string"


@pytest.fixture(scope="module")
def engine(world: World) -> Engine:
    return Engine(world.rows("adresses-53.csv.gz"))


@pytest.fixture(params=SERVERS)
def service(
    request: pytest.FixtureRequest, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, GeocodageServer]]:
    with SERVERS[request.param](engine=engine) as server:
        monkeypatch.setenv("COODIAG_URL_GEOCODAGE", server.url)
        yield request.param, server


def table(engine: Engine, count: int = 40) -> QgsVectorLayer:
    """Rows with a name, a reference and a help received, which are nobody's business."""
    layer = QgsVectorLayer(f"NoGeometry?{FIELDS}", "Zorglubines 2026", "memory")
    for at, street in enumerate(list(engine.streets.values())[:count]):
        number = next(iter(street.numbers), "")
        row = street.row
        feature = QgsFeature(layer.fields())
        feature.setAttributes(
            [
                f"REF-{at:05d}X",
                f"Zorglubine Fictive{at}",
                f"{number} {row['nom_voie']}",
                row["code_postal"],
                row["nom_commune"],
                "aide alimentaire",
            ]
        )
        layer.dataProvider().addFeature(feature)
    empty = QgsFeature(layer.fields())
    empty.setAttributes([f"REF-{count}", "Zorglubine Vide", None, None, None, None])
    layer.dataProvider().addFeature(empty)
    return layer


def run(
    parameters: dict[str, Any], feedback: QgsProcessingFeedback
) -> tuple[dict[str, Any], QgsProcessingContext]:
    algorithm = module.Geocode().create()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {"OUTPUT": "memory:", "FAILED": "memory:", **parameters}
    accepted, message = algorithm.checkParameterValues(values, context)
    assert accepted, message
    results, _ = QgsProcessingAlgorithm.run(algorithm, values, context, feedback, {}, False)
    return results, context


def parameters(name: str, server: GeocodageServer, layer: QgsVectorLayer) -> dict[str, Any]:
    url = f"{server.url}/search/csv/" if name == "addok" else ""
    return {"INPUT": layer, "SERVICE": name, "URL": url}


def sent(server: GeocodageServer) -> str:
    return " ".join(
        f"{seen.path} {seen.params} {seen.headers} {unquote_plus(seen.body.decode())}"
        for seen in server.log
    ).lower()


def test_rows_in_are_rows_out_and_nothing_more_is_sent(
    provider: QgsProcessingProvider, engine: Engine, service: tuple[str, GeocodageServer]
) -> None:
    name, server = service
    layer, heard = table(engine), Heard()
    results, context = run(parameters(name, server, layer), heard)
    located = list(context.getMapLayer(results["OUTPUT"]).getFeatures())
    failed = list(context.getMapLayer(results["FAILED"]).getFeatures())
    assert [f["dossier"] for f in located] == [f"REF-{at:05d}X" for at in range(40)]
    assert [f["dossier"] for f in failed] == ["REF-40"]
    assert results["COUNT_IN"] == 41 == len(located) + len(failed)
    assert {f["geo_source"] for f in located} == {name}
    assert results["COUNT_ADDRESS"] >= 38
    everything = sent(server)
    for word in ("zorglubine", "ref-", "alimentaire", "dossier", "aide"):
        assert word not in everything, word
    for seen in server.log:
        if seen.method == "POST":
            assert [part.filename for part in parts_of(seen) if part.filename] == ["adresses.csv"]


def test_what_will_be_sent_is_said_before(
    provider: QgsProcessingProvider, engine: Engine, service: tuple[str, GeocodageServer]
) -> None:
    name, server = service

    class Before(Heard):
        requests: int | None = None

        def _hear(self, text: str) -> None:
            if "is about to receive at most" in text:
                self.requests = len(server.log)
            super()._hear(text)

    heard = Before()
    run(parameters(name, server, table(engine)), heard)
    assert heard.requests == 0, "nothing had left"
    said = next(text for text in heard.said if "is about to receive at most" in text)
    assert "127.0.0.1" in said and "40 different addresses, of 40 rows" in said
    assert "No name, reference or other column" in said
    assert any(text.startswith("Different addresses sent: 40") for text in heard.said)


def test_the_same_run_offline_and_online(
    provider: QgsProcessingProvider,
    engine: Engine,
    demo: DemoPaths,
    service: tuple[str, GeocodageServer],
) -> None:
    name, server = service
    layer = table(engine)
    online, one = run(parameters(name, server, layer), Heard())
    ban = str(demo.data_folder / "adresses-53.csv.gz")
    offline, other = run({"INPUT": layer, "BAN": ban}, Heard())
    fields = ("dossier", "geo_status", "geo_score", "geo_label", "geo_citycode")
    rows = [
        [[str(item[field]) for field in fields] for item in context.getMapLayer(results["OUTPUT"]).getFeatures()]
        for context, results in ((one, online), (other, offline))
    ]  # fmt: skip
    assert rows[0] == rows[1]


def test_cancel_answers_within_a_second_and_the_next_run_goes_on(
    provider: QgsProcessingProvider, engine: Engine, service: tuple[str, GeocodageServer]
) -> None:
    name, server = service
    heard = Heard()

    def silent(seen: Seen) -> Response | None:
        if seen.method != "POST":
            return None
        threading.Timer(0.1, heard.cancel).start()
        return faulty.silent(30.0)

    server.each(silent)
    layer = table(engine)
    start = time.monotonic()
    results, _ = run(parameters(name, server, layer), heard)
    assert results == {} and time.monotonic() - start < 5.0
    asked = len(server.log)
    server.rest()
    results, _ = run(parameters(name, server, layer), Heard())
    assert results["COUNT_IN"] == 41
    assert "municipality" not in sent(server), f"the communes had come in the {asked} requests"


def test_a_fault_is_told_and_holds_no_address(
    provider: QgsProcessingProvider, engine: Engine, service: tuple[str, GeocodageServer]
) -> None:
    name, server = service
    server.each(faulty.failure(403, "Accès refusé"))
    heard = Heard()
    with pytest.raises(QgsProcessingException, match="Accès refusé") as raised:
        run(parameters(name, server, table(engine)), heard)
    street = next(iter(engine.streets.values())).name
    assert street not in f"{raised.value} {heard.said}"


@pytest.fixture(scope="module")
def diagnosis(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    engine: Engine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, GeocodageServer, list[str], Path]]:
    """The whole diagnosis on the data folder, addresses located by geocodage."""
    output = tmp_path_factory.mktemp("geocodage") / "dossier"
    cache = tmp_path_factory.mktemp("cache")
    heard = Heard()
    with GeocodageServer(engine=engine) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COODIAG_CACHE", str(cache))
        patch.setenv("COODIAG_URL_GEOCODAGE", server.url)
        asked = inputs(demo, output, SERVICE="geoplateforme", COMMUNE_PAGES=False)
        with one_page():
            processing.run("coodiag:diagnostic", asked, feedback=heard)
        yield output, server, heard.said, cache


def test_the_diagnosis_says_who_gets_what(
    diagnosis: tuple[Path, GeocodageServer, list[str], Path],
) -> None:
    dossier, server, said, _ = diagnosis
    journal = (dossier / "journal.txt").read_text(encoding="utf-8").replace("\u202f", " ")
    journal = journal.replace("\u00a0", " ")
    told = re.search(r"Bénéficiaires : ([\d ]+) adresses distinctes \(([\d ]+) lignes\) au plus à envoyer à Géoplateforme", journal)  # fmt: skip
    assert told, journal
    assert "Ni nom, ni référence, ni autre colonne" in journal
    assert re.search(r"Bénéficiaires : [\d ]+ adresses distinctes envoyées", journal)
    assert sum("is about to receive at most" in text for text in said) == 3
    document = json.loads((dossier / "coodiag.json").read_text(encoding="utf-8"))
    assert document["parameters"]["SERVICE"] == "geoplateforme"
    posted = {
        line.split(";")[0]
        for seen in server.log
        if seen.method == "POST"
        for part in parts_of(seen)
        if part.filename
        for line in part.content.decode().splitlines()[1:]
    }
    assert document["counts"]["ADDRESSES_SENT"] >= len(posted) > 900
    assert "Géoplateforme, géocodage (BAN)" in {source["service"] for source in document["sources"]}


def test_the_diagnosis_sends_nothing_else_of_the_people(
    diagnosis: tuple[Path, GeocodageServer, list[str], Path], demo: DemoPaths
) -> None:
    from coodiag.coodiag_plugin.core.progress import Silent
    from coodiag.coodiag_plugin.sources.structure_file import import_table

    _, server, _, cache = diagnosis
    everything = sent(server)
    assert "association" not in everything
    place = ("address", "complement", "postcode", "city", "citycode")
    for role, path in (("clients", demo.clients), ("beneficiaries", demo.beneficiaries)):
        for row in import_table(path, role, progress=Silent()).rows:
            for column, value in row.items():
                text = str(value or "").lower()
                if column not in place and len(text) > 5 and not text.isalpha():
                    assert text not in everything, (column, text)
    left = b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file()).lower()
    assert b"search/csv" not in left and b"rue de" not in left


def test_the_diagnosis_locates_as_offline(
    diagnosis: tuple[Path, GeocodageServer, list[str], Path], demo_run: DemoRun
) -> None:
    dossier = diagnosis[0]
    for layer in ("clients", "beneficiaries"):
        rows = []
        for place in (dossier, demo_run.dossier):
            source = QgsVectorLayer(
                f"{place / 'confidentiel' / 'personnes.gpkg'}|layername={layer}", layer, "ogr"
            )
            assert source.isValid()
            fields = ("geo_status", "geo_score", "geo_label", "geo_citycode")
            rows.append([[str(item[name]) for name in fields] for item in source.getFeatures()])
        assert len(rows[0]) == len(rows[1]) > 300
        different = [pair for pair in zip(*rows) if pair[0] != pair[1]]
        assert len(different) <= 2, different[:3]
