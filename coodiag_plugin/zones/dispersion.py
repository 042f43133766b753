"""Where weighted points stand and how they spread: centres, standard distance, ellipse (METHODS §1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: The median is sought to this, metres; and the most steps.
_STEP, _STEPS = 0.01, 1000
#: Corners of the polygons that stand for a circle or an ellipse.
_CORNERS = 180


@dataclass(frozen=True, eq=False)
class Dispersion:
    """Spread of weighted points, metres. ``mean`` and ``median`` are places (2,).

    ``standard_distance`` is the root mean square distance from the mean, the radius of a circle.
    The ellipse has the half-axes ``major`` ≥ ``minor``; ``angle`` is the direction of the major
    one in degrees clockwise from north, 0 ≤ angle < 180.
    """

    mean: np.ndarray
    median: np.ndarray
    standard_distance: float
    major: float
    minor: float
    angle: float

    def circle(self) -> np.ndarray:
        """Closed ring (k, 2) of the standard distance around the mean, counter-clockwise."""
        return ring(self.mean, self.standard_distance, self.standard_distance, 0.0)

    def ellipse(self) -> np.ndarray:
        """Closed ring (k, 2) of the standard deviational ellipse, counter-clockwise."""
        return ring(self.mean, self.major, self.minor, self.angle)


def dispersion(points: np.ndarray, weights: np.ndarray) -> Dispersion:
    """Dispersion of ``points`` (n, 2) that all have coordinates; the weights sum to more than 0."""
    total = weights.sum()
    if not total > 0:
        raise ValueError("a dispersion needs a weight above zero")
    mean = (points * weights[:, None]).sum(axis=0) / total
    x, y = (points - mean).T
    major, minor, angle = ellipse(x, y, weights)
    distance = float(np.sqrt((weights * (x * x + y * y)).sum() / total))
    return Dispersion(mean, median_centre(points, weights), distance, major, minor, angle)


def ellipse(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """Half-axes and direction of the standard deviational ellipse (Lefever 1926, Yuill 1971).

    ``x`` and ``y`` are deviations from the mean centre. With A = Σw(x²−y²) and C = Σwxy,
    tan θ = (A + √(A² + 4C²)) / (2C), θ clockwise from north; written here with the double angle,
    tan 2θ = 2C / −A, which loses no digit where A + √… cancels. The half-axes are
    √2 · √(Σw(x·cos θ − y·sin θ)² / Σw) across θ and √2 · √(Σw(x·sin θ + y·cos θ)² / Σw) along it.
    """
    difference = float((weights * (x * x - y * y)).sum())
    product = float((weights * x * y).sum())
    angle = float(np.arctan2(2 * product, -difference) / 2)
    sine, cosine = np.sin(angle), np.cos(angle)
    total = weights.sum()
    along = float(np.sqrt(2 * (weights * (x * sine + y * cosine) ** 2).sum() / total))
    across = float(np.sqrt(2 * (weights * (x * cosine - y * sine) ** 2).sum() / total))
    if across < 1e-9 * along:  # all on one line, up to rounding
        across = 0.0
    degrees = float(np.degrees(angle) % 180.0)
    return max(along, across), min(along, across), 0.0 if degrees == 180.0 else degrees


def median_centre(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The place of least Σ w·distance (Weiszfeld 1937, with the step of Vardi and Zhang 2000, and
    Newton's where it is better).

    One of the points is the median when its weight outweighs the pull of all the others.
    """
    keep = weights > 0
    points, group = np.unique(points[keep], axis=0, return_inverse=True)
    weights = np.bincount(group.ravel(), weights=weights[keep])
    heavy = int(weights.argmax())  # what holds half of the weight is approached without an end
    if _pull(points, weights, heavy) <= weights[heavy]:
        return points[heavy]
    at = (points * weights[:, None]).sum(axis=0) / weights.sum()
    for _ in range(_STEPS):
        gap = np.hypot(*(points - at).T)
        near = int(gap.argmin())
        if _pull(points, weights, near) <= weights[near]:
            return points[near]
        step = _stride(points, weights, at, gap)
        at = at + step
        if np.hypot(*step) < _STEP / 1000:
            break
    return at


def _stride(points: np.ndarray, weights: np.ndarray, at: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """Newton's step where it shortens the sum of distances, else that of Weiszfeld.

    Weiszfeld's alone creeps along a near-straight row of points, and stops far from the end.
    """
    apart = gap > _STEP / 1000
    pulls = weights[apart] / gap[apart]
    aside = points[apart] - at
    slope = (aside * pulls[:, None]).sum(axis=0)
    target = slope / pulls.sum()
    held = weights[~apart].sum() / (np.hypot(*slope) + 1e-300)
    plain = target * max(1 - held, 0.0)
    along = aside / gap[apart][:, None]
    bend = pulls.sum() * np.eye(2) - (along * pulls[:, None]).T @ along
    if apart.all() and np.linalg.cond(bend) < 1e12:
        newton = np.linalg.solve(bend, slope)
        spent = [(weights * np.hypot(*(points - at - step).T)).sum() for step in (newton, plain)]
        return newton if spent[0] < spent[1] else plain
    return plain


def _pull(points: np.ndarray, weights: np.ndarray, row: int) -> float:
    """How strongly the others draw away from one of the points."""
    away = np.delete(points - points[row], row, axis=0)
    pulls = np.delete(weights, row) / np.hypot(*away.T)
    return float(np.hypot(*(away * pulls[:, None]).sum(axis=0)))


def ring(centre: np.ndarray, major: float, minor: float, angle: float) -> np.ndarray:
    """Closed ring (k, 2) of an ellipse: half-axes in metres, the major one ``angle``° from north."""
    turn = np.linspace(0, 2 * np.pi, _CORNERS + 1)[:-1]
    along, across = major * np.cos(turn), -minor * np.sin(turn)
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    corners = centre + np.column_stack(
        [along * sine + across * cosine, along * cosine - across * sine]
    )
    return np.vstack([corners, corners[:1]])


def within_ellipse(points: np.ndarray, spread: Dispersion) -> np.ndarray:
    """Which points (n, 2) lie in the standard deviational ellipse, its border included."""
    x, y = (points - spread.mean).T
    sine, cosine = np.sin(np.radians(spread.angle)), np.cos(np.radians(spread.angle))
    along, across = x * sine + y * cosine, x * cosine - y * sine
    slack = 1e-6
    if spread.minor <= slack:
        return (np.abs(across) <= slack) & (np.abs(along) <= spread.major + slack)
    return (along / (spread.major + slack)) ** 2 + (across / (spread.minor + slack)) ** 2 <= 1
