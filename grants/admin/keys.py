"""Keys of records as addresses and forms bring them: text that may be anything."""

from django.db import models

LONGEST = 19  # digits of the largest key that PostgreSQL can hold


def is_key(model: type[models.Model], text: str) -> bool:
    """Whether `text` can be the primary key of a record of `model` at all."""
    if not isinstance(model._meta.pk, models.IntegerField):
        return "\x00" not in text
    return text.isascii() and text.isdigit() and len(text) <= LONGEST
