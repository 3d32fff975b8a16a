"""Accounts with their roles, and the catalogue, in the workshop."""

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth import admin as accounts
from django.contrib.auth.models import Group, User

from partnerships.access.models import Entry

# The four groups are the four roles: nobody adds another, and none is renamed.
admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(accounts.UserAdmin):
    """Accounts; a role is a group, and takes the place of single permissions."""

    list_display = ["username", "first_name", "last_name", "email", "roles", "is_active"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    show_full_result_count = False
    actions = ["remove_second_factor"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        ("What they may do", {"fields": ["is_active", "is_staff", "groups"]}),
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

    @admin.display(description="roles")
    def roles(self, account) -> str:
        """The roles in a line."""
        return ", ".join(group.name for group in account.groups.all())


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The catalogue, to look into: it is written by the register, never by hand."""

    list_display = ["title", "second", "kind", "record_id", "visibility"]
    list_filter = ["kind", "visibility"]
    search_fields = ["names_key"]
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        """Its lines come from records."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Change the record instead."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Delete the record instead."""
        return False
