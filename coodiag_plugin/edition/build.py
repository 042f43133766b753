"""Builds the report context, once, from what the run has computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..core import french
from ..core.catalogue import Indicator, indicators
from ..core.design import MapDesign
from ..core.figures import FigureTable
from ..core.profiles import Page, Profile
from ..core.provenance import Provenance
from ..core.values import Value
from .context import (
    Chapter,
    CommunePage,
    Figure,
    MapPage,
    Quality,
    ReportContext,
    Skipped,
    Table,
    TableRow,
    Term,
)
from .sentences import (
    Reference,
    bare,
    commune_sentence,
    level_sentence,
    page_figures,
    page_sentence,
)
from .sources import deal

#: Pages before the first chapter: cover, contents, guide, key figures.
FRONT_PAGES = 4
SECRECY_PAGES = 1
#: Most entries that a page of the glossary holds at its smallest type.
TERMS_PER_PAGE = 36
COMMUNE_ROWS = 12


@dataclass(frozen=True)
class PageMaterial:
    """What one map page is made of. ``sentence`` and ``figures`` replace the generated ones."""

    page: Page
    subject: Indicator
    year: str
    sources: tuple[str, ...]
    design: MapDesign
    values: Mapping[str, Value] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    method: str = ""
    sentence: str = ""
    figures: tuple[Figure, ...] = ()
    subtitle: str = ""


@dataclass(frozen=True)
class Edition:
    """The circumstances of a run that are printed."""

    structure: str
    date: str
    version: str
    demo: bool
    minimum: int
    quality: tuple[Quality, ...] = ()
    notes: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sources: tuple[Provenance, ...] = ()
    extra_terms: tuple[Term, ...] = ()


#: Heading of the column of each level on a commune page.
COLUMNS = {
    "TERRITOIRE": "Territoire",
    "EPCI": "Intercommunalité",
    "DEP": "Département",
    "REG": "Région",
    "FRANCE": "France",
}
#: A unit of comparison: its level, its key in the references, its printed name.
Compared = tuple[str, str, str]


@dataclass(frozen=True)
class CommuneData:
    """Figures behind the commune pages. ``people`` holds extra rows: label → code → value.

    ``years``: indicators that have figures, ``failed`` (why) those that should have had some.
    """

    names: Mapping[str, str]  # communes of the territory by code
    figures: FigureTable
    references: FigureTable
    reference_names: tuple[Compared, ...]  # the territory and its units of comparison
    own_units: Mapping[str, tuple[Compared, ...]]  # those of each commune, same levels for all
    years: Mapping[str, str]
    people: Mapping[str, tuple[Mapping[str, Value], Value]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)

    def printed(self, key: str) -> bool:
        """Whether an indicator is in the tables: with figures, or with the sign of a failure."""
        return key in self.years or key in self.failed


def build_context(
    profile: Profile,
    territory: str,
    colours: Mapping[str, str],
    materials: Mapping[str, PageMaterial],
    data: CommuneData,
    edition: Edition,
    commune_pages: bool = True,
) -> ReportContext:
    """The whole context. ``materials`` by page id (a page without one is skipped), ``colours`` by
    theme. Page numbers are settled here, so that the contents and the pages agree.
    """
    number = FRONT_PAGES + 1
    chapters: list[Chapter] = []
    for chapter in profile.chapters:
        present = [materials[page.id] for page in chapter.pages if page.id in materials]
        if not present:
            continue
        pages = tuple(
            _map_page(material, chapter.id, number + rank, data.names)
            for rank, material in enumerate(present, 1)
        )
        chapters.append(
            Chapter(
                chapter.id,
                len(chapters) + 1,
                number,
                chapter.title,
                colours[chapter.theme],
                _findings(present, pages),
                pages,
            )
        )
        number += 1 + len(pages)
    communes = _commune_pages(profile, data) if commune_pages else ()
    terms = _glossary(profile, data, materials.values(), edition)
    after = number + len(communes)
    glossary_pages = _numbers(after, len(terms), TERMS_PER_PAGE)
    first_source = after + len(glossary_pages)
    source_pages = tuple(range(first_source, first_source + len(deal(edition.sources))))
    return ReportContext(
        title=profile.title,
        subtitle=profile.subtitle,
        territory=territory,
        structure=edition.structure,
        date=edition.date,
        version=edition.version,
        demo=edition.demo,
        minimum=edition.minimum,
        intro=_intro(edition, bool(data.failed)),
        key_table=_key_table(profile, data),
        chapters=tuple(chapters),
        commune_chart_title=_dated(indicators()[profile.commune_chart], data.years)
        if profile.commune_chart in data.years
        else "",
        communes=communes,
        commune_first=number,
        quality=edition.quality,
        notes=edition.notes,
        skipped=edition.skipped,
        failures=tuple(
            Skipped(indicators()[key].label, reason) for key, reason in data.failed.items()
        ),
        method=edition.method,
        glossary=terms,
        sources=edition.sources,
        secrecy=_secrecy(edition.minimum),
        glossary_pages=glossary_pages,
        source_pages=source_pages,
        pages=after - 1 + len(glossary_pages) + len(source_pages) + SECRECY_PAGES,
    )


def _numbers(first: int, items: int, most: int) -> tuple[int, ...]:
    """Numbers of the pages that ``items`` rows take, at least one."""
    return tuple(range(first, first + max(1, -(-items // most))))


def _map_page(
    material: PageMaterial, chapter: str, number: int, names: Mapping[str, str]
) -> MapPage:
    subject = material.subject
    sentence = material.sentence or page_sentence(
        subject, material.values, names, material.references
    )
    figures = material.figures or page_figures(subject, material.values, names, material.references)
    subtitle = material.subtitle or f"{subject.label}" + (
        f", {material.year}" if material.year else ""
    )
    method = " ".join(_sentence(part) for part in (material.method, subject.caveat) if part)
    return MapPage(
        id=material.page.id,
        number=number,
        chapter=chapter,
        title=material.page.title,
        subtitle=subtitle,
        sentence=sentence,
        layer=material.page.layer,
        design=material.design,
        sources=material.sources,
        method=method,
        figures=figures,
    )


def _sentence(text: str) -> str:
    """``text`` ends like a sentence, so that two of them can follow each other."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def _findings(materials: Sequence[PageMaterial], pages: Sequence[MapPage]) -> tuple[str, ...]:
    """Up to three: the level sentence of a rate, the first sentence of any other page."""
    found = []
    for material, page in zip(materials, pages):
        text = (
            material.sentence
            or level_sentence(material.subject, material.references)
            or page.sentence
        )
        if material.subject.is_count and not material.sentence:
            text = f"{material.subject.label}\u00a0: {page.sentence[0].lower()}{page.sentence[1:]}"
        found.append(text)
    return tuple(found[:3])


def _key_table(profile: Profile, data: CommuneData) -> Table:
    columns = ["Indicateur"] + [name for _, _, name in data.reference_names]
    rows = []
    for key in _with_data(profile.key_figures, data, profile):
        subject = indicators()[key]
        cells = tuple(
            bare(subject, data.references.get(unit, key)) for _, unit, _ in data.reference_names
        )
        rows.append(TableRow(_dated(subject, data.years), cells))
    return Table(tuple(columns), tuple(rows))


def _with_data(keys: Sequence[str], data: CommuneData, profile: Profile) -> list[str]:
    """Indicators that some source gives or should have given; others of the profile take the place
    of those that nothing gives."""
    found = [key for key in keys if data.printed(key)]
    spare = [key for key in profile.indicator_ids() if key in data.years and key not in found]
    return found + spare[: len(keys) - len(found)]


def _dated(subject: Indicator, years: Mapping[str, str]) -> str:
    year = years.get(subject.id, "")
    return f"{subject.label}, {year}" if year else subject.label


def _commune_pages(profile: Profile, data: CommuneData) -> tuple[CommunePage, ...]:
    order = sorted(data.names, key=lambda code: (french.alphabetical(data.names[code]), code))
    return tuple(_commune_page(profile, data, code) for code in order)


def _commune_page(profile: Profile, data: CommuneData, code: str) -> CommunePage:
    catalogue = indicators()
    cards = tuple(
        Figure(
            catalogue[key].short,
            bare(catalogue[key], data.figures.get(code, key)),
            ""
            if catalogue[key].is_count
            else f"Territoire\u00a0: {bare(catalogue[key], data.references.get('TERRITOIRE', key))}",
        )
        for key in _with_data(profile.commune_figures, data, profile)
    )
    sentence = commune_sentence(
        data.names[code],
        [
            (catalogue[key], data.figures.get(code, key), data.references.get("TERRITOIRE", key))
            for key in _with_data(profile.commune_figures, data, profile)
        ],
    )
    return CommunePage(
        code,
        data.names[code],
        sentence,
        cards,
        _commune_table(profile, data, code),
        _chart(profile, data, code),
    )


def _commune_table(profile: Profile, data: CommuneData, code: str) -> Table:
    catalogue = indicators()
    rows = []
    for key in profile.indicator_ids():
        subject = catalogue[key]
        if not data.printed(key):
            continue
        cells = [bare(subject, data.figures.get(code, key))]
        cells += [
            bare(subject, data.references.get(unit, key)) for _, unit, _ in data.own_units[code]
        ]
        year = data.years.get(key, "")
        rows.append(TableRow(f"{subject.short} ({year})" if year else subject.short, tuple(cells)))
    rows = rows[:COMMUNE_ROWS]
    for label, (values, whole) in data.people.items():
        if code in values:
            blank = [""] * (len(data.own_units[code]) - 1)
            rows.append(
                TableRow(label, (french.figure(values[code]), french.figure(whole), *blank))
            )
    columns = (
        "Indicateur",
        "Commune",
        *(COLUMNS[level] for level, _, _ in data.own_units[code]),
    )
    return Table(columns, tuple(rows))


def _chart(
    profile: Profile, data: CommuneData, code: str
) -> tuple[tuple[str, float | None, str], ...]:
    if profile.commune_chart not in data.years:
        return ()
    subject = indicators()[profile.commune_chart]
    bars = [(data.names[code], data.figures.get(code, subject.id))]
    bars += [
        (COLUMNS[level] if level == "TERRITOIRE" else name, data.references.get(unit, subject.id))
        for level, unit, name in data.own_units[code]
    ]
    return tuple((name, value.number, bare(subject, value)) for name, value in bars)


def _glossary(
    profile: Profile, data: CommuneData, materials: Iterable[PageMaterial], edition: Edition
) -> tuple[Term, ...]:
    used = {key: indicators()[key] for key in profile.indicator_ids() if data.printed(key)}
    for material in materials:
        if material.subject.definition:
            used.setdefault(material.subject.id, material.subject)
    terms = [
        Term(subject.label, f"{subject.definition} {subject.caveat}".strip())
        for subject in used.values()
    ]
    terms += edition.extra_terms
    return tuple(sorted(terms, key=lambda term: french.alphabetical(term.term)))


def _intro(edition: Edition, failures: bool) -> tuple[str, ...]:
    missing = "non disponible ou non reçu" if failures else "non disponible"
    texts = [
        "Chaque carte répond à une question. Sous le titre, l’indicateur et son millésime ; puis une phrase qui dit ce que la carte montre. Les chiffres cités sont ceux des cartouches de la page.",
        "Les nombres (habitants, emplois, chômeurs) sont des cercles dont la surface est proportionnelle à la valeur. Les parts, taux et indices sont des couleurs, de la plus claire à la plus foncée ; les évolutions et les indices ont deux couleurs de part et d’autre de leur centre.",
        "Sous la légende, un petit histogramme montre la répartition des communes, de la plus petite à la plus grande valeur. Les communes voisines sont en gris clair.",
        f"s : secret statistique · … : {missing} · /// : sans objet · n.s. : non significatif.",
    ]
    if edition.demo:
        texts.insert(
            0,
            "DONNÉES FICTIVES : le territoire, les chiffres et les personnes de cet atlas de démonstration sont inventés.",
        )
    return tuple(texts)


def _secrecy(minimum: int) -> tuple[str, ...]:
    return (
        f"Aucune personne n’est identifiable dans cet atlas. Les effectifs de clients et de bénéficiaires compris entre 1 et {minimum - 1} sont remplacés par « s », et d’autres cases le sont aussi lorsqu’un effectif caché pourrait se déduire du total.",
        "Les clients et les bénéficiaires ne figurent jamais comme points : seuls sont montrés des communes, des zones généralisées et des taux. Leur localisation exacte reste dans le dossier « confidentiel », qui n’accompagne pas l’atlas.",
        "Les revenus et la pauvreté sont ceux que l’Insee diffuse : rien n’est recalculé sous le seuil de 11 ménages fiscaux, et une médiane n’est jamais recomposée à partir de celles des communes.",
        "Les établissements à diffusion partielle (article A123-96 du code de commerce) sont comptés dans leur commune, sans nom, ni adresse, ni position ; ils n’apparaissent pas parmi les prospects.",
        "Loi n° 51-711 du 7 juin 1951 sur le secret statistique ; règlement (UE) 2016/679 sur la protection des données.",
    )
