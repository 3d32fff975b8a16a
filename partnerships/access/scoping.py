"""The one place that decides which rows somebody may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.access.models import Entry
from partnerships.access.roles import Role, role_of


def scope(user, rows: QuerySet) -> QuerySet:
    """Narrow `rows` to what `user` may see; a record that is left out is as if it weren't there.

    A model says what its rows hang on: `visibility` of its own, `scoped_by` (names of foreign keys whose
    record must be visible too, or empty), or `scoped_by_link` (a kind and an id of any record).
    Models without any of these are open to everybody with a role.
    """
    return scope_to(role_of(user), rows)


def scope_to(role: Role, rows: QuerySet) -> QuerySet:
    """`scope` for a role: the rows a person of that role sees."""
    if role == Role.NOBODY:
        return rows.none()
    if role >= Role.MANAGER:
        return rows
    return rows.filter(visible(rows.model, role))


def visible(model, role: Role, at: str = "") -> Q:
    """The condition under which a row of `model` is seen by `role`; `at` is the path that leads to the row."""
    seen = Q()
    if hasattr(model, "visibility"):
        seen &= Q(**{f"{at}visibility__lte": role})
    for name in getattr(model, "scoped_by", ()):
        key = model._meta.get_field(name)
        open_to = visible(key.related_model, role, f"{at}{name}__")
        if open_to and key.null:
            open_to |= Q(**{f"{at}{name}__isnull": True})
        seen &= open_to
    if getattr(model, "scoped_by_link", False):
        kind, record_id = OuterRef(f"{at}record_kind"), OuterRef(f"{at}record_id")
        seen &= Q(Exists(Entry.objects.filter(kind=kind, record_id=record_id, visibility__lte=role)))
    return seen
