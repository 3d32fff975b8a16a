"""The workshop: Django's admin, for whoever has the admin role."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig

from partnerships.access.roles import Role, role_of


class Workshop(AdminSite):
    """Every table of the register, and the accounts; the role alone opens it."""

    site_title = "Accord"
    site_header = "Accord workshop"
    index_title = "Workshop"

    def has_permission(self, request) -> bool:
        """An admin may enter; “staff status” of an account says nothing here."""
        return role_of(request.user) >= Role.ADMIN


class WorkshopConfig(AdminConfig):
    """Django's admin with this workshop in place of its own site."""

    default_site = "partnerships.access.workshop.Workshop"


# The tables that have no place in the workshop, by model or by app, and why.
LEFT_OUT = {
    "partnerships.Submission": "Tokens of forms that were sent once; the register writes and clears them itself.",
    "auth.Group": "The four groups are the four roles: nobody adds another, and none is renamed.",
    "auth.Permission": "Roles take the place of single permissions.",
    "admin.LogEntry": "The register's own memory takes its place, and nothing is written here.",
    "account": "Nobody signs in by an e-mail address; that of an account is kept with the account.",
    "mfa": "Second factors are secrets; an admin removes those of an account from the table of accounts.",
    "socialaccount": "Who signed in by which service; the service itself is set in the environment.",
    "partnerships.Preferences": "What somebody chose for their own screen, on the page of their own account.",
    "partnerships.Feed": "Whose calendars read the register, on the page of their own account.",
    "contenttypes": "Django's own list of models.",
    "sessions": "Who is signed in at the moment; an account that is deactivated is signed out by itself.",
    "django_tomselect": "No table at all.",
}
