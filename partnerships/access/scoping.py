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


def visible(model, role: Role) -> Q:
    """The condition under which a row of `model` is seen by `role`."""
    seen = Q()
    if hasattr(model, "visibility"):
        seen &= Q(visibility__lte=role)
    for name in getattr(model, "scoped_by", ()):
        key = model._meta.get_field(name)
        open_to = prefixed(visible(key.related_model, role), name)
        if open_to and key.null:
            open_to |= Q(**{f"{name}__isnull": True})
        seen &= open_to
    if getattr(model, "scoped_by_link", False):
        entry = Entry.objects.filter(
            kind=OuterRef("record_kind"), record_id=OuterRef("record_id"), visibility__lte=role
        )
        seen &= Q(Exists(entry))
    return seen


def prefixed(condition: Q, name: str) -> Q:
    """The same condition, seen through the relation `name`."""
    children = [
        prefixed(child, name)
        if isinstance(child, Q)
        else (f"{name}__{child[0]}", child[1])
        if isinstance(child, tuple)
        else child
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)
