"""What the functions of this room remember of the rows they read, and its end.

Caches make a file quick to read; what is in them are addresses of persons, which have no business in
the memory of QGIS once the rows are located or reviewed.
"""

from __future__ import annotations

from . import address_key, cleaning, queries, similarity, towns, ways, words


def forget_rows() -> None:
    """Empty every cache that holds cells of rows, or words of them."""
    for remembering in (
        address_key._key,
        cleaning.parse,
        cleaning._words,
        queries._is_numbered,
        queries._is_street,
        similarity._masks,
        similarity.sound,
        similarity.word_similarity,
        towns.city_name,
        ways.misspelt_ways,
        words.street_name,
    ):
        remembering.cache_clear()
