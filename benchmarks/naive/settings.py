"""The registry's settings over the same models, with one page and none of what it has around its own."""

from otnregistry.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.naive.urls"
MIDDLEWARE: list[str] = []
