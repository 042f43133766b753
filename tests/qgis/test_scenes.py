"""The maps of the report on a screen: the classes, colours and circles of the printed ones."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.context import MapPage, ReportContext, from_json
from coodiag.coodiag_plugin.edition.html.scene import WIDTH, Scene
from coodiag.coodiag_plugin.edition.html.tables import SPOKEN
from coodiag.coodiag_plugin.qgis_bridge import rules
from coodiag.coodiag_plugin.qgis_bridge.html_report import write_html
from coodiag.coodiag_plugin.qgis_bridge.layers import records
from coodiag.coodiag_plugin.qgis_bridge.project import page_layer
from coodiag.coodiag_plugin.qgis_bridge.scenes import NEAR, map_scenes, spread
from qgis.core import QgsProject


@dataclass
class Drawn:
    project: QgsProject
    context: ReportContext
    scenes: dict[str, Scene]

    def maps(self) -> list[tuple[MapPage, Scene]]:
        pages = [page for chapter in self.context.chapters for page in chapter.pages]
        return [(page, self.scenes[page.id]) for page in pages]


@pytest.fixture(scope="module")
def drawn(demo_run: Any) -> Iterator[Drawn]:
    project = QgsProject()
    assert project.read(str(demo_run.dossier / "diagnostic.qgz"))
    context = from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))
    made = Drawn(project, context, map_scenes(project, context, Silent()))
    yield made
    del made.project  # pytest keeps the last test's fixtures after QGIS has gone, and would crash


def test_every_map_page_has_its_scene(drawn: Drawn) -> None:
    assert list(drawn.scenes) == [page.id for page, _ in drawn.maps()]
    kinds = {page.design.kind for page, _ in drawn.maps()}
    assert kinds >= {
        "choropleth", "circles", "coloured_circles", "typology", "bivariate", "zones",
    }  # fmt: skip


def test_a_layer_that_was_removed_is_told_in_a_sentence(drawn: Drawn) -> None:
    chapter = next(chapter for chapter in drawn.context.chapters if chapter.pages)
    gone = replace(chapter, pages=(replace(chapter.pages[0], id="inconnue"),))
    with pytest.raises(InputError, match="no longer has the layer of the map"):
        map_scenes(drawn.project, replace(drawn.context, chapters=(gone,)), Silent())


def test_the_same_project_gives_the_same_scenes(drawn: Drawn) -> None:
    assert map_scenes(drawn.project, drawn.context, Silent()) == drawn.scenes


def test_classes_hold_as_many_units_as_the_printed_legend_says(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        design = page.design
        shown = Counter(shape.entry for shape in scene.shapes)
        if design.counts:
            assert [shown[rank] for rank in range(len(design.counts))] == list(design.counts)
        first = len(scene.entries) - len(design.boxes)
        for rank in range(first, len(scene.entries)):
            assert shown[rank], (page.id, scene.entries[rank].label)


def test_looks_are_those_of_the_design(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        design = page.design
        looks = [colour for _, colour, _ in design.categories] or list(design.colours)
        looks = looks or [design.circle_colour]
        looks += [box.colour for box in design.boxes]
        assert [entry.colour for entry in scene.entries] == looks
        hatches = [(entry.hatch, entry.angle) for entry in scene.entries if entry.hatch]
        assert hatches == [(True, box.angle) for box in design.boxes if box.hatch]


def test_each_unit_is_drawn_once_and_told(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        assert {len(row.cells) for row in scene.rows} == {len(scene.columns)}
        if page.design.kind in ("choropleth", "typology", "bivariate", "points"):
            assert Counter(shape.row for shape in scene.shapes) == Counter(range(len(scene.rows)))
        assert all(0 <= shape.entry < len(scene.entries) for shape in scene.shapes)


def test_what_is_not_known_never_carries_a_number(drawn: Drawn) -> None:
    seen = 0
    for page, scene in drawn.maps():
        layer = page_layer(drawn.project, page.id)
        held = {str(row.get("codgeo")): row for row, _ in records(layer)}
        fields = [name for name in (page.design.field, page.design.colour_field) if name]
        for row in scene.rows:
            for name, text in zip(fields, row.cells):
                state = held.get(row.code, {}).get(f"{name}_etat")
                if state in ("secret", "absent", "sans_objet", "echec"):
                    seen += 1
                    assert text in SPOKEN or not re.search(r"\d", text), (page.id, row)
        secret = {
            scene.entries.index(entry)
            for entry, box in zip(
                scene.entries[-len(page.design.boxes) or None :], page.design.boxes
            )
            if "secret" in box.states
        }
        for shape in scene.shapes:
            if shape.entry in secret:
                assert shape.kind == "area" and shape.radius == 0.0
                assert "s" in scene.rows[shape.row].cells or page.design.kind == "typology"
    assert seen > 20


def test_areas_of_circles_are_as_their_counts(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        circles = [shape for shape in scene.shapes if shape.kind == "circle"]
        if not page.design.circle_ratio:
            assert not circles
            continue
        layer = page_layer(drawn.project, page.id)
        counts = {str(row["codgeo"]): row[page.design.field] for row, _ in records(layer)}
        for shape in circles:
            ground = math.pi * (shape.radius * scene.ground.metres) ** 2
            wanted = page.design.circle_ratio * counts[scene.rows[shape.row].code]
            assert ground == pytest.approx(wanted, rel=0.01)
        radii = [shape.radius for shape in circles]
        assert radii == sorted(radii, reverse=True), "the largest lie under the others"


def test_borders_are_common_to_two_communes(drawn: Drawn) -> None:
    scene = drawn.maps()[0][1]
    count: Counter[tuple] = Counter()
    for text in [place.path for place in scene.ground.places] + [scene.ground.neighbours]:
        for ring in _rings(text):
            count.update(tuple(sorted(edge)) for edge in zip(ring, [*ring[1:], ring[0]]))
    assert set(count.values()) == {1, 2}
    own = Counter(
        tuple(sorted(edge))
        for place in scene.ground.places
        for ring in _rings(place.path)
        for edge in zip(ring, [*ring[1:], ring[0]])
    )
    shared = sum(times == 2 for times in own.values())
    assert shared > 0.4 * len(own)
    # Inside the frame, what bounds the territory bounds a neighbour: nothing gapes.
    frame = (0, WIDTH), (0, scene.ground.height)
    for edge, times in own.items():
        within = all(
            low < value < high for point in edge for value, (low, high) in zip(point, frame)
        )
        assert times == 2 or not within or count[edge] == 2, edge


def test_one_outline_serves_every_map_of_the_communes(drawn: Drawn) -> None:
    known = {place.path for place in drawn.maps()[0][1].ground.places}
    for page, scene in drawn.maps():
        if page.design.kind != "zones":
            assert {shape.path for shape in scene.shapes if shape.kind == "area"} <= known


def test_points_on_one_another_are_set_around_their_place() -> None:
    made = spread([(100, 100)] * 7 + [(2000, 2000), (110, 100)])
    assert made[7] == (2000, 2000)
    for rank, (x, y) in enumerate(made):
        for other in made[rank + 1 :]:
            assert math.dist((x, y), other) > NEAR / 2


def test_only_the_published_words_of_a_layer_leave_it(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        layer = page_layer(drawn.project, page.id)
        names = layer.fields().names()
        kept = {"codgeo", "nom", "name", page.design.field, page.design.colour_field}
        kept |= {f"{name}_etat" for name in kept} | {"status"}
        others = {name for name in names if name not in kept}
        words = {
            str(row[name])
            for row, _ in records(layer)
            for name in others
            if isinstance(row[name], str) and len(row[name]) > 12
        }
        told = {text for row in scene.rows for text in (row.name, *row.cells)}
        labels = {entry.label for entry in scene.entries}
        assert not (words & told) - labels, page.id


def test_the_expressions_are_those_of_print(drawn: Drawn) -> None:
    for page, scene in drawn.maps():
        layer = page_layer(drawn.project, page.id)
        asked = rules.classes(page.design, layer.fields().names())
        assert len(asked) + len(page.design.boxes) == len(scene.entries)


def test_the_report_is_written_whole_or_not_at_all(drawn: Drawn, tmp_path: Path) -> None:
    path = tmp_path / "rapport.html"
    write_html(drawn.project, drawn.context, path, house=DEFAULT, progress=Silent())
    first = path.read_bytes()
    assert len(first) < 4_000_000
    write_html(drawn.project, drawn.context, path, house=DEFAULT, progress=Silent())
    assert path.read_bytes() == first
    stopped = Silent()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        write_html(drawn.project, drawn.context, path, house=DEFAULT, progress=stopped)
    assert path.read_bytes() == first
    assert [item.name for item in tmp_path.iterdir()] == ["rapport.html"]


def _rings(text: str) -> list[list[tuple[int, int]]]:
    """The rings of a path of relative whole units."""
    found = []
    for part in text.split("z"):
        if not part:
            continue
        numbers = [int(item) for item in re.findall(r"-?\d+", part)]
        x, y = numbers[0], numbers[1]
        ring = [(x, y)]
        for right, down in zip(numbers[2::2], numbers[3::2]):
            x, y = x + right, y + down
            ring.append((x, y))
        found.append(ring)
    return found
