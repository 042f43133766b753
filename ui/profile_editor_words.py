"""What the profile editor calls the names that stand in a profile."""

from __future__ import annotations

from .words import N_, tr

LAYERS = {
    "communes": N_("Map of the communes, by an indicator"),
    "isochrones": N_("Map of the travel times to the sites"),
    "chalandise": N_("Map of the catchment zones"),
    "penetration": N_("Map of the clients by commune"),
    "recrutement": N_("Map of the recruitment by commune"),
    "mobilite": N_("Map of the cycling times of beneficiaries"),
    "zones_prospection": N_("Map of the prospects by commune"),
    "typologie": N_("Map of the kinds of communes"),
    "specificites": N_("Map of the main specialisations"),
    "offre_demande": N_("Map of the services within reach"),
    "qualification": N_("Map of people and jobs by qualification"),
    "acteurs": N_("Map of the actors"),
}
SHEETS = {
    "figures": N_("Figures compared, in a table and a chart"),
    "pyramid": N_("Age pyramid"),
    "similar": N_("Most similar territories"),
    "specialisation": N_("Specialisation by sector"),
    "paradox": N_("Whom the recruitment does not reach"),
    "portfolio": N_("The clients and the economic fabric"),
    "qualification": N_("Jobs offered and qualifications"),
    "supply": N_("Services and the people they are for"),
    "survey": N_("Answers to the survey"),
    "actors": N_("The actors and their links"),
    "actions": N_("The plan of actions"),
    "words": N_("A place for the team to write"),
}
MAPS = {
    "choropleth": N_("Shades (rates, indices, durations)"),
    "circles": N_("Circles (counts)"),
    "coloured_circles": N_("Circles (counts) filled by a rate"),
    "bivariate": N_("Two rates crossed"),
    "typology": N_("Categories"),
    "zones": N_("Zones"),
    "points": N_("Points"),
}
CHARTS = {
    "bars": N_("Bars"),
    "stacked": N_("Parts of a whole"),
    "pyramid": N_("Pyramid"),
    "lines": N_("Lines over time"),
    "slope": N_("Slopes between two years"),
    "index": N_("Gaps from a centre"),
    "radar": N_("Radar"),
    "multiples": N_("A small chart per commune"),
}
LEVELS = {
    "EPCI": N_("The intercommunality"),
    "DEP": N_("The département"),
    "REG": N_("The region"),
    "FRANCE": N_("France"),
    "SIMILAR": N_("The most similar territories"),
}
KINDS = {
    "stock": N_("count"),
    "rate": N_("rate"),
    "density": N_("density"),
    "index": N_("index"),
    "evolution": N_("change over time"),
    "median": N_("median"),
    "duration": N_("duration"),
}
KEYS = (
    ("Ctrl+N", N_("add a page after the one chosen")),
    ("Ctrl+Shift+N", N_("add a chapter")),
    ("Ctrl+D", N_("duplicate the page or the chapter")),
    ("Del", N_("remove the page, the chapter or the indicator chosen")),
    ("Alt+↑, Alt+↓", N_("move it up, down; a page goes on into the next chapter")),
    ("Ins", N_("add indicators, in a list of indicators")),
    ("Ctrl+Z, Ctrl+Shift+Z", N_("undo, redo")),
    ("Ctrl+O", N_("open a profile of yours")),
    ("Ctrl+S, Ctrl+Shift+S", N_("save, save under another name")),
    ("F5", N_("see the picture of the page")),
    ("F6", N_("from the list to the form, to the picture, and back")),
    ("F8", N_("go to the next problem")),
)


def word(table: dict[str, str], name: str) -> str:
    """The words for a name; a name that is not known, as in a file with a slip, is shown itself."""
    return tr(table[name]) if name in table else name


def keys_text() -> str:
    """What each key does, as a small table."""
    cells = [
        f"<tr><td><b>{keys}</b>&nbsp;&nbsp;</td><td>{tr(text)}</td></tr>" for keys, text in KEYS
    ]
    return f"<table>{''.join(cells)}</table>"
