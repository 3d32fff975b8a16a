"""People in the workshop."""

from django.contrib import admin

from partnerships.people.models import ContactPoint, Person, Post
from partnerships.records.workshop import ChildAdmin, ChildInline, RecordAdmin


class PostInline(ChildInline):
    """What a person is, and where."""

    model = Post
    autocomplete_fields = ["organisation"]


class ContactPointInline(ChildInline):
    """How a person is reached."""

    model = ContactPoint
    exclude = ["organisation"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """People with their posts and contact points."""

    ordering = ["family_name", "given_name", "name", "pk"]
    list_display = ["name", "family_name", "given_name", "native_name", "is_sensitive"]
    list_filter = ["is_sensitive", "visibility"]
    inlines = [PostInline, ContactPointInline]


admin.site.register([Post, ContactPoint], ChildAdmin)
