"""What is said to the person who checks a located row, in French."""

from __future__ import annotations

from collections.abc import Sequence

from ..core import french
from .matching import OTHER_NAME, Candidate
from .towns import Finding


def remarks(best: Candidate) -> list[str]:
    """What the person who checks should know of a match that is not plain."""
    said = []
    variant, place = best.variant, best.place
    if best.words < OTHER_NAME:
        said.append(f"Voie comprise comme «\u00a0{best.street.name}\u00a0».")
    elif best.kind_differs:
        said.append(f"Type de voie différent\u00a0: {best.street.name}.")
    if best.exact and place is not None:
        if place.number != variant.number:
            said.append(
                f"Numéro {variant.number} absent, placé au {place.number}, du même intervalle."
            )
        elif variant.suffix and place.suffix == "":
            said.append(
                f"Indice «\u00a0{variant.suffix}\u00a0» absent de la BAN, placé au numéro {place.number}."
            )
        elif place.suffix and not variant.suffix:
            said.append(
                f"Placé au {place.number} {place.suffix}\u00a0: le numéro n’existe pas sans indice."
            )
        elif variant.suffix and place.suffix[:1] != variant.suffix[:1]:
            said.append(
                f"Indice «\u00a0{variant.suffix}\u00a0» absent de la BAN, placé au {place.number} {place.suffix}."
            )
    elif variant.number and place is not None:
        said.append(
            f"Numéro {variant.number} absent de la BAN, placé près du numéro {place.number}."
        )
    elif variant.number:
        said.append(f"Numéro {variant.number} absent de la BAN, placé au milieu de la voie.")
    else:
        said.append(
            "Sans numéro, placé au milieu de la voie."
            if best.status == "voie"
            else "Placé au lieu-dit."
        )
    return said


def unmatched(found: Sequence[Candidate]) -> str:
    """That no street was near enough, and which came nearest."""
    if not found:
        return "Voie introuvable dans la commune."
    score = french.number(found[0].score, 2)
    return f"Voie introuvable\u00a0; la plus proche serait «\u00a0{found[0].street.name}\u00a0» (score {score})."


def ambiguous(best: Candidate, apart: Sequence[Candidate]) -> str:
    """Which streets are as likely as one another."""
    found = list(dict.fromkeys(f"{c.street.name} ({c.town.name})" for c in (best, *apart)))[:3]
    if len(found) == 1:
        return f"Plusieurs voies de ce nom\u00a0: {found[0]}."
    return f"Plusieurs voies possibles\u00a0: {', '.join(found)}."


def as_likely(places: int, towns: int) -> str:
    """That several places have equal chances: nothing but the person's own knowledge tells them."""
    if towns > 1:
        return f"Autant de chances dans {towns} communes."
    return f"Autant de chances pour {places} lieux de la commune."


def names(finding: Finding) -> str:
    """The communes found, the first four by name."""
    found = [town.name for town in finding.towns]
    return ", ".join(found[:4]) + ("…" if len(found) > 4 else "")
