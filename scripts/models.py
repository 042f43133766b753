"""Write the ready models (``processing_algorithms/models/*.model3``) from their definitions.

Run it with the Python of QGIS. ``tests/qgis/test_models_ready.py`` fails when a file is not what the
definitions say.
"""

from __future__ import annotations

import os

os.environ["QT_HASH_SEED"] = "0"  # before Qt is loaded: the attributes always in one order
import alias

alias.load()
from coodiag.processing_algorithms.models.drawing import draw  # noqa: E402
from coodiag.processing_algorithms.models.model import FOLDER, MODELS  # noqa: E402
from coodiag.processing_algorithms.provider import CoodiagProvider  # noqa: E402
from qgis.core import QgsApplication  # noqa: E402


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], False)
    application.initQgis()
    provider = CoodiagProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    for name in MODELS:
        path = FOLDER / f"{name}.model3"
        if not draw(name).toFile(str(path)):
            raise OSError(f"{path} cannot be written")
        print(path)
    QgsApplication.processingRegistry().removeProvider(provider)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
