"""`manage.py rebuild`: brings derived columns and the catalogue up to date, as after raw SQL."""

from django.apps import apps
from django.core.management import BaseCommand
from django.db import transaction

from partnerships.agreements.models import Agreement
from partnerships.agreements.notice import rebuild_notice
from partnerships.organisations.actions import write_native_names
from partnerships.organisations.models import Place
from partnerships.records import catalogue
from partnerships.values.fields import rebuild_dates
from partnerships.visits.actions import date_preparations


class Command(BaseCommand):
    """Rebuild what is derived."""

    help = "Bring date bounds, places, native names, due days, notice days and the search up to date."

    def handle(self, *args, **options) -> None:
        """Do everything in one transaction and say what changed."""
        with transaction.atomic():
            dates = sum(rebuild_dates(model) for model in apps.get_app_config("partnerships").get_models())
            for place in Place.objects.filter(parent__isnull=True):
                place.save()
            write_native_names()
            date_preparations()
            rebuild_notice(Agreement.objects.all())
            lines = catalogue.rebuild()
        self.stdout.write(f"{dates} rows with other dates; {lines} lines in the catalogue.")
