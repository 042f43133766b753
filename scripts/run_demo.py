"""Generate the demonstration and run ``coodiag:diagnostic`` on it through ``qgis_process``."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import alias

alias.load()
from coodiag.coodiag_plugin.demo.generate import generate  # noqa: E402

BUILD = alias.ROOT / "build"


def main() -> int:
    started = time.monotonic()
    data = BUILD / "demo-donnees"
    print("Données fictives de démonstration…", flush=True)
    paths = generate(data)
    inputs = {
        "TERRITORY": paths.territory,
        "STRUCTURE": "Association Exemple (fictive)",
        "PROFILE": "coodiag",
        "SITES": str(paths.sites),
        "CLIENTS": str(paths.clients),
        "BENEFICIARIES": str(paths.beneficiaries),
        "DATA_FOLDER": str(paths.data_folder),
        "OUTPUT_FOLDER": str(BUILD / "demo"),
    }
    print("Diagnostic…", flush=True)
    run = subprocess.run(
        ["qgis_process", "--json", "run", "coodiag:diagnostic", "-"],
        input=json.dumps({"inputs": inputs}),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.stderr.write(run.stdout + run.stderr)
        return run.returncode
    results = json.loads(run.stdout)["results"]
    print(f"Terminé en {time.monotonic() - started:.0f} s.")
    print(f"  atlas    {results['ATLAS']} ({results['PAGES']} pages)")
    print(f"  projet   {results['PROJECT']}")
    print(f"  journal  {Path(results['DOSSIER']) / 'journal.txt'}")
    for role, label in (("CLIENTS", "clients"), ("BENEFICIARIES", "bénéficiaires")):
        print(f"  {label} : {results[role + '_IN']} lus, {results[role + '_LOCATED']} localisés")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
