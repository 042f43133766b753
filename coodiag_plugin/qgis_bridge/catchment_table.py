"""Rows of the catchment zones, with the rules on what of people may be told (METHODS §6)."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry

from ..core.french import NARROW_SPACE
from ..core.privacy import is_dominated, is_few, shown_counts
from ..core.values import State
from .catchment_held import held_notes, same_note
from .catchment_input import Ground
from .catchment_shapes import Group
from .layers import INTEGER, REAL, TEXT
from .shapes import overlay, union
from .zone_words import MEASURED, catchment_label, decimal

if TYPE_CHECKING:
    from ..zones.catchment import Zone

    Made = tuple[Group, list[Zone], list[bool], list[tuple[QgsGeometry, str]]]

FIELDS = {
    "site": TEXT, "zone": TEXT, "threshold": REAL, "share": REAL, "clients": INTEGER,
    "status": TEXT, "reach": REAL, "unit": TEXT, "order": TEXT, "shape": TEXT, "weight": TEXT,
    "outliers": INTEGER, "unlinked": INTEGER, "label": TEXT, "note": TEXT, "kind": TEXT,
    "held": REAL, "centre": TEXT, "parting": TEXT,
}  # fmt: skip
_NOT_REACHED = "non atteint sans les communes de moins de {minimum} clients"


@dataclass
class ZoneTable:
    """What the rows of a run have in common. ``centre`` and ``parting`` are French words.

    ``weight`` is the field, ``weight_words`` what people call it.
    """

    ground: Ground
    shape: str
    order: str
    by_share: bool
    weight: str | None
    min_count: int
    generalise: bool
    bands: bool
    centre: str
    parting: str
    counts: dict[str, int]
    weight_words: str | None = None

    def drawn(self, zones: Sequence[Zone], hidden: bool) -> list[bool]:
        """Zones that may be drawn: those that add enough clients to the smaller ones."""
        if hidden:
            return [False] * len(zones)
        fits = shown_counts([zone.count for zone in zones], self.min_count)
        return [fit and not self._beyond(zone) for fit, zone in zip(fits, zones)]

    def rows(
        self, made: Sequence[Made], hidden: Set[int]
    ) -> list[tuple[dict[str, Any], QgsGeometry]]:
        """The rows of all sites together (the first group), then of each one."""
        told = [self._told(group, zones, drawn) for group, zones, drawn, _ in made]
        if self.generalise and len(made) > 1:
            told[0] = self._beside(made, told, hidden)
        return [row for parts, may in zip(made, told) for row in self._group_rows(*parts, may)]

    def _beside(
        self, made: Sequence[Made], told: Sequence[list[tuple[bool, bool]]], hidden: Set[int]
    ) -> list[tuple[bool, bool]]:
        """What may be told of all sites together beside what is told of each.

        Of hidden sites a reader knows the sum only: they are one part.
        """
        import numpy as np

        from ..zones.catchment import shown_beside

        parts: list[tuple[np.ndarray, list[np.ndarray]]] = []
        closed = [np.empty(0, dtype=int)]
        for (group, zones, *_), may in zip(made[1:], told[1:]):
            if hidden.isdisjoint(group.sites.tolist()):
                # A share without a weight is a number of clients as well.
                shown = [zone.members for zone, pair in zip(zones, may) if any(pair)]
                parts.append((group.clients, shown))
            else:
                closed.append(group.clients)
        parts.append((np.concatenate(closed), []))
        counts = [pair[0] for pair in told[0]]
        whole = [zone.members for zone in made[0][1]]
        fits = shown_beside(whole, counts, parts, self.min_count)
        return [(fit, fit and share) for fit, (_, share) in zip(fits, told[0])]

    def _group_rows(
        self, group: Group, zones: Sequence[Zone], drawn: Sequence[bool],
        shapes: Sequence[tuple[QgsGeometry, str]], told: Sequence[tuple[bool, bool]],
    ) -> list[tuple[dict[str, Any], QgsGeometry]]:  # fmt: skip
        """One row per zone, from the core outwards."""
        held = self._outlines(group, zones, told, shapes)
        taken = QgsGeometry()
        result = []
        for rank, zone in enumerate(zones):
            geometry, note = shapes[rank]
            same = same_note(zones, rank, self.isopleth) if all(drawn[rank - 1 : rank + 1]) else ""
            note = f"{NARROW_SPACE}; ".join(filter(None, (note, held[rank], same)))
            if self.bands and not geometry.isEmpty():
                geometry, whole = overlay(geometry, taken), geometry
                taken = union([part for part in (taken, whole) if not part.isEmpty()])
                if geometry.isEmpty():
                    note = "n’ajoute rien à la zone précédente"
                    note = f"{note}{NARROW_SPACE}; {same}" if same else note
            if self._beyond(zone):
                note = _NOT_REACHED.format(minimum=decimal(self.min_count))
            elif not drawn[rank]:
                note = f"moins de {decimal(self.min_count)} clients de plus : non montré"
            result.append((self._row(group.name, zone, drawn[rank], told[rank], note), geometry))
        return result

    @property
    def isopleth(self) -> bool:
        return self.shape == "density"

    def _outlines(
        self, group: Group, zones: Sequence[Zone], told: Sequence[tuple[bool, bool]],
        shapes: Sequence[tuple[QgsGeometry, str]],
    ) -> list[str]:  # fmt: skip
        """What outlines hold beside the clients ranked; communes and isopleths hold what is said."""
        if self.shape == "communes" or self.isopleth:
            return [""] * len(zones)
        # Beside a weight, or the zones of other sites, a share would tell of the few between.
        open_ = not self.generalise or not (self.weight or len(self.ground.places) > 1)
        both = [open_ and all(pair) for pair in told]
        least = self.min_count if self.generalise else 0
        outlines = [shape for shape, _ in shapes]
        return held_notes(group, zones, both, outlines, self.ground, least)

    def _told(
        self, group: Group, zones: Sequence[Zone], drawn: Sequence[bool]
    ) -> list[tuple[bool, bool]]:
        """For each zone, whether its number of clients and whether its share may be told."""
        total = len(group.clients) if self.generalise else None
        counts = [zone.count for zone in zones]
        fits = [
            fit and seen for fit, seen in zip(shown_counts(counts, self.min_count, total), drawn)
        ]
        if not self.weight:
            return [(fit, fit) for fit in fits]
        if not self.generalise:  # a share of hours does not tell the number of people
            return [(fit, True) for fit in fits]
        return [
            (fit, fit and not self._held_by_one(zone, zones[:rank]))
            for rank, (fit, zone) in enumerate(zip(fits, zones))
        ]

    def _held_by_one(self, zone: Zone, inner: Sequence[Zone]) -> bool:
        """Whether one client holds most of what the zone adds to the smaller ones."""
        import numpy as np

        before = inner[-1].members if inner else np.empty(0, dtype=int)
        added = self.ground.weights[np.setdiff1d(zone.members, before)]
        return bool(len(added)) and is_dominated(float(added.max()), float(added.sum()))

    def _beyond(self, zone: Zone) -> bool:
        """Whether a threshold would need the communes of too few clients."""
        return zone.count > 0 and not math.isfinite(zone.share)

    def _row(
        self, site: str, zone: Zone, drawn: bool, told: tuple[bool, bool], note: str
    ) -> dict[str, Any]:
        unit = self.ground.travel.unit
        reach = zone.reach
        if self.generalise and math.isfinite(reach):
            reach = float(math.ceil(reach - 1e-9))
        somebody = zone.count > 0 and not self._beyond(zone)
        share = zone.share if told[1] and somebody else None
        own = reach if drawn and somebody and not self.isopleth else None
        status = State.KNOWN if told[0] else State.SECRET
        return {
            "site": site,
            "zone": zone.name,
            "threshold": zone.threshold,
            "share": share,
            "clients": zone.count if told[0] else None,
            "status": (State.ABSENT if self._beyond(zone) else status).value,
            "reach": own,
            "unit": unit,
            "order": self.order,
            "shape": self.shape,
            "weight": self.weight or "nombre de clients",
            "outliers": self._few(self.counts["outlier"]),
            "unlinked": self._few(self.counts["unlinked"] + self.counts["unreachable"]),
            "label": catchment_label(
                zone.name, zone.threshold, share, own, unit, self.weight_words or self.weight,
                communes=self.shape == "communes", by_share=self.by_share,
                reached=not self._beyond(zone), isopleth=self.isopleth,
            ),
            "note": note,
            "kind": MEASURED,
            "held": self._held(zone) if share is not None else None,
            "centre": self.centre,
            "parting": self.parting,
        }  # fmt: skip

    def _held(self, zone: Zone) -> float | None:
        """Sum of the weights of the members; without a weight the number of clients says it."""
        return float(self.ground.weights[zone.members].sum()) if self.weight else None

    def _few(self, count: int) -> int | None:
        """A number of people left out, None where it is too small to be handed out."""
        return None if self.generalise and is_few(count, self.min_count) else count
