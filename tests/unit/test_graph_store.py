"""Road graphs kept on disk: the same answers, and every way in which a store may be spoilt."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.zones import graph_store
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.graph_store import (
    ARRAYS,
    Kept,
    open_store,
    prune,
    save_store,
    store_key,
)
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st

FACTS = {"schema": "bdtopo", "unknown": {"Voie nouvelle": 2}}


class Told(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def warn(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))


def network(seed: int = 0, size: int = 6) -> RoadGraph:
    """Streets of a grid, some one way, some closed, and an island."""
    random = np.random.default_rng(seed)
    lines, seconds = [], []
    for x in range(size):
        for y in range(size):
            for dx, dy in ((1, 0), (0, 1)):
                if x + dx < size and y + dy < size and (random.random() < 0.9 or x + y == 0):
                    line = np.array([(x, y), (x + dx / 2 + 0.1, y + dy / 2), (x + dx, y + dy)])
                    lines.append(100.0 * line)
                    closed = random.random(2) < 0.15
                    seconds.append(np.where(closed, np.inf, random.uniform(5, 30, 2)))
    lines.append(np.array([(5000.0, 5000.0), (9000.0, 5000.0)]))
    seconds.append(np.array([300.0, 300.0]))
    seconds[0] = np.array([10.0, 10.0])
    forward, backward = np.array(seconds).T
    joinable = random.random(len(lines)) < 0.9
    joinable[0] = True
    return build_graph(lines, forward, backward, joinable=joinable, crs="EPSG:2154")


def kept(folder: Path, graph: RoadGraph | None = None, key: str = "key") -> Kept:
    return save_store(folder, key, graph or network(), FACTS, Silent())


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_a_kept_graph_gives_the_same_answers(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("roads")
    graph = network(seed)
    kept(folder, graph)
    found = open_store(folder, "key", Silent())
    assert found is not None and found.facts == FACTS and found.graph.crs == "EPSG:2154"
    points = np.random.default_rng(seed).uniform(-100, 700, (10, 2))
    fresh, again = (snap(one, points, 400) for one in (graph, found.graph))
    for name in ("edge", "position", "foot", "gap"):
        np.testing.assert_array_equal(getattr(fresh, name), getattr(again, name))
    for mode in ("time", "distance"):
        for reverse in (False, True):
            np.testing.assert_array_equal(
                times(graph, fresh, fresh, reverse=reverse, mode=mode),
                times(found.graph, again, again, reverse=reverse, mode=mode),
            )
    np.testing.assert_array_equal(graph.bounds, found.graph.bounds)
    np.testing.assert_array_equal(graph.component_length, found.graph.component_length)
    assert found.graph.main_share == graph.main_share


def test_arrays_are_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    graph = kept(tmp_path).graph
    assert isinstance(graph.coords.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        graph.length[0] = 1.0


def test_nothing_kept_is_nothing_found(tmp_path: Path) -> None:
    assert open_store(tmp_path, "key", Silent()) is None


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def another_format(place: Path) -> None:
    header = json.loads((place / "graph.json").read_text())
    header["format"] += 1
    (place / "graph.json").write_text(json.dumps(header))


@pytest.mark.parametrize("name", sorted(ARRAYS))
def test_a_flipped_bit_is_seen_in_every_array(name: str, tmp_path: Path) -> None:
    kept(tmp_path)
    flip(tmp_path / "key" / f"{name}.npy")
    told = Told()
    assert open_store(tmp_path, "key", told) is None
    assert told.said and f"{name}.npy" in told.said[0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: os.truncate(place / "coords.npy", 100),
        lambda place: (place / "time_indptr.npy").unlink(),
        lambda place: (place / "graph.json").unlink(),
        lambda place: (place / "graph.json").write_text("{"),
        lambda place: (place / "graph.json").write_text("[]"),
        lambda place: (place / "graph.json").write_text('{"format": 1}'),
        lambda place: (place / "graph.json").write_bytes(b"\xff\xfe\x00"),
        another_format,
    ],
)
def test_a_damaged_store_is_built_again(damage: Any, tmp_path: Path) -> None:
    kept(tmp_path)
    damage(tmp_path / "key")
    told = Told()
    assert open_store(tmp_path, "key", told) is None
    assert "damaged" in told.said[0]
    kept(tmp_path)
    assert open_store(tmp_path, "key", Silent()) is not None


def test_what_a_killed_builder_left_disturbs_nobody_and_goes_with_time(tmp_path: Path) -> None:
    left = tmp_path / f"key.0123{graph_store._ASIDE}"
    left.mkdir()
    (left / "coords.npy").write_bytes(b"half")
    assert open_store(tmp_path, "key", Silent()) is None
    kept(tmp_path)
    assert left.is_dir()  # it may be alive
    long_ago = time.time() - 7 * 3600
    for path in (*left.iterdir(), left):
        os.utime(path, (long_ago, long_ago))
    prune(tmp_path, "key")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    stopped = Silent()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        save_store(tmp_path, "key", network(), FACTS, stopped)
    assert list(tmp_path.iterdir()) == []


def test_builders_of_the_same_graph_do_not_disturb_one_another(tmp_path: Path) -> None:
    graphs = [network() for _ in range(6)]
    found: list[Kept] = []
    start = threading.Barrier(len(graphs))

    def build(graph: RoadGraph) -> None:
        start.wait()
        found.append(save_store(tmp_path, "key", graph, FACTS, Silent()))

    threads = [threading.Thread(target=build, args=(graph,)) for graph in graphs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(graphs)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    for one in found:
        np.testing.assert_array_equal(one.graph.coords, graphs[0].coords)
    assert open_store(tmp_path, "key", Silent()) is not None


def test_a_store_that_is_being_begun_is_no_dead_one(tmp_path: Path) -> None:
    """Another builder has made its folder and written nothing yet."""
    begun = tmp_path / f"other.0123{graph_store._ASIDE}"
    begun.mkdir()
    prune(tmp_path, "key")
    assert begun.is_dir()


def test_old_stores_go_by_age_then_by_size_and_never_the_one_asked_for(tmp_path: Path) -> None:
    now = time.time()
    for rank, key in enumerate(("a", "b", "c", "d")):
        kept(tmp_path, key=key)
        when = now - (rank + 1) * 86400
        for path in (tmp_path / key).iterdir():
            os.utime(path, (when, when))

    def names() -> list[str]:
        return sorted(path.name for path in tmp_path.iterdir())

    prune(tmp_path, "d", days=2.5)
    assert names() == ["a", "b", "d"]
    size = sum(path.stat().st_size for path in (tmp_path / "a").iterdir())
    prune(tmp_path, "d", size=2 * size)
    assert names() == ["a", "d"]
    prune(tmp_path, "d", size=0)
    assert names() == ["d"]


def test_opening_keeps_a_store_young(tmp_path: Path) -> None:
    kept(tmp_path)
    for path in (tmp_path / "key").iterdir():
        os.utime(path, (1, 1))
    assert open_store(tmp_path, "key", Silent()) is not None
    prune(tmp_path)
    assert (tmp_path / "key").is_dir()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be kept"):
        save_store(tmp_path / "file", "key", network(), FACTS, Silent())


def test_every_part_of_a_key_counts() -> None:
    keys = {store_key(), store_key("a"), store_key("a", "b"), store_key("ab"), store_key("b", "a")}
    assert len(keys) == 5
    assert store_key("a", "b") == store_key("a", "b")
