"""What somebody says of a record that may show that a line of cooperation came to something; each can be taken back."""

from django.db import transaction
from django.db.models import Model

from partnerships.undertakings.models import Dismissal, Evidence, Undertaking


@transaction.atomic
def link(*, line: Undertaking, of: str, record: Model) -> None:
    """The record, which is one of the kind `of` names, shows something of the line; a dismissal of it is over."""
    about = {"undertaking": line, of: record}
    Dismissal.objects.filter(**about).delete()
    if not Evidence.objects.filter(**about).exists():
        Evidence.objects.create(**about, order=line.shown_by.count() + 1)


@transaction.atomic
def unlink(*, line: Undertaking, of: str, record: Model) -> None:
    """The record is no evidence any more; it may be suggested again."""
    for one in Evidence.objects.filter(undertaking=line, **{of: record}):
        one.delete()


@transaction.atomic
def dismiss(*, line: Undertaking, of: str, record: Model) -> None:
    """The record shows nothing of the line, and isn't suggested for it again."""
    about = {"undertaking": line, of: record}
    if not Dismissal.objects.filter(**about).exists():
        Dismissal.objects.create(**about)


@transaction.atomic
def restore(*, line: Undertaking, of: str, record: Model) -> None:
    """The record may be suggested for the line again."""
    for one in Dismissal.objects.filter(undertaking=line, **{of: record}):
        one.delete()
