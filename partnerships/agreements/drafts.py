"""The page on which a draft of an agreement is made: a file of the agreement, and the next version of the last."""

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.agreements.drafting import OWN, Unfillable, filled, values_of
from partnerships.agreements.models import Agreement, DraftTemplate
from partnerships.agreements.records import AGREEMENTS
from partnerships.attachments.models import Attachment, FileSort
from partnerships.attachments.records import AttachPage
from partnerships.attachments.types import LONGEST_NAME, type_of
from partnerships.values.forms import FieldsOnly

OURS = "Memorandum, English and Chinese side by side"
UNFIT_IN_A_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', " "))


class DraftForm(forms.Form):
    """From which template the draft is made."""

    template = forms.ChoiceField(
        label="Template", help_text="An admin keeps the office's own in the workshop. What isn't known stays a gap."
    )

    def __init__(self, *args, agreement: Agreement, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement, self.user = agreement, user
        fits = Q(type__isnull=True) | Q(type=agreement.type_id)
        self.offered = {str(one.pk): one for one in DraftTemplate.objects.filter(fits, is_active=True).defer("content")}
        self.fields["template"].choices = [*((pk, str(one)) for pk, one in self.offered.items()), ("own", OURS)]
        self.fields["template"].initial = self.fields["template"].choices[0][0]
        self.helper = FieldsOnly()

    def clean_template(self) -> str:
        """Fill the template; its bytes, name and type stand beside it from then on."""
        chosen = self.offered.get(self.cleaned_data["template"])
        template = bytes(chosen.content) if chosen else OWN.read_bytes()
        parties = self.agreement.parties.select_related("organisation__place", "signatory")
        areas = self.agreement.undertakings.all()
        shown = (scope(self.user, rows) for rows in (parties, areas))
        try:
            self.content = filled(template, values_of(self.agreement, *shown, timezone.localdate()))
        except Unfillable as wrong:
            raise forms.ValidationError(f"{wrong} Ask an admin to mend it in the workshop.") from wrong
        title = self.agreement.title.translate(UNFIT_IN_A_NAME).strip(". ")[: LONGEST_NAME - 12] or "agreement"
        self.file_name = f"{title}, draft.docx"
        self.type = type_of(self.file_name, self.content)
        self.description = f"Draft from “{chosen or OURS}”"
        self.language = chosen.languages[:40] if chosen else "English and Chinese"
        return self.cleaned_data["template"]


class DraftPage(AttachPage):
    """`/agreements/<id>/draft/`: a Word file to go on with, attached to the agreement; sent twice, it is made once."""

    template = "agreements/draft.html"

    def form(self, request: HttpRequest, record: Agreement, *given) -> DraftForm:
        """The choice of a template."""
        return DraftForm(*given[:1], agreement=record, user=request.user)

    def about(self, record: Agreement, form: DraftForm) -> dict:
        """A draft; after one from the same template its next version."""
        of_record = Attachment.objects.filter(record_kind=self.kind.name, record_id=record.pk)
        before = of_record.newest().filter(sort=FileSort.DRAFT, description=form.description).first()
        told = {"description": form.description, "language": form.language}
        return told | {"replaces": before, "sort": FileSort.DRAFT}


def draft_routes() -> list[URLPattern]:
    """Its address."""
    return [route("agreements/<bigid:pk>/draft/", DraftPage.as_view(kind=AGREEMENTS), Role.STAFF, "agreement-draft")]
