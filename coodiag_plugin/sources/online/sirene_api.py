"""Establishments of a territory from Insee's API Sirène 3.11 (with the user's key).

Every commune code of the territory is asked for, a hundred at a time, and each question is read
through its cursor to the end; what comes is counted against what the service told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...core.errors import SourceError
from ...core.nomenclatures import NafFilter
from ...core.progress import Progress, each
from ..web.answers import iso_day
from ..web.client import Request, ServiceError, TryAgain, Web
from .asking import Asking, fitting
from .depot import Depot
from .establishments import FAMILY, as_table, carries, clean, is_person, metres, sealed
from .scope import Scope, with_arrondissements

SERVICE = "sirene"
FILE = "sirene_api_etablissements.csv"
PAGE = 1000  # rows of an answer, the most that the service gives in JSON
_COMMUNES = 100  # of one question
_LONGEST = 1500  # characters of a question beyond which it travels in the body
_READINGS = 3  # of a list that does not add up: the register may have changed meanwhile
_NAF = "NAFRev2"
_FIELDS = (
    "siret",
    "statutDiffusionEtablissement",
    "trancheEffectifsEtablissement",
    "codeCommuneEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "dateDebut",
    "dateFin",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "statutDiffusionUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "sigleUniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "categorieJuridiqueUniteLegale",
    "economieSocialeSolidaireUniteLegale",
)


def collect_establishments(
    web: Web,
    scope: Scope,
    depot: Depot,
    progress: Progress,
    *,
    naf: Sequence[str] = (),
    ess_only: bool = False,
    day: str = "",
) -> None:
    """Write :data:`FILE`, the active establishments of the territory's communes.

    ``naf``: codes or prefixes of activities (``N``, ``81``, ``81.21Z``). ``day`` (ISO): only used
    when the service does not understand « the period that has no end »; today by default.
    Raises :class:`SourceError` when the rows received are not those told.
    """
    asking = Asking(web, SERVICE)
    day = day or iso_day(web.clock.now())
    search = _Search(asking, progress, NafFilter(naf), ess_only, day)
    groups = list(fitting(with_arrondissements(scope.territory), lambda _: 1, _COMMUNES))
    found: dict[str, dict[str, str]] = {}
    for group, search.progress in each(groups, progress):
        for item in search.items(group):
            row = row_of(item)
            if row and row["codeCommuneEtablissement"] in group and search.keeps(row):
                found[row["siret"]] = row
    if not found:
        progress.warn(
            "{service} has no active establishment that matches in this territory.",
            service=asking.service.title,
        )
    note = "activités choisies" if naf else ""
    note = ", ".join(part for part in (note, "ESS seulement" if ess_only else "") if part)
    depot.table(
        FILE, as_table(found.values()), asking.source(FAMILY, vintage=asking.day, note=note)
    )


def row_of(item: dict[str, Any]) -> dict[str, str] | None:
    """An establishment of the API as a row of the stock; None when it is closed.

    Periods may come in any order: the current one has no end.
    """
    period = _current(item.get("periodesEtablissement") or [])
    if period is None or period.get("etatAdministratifEtablissement") != "A":
        return None
    unit, place = item.get("uniteLegale") or {}, item.get("adresseEtablissement") or {}
    row = {name: clean(value) for name, value in {**item, **unit, **place, **period}.items()}
    code = row.get("codeCommuneEtablissement", "")
    x, y = ("coordonneeLambertAbscisseEtablissement", "coordonneeLambertOrdonneeEtablissement")
    row[x], row[y] = metres(row.get(x), row.get(y), code)
    if row.get("nomenclatureActivitePrincipaleEtablissement") != _NAF:
        row["activitePrincipaleEtablissement"] = ""  # same shape of code, other meaning
    if is_person(row.get("categorieJuridiqueUniteLegale", "")):
        names = [row.get("nomUniteLegale", ""), row.get("nomUsageUniteLegale", "")]
        for sign in ("enseigne1Etablissement", "enseigne2Etablissement"):
            if carries(row.get(sign, ""), names):
                row[sign] = ""
    return sealed(row)


def _current(periods: list[dict[str, Any]]) -> dict[str, Any] | None:
    open_ones = [period for period in periods if not period.get("dateFin")]
    return max(open_ones, key=lambda period: str(period.get("dateDebut") or ""), default=None)


@dataclass(frozen=True)
class _Form:
    """A way to write the question; the second and the third are for a service that refuses it.

    ``grouped``: ``code:(a OR b)`` in place of ``(code:a OR code:b)``. ``narrow``: with the
    activities, the current period said without a date, and the list of fields.
    """

    grouped: bool
    narrow: bool


_FORMS = (_Form(True, True), _Form(False, True), _Form(False, False))


class _Search:
    """Questions about groups of communes, written in the first form that the service accepts."""

    def __init__(
        self, asking: Asking, progress: Progress, naf: NafFilter, ess_only: bool, day: str
    ) -> None:
        self.asking = asking
        self.progress = progress
        self._naf = naf
        self._ess_only = ess_only
        self._day = day
        self._forms = list(_FORMS)

    def keeps(self, row: dict[str, str]) -> bool:
        """Whether a row is of the activities and of the ESS asked for."""
        return self._naf.keeps(row["activitePrincipaleEtablissement"]) and (
            not self._ess_only or row["economieSocialeSolidaireUniteLegale"] == "O"
        )

    def items(self, codes: Sequence[str]) -> list[dict[str, Any]]:
        """Every establishment that the service has for these communes."""
        while True:
            try:
                return self._whole(self._question(codes, self._forms[0]))
            except ServiceError as error:
                if error.status != 400 or len(self._forms) == 1:
                    raise
                self.progress.say("{reason} Asked in another form.", reason=error.words())
                self._forms.pop(0)

    def _question(self, codes: Sequence[str], form: _Form) -> dict[str, object]:
        name = "codeCommuneEtablissement"
        places = (
            f"{name}:({' OR '.join(codes)})"
            if form.grouped
            else f"({' OR '.join(f'{name}:{code}' for code in codes)})"
        )
        period = "etatAdministratifEtablissement:A"
        if form.narrow:
            period += " AND -dateFin:*"
            if self._naf.prefixes:
                classes = (_pattern(prefix) for prefix in self._naf.prefixes)
                names = (f"activitePrincipaleEtablissement:{text}" for text in classes)
                period += f" AND ({' OR '.join(names)})"
        query = f"{places} AND periode({period})"
        if self._ess_only:
            query += " AND economieSocialeSolidaireUniteLegale:O"
        return {
            "q": query,
            "nombre": PAGE,
            "masquerValeursNulles": True,
            "date": None if form.narrow else self._day,
            "champs": ",".join(_FIELDS) if form.narrow else None,
        }

    def _whole(self, question: dict[str, object]) -> list[dict[str, Any]]:
        """The list of a question; read again when it does not add up, then refused."""
        received, told = 0, 0
        for reading in range(1, _READINGS + 1):
            items, told = self._chain(question, "" if reading == 1 else f"reading {reading}")
            received = len(items)
            if received == told:
                return [items[siret] for siret in sorted(items)]
        raise SourceError(
            "{service} announces {told} establishments and gives {received}: the list would be incomplete. Run again later, or take the Sirène stock file.",
            service=self.asking.service.title,
            received=received,
            told=told,
        )

    def _chain(
        self, question: dict[str, object], vintage: str
    ) -> tuple[dict[str, dict[str, Any]], int]:
        """Rows by SIRET along the cursor, and the total that the last page tells."""
        items: dict[str, dict[str, Any]] = {}
        cursor, told = "*", 0
        while True:
            self.progress.check()
            answer = self.asking.json(_request({**question, "curseur": cursor}, vintage), _refusal)
            header, before = answer["header"], len(items)
            told = int(header.get("total") or 0)
            if cursor == "*" and told > PAGE:
                self._announce(told)
            items.update((item["siret"], item) for item in answer.get("etablissements") or [])
            self.progress.set(min(len(items) / told, 1.0) if told else 1.0)
            following = header.get("curseurSuivant")
            if not following or following == cursor or len(items) == before:
                return items, told
            cursor = following

    def _announce(self, told: int) -> None:
        requests = math.ceil(told / PAGE) + 1
        self.progress.say(
            "{service}: {count} establishments to read in {requests} requests, about {minutes} min.",
            service=self.asking.service.title,
            count=told,
            requests=requests,
            minutes=max(round(requests / self.asking.service.rate / 60), 1),
        )


def _pattern(prefix: str) -> str:
    """A prefix of activity without its dot as the service reads it: ``8121Z``, ``812`` → ``81.2*``."""
    text = f"{prefix[:2]}.{prefix[2:]}"
    return text if len(prefix) == 5 else f"{text}*"


def _request(values: dict[str, object], vintage: str) -> Request:
    """A question in the address, or in the body when it is long; 404 means that nothing matches."""
    if len(str(values["q"])) > _LONGEST:
        return Request.form(SERVICE, "siret", values, accept=(404,), vintage=vintage)
    return Request.get(SERVICE, "siret", values, accept=(404,), vintage=vintage)


def _refusal(answer: Any) -> str | None:
    """What the service says against the question; a page shorter than it tells is asked again."""
    header = answer.get("header") if isinstance(answer, dict) else None
    if not isinstance(header, dict):
        said = answer.get("message") if isinstance(answer, dict) else None
        return str(said or "no header in the answer")
    status = header.get("statut")
    if status == 404:
        return None
    if status != 200:
        return str(header.get("message") or status)
    if len(answer.get("etablissements") or []) < int(header.get("nombre") or 0):
        raise TryAgain
    return None
