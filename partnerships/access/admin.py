"""Accounts with their roles, and the catalogue, in the workshop."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as accounts
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.records.workshop import LONGEST_SEARCH, Table
from partnerships.records.workshop_lists import KindFilter
from partnerships.values.text import normalise

admin.site.unregister([User, Group])


class AccountForm(UserChangeForm):
    """An account; the register always keeps an admin who can sign in."""

    def clean(self):
        """Refuse to take the last admin away; the group is held, so that two admins can't do it to each other."""
        cleaned = super().clean()
        admins = Group.objects.select_for_update().filter(name=Role.ADMIN.title)
        stays = cleaned.get("is_active") and {one.pk for one in admins} & {one.pk for one in cleaned.get("groups", ())}
        others = User.objects.filter(is_active=True, groups__name=Role.ADMIN.title).exclude(pk=self.instance.pk)
        if not stays and self.was_admin() and not others.exists():
            raise forms.ValidationError(
                "This is the only admin who can sign in. Make somebody else an admin first, then save this again."
            )
        return cleaned

    def was_admin(self) -> bool:
        """Whether the account is an active admin as the register has it now."""
        return User.objects.filter(pk=self.instance.pk, is_active=True, groups__name=Role.ADMIN.title).exists()


@admin.register(User)
class AccountAdmin(Table, accounts.UserAdmin):
    """Accounts; a role is a group, and takes the place of single permissions."""

    form = AccountForm
    list_display = ["username", "first_name", "last_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    ordering = ["username"]
    search_help_text = "Part of a name or of an e-mail address."
    filter_horizontal: list[str] = []
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    readonly_fields = ["last_login", "date_joined"]
    actions = ["remove_second_factor"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        (
            "What they may do",
            {
                "fields": ["is_active", "groups"],
                "description": "An account is never deleted, since the history names it: untick “active” instead.",
            },
        ),
        ("When", {"fields": ["last_login", "date_joined"]}),
    ]

    def get_queryset(self, request):
        """With the groups that `roles` names."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.action(description="Remove the second factor of the marked accounts")
    def remove_second_factor(self, request, accounts) -> None:
        """Help whoever lost both app and recovery codes; where the role needs one, the next page asks to set it up."""
        removed = Authenticator.objects.filter(user__in=accounts)
        count = removed.values("user").distinct().count()
        removed.delete()
        messages.success(request, f"The second factor of {count} account{'' if count == 1 else 's'} is removed.")

    def has_delete_permission(self, request, obj=None) -> bool:
        """Untick “active” instead."""
        return False

    @admin.display(description="roles")
    def roles(self, account) -> str:
        """The roles in a line."""
        return ", ".join(group.name for group in account.groups.all())


class EntryKindFilter(KindFilter):
    """The kind of a line."""

    parameter_name = "kind"


@admin.register(Entry)
class EntryAdmin(Table):
    """The catalogue, to look into: it is written by the register, never by hand."""

    list_display = ["title", "second", "kind", "record_id", "visibility"]
    list_filter = [EntryKindFilter]
    search_fields = ["names_key"]
    search_help_text = "Part of a name."

    def get_search_results(self, request, queryset, search_term):
        """The lines whose names hold the words."""
        if not search_term.strip():
            return queryset, False
        key = normalise(search_term) if len(search_term) <= LONGEST_SEARCH else ""
        return (queryset.filter(names_key__contains=key) if key else queryset.none()), False

    def has_add_permission(self, request) -> bool:
        """Its lines come from records."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Change the record instead."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Delete the record instead."""
        return False
