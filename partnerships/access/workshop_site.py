"""The workshop: Django's admin, for whoever has the admin role."""

from django.contrib.admin import AdminSite

from partnerships.access.models import Record
from partnerships.access.roles import Role, role_of
from partnerships.values.terms import Term

PURPOSES = ("Accounts", "Records", "Vocabularies", "What hangs on records", "What the register keeps by itself")


class Workshop(AdminSite):
    """Every table of the register, and the accounts; the role alone opens it."""

    site_title = "Accord"
    site_header = "Accord workshop"
    index_title = "Workshop"
    empty_value_display = "empty"

    def has_permission(self, request) -> bool:
        """An admin may enter; “staff status” of an account says nothing here."""
        return role_of(request.user) >= Role.ADMIN

    def get_app_list(self, request, app_label=None):
        """The tables by what they are for, in place of one list of them all."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        return [{**app, "name": name, "models": models} for app in apps for name, models in by_purpose(app)]


def by_purpose(app: dict) -> list[tuple[str, list[dict]]]:
    """The tables of an app under the heading of what each is for; headings without a table are left out."""
    groups: dict[str, list[dict]] = {name: [] for name in PURPOSES}
    for table in app["models"]:
        groups[purpose_of(table["model"])].append(table)
    return [(name, tables) for name, tables in groups.items() if tables]


def purpose_of(model) -> str:
    """What a table is for."""
    if model._meta.app_label == "auth":
        return PURPOSES[0]
    for base, purpose in ((Record, PURPOSES[1]), (Term, PURPOSES[2])):
        if issubclass(model, base):
            return purpose
    hangs = getattr(model, "belongs_to", "") or getattr(model, "belongs_to_link", False)
    return PURPOSES[3 if hangs and getattr(model, "remembered", True) else 4]
