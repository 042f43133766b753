"""Address cleaning, offline BAN index, matching and reconciliation. No QGIS."""
