"""Road graph, isochrones, catchment, prospection: arrays in, arrays out. No QGIS."""
