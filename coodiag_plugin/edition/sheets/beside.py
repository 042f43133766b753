"""The chart beside a map: what its colours do not tell by themselves, from the same figures.

Everything drawn here is a figure that the dossier publishes, or a sum of such figures: a commune
under secrecy has no bar, and no share is taken of a whole that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core import french
from ...core.catalogue import Indicator
from ...core.values import Value
from ..context import Chart, Series
from ..materials import PageMaterial
from ..sentences import Reference, bare
from ..sentences.quoting import Named, extremes, readable, shown
from ..structure_pages import ZoneRow, reach_text, share_text

#: Communes named on each side, and in all; fewest with a figure for a chart to say something.
_SIDE, _FEWEST = 3, 3
#: Fewest communes of the curve of clients, and the part of the clients that it tells of.
_FEWEST_OF_CURVE, _MARKED = 5, 80.0
#: Maps whose subject is a figure of each commune.
_MAPS = ("choropleth", "circles", "coloured_circles")


def beside_chart(material: PageMaterial, names: Mapping[str, str]) -> Chart | None:
    """The chart of a map of communes, None where it would add nothing; ``names`` by code.

    The clients: how few communes hold most of them. Other figures: the communes at both ends, the
    territory and its farthest comparison across them.
    """
    page, subject = material.page, material.subject
    if page.map not in _MAPS:
        return None
    ranked = extremes(subject, {c: v for c, v in material.values.items() if c in names}, names)
    left = len(material.values) - len(ranked)
    if (page.layer, page.field) == ("penetration", "count"):
        return concentration(ranked, left)
    if subject.is_count:
        ranked = [item for item in ranked if shown(subject, item[1])]
    if len(ranked) < _FEWEST or shown(subject, ranked[0][1]) == shown(subject, ranked[-1][1]):
        return None
    return _ends(subject, ranked, left, material.references)


def _ends(
    subject: Indicator, ranked: Sequence[Named], left: int, references: Sequence[Reference]
) -> Chart:
    """The communes with the highest figures, then with the lowest ones; counts: the highest."""
    told = list(ranked)
    whole = not left and not subject.is_count
    title = "Toutes les communes" if whole else "Les communes"
    if len(ranked) > 2 * _SIDE and subject.is_count:
        told, title = told[: 2 * _SIDE], f"Les {2 * _SIDE} premières communes"
    elif len(ranked) > 2 * _SIDE:
        told = [*told[:_SIDE], *told[-_SIDE:]]
        title = f"Les {_SIDE} valeurs les plus hautes, les {_SIDE} plus basses"
    categories = tuple(name for name, _ in told)
    own = Series(
        "Communes",
        tuple(value.number for _, value in told),
        tuple(bare(subject, value) for _, value in told),
    )
    levels = () if subject.is_count else _levels(subject, references, len(told))
    title = french.typography(f"{title}{_without(left)}")
    if subject.kind == "index" and not levels:
        return Chart("index", title, categories, (own,), centre=100.0)
    reference = levels[0].name if levels else ""
    return Chart("bars", title, categories, (own, *levels), subject.unit, reference=reference)


def _levels(subject: Indicator, references: Sequence[Reference], count: int) -> tuple[Series, ...]:
    """The territory, and the last unit that it is compared with: one figure for all the rows."""
    held = [item for item in references if readable(item.value)]
    own = [item for item in held if item.level == "TERRITOIRE"]
    others = [item for item in held if item.level != "TERRITOIRE"]
    return tuple(
        Series(
            "Territoire" if item.level == "TERRITOIRE" else item.name,
            (item.value.number,) * count,
            (bare(subject, item.value),) * count,
        )
        for item in (*own[:1], *others[-1:])
    )


def _without(left: int) -> str:
    """What is said of the communes that have no bar."""
    return f" ({french.plural(left, 'commune')} sans valeur à montrer)" if left else ""


def concentration(ranked: Sequence[Named], left: int) -> Chart | None:
    """Cumulated share of the clients of the communes that are shown, the largest first.

    Both shares are those of the communes whose count is published: a reader who takes them away
    from each other finds these counts again, and nothing of the communes that are hidden.
    """
    counts = [value.number or 0.0 for _, value in ranked]
    whole = sum(counts)
    if len([count for count in counts if count]) < _FEWEST_OF_CURVE:
        return None
    across, up = [0.0], [0.0]
    for rank, count in enumerate(counts, 1):
        across.append(100.0 * rank / len(counts))
        up.append(min(up[-1] + 100.0 * count / whole, 100.0))
    at = next(rank for rank, share in enumerate(up) if share >= _MARKED)
    mark = (
        f"{french.plural(at, 'commune')} sur {french.number(len(counts))} : "
        f"{_share(up[at])} des clients"
    )
    marks = tuple(french.typography(mark) if rank == at else "" for rank in range(len(up)))
    return Chart(
        "lorenz",
        french.typography(f"Des communes les plus clientes aux autres{_without(left)}"),
        ("", *(name for name, _ in ranked)),
        (
            Series("Part des communes montrées", tuple(across), tuple(map(_share, across))),
            Series("Part de leurs clients, en cumul", tuple(up), tuple(map(_share, up))),
        ),
        "%",
        most=100.0,
        marks=marks,
    )


def _share(part: float) -> str:
    return french.figure(Value(part), 0, "%")


def catchment_chart(zones: Sequence[ZoneRow]) -> Chart | None:
    """Cumulated share of the clients by the time or distance to a site, at the measured zones.

    Only what the cards of the page print: the share and the reach of each zone that is shown.
    """
    told = sorted(
        (zone.reach, zone.share, zone)
        for zone in zones
        if zone.share is not None and zone.reach is not None
    )
    if len(told) < 2:
        return None
    decimals = 0 if told[0][2].unit == "min" else 1
    reach = [float(french.rounded(item[0], decimals)) for item in told]
    shares = [float(french.rounded(item[1], 1)) for item in told]
    name = "Temps jusqu’au site le plus proche" if decimals == 0 else "Distance jusqu’au site"
    return Chart(
        "lorenz",
        "Les clients, du plus proche au plus lointain",
        ("", *(f"Zone {zone.name}" for *_, zone in told)),
        (
            Series(name, (0.0, *reach), ("0", *(reach_text(zone) for *_, zone in told))),
            Series(
                "Part des clients, en cumul",
                (0.0, *shares),
                ("0", *(share_text(zone) for *_, zone in told)),
            ),
        ),
        told[0][2].unit,
        most=reach[-1],
        marks=(
            "",
            *(french.typography(f"{share_text(z)} à {reach_text(z)} au plus") for *_, z in told),
        ),
    )
