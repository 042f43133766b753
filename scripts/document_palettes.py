"""Text of ``docs/palettes.md``: how far apart the colours of every palette are, for every eye.

Written by ``scripts/document.py``; needs no QGIS. ``tests/unit/test_palettes.py`` holds the same
sets to the thresholds below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import alias

alias.load()
from coodiag.coodiag_plugin.analysis import colour_vision as vision  # noqa: E402
from coodiag.coodiag_plugin.analysis import colours as c  # noqa: E402
from coodiag.coodiag_plugin.analysis.design import design_zones  # noqa: E402
from coodiag.coodiag_plugin.analysis.legend import BOXES  # noqa: E402
from coodiag.coodiag_plugin.core.catalogue import rows, themes  # noqa: E402
from coodiag.coodiag_plugin.edition import chart_tones  # noqa: E402

#: Least CIEDE2000 between two colours of a set whose order means nothing: another colour at a
#: glance, side by side or not. Okabe and Ito's own set reaches 11.1 without blue cones.
KINDS = 10.0
#: Between classes that touch in a legend, whose order and lightness help: six times what is just
#: noticed side by side.
CLASSES = 6.0
#: Between any two classes of a diverging map: a class and its opposite are never side by side in
#: the legend, but may be on the map.
SIDES = 8.0
#: Least L* between classes that touch: what a grey print leaves (shared rule of the maps).
GREY = c.LIGHTNESS_STEP

HEAD = f"""# Palettes: what eyes tell apart

Written by `scripts/document.py` from `catalogue/palettes.csv`, `themes.csv`, `kinds.csv`,
`actor_kinds.csv` and the engine: change them, not this file.

Each figure is the distance of the **two colours that are nearest** in the set, for that eye.
Distance: CIEDE2000 (Luo, Cui, Rigg 2001; written out by Sharma, Wu, Dalal 2005): 1 is just noticed
side by side. Colour blindness: Machado, Oliveira, Fernandes 2009, severity 1.0 (no red, green, blue
cones at all, the worst case). Grey print: difference of CIE L*.

| sets | compared | held by a test |
|---|---|---|
| ramps (rates) and zones | classes that touch in the legend | CIEDE2000 ≥ {CLASSES:g} for each eye, L* ≥ {GREY:g} |
| diverging ramps | classes that touch; any two | the same; CIEDE2000 ≥ {SIDES:g} for each eye |
| typologies, actors, bivariate | any two | CIEDE2000 ≥ {KINDS:g} for each eye |
| chart fills and tints without hatching | neighbours | L* ≥ {GREY:g} |
| chapter colours | with white | contrast ≥ {c.READABLE:g} |

Typologies are not told apart by a grey print: their legend names them, points have marks of their
own, and no page relies on them alone. Cases outside the classes are hatched, each at its own angle,
because no flat colour stays apart from every class: the last table says how near they come.
"""


@dataclass(frozen=True)
class Set:
    """Colours that stand together, and the pairs of them that must be told apart."""

    name: str
    colours: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def ordered(name: str, colours: tuple[str, ...]) -> Set:
    return Set(name, colours, tuple(vision.neighbours(colours)))


def unordered(name: str, colours: tuple[str, ...]) -> Set:
    return Set(name, colours, tuple(vision.every_pair(colours)))


def ramps() -> Iterator[Set]:
    for theme, classes in product(themes(), range(2, 8)):
        high, _ = c.hue(theme)
        yield ordered(f"{theme}, {classes}", c.sequential(high, classes))


def diverging() -> Iterator[Set]:
    """Three classes on each side, as printed; the test goes through every other count."""
    for theme in themes():
        yield split(theme, 3, 3)


def split(theme: str, below: int, above: int) -> Set:
    high, low = c.hue(theme)
    return ordered(f"{theme}, {below} + {above}", c.diverging(low, high, below, above))


def zones() -> Iterator[Set]:
    for theme, levels in product(themes(), range(2, 8)):
        for nested in (True, False):
            design = design_zones("v", "", [(n, "") for n in range(levels)], theme, nested=nested)
            name = f"{theme}, {levels} {'nested' if nested else 'beside'}"
            yield ordered(name, tuple(colour for _, colour, _ in design.categories))


def kinds() -> Iterator[Set]:
    yield unordered("typology, in order (Okabe–Ito)", c.palette("okabeito"))
    yield unordered(
        "kinds with a colour of their own", tuple(sorted(set(c.kind_colours().values())))
    )
    yield unordered("actors", tuple(row["colour"] for row in rows("actor_kinds")))
    cells = c.bivariate("reds", "blues")
    yield unordered("bivariate 3 × 3", tuple(cell for line in cells for cell in line))


def charts() -> Iterator[Set]:
    """Fills of series and tints of parts that are not hatched, in the colour of each chapter."""
    for theme, count in product(themes(), (2, 3, 4)):
        tones = chart_tones.fills(c.chapter_colour(theme), count)
        yield sorted_flat(f"{theme}, {count} series", tones)
    for theme, count in product(themes(), (3, 5)):
        yield sorted_flat(
            f"{theme}, {count} parts", chart_tones.ramp(c.chapter_colour(theme), count)
        )


def sorted_flat(name: str, tones: list[chart_tones.Tone]) -> Set:
    flat = sorted((tone.fill for tone in tones if not tone.hatch), key=lambda one: c.lab(one)[0])
    return ordered(name, tuple(flat))


def document() -> str:
    lines = [HEAD]
    lines += section("Kinds: any two", kinds())
    lines += section("Ramps: classes that touch", ramps())
    lines += section("Diverging ramps, 3 + 3 classes: classes that touch", diverging())
    either = (unordered(each.name, each.colours) for each in diverging())
    lines += section("Diverging ramps, 3 + 3 classes: any two", either)
    lines += section(
        "Zones of two themes: levels that touch",
        (each for each in zones() if each.name.startswith(("structure", "prospection"))),
    )
    lines += section("Charts: fills and tints that touch", charts())
    lines += chapters()
    lines += cases()
    return "\n".join(lines).rstrip() + "\n"


def section(title: str, sets: Iterator[Set]) -> list[str]:
    """A table, the worst pair of the worst eye at the end of each row, and the worst of all."""
    lines = ["", f"## {title}", "", f"| set | {' | '.join(vision.EYES)} | L* | nearest two |"]
    lines.append("|---|" + "---:|" * (len(vision.EYES) + 1) + "---|")
    lowest: tuple[float, str] = (999.0, "")
    for each in sets:
        found = {eyes: vision.worst(each.pairs, eyes) for eyes in vision.EYES}
        grey, _ = vision.worst(each.pairs, vision.GREY)
        eyes = min(vision.EYES, key=lambda one: found[one][0])
        apart, pair = found[eyes]
        lowest = min(lowest, (apart, f"{each.name}: {' '.join(pair)}, {eyes}"))
        cells = " | ".join(f"{found[one][0]:.1f}" for one in vision.EYES)
        lines.append(f"| {each.name} | {cells} | {grey:.1f} | `{pair[0]}` `{pair[1]}`, {eyes} |")
    return [*lines, "", f"Worst pair: {lowest[1]} ({lowest[0]:.1f})."]


def chapters() -> list[str]:
    lines = [
        "",
        "## Chapter colours",
        "",
        "| theme | colour | contrast with white |",
        "|---|---|---:|",
    ]
    for theme in themes():
        colour = c.chapter_colour(theme)
        lines.append(f"| {theme} | `{colour}` | {c.contrast(colour, '#ffffff'):.1f} |")
    return lines


def cases() -> list[str]:
    """How near the ground of each case outside the classes comes to a class of a ramp."""
    shades = sorted({colour for each in ramps() for colour in each.colours})
    lines = ["", "## Cases outside the classes", ""]
    lines += [
        "| case | ground | hatching | nearest class | distance | L* |",
        "|---|---|---|---|---:|---:|",
    ]
    for box in BOXES:
        pairs = [(box.colour, shade) for shade in shades]
        found = {eyes: vision.worst(pairs, eyes) for eyes in vision.EYES}
        eyes = min(vision.EYES, key=lambda one: found[one][0])
        apart, pair = found[eyes]
        grey, _ = vision.worst(pairs, vision.GREY)
        hatching = f"{box.angle:g}°" if box.hatch else "none, outlined"
        lines.append(
            f"| {box.label} | `{box.colour}` | {hatching} | `{pair[1]}`, {eyes} | {apart:.1f} | {grey:.1f} |"
        )
    return lines
