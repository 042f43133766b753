"""The report context and the writers that render it. No QGIS."""
