"""The addresses of the geocoding bench: one base for both engines, and their truth.

Real addresses at their real position: half of Bondy (BAN), fifty streets of Nice (BAN), the
inclusion enterprises (their own geocoding, kept from 0.9). Real addresses at an invented position,
one cell of a grid for each commune: those of geocoder-tester, in 694 communes. Composed addresses:
real street names in the real communes, merged communes and postcodes of Calvados, at invented
positions; they are the homonyms and the merged communes of the bench, and are counted apart.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import alias

alias.load()
from coodiag.coodiag_plugin.core.progress import Silent  # noqa: E402
from coodiag.coodiag_plugin.geocoding.ban_file import read  # noqa: E402
from coodiag.coodiag_plugin.geocoding.words import tokens  # noqa: E402

#: Streets of a composed commune: names that are everywhere, and others.
COMMON, OTHERS = 3, 2
_LEAST_SCORE = 0.9
_CELL, _STREET_STEP, _NUMBER_STEP = 0.06, 0.004, 0.0002  # degrees


@dataclass(frozen=True)
class Address:
    """A true address. lon, lat: WGS84. ``real``: not composed. ``old_*``: merged commune."""

    number: int
    suffix: str
    street: str
    postcode: str
    city: str
    citycode: str
    lon: float
    lat: float
    real: bool
    old_city: str = ""
    old_citycode: str = ""
    asked: bool = True  # False: a neighbour, in the base only

    @property
    def way(self) -> tuple[str, str, str]:
        return self.citycode, self.old_city, self.street

    @property
    def key(self) -> str:
        """What draws of the bench are made from; nothing depends on the order of a file."""
        return "|".join((*self.way, str(self.number), self.suffix))


def draw(text: str) -> int:
    """A repeatable number made of a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def addresses(data: Path) -> list[Address]:
    """Every address of the base, each once, in an order of its own."""
    tester = list(_tester(data / "geocoding" / "geocoder-tester"))
    communes = Communes(data / "cog")
    placed = [
        *_bondy(data / "ban" / "adresses-93010_part.csv"),
        *_nice(data / "geocoding" / "normadresse_test.json"),
        *_enterprises(data / "social" / "siae.csv", communes),
    ]
    ways = {a.way for a in placed}
    real = [*placed, *(a for a in _settled(tester, communes) if a.way not in ways)]
    names = sorted({a.street for a in real})
    usual = Counter(street for _, _, street, _, _ in tester)
    common = sorted(usual, key=lambda name: (-usual[name], name))[:12]
    unique: dict[str, Address] = {}
    for address in (*real, *_composed(communes, common, names)):
        unique.setdefault(address.key.lower(), address)
    return sorted(unique.values(), key=lambda a: a.key)


def _bondy(path: Path) -> Iterator[Address]:
    for row in read(path, Silent()):
        if row is not None and row.number is not None:
            place = (row.postcode, row.city, row.citycode, row.lon, row.lat)
            yield Address(row.number, row.suffix, row.street, *place, True)


def _nice(path: Path) -> Iterator[Address]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            street = json.loads(line)
            place = (street["postcode"], street["city"], street["citycode"][0])
            for text, point in street["housenumbers"].items():
                found = re.fullmatch(r"(\d+)\s*(\w*)", text)
                if found and found.group(1) != "0":
                    number, suffix = int(found.group(1)), found.group(2).lower()
                    where = (float(point["lon"]), float(point["lat"]))
                    yield Address(number, suffix, street["name"][0], *place, *where, True)


_NUMBERED = re.compile(r"(\d{1,4})\s?(bis|ter|quater|[a-d])?,?\s+([^\d].+)", re.IGNORECASE)


def _enterprises(path: Path, communes: Communes) -> Iterator[Address]:
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found = _NUMBERED.fullmatch(row["address"].strip())
            if not found or float(row["geocoding_score"] or 0) < _LEAST_SCORE:
                continue
            number, suffix, street = found.groups()
            postcode = row["post_code"]
            city, code, old_city, old_code = communes.of(postcode, row["city"])
            where = (float(row["lon"]), float(row["lat"]))
            yield Address(int(number), (suffix or "").lower(), street, postcode, city, code, *where, True, old_city, old_code)  # fmt: skip


def _tester(folder: Path) -> Iterator[tuple[int, str, str, str, str]]:
    """Number, suffix, street, postcode and city: each is asked with its city, then postcode."""
    for path in sorted(folder.glob("*__test_addresses.csv")):
        with path.open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        for first, second in zip(rows, rows[1:]):
            number = re.match(r"(\d+)\s*(\w*)", first["expected_housenumber"])
            same = all(first[k] == second[k] for k in ("expected_street", "expected_housenumber"))
            if number and same and first["expected_postcode"] and second["expected_city"]:
                yield (
                    int(number.group(1)),
                    number.group(2).lower(),
                    first["expected_street"],
                    first["expected_postcode"].zfill(5),
                    second["expected_city"],
                )


def _settled(
    rows: Iterable[tuple[int, str, str, str, str]], communes: Communes
) -> Iterator[Address]:
    """Addresses of geocoder-tester at invented positions, with invented neighbours."""
    for number, suffix, street, postcode, written in rows:
        city, code, old_city, old_code = communes.of(postcode, written)
        lon, lat = _spot(code, street)
        asked = Address(number, suffix, street, postcode, city, code, lon, lat, True, old_city, old_code)  # fmt: skip
        yield asked
        for other in range(max(1, number - 4), number + 5, 2):
            if other != number:
                east = lon + (other - number) * _NUMBER_STEP
                yield replace(asked, number=other, suffix="", lon=east, asked=False)


def _spot(commune: str, street: str) -> tuple[float, float]:
    """A position for the start of a street, in the cell of its commune."""
    cell, place = draw(commune), draw(street)
    lon = -4.0 + (cell % 150) * _CELL + (place % 10) * _STREET_STEP
    lat = 43.0 + (cell // 150 % 120) * _CELL + (place // 10 % 10) * _STREET_STEP
    return lon, lat


class Communes:
    """Communes and merged communes of Calvados, and codes invented for those of elsewhere."""

    def __init__(self, cog: Path) -> None:
        with (cog / "api_geo_communes_14.json").open(encoding="utf-8") as stream:
            today = sorted(json.load(stream), key=lambda c: (c["code"], c["postal_code"]))
        #: Code → its parts: (name of the commune, name and code of the merged one, postcode).
        self.parts: dict[str, list[tuple[str, str, str, str]]] = {}
        for c in today:
            self.parts.setdefault(c["code"], [(c["name"], "", "", c["postal_code"])])
        with (cog / "commune_2021_COG.csv").open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                of = self.parts.get(row["COMPARENT"])
                if row["TYPECOM"] in ("COMD", "COMA") and of:
                    of.append((of[0][0], row["LIBELLE"], row["COM"], of[0][3]))
        self._known = {
            plain(old_city or city): (city, code, old_city, old_code)
            for code, of in sorted(self.parts.items())
            for city, old_city, old_code, _ in reversed(of)
        }
        self._given: dict[tuple[str, str], tuple[str, str, str, str]] = {}

    def of(self, postcode: str, city: str) -> tuple[str, str, str, str]:
        """Name and code of the commune, of the merged commune, for a town as it is written."""
        name = plain(city)
        if postcode[:2] == "14" and name in self._known:
            return self._known[name]
        key = (postcode[:2], name)
        code = f"{postcode[:2]}{600 + sum(dep == key[0] for dep, _ in self._given):03d}"
        return self._given.setdefault(key, (city.strip(), code, "", ""))


def plain(text: str) -> str:
    return " ".join(tokens(text))


def _composed(communes: Communes, common: list[str], names: list[str]) -> Iterator[Address]:
    for code, of in sorted(communes.parts.items()):
        for city, old_city, old_code, postcode in of:
            if len(of) > 1 and not old_code:
                continue  # every address of a merged commune is in one of its parts
            where = f"{code}{old_code}"
            chosen = sorted(common, key=lambda n: draw(where + n))[:COMMON]
            chosen += sorted(names, key=lambda n: draw(where + n))[:OTHERS]
            for street in dict.fromkeys(chosen):
                lon, lat = _spot(where, street)
                for number in range(1, 4 + draw(where + street) % 12):
                    east = lon + number * _NUMBER_STEP
                    yield Address(number, "", street, postcode, city, code, east, lat, False, old_city, old_code)  # fmt: skip


# --- the base, as each engine wants it --------------------------------------------------------


def write_ban(found: Iterable[Address], path: Path) -> None:
    """As a BAN file."""
    header = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;lon;lat"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(header.split(";"))
        for a in found:
            way = f"{a.citycode}_{draw('|'.join(a.way)) % 36**6:08d}"
            writer.writerow((f"{way}_{a.number:05d}_{a.suffix}", a.number, a.suffix, a.street, a.postcode, a.citycode, a.city, a.old_citycode, a.old_city, a.lon, a.lat))  # fmt: skip


def write_addok(found: Iterable[Address], path: Path) -> None:
    """As documents of addok: streets with their numbers, and communes."""
    streets: dict[tuple[str, str, str, str], list[Address]] = {}
    communes: dict[str, list[Address]] = {}
    for address in found:
        streets.setdefault((*address.way, address.postcode), []).append(address)
        communes.setdefault(address.citycode, []).append(address)
    with path.open("w", encoding="utf-8") as stream:
        for at, (_, of) in enumerate(sorted(streets.items())):
            stream.write(json.dumps(_street(f"s{at}", of), ensure_ascii=False) + "\n")
        for code, of in sorted(communes.items()):
            stream.write(json.dumps(_commune(code, of), ensure_ascii=False) + "\n")


def _street(name: str, of: list[Address]) -> dict[str, object]:
    first, middle = of[0], of[len(of) // 2]
    numbers = {f"{a.number} {a.suffix}".strip(): {"lat": a.lat, "lon": a.lon} for a in of}
    return {
        "id": name,
        "type": "street",
        "name": first.street,
        "postcode": first.postcode,
        # the names that a merged commune may be given, as addok-france wants them
        "city": [first.city, first.old_city] if first.old_city else first.city,
        "citycode": [first.citycode, first.old_citycode] if first.old_citycode else first.citycode,
        "lon": middle.lon,
        "lat": middle.lat,
        "importance": 0.3,
        "housenumbers": numbers,
    }


def _commune(code: str, of: list[Address]) -> dict[str, object]:
    middle = of[len(of) // 2]
    names = list(dict.fromkeys([middle.city, *(a.old_city for a in of if a.old_city)]))
    postcodes = sorted({a.postcode for a in of})
    return {
        "id": f"c{code}",
        "type": "municipality",
        "name": names,
        "city": names,
        "postcode": postcodes,
        "citycode": code,
        "lon": middle.lon,
        "lat": middle.lat,
        "importance": 0.4,
    }
