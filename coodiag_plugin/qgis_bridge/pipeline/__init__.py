"""The one run: the functions of the single algorithms, in order, into one dossier."""
