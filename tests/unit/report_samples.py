"""A small invented territory and the report context made of it: every state, every kind of map."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.analysis.colours import theme_colour
from coodiag.coodiag_plugin.analysis.crossing import design_bivariate
from coodiag.coodiag_plugin.core.catalogue import Indicator, indicators, layer_fields
from coodiag.coodiag_plugin.core.figures import FigureTable
from coodiag.coodiag_plugin.core.profiles import Page, Profile, load_profile
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    State,
    Value,
)
from coodiag.coodiag_plugin.edition import charts, structure_pages
from coodiag.coodiag_plugin.edition.build import build_context
from coodiag.coodiag_plugin.edition.context import (
    ActionSheet,
    Block,
    Chart,
    Figure,
    Quality,
    ReportContext,
    Series,
    Skipped,
    Table,
    TableRow,
    Term,
)
from coodiag.coodiag_plugin.edition.materials import (
    CommuneData,
    Edition,
    PageMaterial,
    SheetMaterial,
)
from coodiag.coodiag_plugin.edition.sentences import Reference
from coodiag.coodiag_plugin.edition.sheets.words import words_sheet

#: Invented names, in the order of a French index (accents, ligatures, articles, hyphens).
NAMES = (
    "Aigrefin-le-Faux", "Ébauche", "Écrit-sur-Rien", "Fictange", "L’Île-Inventée",
    "La Chimère", "Le Leurre", "Les Inventions", "Mirage", "Œuvre-Imaginaire",
    "Saint-Exemple", "Sainte-Fiction-de-la-Grande-Lande-Imaginaire", "Zèbre-Rêvé",
)  # fmt: skip
CODES = tuple(f"000{rank:02d}" for rank in range(1, len(NAMES) + 1))
REFERENCES = (
    ("TERRITOIRE", "TERRITOIRE", "Communauté de communes du Pays Imaginaire et de ses Environs"),
    ("EPCI", "EPCI:200000001", "CC du Pays Imaginaire"),
    ("DEP", "DEP:00", "Département-Fictif"),
    ("REG", "REG:00", "Région-Fictive"),
    ("FRANCE", "FRANCE", "France"),
)
_HIDDEN = (SECRET, ABSENT, NOT_APPLICABLE, FAILED)
AREA_M2 = 13 * 4e7


def shuffled_names(seed: int = 3) -> dict[str, str]:
    """Code → name, in an order that is not the alphabet's."""
    pairs = list(zip(CODES, NAMES))
    random.Random(seed).shuffle(pairs)
    return dict(pairs)


def figures(seed: int = 1) -> tuple[FigureTable, FigureTable]:
    """Figures of every indicator for the communes and the references, some of them hidden."""
    draw = random.Random(seed)
    table, whole = FigureTable(), FigureTable()
    for name, row in indicators().items():
        for code in CODES:
            hidden = draw.random() < 0.15
            table.put(code, name, draw.choice(_HIDDEN) if hidden else _draw(draw, row))
        for _, unit, _ in REFERENCES:
            large = Value(float(draw.randint(40_000, 900_000)))
            whole.put(unit, name, large if row.is_count else _draw(draw, row))
        if row.kind == "median":
            whole.put("FRANCE", name, ABSENT)
    return table, whole


def _draw(draw: random.Random, row: Indicator) -> Value:
    if row.is_count:
        return Value(float(round(10 ** draw.uniform(0.8, 4.2))))
    if row.kind == "evolution":
        return Value(draw.uniform(-2, 2))
    if row.id == "niveau_vie_median":
        return Value(float(draw.randint(17_000, 26_000)))
    return Value(draw.uniform(2, 40) * (4 if row.kind == "index" else 1))


def references(whole: FigureTable, name: str) -> tuple[Reference, ...]:
    return tuple(
        Reference(level, label, whole.get(unit, name)) for level, unit, label in REFERENCES
    )


def material(page: Page, theme: str, table: FigureTable, whole: FigureTable) -> PageMaterial:
    """The material of any page of a profile."""
    if page.layer == "communes":
        return _indicator(page, theme, table, whole)
    standing = {"isochrones": "value", "chalandise": "threshold"}
    field = "type_label" if page.map == "typology" else page.field or standing[page.layer]
    row = layer_fields()[(page.layer, field)]
    if page.map == "zones":
        return _zones(page, row, theme)
    base = PageMaterial(page, row, "", ("Fichiers de la structure",), d.MapDesign("", "", ""))
    if page.map == "points":
        base = replace(base, sentence="Trois organismes sur cinq sont à Fictange.")
    what = d.subject(row, theme)
    values = table.column("part_75_plus" if not row.is_count else "chomeurs", CODES)
    if page.map == "typology":
        kinds: dict[str, str | State] = {
            code: ("touchee", "eloignee", "sans_besoin", State.SECRET)[rank % 4]
            for rank, code in enumerate(CODES)
        }
        words = [("touchee", "Touchée"), ("eloignee", "Éloignée"), ("sans_besoin", "Sans besoin")]
        design = d.design_typology("type", "Typologie du recrutement", kinds, words, theme)
        types = {code: kind for code, kind in kinds.items() if not isinstance(kind, State)}
        told = structure_pages.recruitment_page(types, shuffled_names(), dict(words))
        base = replace(base, sentence=told[0], figures=told[1])
    elif page.map == "bivariate":
        second = layer_fields()[(page.layer, page.cross)]
        design = design_bivariate(
            what, values, d.subject(second, theme), table.column("taux_chomage", CODES)
        )
    elif page.map == "circles":
        design = d.design_circles(what, values, AREA_M2)
    else:
        design = d.design_choropleth(what, values)
    return replace(
        base, design=design, values=values, references=references(whole, "part_75_plus")[:1],
        method="Effectifs de 1 à 4 masqués (s), avec secret secondaire.",
    )  # fmt: skip


def _indicator(page: Page, theme: str, table: FigureTable, whole: FigureTable) -> PageMaterial:
    row = indicators()[page.indicator]
    values = table.column(page.indicator, CODES)
    what = d.subject(row, theme)
    if page.map == "coloured_circles":
        shade = indicators()[page.colour]
        design = d.design_coloured_circles(
            what, values, d.subject(shade, theme), table.column(page.colour, CODES), AREA_M2
        )
    elif page.map == "circles":
        design = d.design_circles(what, values, AREA_M2)
    else:
        design = d.design_choropleth(what, values)
    cited = ("Insee, Recensement de la population 2021", "IGN, ADMIN EXPRESS 2024")
    return PageMaterial(page, row, "2021", cited, design, values, references(whole, page.indicator))


def _zones(page: Page, row: Indicator, theme: str) -> PageMaterial:
    zones = [
        structure_pages.ZoneRow("primaire", 60.0, 62.4, 11.0, "min"),
        structure_pages.ZoneRow("secondaire", 80.0, 80.3, 19.0, "min"),
        structure_pages.ZoneRow("tertiaire", 95.0, 95.0, 34.0, "min"),
    ]
    levels = [(zone.threshold, structure_pages.zone_label(zone)) for zone in zones]
    design = d.design_zones(row.id, "Zone mesurée", levels, theme, nested=False)
    sentence, cards = structure_pages.catchment_page(zones, 391)
    return PageMaterial(
        page, row, "", ("Fichiers de la structure",), design, sentence=sentence, figures=cards
    )


def blocks() -> tuple[Block, ...]:
    """One block of every kind, with every kind of chart."""
    names = ("Sans diplôme", "CAP ou BEP", "Baccalauréat", "Supérieur", "Non déclaré")
    here = Series(
        "Territoire", (31.2, 28.4, 12.0, 28.4, None), ("31,2 %", "28,4 %", "12,0 %", "28,4 %", "s")
    )
    there = Series(
        "Département",
        (25.0, 30.0, 15.0, 30.0, 0.0),
        ("25,0 %", "30,0 %", "15,0 %", "30,0 %", "0,0 %"),
    )
    rows = tuple(TableRow(name, ("1 234", "31,2 %", "25,0 %")) for name in names)
    wide = tuple(TableRow(name, ("1 234", "31,2 %", "25,0 %", "s", "…", "///")) for name in names)
    drawn = tuple(
        Block(
            "chart",
            f"Graphique {kind}",
            chart=Chart(kind, "", names, (here, there), "Département", 25.0, 40.0),
        )
        for kind in charts.KINDS
    )
    action = ActionSheet(
        "Mobilité", "Ouvrir une navette entre la gare et les sites", "Service insertion", "2027",
        "Nombre de trajets par mois", (("Partenaires", "Communauté de communes, région"),),
    )  # fmt: skip
    return (
        Block("figures", "En bref", figures=(Figure("Habitants", "12 345", "31,2 % du territoire"),) * 4),
        *drawn,
        Block("table", "Un tableau", table=Table(("Niveau", "Effectif", "Part", "Département"), rows)),
        Block("table", "Un tableau large", table=Table(("Niveau", "Ici", "Part", "EPCI", "Dép.", "Région", "France"), wide)),
        Block("text", "À retenir", texts=("Une phrase qui dit ce que le tableau montre.",)),
        Block("action", "", action=action),
        Block("words", "L’analyse", texts=("Que disent ces chiffres de votre territoire ?",)),
    )  # fmt: skip


def sheet(page: Page, text: str = "") -> SheetMaterial:
    """The material of any page without a map; ``text``: what the analyst wrote on it."""
    if text:
        return words_sheet(page, text)
    return SheetMaterial(
        page, blocks(), "Sans diplôme : 31,2 %, au-dessus du niveau départemental (25,0 %).",
        "Population non scolarisée de 15 ans ou plus, 2021", ("Insee, Recensement de la population 2021",),
        "Parts en % de la population.",
    )  # fmt: skip


def commune_data(table: FigureTable, whole: FigureTable) -> CommuneData:
    people = {code: SECRET if rank % 3 else Value(5.0 + rank) for rank, code in enumerate(CODES)}
    return CommuneData(
        shuffled_names(),
        table,
        whole,
        REFERENCES,
        dict.fromkeys(CODES, REFERENCES),
        dict.fromkeys(indicators(), "2021"),
        {"Clients de la structure": (people, Value(391.0))},
    )


def edition(demo: bool = True) -> Edition:
    return Edition(
        structure="Association Exemple d’insertion (fictive)",
        date="2026-03-31",
        version="0.1.0",
        demo=demo,
        minimum=5,
        quality=(
            Quality("Clients", 404, 6, 330, 20, 10, 26, 12, 25),
            Quality("Bénéficiaires", 1909, 11, 1700, 70, 10, 100, 18, 60),
        ),
        notes=("Le dossier de données n’a pas de couche de routes : les distances vont à vol d’oiseau.",),
        method=("Zone mesurée : clients triés par temps de trajet ; seuils 60, 80 et 95 %.",),
        skipped=(Skipped("Les personnes sans diplôme", "aucun fichier ne donne « Sans diplôme »."),),
        sources=(
            Provenance("x", "Base du comparateur", "Insee", "RP 2021", "2024", "base.zip", "a" * 64),
            Provenance("y", "Contours des communes", "IGN", "2024", "2024", "communes.gpkg", "b" * 64),
        ),
        extra_terms=(Term("Prospect", "Établissement visé, non encore client."),),
    )  # fmt: skip


def materials(
    profile: Profile, seed: int = 1, written: Mapping[str, str] | None = None
) -> dict[str, PageMaterial | SheetMaterial]:
    table, whole = figures(seed)
    texts = written or {}
    return {
        page.id: sheet(page, texts.get(page.id, ""))
        if page.sheet
        else material(page, chapter.theme, table, whole)
        for chapter in profile.chapters
        for page in chapter.pages
    }


def context(
    profile: Profile | None = None,
    *,
    demo: bool = True,
    commune_pages: bool = True,
    without: tuple[str, ...] = (),
    seed: int = 1,
    words: Mapping[str, str] | None = None,
    written: Mapping[str, str] | None = None,
) -> ReportContext:
    """The whole report context of the invented territory; ``without``: pages left out by id.

    What analysts wrote: ``words`` by chapter, ``written`` by page.
    """
    profile = profile or load_profile("coodiag")
    table, whole = figures(seed)
    drawn = materials(profile, seed, written)
    made = {name: item for name, item in drawn.items() if name not in without}
    colours = {chapter.theme: theme_colour(chapter.theme) for chapter in profile.chapters}
    return build_context(
        profile,
        REFERENCES[0][2],
        colours,
        made,
        commune_data(table, whole),
        edition(demo),
        commune_pages,
        words,
    )
