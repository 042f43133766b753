"""Windows: what a session or a run is asked, and what is shown of it. They import QGIS alone."""
