"""Python packages that calculations need and that some QGIS packages leave out."""

from __future__ import annotations

from importlib.util import find_spec

from ..core.errors import DependencyError
from ..core.words import N_

_ADVICE = N_(
    "The Python package {package} is missing from this QGIS. Debian/Ubuntu: sudo apt install "
    "python3-{package}. Windows (OSGeo4W): run the OSGeo4W setup and choose python3-{package}. "
    "macOS: install the official QGIS package again. Flatpak: python3 -m pip install --user "
    "{package} inside the sandbox. Then start QGIS again."
)


def require(*packages: str) -> None:
    """Raise a :class:`DependencyError` with the way to get the first package that is missing."""
    for package in packages:
        if find_spec(package) is None:
            raise DependencyError(_ADVICE, package=package)
