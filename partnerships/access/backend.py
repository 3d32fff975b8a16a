"""Reads a user together with the role, and says what the admin role may do in the workshop."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Value, When

from partnerships.access.roles import Role, role_of
from partnerships.values.prepared import Given, prepared

WORKSHOP = {"partnerships", "auth"}
LONGEST_PASSWORD = 4096


@prepared
def users_of():
    """The user of an id, with the role's level and what else each page asks of a user."""
    level = Case(
        *(When(groups__name=role.title, then=Value(role.value)) for role in Role),
        default=Value(0),
        output_field=IntegerField(),
    )
    app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    users = get_user_model().objects.select_related("preferences").filter(pk=Given("pk"))
    return users.annotate(role_level=Max(level), has_second_factor=Exists(app))


class RoleBackend(AuthenticationBackend):
    """One query for user, role, preferences and second factor; the four roles take the place of single permissions."""

    def authenticate(self, request, **credentials):
        """Refuse a password that nobody can have before spending time on hashing it."""
        if len(credentials.get("password") or "") > LONGEST_PASSWORD:
            raise PermissionDenied("A password has at most 4,096 characters.")
        return super().authenticate(request, **credentials)

    def get_user(self, user_id):
        """Return the active user with `role_level` filled, or None; with what else each page asks of a user."""
        user = next(iter(users_of(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        """An admin may maintain every table of the register and the accounts."""
        return role_of(user_obj) >= Role.ADMIN and perm.split(".")[0] in WORKSHOP

    def has_module_perms(self, user_obj, app_label) -> bool:
        """An admin sees the register and the accounts in the workshop."""
        return role_of(user_obj) >= Role.ADMIN and app_label in WORKSHOP
