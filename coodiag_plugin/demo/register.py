"""Establishments and legal units of the fictitious register."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import words
from .activities import (
    ACTIVITIES,
    COMMUNITY,
    FORMS,
    SIZES,
    SOCIAL_ECONOMY,
    TOWN_HALL,
    Activity,
)
from .addresses import upper
from .numbers import luhn_key, shares, stream
from .streets import Address
from .territory import Commune, World

ACTIVE, CLOSED = 6000, 700
#: Start of every SIREN: a range that Insee has not opened.
_SIREN_START = "16"
_PARTIAL, _UNLOCATED = 0.06, 0.01


@dataclass
class Unit:
    """A legal unit. ``family`` and ``first`` only for natural persons (category 1000)."""

    siren: str
    category: str
    naf: str
    name: str
    family: str
    first: str
    partial: bool
    social: bool
    created: str
    active: bool = True
    size: str = "NN"

    @property
    def person(self) -> bool:
        return self.category == "1000"


@dataclass
class Establishment:
    """An establishment: ``quality`` is Sirène's code of its position, empty when it has none."""

    unit: Unit
    nic: str
    address: Address
    naf: str
    size: str
    created: str
    active: bool
    seat: bool
    sign: str
    quality: str

    @property
    def siret(self) -> str:
        return self.unit.siren + self.nic

    @property
    def commune(self) -> Commune:
        return self.address.commune


def draw(world: World, addresses: list[Address]) -> list[Establishment]:
    """The whole register, active then closed, in a drawn order of SIREN, sorted by SIRET."""
    rng = stream(world.seed, "register")
    homes: dict[str, list[Address]] = {}
    for address in addresses:
        homes.setdefault(address.commune.code, []).append(address)
    maker = _Maker(rng, homes)
    establishments = []
    for commune in world.communes:
        establishments.append(maker.make(TOWN_HALL, commune, f"COMMUNE DE {upper(commune.name)}"))
    for epci in dict.fromkeys(commune.epci for commune in world.communes):
        seat = max((c for c in world.communes if c.epci is epci), key=lambda c: c.population)
        establishments.append(maker.make(COMMUNITY, seat, upper(epci.name)))
    weights = [_pull(commune) for commune in world.communes]
    counts = shares(ACTIVE - len(establishments), weights)
    for commune, count in zip(world.communes, counts):
        activities = _mix(commune)
        for activity in rng.choices(ACTIVITIES, activities, k=count):
            establishments.append(maker.make(activity, commune))
    for commune in rng.choices(world.communes, weights, k=CLOSED):
        activity = rng.choices(ACTIVITIES, _mix(commune))[0]
        establishments.append(maker.make(activity, commune, active=False))
    return sorted(establishments, key=lambda e: e.siret)


def _pull(commune: Commune) -> float:
    """Establishments a commune draws: more than its people where there are services."""
    return commune.population * (1.25 if commune.population > 4000 else 0.85) + 45


def _mix(commune: Commune) -> list[float]:
    """Weight of each activity: services in towns, farms and crafts in villages, mills in the valley."""
    town = min(1.0, commune.population / 7000)
    return [
        (activity.town * town + activity.country * (1 - town))
        * (1 + 1.5 * commune.valley if "10" <= activity.naf[:2] <= "33" else 1)
        for activity in ACTIVITIES
    ]


class _Maker:
    """Draws units and their establishments one after the other."""

    def __init__(self, rng: random.Random, homes: dict[str, list[Address]]) -> None:
        self._rng, self._homes = rng, homes
        self._used: set[str] = set()
        self._chains: dict[str, list[Unit]] = {}
        self._persons = 0

    def make(
        self, activity: Activity, commune: Commune, name: str = "", active: bool = True
    ) -> Establishment:
        rng = self._rng
        address = self._address(activity, commune)
        size = self._size(activity, commune) if active else "NN"
        chain = self._chains.get(activity.naf, [])
        if active and not name and chain and activity.forms != "persons" and rng.random() < 0.07:
            unit, seat = rng.choice(chain), False
        else:
            unit, seat = self._unit(activity, commune, name, active, size), True
            if active and not name and not unit.person:
                self._chains.setdefault(activity.naf, []).append(unit)
        unit.size = max(unit.size, size, key=lambda band: -1 if band == "NN" else int(band))
        nic = self._nic(unit.siren)
        drawn = rng.random()
        quality = "11" if drawn < 0.82 else "12" if drawn < 0.9 else "21" if drawn < 0.95 else "33"
        if rng.random() < _UNLOCATED:
            quality = ""
        sign = (
            f"{activity.word} {upper(rng.choice(words.COMPANY_WORDS))}"
            if rng.random() < 0.25
            else ""
        )
        return Establishment(
            unit, nic, address, activity.naf, size, unit.created, active, seat, sign, quality
        )

    def _address(self, activity: Activity, commune: Commune) -> Address:
        pool = self._homes[commune.code]
        if activity.sizes == "farm":
            pool = [address for address in pool if address.hamlet] or pool
        return self._rng.choice(pool)

    def _size(self, activity: Activity, commune: Commune) -> str:
        if activity is TOWN_HALL:
            limits = (
                (200, "01"),
                (500, "02"),
                (1000, "03"),
                (2000, "11"),
                (5000, "12"),
                (12000, "22"),
            )
            return next((band for limit, band in limits if commune.population < limit), "32")
        bands, weights = zip(*SIZES[activity.sizes])
        band = str(self._rng.choices(bands, weights)[0])
        largest = "11" if commune.population < 700 else "12" if commune.population < 1500 else "22"
        return largest if band != "NN" and band > largest else band

    def _unit(
        self, activity: Activity, commune: Commune, name: str, active: bool, size: str
    ) -> Unit:
        rng = self._rng
        codes, weights = zip(*FORMS[activity.forms])
        category = (
            "7210"
            if activity is TOWN_HALL
            else "7346"
            if activity is COMMUNITY
            else str(rng.choices(codes, weights)[0])
        )
        if category == "1000" and size not in ("NN", "00", "01", "02"):
            category = "5499"
        family = first = ""
        if category == "1000":
            self._persons += 1
            family = f"PERSONNE FICTIVE {self._persons:04d}"
            first = upper(rng.choice(words.FIRST_NAMES))
        elif not name:
            name = self._company(activity, commune, category)
        return Unit(
            siren=self._siren(),
            category=category,
            naf=activity.naf,
            name="" if category == "1000" else name,
            family=family,
            first=first,
            partial=activity.forms != "public" and rng.random() < _PARTIAL,
            social=category in SOCIAL_ECONOMY
            or (category in ("5499", "5710") and rng.random() < 0.012),
            created=f"{rng.randint(1985, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            active=active,
        )

    def _company(self, activity: Activity, commune: Commune, category: str) -> str:
        word = upper(self._rng.choice(words.COMPANY_WORDS))
        place = upper(commune.name)
        if activity.forms == "social":
            return f"{activity.word} {word} DE {place}"
        if activity.forms == "public":
            return f"{activity.word} {word} {place}"
        if category == "6540":
            return f"SCI {word} {self._rng.randint(1, 99)}"
        return f"{activity.word} {word} {self._rng.randint(1, 99)}"

    def _siren(self) -> str:
        while True:
            digits = _SIREN_START + f"{self._rng.randint(0, 999999):06d}"
            if digits not in self._used:
                self._used.add(digits)
                return digits + luhn_key(digits)

    def _nic(self, siren: str) -> str:
        """Internal number of a new establishment of the unit, with the key of the whole SIRET."""
        number = self._rng.randint(1, 4)
        while (siret := self._siret(siren, number)) in self._used:
            number += 1
        self._used.add(siret)
        return siret[9:]

    @staticmethod
    def _siret(siren: str, number: int) -> str:
        digits = f"{siren}{number:04d}"
        return digits + luhn_key(digits)
