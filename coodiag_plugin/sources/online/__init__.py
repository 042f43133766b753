"""Public services asked for a territory: each module fills a data folder with what one of them gives.

A service never feeds a calculation directly. Its answers become files of a data folder, in the
families that :mod:`sources.recognise` knows, with their source beside them; the run then reads
that folder as it reads one that the user filled. So an online run and a run on files are the
same run, and what was downloaded once serves offline.
"""
