"""The session behind the review window: rows, choices, decisions, the next run, the export."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.geocoding import address_key
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.qgis_bridge import review_ground
from coodiag.coodiag_plugin.qgis_bridge.review import (
    ReviewSession,
    dossier_session,
    pair_session,
)
from coodiag.coodiag_plugin.qgis_bridge.review_rows import ReviewRow, kind
from coodiag.tests.unit.geocoding_samples import write_ban
from qgis.core import (
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingProvider,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

FIELDS = "field=ref:string&field=Nom:string&field=Adresse:string&field=CP:string&field=Ville:string"
ROWS = [
    ("a", "FICTIF Un", "12 rue de la Gare", "99100", "Valmoreau"),
    ("b", "FICTIF Deux", "7 rue Inconnue", "99100", "Valmoreau"),
    ("c", "FICTIF Trois", "7, R. INCONNUE", "99100", "VALMOREAU"),
    ("d", "FICTIF Quatre", "9 rue Inconnue", "99100", "Valmoreau"),
    ("e", "FICTIF Cinq", "1 rue du Bois", "98765", "Nulle-Part"),
    ("f", "FICTIF Six", "sans domicile", None, None),
    ("g", "FICTIF Sept", None, "99100", "Valmoreau"),
    ("h", "FICTIF Huit", "4 rue du Lavoir", "99100", "Valmoreau"),
]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test alone: neither indexes nor corrections of others."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def run(provider: QgsProcessingProvider, cache: Path, tmp_path: Path) -> Any:
    """Geocodes the rows: (located layer, failed layer, results)."""
    import processing

    table = QgsVectorLayer(f"NoGeometry?{FIELDS}", "clients", "memory")
    for values in ROWS:
        feature = QgsFeature(table.fields())
        feature.setAttributes(list(values))
        table.dataProvider().addFeature(feature)
    ban = write_ban(tmp_path / "adresses-99.csv")

    def geocode(**more: Any) -> tuple[QgsVectorLayer, QgsVectorLayer, dict[str, Any]]:
        results = processing.run(
            "coodiag:geocode",
            {"INPUT": table, "BAN": str(ban), "OUTPUT": "memory:", "FAILED": "memory:", **more},
            context=QgsProcessingContext(),
            feedback=QgsProcessingFeedback(False),
        )
        return results["OUTPUT"], results["FAILED"], results

    return geocode


def by_address(session: ReviewSession, start: str) -> Any:
    return next(row for row in session.rows if row.query.address.startswith(start))


def test_the_rows_of_a_run_are_told_apart(run: Any) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    kinds = {row.query.address or "-": row.kind for row in session.rows}
    assert kinds["12 rue de la Gare"] == "sure"
    assert kinds["7 rue Inconnue"] == "town"
    assert kinds["1 rue du Bois"] == kinds["sans domicile"] == "failed"
    assert not by_address(session, "12").waiting
    assert by_address(session, "7 rue").twins == 1
    nothing = next(row for row in session.rows if not row.query.address)
    assert not nothing.keyed and not nothing.waiting
    counts = session.counts()
    assert counts.total == len(ROWS) and counts.mute == 1 and counts.decided == 0
    session.close()


def test_choices_reach_the_other_communes_of_the_postcode(run: Any) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    row = by_address(session, "4 rue du Lavoir")
    found = session.choices(row.at)
    assert found[0].label == "4 Rue du Lavoir 99100 Saint-Ardoin-sur-Lisse"
    assert found[0].citycode == "99002" and 0 < found[0].score < 1
    scores = [choice.score for choice in found]
    assert scores == sorted(scores, reverse=True) and len(found) <= 9
    assert session.has_index()
    streets = session.street_layer(row.at)
    assert streets is not None and streets.featureCount() > 5
    session.close()


def test_the_next_run_has_the_decisions_and_asks_for_no_more(run: Any, tmp_path: Path) -> None:
    located, failed, before = run()
    session = pair_session(located, failed, {})
    lavoir = by_address(session, "4 rue du Lavoir")
    session.decide(lavoir.at, session.chosen(lavoir.at, session.choices(lavoir.at)[0]))
    seven = by_address(session, "7 rue Inconnue")
    session.decide(seven.at, session.clicked(seven.at, 2.001, 47.001, "Près du pont."))
    assert by_address(session, "7, R.").correction == seven.correction
    nowhere = by_address(session, "sans domicile")
    session.decide(nowhere.at, session.given_up(nowhere.at))
    session.close()
    located, failed, after = run()
    rows = {f["ref"]: f for f in located.getFeatures()}
    assert rows["h"]["geo_citycode"] == "99002" and rows["h"]["geo_source"] == "correction"
    assert rows["b"]["geo_status"] == rows["c"]["geo_status"] == "adresse"
    assert rows["b"]["geo_note"].endswith("Près du pont.")
    assert rows["b"].geometry().asPoint() == rows["c"].geometry().asPoint()
    assert rows["d"]["geo_source"] != "correction", "another number is another address"
    assert rows["a"]["geo_source"] == "BAN"
    given_up = next(f for f in failed.getFeatures() if f["ref"] == "f")
    assert given_up["geo_source"] == "correction" and "Abandonnée" in given_up["geo_note"]
    assert after["COUNT_IN"] == before["COUNT_IN"] == len(ROWS)
    assert after["COUNT_ADDRESS"] == before["COUNT_ADDRESS"] + 3
    again = pair_session(located, failed, {})
    assert again.counts().waiting == 2, "9 rue Inconnue and the commune that nobody knows"
    again.close()


def test_a_decision_reaches_the_rows_that_give_a_code_and_those_that_give_none(cache: Path) -> None:
    """As the corrections are found again: by code when both have one, else by name."""
    cells = [("9 rue Inconnue", "99100", "Valmoreau", code) for code in ("99001", "", "99002")]
    cells += [("9, r. inconnue", "99100", "VALMOREAU", ""), ("9 rue Inconnue", "", "", "99001")]
    nowhere = {"status": "echec", "score": 0.0, "lon": None, "lat": None, "kind": "failed"}
    texts = dict.fromkeys(("label", "citycode", "note", "ref"), "")
    rows = [
        ReviewRow(at, Query(str(at), address, "", *more), **nowhere, **texts, values={})
        for at, (address, *more) in enumerate(cells)
    ]
    session = ReviewSession(rows, [])
    assert [row.twins for row in rows] == [3, 3, 2, 3, 1]
    before = session.decide(1, session.given_up(1))
    assert [not row.waiting for row in rows] == [True, True, True, True, False]
    session.undo(1, before)
    assert all(row.waiting for row in rows)
    session.decide(0, session.given_up(0))
    assert [not row.waiting for row in rows] == [True, True, False, True, True]
    for row in rows:
        assert row.correction == session._store.get(row.query)
    session.close()
    assert address_key._key.cache_info().currsize == 0


def test_another_file_of_corrections_can_be_named(run: Any, tmp_path: Path) -> None:
    own = tmp_path / "autre.sqlite"
    located, failed, _ = run()
    session = pair_session(located, failed, {}, own)
    row = by_address(session, "9 rue")
    session.decide(row.at, session.at_town(row.at))
    session.close()
    assert own.is_file()
    named = {f["ref"]: f["geo_source"] for f in run(CORRECTIONS=str(own))[0].getFeatures()}
    plain = {f["ref"]: f["geo_source"] for f in run()[0].getFeatures()}
    assert named["d"] == "correction" and plain["d"] != "correction"


def test_a_decision_is_undone_to_what_was_before(run: Any) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    row = by_address(session, "9 rue")
    first = session.decide(row.at, session.at_town(row.at))
    kept = row.correction
    second = session.decide(row.at, session.given_up(row.at))
    assert row.correction is not None and row.correction.lon is None
    session.undo(row.at, second)
    assert row.correction == kept
    session.undo(row.at, first)
    assert row.correction is None and row.waiting
    session.close()


def test_what_cannot_be_kept_apart_is_refused_with_a_sentence(run: Any) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    nowhere = by_address(session, "sans domicile")
    with pytest.raises(InputError, match="no commune"):
        session.clicked(nowhere.at, 2.0, 47.0)
    with pytest.raises(InputError, match="no place to accept"):
        session.accepted(by_address(session, "1 rue du Bois").at)
    with pytest.raises(InputError, match="unknown or one of several"):
        session.at_town(by_address(session, "1 rue du Bois").at)
    nothing = next(row for row in session.rows if not row.query.address)
    with pytest.raises(InputError, match="no address"):
        session.decide(nothing.at, session.accepted(nothing.at))
    session.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "gpkg"])
def test_what_failed_is_exported_corrected_and_run_alone(
    run: Any, tmp_path: Path, ending: str
) -> None:
    import processing

    located, failed, _ = run()
    session = pair_session(located, failed, {})
    path = tmp_path / f"echecs.{ending}"
    assert session.export_failed(path) == 2
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    session.close()
    layer = QgsVectorLayer(str(path), "echecs", "ogr")
    expected = ["ligne", "ref", "Nom", "Adresse", "CP", "Ville", "geo_note"]
    assert layer.fields().names()[-7:] == expected
    assert sorted(f["ref"] for f in layer.getFeatures()) == ["e", "f"]
    assert layer.startEditing()
    for item in layer.getFeatures():
        if item["ref"] == "e":
            for name, text in (
                ("Adresse", "1 rue de la Gare"),
                ("CP", "99100"),
                ("Ville", "Valmoreau"),
            ):
                layer.changeAttributeValue(item.id(), layer.fields().indexOf(name), text)
    assert layer.commitChanges()
    results = processing.run(
        "coodiag:geocode",
        {
            "INPUT": layer,
            "BAN": str(tmp_path / "adresses-99.csv"),
            "OUTPUT": "memory:",
            "FAILED": "memory:",
        },
    )
    assert (results["COUNT_IN"], results["COUNT_ADDRESS"], results["COUNT_FAILED"]) == (2, 1, 1)


def test_what_was_placed_since_is_not_exported_as_failed(run: Any, tmp_path: Path) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    row = by_address(session, "1 rue du Bois")
    before = session.decide(row.at, session.clicked(row.at, 2.0, 47.0))
    assert session.export_failed(tmp_path / "one.csv") == 1
    session.undo(row.at, before)
    assert session.export_failed(tmp_path / "two.csv") == 2
    session.close()


@pytest.mark.parametrize(
    ("status", "score", "gap", "located", "expected"),
    [
        ("adresse", 0.85, 0.04, True, "sure"),
        ("adresse", 0.84, 1.0, True, "doubtful"),  # a low score
        ("voie", 1.0, 0.03, True, "doubtful"),  # another place nearly as likely
        ("voie", 1.0, None, True, "sure"),
        ("commune", 1.0, 0.0, True, "town"),
        ("adresse", 1.0, 1.0, False, "failed"),
        ("echec", 0.0, 0.0, True, "failed"),
    ],
)
def test_how_much_a_row_needs_a_person(
    status: str, score: float, gap: float | None, located: bool, expected: str
) -> None:
    assert kind(status, score, gap, located) == expected


def test_an_export_with_an_unknown_ending_is_refused(run: Any, tmp_path: Path) -> None:
    located, failed, _ = run()
    session = pair_session(located, failed, {})
    with pytest.raises(InputError, match="ends in"):
        session.export_failed(tmp_path / "echecs.doc")
    with pytest.raises(InputError, match="could not be written"):
        session.export_failed(tmp_path / "nowhere" / "echecs.csv")
    session.close()


def test_a_layer_that_was_not_geocoded_is_refused(qgis_app: object, cache: Path) -> None:
    layer = QgsVectorLayer("Point?crs=EPSG:2154&field=a:string", "points", "memory")
    with pytest.raises(InputError, match="geo_status"):
        pair_session(layer, None, {})


def test_a_dossier_is_reviewed_without_a_change_in_it(demo_run: Any, cache: Path) -> None:
    def content() -> dict[str, bytes]:
        files = [path for path in demo_run.dossier.rglob("*") if path.is_file()]
        return {str(path): path.read_bytes() for path in files}

    before = content()
    session = dossier_session(demo_run.dossier)
    counts = session.counts()
    assert counts.total > 1000 and 0 < counts.waiting < counts.total / 10
    assert [layer.name() for layer in session.grounds] == ["sites", "communes", "voisins"]
    row = next(row for row in session.rows if row.kind == "town")
    assert row.lon is not None and row.lat is not None
    code, name = session.commune_at(row.lon, row.lat)
    assert code == row.citycode and name
    session.decide(row.at, session.clicked(row.at, row.lon, row.lat))
    assert session.counts().waiting < counts.waiting
    session.close()
    assert content() == before


def test_a_folder_without_persons_is_refused(qgis_app: object, cache: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"personnes\.gpkg"):
        dossier_session(tmp_path)


def test_the_ground_of_the_project_asks_no_server_unless_told(
    qgis_app: object, qgis_new_project: None
) -> None:
    project = QgsProject.instance()
    near = QgsVectorLayer("Point?crs=EPSG:2154", "near", "memory")
    far = QgsRasterLayer(
        "type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png", "far", "wms"
    )
    project.addMapLayers([near, far])
    try:
        assert review_ground.project_layers(online=False) == [near]
        assert set(review_ground.project_layers(online=True)) == {near, far}
        hidden = project.layerTreeRoot().findLayer(near.id())
        hidden.setItemVisibilityChecked(False)
        assert review_ground.project_layers(online=False) == []
    finally:
        project.removeMapLayers([near.id(), far.id()])


def test_corrections_travel_by_algorithm(run: Any, tmp_path: Path) -> None:
    import processing

    located, failed, _ = run()
    session = pair_session(located, failed, {})
    row = by_address(session, "9 rue")
    session.decide(row.at, session.at_town(row.at))
    session.close()
    path = str(tmp_path / "c.csv")
    assert processing.run("coodiag:exportcorrections", {"OUTPUT": path})["COUNT"] == 1
    own = str(tmp_path / "theirs.sqlite")
    given = {"INPUT": path, "CORRECTIONS": own}
    assert processing.run("coodiag:importcorrections", given)["COUNT"] == 1
    assert processing.run("coodiag:importcorrections", given)["COUNT"] == 0
    shutil.rmtree(os.environ["COODIAG_CACHE"])
    sources = {f["ref"]: f["geo_source"] for f in run(CORRECTIONS=own)[0].getFeatures()}
    assert sources["d"] == "correction" and sources["b"] != "correction"
    base = sqlite3.connect(own)
    assert base.execute("SELECT count(*) FROM salt").fetchone() == (2,)
    base.close()
