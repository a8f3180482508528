"""Neighbouring standards: the same selection of grants, as others read it."""

from .canada import CANADA
from .dialect import Dialect, LeftOut, left_out
from .files import dialect_file
from .scdl import SCDL
from .threesixty import THREE_SIXTY

DIALECTS: dict[str, Dialect] = {dialect.ending: dialect for dialect in (THREE_SIXTY, CANADA, SCDL)}

__all__ = ["DIALECTS", "Dialect", "LeftOut", "dialect_file", "left_out"]
