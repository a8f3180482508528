"""Neighbouring standards: their titles, and the column of ours that each means."""

from .canada import CANADA
from .dialect import Dialect
from .scdl import SCDL
from .threesixty import THREE_SIXTY

DIALECTS = (CANADA, THREE_SIXTY, SCDL)

__all__ = ["DIALECTS", "Dialect"]
