"""How alike two street names are, from 0 to 1.

``name_similarity`` = max(soft Dice of the words, 0.97 × likeness of the joined words), where the
soft Dice of two weighted lists of words is

    Σ sim(q, s) · (w_q + w_s)  /  (Σ w_q + Σ w_s)

over the one-to-one pairs chosen greedily by falling similarity. Matching multiplies it by
``kind_agreement``, that of the types of way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .words import StreetName

#: Factors when the types of way do not agree.
KIND_NOT_GIVEN = 0.97
KIND_NOT_KNOWN = 0.94
KIND_RELATED = 0.88
KIND_OTHER = 0.82
INITIAL_SIMILARITY = 0.75
SOUND_SIMILARITY = 0.93
PLURAL_SIMILARITY = 0.96
TRUNCATED_SIMILARITY = 0.85
FIRST_LETTER_PENALTY = 0.12
LOST_LETTER_PENALTY = 0.08
JOINED_FACTOR = 0.97

_RELATED = (
    frozenset(("chemin", "sentier", "sente", "voie", "traverse", "route")),
    frozenset(("impasse", "ruelle", "venelle", "passage", "villa", "cour", "cite")),
    frozenset(("place", "placette", "parvis", "square", "esplanade", "rondpoint", "carrefour")),
    frozenset(("cours", "mail", "promenade", "avenue", "boulevard")),
    frozenset(("zone", "za", "zi", "zac", "parc", "zae")),
    frozenset(("residence", "lotissement", "domaine", "clos", "hameau", "villas", "cite")),
)


def edit_distance(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance (Damerau-Levenshtein without repeated edits).

    ``limit + 1`` when it is over ``limit``. A column of the table of distances is two integers of
    one bit a letter: Hyyrö, *A bit-vector algorithm for computing Levenshtein and Damerau edit
    distances*, Nordic Journal of Computing 10 (2003), section 4.
    """
    if left == right:
        return 0
    over = limit + 1
    size = len(left)
    if abs(size - len(right)) > limit:
        return over
    if not left:
        return len(right)
    masks = _masks(left)
    last = 1 << (size - 1)
    up, down, diagonal, matched = (1 << size) - 1, 0, 0, 0
    every = up
    distance, rest = size, len(right)
    for letter in right:
        before, matched = matched, masks.get(letter, 0)
        swapped = ((~diagonal & matched) << 1) & before
        diagonal = (((matched & up) + up) ^ up) | matched | down | swapped
        right_up = down | ~(diagonal | up)
        right_down = diagonal & up
        if right_up & last:
            distance += 1
        elif right_down & last:
            distance -= 1
        rest -= 1
        if distance - rest > limit:
            return over  # each letter that is left saves one at most
        right_up = (right_up << 1) | 1
        up = ((right_down << 1) | ~(diagonal | right_up)) & every
        down = right_up & diagonal & every
    return min(distance, over)


@lru_cache(maxsize=20_000)
def _masks(word: str) -> dict[str, int]:
    """For each letter, the bits of its positions in the word."""
    found: dict[str, int] = {}
    for at, letter in enumerate(word):
        found[letter] = found.get(letter, 0) | 1 << at
    return found


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("eau|au", "o"),
        ("ph", "f"),
        ("qu|ck|q|ch(?=[rl])", "k"),
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("th", "t"),
        ("gu(?=[eiy])", "g"),
        ("ge(?=[ao])", "j"),
        ("[mn](?=[bp])", "n"),
        ("[y]", "i"),
        ("[z]", "s"),
        ("ei|ai", "e"),
        ("w", "v"),
        ("(?<!c)h", ""),
        (r"(.)\1+", r"\1"),
        ("e?[sxtd]?$", ""),
    )
]


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A rough French phonetic key: equal for spellings that are heard alike."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def _tolerance(length: int) -> int:
    """Edits that a word of this length may bear and still be the same word."""
    if length < 4:
        return 0
    if length < 6:
        return 1
    return 2 if length < 10 else 3


@lru_cache(maxsize=200_000)
def word_similarity(left: str, right: str) -> float:
    """Likeness of two folded words, 0 when they are different words. Numbers must be equal."""
    if left == right:
        return 1.0
    if left.isdigit() or right.isdigit():
        return 0.0
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) == 1:
        return INITIAL_SIMILARITY if long[0] == short else 0.0
    if long[:-1] == short and long[-1] in "sx":
        return PLURAL_SIMILARITY
    if len(long) == len(short) + 1 and long[0] in "ld" and long[1:] == short and len(short) > 2:
        return PLURAL_SIMILARITY  # a lost apostrophe: « letoile »
    best = 0.0
    if len(short) >= 4 and sound(short) == sound(long):
        best = SOUND_SIMILARITY
    elif len(short) >= 3 and long.startswith(short):
        best = TRUNCATED_SIMILARITY if len(short) >= 4 or len(long) <= 8 else 0.8
    limit = _tolerance(len(long))
    distance = edit_distance(short, long, limit) if limit else limit + 1
    if distance <= limit:
        likeness = 1.0 - distance / (len(long) + 0.5)
        if left[0] != right[0] and left[:2] != right[1::-1]:
            # the first letter is the one people get right
            likeness -= LOST_LETTER_PENALTY if long[1:] == short else FIRST_LETTER_PENALTY
        best = max(best, likeness)
    return best


def _soft_dice(query: StreetName, street: StreetName) -> float:
    total = sum(query.weights) + sum(street.weights)
    pairs = []
    for i, asked in enumerate(query.words):
        for j, known in enumerate(street.words):
            likeness = word_similarity(asked, known)
            if likeness:
                pairs.append((-likeness, abs(i - j), i, j))
    pairs.sort()
    left: set[int] = set()
    right: set[int] = set()
    found = 0.0
    for likeness, _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found -= likeness * (query.weights[i] + street.weights[j])
    return found / total if total else 0.0


def name_similarity(query: StreetName, street: StreetName) -> float:
    """Likeness of the words, whatever the type of way."""
    if query.joined == street.joined:
        return 1.0
    if not query.words or not street.words:
        return 0.0
    score = _soft_dice(query, street)
    longest = max(len(query.joined), len(street.joined))
    if longest >= 6 and _digits(query) == _digits(street):
        limit = longest // 4
        distance = edit_distance(query.joined, street.joined, limit)
        if distance <= limit:
            likeness = 1.0 - distance / (longest + 0.5)
            if query.joined[0] != street.joined[0]:
                likeness -= FIRST_LETTER_PENALTY
            score = max(score, JOINED_FACTOR * likeness)
    return score


def _digits(name: StreetName) -> list[str]:
    return [word for word in name.words if word.isdigit()]


@lru_cache(maxsize=10_000)
def kind_agreement(asked: str, known: str) -> float:
    """Factor for the types of way of the query and of the street."""
    if asked == known:
        return 1.0
    if not asked:
        return KIND_NOT_GIVEN
    if not known:
        return KIND_NOT_KNOWN
    if any(asked in family and known in family for family in _RELATED):
        return KIND_RELATED
    return KIND_OTHER
