"""Writing letters into the outbox, and handing them to the mail server: each once, however often it is tried."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db.models import F
from django.utils import timezone

from partnerships.letters.models import LONGEST_LETTER, Letter

log = logging.getLogger(__name__)

# Far longer than a mail server is waited for, so that nobody takes a letter out of hands that still hold it.
LEASE = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=12)
AT_ONCE = 1000
Clock = Callable[[], datetime]


class Refused(Exception):
    """No further try can bring this letter to its reader."""


@dataclass
class Delivered:
    """What came of one round: letters sent, to be tried again, and given up."""

    sent: int = 0
    failed: int = 0
    refused: int = 0


def post(*, to, subject: str, text: str, key: str) -> Letter:
    """Put a letter into the outbox; one of the same key that lies there already stays as it is."""
    printable = "\n".join(in_a_line(line) for line in text.splitlines())
    words = {"to": to, "subject": in_a_line(subject)[:200], "text": printable[:LONGEST_LETTER]}
    return Letter.objects.get_or_create(key=key, defaults=words)[0]


def forget(now: datetime) -> int:
    """Delete letters that were sent, or given up, more than LETTERS_KEPT_DAYS ago; how many there were."""
    return Letter.objects.older_than(now - timedelta(days=settings.LETTERS_KEPT_DAYS)).delete()[0]


def deliver(clock: Clock = timezone.now) -> Delivered:
    """Hand over what waits; once the mail server can't be reached, the rest waits for the next round."""
    done = Delivered()
    mail = get_connection()
    for _ in range(AT_ONCE):
        letter = claimed(clock)
        if letter is None or not handed_over(letter, mail, clock, done):
            break
    return done


def claimed(clock: Clock) -> Letter | None:
    """The next letter that waits, now in our hands alone; None where none is left."""
    while True:
        now = clock()
        pk = Letter.objects.waiting(now).values_list("pk", flat=True).first()
        if pk is None:
            return None
        # The database looks again at the moment of writing: of two runners, one finds nothing to write.
        if Letter.objects.waiting(now).filter(pk=pk).update(claimed_until=now + LEASE, tries=F("tries") + 1):
            return Letter.objects.select_related("to").get(pk=pk)


def handed_over(letter: Letter, mail: BaseEmailBackend, clock: Clock, done: Delivered) -> bool:
    """Send one letter and write down what came of it; whether it makes sense to go on with the next."""
    try:
        send(letter, mail)
    except Refused as refused:
        done.refused += 1
        write(letter, next_try_at=None, last_error=told(refused))
        log.error("letter %s given up: %s", letter.pk, told(refused))
    except OSError as failed:  # whatever the network or the mail server says
        done.failed += 1
        write(letter, next_try_at=clock() + pause(letter.tries), last_error=told(failed))
        log.warning("letter %s not sent: %s", letter.pk, told(failed))
        return isinstance(failed, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    else:
        done.sent += 1
        write(letter, sent_at=clock(), next_try_at=None, last_error="")
    return True


def write(letter: Letter, **values) -> None:
    """Write down what came of a try, and let go of the letter."""
    Letter.objects.filter(pk=letter.pk, sent_at__isnull=True).update(claimed_until=None, **values)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: five minutes, then twice as long each time, at most half a day."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def send(letter: Letter, mail: BaseEmailBackend) -> None:
    """Hand one letter to the mail server; raises Refused, or what the connection raises."""
    if not letter.to.is_active:
        raise Refused("The account is closed.")
    try:
        validate_email(letter.to.email)
    except ValidationError as wrong:
        raise Refused("The account has no e-mail address that mail can go to.") from wrong
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    # The same for every try, so that a reader's mailbox knows one that comes again for the same.
    headers = {
        "Message-ID": f"<{sha256(letter.key.encode()).hexdigest()[:32]}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(letter.subject, letter.text, to=[letter.to.email], connection=mail, headers=headers)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):
            raise Refused(told(refused)) from refused
        raise
    except smtplib.SMTPDataError as refused:
        if refused.smtp_code >= 500:
            raise Refused(told(refused)) from refused
        raise
    except ValueError as wrong:  # Django's own word for a header of two lines
        raise Refused(told(wrong)) from wrong


def told(error: Exception) -> str:
    """What went wrong, as one line that a table can hold."""
    said = [str(error)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = [f"{code} {words.decode(errors='replace')}" for code, words in error.recipients.values()]
    return in_a_line("; ".join(said))[:300]


def in_a_line(text: str) -> str:
    """Text without line ends, or any other sign that a header must not hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
