"""Readers of public files and services, and of the structure's own files. No QGIS."""
