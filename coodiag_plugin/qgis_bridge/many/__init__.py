"""Diagnoses without a person at the screen: many structures in a row, one made again."""
