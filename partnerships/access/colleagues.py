"""Who among the accounts may do what a role may: whom one can ask, name or hand something to."""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from partnerships.access.roles import Role


def colleagues(least: Role = Role.STAFF) -> QuerySet:
    """The active accounts with a role, or a higher one, by user name."""
    roles = [role.title for role in Role if role >= least]
    return get_user_model().objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")
