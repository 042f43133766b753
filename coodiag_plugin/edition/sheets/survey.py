"""The sheet of a survey: a chart and a table per question, crossings, free texts counted only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core import french
from ...core.french import NO_BREAK_SPACE
from ...core.profiles import Page
from ...core.qualitative import (
    FREE,
    MULTIPLE,
    NUMBER,
    SCALE,
    AnswerCount,
    QuestionResult,
    SurveyResult,
)
from ...core.values import SECRET, SIGN_NOT_SIGNIFICANT, SIGNS, State, Value
from ..context import Block, Chart, Series, Table, TableRow
from ..materials import SheetMaterial

#: Longest title of a block, which stands on one line; the table under it has the whole wording.
LONGEST_TITLE = 60
#: Below this base a survey is read with care (METHODS §2).
SMALL_BASE = 30
SOURCE = "enquête de la structure"
_SECRET = SIGNS[State.SECRET]


def survey_sheet(
    page: Page,
    survey: SurveyResult,
    questions: Sequence[QuestionResult] | None = None,
    source: str = SOURCE,
) -> SheetMaterial | str:
    """The material of a page ``survey``, or why it is left out (French).

    ``questions``: those of this page, see :func:`dealt_questions`; all of them by default.
    """
    chosen = list(survey.questions if questions is None else questions)
    counted = [item for item in chosen if item.answers]
    if not counted:
        return (
            "les réponses de l’enquête sont trop peu nombreuses pour être montrées."
            if chosen
            else "l’enquête n’a pas de question pour cette page."
        )
    blocks: list[Block] = []
    for run in _runs(counted):
        blocks += _marks(run) if len(run) > 1 else _question(run[0], survey)
    blocks += _texts(chosen)
    return SheetMaterial(
        page,
        tuple(blocks),
        sentence=_sentence(counted),
        subtitle=f"Enquête auprès de {french.plural(survey.respondents, 'répondant')}",
        sources=(source,),
        method=_method(survey, counted),
    )


def dealt_questions(
    survey: SurveyResult, pages: Sequence[tuple[str, Sequence[str]]]
) -> dict[str, list[QuestionResult]]:
    """Which questions each page ``survey`` shows: ``pages`` are (id, names it answers to).

    The names are the page's id and title, its chapter's id and title, its theme. A question goes
    to the first page that its own ``page`` names; all others go to the first page.
    """
    result: dict[str, list[QuestionResult]] = {page: [] for page, _ in pages}
    names = {page: {_key(name) for name in (page, *others)} for page, others in pages}
    for item in survey.questions:
        wanted = _key(item.question.page)
        found = next((page for page, _ in pages if wanted and wanted in names[page]), None)
        if found is None and pages:
            found = pages[0][0]
        if found is not None:
            result[found].append(item)
    return result


def _key(name: str) -> str:
    return " ".join(french.alphabetical(name).split())


# --- one question ---------------------------------------------------------------------------


def _question(item: QuestionResult, survey: SurveyResult) -> list[Block]:
    blocks = [
        Block("chart", _title(item.question.wording), chart=_chart(item)),
        Block("table", table=_table(item)),
    ]
    if item.groups:
        title = f"Selon{NO_BREAK_SPACE}: {survey.group_label[0].lower()}{survey.group_label[1:]}"
        blocks.append(Block("table", _title(title), table=_crossing(item)))
    return blocks


def _title(wording: str) -> str:
    if len(wording) <= LONGEST_TITLE:
        return wording
    return wording[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def base_text(item: QuestionResult) -> str:
    """``n = 43 répondants``, and what is known of those who did not answer."""
    if item.base.number is None:
        return ""
    text = f"n{NO_BREAK_SPACE}={NO_BREAK_SPACE}{french.plural(item.base.number, 'répondant')}"
    if item.of_all:
        return f"{text}, sans réponse compris"
    silent = item.no_answer.number or 0.0
    if not silent:
        return text
    share = french.number(100.0 * silent / (silent + item.base.number))
    return f"{text} ; sans réponse{NO_BREAK_SPACE}: {french.number(silent)}, soit {share}{NO_BREAK_SPACE}%"


def _share(value: Value) -> str:
    return french.figure(value, 0, "%")


def _chart(item: QuestionResult) -> Chart:
    return Chart(
        "bars",
        _title(item.question.wording),
        tuple(answer.label for answer in item.answers),
        (
            Series(
                "Part des répondants",
                tuple(answer.share.number for answer in item.answers),
                tuple(_share(answer.share) for answer in item.answers),
            ),
        ),
        "%",
    )


def _table(item: QuestionResult) -> Table:
    rows = [
        TableRow(
            answer.label, (french.figure(answer.count), _share(answer.share), _interval(answer))
        )
        for answer in item.answers
    ]
    if item.of_all:
        rows.append(TableRow("Sans réponse", (_secret_or(item.no_answer), _SECRET, "")))
    for label, value in (("Moyenne", item.mean), ("Médiane", item.median)):
        if value.known:
            decimals = 0 if label == "Médiane" and value.number == round(value.number or 0) else 1
            rows.append(TableRow(label, (french.figure(value, decimals), "", "")))
    head = f"{item.question.wording} ({base_text(item)})"
    return Table((head, "Effectif", "Part", "Intervalle à 95 %"), tuple(rows))


def _secret_or(value: Value) -> str:
    return french.figure(value if value.known else SECRET)


def _interval(answer: AnswerCount) -> str:
    if answer.low is None or answer.high is None:
        return ""
    low, high = french.number(answer.low), french.number(answer.high)
    return f"{low}–{high}{NO_BREAK_SPACE}%"


def _crossing(item: QuestionResult) -> Table:
    columns = [f"{item.question.wording} (% des répondants du groupe)"]
    columns += [
        f"{group.name} (n{NO_BREAK_SPACE}={NO_BREAK_SPACE}{french.number(group.respondents)})"
        for group in item.groups
    ]
    rows = tuple(
        TableRow(answer.label, tuple(_share(group.shares[rank]) for group in item.groups))
        for rank, answer in enumerate(item.answers)
    )
    return Table(tuple(columns), rows)


# --- scales in a row, drawn together --------------------------------------------------------


def _runs(questions: Iterable[QuestionResult]) -> list[list[QuestionResult]]:
    """Questions in order, scales of the same answers that follow each other put together."""
    runs: list[list[QuestionResult]] = []
    for item in questions:
        labels = tuple(answer.label for answer in item.answers)
        same = (
            runs
            and item.question.kind == SCALE == runs[-1][0].question.kind
            and tuple(answer.label for answer in runs[-1][0].answers) == labels
            and not item.of_all
            and not runs[-1][0].of_all
        )
        if same:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _marks(run: Sequence[QuestionResult]) -> list[Block]:
    """One chart of stacked shares for several scales, and one table of their shares."""
    labels = tuple(answer.label for answer in run[0].answers)
    chart = Chart(
        "stacked",
        "Échelles",
        tuple(_title(item.question.wording) for item in run),
        tuple(
            Series(
                label,
                tuple(item.answers[rank].share.number for item in run),
                tuple(_share(item.answers[rank].share) for item in run),
            )
            for rank, label in enumerate(labels)
        ),
        "%",
    )
    means = any(item.mean.known for item in run)
    columns = ("Question", *labels, *(["Moyenne"] if means else []))
    rows = tuple(
        TableRow(
            f"{item.question.wording} ({base_text(item)})",
            (
                *(_share(answer.share) for answer in item.answers),
                *([french.figure(item.mean, 1)] if means else []),
            ),
        )
        for item in run
    )
    return [
        Block("chart", "Appréciations", chart=chart),
        Block("table", table=Table(columns, rows)),
    ]


# --- words ----------------------------------------------------------------------------------


def _texts(questions: Iterable[QuestionResult]) -> list[Block]:
    """Free texts and questions that nothing may be shown of: only said to be there."""
    lines = []
    for item in questions:
        wording = item.question.wording
        if item.question.kind == FREE:
            count = item.base.number
            told = (
                f"{french.plural(count, 'réponse libre', 'réponses libres')}, {'non reproduites' if count > 1 else 'non reproduite'}"
                if count
                else "réponses libres, non reproduites"
                if count is None
                else "aucune réponse"
            )
            lines.append(f"«{NO_BREAK_SPACE}{wording}{NO_BREAK_SPACE}»{NO_BREAK_SPACE}: {told}.")
        elif item.reason:
            lines.append(
                f"«{NO_BREAK_SPACE}{wording}{NO_BREAK_SPACE}»{NO_BREAK_SPACE}: {item.reason}"
            )
    return [Block("texts", "Autres questions", texts=tuple(lines))] if lines else []


def _sentence(questions: Sequence[QuestionResult]) -> str:
    """The leading answer of the first questions that have one, from figures that are shown."""
    parts = []
    for item in questions:
        known = [answer for answer in item.answers if answer.share.number]
        if item.question.kind == NUMBER or len(known) < 2:
            continue
        first, second = sorted(known, key=lambda answer: -(answer.share.number or 0.0))[:2]
        if _share(first.share) == _share(second.share):
            continue
        word = "réponse la plus citée" if item.question.kind == MULTIPLE else "première réponse"
        parts.append(
            f"«{NO_BREAK_SPACE}{_title(item.question.wording)}{NO_BREAK_SPACE}»{NO_BREAK_SPACE}: "
            f"{word}, «{NO_BREAK_SPACE}{first.label}{NO_BREAK_SPACE}» ({_share(first.share)})."
        )
    return " ".join(parts[:2])


def _method(survey: SurveyResult, questions: Sequence[QuestionResult]) -> str:
    parts = [
        f"Base{NO_BREAK_SPACE}: {french.plural(survey.respondents, 'répondant')}.",
        f"Effectifs de 1 à {survey.minimum - 1} masqués ({_SECRET}), et d’autres avec eux lorsqu’ils permettraient de les retrouver ; réponses trop rares réunies ; réponses libres comptées, jamais citées.",
        "Intervalle de Wilson à 95 %, indicatif si les répondants n’ont pas été tirés au sort.",
    ]
    if survey.respondents < SMALL_BASE:
        parts.append(f"Base inférieure à {SMALL_BASE}{NO_BREAK_SPACE}: à lire avec prudence.")
    if any(item.question.kind == MULTIPLE for item in questions):
        parts.append("Choix multiple : le total dépasse 100 %.")
    if any(item.groups for item in questions):
        parts.append(
            f"{SIGN_NOT_SIGNIFICANT}{NO_BREAK_SPACE}: groupe de moins de {SMALL_BASE} personnes dont la part ne se distingue pas de l’ensemble."
        )
    return french.typography(" ".join(parts))
