"""Controlled vocabularies that an office may edit: a code that is in use is retired, never deleted."""

from django.db import models

from .columns import LineField


class ByCode(models.Manager):
    """Finds a term by its code, as fixtures name it."""

    def get_by_natural_key(self, code: str):
        """Return the term with this code, or raise DoesNotExist."""
        return self.get(code=code)


class Term(models.Model):
    """One entry of a vocabulary."""

    code = models.SlugField(max_length=60, unique=True)
    label = LineField(max_length=120)
    definition = LineField(max_length=400, blank=True)
    source = LineField(max_length=200, blank=True)
    is_active = models.BooleanField("in use", default=True)

    objects = ByCode()

    class Meta:
        abstract = True
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        """The code, which fixtures use in place of an id."""
        return (self.code,)
