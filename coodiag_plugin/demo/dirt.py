"""The dirt of real spreadsheets: what people do to addresses, dates, numbers and cells."""

from __future__ import annotations

import random

from .addresses import upper

_SHORT = {
    "Rue ": ("r. ", "R ", "rue "),
    "Avenue ": ("av. ", "Av ", "AVE "),
    "Boulevard ": ("bd ", "Bld ", "boul. "),
    "Allée ": ("all. ", "Allee "),
    "Impasse ": ("imp. ", "Imp "),
    "Chemin ": ("ch. ", "Che "),
    "Route ": ("rte ", "Rte "),
    "Place ": ("pl. ", "Pl "),
    "Résidence ": ("rés. ", "Res "),
}
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
#: Addresses that no one can find.
NOWHERE = (
    "Poste restante",
    "sans domicile",
    "inconnue",
    "",
    "voir dossier papier",
    "chez un ami",
    "???",
)
#: Addresses far from the département: (line, postcode, town).
ELSEWHERE = (
    ("4 place de l'Exemple", "35000", "Rennes"),
    ("17 bis rue du Modèle", "49100", "Angers"),
    ("2 avenue du Prototype", "01400", "Châtillon-sur-Chalaronne"),
)


def typo(text: str, rng: random.Random) -> str:
    """Two letters exchanged, one lost or one doubled, past the start of the text."""
    letters = [i for i in range(4, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not letters:
        return text
    place = rng.choice(letters)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    return text[: place + 1] + text[place:]


def _incomplete(line: str, rng: random.Random) -> str:
    """An address whose number is missing or does not exist, or that names no street."""
    drawn = rng.random()
    number, _, street = line.partition(" ")
    if drawn < 0.035:
        return street
    if drawn < 0.05:
        return f"{int(number) + 200} {street}"
    if drawn < 0.065:
        return rng.choice(("Le Bourg", "Centre bourg", f"Lotissement {line.split()[-1]} 3"))
    return line


def address_line(line: str, rng: random.Random) -> str:
    """An address as typed: parts missing or wrong, abbreviations, typing errors, spaces."""
    line = _incomplete(line, rng)
    if rng.random() < 0.28:
        for long, shorts in _SHORT.items():
            line = line.replace(long, rng.choice(shorts))
    if rng.random() < 0.07:
        line = typo(line, rng)
    drawn = rng.random()
    if drawn < 0.18:
        line = upper(line)
    elif drawn < 0.28:
        line = line.lower()
    elif drawn < 0.40:
        number, _, rest = line.partition(" ")
        line = f"{number}, {rest}" if number.isdigit() else line
    if rng.random() < 0.06:
        line = line.replace(" ", "  ", 1) + "  "
    return line


def town(name: str, rng: random.Random) -> str:
    """A town as typed: capitals, hyphens lost, ``St``, a typing error now and then."""
    drawn = rng.random()
    if drawn < 0.30:
        name = upper(name)
    elif drawn < 0.40:
        name = name.replace("Sainte-", "Ste ").replace("Saint-", "St ").replace("-", " ")
    if rng.random() < 0.03:
        name = typo(name, rng)
    return name + (" " if rng.random() < 0.04 else "")


def postcode(code: str, rng: random.Random) -> str:
    """A postcode, sometimes missing, with two figures exchanged, spaced or read as a number."""
    drawn = rng.random()
    if drawn < 0.02:
        return ""
    if drawn < 0.03:
        return code[:3] + code[4] + code[3]
    if drawn < 0.045:
        return f"{code[:2]} {code[2:]}"
    if drawn < 0.055:
        return f"{code}.0"
    return code


def date(year: int, month: int, day: int, rng: random.Random) -> str:
    """A date in one of three notations."""
    drawn = rng.random()
    if drawn < 0.62:
        return f"{day:02d}/{month:02d}/{year}"
    if drawn < 0.84:
        return f"{year}-{month:02d}-{day:02d}"
    return f"{'1er' if day == 1 else day} {_MONTHS[month - 1]} {year}"


def amount(value: float, rng: random.Random) -> str:
    """An amount with a decimal comma, sometimes with thousands or a currency sign."""
    text = f"{value:.2f}".replace(".", ",")
    drawn = rng.random()
    if drawn < 0.2 and value >= 1000:
        whole, cents = text.split(",")
        return f"{whole[:-3]} {whole[-3:]},{cents}"
    return f"{text} €" if drawn < 0.27 else text


def siret(number: str, rng: random.Random) -> str:
    """A SIRET, sometimes spaced, rarely turned into a number by a spreadsheet."""
    drawn = rng.random()
    if drawn < 0.25:
        return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    if drawn < 0.26:
        return f"{float(number):.5E}".replace(".", ",")
    return number


def phone(rng: random.Random) -> str:
    """A number of the range kept for fiction (06 39 98 xx xx), often starting like a formula."""
    tail = f"{rng.randint(0, 99):02d} {rng.randint(0, 99):02d}"
    return f"+33 6 39 98 {tail}" if rng.random() < 0.3 else f"06 39 98 {tail}"
