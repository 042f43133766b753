"""Streets of one commune: finding those that a text may mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .ngrams import NGrams
from .similarity import KIND_RELATED, kind_agreement, name_similarity, word_similarity
from .words import StreetName, street_name, vocabulary

#: Streets compared in full for one text, after the cheap ranking by shared words.
COMPARED = 14
#: Below this the joined names are looked at too (words split or stuck together).
GOOD_MATCH = 0.9
#: Matches under this are no candidates.
LEAST_SIMILARITY = 0.5
_REMEMBERED = 5_000


@dataclass(frozen=True)
class Street:
    """A street or place of the index. lon, lat (WGS84): its address nearest the middle."""

    citycode: str
    id: int
    name: str
    alias: str
    place: int
    postcode: str
    old_city: str
    old_citycode: str
    lon: float
    lat: float

    @property
    def is_place(self) -> bool:
        """A lieu-dit: registered as such, or a name in which no word is a type of way."""
        if self.place:
            return True
        parsed = street_name(self.name)
        return not parsed.kind and not any(word in vocabulary().ways for word in parsed.words)


@dataclass(frozen=True)
class Match:
    """A street and how alike its name is (0–1: words × type of way)."""

    similarity: float
    words: float  # likeness of the words alone
    street: Street
    name: StreetName


class StreetTable:
    """Parsed streets of a commune with their inverted index of words."""

    def __init__(self, streets: list[Street]) -> None:
        self.streets = streets
        self._names: list[tuple[StreetName, Street]] = []
        for street in streets:
            for text in dict.fromkeys((street.name, street.alias)):
                if text:
                    self._names.append((street_name(text), street))
        self._totals = [sum(name.weights) for name, _ in self._names]
        self._postings: dict[str, list[int]] = {}
        self._joined: dict[str, list[int]] = {}
        for at, (name, _) in enumerate(self._names):
            for word in set(name.words):
                self._postings.setdefault(word, []).append(at)
            self._joined.setdefault(name.joined, []).append(at)
        self._words = NGrams(sorted(self._postings))
        self._whole: NGrams | None = None
        self._near: dict[str, list[tuple[str, float]]] = {}
        self._memory: dict[str, list[Match]] = {}

    def match(self, text: str) -> list[Match]:
        """Streets that ``text`` may mean, best first; ties by name and id."""
        found = self._memory.get(text)
        if found is None:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            found = self._memory[text] = self._search(street_name(text))
        return found

    def _search(self, query: StreetName) -> list[Match]:
        if not query.words:
            return []
        found = self._compare(query, self._by_words(query, self._same))
        if found and found[0].words == 1.0 and query.kind in ("", found[0].name.kind):
            return found  # the very name: nothing that is written otherwise comes nearer
        found = self._compare(query, self._by_words(query, self._nearest))
        if not found or found[0].words < GOOD_MATCH:
            known = {match.street.id for match in found}
            others = [at for at in self._by_joined(query) if self._names[at][1].id not in known]
            found = sorted(found + self._compare(query, others), key=_order)
        return found

    def _by_words(
        self, query: StreetName, known_words: Callable[[str], list[tuple[str, float]]]
    ) -> list[int]:
        """Positions in ``_names`` by falling weight of shared (or nearly shared) words."""
        gained: dict[int, float] = {}
        for word, weight in zip(query.words, query.weights):
            if len(word) == 1 and not word.isdigit():
                continue  # an initial alone finds nothing
            for known, likeness in known_words(word):
                for at in self._postings[known]:
                    gained[at] = gained.get(at, 0.0) + weight * likeness
        total, totals, names, kind = sum(query.weights), self._totals, self._names, query.kind
        ranked = sorted(
            (-gain / (total + totals[at]), names[at][0].kind != kind, at)
            for at, gain in gained.items()
        )
        return [at for _, _, at in ranked[:COMPARED]]

    def _same(self, word: str) -> list[tuple[str, float]]:
        return [(word, 1.0)] if word in self._postings else []

    def _nearest(self, word: str) -> list[tuple[str, float]]:
        """Known words that ``word`` may be, with their likeness."""
        found = self._near.get(word)
        if found is None:
            found = self._same(word)
            if not word.isdigit():
                for known in self._words.near(word, share=0.2):
                    likeness = word_similarity(word, known) if known != word else 0.0
                    if likeness:
                        found.append((known, likeness))
            self._near[word] = found
        return found

    def _by_joined(self, query: StreetName) -> list[int]:
        if self._whole is None:
            self._whole = NGrams(sorted(self._joined))
        near = self._whole.near(query.joined, share=0.5, limit=8)
        return [at for joined in near for at in self._joined[joined]]

    def _compare(self, query: StreetName, positions: list[int]) -> list[Match]:
        best: dict[int, Match] = {}
        for at in positions:
            name, street = self._names[at]
            words = name_similarity(query, name)
            if words < LEAST_SIMILARITY:
                continue
            agreement = kind_agreement(query.kind, name.kind)
            if query.extension != name.extension:
                agreement = min(agreement, KIND_RELATED)
            match = Match(words * agreement, words, street, name)
            held = best.get(street.id)
            if held is None or match.similarity > held.similarity:
                best[street.id] = match
        return sorted(best.values(), key=_order)


def _order(match: Match) -> tuple[float, str, int]:
    return -match.similarity, match.street.name, match.street.id
