"""What is said to the person who checks a located row, in French."""

from __future__ import annotations

from collections.abc import Sequence

from .matching import Candidate
from .towns import Finding


def remarks(best: Candidate) -> list[str]:
    """What the person who checks should know of a match that is not plain."""
    said = []
    variant, place = best.variant, best.place
    if best.words < 0.9:
        said.append(f"Voie comprise comme « {best.street.name} ».")
    elif best.kind_differs:
        said.append(f"Type de voie différent : {best.street.name}.")
    if best.exact and place is not None:
        if place.number != variant.number:
            said.append(
                f"Numéro {variant.number} absent, placé au {place.number}, du même intervalle."
            )
        elif variant.suffix and place.suffix == "":
            said.append(
                f"Indice « {variant.suffix} » absent de la BAN, placé au numéro {place.number}."
            )
        elif place.suffix and not variant.suffix:
            said.append(
                f"Placé au {place.number} {place.suffix} : le numéro n’existe pas sans indice."
            )
        elif variant.suffix and place.suffix[:1] != variant.suffix[:1]:
            said.append(
                f"Indice « {variant.suffix} » absent de la BAN, placé au {place.number} {place.suffix}."
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
    if not found:
        return "Voie introuvable dans la commune."
    return (
        f"Voie introuvable ; la plus proche serait « {found[0].street.name} » (score {found[0].score:.2f})".replace(
            ".", ","
        )
        + "."
    )


def ambiguous(best: Candidate, apart: Sequence[Candidate]) -> str:
    names = list(dict.fromkeys(f"{c.street.name} ({c.town.name})" for c in (best, *apart)))[:3]
    if len(names) == 1:
        return f"Plusieurs voies de ce nom : {names[0]}."
    return f"Plusieurs voies possibles : {', '.join(names)}."


def names(finding: Finding) -> str:
    names = [town.name for town in finding.towns]
    return ", ".join(names[:4]) + ("…" if len(names) > 4 else "")
