"""Which commune a row means: by code, by name (however written) and by postcode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ..core import french
from ..core.codes import PLM, arrondissements, commune_code, commune_of, department
from .ngrams import NGrams
from .similarity import edit_distance, sound
from .words import fold

#: Agreement of the commune found with what the row says: a factor of the score.
CITY_NOT_GIVEN = 0.98
POSTCODE_ONLY = 0.92
UNKNOWN_POSTCODE = 0.98
WRONG_POSTCODE = 0.96
WRONG_CITY = 0.94
#: A name without a commune of that name in the postcode's département, the postcode being unknown:
#: perhaps a homonym elsewhere. Located, but doubtful, and not with one doubt more.
FOREIGN = 0.80
#: Least likeness of a misspelt name, within the postcode and anywhere.
LIKE_IN_POSTCODE = 0.6
LIKE_ANYWHERE = 0.8

_ARTICLES = ("le", "la", "les", "l")
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous", "bg": "bourg", "grd": "grand", "gd": "grand", "gde": "grande", "vx": "vieux", "nd": "notre dame", "lès": "les", "lez": "les"}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20}  # fmt: skip
_DISTRICT = re.compile(
    r"^(paris|lyon|marseille)\b\s*-?\s*(\d{1,2}|[ivx]+)?\s*(?:er|e|eme|ieme)?\s*(?:arrondissement|arrdt|arr|ardt)?$"
)
_CEDEX = re.compile(r"\bcedex\b.*$")
_NOISE = re.compile(r"\b(?:f|fr|france)?\s*-?\s*\b\d{5}\b|\((?:\d{2,3}|2[ab])\)|,?\s*\bfrance$")


@dataclass(frozen=True)
class CityName:
    """A commune's name reduced to what counts; ``district``: municipal arrondissement, 0 if none."""

    full: str
    short: str  # without its article
    district: int


@lru_cache(maxsize=50_000)
def city_name(text: str) -> CityName:
    """``ST-Aubin s/ Mer cedex 2`` → ``saint aubin sur mer``; ``Paris XI`` → ``paris``, 11."""
    folded = _NOISE.sub(" ", _CEDEX.sub("", fold(text).replace("s/s", " sous ")))
    folded = folded.replace("s/", " sur ")
    words = re.findall(r"[a-z0-9]+", folded)
    district = _DISTRICT.match(" ".join(words))
    if district:
        number = district.group(2) or "0"
        return CityName(
            district.group(1),
            district.group(1),
            _ROMAN[number] if number in _ROMAN else int(number) if number.isdigit() else 0,
        )
    words = [part for word in words for part in _WORDS.get(word, word).split()]
    short = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    return CityName(" ".join(words), " ".join(short), 0)


@dataclass(frozen=True)
class Town:
    """A commune. lon, lat (WGS84): a point in its inhabited part, or inside its polygon."""

    code: str
    name: str
    lon: float
    lat: float
    postcodes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # names of merged communes, postal name
    old_codes: tuple[str, ...] = ()
    source: str = "communes"


@dataclass(frozen=True)
class Finding:
    """Communes that a row may mean.

    ``factor``: agreement with the row, 0–1. ``old_name``: reduced name of the merged commune that
    the row asks for. ``rivals``: communes of the postcode when it contradicts the name.
    ``foreign``: the postcode is of another département than every commune of that name.
    ``named``: whether the row names the commune (by name or code) rather than by postcode alone.
    """

    towns: tuple[Town, ...] = ()
    factor: float = 1.0
    named: bool = False
    notes: tuple[str, ...] = ()
    old_name: str = ""
    rivals: tuple[Town, ...] = ()
    foreign: bool = False


@dataclass
class _Names:
    exact: dict[str, list[Town]] = field(default_factory=dict)
    short: dict[str, list[Town]] = field(default_factory=dict)


class Towns:
    """A directory of communes. The first town given for a code wins; later ones add nothing."""

    def __init__(self, towns: Iterable[Town]) -> None:
        self._by_code: dict[str, Town] = {}
        for town in towns:
            self._by_code.setdefault(town.code, town)
        self._by_old_code: dict[str, list[Town]] = {}
        self._by_postcode: dict[str, list[Town]] = {}
        self._names = _Names()
        for code in sorted(self._by_code):
            self._enter(self._by_code[code])
        self._like = NGrams(sorted(self._names.short))
        self._memory: dict[tuple[str, str, str], Finding] = {}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Towns:
        """From ``codgeo``, ``nom``, ``lon``, ``lat`` and, when known, ``postcodes`` (a sequence)."""
        towns = []
        for row in rows:
            code = commune_code(row["codgeo"])
            if code is not None:
                towns.append(
                    Town(
                        code,
                        str(row["nom"]),
                        float(row["lon"]),
                        float(row["lat"]),
                        tuple(str(p) for p in row.get("postcodes") or ()),
                    )
                )
        return cls(towns)

    def __iter__(self) -> Iterator[Town]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def joined(self, other: Towns | None) -> Towns:
        """This directory and the communes that only ``other`` knows."""
        if other is None:
            return self
        return Towns([*self._by_code.values(), *other._by_code.values()])

    def with_former(self, former: Iterable[tuple[str, str, Iterable[str]]]) -> Towns:
        """This directory, each commune being found as well by the communes that it absorbed.

        ``former``: code, name and present codes of communes that are on the list no more, as the
        table of commune changes tells them. A commune that was split leads to each of its parts.
        """
        names: dict[str, list[str]] = {}
        codes: dict[str, list[str]] = {}
        for old_code, old_name, present in former:
            for code in present:
                names.setdefault(code, []).append(old_name)
                codes.setdefault(code, []).append(old_code)
        return Towns(
            replace(
                town,
                aliases=(*town.aliases, *(n for n in names.get(town.code, ()) if n != town.name)),
                old_codes=(*town.old_codes, *codes.get(town.code, ())),
            )
            for town in self
        )

    def _enter(self, town: Town) -> None:
        for code in town.old_codes:
            if code != town.code and town not in self._by_old_code.setdefault(code, []):
                self._by_old_code[code].append(town)
        for postcode in town.postcodes:
            self._by_postcode.setdefault(postcode, []).append(town)
        for text in (town.name, *town.aliases):
            name = city_name(text)
            for index, key in ((self._names.exact, name.full), (self._names.short, name.short)):
                if key and town not in index.setdefault(key, []):
                    index[key].append(town)

    def by_code(self, code: str) -> list[Town]:
        """The commune of a code, of a merged commune's code, or the arrondissements of Paris…"""
        if code in self._by_code:
            return [self._by_code[code]]
        if code in self._by_old_code:
            return self._by_old_code[code]
        if code in PLM:
            known = map(self._by_code.get, arrondissements(code))
            return [town for town in known if town is not None]
        town = self._by_code.get(commune_of(code))
        return [town] if town else []

    def by_postcode(self, postcode: str) -> list[Town]:
        return self._by_postcode.get(postcode, [])

    def by_name(self, city: str) -> list[Town]:
        """Communes of exactly this name, its article apart when nothing else fits."""
        name = city_name(city)
        found = self._names.exact.get(name.full) or self._names.short.get(name.short) or []
        if name.district:
            found = [t for t in found if city_name(t.name).district in (name.district, 0)] or found
        return found

    def find(self, city: str, postcode: str, citycode: str) -> Finding:
        """Communes meant by a row, best evidence first: code, name with postcode, postcode."""
        key = (city, postcode, citycode)
        found = self._memory.get(key)
        if found is None:
            found = self._memory[key] = self._find(city, postcode, citycode)
        return found

    def _find(self, city: str, postcode: str, citycode: str) -> Finding:
        code = commune_code(citycode) if citycode else None
        coded = self.by_code(code) if code else []
        if coded:
            return self._by_given_code(coded, code or "", city, postcode)
        near = self.by_postcode(postcode)
        name = city_name(city)
        if not name.full:
            return Finding(tuple(near), CITY_NOT_GIVEN) if near else Finding()
        exact = self.by_name(city)
        if exact:
            return self._by_given_name(exact, name, city, postcode, near)
        return self._by_likeness(name, city, postcode, near)

    def _by_given_code(self, towns: list[Town], code: str, city: str, postcode: str) -> Finding:
        notes = []
        factor = 1.0
        named = self.by_name(city) if city else []
        both = [town for town in towns if town in named]
        if named and not both:
            notes.append(
                f"La commune écrite ({city.strip()}) n’est pas celle du code {code} ({towns[0].name}), qui a été suivi."
            )
            factor = WRONG_CITY
        narrowed = [t for t in both or towns if postcode in t.postcodes] or both or towns
        if postcode and all(t.postcodes and postcode not in t.postcodes for t in narrowed):
            notes.append(_wrong_postcode(postcode, narrowed[0]))
            factor *= WRONG_POSTCODE if self.by_postcode(postcode) else UNKNOWN_POSTCODE
        old = (
            city_name(city).full
            if both and city_name(both[0].name).full != city_name(city).full
            else ""
        )
        return Finding(tuple(narrowed), factor, True, tuple(notes), old)

    def _by_given_name(
        self, exact: list[Town], name: CityName, city: str, postcode: str, near: list[Town]
    ) -> Finding:
        old = "" if any(city_name(t.name).short == name.short for t in exact) else name.full
        both = [town for town in exact if town in near]
        if both:
            return Finding(tuple(both), 1.0, True, (), old)
        local = [town for town in exact if _same_department(postcode, town)]
        chosen = local or exact
        if not postcode or (local and not any(town.postcodes for town in local)):
            return Finding(tuple(chosen), 1.0, True, (), old)
        if local and not near:  # a CEDEX or business code of the same département, or an error
            note = f"Code postal {postcode} inconnu (CEDEX ou erreur)\u00a0: la commune écrite a été suivie."
            return Finding(tuple(chosen), UNKNOWN_POSTCODE, True, (note,), old)
        notes = (_wrong_postcode(postcode, chosen[0]),)
        factor = WRONG_POSTCODE if local or near else FOREIGN
        return Finding(tuple(chosen), factor, True, notes, old, tuple(near), not local)

    def _by_likeness(self, name: CityName, city: str, postcode: str, near: list[Town]) -> Finding:
        ranked = _ranked(name, near)
        if ranked and ranked[0][0] >= LIKE_IN_POSTCODE and _alone(ranked):
            return self._like_finding(ranked, city)
        keys = self._like.near(name.short, share=0.5, limit=12)
        others = {t.code: t for key in keys for t in self._names.short[key]}
        pool = (
            [t for t in others.values() if _same_department(postcode, t)]
            if postcode
            else list(others.values())
        )
        ranked = _ranked(name, pool)
        if ranked and ranked[0][0] >= LIKE_ANYWHERE and _alone(ranked):
            found = self._like_finding(ranked, city)
            if near and found.towns[0] not in near:
                return Finding(
                    found.towns,
                    found.factor * WRONG_POSTCODE,
                    True,
                    (*found.notes, _wrong_postcode(postcode, found.towns[0])),
                    found.old_name,
                    tuple(near),
                )
            return found
        if near:
            note = f"Commune inconnue ({city.strip()})\u00a0: cherchée parmi celles du code postal {postcode}."
            return Finding(tuple(near), POSTCODE_ONLY, False, (note,))
        return Finding(
            notes=(
                f"Commune introuvable dans les données\u00a0: {' '.join((postcode, city.strip())).strip()}.",
            )
        )

    @staticmethod
    def _like_finding(ranked: list[tuple[float, Town]], city: str) -> Finding:
        likeness, town = ranked[0]
        note = f"Commune écrite «\u00a0{city.strip()}\u00a0», comprise comme {town.name}."
        return Finding((town,), 0.9 + 0.1 * likeness, True, (note,))


def city_likeness(left: CityName, right: CityName) -> float:
    """Likeness of two commune names, 0–1: spelling, sound, or one being the head of the other."""
    a, b = left.short.replace(" ", ""), right.short.replace(" ", "")
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if sound(a) == sound(b):
        return 0.95
    short, long = sorted((left.short, right.short), key=len)
    if len(short) >= 4 and long.startswith(short + " "):
        return 0.85  # « La Baule » for « La Baule-Escoublac »
    limit = max(1, max(len(a), len(b)) // 4)
    distance = edit_distance(a, b, limit)
    return 0.0 if distance > limit else 1.0 - distance / max(len(a), len(b))


def _ranked(name: CityName, towns: Iterable[Town]) -> list[tuple[float, Town]]:
    scored = [
        (max(city_likeness(name, city_name(text)) for text in (t.name, *t.aliases)), t)
        for t in towns
    ]
    return sorted(((s, t) for s, t in scored if s), key=lambda pair: (-pair[0], pair[1].code))


def _alone(ranked: list[tuple[float, Town]]) -> bool:
    return len(ranked) < 2 or ranked[0][0] - ranked[1][0] > 0.02


def _same_department(postcode: str, town: Town) -> bool:
    """Whether the first digits of a postcode are those of the town's département."""
    dep = department(town.code)
    if dep in ("2A", "2B"):
        return postcode.startswith("20")
    return postcode.startswith(dep)


def _wrong_postcode(postcode: str, town: Town) -> str:
    return f"Le code postal {postcode} n’est pas celui {french.of(town.name)}."
