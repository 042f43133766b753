"""The atlas of the demonstration, timed: our export against QGIS exporting the same layouts.

By hand, a user exports each layout with « Export as PDF… » (an atlas in one file), at the same
resolution and with the same settings; the plain loop below does that. Every run opens the project
of the dossier in a process of its own, so that none finds the caches of another, and the two ways
take turns. Also timed: sixty pages of A4 at 300 dpi, the same atlas on A3, what the lighter pages
cost and save.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alias

SIXTY = 60
#: Most times the time of QGIS by hand per page; most seconds of sixty pages.
RATIO, SECONDS = 1.2, 90.0
FOLDER = alias.ROOT / "build" / "bench" / "atlas"
MEGABYTE = 1_000_000
_WAYS = ("ours", "hand", "sixty", "plain", "A3")


# --- the dossier, and one run of one way in a process of its own -------------------------------


def dossier(folder: Path) -> Path:
    """The dossier of the demonstration, made by this version; made again when it is not there."""
    import run_demo

    made = run_demo.BUILD / run_demo.DOSSIER
    if _current(made):
        return made
    if not _current(folder / "dossier"):
        import qgis_run
        from coodiag.coodiag_plugin.core.progress import Silent
        from coodiag.coodiag_plugin.demo.generate import generate

        paths = generate(folder / "donnees", progress=Silent())
        outcome = qgis_run.run("coodiag:diagnostic", run_demo.inputs(paths, folder / "dossier"))
        if outcome.code or not outcome.results:
            raise SystemExit(f"The diagnosis failed: {outcome.refusal}")
    return folder / "dossier"


def _current(folder: Path) -> bool:
    """Whether the dossier is there and of the present form."""
    from coodiag.coodiag_plugin.edition.context import from_json

    try:
        from_json((folder / "contexte.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (folder / "diagnostic.gpkg").is_file()


def one(way: str, folder: Path, out: Path) -> dict[str, Any]:
    """Build the layouts, then export them in one way: seconds, pages, bytes, peak memory."""
    from qgis.core import QgsApplication, QgsProcessingFeedback

    application = QgsApplication([], True)
    application.initQgis()
    alias.load()
    from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
    from coodiag.coodiag_plugin.qgis_bridge.layouts import export

    started = time.perf_counter()
    project, context, layouts = _layouts(folder, "A3" if way == "A3" else "A4")
    built = time.perf_counter() - started
    if way == "sixty":
        layouts = _first(layouts, SIXTY)
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    started, worked = time.perf_counter(), time.process_time()
    if way == "hand":
        pages = _by_hand(layouts, out)
    else:
        if way == "plain":
            export.slim = lambda pdf, progress: None
        path = out / f"{way}.pdf"
        pages = export.export_series(layouts, path, dpi=300, progress=progress, context=context)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    size = sum(path.stat().st_size for path in out.glob("*.pdf"))
    del project
    return {
        "built": built,
        "seconds": seconds,
        "processor": worked,
        "pages": pages,
        "bytes": size,
        "peak": peak,
    }


def _layouts(folder: Path, paper: str) -> tuple[Any, Any, list[Any]]:
    from coodiag.coodiag_plugin.edition.context import from_json
    from coodiag.coodiag_plugin.qgis_bridge.layouts.series import make_layouts
    from coodiag.coodiag_plugin.qgis_bridge.metadata import Described
    from coodiag.coodiag_plugin.qgis_bridge.pipeline.printing import project_pages
    from coodiag.coodiag_plugin.qgis_bridge.project import build_project, frames
    from coodiag.coodiag_plugin.qgis_bridge.sheets import CARDS_LAYER, ROWS_LAYER

    context = from_json((folder / "contexte.json").read_text(encoding="utf-8"))
    project = build_project(
        folder / "diagnostic.gpkg",
        project_pages(context),
        described=Described(context.title),
        crs="EPSG:2154",
        tables=(CARDS_LAYER, ROWS_LAYER) if context.communes else (),
    )
    extent, around = frames(project)
    made = make_layouts(
        project, context, paper=paper, crs="EPSG:2154", extent=extent, around=around
    )
    return project, context, made


def _first(layouts: list[Any], count: int) -> list[Any]:
    """The first ``count`` pages; the layouts without an atlas come first."""
    return [layout for layout in layouts if not layout.atlas().enabled()][:count]


def _by_hand(layouts: list[Any], out: Path) -> int:
    """What a user's script does: one PDF per layout, with the same settings."""
    from coodiag.coodiag_plugin.qgis_bridge.layouts.export import settings
    from qgis.core import QgsLayoutExporter

    pages = 0
    for rank, layout in enumerate(layouts):
        path = str(out / f"{rank:03d}.pdf")
        if layout.atlas().enabled():
            pages += layout.atlas().updateFeatures()
            code = QgsLayoutExporter.exportToPdf(layout.atlas(), path, settings(300))[0]
        else:
            pages += 1
            code = QgsLayoutExporter(layout).exportToPdf(path, settings(300))
        if code != QgsLayoutExporter.ExportResult.Success:
            raise SystemExit(f"QGIS could not write {path}: {code}")
    return pages


# --- the runs and their table ------------------------------------------------------------------


def measured(way: str, folder: Path) -> dict[str, Any]:
    out = FOLDER / way
    out.mkdir(parents=True, exist_ok=True)
    for path in out.glob("*.pdf"):
        path.unlink()
    words = [sys.executable, __file__, "--way", way, "--dossier", str(folder), "--out", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def report(runs: dict[str, list[dict[str, Any]]]) -> bool:
    """Print the table; whether every threshold holds."""

    def middle(way: str, key: str) -> float:
        return statistics.median(run[key] for run in runs[way])

    print(f"  {'':<34} {'pages':>5} {'seconds':>8} {'least–most':>13} {'of CPU':>7} {'s/page':>7} {'MB':>6} "
          f"{'peak MB':>8}")  # fmt: skip
    for way, name in (
        ("ours", "Coodiag, A4"),
        ("hand", "QGIS by hand, A4, same layouts"),
        ("plain", "Coodiag, A4, pages not lightened"),
        ("A3", "Coodiag, A3"),
        ("sixty", "Coodiag, A4, sixty pages"),
    ):
        times = [run["seconds"] for run in runs[way]]
        pages = runs[way][0]["pages"]
        print(
            f"  {name:<34} {pages:>5} {middle(way, 'seconds'):>8.1f} "
            f"{min(times):>5.1f} to {max(times):<5.1f} {middle(way, 'processor'):>6.1f} {middle(way, 'seconds') / pages:>7.3f} "
            f"{middle(way, 'bytes') / MEGABYTE:>6.1f} {middle(way, 'peak') / MEGABYTE:>8.0f}"
        )
    print(f"  Layouts built, A4 {middle('ours', 'built'):>40.1f} s")
    if len({runs[way][0]["pages"] for way in ("ours", "hand", "plain", "A3")}) != 1:
        raise SystemExit("The ways have not printed the same pages.")
    pairs = [ours["seconds"] / hand["seconds"] for ours, hand in zip(runs["ours"], runs["hand"])]
    checks = (
        ("Time per page against QGIS by hand", statistics.median(pairs), RATIO),
        ("Seconds for sixty pages, A4, 300 dpi", middle("sixty", "seconds"), SECONDS),
    )
    print()
    for name, value, most in checks:
        verdict = "pass" if value <= most else "FAIL"
        print(f"  {name:<44} {value:>6.2f}   at most {most:<5g} {verdict}")
    return all(value <= most for _, value, most in checks)


def main() -> int:
    alias.load()
    parser = argparse.ArgumentParser(prog="scripts/bench atlas", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each way; medians are shown")
    parser.add_argument("--dossier", type=Path, help="another dossier than the demonstration's")
    parser.add_argument("--way", choices=_WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        outcome = one(asked.way, asked.dossier, asked.out)
        print(json.dumps(outcome), flush=True)
        os._exit(0)  # QGIS torn down half by Python, half by itself, may crash after its work
    folder = asked.dossier or dossier(FOLDER)
    print(f"Export at 300 dpi, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
          f"medians of {asked.runs} runs\n")  # fmt: skip
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in _WAYS}
    take: Callable[[str], None] = lambda way: runs[way].append(measured(way, folder))  # noqa: E731
    for _ in range(asked.runs):
        for way in _WAYS:
            take(way)
    return 0 if report(runs) else 1


if __name__ == "__main__":
    raise SystemExit(main())
