"""The app that is the register."""

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate


def make_cache_table(*, using: str, **kwargs) -> None:
    """The table in which all processes of the service count failed sign-ins together."""
    call_command("createcachetable", database=using, verbosity=0)


class PartnershipsConfig(AppConfig):
    """Wires the floors together once all models are known."""

    name = "partnerships"
    verbose_name = "Register"

    def ready(self) -> None:
        """Set the database's own rules after each migration, and keep the catalogue in step with every change."""
        from partnerships import register  # noqa: F401 - declares every kind of record
        from partnerships.agreements import constraints
        from partnerships.memory import on_changes, triggers
        from partnerships.organisations import actions
        from partnerships.records import catalogue
        from partnerships.visits.actions import follow_dates

        pre_migrate.connect(triggers.before_migrating, sender=self)
        pre_migrate.connect(constraints.before_migrating, sender=self)
        post_migrate.connect(triggers.after_migrating, sender=self)
        post_migrate.connect(constraints.after_migrating, sender=self)
        post_migrate.connect(make_cache_table, sender=self)
        on_changes(actions.follow_names)
        on_changes(follow_dates)
        on_changes(catalogue.refresh)
