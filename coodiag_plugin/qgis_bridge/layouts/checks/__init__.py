"""Automatic checks of printed pages: what a cartographer would send back, before it is printed."""

from .fault import RULES, Fault, sentences
from .run import check_layouts

__all__ = ["RULES", "Fault", "check_layouts", "sentences"]
