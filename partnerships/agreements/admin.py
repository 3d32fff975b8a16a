"""Agreements in the workshop."""

import hashlib

from django import forms
from django.contrib import admin

from partnerships.agreements.drafting import Unfillable, try_out
from partnerships.agreements.models import (
    Agreement,
    AgreementRelation,
    AgreementStep,
    AgreementType,
    DraftTemplate,
    Party,
    RefusedStep,
    ReminderInterval,
    StepAnswer,
    StepQuestion,
)
from partnerships.agreements.models.drafts import LARGEST_TEMPLATE
from partnerships.attachments.types import Unfit, type_of
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin, Table, TermAdmin


class PartyInline(ChildInline):
    """The sides of an agreement; the database refuses to commit fewer than two, so the form does so first."""

    model = Party
    autocomplete_fields = ["organisation", "signatory", "signed_place"]
    min_num = 2

    def get_formset(self, request, obj=None, **kwargs):
        """Count the parties before saving."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class RelationInline(ChildInline):
    """How it stands to other agreements."""

    model = AgreementRelation
    fk_name = "agreement"
    autocomplete_fields = ["to_agreement"]


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Agreements with their parties."""

    ordering = ["title", "pk"]
    list_display = ["title", "type", "signed_on_edtf", "ends_on_edtf", "owner"]
    list_filter = ["type", "step", "event"]
    list_select_related = ["type", "owner"]
    autocomplete_fields = ["type", "signed_place", "owner", "reviewer", "watchers"]
    inlines = [PartyInline, RelationInline]


class TemplateForm(forms.ModelForm):
    """A template with its file, which is filled once with sample values before it is kept."""

    file = forms.FileField(
        label="Word file",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".docx"}),
        help_text="A .docx of at most 2 MB. Places are named in double braces, such as {{ title }}, {{ purpose }}, "
        "{{ starts }}, {{ ends }}; rows repeat between {%tr for party in parties %} and {%tr endfor %}.",
    )

    class Meta:
        model = DraftTemplate
        fields = ["name", "type", "languages", "is_active", "file"]

    def clean_file(self):
        """The bytes of a Word file that can be filled; of a template that is there already it may stay away."""
        sent = self.cleaned_data["file"]
        if sent is None:
            if self.instance.pk is None:
                raise forms.ValidationError("Choose the Word file of the template.")
            return None
        content = sent.read(LARGEST_TEMPLATE + 1)
        try:
            if len(content) > LARGEST_TEMPLATE:
                raise Unfit("It is larger than 2 MB.")
            if type_of(sent.name, content).endings != ("docx",):
                raise Unfit("It is no Word file.")
            try_out(content)
        except (Unfit, Unfillable) as wrong:
            raise forms.ValidationError(f"“{sent.name[:80]}” was not kept. {wrong}") from wrong
        return content

    def save(self, commit=True):
        """Keep the bytes with what is said of them."""
        if content := self.cleaned_data["file"]:
            self.instance.content, self.instance.sha256 = content, hashlib.sha256(content).hexdigest()
        return super().save(commit)


@admin.register(DraftTemplate)
class DraftTemplateAdmin(Table):
    """Templates that drafts of agreements are made from."""

    form = TemplateForm
    list_display = ["name", "type", "languages", "is_active"]
    list_select_related = ["type"]
    autocomplete_fields = ["type"]
    readonly_fields = ["sha256"]

    def get_queryset(self, request):
        """Without their bytes."""
        return super().get_queryset(request).defer("content")


@admin.register(StepQuestion)
class StepQuestionAdmin(Table):
    """What is asked before a review is approved; a question that was answered is retired, never deleted."""

    list_display = ["words", "review", "type", "kind", "needs_yes", "order", "is_active"]
    list_filter = ["is_active", "review", "type"]
    list_select_related = ["type"]
    search_fields = ["words"]
    search_help_text = "Part of the question."
    autocomplete_fields = ["type"]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Of a question that was answered, untick “in use” instead."""
        return super().has_delete_permission(request, obj) and not (obj and obj.answers.exists())


class KeptForGood:
    """What was decided, and who tried: nobody adds, changes or deletes it here, and it goes with its agreement."""

    def has_add_permission(self, request, obj=None) -> bool:
        """Only by a step."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """It is read here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """It goes with the agreement only."""
        return False


class TakenAdmin(KeptForGood, ChildAdmin):
    """The steps of agreements."""


@admin.register(StepAnswer)
class StepAnswerAdmin(KeptForGood, Table):
    """The answers that were given with them."""

    list_display = ["words", "answer", "remark", "step"]
    list_filter = ["answer"]
    list_select_related = ["step"]
    autocomplete_fields = ["step", "question"]
    search_fields = ["words"]
    search_help_text = "Part of the question."


admin.site.register([AgreementStep, RefusedStep], TakenAdmin)


@admin.register(ReminderInterval)
class ReminderIntervalAdmin(Table):
    """How long before which day people are reminded of an agreement."""

    list_display = ["deadline", "days_before", "type"]
    list_filter = ["deadline"]
    list_select_related = ["type"]
    autocomplete_fields = ["type"]


admin.site.register(AgreementType, TermAdmin)
admin.site.register([Party, AgreementRelation], ChildAdmin)
