"""What is in each ready model: ``scripts/models.py`` draws the files from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...coodiag_plugin.core.words import N_


@dataclass(frozen=True)
class Ask:
    """A parameter of the model, which is that of an algorithm: ``coodiag:<algorithm>`` ``name``.

    ``label`` and ``help`` take the place of its own texts; ``optional`` that of its own flag;
    ``parent``: the parameter of the model whose fields are chosen from; ``text``: whether it is
    asked as a text, where the layer of a field is not there yet.
    """

    algorithm: str
    name: str
    label: str = ""
    help: str = ""
    optional: bool | None = None
    advanced: bool | None = None
    parent: str = ""
    text: bool = False


@dataclass(frozen=True)
class Made:
    """What an earlier step has made."""

    step: str
    output: str


@dataclass(frozen=True)
class Asked:
    """What the user gives for a parameter of the model."""

    name: str


@dataclass(frozen=True)
class Step:
    """An algorithm of the chain. ``takes``: its parameters, from :class:`Asked`, :class:`Made` or a
    value; ``gives``: its outputs that the model gives, by their name, which is also their id."""

    algorithm: str
    takes: Mapping[str, Any]
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """``title`` and ``help`` (HTML) are shown; ``asks`` by name, ``steps`` by id, both in order;
    ``layers``: what it gives (step and output), as it is to lie in the project, from the top."""

    title: str
    help: str
    asks: Mapping[str, Ask]
    steps: Mapping[str, Step]
    layers: tuple[tuple[str, str], ...]


GROUP = N_("Models")

_LOCATING = {name: Asked(name) for name in ("SERVICE", "URL", "BAN", "COMMUNES")}
_OFFICIAL = {name: Asked(name) for name in ("SOURCE", "DATA_FOLDER", "CACHE")}
_FOR_ALL = {
    name: Asked(name)
    for name in (
        "TABLE",
        "TERRITORY",
        "PROFILE",
        "SOURCE",
        "DATA_FOLDER",
        "SERVICE",
        "PAPER",
        "FORMATS",
        "MIN_COUNT",
        "HOUSE_STYLE",
        "COMMUNE_PAGES",
        "DPI",
    )
}

DEFINITIONS: dict[str, Model] = {
    "locate_catchment_coverage": Model(
        N_("Locate clients, then their catchment and their coverage"),
        N_(
            "<p>From the structure's own spreadsheets and a layer of communes to three maps: the clients are "
            "read and located, the zones that hold 60, 80 and 95 % of them are drawn around the sites, and the "
            "clients of each commune are related to a target such as its households.</p>"
            "<p>The communes come for example from “Communes of a territory” then “Indicators of a "
            "territory”. Located clients are persons: keep this layer to yourself. Zones and coverage "
            "hide small counts.</p>"
        ),
        {
            "CLIENTS": Ask("importtable", "INPUT", N_("Table of the clients")),
            "SITES": Ask("importtable", "INPUT", N_("Table of the sites")),
            "COMMUNES": Ask("coverage", "COMMUNES"),
            "TARGET": Ask("coverage", "TARGET", parent="COMMUNES"),
            "BAN": Ask("geocode", "BAN"),
            "ROADS": Ask("catchment", "ROADS"),
            "THRESHOLDS": Ask("catchment", "THRESHOLDS"),
            "ORDER": Ask("catchment", "ORDER"),
            "SHAPE": Ask("catchment", "SHAPE"),
            "MIN_COUNT": Ask("coverage", "MIN_COUNT"),
            "SERVICE": Ask("geocode", "SERVICE"),
            "URL": Ask("geocode", "URL"),
        },
        {
            "read_clients": Step(
                "importtable",
                {"INPUT": Asked("CLIENTS"), "ROLE": "clients"},
                {"ISSUES": N_("Problems of the table of clients")},
            ),
            "read_sites": Step("importtable", {"INPUT": Asked("SITES"), "ROLE": "sites"}),
            "clients": Step(
                "geocode",
                {"INPUT": Made("read_clients", "TABLE"), **_LOCATING},
                {"OUTPUT": N_("Located clients"), "FAILED": N_("Clients not located")},
            ),
            "sites": Step(
                "geocode",
                {"INPUT": Made("read_sites", "TABLE"), **_LOCATING},
                {"OUTPUT": N_("Located sites")},
            ),
            "catchment": Step(
                "catchment",
                {
                    "CLIENTS": Made("clients", "OUTPUT"),
                    "SITES": Made("sites", "OUTPUT"),
                    **{
                        name: Asked(name)
                        for name in (
                            "COMMUNES",
                            "ROADS",
                            "THRESHOLDS",
                            "ORDER",
                            "SHAPE",
                            "MIN_COUNT",
                        )
                    },
                },
                {"ZONES": N_("Catchment zones")},
            ),
            "coverage": Step(
                "coverage",
                {
                    "POINTS": Made("clients", "OUTPUT"),
                    **{name: Asked(name) for name in ("COMMUNES", "TARGET", "MIN_COUNT")},
                },
                {"OUTPUT": N_("Coverage by commune")},
            ),
        },
        (
            ("sites", "OUTPUT"),
            ("clients", "OUTPUT"),
            ("catchment", "ZONES"),
            ("coverage", "OUTPUT"),
            ("clients", "FAILED"),
            ("read_clients", "ISSUES"),
        ),
    ),
    "territory_indicators_style": Model(
        N_("A territory, its indicators and their map"),
        N_(
            "<p>From the code or the name of a territory to a styled layer of figures: its communes, the "
            "indicators of a profile with their references and sources, and one of them shaded or drawn as "
            "circles by the rules of the catalogue.</p>"
            "<p>The other indicators are in the same layer: style it again with “Style a layer of figures”.</p>"
        ),
        {
            "TERRITORY": Ask("territory", "TERRITORY"),
            "AREA": Ask("territory", "AREA"),
            "SOURCE": Ask("territory", "SOURCE"),
            "DATA_FOLDER": Ask("territory", "DATA_FOLDER"),
            "PROFILE": Ask("indicators", "PROFILE"),
            "INDICATOR": Ask(
                "style",
                "INDICATOR",
                help=N_(
                    "Identifier of the indicator to map, for example taux_chomage (docs/indicators.md lists them). Empty: the first one of the profile."
                ),
                text=True,
            ),
            "METHOD": Ask("style", "METHOD"),
            "NEIGHBOURS": Ask("territory", "NEIGHBOURS", advanced=True),
            "SAVE": Ask("style", "SAVE"),
            "HOUSE_STYLE": Ask("style", "HOUSE_STYLE"),
            "CACHE": Ask("territory", "CACHE"),
        },
        {
            "territory": Step(
                "territory",
                {name: Asked(name) for name in ("TERRITORY", "AREA", "NEIGHBOURS")} | _OFFICIAL,
            ),
            "indicators": Step(
                "indicators",
                {
                    "COMMUNES": Made("territory", "COMMUNES"),
                    "PROFILE": Asked("PROFILE"),
                    **_OFFICIAL,
                },
                {
                    "INDICATORS": N_("Indicators by commune"),
                    "REFERENCES": N_("References of the indicators"),
                    "PROVENANCE": N_("Sources of the indicators"),
                },
            ),
            "style": Step(
                "style",
                {
                    "INPUT": Made("indicators", "INDICATORS"),
                    **{
                        name: Asked(name) for name in ("INDICATOR", "METHOD", "SAVE", "HOUSE_STYLE")
                    },
                },
            ),
        },
        (
            ("indicators", "INDICATORS"),
            ("indicators", "REFERENCES"),
            ("indicators", "PROVENANCE"),
        ),
    ),
    "structures_diagnosis": Model(
        N_("Full diagnosis of a table of structures, with its batch file"),
        N_(
            "<p>For the head of a network: a full diagnosis for each row of a table of structures, one dossier "
            "each, and their summary. The batch file holds the same rows: open it in the batch window of "
            "Full diagnosis to take one up again with other values.</p>"
            "<p>What is given here holds for all; a column of the table of the same name takes its place. "
            "Rows that were made before from the same files are left as they are.</p>"
        ),
        {
            "TABLE": Ask("structures", "TABLE"),
            "TERRITORY": Ask("structures", "TERRITORY"),
            "PROFILE": Ask("structures", "PROFILE"),
            "SOURCE": Ask("structures", "SOURCE"),
            "DATA_FOLDER": Ask("structures", "DATA_FOLDER"),
            "SERVICE": Ask("structures", "SERVICE"),
            "PAPER": Ask("structures", "PAPER"),
            "FORMATS": Ask("structures", "FORMATS"),
            "MIN_COUNT": Ask("structures", "MIN_COUNT"),
            "HOUSE_STYLE": Ask("structures", "HOUSE_STYLE"),
            "COMMUNE_PAGES": Ask("structures", "COMMUNE_PAGES"),
            "DPI": Ask("structures", "DPI"),
            "REDO": Ask("structures", "REDO"),
        },
        {
            "structures": Step(
                "structures",
                {**_FOR_ALL, "REDO": Asked("REDO")},
                {
                    "OUTPUT_FOLDER": N_("Dossiers of the structures"),
                    "SUMMARY": N_("Summary of the structures"),
                },
            ),
            "batch": Step(
                "batchfile",
                {**_FOR_ALL, "OUTPUT_FOLDER": Made("structures", "OUTPUT_FOLDER")},
                {"OUTPUT": N_("Batch file of the structures")},
            ),
        },
        (("structures", "SUMMARY"),),
    ),
}
