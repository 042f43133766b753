"""Official nomenclatures of the register: activities (NAF rév. 2), workforce bands, ESS families."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .catalogue import rows
from .errors import InputError

#: Legal form of natural persons (entrepreneur individuel).
NATURAL_PERSON = "1000"
#: What Insee and its users write in place of what may not be spread.
MASKS = ("[ND]", "[NON-DIFFUSIBLE]")
#: Commercial companies that adhere to the ESS (law 2014-856): outside the statistical perimeter.
COMMERCIAL_ESS = "société commerciale de l’ESS"
#: Flagged by Sirène, but neither a family of the perimeter nor a company.
OTHER_ESS = "autre organisme de l’ESS"

_NAF = re.compile(r"(\d{2})\.?(\d{2})([A-Z])")
_PREFIX = re.compile(r"[A-U]|\d{2}(?:\d{1,2}[A-Z]?)?")


def naf_code(text: str) -> str:
    """``8899B`` or ``88.99b`` → ``88.99B``; anything that is not a NAF rév. 2 class → ``""``."""
    match = _NAF.fullmatch(text.strip().upper())
    return f"{match[1]}.{match[2]}{match[3]}" if match else ""


@cache
def _naf() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["section"], row["label"]) for row in rows("naf")}


def naf_section(naf: str) -> str:
    """Section letter of an activity (``81.21Z`` → ``N``), ``""`` when it is not known."""
    return _naf().get(naf[:2], ("", ""))[0]


def naf_label(code: str) -> str:
    """Label of the division of an activity (``81.21Z``, ``81``) or of a section (``N``)."""
    return _naf().get(code if len(code) == 1 else code[:2], ("", ""))[1]


class NafFilter:
    """Keeps activities that start with one of ``codes``: ``N``, ``81``, ``81.2``, ``8121Z``.

    Without any code it keeps everything.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        digits = []
        for text in codes:
            code = text.strip().upper().replace(".", "")
            if not code:
                continue
            known = code if len(code) == 1 else code[:2]
            if not _PREFIX.fullmatch(code) or known not in _naf():
                raise InputError(
                    "“{code}” is not an activity code: write for example N, 81, 81.2 or 81.21Z.",
                    code=text,
                )
            if len(code) == 1:
                digits += [key for key, (section, _) in _naf().items() if section == code]
            else:
                digits.append(code)
        self.prefixes = tuple(code for code in digits if len(code) > 1)

    def keeps(self, naf: str) -> bool:
        return not self.prefixes or naf.replace(".", "").startswith(self.prefixes)


@dataclass(frozen=True)
class Tranche:
    """A row of ``catalogue/workforce.csv``: a workforce class of Sirène."""

    code: str
    label: str
    minimum: int
    band: str  # coarser class used by the prospection


@cache
def tranches() -> dict[str, Tranche]:
    """Workforce classes by code (``NN``, ``00``, ``01``…)."""
    return {
        row["code"]: Tranche(row["code"], row["label"], int(row["minimum"]), row["band"])
        for row in rows("workforce")
    }


@cache
def ess_legal_forms() -> dict[str, str]:
    """Family (association, coopérative, mutuelle, fondation) of each legal form of the perimeter."""
    return {row["code"]: row["family"] for row in rows("legal_forms_ess")}


@cache
def ess_excluded_activities() -> frozenset[str]:
    """Activities that the statistical perimeter leaves out whatever the legal form."""
    return frozenset(row["code"] for row in rows("ess_excluded_naf"))


def in_statistical_perimeter(legal_form: str, naf: str = "") -> bool:
    """Whether a unit belongs to the ESS by its legal form and activity alone.

    Second definition, for files without Sirène's flag; never mixed with the flag in one table.
    """
    return legal_form in ess_legal_forms() and naf not in ess_excluded_activities()


def ess_family(legal_form: str) -> str:
    """Family of a unit known to belong to the ESS."""
    family = ess_legal_forms().get(legal_form)
    if family:
        return family
    return COMMERCIAL_ESS if legal_form[:1] in ("5", "6") else OTHER_ESS
