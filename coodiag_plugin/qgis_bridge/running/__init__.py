"""Algorithms run for a window: in a process of their own, in this one, or inside an errand."""

#: The algorithm that the wizard, the tables of structures and the reviews are about, by its id.
DIAGNOSTIC = "coodiag:diagnostic"
