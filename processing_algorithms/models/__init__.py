"""Ready models: chains of algorithms as files that the Model Designer opens (``*.model3``).

``definitions.py`` says what is in each, ``scripts/models.py`` writes the files from it, and
``model.py`` shows them in the toolbox in the language of QGIS.
"""
