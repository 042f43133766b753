"""Indicators, references, classification, coverage, crossings. No QGIS."""
