"""The report as one HTML file, without network: ``make_html(context, scenes, house)``."""

from .page import make_html as make_html
