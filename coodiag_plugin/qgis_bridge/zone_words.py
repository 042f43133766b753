"""Words in French that zones carry with them, for labels and legends."""

from __future__ import annotations

from qgis.core import QgsFeatureSource

from ..core import french

NBSP = french.NO_BREAK_SPACE
#: Where a zone comes from: real clients, or a ring around a site. Never in one legend.
MEASURED, FORECAST = "mesurée", "prévue"
#: Name of the rows of all sites together.
TOGETHER = "Ensemble"


def field_words(source: QgsFeatureSource, field: str | None) -> str | None:
    """What people call a field: its alias, else its name."""
    if not field:
        return field
    fields = source.fields()
    return fields.field(field).alias() or field if field in fields.names() else field


def decimal(value: float) -> str:
    """``5``, ``2,5``: at most one decimal, and none for nothing."""
    return french.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def catchment_label(
    zone: str,
    threshold: float,
    share: float | None,
    reach: float | None,
    unit: str,
    weight: str | None,
    communes: bool = False,
    by_share: bool = False,
    reached: bool = True,
    isopleth: bool = False,
) -> str:
    """``Zone primaire : 62,4 % des clients, à 14 min au plus``.

    ``communes``: the zone is made of whole communes, whose middle lies within the reach.
    ``by_share``: communes entered by their share of the clients, whatever their distance.
    ``reached``: the threshold is met; else the words promise no zone. ``isopleth``: the threshold
    is a share of the density, and the share that of the clients inside.
    """
    what = f"de «{NBSP}{weight}{NBSP}»" if weight else "des clients"
    name = zone if zone.startswith("zone") else f"zone {zone}"
    held = (
        f"{decimal(share)}{NBSP}%" if share is not None else f"au moins {decimal(threshold)}{NBSP}%"
    )
    title = f"{name[0].upper()}{name[1:]}{NBSP}: "
    if isopleth:
        title = f"{title[:-3]}, isoplèthe de {decimal(threshold)}{NBSP}% de la densité"
        return title if share is None else f"{title}{NBSP}: {held} {what}"
    if not reached:
        return f"{title}{decimal(threshold)}{NBSP}% {what}, non atteint"
    text = f"{title}{held} {what}"
    if by_share:
        return f"{text}, dans les communes qui en tiennent le plus"
    if reach is None:
        return text
    if communes and reach == 0:
        return f"{text}, dans la commune de leur site"
    within = "dans les communes à" if communes else "à"
    return f"{text}, {within} {decimal(reach)}{NBSP}{unit} au plus"


def observed_ring_label(percentile: float, reach: float, unit: str) -> str:
    """``Anneau prévu à 14 min : 80 % des clients observés ne viennent pas de plus loin``."""
    return (
        f"Anneau prévu à {decimal(reach)}{NBSP}{unit}{NBSP}: "
        f"{decimal(percentile)}{NBSP}% des clients observés ne viennent pas de plus loin"
    )


def threshold_label(variable: str, target: float, value: float, reach: float, unit: str) -> str:
    """``5 000 « population » visés : 5 120 à 8,4 min``; ``reach`` is NaN when they are not there."""
    aimed = f"{french.number(target)} «{NBSP}{variable}{NBSP}» visés{NBSP}: "
    if reach != reach:
        return f"{aimed}non atteint, {french.number(value)} en tout à portée"
    return f"{aimed}{french.number(value)} à {decimal(reach)}{NBSP}{unit} au plus"
