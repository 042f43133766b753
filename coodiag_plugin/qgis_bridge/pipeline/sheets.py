"""The pages without a map: which results each kind of sheet prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...core.profiles import Page
from ...core.qualitative import QuestionResult
from ...edition.materials import CommuneData, SheetMaterial
from ...edition.sheets.figures import figures_sheet
from ...edition.sheets.paradox import paradox_sheet
from ...edition.sheets.portfolio import portfolio_sheet
from ...edition.sheets.pyramid import pyramid_sheet
from ...edition.sheets.qualification import qualification_sheet
from ...edition.sheets.similar import similar_sheet
from ...edition.sheets.specialisation import specialisation_sheet
from ...edition.sheets.supply import supply_sheet
from ...edition.sheets.words import words_block
from . import qualitative
from .portfolio import PORTFOLIO, PortfolioResult
from .qualification import QualificationResult
from .results import RecruitmentResult
from .supply import SupplyResult
from .territory_sheets import ecosystem_specialised, likened, specialised

if TYPE_CHECKING:
    from .ground import Ground

#: Rates of these layers are about the structure's people: only the territory compares.
PEOPLE_SOURCES = "Fichiers de la structure, localisés par Coodiag"
_QUALITATIVE = ("survey", "actors", "actions", "words")


class Sheets:
    """Gives each sheet page its material, or a French sentence saying why it is left out."""

    def __init__(self, ground: Ground, data: CommuneData) -> None:
        self._ground, self._run, self._data = ground, ground.run, data
        self._kinds: dict[str, Callable[[Page], SheetMaterial | str]] = {
            "figures": self._figures,
            "pyramid": self._pyramid,
            "similar": self._similar,
            "specialisation": self._specialisation,
            "paradox": self._paradox,
            "supply": self._supply,
            "qualification": self._qualification,
            "portfolio": self._portfolio,
            **dict.fromkeys(_QUALITATIVE, self._qualitative),
        }

    def material(self, page: Page) -> SheetMaterial | str:
        made = self._kinds[page.sheet](page)
        return made if isinstance(made, str) or page.sheet == "words" else self._analysed(made)

    def _analysed(self, made: SheetMaterial) -> SheetMaterial:
        """The sheet with what the analyst wrote for it, else the place that its profile asks for."""
        found = self._run.qualitative
        text = found.words.get(made.page.id, "") if found else ""
        if not (text or made.page.words):
            return made
        place = words_block(made.page.words, text, "L’analyse de l’équipe")
        return replace(made, blocks=(*made.blocks, place))

    def _figures(self, page: Page) -> SheetMaterial | str:
        result = self._ground.result
        return figures_sheet(page, self._data, result.sources, result.notes)

    def _pyramid(self, page: Page) -> SheetMaterial | str:
        result = self._ground.result
        return pyramid_sheet(page, self._data, result.sources, result.notes)

    def _similar(self, page: Page) -> SheetMaterial | str:
        found = self._run.similar
        if found is None:
            return self._why("similaires", "les données n’ont pas d’autres territoires complets.")
        return similar_sheet(page, likened(found, self._ground.territory, self._ground.result))

    def _specialisation(self, page: Page) -> SheetMaterial | str:
        found = specialised(self._run.specialisations, self._ground.territory)
        register = self._run.layers.get("etablissements")
        if register is not None:
            found += ecosystem_specialised(register)
        return specialisation_sheet(page, found)

    def _paradox(self, page: Page) -> SheetMaterial | str:
        result = self._run.results.get("recrutement")
        if not isinstance(result, RecruitmentResult) or result.paradox is None:
            return self._why("recrutement", "aucun fichier de bénéficiaires n’est donné.")
        sources = (PEOPLE_SOURCES, *result.sources, *self._run.road_citations)
        return paradox_sheet(page, result.paradox, who=result.need_words, sources=sources)

    def _supply(self, page: Page) -> SheetMaterial | str:
        result = self._run.results.get("offre_demande")
        if not isinstance(result, SupplyResult):
            return self._why("offre_demande", "aucun service n’est recensé par les données.")
        return supply_sheet(page, result.supply, sources=result.sources, method=result.method)

    def _qualification(self, page: Page) -> SheetMaterial | str:
        result = self._run.results.get("qualification")
        if not isinstance(result, QualificationResult):
            return self._why("qualification", "le recensement ne donne pas ces figures.")
        return qualification_sheet(page, result.found, sources=result.sources, method=result.method)

    def _portfolio(self, page: Page) -> SheetMaterial | str:
        result = self._run.results.get(PORTFOLIO)
        if not isinstance(result, PortfolioResult):
            return self._why(PORTFOLIO, "il faut un fichier de clients et un stock Sirène.")
        return portfolio_sheet(
            page,
            result.found,
            minimum=self._run.options.min_count,
            sources=(PEOPLE_SOURCES, *result.sources),
        )

    @cached_property
    def _questions(self) -> dict[str, list[QuestionResult]]:
        found = self._run.qualitative
        return qualitative.questions_of(found, self._run.profile.chapters) if found else {}

    def _qualitative(self, page: Page) -> SheetMaterial | str:
        found = self._run.qualitative or qualitative.Qualitative()
        return qualitative.sheet(found, page, self._questions.get(page.id, ()))

    def _why(self, step: str, otherwise: str) -> str:
        return self._run.refusals.get(step, otherwise)
