"""Undertakings in the workshop."""

from django.contrib import admin

from partnerships.records.workshop import ChildAdmin, RecordAdmin, TermAdmin
from partnerships.undertakings.models import OWNERS, Activity, Dismissal, Evidence, Subject, Undertaking


class SubjectAdmin(TermAdmin):
    """Subjects with their ISCED-F code."""

    list_display = ["label", "code", "isced_code", "is_active"]
    search_fields = ["label", "code", "isced_code"]
    search_help_text = "Part of a label or of a code."


@admin.register(Undertaking)
class UndertakingAdmin(RecordAdmin):
    """Undertakings and what each belongs to."""

    list_display = ["wording", "standing", "belonging", "owner", "due_on"]
    list_filter = ["standing", "activities", "visibility"]
    list_select_related = [*OWNERS, "partnership__home", "partnership__partner", "owner"]
    autocomplete_fields = [*OWNERS, "activities", "subjects", "by", "owner"]


admin.site.register(Activity, TermAdmin)
admin.site.register(Subject, SubjectAdmin)


@admin.register(Evidence, Dismissal)
class JudgementAdmin(ChildAdmin):
    """What shows that an undertaking came to something, or nothing of it; notes are judged on its page."""

    exclude = ["note"]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.autocomplete_fields.remove("note")
