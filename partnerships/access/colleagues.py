"""Who among the accounts may do what a role may: whom one can ask, name or hand something to."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from partnerships.access.roles import Role


def colleagues(least: Role = Role.STAFF) -> QuerySet:
    """The active accounts with a role, or a higher one, by user name."""
    roles = [role.title for role in Role if role >= least]
    return get_user_model().objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")


def may_be_named(chosen: int | None = None) -> QuerySet:
    """The accounts that may be named as who sees to something: colleagues, and whoever was `chosen` before."""
    named = Q(pk__in=colleagues().order_by().values("pk")) | Q(pk=chosen)
    return get_user_model().objects.filter(named).order_by("username")


def not_a_colleague(label: str) -> str:
    """Why somebody can't be named in a field that is called so."""
    return f"{label}: choose somebody who may edit, of the staff or above. Whoever only reads can’t be named here."
