"""The algorithm ``coodiag:geocode`` and its bridge, on an invented BAN file."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import address_key, cleaning, geocoder, words
from coodiag.coodiag_plugin.qgis_bridge import geocoding as bridge
from coodiag.coodiag_plugin.qgis_bridge import locating
from coodiag.processing_algorithms import geocode as module
from coodiag.processing_algorithms.diagnostic import Diagnostic
from coodiag.tests.unit.geocoding_samples import lines, write_ban
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

FIELDS = "field=ref:string&field=Adresse:string&field=CP:string&field=Ville:string&field=Heures:double&field=geo_score:double"
ROWS = [
    ("a", "12 rue de la Gare", "99100", "Valmoreau", 1.5, 9.0),
    ("b", None, None, None, None, None),
    ("c", "2 av Gal de Gaule", "99100", "VALMOREAU", 3.0, None),
    ("d", "rue de la Gare", "99100", "Valmoreau", 4.0, None),
    ("e", "rue Inconnue", "99100", "Valmoreau", 5.0, None),
    ("f", "Le Haut Clairet", "99100", "St Ardoin sur Lisse", 6.0, None),
    ("g", "7 rue du Lac", "", "Hors-Base", 7.0, None),
]


@pytest.fixture
def table(qgis_app: object) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"NoGeometry?{FIELDS}", "clients", "memory")
    for values in ROWS:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(values))
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture
def communes(qgis_app: object) -> QgsVectorLayer:
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:2154&field=INSEE_COM:string&field=NOM:string", "c", "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["99050", "Hors-Base"])
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(700000, 6600000)).buffer(2000, 8))
    layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture
def ban(tmp_path: Path) -> Path:
    return write_ban(tmp_path / "adresses-99.csv.gz")


def run(parameters: dict[str, Any]) -> tuple[dict[str, Any], QgsProcessingContext]:
    algorithm = module.Geocode().create()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {"OUTPUT": "memory:", "FAILED": "memory:", **parameters}
    accepted, message = algorithm.checkParameterValues(values, context)
    assert accepted, message
    # QGIS's own run: the base class of the algorithms has a method of that name
    results, done = QgsProcessingAlgorithm.run(algorithm, values, context, QgsProcessingFeedback())
    assert done
    return results, context


def rows(results: dict[str, Any], context: QgsProcessingContext, name: str) -> list[QgsFeature]:
    layer = context.getMapLayer(results[name])
    return list(layer.getFeatures())


def test_rows_in_are_rows_out(table: QgsVectorLayer, communes: QgsVectorLayer, ban: Path) -> None:
    results, context = run({"INPUT": table, "BAN": str(ban), "COMMUNES": communes})
    located, failed = (rows(results, context, name) for name in ("OUTPUT", "FAILED"))
    assert [f["ref"] for f in located] == ["a", "c", "d", "e", "f", "g"]
    assert [f["ref"] for f in failed] == ["b"]
    assert [f["geo_status"] for f in located] == [
        "adresse",
        "adresse",
        "voie",
        "commune",
        "lieu-dit",
        "commune",
    ]
    assert failed[0]["geo_status"] == "echec"
    assert failed[0]["geo_note"]
    counts = {k: v for k, v in results.items() if k.startswith("COUNT")}
    assert counts == {
        "COUNT_IN": 7,
        "COUNT_ADDRESS": 2,
        "COUNT_STREET": 2,
        "COUNT_PLACE": 1,
        "COUNT_TOWN": 2,
        "COUNT_FAILED": 1,
    }


def test_fields_and_projection(table: QgsVectorLayer, ban: Path) -> None:
    results, context = run({"INPUT": table, "BAN": str(ban)})
    layer = context.getMapLayer(results["OUTPUT"])
    assert layer.fields().names() == [
        "ref",
        "Adresse",
        "CP",
        "Ville",
        "Heures",
        *bridge.RESULT_FIELDS,
    ]
    assert layer.crs().authid() == "EPSG:2154"
    first = next(layer.getFeatures())
    assert first["Heures"] == 1.5
    assert first["geo_score"] == 1.0
    point = first.geometry().asPoint()
    assert 620_000 < point.x() < 640_000
    assert 6_640_000 < point.y() < 6_670_000


def test_fields_chosen_by_hand(table: QgsVectorLayer, ban: Path) -> None:
    results, _ = run({"INPUT": table, "BAN": str(ban), "ADDRESS": "ref", "CITY": "Ville"})
    assert results["COUNT_ADDRESS"] == 0
    assert results["COUNT_IN"] == 7


def test_folder_of_ban_files_and_communes_alone(
    table: QgsVectorLayer, communes: QgsVectorLayer, ban: Path
) -> None:
    results, _ = run({"INPUT": table, "BAN": str(ban.parent)})
    assert results["COUNT_ADDRESS"] == 2
    results, _ = run({"INPUT": table, "COMMUNES": communes})
    assert (results["COUNT_ADDRESS"], results["COUNT_TOWN"]) == (0, 1)


def test_without_town_fallback(table: QgsVectorLayer, ban: Path) -> None:
    results, _ = run({"INPUT": table, "BAN": str(ban), "TOWN_FALLBACK": False})
    assert (results["COUNT_TOWN"], results["COUNT_FAILED"]) == (0, 3)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"SERVICE": "addok"}, "give its address in URL"),
        ({"SERVICE": "addok", "URL": "addok.example"}, "is not the address of a server"),
        ({"SERVICE": "addok", "URL": "ftp://addok.example"}, "is not the address of a server"),
        ({}, "needs BAN"),
        ({"BAN": "/nowhere/adresses-99.csv"}, "does not exist"),
        ({"CORRECTIONS": "/nowhere/c.sqlite"}, "corrections /nowhere/c.sqlite does not exist"),
    ],
)
def test_refusals(table: QgsVectorLayer, parameters: dict[str, Any], words: str) -> None:
    values = {"INPUT": table, "OUTPUT": "memory:", "FAILED": "memory:", **parameters}
    accepted, message = (
        module.Geocode().create().checkParameterValues(values, QgsProcessingContext())
    )
    assert not accepted
    assert words in message


def test_table_without_any_address(qgis_app: object, ban: Path) -> None:
    layer = QgsVectorLayer("NoGeometry?field=colour:string", "t", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["blue"])
    layer.dataProvider().addFeature(feature)
    algorithm: QgsProcessingAlgorithm = module.Geocode().create()
    values = {"INPUT": layer, "BAN": str(ban), "OUTPUT": "memory:", "FAILED": "memory:"}
    with pytest.raises(QgsProcessingException, match="colour"):
        QgsProcessingAlgorithm.run(
            algorithm, values, QgsProcessingContext(), QgsProcessingFeedback(), {}, False
        )


def test_empty_table(qgis_app: object, ban: Path) -> None:
    layer = QgsVectorLayer("NoGeometry?field=Adresse:string", "t", "memory")
    results, _ = run({"INPUT": layer, "BAN": str(ban)})
    assert results["COUNT_IN"] == 0


def test_bridge_for_the_pipeline(communes: QgsVectorLayer, ban: Path) -> None:
    names = ("ref", "address", "postcode", "city")
    table = [dict(zip(names, values)) for values in ROWS]
    located, failed, counts = bridge.geocode_rows(
        table,
        bridge.guess_fields(table, {}),
        how=bridge.How(service="offline", min_score=geocoder.MIN_SCORE, ban=(ban,)),
        communes_layer=communes,
        crs="EPSG:2154",
        progress=Silent(),
    )
    assert [row["ref"] for row, _ in located] == ["a", "c", "d", "e", "f", "g"]
    assert [row["ref"] for row in failed] == ["b"]
    assert counts["COUNT_IN"] == len(located) + len(failed)
    town = located[-1][1].asPoint()
    assert abs(town.x() - 700_000) < 2000
    assert abs(town.y() - 6_600_000) < 2000


def test_names_that_communes_bore_before(communes: QgsVectorLayer) -> None:
    """The table of changes of the run leads an old name and an old code to the present commune."""
    table = [{"city": "Ancienne-Commune-Disparue"}, {"citycode": "99998"}]
    found = [
        bridge.locate_rows(
            [line],
            {name: name for name in line},
            how=bridge.How(service="offline", min_score=geocoder.MIN_SCORE),
            communes=communes,
            former=former,
            progress=Silent(),
        )[0].citycode
        for former in ((), [("99998", "Ancienne-Commune-Disparue", ("99050",))])
        for line in table
    ]
    assert found == ["", "", "99050", "99050"]


def test_a_source_that_changes_its_order_mixes_no_rows(
    table: QgsVectorLayer, ban: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database promises no order: what one passage gives first, the next may give last."""
    passages: list[int] = []

    def labels() -> dict[str, str]:
        found = rows(*run({"INPUT": table, "BAN": str(ban)}), "OUTPUT")
        return {feature["ref"]: feature["geo_label"] for feature in found}

    class Turning(module.Rows):
        def features(self) -> Iterator[QgsFeature]:
            passages.append(1)
            yield from list(super().features())[:: -1 if len(passages) % 2 else 1]

    expected = labels()
    monkeypatch.setattr(module, "Rows", Turning)
    assert labels() == expected and len(passages) > 1


def test_a_source_that_loses_a_row_on_the_way_is_refused(
    table: QgsVectorLayer, ban: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passages: list[int] = []

    class Losing(module.Rows):
        def features(self) -> Iterator[QgsFeature]:
            passages.append(1)
            yield from list(super().features())[len(passages) - 1 :]

    monkeypatch.setattr(module, "Rows", Losing)
    with pytest.raises(QgsProcessingException, match="7 rows, then 6"):
        QgsProcessingAlgorithm.run(
            module.Geocode().create(),
            {"INPUT": table, "BAN": str(ban), "OUTPUT": "memory:", "FAILED": "memory:"},
            QgsProcessingContext(),
            QgsProcessingFeedback(),
            {},
            False,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"service": "addok"}, {"url": "http://localhost:1"}, {"min_score": 0.7},
        {"town_fallback": False}, {"ban": ()},
    ],
)  # fmt: skip
def test_answers_kept_under_another_setting_are_not_used(ban: Path, change: dict[str, Any]) -> None:
    """What an answer depends on beside the row: a killed run serves no run of another setting."""
    how = bridge.How(service="offline", min_score=0.68, ban=(ban,))
    assert locating._setting(how, "towns") == locating._setting(replace(how), "towns")
    assert locating._setting(how, "towns") != locating._setting(replace(how, **change), "towns")
    assert locating._setting(how, "towns") != locating._setting(how, "other towns")
    before = locating._setting(how, "towns")
    write_ban(ban, lines()[:5])
    assert locating._setting(how, "towns") != before, "another file under the same name"


def test_address_in_several_columns() -> None:
    row = {"no": 12.0, "rep": "bis", "type": "rue", "voie": "de la Gare", "cp": 1400.0}
    fields = {
        "number": "no",
        "repetition": "rep",
        "street_type": "type",
        "street": "voie",
        "postcode": "cp",
    }
    found = bridge.query("1", row, fields)
    assert (found.address, found.postcode) == ("12 bis rue de la Gare", "1400")


def test_only_what_locates_reaches_the_geocoder() -> None:
    row = {"nom": "Personne Exemple", "adresse": "1 rue X", "ville": "Y", "tel": "06"}
    found = bridge.query("7", row, {"address": "adresse", "city": "ville"})
    assert "Exemple" not in repr(found)
    assert "06" not in repr(found)


def test_default_least_score_is_the_room_s() -> None:
    assert module.MIN_SCORE == geocoder.MIN_SCORE


def test_no_address_stays_in_memory_after_a_run(table: QgsVectorLayer, ban: Path) -> None:
    run({"INPUT": table, "BAN": str(ban)})
    for remembering in (address_key._key, cleaning.parse, words.street_name):
        assert remembering.cache_info().currsize == 0


def test_no_connection(table: QgsVectorLayer, ban: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    asked = []
    network = QgsNetworkAccessManager.instance().requestAboutToBeCreated[
        QgsNetworkRequestParameters
    ]
    network.connect(asked.append)
    monkeypatch.setattr(socket, "socket", refuse)
    try:
        results, _ = run({"INPUT": table, "BAN": str(ban)})
    finally:
        network.disconnect(asked.append)
    assert results["COUNT_ADDRESS"] == 2 and not asked


def test_the_diagnosis_refuses_a_file_of_corrections_that_is_not_there(qgis_app: object) -> None:
    accepted, message = (
        Diagnostic()
        .create()
        .checkParameterValues(
            {
                "TERRITORY": "EPCI:1",
                "STRUCTURE": "S",
                "CORRECTIONS": "/nowhere/c.sqlite",
                "OUTPUT_FOLDER": "/nowhere",
            },
            QgsProcessingContext(),
        )
    )
    assert not accepted and "/nowhere/c.sqlite does not exist" in message
