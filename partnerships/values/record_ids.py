"""The id of any record, kept as a number beside the name of its kind."""

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models


class RecordId(models.BigIntegerField):
    """The id of the record that a row speaks of; fixtures write it as “kind:handle”."""

    def to_python(self, value):
        """Resolve “kind:handle” to the id, or raise a ValidationError that names what is missing."""
        if isinstance(value, str) and ":" in value:
            kind, handle = value.split(":", 1)
            try:
                return apps.get_model("partnerships", kind).objects.get_by_natural_key(handle).pk
            except (LookupError, ObjectDoesNotExist) as missing:
                raise ValidationError(f"There is no {kind} with the handle “{handle}”.") from missing
        return super().to_python(value)

    def deconstruct(self):
        """Migrations see the ordinary column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs
