"""Pages of what comes after a visit: small acts, each once, and the part of its page that shows what came of it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.memory.submissions import new_token
from partnerships.records.acts import ActPage
from partnerships.records.columns import draw_record
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.undertakings.models import Evidence, Undertaking
from partnerships.values.dates import SUFFIXES
from partnerships.values.draw import plain
from partnerships.values.models import Gap
from partnerships.visits.afterwards import DoneForm, SignedForm
from partnerships.visits.filters import FollowUpState, state_of
from partnerships.visits.models import FollowUp, ThankYou, VisitAgreement, VisitAgreementKind
from partnerships.visits.records.became import draw_became, with_what_became
from partnerships.visits.records.chains import ChainPage
from partnerships.visits.records.follow_ups import FOLLOW_UPS, NO_DAY, NOBODY
from partnerships.visits.records.minutes import MinutesPage, WriteMinutesPage
from partnerships.visits.records.visits import VISITS


class DonePage(ActPage):
    """`/follow-ups/<id>/done/`."""

    kind, form = FOLLOW_UPS, DoneForm
    title, verb = "Say that it is done", "It is done"

    def refusal(self, request: HttpRequest, record, **more) -> str:
        """What is done stays as it was said."""
        return f"It was done already: {record.outcome or record.done_on}" if record.done_on else ""

    def made(self, request: HttpRequest, record, *given) -> DoneForm:
        """With today."""
        return DoneForm(*given, today=timezone.localdate(), number=record.pk)

    def told(self, record) -> list[tuple[str, str]]:
        """When it was due, and who sees to it."""
        return [("Due", plain(record.due_on) if record.due_on else NO_DAY), ("Owner", str(record.owner or NOBODY))]

    def act(self, request: HttpRequest, record, form) -> str:
        """Keep what was done."""
        form.save(record)
        return f"“{record}” is done."


class CheckPage(ActPage):
    """`/follow-ups/<id>/check/`: only who is to check it, and never who did it."""

    kind = FOLLOW_UPS
    title, verb = "Say that it was checked", "I checked it"

    def refusal(self, request: HttpRequest, record, **more) -> str:
        """Only what is done is checked, and once."""
        if not may_check(record, request.user):
            raise PermissionDenied("Only who is to check a follow-up, and does not own it, says that it was checked.")
        if not record.done_on:
            return "It is not done yet, so there is nothing to check."
        return "It was checked already." if record.checked_on else ""

    def told(self, record) -> list[tuple[str, str]]:
        """What was done, when and by whom."""
        done = [("What was done", record.outcome or "not said"), ("Done", plain(record.done_on))]
        return [*done, ("Owner", str(record.owner or NOBODY))]

    def act(self, request: HttpRequest, record, form) -> str:
        """Keep the day."""
        record.checked_on = timezone.localdate()
        record.save(update_fields=["checked_on"])
        return f"“{record}” is checked."


class OfVisit(ActPage):
    """An act about a visit, shown where its page tells what came after."""

    kind = VISITS

    def after(self, record) -> str:
        """The part of the visit's page."""
        return f"{record.get_absolute_url()}#afterwards"


class SentPage(OfVisit):
    """`/visits/<id>/thanks/<id>/sent/`."""

    title, verb = "Say that the thanks were sent", "They were sent today"

    def refusal(self, request: HttpRequest, record, **more) -> str:
        """Thanks are sent once."""
        rows = scope(request.user, ThankYou.objects.filter(visit=record, pk=more["thanks"]))
        self.thanks = rows.select_related("person", "organisation").first()
        if self.thanks is None:
            raise Http404("There is no such thank-you.")
        return f"{self.thanks} was thanked already." if self.thanks.sent_on else ""

    def told(self, record) -> list[tuple[str, str]]:
        """Whom, and for what."""
        return [("To", str(self.thanks)), ("For", self.thanks.for_what or "not said")]

    def act(self, request: HttpRequest, record, form) -> str:
        """Keep the day."""
        self.thanks.sent_on = timezone.localdate()
        self.thanks.save(update_fields=["sent_on"])
        return f"{self.thanks} was thanked."


class SignedPage(OfVisit):
    """`/visits/<id>/signed/`: an agreement was signed at this visit; its date is offered, never taken in silence."""

    form = SignedForm
    title, verb = "Signed at this visit", "Record the signing"

    def made(self, request: HttpRequest, record, *given) -> SignedForm:
        """With what the user may see."""
        return SignedForm(*given, user=request.user, visit=record)

    def told(self, record) -> list[tuple[str, str]]:
        """Why no date is offered, where none is."""
        when = record.happens_on
        words = f"{when.words}; no year is stated, so" if when.words else "not known, so"
        return [] if when.year_known else [("The visit", f"{words} the agreement’s own date stays as it is")]

    def act(self, request: HttpRequest, record, form) -> str:
        """Link the two; an agreement that was linked otherwise is from now on the one that was signed here."""
        agreement = form.cleaned_data["agreement"]
        last = record.agreements.count() + 1
        signed = {"kind": VisitAgreementKind.SIGNED}
        VisitAgreement.objects.update_or_create(
            visit=record, agreement=agreement, defaults=signed, create_defaults={**signed, "order": last}
        )
        if form.date_taken():
            agreement.save(update_fields=[f"signed_on{suffix}" for suffix in SUFFIXES])
            Gap.objects.filter(record_kind="agreement", record_id=agreement.pk, field="signed_on").delete()
            return f"“{agreement}” was signed at this visit, {agreement.signed_on.words}."
        return f"“{agreement}” was signed at this visit. Its date stays: {agreement.signed_on.words or 'not known'}."


class AfterwardsPage(PartPage):
    """`/visits/<id>/afterwards/`: what became of what was asked, what it shows, what is to be done, thanks, minutes."""

    template = "visits/afterwards.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """Everything that comes after, as far as the reader may see it; seven queries."""
        lines = with_what_became(look.seen(record.undertakings.select_related("by", "owner")), look)
        return {
            "lines": [(line, by_whom(line, look), draw_became(line, look.role)) for line in lines],
            "waiting": waiting(record, look),
            "shows": look.seen(Evidence.objects.filter(visit=record).select_related("undertaking")),
            "thanks": look.seen(record.thanks.select_related("person", "organisation", "owner")),
            "minutes": look.seen(record.minutes.select_related("written_by").defer("text")),
            "may_act": look.role >= Role.STAFF,
        }


def by_whom(line: Undertaking, look: Look) -> str:
    """Who asked or promised, or that it is withheld."""
    return draw_record(line.by, look.role) if line.by_id else ""


def waiting(visit, look: Look) -> list[FollowUp]:
    """What is still to be done or to be checked, with what the reader may do: say so in a short form, or check it."""
    still = Q(done_on__isnull=True) | Q(checker__isnull=False, checked_on__isnull=True)
    rows = list(look.seen(visit.follow_ups.filter(still).select_related("owner", "checker")))
    for one in rows:
        one.is_overdue = state_of(one, look.today) == FollowUpState.OVERDUE
        one.may_check = look.role >= Role.STAFF and may_check(one, look.user)
        if look.role >= Role.STAFF and not one.done_on:
            one.form, one.token = DoneForm(today=look.today, number=one.pk), new_token()
    return rows


def may_check(follow_up: FollowUp, user) -> bool:
    """Whether this is the one who is to check it, and not who did it."""
    return follow_up.checker_id == user.pk != follow_up.owner_id


def afterwards_routes() -> list[URLPattern]:
    """The addresses of all of this, each with its rule."""
    return [
        route("visits/<bigid:pk>/afterwards/", AfterwardsPage.as_view(kind=VISITS), Role.VIEWER, "visit-afterwards"),
        route("visits/<bigid:pk>/chain/", ChainPage.as_view(kind=VISITS), Role.VIEWER, "visit-chain"),
        route("visits/<bigid:pk>/signed/", SignedPage.as_view(), Role.STAFF, "visit-signed"),
        route("visits/<bigid:pk>/thanks/<bigid:thanks>/sent/", SentPage.as_view(), Role.STAFF, "visit-thanks-sent"),
        route("visits/<bigid:pk>/minutes/", MinutesPage.as_view(), Role.VIEWER, "visit-minutes"),
        route("visits/<bigid:pk>/minutes/write/", WriteMinutesPage.as_view(), Role.STAFF, "visit-write-minutes"),
        route("visits/<bigid:pk>/minutes/<bigid:number>/", MinutesPage.as_view(), Role.VIEWER, "visit-minutes-version"),
        route("follow-ups/<bigid:pk>/done/", DonePage.as_view(), Role.STAFF, "followup-done"),
        route("follow-ups/<bigid:pk>/check/", CheckPage.as_view(), Role.STAFF, "followup-check"),
    ]
