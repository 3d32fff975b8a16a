"""Django's admin as the register's workshop, and the tables that have no place in it."""

from django.contrib.admin.apps import AdminConfig


class WorkshopConfig(AdminConfig):
    """Django's admin with this workshop in place of its own site."""

    default_site = "partnerships.access.workshop_site.Workshop"


# The tables that have no place in the workshop, by model or by app, and why.
LEFT_OUT = {
    "partnerships.Submission": "Tokens of forms that were sent once; the register writes and clears them itself.",
    "partnerships.ReferenceYear": "The last number given in a year; the register counts it on itself.",
    "auth.Group": "The four groups are the four roles: nobody adds another, and none is renamed.",
    "auth.Permission": "Roles take the place of single permissions.",
    "admin.LogEntry": "The register's own memory takes its place, and nothing is written here.",
    "account": "Nobody signs in by an e-mail address; that of an account is kept with the account.",
    "mfa": "Second factors are secrets; an admin removes those of an account from the table of accounts.",
    "socialaccount": "Who signed in by which service; the service itself is set in the environment.",
    "partnerships.Preferences": "What somebody chose for their own screen, on the page of their own account.",
    "partnerships.Feed": "Whose calendars read the register, on the page of their own account.",
    "partnerships.Reading": "Drafts of texts that somebody is reading, which nobody else may see.",
    "contenttypes": "Django's own list of models.",
    "sessions": "Who is signed in at the moment; an account that is deactivated is signed out by itself.",
    "django_tomselect": "No table at all.",
}
