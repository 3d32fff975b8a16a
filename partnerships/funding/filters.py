"""By which conditions funding and projects are looked for.

A condition that reaches other rows asks only what the reader may see of them, so that nothing hidden can be guessed.
"""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.funding.models import Funding, Project, ProjectPartner, ProjectStatus, Stage
from partnerships.funding.totals import currencies_known
from partnerships.organisations.models import Organisation, Place
from partnerships.programmes.models import Programme
from partnerships.records.filters import Choice, Pick, RecordFilter, TermChoice, YesNo
from partnerships.values.currencies import CURRENCIES
from partnerships.values.money import parse_typed_amount
from partnerships.visits.models import Visit


class CurrencyField(forms.CharField):
    """The three letters of a currency in use."""

    def clean(self, value):
        """Return the code in capitals, or raise a ValidationError that says what is accepted."""
        code = super().clean(value).upper()
        if code and code not in CURRENCIES:
            raise forms.ValidationError(
                f"“{code[:12]}” is no currency in use. Write its three letters, such as GBP or CNY."
            )
        return code


class FigureField(forms.CharField):
    """A figure as people type it (2700000, 2,700,000 or 2.7m), without a currency."""

    def clean(self, value):
        """Return the Decimal or None, or raise a ValidationError that says what is accepted."""
        try:
            amount, currency = parse_typed_amount(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if currency:
            raise forms.ValidationError("Enter the figure alone; the currency has a condition of its own.")
        return amount


class Currency(django_filters.CharFilter):
    """Money in one currency."""

    field_class = CurrencyField


class Figure(django_filters.Filter):
    """One end of a span of amounts."""

    field_class = FigureField


class FundingFilter(RecordFilter):
    """Conditions on funding."""

    spans = {"date": ("given_on", "Date")}

    kind = TermChoice("kind", "fundingkind", "Kind", unknown="kind not recorded")
    stage = Choice("stage", Stage, "Stage", unknown="stage not recorded")
    home = TermChoice("home", "organisation", "Home", where="is_home", method="of_homes")
    organisation = Pick(Organisation, "Has to do with", method="given_or_received")
    also = Pick(Organisation, "And also with", method="given_or_received")
    funder = Pick(Organisation, "Funder", field_name="funder")
    recipient = Pick(Organisation, "Recipient", field_name="recipient")
    amount_known = YesNo("The amount is known", Q(amount__isnull=False))
    currency = Currency(field_name="currency", label="Currency")
    amount_from = Figure(field_name="amount", lookup_expr="gte", label="Amount from")
    amount_to = Figure(field_name="amount", lookup_expr="lte", label="Amount to")
    converted_to = django_filters.ChoiceFilter(
        choices=currencies_known, label="Totals also in", empty_label="as stated only", method="as_they_are"
    )
    agreement = Pick(Agreement, "Agreement", field_name="agreement")
    programme = Pick(Programme, "Programme", field_name="programme")
    project = Pick(Project, "Project", field_name="project")
    visit = Pick(Visit, "Visit", field_name="visit")

    class Meta:
        model = Funding
        fields: list[str] = []

    def get_form_class(self):
        """A form that also refuses a span of amounts that ends below its start."""

        class Conditions(super().get_form_class()):
            def clean(self):
                cleaned = super().clean()
                least, most = cleaned.get("amount_from"), cleaned.get("amount_to")
                if least is not None and most is not None and least > most:
                    self.add_error("amount_to", "The span ends below its start. Exchange the two amounts.")
                return cleaned

        return Conditions

    def as_they_are(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """All of them: only the totals are told in another currency as well."""
        return rows

    def of_homes(self, rows: QuerySet, name: str, homes: list[str]) -> QuerySet:
        """Money that one of our institutions has to do with, or that was confirmed at a visit of ours."""
        ours = Organisation.objects.filter(handle__in=homes)
        return rows.filter(Q(pk__in=rows.model.objects.of(ours).values("pk")) | Q(visit__home__in=ours))

    def given_or_received(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Money from or to an organisation, or to a project or programme in which it takes part."""
        return rows.of([one])


class ProjectFilter(RecordFilter):
    """Conditions on projects."""

    spans = {"starts": ("starts_on", "Starts")}

    home = TermChoice("home", "organisation", "Home", where="is_home", unknown="home not recorded")
    partner = Pick(Organisation, "Partner", method="with_partner")
    status = Choice("status", ProjectStatus, "Status", unknown="status not recorded")
    subject = TermChoice("subjects", "subject", "Subject", method="in_subjects")
    place = Pick(Place, "Carried out in", method="in_place")
    agreement = Pick(Agreement, "Established by the agreement", field_name="agreement")

    class Meta:
        model = Project
        fields: list[str] = []

    def with_partner(self, rows: QuerySet, name: str, one: Organisation) -> QuerySet:
        """Those in which an organisation takes part."""
        return rows.filter(pk__in=ProjectPartner.objects.filter(organisation=one).order_by().values("project"))

    def in_subjects(self, rows: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Those in one of the subjects."""
        return rows.filter(pk__in=Project.subjects.through.objects.filter(subject__code__in=codes).values("project"))

    def in_place(self, rows: QuerySet, name: str, place: Place) -> QuerySet:
        """Those that are carried out in a place or in any part of it."""
        inside = scope(self.request.user, Place.objects.filter(lineage__startswith=place.lineage)).order_by()
        return rows.filter(pk__in=Project.places.through.objects.filter(place__in=inside).values("project"))
