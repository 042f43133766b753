"""What can be done with a row of a layer: open the public page of an organisation of the register.

Only for layers of the register or of places of organisations, never for clients, beneficiaries or
located addresses: nothing about a person leaves this machine, not even by a click.
"""

from __future__ import annotations

from qgis.core import Qgis, QgsAction, QgsVectorLayer

from ..core.words import N_
from .rules import quoted

#: The public page of each organisation, by its SIREN.
REGISTER = "https://annuaire-entreprises.data.gouv.fr"
REGISTER_TITLE = N_("Open the page of this organisation (Annuaire des entreprises)")
REGISTER_SHORT = N_("Public page")
_SIRET = "siret"
_NAMES = ("nom", "name")
#: Where QGIS offers it: the identify tool, the attribute table and its form, a click on the map.
_SCOPES = {"Feature", "Canvas", "Form"}


def open_register(layer: QgsVectorLayer, title: str, short: str) -> None:
    """Give a layer with ``siret`` and a name the action, as the one of a click on the map.

    The register gives natural persons no name: their row opens the register, not their page.
    """
    names = layer.fields().names()
    name = next((each for each in _NAMES if each in names), None)
    if _SIRET not in names or name is None:
        return
    known = f"regexp_match({quoted(_SIRET)}, '^[0-9]{{14}}$') AND trim(coalesce({quoted(name)}, '')) <> ''"
    address = f"if({known}, '{REGISTER}/entreprise/' || left({quoted(_SIRET)}, 9), '{REGISTER}')"
    action = QgsAction(
        Qgis.AttributeActionType.OpenUrl, title, f"[% {address} %]", "", False, short, _SCOPES
    )
    manager = layer.actions()
    for former in manager.actions():  # a style or a project may have brought it
        if REGISTER in former.command():
            manager.removeAction(former.id())
    manager.addAction(action)
    manager.setDefaultAction("Canvas", action.id())
