"""Reviews in the workshop, where they are only read."""

from django.contrib import admin

from partnerships.reviews.models import Review
from partnerships.visits.admin import WrittenOnce


class KeptForGood(WrittenOnce):
    """What the database keeps as it was made."""

    def has_delete_permission(self, request, obj=None) -> bool:
        """It stays."""
        return False


admin.site.register(Review, KeptForGood)
