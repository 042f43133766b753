"""The plugin as QGIS loads it: provider, names that must hold, loading without pandas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from coodiag import classFactory
from coodiag.coodiag_plugin.core.catalogue import rows
from coodiag.coodiag_plugin.plugin import CoodiagPlugin
from coodiag.processing_algorithms.models.model import MODELS
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingProvider,
)

ROOT = Path(__file__).resolve().parents[2]
OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional

#: CONTRACT: id → parameters (° optional) and outputs of this version. More parameters may be
#: added with defaults; these names are final.
CONTRACT = {
    "download": (
        "TERRITORY° AREA° WHAT PROFILE REGISTER AUTHCFG° AUTHCFG_INCLUSION° CACHE OUTPUT_FOLDER",
        "FOLDER PROVENANCE FILES FAILED",
    ),
    "replay": (
        "RUN_FILE DATA_FOLDER° FILES_FOLDER° DATE° AREA° ROADS° OUTPUT_FOLDER",
        "DOSSIER ATLAS SLIDES PROJECT GEOPACKAGE ODT HTML WORKBOOK SYNTHESIS PAGES CLIENTS_IN CLIENTS_LOCATED BENEFICIARIES_IN "
        "BENEFICIARIES_LOCATED",
    ),
    "structures": (
        "TABLE TERRITORY° AREA° PROFILE° SOURCE° DATA_FOLDER° ROADS° BAN° SERVICE° PAPER° FORMATS° "
        "THRESHOLDS° MIN_COUNT° HOUSE_STYLE° REDO OUTPUT_FOLDER",
        "OUTPUT_FOLDER SUMMARY COUNT COUNT_DONE COUNT_KEPT COUNT_REFUSED",
    ),
    "batchfile": (
        "TABLE TERRITORY° PROFILE° SOURCE° DATA_FOLDER° FORMATS° OUTPUT_FOLDER OUTPUT",
        "OUTPUT COUNT COUNT_REFUSED",
    ),
    "importtable": (
        "INPUT SHEET° ROLE MAPPING°",
        "TABLE ISSUES ROWS_IN ROWS_OUT",
    ),
    "territory": ("TERRITORY AREA° SOURCE DATA_FOLDER° NEIGHBOURS", "COMMUNES"),
    "indicators": (
        "COMMUNES PROFILE SOURCE DATA_FOLDER°",
        "INDICATORS REFERENCES PROVENANCE",
    ),
    "establishments": (
        "COMMUNES SOURCE STOCK° NAF° ESS_ONLY WORKFORCE_MIN° AUTHCFG°",
        "ESTABLISHMENTS PROVENANCE",
    ),
    "ecosystem": (
        "COMMUNES SOURCE DATA_FOLDER° KINDS°",
        "ECOSYSTEM PROVENANCE COUNT COUNT_LOCATED COUNT_UNLOCATED",
    ),
    "geocode": (
        "INPUT ADDRESS° POSTCODE° CITY° CITYCODE° SERVICE BAN° URL° MIN_SCORE TOWN_FALLBACK",
        "OUTPUT FAILED COUNT_IN COUNT_ADDRESS COUNT_STREET COUNT_TOWN COUNT_FAILED",
    ),
    "exportcorrections": ("CORRECTIONS° OUTPUT", "COUNT"),
    "importcorrections": ("INPUT CORRECTIONS°", "COUNT"),
    "isochrones": (
        "INPUT MODE VALUES PROFILE ENGINE ROADS° URL° AUTHCFG° RINGS MERGE",
        "OUTPUT FAILED",
    ),
    "catchment": (
        "CLIENTS SITES WEIGHT° SITE_FIELD° THRESHOLDS ORDER SHAPE OUTLIERS° COMMUNES° ROADS° MIN_COUNT",
        "ZONES",
    ),
    "coverage": ("POINTS COMMUNES TARGET WEIGHT° MIN_COUNT", "OUTPUT"),
    "prospects": (
        "CLIENTS ESTABLISHMENTS SITES REACH MODE ROADS° NAF° WEIGHTS°",
        "PROSPECTS ZONES",
    ),
    "huff": (
        "SITES COMPETITORS° ATTRACTION COMMUNES DEMAND GAMMA LAMBDA DECAY ROADS°",
        "SHARES TOTALS",
    ),
    "accessibility": ("SUPPLY CAPACITY DEMAND POPULATION REACH METHOD ROADS°", "OUTPUT"),
    "flows": ("POINTS° FLOWS° COMMUNES MIN_COUNT", "LINES"),
    "zonestatistics": ("ZONES INDICATORS METHOD GRID°", "OUTPUT"),
    "mobility": ("POINTS° COMMUNES COUNT° SITES JOBS° STOPS° ROADS° MINUTES MIN_COUNT", "OUTPUT"),
    "roadspeeds": ("ROADS° OUTPUT", "OUTPUT"),
    "thresholdareas": (
        "SITES DEMAND COUNT TARGETS MODE ROADS° PROFILE SPEEDS° TOLERANCE LIMIT°",
        "OUTPUT",
    ),
    "zoneprofile": ("PLACES VARIABLES BASE ZONES° CLIENTS° METHOD MIN_COUNT", "OUTPUT"),
    "similarcommunes": ("COMMUNES CORE FIELDS WEIGHT° METHOD NUMBER", "OUTPUT"),
    "style": ("INPUT INDICATOR° METHOD CLASSES°", ""),
    "profile": ("PROFILE FILE° OUTPUT° INDICATORS° OVERWRITE", "OUTPUT INDICATORS CHAPTERS PAGES"),
    "templates": ("PROFILE OVERWRITE OUTPUT_FOLDER", "OUTPUT_FOLDER COUNT"),
    "answersheet": ("GRID° STRUCTURE° RESPONDENTS OUTPUT", "OUTPUT OBJECTIVES"),
    "selfevaluation": (
        "ANSWERS PREVIOUS° GRID° STRUCTURE° TARGET MIN_RESPONDENTS DIVERGENCE DATE° OUTPUT_FOLDER "
        "TABLE PLAN ISSUES°",
        "OUTPUT_FOLDER TABLE PLAN ISSUES RADAR PAGES WORKBOOK RESPONDENTS STRUCTURES ISSUE_COUNT",
    ),
    "atlas": (
        "DOSSIER PROFILE° PAPER COMMUNE_PAGES COMMUNE_SCALE° HOUSE_STYLE° DPI",
        "ATLAS PAGES",
    ),
    "report": ("DOSSIER FORMATS°", "ODT HTML WORKBOOK SLIDES SYNTHESIS"),
    "diagnostic": (
        "TERRITORY° AREA° STRUCTURE PROFILE SITES° CLIENTS° BENEFICIARIES° SOURCE DATA_FOLDER° "
        "ROADS° BAN° SERVICE PAPER THRESHOLDS MIN_COUNT OUTPUT_FOLDER",
        "DOSSIER ATLAS SLIDES PROJECT GEOPACKAGE ODT HTML WORKBOOK SYNTHESIS PAGES CLIENTS_IN CLIENTS_LOCATED BENEFICIARIES_IN "
        "BENEFICIARIES_LOCATED",
    ),
}
ENUMS = {
    ("importtable", "ROLE"): ["clients", "beneficiaries", "sites"],
    ("territory", "SOURCE"): ["auto", "online", "folder"],
    ("indicators", "SOURCE"): ["auto", "online", "folder"],
    ("ecosystem", "SOURCE"): ["auto", "online", "folder"],
    ("establishments", "SOURCE"): ["auto", "recherche-entreprises", "sirene-api", "stock"],
    ("geocode", "SERVICE"): ["offline", "geoplateforme", "addok"],
    ("isochrones", "MODE"): ["time", "distance"],
    ("isochrones", "PROFILE"): ["car", "bike", "foot"],
    ("isochrones", "ENGINE"): [
        "roads",
        "geoplateforme",
        "valhalla",
        "openrouteservice",
        "pgrouting",
    ],
    ("isochrones", "RINGS"): ["nested", "bands"],
    ("isochrones", "MERGE"): ["each", "merged", "nearest"],
    ("catchment", "ORDER"): ["time", "distance", "commune"],
    ("catchment", "SHAPE"): ["communes", "concave", "convex", "isochrone", "density"],
    ("prospects", "MODE"): ["time", "distance"],
    ("huff", "DECAY"): ["power", "exponential", "logistic"],
    ("accessibility", "METHOD"): ["hansen", "2sfca", "e2sfca", "apl"],
    ("zonestatistics", "METHOD"): ["grid", "area", "centroid"],
    ("flows", "SHAPE"): ["auto", "straight", "curved"],
    ("mobility", "CLUSTERS"): ["hexagon", "commune", "points"],
    ("thresholdareas", "MODE"): ["time", "distance"],
    ("style", "METHOD"): [
        "auto",
        "quantile",
        "fisher",
        "q6",
        "msd",
        "headtail",
        "geometric",
        "equal",
        "fixed",
    ],
    ("atlas", "PAPER"): ["A4", "A3", "16:9"],
    ("diagnostic", "SOURCE"): ["auto", "online", "folder"],
    ("diagnostic", "SERVICE"): ["offline", "geoplateforme", "addok"],
    ("diagnostic", "PAPER"): ["A4", "A3", "16:9"],
}
DEFAULTS = {
    ("catchment", "THRESHOLDS"): "60,80,95",
    ("isochrones", "VALUES"): "5,10,15",
    ("diagnostic", "THRESHOLDS"): "60,80,95",
    ("diagnostic", "MIN_COUNT"): 5,
    ("diagnostic", "PROFILE"): "coodiag",
    ("diagnostic", "SERVICE"): "offline",
    ("catchment", "MIN_COUNT"): 5,
    ("coverage", "MIN_COUNT"): 5,
    ("geocode", "SERVICE"): "offline",
}


def algorithm(provider: QgsProcessingProvider, name: str) -> QgsProcessingAlgorithm:
    found = provider.algorithm(name)
    assert found is not None, f"coodiag:{name} is not there"
    return found


def parameters(found: QgsProcessingAlgorithm) -> dict[str, QgsProcessingParameterDefinition]:
    return {item.name(): item for item in found.parameterDefinitions()}


def test_class_factory_gives_the_plugin_without_a_window() -> None:
    plugin = classFactory(None)
    assert isinstance(plugin, CoodiagPlugin)
    assert plugin.provider is None, "nothing is loaded before QGIS asks"


def test_provider_and_its_algorithms(provider: QgsProcessingProvider) -> None:
    assert provider.id() == "coodiag" and provider.name() == "Coodiag"
    names = (*CONTRACT, *MODELS)
    assert {item.id() for item in provider.algorithms()} == {f"coodiag:{name}" for name in names}
    assert not provider.icon().isNull()
    registry = QgsApplication.processingRegistry()
    assert registry.algorithmById("coodiag:diagnostic") is not None


@pytest.mark.parametrize("name", CONTRACT)
def test_names_hold(provider: QgsProcessingProvider, name: str) -> None:
    wanted, outputs = (text.split() for text in CONTRACT[name])
    found = parameters(algorithm(provider, name))
    for item in wanted:
        key = item.rstrip("°")
        assert key in found, f"{name} has no {key}"
        if item.endswith("°"):
            assert found[key].flags() & OPTIONAL, f"{name} {key} must be optional"
    promised = {item.rstrip("°") for item in wanted}
    for key, parameter in found.items():
        if key not in promised and not parameter.isDestination():
            optional = bool(parameter.flags() & OPTIONAL)
            assert optional or parameter.defaultValue() is not None, f"{name} {key} has no default"
    given = {item.name() for item in algorithm(provider, name).outputDefinitions()}
    assert set(outputs) <= given, f"{name} lacks {set(outputs) - given}"


@pytest.mark.parametrize("name", CONTRACT)
def test_every_parameter_is_explained(provider: QgsProcessingProvider, name: str) -> None:
    found = algorithm(provider, name)
    for key, parameter in parameters(found).items():
        assert len(parameter.help()) > 10, f"{name} {key} has no help"
        assert parameter.help().endswith((".", "…")), f"{name} {key}: {parameter.help()}"
        assert parameter.description() and parameter.description() != key
    assert len(found.shortHelpString()) > 80
    assert found.displayName() and found.group() and found.groupId()
    assert not found.icon().isNull()


@pytest.mark.parametrize("name", CONTRACT)
def test_enums_are_static_strings(provider: QgsProcessingProvider, name: str) -> None:
    for key, parameter in parameters(algorithm(provider, name)).items():
        if isinstance(parameter, QgsProcessingParameterEnum):
            assert parameter.usesStaticStrings(), f"{name} {key}"
            if parameter.allowMultiple():
                chosen = parameter.defaultValue() or []  # nothing chosen means all of them
                assert set(chosen) <= set(parameter.options())
            else:
                chosen = parameter.defaultValue()
                optional = bool(parameter.flags() & OPTIONAL)
                assert chosen in parameter.options() or (optional and chosen is None)
            if (name, key) in ENUMS:
                assert parameter.options() == ENUMS[name, key]


@pytest.mark.parametrize(("name", "key"), ENUMS)
def test_every_enum_of_the_contract_is_there(
    provider: QgsProcessingProvider, name: str, key: str
) -> None:
    parameter = parameters(algorithm(provider, name)).get(key)
    assert isinstance(parameter, QgsProcessingParameterEnum)
    assert parameter.options() == ENUMS[name, key]


@pytest.mark.parametrize(("name", "key"), DEFAULTS)
def test_defaults_of_the_contract(provider: QgsProcessingProvider, name: str, key: str) -> None:
    assert parameters(algorithm(provider, name))[key].defaultValue() == DEFAULTS[name, key]


@pytest.mark.parametrize("name", CONTRACT)
def test_an_algorithm_makes_another_of_itself(provider: QgsProcessingProvider, name: str) -> None:
    """The Model Designer, batch and history ask for copies."""
    found = algorithm(provider, name)
    copy = found.create()
    assert copy is not None and copy.name() == name and copy is not found
    assert [p.name() for p in copy.parameterDefinitions()] == [*parameters(found)]


def test_layouts_forbid_a_thread(provider: QgsProcessingProvider) -> None:
    flag = QgsProcessingAlgorithm.Flag.FlagNoThreading
    for name in ("diagnostic", "atlas", "report", "replay", "structures"):
        assert algorithm(provider, name).flags() & flag


#: What needs neither pandas nor scipy: reading files, matching addresses, printing, templates.
LIGHT = (
    "roadspeeds",
    "importtable",
    "geocode",
    "atlas",
    "exportcorrections",
    "importcorrections",
    "profile",
    "templates",
    "answersheet",
    "batchfile",
)
#: Asks for nothing: it has defaults for all.
ASKS_NOTHING = ("profile",)
SCRIPT = """
import importlib.util, sys
for name in ("pandas", "scipy", "matplotlib", "numpy", "jinja2", "requests"):
    sys.modules[name] = None
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
app = QgsApplication([], False)
app.initQgis()
spec = importlib.util.spec_from_file_location("coodiag", {init!r}, submodule_search_locations=[{root!r}])
package = importlib.util.module_from_spec(spec)
sys.modules["coodiag"] = package
spec.loader.exec_module(package)
plugin = package.classFactory(None)
plugin.initProcessing()
provider = QgsApplication.processingRegistry().providerById("coodiag")
print("NAMES", *sorted(item.name() for item in provider.algorithms()))
for item in provider.algorithms():
    if item.groupId() == "models":
        continue
    good, why = item.checkParameterValues(dict(), QgsProcessingContext())
    print("CHECK", item.name(), good, why.replace(chr(10), " "))
for name, given in {asked!r}.items():
    results, good = provider.algorithm(name).run(
        given, QgsProcessingContext(), QgsProcessingFeedback()
    )
    print("RUN", name, good, *(results.get(key) for key in ("CHAPTERS", "COUNT", "OBJECTIVES")))
plugin.unload()
print("LEFT", QgsApplication.processingRegistry().providerById("coodiag"), plugin.provider)
app.exitQgis()
"""


def test_the_provider_loads_without_compute_packages_and_says_what_is_missing(
    tmp_path: Path,
) -> None:
    """In a Python of its own, with the packages blocked as if they were not installed."""
    asked = {
        "profile": {"PROFILE": "ctg", "OUTPUT": str(tmp_path / "mon_profil.json")},
        "templates": {"PROFILE": "ess", "OUTPUT_FOLDER": str(tmp_path / "tables")},
        "answersheet": {"RESPONDENTS": 2, "OUTPUT": str(tmp_path / "reponses.xlsx")},
    }
    script = SCRIPT.format(init=str(ROOT / "__init__.py"), root=str(ROOT), asked=asked)
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
        },
    )
    lines = run.stdout.splitlines()
    assert run.returncode == 0, run.stderr
    assert f"NAMES {' '.join(sorted((*CONTRACT, *MODELS)))}" in lines, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    checks = {line.split()[1]: line for line in lines if line.startswith("CHECK")}
    assert len(checks) == len(CONTRACT)
    for name, line in checks.items():
        assert " True " in line if name in ASKS_NOTHING else " False " in line, line
        if name not in LIGHT:
            assert "The Python package" in line and "is missing" in line, line
            assert "sudo apt install python3-" in line and "OSGeo4W" in line, line
    runs = {line.split()[1]: line.split()[2:] for line in lines if line.startswith("RUN")}
    assert runs == {
        "profile": ["True", "13", "None", "None"],
        "templates": ["True", "None", "4", "None"],
        "answersheet": ["True", "None", "None", str(len(rows("cap")))],
    }, run.stdout + run.stderr
    assert (tmp_path / "reponses.xlsx").is_file() and len(
        list((tmp_path / "tables").iterdir())
    ) == 4
    assert "LEFT None None" in lines


def test_loading_and_unloading_twice_leaves_no_provider(provider: QgsProcessingProvider) -> None:
    """In the process of the tests: the shared provider is put back by its own plugin."""
    registry = QgsApplication.processingRegistry()
    before = {item.id() for item in registry.providers()}
    plugin = CoodiagPlugin(None)
    plugin.unload()  # never loaded: nothing to do
    assert {item.id() for item in registry.providers()} == before
