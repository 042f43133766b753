"""The services in place of the folder: the same tables, nothing of a person sent, no key written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import processing
import pytest
from coodiag.coodiag_plugin.core.figures import STATE_SUFFIX
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.wanted import collections
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.settings.kept import keep
from coodiag.tests.qgis.conftest import DemoRun, Heard, inputs, one_page, stored
from coodiag.tests.servers.data_inclusion import TOKEN
from coodiag.tests.servers.everything import Services, serving
from coodiag.tests.servers.world import World
from qgis.core import (
    QgsAuthManager,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsVectorLayer,
)

KEY = "invented-key-sirene-0042"
KEYS = (
    ("sirene", "X-INSEE-Api-Key-Integration", KEY),
    ("data_inclusion", "Authorization", f"Bearer {TOKEN}"),
)
#: Tables of the dossier that must be the same, with the columns that tell their rows apart.
TABLES = {
    "communes": ("codgeo",),
    "voisins": ("codgeo",),
    "references": ("unit",),
    "sites": ("nom",),
    "isochrones": ("value",),
    "chalandise": ("site", "zone"),
    "penetration": ("codgeo",),
    "recrutement": ("codgeo",),
}
#: Figures that no service gives, only files: the tables of a run without files lack them.
ONLY_IN_FILES = {
    "commerces_alimentaires",
    "creches",
    "ecoles",
    "emplois_agriculture",
    "emplois_bac_2",
    "emplois_bac_3_plus",
    "emplois_bac_ou_moins",
    "emplois_commerce_services",
    "emplois_construction",
    "emplois_industrie",
    "emplois_publics",
    "evolution_solde_migratoire",
    "evolution_solde_naturel",
    "gares",
    "medecins_generalistes",
    "part_80_plus_seuls",
    "part_demandeurs_qpv",
    "part_jeunes_demandeurs_qpv",
    "part_peu_qualifies_qpv",
    "part_population_qpv",
    "part_travail_hors_commune",
    "pauvrete_30_39",
    "pauvrete_40_49",
    "pauvrete_50_59",
    "pauvrete_60_74",
    "pauvrete_75_plus",
    "pauvrete_moins_30",
}
UNSERVED = dict.fromkeys(("communes", "voisins", "references"), ONLY_IN_FILES)
#: Columns of other figures: the servers of the tests invent their own places and allowances, and the
#: services give the establishments of the territory alone.
INVENTED = {"france_services", "rsa_menages", "rsa_menages_etat", "siae", "structures_inclusion"}
BEYOND = {
    "ess_employeurs",
    "ess_employeurs_etat",
    "part_ess_employeurs",
    "part_ess_employeurs_etat",
}
OTHERWISE = {
    "communes": INVENTED,
    "voisins": INVENTED | BEYOND,
    "references": INVENTED | BEYOND,
    "recrutement": {"part_population_qpv", "part_population_qpv_etat"},
}


@dataclass
class OnlineRun:
    """A diagnosis by the services alone, and what the servers received."""

    dossier: Path
    said: list[str]
    services: Services
    cache: Path


@pytest.fixture(scope="module")
def online(
    provider: QgsProcessingProvider,
    demo: DemoPaths,
    authentication: QgsAuthManager,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[OnlineRun]:
    """The whole diagnosis from the services alone, with both keys, at the documented quotas."""
    output = tmp_path_factory.mktemp("online") / "dossier"
    cache = tmp_path_factory.mktemp("cache")
    heard = Heard()
    world = World(demo.data_folder)
    with serving(world, quotas=True) as services, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COODIAG_CACHE", str(cache))
        for name, url in services.variables.items():
            patch.setenv(name, url)
        for name, header, key in KEYS:
            keep(f"keys/{name}", stored(authentication, "APIHeader", {header: key}))
        asked = inputs(demo, output, SOURCE="online", DATA_FOLDER="")
        with one_page():
            processing.run("coodiag:diagnostic", asked, feedback=heard)
        for name, _, _ in KEYS:
            keep(f"keys/{name}", "")
        yield OnlineRun(output, heard.said, services, cache)


def everything(folder: Path) -> list[tuple[str, bytes]]:
    """Every file under a folder, and the members of those that are zips."""
    found = []
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        found.append((str(path), path.read_bytes()))
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                found += [(f"{path}/{name}", packed.read(name)) for name in packed.namelist()]
    return found


def rows(dossier: Path, table: str, key: tuple[str, ...]) -> dict[tuple[Any, ...], dict[str, Any]]:
    layer = QgsVectorLayer(f"{dossier / 'diagnostic.gpkg'}|layername={table}", table, "ogr")
    assert layer.isValid(), table
    names = [name for name in layer.fields().names() if name != "fid"]
    found = [dict(zip(names, (item[name] for name in names))) for item in layer.getFeatures()]
    return {tuple(row[name] for name in key): row for row in found}


@pytest.mark.parametrize("table", TABLES)
def test_the_services_give_the_same_tables_as_the_folder(
    online: OnlineRun, demo_run: DemoRun, table: str
) -> None:
    ours, theirs = (
        rows(place, table, TABLES[table]) for place in (online.dossier, demo_run.dossier)
    )
    assert ours.keys() == theirs.keys() and ours
    held, given = (set(next(iter(found.values()))) for found in (theirs, ours))
    assert given <= held
    unserved = {name for name in held - given if not name.endswith(STATE_SUFFIX)}
    assert unserved == UNSERVED.get(table, set())
    wrong: dict[str, str] = {}
    for key, row in theirs.items():
        for name in given:
            value, other = row[name], ours[key][name]
            same = (
                value == pytest.approx(other, rel=1e-6)
                if isinstance(value, float) and isinstance(other, float)
                else value == other
            )
            if not same:
                wrong[name] = f"{key}: {other!r} online, {value!r} from the folder"
    assert set(wrong) == OTHERWISE.get(table, set()), wrong


def test_the_establishments_are_those_of_the_folder(online: OnlineRun, demo_run: DemoRun) -> None:
    def counted(place: Path) -> dict[tuple[Any, ...], int]:
        layer = QgsVectorLayer(f"{place / 'diagnostic.gpkg'}|layername=etablissements", "e", "ogr")
        found: dict[tuple[Any, ...], int] = {}
        for item in layer.getFeatures():
            key = (item["codgeo"], item["naf"], item["tranche"])
            found[key] = found.get(key, 0) + 1
        return found

    assert counted(online.dossier) == counted(demo_run.dossier)


def test_every_figure_keeps_its_source_its_day_and_its_licence(online: OnlineRun) -> None:
    layer = QgsVectorLayer(f"{online.dossier / 'diagnostic.gpkg'}|layername=provenance", "p", "ogr")
    assert set(Provenance.columns()) <= set(layer.fields().names())
    listed = list(layer.getFeatures())
    services = {str(item["service"]) for item in listed}
    assert {"Insee, API Melodi", "Géoplateforme, service WFS"} <= services
    for item in listed:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(item["retrieved"])), item["title"]
        assert item["licence"] and item["producer"] and item["sha256"]
        assert "key" not in str(item["address"])


def test_the_journal_tells_who_was_asked_and_when(online: OnlineRun) -> None:
    journal = (online.dossier / "journal.txt").read_text(encoding="utf-8")
    assert "Services interrogés" in journal and "Insee, API Melodi" in journal
    assert "http" not in journal


def test_nothing_of_the_structure_is_sent(online: OnlineRun, demo: DemoPaths) -> None:
    """Names, references and streets of the people, whole or as words of an address."""
    sent = " ".join(
        f"{seen.path} {seen.params} {seen.body!r} {seen.headers}"
        for server in online.services.servers.values()
        for seen in server.log
    ).lower()
    assert "exemple" not in sent
    streets = re.findall(
        r"\d+,? (?:rue|avenue|chemin|impasse) [^;,\"]+",
        demo.clients.read_bytes().decode("cp1252", errors="replace").lower(),
    )
    assert len(streets) > 50
    assert not [street for street in streets if street.split(" ", 1)[1] in sent]


def test_no_server_was_asked_beyond_its_quota(online: OnlineRun) -> None:
    asked = {name: server for name, server in online.services.servers.items() if server.log}
    assert {"geo_api", "wfs", "melodi", "dares", "ban"} <= set(asked)
    assert not {name: len(server.refused) for name, server in asked.items() if server.refused}


def test_without_network_the_kept_answers_serve_and_their_age_is_said(
    online: OnlineRun, demo: DemoPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(online.cache))
    for name, url in online.services.variables.items():
        monkeypatch.setenv(name, url)
    before = sum(len(server.log) for server in online.services.servers.values())
    asked = {"TERRITORY": demo.territory, "SOURCE": "online", "CACHE": "offline"}
    found = processing.run("coodiag:territory", {**asked, "COMMUNES": "TEMPORARY_OUTPUT"})
    assert found["COMMUNES"].featureCount() > 40
    assert before == sum(len(server.log) for server in online.services.servers.values())


def test_download_fills_a_folder_that_serves_without_network(
    online: OnlineRun,
    demo_run: DemoRun,
    demo: DemoPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(online.cache))
    for name, url in online.services.variables.items():
        monkeypatch.setenv(name, url)
    folder = tmp_path / "données"
    found = processing.run(
        "coodiag:download",
        {
            "TERRITORY": demo.territory,
            "WHAT": list(collections()),
            "OUTPUT_FOLDER": str(folder),
            "PROVENANCE": "TEMPORARY_OUTPUT",
        },
    )
    assert found["FILES"] == found["PROVENANCE"].featureCount() > 10
    for name in online.services.variables:
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    communes = processing.run(
        "coodiag:territory",
        {
            "TERRITORY": demo.territory,
            "SOURCE": "folder",
            "DATA_FOLDER": str(folder),
            "COMMUNES": "TEMPORARY_OUTPUT",
        },
    )["COMMUNES"]
    indicators = processing.run(
        "coodiag:indicators",
        {
            "COMMUNES": communes,
            "SOURCE": "folder",
            "DATA_FOLDER": str(folder),
            "INDICATORS": "TEMPORARY_OUTPUT",
        },
    )["INDICATORS"]
    expected = rows(demo_run.dossier, "communes", ("codgeo",))
    seen = 0
    for item in indicators.getFeatures():
        if item["role"] != "territoire":
            continue
        row = expected[(item["codgeo"],)]
        assert item["taux_chomage"] == pytest.approx(row["taux_chomage"], rel=1e-9)
        assert item["taux_chomage_etat"] == row["taux_chomage_etat"]
        seen += 1
    assert seen == len(expected)


def test_a_key_is_in_no_file_no_log_and_no_project(online: OnlineRun) -> None:
    """Both were sent, each to its service only, and written nowhere, not even in the cache."""
    for name, header, _ in KEYS:
        for other, server in online.services.servers.items():
            sent = [seen for seen in server.log if header.lower() in seen.headers]
            assert bool(sent) == (other == name), f"{name} → {other}"
    contents = [*everything(online.dossier), *everything(online.cache)]
    assert len(contents) > 100
    for key in (KEY, TOKEN):
        assert key not in " ".join(online.said)
        assert not [name for name, content in contents if key.encode() in content]


def test_the_key_of_the_parameter_serves_and_is_not_in_the_result(
    online: OnlineRun,
    authentication: QgsAuthManager,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    for name, url in online.services.variables.items():
        monkeypatch.setenv(name, url)
    authcfg = stored(authentication, "APIHeader", {KEYS[0][1]: KEY})
    heard = Heard()
    communes = processing.run(
        "coodiag:territory",
        {"TERRITORY": "COM:53901", "SOURCE": "online", "COMMUNES": "TEMPORARY_OUTPUT"},
    )["COMMUNES"]
    asked = {
        "COMMUNES": communes,
        "SOURCE": "sirene-api",
        "ESTABLISHMENTS": str(tmp_path / "etablissements.gpkg"),
    }
    with pytest.raises(QgsProcessingException, match="needs a key"):
        processing.run("coodiag:establishments", asked, feedback=heard)
    found = processing.run("coodiag:establishments", {**asked, "AUTHCFG": authcfg}, feedback=heard)
    assert QgsVectorLayer(found["ESTABLISHMENTS"], "e", "ogr").featureCount() > 0
    assert KEY not in " ".join(heard.said)
    assert not [name for name, content in everything(tmp_path) if KEY.encode() in content]
