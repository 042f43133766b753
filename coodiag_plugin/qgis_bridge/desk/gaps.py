"""What a dossier lacks: why, and the step of the wizard that mends it.

Pages and figures that are missing come from the context, what services and steps refused from the
journal. Both are in French, as they are printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ...core.words import N_
from ..translation import tr

#: How the journal begins a sentence on a service, or a step, that gave nothing.
_NOT_OBTAINED, _NO_RESULT = "- Non obtenu : ", "- Étape sans résultat : "
#: How the context says that a service gave nothing, after its name.
_SILENT = " n’a pas donné ces données le jour de l’étude."
_MORE_DATA = N_("Ask the public services, or put more official files into the data folder.")
_ROADS = N_("Choose a layer of roads, or let the public services give them.")
#: Files that a reason may name: word, role, what to do when the run had none.
_FILES = (
    ("clients", "clients", N_("Give the file of the clients.")),
    ("bénéficiaires", "beneficiaries", N_("Give the file of the beneficiaries.")),
    ("site", "sites", N_("Give the file of the sites.")),
)
#: Words of a reason that nothing mends.
_SECRET = ("diffusable", "secret", "assez de personnes")
#: Words of a reason, the step that mends it, and how; the first that fits is taken.
_MENDING = (
    ("stock Sirène", "territory", N_("Ask the public services, or put the Sirène stock into the data folder.")),
    ("routes", "options", _ROADS),
    ("Base Adresse Nationale", "people", N_("Give the files of the Base Adresse Nationale, or have a service locate the addresses.")),
    ("service de géocodage", "people", N_("Choose another way to locate the addresses.")),
    ("question pour cette page", "options", N_("Add the question of this page to the table of answers.")),
    ("enquête", "options", N_("Give a table of answers, among the tables of the analyst.")),
    ("table d’acteurs", "options", N_("Give a table of actors, among the tables of the analyst.")),
    ("acteur n’a pu être placé", "options", N_("Write the address or the commune of each actor in the table of actors.")),
    ("plan d’action", "options", N_("Give an action plan, among the tables of the analyst.")),
    ("ne nomme", "files", N_("Correct the names of the sites in the files.")),
    ("portent le même nom", "files", N_("Correct the names of the sites in the files.")),
    ("aucune source", "territory", _MORE_DATA),
    ("es données n", "territory", _MORE_DATA),
    ("dans les données", "territory", _MORE_DATA),
    ("par les données", "territory", _MORE_DATA),
    ("la donnée manque", "territory", _MORE_DATA),
    ("n’a les deux valeurs", "territory", _MORE_DATA),
    ("ne donne pas ces figures", "territory", _MORE_DATA),
    ("les effectifs par secteur", "territory", _MORE_DATA),
)  # fmt: skip
_AGAIN = N_(
    "Start the diagnosis again, later if need be: what was received is kept, and only the rest is asked for."
)
#: Reasons told of each kind: more than a run ever gives, fewer than would hold up the window.
_MOST = 200
_SERVICE_WORDS = (_SILENT.strip(), "n’a donné aucune de ses valeurs")


@dataclass(frozen=True)
class Missing:
    """Pages and figures that a ``reason`` keeps away, by their titles; none of them when a reason
    stands alone. ``advice``: what to do, empty when nothing is known; ``step``: where, empty when
    nothing mends it."""

    reason: str
    titles: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    step: str = ""
    advice: str = ""


@dataclass
class _Held:
    """Titles of what one reason keeps away."""

    pages: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)


def missing(
    context: Mapping[str, Any], journal: Iterable[str], given: Collection[str]
) -> tuple[Missing, ...]:
    """What the context and the lines of the journal tell, by reason: pages, figures, the rest.

    ``given``: roles of the files that the run had. Raises ``KeyError`` or ``TypeError`` for a
    context that is none.
    """
    held: dict[str, _Held] = {}
    for item in context["skipped"]:
        held.setdefault(str(item["reason"]), _Held()).pages.append(str(item["title"]))
    for item in context.get("failures", ()):
        held.setdefault(str(item["reason"]), _Held()).figures.append(str(item["title"]))
    found = [
        Missing(reason, tuple(each.pages), tuple(each.figures), *mending_of(reason, given))
        for reason, each in islice(held.items(), _MOST)
    ]
    lines = list(journal)
    for detail in _after(_NOT_OBTAINED, lines):
        found = _detailed(found, detail)
    alone = [*_after(_NO_RESULT, lines), *map(str, context.get("notes", ()))]
    for reason in islice(dict.fromkeys(alone), _MOST):
        if not any(each.reason in reason for each in found):
            step, advice = mending_of(reason, given)
            found.append(Missing(reason, step=step, advice=advice))
    return tuple(found)


def mending_of(reason: str, given: Collection[str] = ()) -> tuple[str, str]:
    """The step that mends a reason, and how, in words; both may be empty.

    ``given``: roles of the files that the run had.
    """
    if any(words in reason for words in _SERVICE_WORDS):
        return "run", tr(_AGAIN)
    if any(words in reason for words in _SECRET):
        return "", tr("Too few people, or no figure that may be shown: there is nothing to mend.")
    files = [(role in given, tr(text)) for word, role, text in _FILES if word in reason]
    for had, text in files:
        if not had:
            return "files", text
    for words, step, text in _MENDING:
        if words in reason:
            return step, tr(text)
    return ("files", files[0][1]) if files else ("", "")


def _after(words: str, lines: Iterable[str]) -> list[str]:
    """The sentences of the journal that begin with these words, without them, each once."""
    told = (line[len(words) :] for line in lines if line.startswith(words))
    return list(islice(dict.fromkeys(told), _MOST))


def _detailed(found: list[Missing], detail: str) -> list[Missing]:
    """``detail``, the journal's word on a service, in place of the short one of the context, which
    names the service alone; by itself where the context keeps silent."""
    for at, each in enumerate(found):
        service = each.reason[: -len(_SILENT)] if each.reason.endswith(_SILENT) else ""
        if each.reason == detail or (service and detail.startswith(service)):
            made = replace(each, reason=detail, step="run", advice=tr(_AGAIN))
            return [*found[:at], made, *found[at + 1 :]]
    return [*found, Missing(detail, step="run", advice=tr(_AGAIN))]
