"""What the network of this machine asks: plain values, filled by the bridge from QGIS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

from ...core.version import homepage, version


def user_agent() -> str:
    """``Coodiag/<version> (+homepage)``, as the services ask."""
    return f"Coodiag/{version()} (+{homepage()})"


@dataclass(frozen=True)
class NetworkSettings:
    """How to leave this machine.

    ``proxies``: as ``requests`` takes them (``https``, or ``https://host`` for one host; an empty
    address means direct). They may hold a password, as ``urls`` may, hence left out of ``repr``. ``verify``: True
    for the usual certificate authorities, or the path of a PEM file. Timeouts in seconds: to
    connect, without a byte (0: the one of the service), for a whole answer kept in memory.
    ``urls``: base URLs by service id.
    """

    proxies: Mapping[str, str] = field(default_factory=dict, repr=False)
    verify: Union[bool, str] = True
    user_agent: str = field(default_factory=user_agent)
    connect_timeout: float = 10.0
    read_timeout: float = 0.0
    answer_timeout: float = 300.0
    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
