"""Which tables are remembered, and what the triggers must know of each; read from the models.

A model of the register is tracked unless it says `remembered = False`. It may say
- `belongs_to = "agreement"`: the foreign key to the record that owns its rows; of a tuple, the first that is filled;
- `belongs_to_link = True`: the owner is any record, named by the columns `record_kind` and `record_id`;
- `bumps_record = False`: what happens to its rows stands in the record's history and leaves its version alone;
- `append_only = True`: its rows are added once, and the database refuses to change or delete them, but for erasing;
- `unremembered = ("search_key",)`: columns that are derived, whose change alone is no change.
Bounds of honest dates, generated columns and `version` are derived too. Rows of an automatic many-to-many table belong
to the record whose model declares the field. Owners may be owned in turn: the record is the last in the line.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Field, ManyToManyField, Model

from partnerships.values.fields import BoundColumn

APP = "partnerships"
UNREMEMBERED_OF_USERS = ("password", "last_login")
SPECIAL_JSON = {"BooleanField": "boolean", "DateTimeField": "moment", "JSONField": "json", "BinaryField": "bytes"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and how its JSON is written where the engine has no type of its own for it."""

    name: str
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class Owner:
    """The record that a child row's `column` points at, and who owns that in turn.

    Where the row names its owner by a kind and an id, `when` holds the column of the kind, and the kind.
    """

    column: str
    kind: str
    table: str
    pk: str
    versioned: bool
    owners: tuple["Owner", ...] = ()
    when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A tracked table. `omitted` columns are never stored; `derived` ones make no change of their own."""

    kind: str
    name: str
    pk: str
    columns: tuple[Column, ...]
    omitted: tuple[str, ...]
    derived: tuple[str, ...]
    versioned: bool
    owners: tuple[Owner, ...]

    @property
    def told(self) -> tuple[Column, ...]:
        """The columns whose change is a change."""
        return tuple(column for column in self.columns if column.name not in self.derived)

    @property
    def links(self) -> tuple[str, ...]:
        """The columns that say who owns a row."""
        columns = [name for owner in self.owners for name in (owner.column, *(owner.when or ())[:1])]
        return tuple(dict.fromkeys(columns))

    def plan(self) -> dict:
        """What PostgreSQL's one trigger function is told of this table."""
        names = ("kind", "pk", "omitted", "derived", "versioned", "owners")
        told = {name: value for name, value in asdict(self).items() if name in names}
        return {**told, "links": self.links}


def tracked_models() -> list[type[Model]]:
    """Every model whose rows are remembered, automatic many-to-many tables included."""
    user = get_user_model()
    models = [*apps.get_app_config(APP).get_models(include_auto_created=True), user, user.groups.through]
    unique = dict.fromkeys(model for model in models if _is_remembered(model))
    kinds = [str(model._meta.model_name) for model in unique]
    if doubled := {kind for kind in kinds if kinds.count(kind) > 1}:
        raise ImproperlyConfigured(f"Two remembered models have one name: {', '.join(sorted(doubled))}.")
    return list(unique)


def models_by_kind() -> dict[str, type[Model]]:
    """The tracked models by the name that changes call them."""
    return {str(model._meta.model_name): model for model in tracked_models()}


def tracked_tables() -> list[Table]:
    """All tracked tables as the models describe them."""
    return [_table(model) for model in tracked_models()]


def append_only_tables() -> dict[str, str]:
    """The tables whose rows are added once, with the words in which the database refuses to change them."""
    return {
        str(model._meta.db_table): f"{model._meta.verbose_name_plural} are kept as they were made"
        for model in tracked_models()
        if getattr(model, "append_only", False)
    }


def derived_fields(model: type[Model]) -> Iterator[Field]:
    """The fields of a model that follow from others, or count its changes."""
    named = getattr(model, "unremembered", ())
    for field in model._meta.local_concrete_fields:
        is_derived = isinstance(field, BoundColumn) or getattr(field, "generated", False)
        if is_derived or field.name == "version" or field.name in named or field.column in named:
            yield field


def declared_by(through: type[Model]) -> ManyToManyField | None:
    """The many-to-many field that an automatic table serves; None for any other model."""
    source: Any = through._meta.auto_created
    if not source:
        return None
    return next(field for field in source._meta.local_many_to_many if field.remote_field.through is through)


def _is_remembered(model: type[Model]) -> bool:
    options = model._meta
    return options.managed and not options.proxy and getattr(model, "remembered", True)


def _table(model: type[Model]) -> Table:
    options: Any = model._meta
    is_user = model is get_user_model()
    omitted = UNREMEMBERED_OF_USERS if is_user else ()
    fields = [field for field in options.local_concrete_fields if field.name not in omitted]
    return Table(
        kind=str(options.model_name),
        name=options.db_table,
        pk=options.pk.column,
        columns=tuple(Column(field.column, SPECIAL_JSON.get(field.get_internal_type(), "plain")) for field in fields),
        omitted=omitted,
        derived=tuple(str(field.column) for field in derived_fields(model)),
        versioned=_is_versioned(model),
        owners=_owners(model, (model,)),
    )


def _owners(model: type[Model], seen: tuple[type[Model], ...]) -> tuple[Owner, ...]:
    """The owners a row may have, in the order they are asked; a circle ends where it closes."""
    if getattr(model, "belongs_to_link", False):
        owners = (
            _owner("record_id", other, (), ("record_kind", str(other._meta.model_name)))
            for other in tracked_models()
            if _is_versioned(other) and not getattr(other, "belongs_to_link", False)
        )
    else:
        fields: list[Any] = [model._meta.get_field(name) for name in _owner_names(model)]
        owners = (
            _owner(field.column, field.related_model, _owners(field.related_model, (*seen, field.related_model)))
            for field in fields
            if field.related_model not in seen
        )
    bumps = getattr(model, "bumps_record", True)
    return tuple(owner if bumps else replace(owner, versioned=False) for owner in owners)


def _owner(column: str, model: type[Model], above: tuple[Owner, ...], when: tuple[str, str] | None = None) -> Owner:
    named: Any = model._meta
    return Owner(column, named.model_name, named.db_table, named.pk.column, _is_versioned(model), above, when)


def _owner_names(model: type[Model]) -> tuple[str, ...]:
    if field := declared_by(model):
        return (field.m2m_field_name(),)
    names = getattr(model, "belongs_to", ())
    return (names,) if isinstance(names, str) else tuple(names)


def _is_versioned(model: type[Model]) -> bool:
    return any(field.name == "version" for field in model._meta.local_concrete_fields)
