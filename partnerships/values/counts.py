"""A record may stand for one thing, for a number of them, or for an unknown number (product.md, rule 8)."""

from django.db import models


class StandsFor(models.TextChoices):
    """How many things one record stands for."""

    ONE = "one", "one"
    NUMBER = "number", "a number of them"
    UNKNOWN = "unknown", "several, number not stated"
