"""The analyst's own tables in a run: survey, actors, action plan, texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...core import french
from ...core.errors import InputError
from ...core.journal import Journal
from ...core.profiles import Chapter, Page
from ...core.progress import Progress
from ...core.qualitative import ActionPlan, QuestionResult, SurveyResult
from ..actors import NAME, locate_actors
from ..locating import How, Sending
from ..templates import page_titles
from ..translation import in_french, told
from .actors_page import SOURCE, ActorsResult

if TYPE_CHECKING:
    from ...core.profiles import Profile
    from ...edition.materials import SheetMaterial
    from ...sources.actors_file import ActorTable
    from ...sources.issues import Issue
    from .options import Run


@dataclass
class Qualitative:
    """What the tables gave. ``refusals``: kind of sheet → why it has nothing to show (French)."""

    survey: SurveyResult | None = None
    actors: ActorTable | None = None
    plan: ActionPlan | None = None
    words: dict[str, str] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)


def files_of(tables: Mapping[str, Path | None]) -> dict[str, Path]:
    """The files read, by role, for the run file: the description of questions included."""
    from ...sources.survey_file import questions_beside

    found = {role.lower(): path for role, path in tables.items() if path is not None}
    beside = questions_beside(found["survey"]) if "survey" in found else None
    return {**found, "questions": beside} if beside else found


def read_qualitative(
    tables: Mapping[str, Path | None],
    profile: Profile,
    minimum: int,
    journal: Journal,
    progress: Progress,
) -> Qualitative:
    """Read the tables that are given by parameter (SURVEY, ACTORS, ACTIONS, WORDS) and tell the journal what was done.

    A table that cannot be read is refused (:class:`InputError`) before anything is written.
    """
    result = Qualitative()
    steps = {"ACTORS": _actors, "ACTIONS": _actions}
    given = {role: path for role, path in tables.items() if path is not None}
    if given:
        journal.section("Tables de l’analyste")
    for rank, (role, path) in enumerate(given.items()):
        progress.check()
        part = progress.part(rank / len(given), (rank + 1) / len(given))
        if role == "WORDS":
            _words(result, path, profile, journal, part)
        elif role == "SURVEY":
            _survey(result, path, minimum, journal, part)
        else:
            steps[role](result, path, journal, part)
    return result


def _tell(journal: Journal, about: str, issues: Sequence[Issue]) -> None:
    from ...sources.analyst_table import told as sentences

    for sentence in sentences(issues):
        journal.write(f"{about} : {sentence[0].lower()}{sentence[1:]}")


def _survey(
    result: Qualitative, path: Path, minimum: int, journal: Journal, progress: Progress
) -> None:
    from ...analysis.survey import count_survey
    from ...sources.survey_file import read_survey

    file = read_survey(path, progress)
    journal.write(
        f"Enquête : {french.few(len(file.answers.rows), minimum)} répondants, "
        f"{french.plural(len(file.answers.questions), 'question')}."
    )
    _tell(journal, "Enquête", file.issues)
    try:
        result.survey = count_survey(file.answers, minimum)
    except InputError as error:
        result.refusals["survey"] = told(error.template, error.fields, in_french)
        journal.write(f"Enquête : {result.refusals['survey']}")


def _actors(result: Qualitative, path: Path, journal: Journal, progress: Progress) -> None:
    from ...sources.actors_file import read_actors

    table = read_actors(path, progress)
    result.actors = table
    journal.write(
        f"Acteurs : {french.plural(table.rows_in, 'ligne lue', 'lignes lues')}, "
        f"{french.plural(len(table.rows), 'organisme retenu', 'organismes retenus')}."
    )
    _tell(journal, "Acteurs", table.issues)


def _actions(result: Qualitative, path: Path, journal: Journal, progress: Progress) -> None:
    from ...sources.actions_file import read_actions

    file = read_actions(path, progress)
    result.plan = file.plan
    journal.write(
        f"Plan d’action : {french.plural(file.rows_in, 'ligne lue', 'lignes lues')}, "
        f"{french.plural(len(file.plan.actions), 'action')}, {french.plural(file.refused, 'ligne refusée', 'lignes refusées')}."
    )
    _tell(journal, "Plan d’action", file.issues)


def _words(
    result: Qualitative, path: Path, profile: Profile, journal: Journal, progress: Progress
) -> None:
    from ...sources.words_file import read_words

    file = read_words(path, page_titles(profile), progress)
    result.words = file.texts
    journal.write(
        f"Textes de l’analyste : {french.plural(len(file.texts), 'texte repris', 'textes repris')}."
    )
    for sentence in file.sentences():
        journal.write(f"Textes de l’analyste : {sentence[0].lower()}{sentence[1:]}")
    _tell(
        journal,
        "Textes de l’analyste",
        [item for item in file.issues if item.code != "words_unknown"],
    )


def locate(run: Run, found: Qualitative, how: How, crs: str, progress: Progress) -> None:
    """The layer ``acteurs`` of the run, and what its pages need."""
    if found.actors is None:
        return
    made = locate_actors(
        found.actors,
        how=how,
        communes=run.layers["communes_toutes"],
        crs=crs,
        progress=progress,
        former=run.former,
        told=lambda sending: _tell_sending(run, sending),
        sent=lambda count: run.sent.__setitem__("actors", count),
    )
    run.layers[NAME] = made.layer
    run.results[NAME] = ActorsResult("", (SOURCE,), found.actors.actors, found.actors.persons)
    run.journal.write(
        f"Acteurs : {french.plural(made.located, 'placé')}, {french.number(made.unlocated)} sans lieu connu."
    )


def _tell_sending(run: Run, sending: Sending) -> None:
    run.journal.write(
        f"Acteurs : {french.plural(sending.addresses, 'adresse distincte', 'adresses distinctes')} au plus "
        f"à envoyer à {sending.title} ({sending.host})."
    )


def sheet(
    found: Qualitative, page: Page, questions: Sequence[QuestionResult] = ()
) -> SheetMaterial | str:
    """The material of a page ``survey``, ``actors``, ``actions`` or ``words``, or why it is left out.

    ``questions``: of this page, see :func:`questions_of`.
    """
    from ...edition.sheets.actions import actions_sheet
    from ...edition.sheets.actors import actors_sheet
    from ...edition.sheets.survey import survey_sheet
    from ...edition.sheets.words import words_sheet

    if page.sheet == "words":
        return words_sheet(page, found.words.get(page.id, ""))
    if page.sheet == "actions":
        return actions_sheet(page, found.plan)
    if page.sheet == "actors":
        table = found.actors
        return actors_sheet(page, table.actors if table else (), table.persons if table else 0)
    if found.survey is None:
        return found.refusals.get("survey", "aucune enquête n’est donnée.")
    return survey_sheet(page, found.survey, questions)


def questions_of(
    found: Qualitative, chapters: Sequence[Chapter]
) -> dict[str, list[QuestionResult]]:
    """The questions that each page ``survey`` of the profile shows, by page id."""
    from ...edition.sheets.survey import dealt_questions

    if found.survey is None:
        return {}
    pages = [
        (page.id, (page.title, chapter.id, chapter.title, chapter.theme))
        for chapter in chapters
        for page in chapter.pages
        if page.sheet == "survey"
    ]
    return dealt_questions(found.survey, pages)
