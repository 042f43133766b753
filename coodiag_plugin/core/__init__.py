"""Codes, values, errors, provenance and privacy rules. Standard library only."""
