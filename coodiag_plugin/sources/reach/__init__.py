"""Isochrone services: polygons of reach computed elsewhere, by a service that the user chose."""
