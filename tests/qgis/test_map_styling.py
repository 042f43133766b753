"""Renderers on small layers: partition, order, ground-true circles, project, algorithm."""

from __future__ import annotations

import getpass
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.analysis.crossing import design_bivariate
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, NOT_APPLICABLE, SECRET, Value
from coodiag.coodiag_plugin.qgis_bridge import basemap, layers, styling
from coodiag.coodiag_plugin.qgis_bridge import project as projects
from coodiag.coodiag_plugin.qgis_bridge.metadata import Described
from coodiag.processing_algorithms.style import ApplyStyle
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
SIDE = 2000.0  # of each square commune, metres
COUNTS = [Value(float(n)) for n in (0, 3, 12, 40, 55, 130, 900, 4200)] + [
    SECRET,
    ABSENT,
    FAILED,
    Value(25.0),
]
RATES = [Value(n) for n in (3.0, 5.25, 6.1, 7.95, 8.0, 8.3, 9.949, 14.6)] + [
    Value(6.6),
    SECRET,
    NOT_APPLICABLE,
    SECRET,
]
KINDS = ["touchee", "eloignee", "sans_besoin", "touchee"] * 3
COUNT = d.Subject("nombre", "Chômeurs", "personnes", 0, "stock", "emploi")
RATE = d.Subject("taux", "Taux de chômage", "%", 1, "rate", "emploi")


def column(values: list[Value]) -> dict[str, Value]:
    return {f"000{rank:02d}": value for rank, value in enumerate(values)}


def square(rank: int) -> QgsGeometry:
    x, y = 350000 + SIDE * (rank % 4), 6780000 + SIDE * (rank // 4)
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))


def communes(name: str = "communes") -> QgsVectorLayer:
    columns = {"codgeo": layers.TEXT, "nom": layers.TEXT, "epci": layers.TEXT, "dep": layers.TEXT}
    columns |= {"nombre": layers.REAL, "nombre_etat": layers.TEXT}
    columns |= {"taux": layers.REAL, "taux_etat": layers.TEXT, "type": layers.TEXT}
    rows = []
    for rank, (count, rate, kind) in enumerate(zip(COUNTS, RATES, KINDS)):
        row = {
            "codgeo": f"000{rank:02d}",
            "nom": f"Bourg-Fictif {rank}",
            "epci": "A" if rank % 4 < 2 else "B",
            "dep": "00",
            "nombre": count.number,
            "nombre_etat": count.state.value,
            "taux": rate.number,
            "taux_etat": rate.state.value,
            "type": kind,
        }
        rows.append((row, square(rank)))
    return layers.memory_layer(name, columns, "MultiPolygon", CRS, rows)


AREA = len(COUNTS) * SIDE**2
DESIGNS = {
    "choropleth": d.design_choropleth(RATE, column(RATES)),
    "circles": d.design_circles(COUNT, column(COUNTS), AREA),
    "coloured": d.design_coloured_circles(COUNT, column(COUNTS), RATE, column(RATES), AREA),
    "bivariate": design_bivariate(
        RATE, column(RATES), d.Subject("nombre", "Chômeurs", "", 0), column(COUNTS)
    ),
    "typology": d.design_typology(
        "type", "Type", dict(enumerate(KINDS)), [(kind, kind) for kind in sorted(set(KINDS))]
    ),
}


def matches(layer: QgsVectorLayer) -> dict[str, list[str]]:
    """Labels of the rules that each commune satisfies."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    result = {}
    for item in layer.getFeatures():
        context.setFeature(item)
        found = []
        for rule in layer.renderer().rootRule().children():
            expression = QgsExpression(rule.filterExpression())
            value = expression.evaluate(context)
            assert not expression.hasEvalError(), expression.evalErrorString()
            if value:
                found.append(rule.label())
        result[item["codgeo"]] = found
    return result


@pytest.mark.parametrize("kind", DESIGNS)
def test_each_feature_falls_into_exactly_one_class_or_box(kind: str) -> None:
    layer = communes()
    design = DESIGNS[kind]
    styling.apply(layer, design)
    held = matches(layer)
    assert all(len(found) == 1 for found in held.values()), held
    wanted = set(design.labels) | {label for _, _, label in design.categories}
    wanted |= {box.label for box in design.boxes} | {design.title}
    assert {found[0] for found in held.values()} <= wanted


def test_classes_on_the_map_hold_as_many_as_the_legend_says() -> None:
    layer = communes()
    design = DESIGNS["choropleth"]
    styling.apply(layer, design)
    found = [label for labels in matches(layer).values() for label in labels]
    assert tuple(found.count(label) for label in design.labels) == design.counts
    assert found.count("Secret statistique") == 2
    assert found.count("Sans objet") == 1


def test_a_value_belongs_to_the_class_that_prints_it() -> None:
    layer = communes()
    design = d.design_choropleth(RATE, column(RATES), method="fixed", breaks=(8.0, 9.9))
    styling.apply(layer, design)
    held = matches(layer)
    assert held["00003"] == ["8,0 à moins de 9,9"]  # 7.95 prints 8,0
    assert held["00006"] == ["9,9 ou plus"]  # 9.949 prints 9,9


def test_zero_secret_and_absent_have_their_own_symbols() -> None:
    layer = communes()
    styling.apply(layer, DESIGNS["circles"])
    held = {label: code for code, labels in matches(layer).items() for label in labels}
    assert held["Aucun"] == "00000"
    assert held["Secret statistique"] == "00008"
    rules = {rule.label(): rule.symbol() for rule in layer.renderer().rootRule().children()}
    assert rules["Secret statistique"].symbolLayerCount() == 2  # the hatch
    fills = {
        rules[name].symbolLayer(0).fillColor().name() for name in ("Aucun", "Donnée non disponible")
    }
    assert fills == {"#ffffff", "#c9c9c9"}


def test_uncertain_figures_and_nobody_have_their_own_symbols() -> None:
    """On the map as in the legend: the column ``status`` says which rates are uncertain."""
    rates = [Value(0.0), Value(2.0), Value(4.0, significant=False), SECRET, Value(6.5), Value(0.0)]
    columns = {"codgeo": layers.TEXT, "rate": layers.REAL, "rate_etat": layers.TEXT}
    rows = [
        (
            {
                "codgeo": f"000{rank:02d}",
                "rate": rate.number,
                "rate_etat": rate.state.value,
                "status": "n.s." if not rate.significant else rate.state.value,
            },
            square(rank),
        )
        for rank, rate in enumerate(rates)
    ]
    layer = layers.memory_layer(
        "penetration", {**columns, "status": layers.TEXT}, "MultiPolygon", CRS, rows
    )
    what = d.Subject("rate", "Taux", "%", 1, "rate", "structure", zero_apart=True)
    styling.apply(layer, d.design_choropleth(what, column(rates)))
    held = matches(layer)
    assert all(len(found) == 1 for found in held.values()), held
    assert held["00000"] == held["00005"] == ["Aucun"]
    assert held["00002"] == ["Non significatif"] and held["00003"] == ["Secret statistique"]
    symbols = {rule.label(): rule.symbol() for rule in layer.renderer().rootRule().children()}
    angles = {
        name: symbols[name].symbolLayer(1).lineAngle()
        for name in ("Non significatif", "Secret statistique")
    }
    assert angles == {"Non significatif": 0.0, "Secret statistique": 45.0}


def circles_of(layer: QgsVectorLayer) -> dict[str, QgsGeometry]:
    rule = layer.renderer().rootRule().children()[0]
    shape = QgsExpression(rule.symbol().symbolLayer(0).geometryExpression())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    result = {}
    for item in layer.getFeatures(QgsFeatureRequest().setFilterExpression(rule.filterExpression())):
        context.setFeature(item)
        context.setGeometry(item.geometry())
        result[item["codgeo"]] = shape.evaluate(context)
        assert not shape.hasEvalError(), shape.evalErrorString()
    return result


def test_circles_are_true_to_the_ground_and_cover_a_seventh() -> None:
    layer = communes()
    styling.apply(layer, DESIGNS["circles"])
    drawn = circles_of(layer)
    ratio = DESIGNS["circles"].circle_ratio
    for code, shape in drawn.items():
        # 96 sides: 0.07 % less than the disc
        assert shape.area() == pytest.approx(ratio * COUNTS[int(code)].number, rel=2e-3)
    assert sum(shape.area() for shape in drawn.values()) == pytest.approx(AREA / 7, rel=2e-3)


def test_circles_of_a_layer_in_degrees_have_the_same_ground_area() -> None:
    metric = communes()
    degrees = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", "communes", "memory")
    degrees.dataProvider().addAttributes(metric.fields().toList())
    degrees.updateFields()
    there = layers.transformer(metric.crs(), "EPSG:4326")
    back = layers.transformer(degrees.crs(), CRS)
    for item in metric.getFeatures():
        shape = item.geometry()
        shape.transform(there)
        item.setGeometry(shape)
        assert degrees.dataProvider().addFeature(item)
    # the codes are invented (département 00): the layer lies in mainland France all the same
    styling.apply(degrees, DESIGNS["circles"])
    for code, shape in circles_of(degrees).items():
        shape.transform(back)
        wanted = DESIGNS["circles"].circle_ratio * COUNTS[int(code)].number
        assert shape.area() == pytest.approx(wanted, rel=3e-3)


def test_largest_circles_are_drawn_first() -> None:
    layer = communes()
    styling.apply(layer, DESIGNS["coloured"])
    renderer = layer.renderer()
    assert renderer.orderByEnabled()
    request = QgsFeatureRequest().setOrderBy(renderer.orderBy())
    drawn = [
        item["nombre"] for item in layer.getFeatures(request) if item["nombre_etat"] == "connu"
    ]
    positive = [number for number in drawn if number > 0]
    assert positive == sorted(positive, reverse=True)
    assert drawn[0] == 0.0  # boxes lie under the circles


def test_coloured_circles_have_the_very_colours_of_the_legend() -> None:
    layer = communes()
    design = DESIGNS["coloured"]
    styling.apply(layer, design)
    rules = {rule.label(): rule.symbol() for rule in layer.renderer().rootRule().children()}
    for label, shade in zip(design.labels, design.colours):
        paint = rules[label].symbolLayer(0).subSymbol().symbolLayer(0).fillColor()
        assert (paint.name(), paint.alphaF()) == (shade, 1.0)


def test_nested_zones_look_as_the_legend_says() -> None:
    from coodiag.coodiag_plugin.analysis.colours import difference, over

    rows = [
        ({"value": reach}, QgsGeometry.fromRect(QgsRectangle(-reach, -reach, reach, reach)))
        for reach in (5.0, 10.0, 15.0)
    ]
    layer = layers.memory_layer("isochrones", {"value": layers.REAL}, "MultiPolygon", CRS, rows)
    design = d.design_zones("value", "Trajet", [(5, "5 min"), (10, "10 min"), (15, "15 min")])
    styling.apply(layer, design)
    request = QgsFeatureRequest().setOrderBy(layer.renderer().orderBy())
    assert [item["value"] for item in layer.getFeatures(request)] == [15.0, 10.0, 5.0]
    ground = "#ffffff"
    paints = {
        r.label(): r.symbol().symbolLayer(0).fillColor()
        for r in layer.renderer().rootRule().children()
    }
    for _, look, label in reversed(design.categories):
        ground = over(paints[label].name(), paints[label].alphaF(), ground)
        assert difference(ground, look) < 3


def test_refusals() -> None:
    with pytest.raises(InputError, match="no field"):
        styling.apply(communes(), d.design_choropleth(d.Subject("autre", "Autre"), column(RATES)))
    points = layers.memory_layer("p", {"taux": layers.REAL}, "Point", CRS)
    with pytest.raises(InputError, match="not made of polygons"):
        styling.apply(points, DESIGNS["choropleth"])
    nowhere = layers.memory_layer("n", {"nombre": layers.REAL}, "MultiPolygon", "")
    with pytest.raises(InputError, match="coordinate reference system"):
        styling.apply(nowhere, DESIGNS["circles"])


def test_limits_are_shared_lines_only() -> None:
    around = layers.memory_layer(
        "voisins",
        {"epci": layers.TEXT, "dep": layers.TEXT},
        "MultiPolygon",
        CRS,
        [
            (
                {"epci": "C", "dep": "01"},
                QgsGeometry.fromRect(QgsRectangle(358000, 6780000, 360000, 6786000)),
            )
        ],
    )
    lines = {
        item["niveau"]: item.geometry()
        for item in basemap.limit_layer(communes(), around).getFeatures()
    }
    assert lines["EPCI"].length() == pytest.approx(2 * 3 * SIDE)  # A|B and B|C
    assert lines["DEP"].length() == pytest.approx(3 * SIDE)
    assert lines["TERRITOIRE"].length() == pytest.approx(2 * (4 + 3) * SIDE)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A GeoPackage and its project, moved after they were written."""
    made = tmp_path / "écrit ici"
    made.mkdir()
    gpkg = made / "diagnostic.gpkg"
    inside = communes()
    sites = layers.memory_layer(
        "sites", {"nom": layers.TEXT}, "Point", CRS, [({"nom": "Siège"}, square(5).centroid())]
    )
    around = layers.memory_layer(
        "voisins",
        {"nom": layers.TEXT, "epci": layers.TEXT, "dep": layers.TEXT},
        "MultiPolygon",
        CRS,
        [({"nom": "Ailleurs", "epci": "C", "dep": "00"}, square(12))],
    )
    layers.write_geopackage(gpkg, [inside, around, sites, basemap.limit_layer(inside, around)])
    pages = [
        projects.ProjectPage(name, f"Chapitre {rank % 2 + 1}", name, "communes", design)
        for rank, (name, design) in enumerate(DESIGNS.items())
    ]
    project = projects.build_project(
        gpkg, pages, described=Described("Diagnostic d’essai"), crs=CRS
    )
    projects.save_styles(project, pages)
    projects.write_project(project, made / "diagnostic.qgz")
    project.clear()
    moved = tmp_path / "ailleurs"
    shutil.move(str(made), str(moved))
    return moved


def test_project_opens_after_its_folder_has_moved(dossier: Path) -> None:
    project = QgsProject()
    assert project.read(str(dossier / "diagnostic.qgz"))
    held = project.mapLayers().values()
    assert held
    assert all(layer.isValid() for layer in held)
    assert all(str(dossier) in layer.source() for layer in held)
    assert project.crs().authid() == CRS
    assert project.metadata().title() == "Diagnostic d’essai"
    assert project.metadata().language() == "fr"
    groups = [node.name() for node in project.layerTreeRoot().children()]
    assert groups == ["Repères", "Chapitre 1", "Chapitre 2", "Fond de carte"]


def test_each_page_has_a_theme_with_its_layer_and_the_base_map(dossier: Path) -> None:
    project = QgsProject()
    project.read(str(dossier / "diagnostic.qgz"))
    themes = project.mapThemeCollection()
    standing = {"couverture", "situation", "commune", "situation_commune"}
    assert set(themes.mapThemes()) == {*DESIGNS, *standing}
    for page, design in DESIGNS.items():
        names = [layer.name() for layer in themes.mapThemeVisibleLayers(page)]
        assert design.title in names
        assert names[-2:] == ["Communes du territoire", "Communes voisines"]
        assert ("Noms des communes" in names) == (design.kind not in styling.CIRCLE_KINDS)
    checked = [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    assert projects.page_layer(project, "choropleth") in checked
    assert projects.page_layer(project, "circles") not in checked


def test_nothing_of_the_machine_is_in_the_project(dossier: Path) -> None:
    with zipfile.ZipFile(dossier / "diagnostic.qgz") as archive:
        xml = "".join(
            archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.endswith(".qgs")
        )
    assert "./diagnostic.gpkg|layername=communes" in xml
    for trace in (str(dossier.parent), "écrit ici", "saveUser", "/home/", f'"{getpass.getuser()}"'):
        assert trace not in xml
    with sqlite3.connect(dossier / "diagnostic.gpkg") as database:
        rows = database.execute("SELECT owner, description, styleQML FROM layer_styles").fetchall()
    assert rows
    for owner, description, qml in rows:
        assert (owner, description) == ("", "")
        assert str(dossier.parent) not in qml


@pytest.mark.parametrize("page", DESIGNS)
def test_style_comes_back_from_the_geopackage(dossier: Path, page: str) -> None:
    layer = QgsVectorLayer(f"{dossier / 'diagnostic.gpkg'}|layername=communes", "communes", "ogr")
    _, ids, names, _, _ = layer.listStylesInDatabase()
    assert names.count(page) == 1
    qml, message = layer.getStyleFromDatabase(ids[names.index(page)])
    assert qml, message
    fresh = communes()
    styling.apply(fresh, DESIGNS[page])
    from qgis.PyQt.QtXml import QDomDocument

    document = QDomDocument()
    document.setContent(qml)
    done, message = layer.importNamedStyle(document)
    assert done, message
    wanted = [(r.filterExpression(), r.label()) for r in fresh.renderer().rootRule().children()]
    assert [
        (r.filterExpression(), r.label()) for r in layer.renderer().rootRule().children()
    ] == wanted


def test_first_page_is_the_default_style_of_its_layer(dossier: Path) -> None:
    layer = QgsVectorLayer(f"{dossier / 'diagnostic.gpkg'}|layername=communes", "communes", "ogr")
    labels = [rule.label() for rule in layer.renderer().rootRule().children()]
    assert set(DESIGNS["choropleth"].labels) <= set(labels)


def test_a_style_saved_twice_is_kept_once(dossier: Path) -> None:
    layer = QgsVectorLayer(f"{dossier / 'diagnostic.gpkg'}|layername=communes", "communes", "ogr")
    styling.save_style(layer, "choropleth")
    assert layer.listStylesInDatabase()[2].count("choropleth") == 1


def test_missing_layer_of_a_page_is_named(dossier: Path) -> None:
    page = projects.ProjectPage("p", "C", "T", "absente", DESIGNS["choropleth"])
    with pytest.raises(InputError, match="absente"):
        projects.build_project(
            dossier / "diagnostic.gpkg", [page], described=Described("T"), crs=CRS
        )


def run_style(layer: QgsVectorLayer, **parameters: object) -> dict[str, object]:
    algorithm = ApplyStyle().create()
    context = QgsProcessingContext()
    feedback = QgsProcessingFeedback()
    values = {"INPUT": layer, **parameters}
    accepted, message = algorithm.checkParameterValues(values, context)
    if not accepted:
        raise QgsProcessingException(message)
    outcome, done = QgsProcessingAlgorithm.run(algorithm, values, context, feedback, {}, False)
    assert done
    return outcome


def test_algorithm_shades_a_rate() -> None:
    layer = communes()
    outcome = run_style(layer, INDICATOR="taux", METHOD="fisher", CLASSES=3)
    assert outcome["NUMBER_OF_CLASSES"] == 3
    assert len(outcome["BREAKS"].split(";")) == 4
    assert isinstance(outcome["NUMBER_OF_CLASSES"], int)
    assert all(len(found) == 1 for found in matches(layer).values())


def test_algorithm_takes_fixed_breaks_counts_and_kinds() -> None:
    layer = communes()
    assert (
        run_style(layer, INDICATOR="taux", METHOD="fixed", FIXED="6,5; 8")["BREAKS"]
        == "3;6.5;8;14.6"
    )
    assert run_style(layer, INDICATOR="nombre")["NUMBER_OF_CLASSES"] == 0
    assert layer.renderer().orderByEnabled()
    run_style(layer, INDICATOR="type")
    assert {r.label() for r in layer.renderer().rootRule().children()} == set(KINDS)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"INDICATOR": "absent"}, "no field absent"),
        ({"INDICATOR": "taux", "METHOD": "fixed"}, "needs its breaks"),
        ({"INDICATOR": "taux", "METHOD": "fixed", "FIXED": "a;b"}, "not a list of breaks"),
    ],
)
def test_algorithm_refuses_in_a_sentence(parameters: dict[str, str], sentence: str) -> None:
    with pytest.raises(QgsProcessingException, match=sentence):
        run_style(communes(), **parameters)


def test_algorithm_refuses_what_cannot_be_mapped() -> None:
    texts = layers.memory_layer("t", {"nom": layers.TEXT}, "MultiPolygon", CRS)
    with pytest.raises(QgsProcessingException, match="no numeric field"):
        run_style(texts)
    secret = layers.memory_layer(
        "s",
        {"taux": layers.REAL, "taux_etat": layers.TEXT},
        "MultiPolygon",
        CRS,
        [({"taux": None, "taux_etat": "secret"}, square(0))],
    )
    with pytest.raises(QgsProcessingException, match="all are secret"):
        run_style(secret)
    points = layers.memory_layer("p", {"taux": layers.REAL}, "Point", CRS)
    with pytest.raises(QgsProcessingException, match="not made of polygons"):
        run_style(points)


def test_symbols_draw_without_blend_modes(dossier: Path) -> None:
    project = QgsProject()
    project.read(str(dossier / "diagnostic.qgz"))
    for layer in project.mapLayers().values():
        assert layer.opacity() == 1.0
        assert layer.blendMode() == 0
        for symbol in layer.renderer().symbols(QgsRenderContext()):
            assert isinstance(symbol, QgsFillSymbol) or symbol.opacity() == 1.0
