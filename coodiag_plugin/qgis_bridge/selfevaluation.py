"""A Cap self-evaluation from the files of answers to radar, pages, workbook and layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from qgis.core import QgsProject, QgsVectorLayer

from ..core.cap import AnswerSheet, CapIssue, CapResult, Grid, NetworkResult
from ..core.choices import DIVERGENCE, MIN_RESPONDENTS, TARGET
from ..core.demo_mark import is_demo
from ..core.errors import InputError
from ..core.french import alphabetical
from ..core.privacy import MIN_UNITS
from ..core.progress import Progress
from ..core.values import Value
from ..core.version import version
from .feedback import FeedbackProgress

if TYPE_CHECKING:
    from ..edition.context import Chart, ReportContext
    from ..sources.cap_answers import CapAnswers

RADAR, PAGES, WORKBOOK = "cap_radar.svg", "cap.pdf", "cap_plan_de_progres.xlsx"
NETWORK_RADAR, NETWORK_PAGES = "cap_reseau_radar.svg", "cap_reseau.pdf"
NETWORK_WORKBOOK = "cap_reseau.xlsx"
#: Size of the radar as a file (mm), resolution of the pages, and most issues told in the log.
_RADAR_SIZE, _DPI, _TOLD = (180.0, 150.0), 300, 20
_NAME = 60


@dataclass(frozen=True)
class CapRequest:
    """What is asked. ``day``: ISO date of the pages; ``structure``: for sheets that name none."""

    answers: Path
    folder: Path
    day: str
    grid: Path | None = None
    previous: Path | None = None
    structure: str = ""
    target: float = TARGET
    minimum: int = MIN_RESPONDENTS
    threshold: float = DIVERGENCE


@dataclass(frozen=True)
class CapOutputs:
    """Layers and files; the files are those of the network when there is one."""

    table: QgsVectorLayer
    plan: QgsVectorLayer
    issues: QgsVectorLayer
    radar: Path
    pages: Path
    workbook: Path
    respondents: int
    structures: int


def write_answer_sheet(
    path: Path,
    grid: Path | None,
    structure: str,
    respondents: int,
    overwrite: bool,
    progress: Progress,
) -> int:
    """Write the workbook to fill in; the number of objectives. A file that is there is refused
    unless ``overwrite``: it may be filled in."""
    from ..edition.cap_sheet import answer_workbook
    from ..sources.cap_grid import read_grid

    if path.exists() and not overwrite:
        raise InputError(
            "{file} is there already, perhaps filled in. Choose another name, or allow to replace it.",
            file=path.name,
        )
    objectives = read_grid(grid)
    _write(path, answer_workbook(objectives, structure, respondents))
    progress.say("{count} objectives to judge are in {file}.", count=len(objectives.objectives), file=path.name)  # fmt: skip
    return len(objectives.objectives)


def selfevaluation(request: CapRequest, progress: FeedbackProgress) -> CapOutputs:
    """Read, compute and write everything. Several structures: a folder each, and the network's."""
    from ..analysis.cap_plan import consolidate
    from ..sources.cap_answers import read_answers
    from ..sources.cap_grid import read_grid
    from .cap_layers import issues_layer, plan_layer, table_layer

    grid = read_grid(request.grid)
    answers = read_answers(request.answers, grid, progress.part(0.0, 0.2), request.structure)
    if not answers.sheets:
        raise InputError(
            "{file} holds an earlier result and no answers: give it as the previous self-evaluation.",
            file=request.answers.name,
        )
    before = None
    if request.previous is not None:
        before = read_answers(request.previous, grid, progress.part(0.2, 0.3), request.structure)
    issues = [*answers.issues, *(before.issues if before else ())]
    results = _results(request, grid, answers, before, progress)
    network = consolidate(results) if len(results) >= MIN_UNITS else None
    demo = any(is_demo(place) for place in (request.answers, *request.answers.parents[:3]))
    folders = _folders(request.folder, results)
    for rank, (result, folder) in enumerate(zip(results, folders)):
        progress.check()
        part = progress.part(*(0.3 + 0.6 * at / len(results) for at in (rank, rank + 1)))
        own = issues if len(results) == 1 else ()
        _write_structure(request, result, folder, own, demo, part)
    if network is not None:
        _write_network(request, network, demo, progress.part(0.9, 1.0))
    elif len(results) > 1:
        progress.warn("The structures are fewer than {least}: no consolidated page is made, it would tell one of another.", least=MIN_UNITS)  # fmt: skip
    _tell(issues, results, answers.sheets, progress)
    names = (RADAR, PAGES, WORKBOOK)
    home = folders[0]
    if network is not None:
        names, home = (NETWORK_RADAR, NETWORK_PAGES, NETWORK_WORKBOOK), request.folder
    radar, pages, workbook = (home / name for name in names)
    return CapOutputs(
        table_layer(results), plan_layer(results), issues_layer(issues), radar, pages, workbook,
        len(answers.sheets), len(results),
    )  # fmt: skip


def _key(name: str) -> str:
    return " ".join(alphabetical(name).split())


def _results(
    request: CapRequest,
    grid: Grid,
    answers: CapAnswers,
    before: CapAnswers | None,
    progress: Progress,
) -> list[CapResult]:
    """A result per structure, in the order of a French index, compared to its own earlier one."""
    from ..analysis.cap_scores import evaluate

    groups = _by_structure(answers.sheets)
    earlier = _earlier(request, grid, before) if before is not None else {}
    results = []
    for key, sheets in sorted(groups.items()):
        result = evaluate(grid, sheets, request.minimum, request.target, request.threshold)
        found = earlier.get(key)
        if found is None and len(groups) == len(earlier) == 1:
            found = next(iter(earlier.values()))
        if found is not None:
            result = _compared(result, sheets, found, progress)
        elif before is not None:
            progress.warn("{structure} is not in the previous self-evaluation: it is not compared.", structure=result.structure)  # fmt: skip
        results.append(result)
    return results


@dataclass(frozen=True)
class _Earlier:
    """An earlier time: scores by objective, and the sheets or the number of respondents behind."""

    date: str
    scores: dict[str, Value]
    sheets: Sequence[AnswerSheet] = ()
    respondents: int | None = None


def _compared(
    result: CapResult, sheets: Sequence[AnswerSheet], before: _Earlier, progress: Progress
) -> CapResult:
    """``result`` with its comparison, as far as it tells nothing of a few respondents."""
    from ..analysis.cap_before import Scope, scope_of_result, scope_of_sheets
    from ..analysis.cap_plan import compare

    if before.sheets:
        scope = scope_of_sheets(sheets, before.sheets, result.minimum)
    else:
        scope = scope_of_result(len(sheets), before.respondents, result.minimum)
    if scope is Scope.NOTHING:
        progress.warn("{structure}: no comparison. The previous answers are these ones but for fewer than {least} sheets: the difference of the means would tell what these few respondents said.", structure=result.structure, least=result.minimum)  # fmt: skip
        return replace(result, comparison_refused=True)
    themes_only = scope is Scope.THEMES
    if themes_only:
        progress.warn("{structure}: only themes are compared. The previous result has nearly as many respondents, or does not say how many: if they are the same people, sub-themes would tell what the others said.", structure=result.structure)  # fmt: skip
    return replace(result, comparison=compare(result, before.scores, before.date, themes_only))


def _by_structure(sheets: Iterable[AnswerSheet]) -> dict[str, list[AnswerSheet]]:
    groups: dict[str, list[AnswerSheet]] = {}
    for sheet in sheets:
        groups.setdefault(_key(sheet.structure), []).append(sheet)
    return groups


def _earlier(request: CapRequest, grid: Grid, before: CapAnswers) -> dict[str, _Earlier]:
    """Structure → its earlier time, from answers or from a result table."""
    from ..analysis.cap_scores import evaluate

    found: dict[str, _Earlier] = {}
    for table in before.earlier:
        found[_key(table.structure)] = _Earlier(table.date, table.scores, (), table.respondents)
    for key, sheets in _by_structure(before.sheets).items():
        result = evaluate(grid, sheets, request.minimum)
        scores = {item.objective.code: item.score for item in result.objectives}
        found[key] = _Earlier(result.date, scores, sheets)
    return found


def _folders(folder: Path, results: Sequence[CapResult]) -> list[Path]:
    """The folder itself for one structure, else one below it for each."""
    if len(results) == 1:
        return [folder]
    folders: list[Path] = []
    for rank, result in enumerate(results, 1):
        name = _key(result.structure).replace(" ", "_")[:_NAME] or "structure"
        place = folder / name
        folders.append(folder / f"{name}_{rank}" if place in folders else place)
    return folders


def _write_structure(
    request: CapRequest,
    result: CapResult,
    folder: Path,
    issues: Sequence[CapIssue],
    demo: bool,
    progress: FeedbackProgress,
) -> None:
    from ..edition.cap_document import Circumstances, cap_context
    from ..edition.cap_pages import cap_pages, cap_radar
    from ..edition.cap_workbook import cap_workbook

    about = Circumstances(result.structure, request.day, version(), demo, result.minimum)
    _write(folder / RADAR, _radar(cap_radar(result)))
    _write(folder / WORKBOOK, cap_workbook(result, issues, demo))
    _print(cap_context(cap_pages(result), about), folder / PAGES, progress)


def _write_network(
    request: CapRequest, network: NetworkResult, demo: bool, progress: FeedbackProgress
) -> None:
    from ..edition.cap_document import Circumstances, cap_context
    from ..edition.cap_network_pages import network_pages, network_radar
    from ..edition.cap_workbook import network_workbook

    about = Circumstances("Réseau", request.day, version(), demo, network.minimum)
    _write(request.folder / NETWORK_RADAR, _radar(network_radar(network)))
    _write(request.folder / NETWORK_WORKBOOK, network_workbook(network, demo))
    _print(cap_context(network_pages(network), about), request.folder / NETWORK_PAGES, progress)


def _radar(chart: Chart) -> bytes:
    from ..edition.cap_document import COLOUR
    from ..edition.charts import svg

    return svg(chart, *_RADAR_SIZE, COLOUR).encode("utf-8")


def _print(context: ReportContext, path: Path, progress: FeedbackProgress) -> None:
    """The pages of the context as one PDF."""
    from .layouts.export import export_series
    from .layouts.frame import Draft
    from .layouts.sheet_page import sheet_page
    from .layouts.theme import A4

    project = QgsProject()
    draft = Draft(project, context, A4, "EPSG:2154")
    chapter = context.chapters[0]
    layouts = [sheet_page(draft, chapter, page) for page in chapter.sheets]
    export_series(layouts, path, dpi=_DPI, progress=progress, context=context)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        _refuse(path, error)


def _refuse(path: Path, error: OSError) -> NoReturn:
    raise InputError(
        "The file {file} cannot be written: {reason}.",
        file=str(error.filename or path),
        reason=error.strerror or str(error),
    ) from error


def _tell(
    issues: Sequence[CapIssue],
    results: Sequence[CapResult],
    sheets: Sequence[AnswerSheet],
    progress: Progress,
) -> None:
    progress.say("Answer sheets read: {sheets}; structures: {structures}.", sheets=len(sheets), structures=len(results))  # fmt: skip
    for result in results:
        if result.respondents == 2:
            progress.warn("{structure}: two respondents only, each can find the answers of the other in the means.", structure=result.structure)  # fmt: skip
    for item in issues[:_TOLD]:
        progress.warn("{file}, {sheet}, row {line}: {problem}. {action}.", file=item.file, sheet=item.sheet or "–", line=item.line or "–", problem=item.problem, action=item.action)  # fmt: skip
    if len(issues) > _TOLD:
        progress.warn("{count} more are in ISSUES.", count=len(issues) - _TOLD)
