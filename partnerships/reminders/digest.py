"""One letter a day to each person of whom something is due; nobody is written to about nothing."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.utils import timezone

from partnerships.access.models import preferences_of
from partnerships.access.roles import Role, role_of
from partnerships.letters.actions import post
from partnerships.letters.models import Letter
from partnerships.records.pages import Look
from partnerships.reminders.parts import KEY, Section, address
from partnerships.reminders.sources import SOURCES
from partnerships.values.draw import plain


@dataclass
class Composed:
    """How many letters were written, and the accounts that need one and have no e-mail address."""

    written: int = 0
    without_address: list[str] = field(default_factory=list)


def compose(today: date) -> Composed:
    """Put today's letters into the outbox, in place of older ones not sent yet; whoever has today's gets no other."""
    done = Composed()
    written = set(Letter.objects.filter(key__startswith=key(today, "")).values_list("key", flat=True))
    for user in readers():
        if key(today, user.pk) in written:
            continue
        sections = sections_for(Look(user, role_of(user), today))
        count = sum(len(one.lines) for one in sections)
        if count and not user.email:
            done.without_address.append(user.get_username())
        elif count:
            subject = f"Accord: {count} {'thing' if count == 1 else 'things'} to see to, {plain(today)}"
            latest = post(to=user, subject=subject, text=text_of(sections, today), key=key(today, user.pk))
            # After days without a mail server nobody gets more than one letter: today's holds what is still due.
            of_days_before = Letter.objects.unsent(timezone.now()).filter(to=user, key__startswith=KEY)
            of_days_before.exclude(pk=latest.pk).delete()
            done.written += 1
    return done


def key(today: date, user_id) -> str:
    """What makes a letter the one of its day and reader."""
    return f"{KEY}{today.isoformat()}:{user_id}"


def readers() -> list:
    """Everybody with an open account, a role, and no wish to be left alone."""
    users = get_user_model().objects.filter(is_active=True, groups__name__in=[role.title for role in Role])
    users = users.select_related("preferences").distinct().order_by("pk")
    return [one for one in users if preferences_of(one) is None or preferences_of(one).gets_letters]


def sections_for(look: Look) -> list[Section]:
    """What there is to say to somebody, as far as they may see it."""
    return [one for source in SOURCES if (one := source(look)).lines or one.besides]


def text_of(sections: list[Section], today: date) -> str:
    """The letter in plain text."""
    parts = [f"This is yours in Accord on {today:%A} {plain(today)}."]
    parts += ["\n".join([f"{one.title.upper()}", *one.lines, *one.besides]) for one in sections]
    parts.append(f"A letter comes only on days on which something is due. To have none:\n{address('/account/')}")
    return "\n\n".join(parts)
