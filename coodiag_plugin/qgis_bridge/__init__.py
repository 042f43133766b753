"""The only QGIS code below the algorithms."""
