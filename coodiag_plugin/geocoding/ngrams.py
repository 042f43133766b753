"""Finding the words nearest to a misspelt one without comparing it with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from .similarity import sound


class NGrams:
    """Inverted index of the pairs of letters of a fixed list of words, made when first asked."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)
        self._postings: dict[str, list[int]] = {}
        self._sounds: dict[str, list[int]] = {}

    def _fill(self) -> None:
        for at, word in enumerate(self.words):
            for gram in _grams(word):
                self._postings.setdefault(gram, []).append(at)
            self._sounds.setdefault(sound(word), []).append(at)

    def near(self, word: str, share: float = 0.3, limit: int = 24) -> list[str]:
        """Words that share at least ``share`` of the pairs of letters, most alike first.

        Words heard alike come too. Ties follow the order of the list.
        """
        if not self._postings:
            self._fill()
        grams = _grams(word)
        postings = (self._postings.get(gram, ()) for gram in grams)
        least = max(1.0, share * len(grams))
        ranked = sorted(
            (-2.0 * count / (len(grams) + len(self.words[at]) + 1), at)
            for at, count in Counter(chain.from_iterable(postings)).items()
            if count >= least
        )
        found = [at for _, at in ranked[:limit]]
        found += [at for at in self._sounds.get(sound(word), ()) if at not in found]
        return [self.words[at] for at in found]


def _grams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
