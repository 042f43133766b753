"""Tables read once for several steps: nothing is read again, and each step sees what it would alone."""

from __future__ import annotations

from collections import Counter

import pytest
from coodiag.coodiag_plugin.analysis.indicators import variable_names
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.sources import caf, dares, iris, statistics, urssaf
from coodiag.coodiag_plugin.sources.counted import Asked
from coodiag.coodiag_plugin.sources.folder import Inventory, OfficialFile, scan
from coodiag.coodiag_plugin.sources.geography import Geography, load_geography
from coodiag.coodiag_plugin.sources.statistics import Statistics

EVERY = variable_names(indicators())
World = tuple[Inventory, Geography, tuple[str, ...]]


@pytest.fixture(scope="module")
def world(demo: DemoPaths) -> World:
    inventory = scan(demo.data_folder)
    geography = load_geography(inventory)
    return inventory, geography, tuple(geography.resolve(demo.territory).communes)


@pytest.fixture(scope="module")
def read(world: World) -> Statistics:
    inventory, geography, _ = world
    return Statistics(inventory, geography, EVERY)


def asked(communes: tuple[str, ...], **units: tuple[str, ...]) -> Asked:
    return Asked(communes, {"TERRITOIRE": communes, **units})


@pytest.mark.parametrize("step", range(2))
def test_a_step_has_the_variables_that_it_would_read_alone(
    world: World, read: Statistics, step: int
) -> None:
    """Cells, years, files and the vintages that the page of sources prints of them."""
    inventory, geography, communes = world
    ids = list(indicators())[step::2]
    names = variable_names(ids)
    where = asked(communes, **{"GROUP:a": communes[:3]}) if step % 2 else None
    alone = Statistics(inventory, geography, names, None, where)
    shared = Statistics(inventory, geography, names, None, where, read)
    held = 0
    for name in ids:
        group = variable_names([name])
        for needed in (communes, communes[:2]):
            found = shared.choose(group, needed)
            assert found == alone.choose(group, needed)
            for unit in ("DEP:" + communes[0][:2], "FRANCE"):
                assert shared.members(unit, found) == alone.members(unit, found)
        held += bool(found)
    assert held > len(ids) // 3


def test_no_file_is_read_again(
    world: World, read: Statistics, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory, geography, communes = world
    opened: Counter[str] = Counter()
    for module in (statistics, caf, dares, iris, urssaf):
        real = module.read_columns

        def counted(file: OfficialFile, *rest: object, real=real, **named: object) -> object:
            opened[file.name] += 1
            return real(file, *rest, **named)

        monkeypatch.setattr(module, "read_columns", counted)
    found = Statistics(inventory, geography, ["P_POP", "MED"], read=read)
    assert found.choose(["P_POP"], communes) and not opened
    assert Statistics(inventory, geography, ["P_POP"]).choose(["P_POP"], communes) and opened


def test_what_is_counted_goes_by_the_places_of_each_step(world: World) -> None:
    """An estimate of jobs is that of the units of the step, hidden with those of its other units."""
    inventory, geography, communes = world
    names = ["SIR_EMPLOIS", "P_POP"]
    first = Statistics(inventory, geography, names, None, asked(communes))
    group = {"GROUP:a": communes[:4]}
    step = Statistics(inventory, geography, names, None, asked(communes, **group), first)
    alone = Statistics(inventory, geography, names, None, asked(communes, **group))
    found = step.choose(["SIR_EMPLOIS"], communes)
    assert found == alone.choose(["SIR_EMPLOIS"], communes)
    assert "GROUP:a" in found["SIR_EMPLOIS"].cells
    assert "GROUP:a" not in first.choose(["SIR_EMPLOIS"], communes)["SIR_EMPLOIS"].cells
    assert not Statistics(inventory, geography, names, read=first).choose(["SIR_EMPLOIS"], ())


def test_names_that_were_never_read_are_refused(world: World) -> None:
    inventory, geography, _ = world
    few = Statistics(inventory, geography, ["P_POP"])
    with pytest.raises(ValueError, match="MED"):
        Statistics(inventory, geography, ["P_POP", "MED"], read=few)
