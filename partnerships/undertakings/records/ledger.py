"""Signs of life, line by line: the part of a record's page, and the small acts on what is suggested there.

Who opens it: whoever reviews an agreement, with its lines in hand, to see what became of each, and to say in one touch
that a record shows something of a line, or nothing. Each act can be taken back where it was done.
"""

from django.http import Http404, HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.memory.submissions import new_token
from partnerships.records.acts import ActPage
from partnerships.records.kinds import Kind, kind_of
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.undertakings.actions import dismiss, link, restore, unlink
from partnerships.undertakings.models import EVIDENCE_OF, Dismissal, Evidence
from partnerships.undertakings.records.candidates import Candidate, candidates_of, put_aside
from partnerships.undertakings.records.lines import UNDERTAKINGS
from partnerships.undertakings.records.signs import draw_what, draw_when, signs_of
from partnerships.visits.records.became import with_what_became

OWNERS = ("agreement", "partnership")  # the kinds whose pages have the part


class LedgerPage(PartPage):
    """`/<path>/<id>/signs/`: for each line what happened last, who sees to it, and what may show more."""

    template = "undertakings/ledger.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The lines with their signs and candidates; the same number of queries for one line and for thirty."""
        lines = with_what_became(look.seen(record.undertakings.select_related("owner")), look)
        may_act = look.role >= Role.STAFF
        suggested, dismissed = (candidates_of(lines, look), put_aside(lines, look)) if may_act else ({}, {})
        return {
            "lines": [
                {
                    "line": line,
                    "signs": [
                        (draw_what(one, look.role), draw_when(one.when, look.today), act(line, one.evidence, "unlink"))
                        for one in signs_of(line, look.today)
                    ],
                    "candidates": [offered(line, one) for one in suggested.get(line.pk, ())],
                    "dismissed": [(one, act(line, one, "restore")) for one in dismissed.get(line.pk, ())],
                }
                for line in lines
            ],
            "may_act": may_act,
            "shows": look.seen(Evidence.objects.filter(**{self.kind.name: record}).select_related("undertaking"))
            if self.kind.name in EVIDENCE_OF
            else (),
        }


def offered(line, one: Candidate) -> dict:
    """A candidate with its date drawn, and the two acts on it."""
    return {
        "one": one,
        "when": draw_when(one.when, timezone.localdate()) if one.when else "",
        "link": act(line, one, "link"),
        "dismiss": act(line, one, "dismiss"),
    }


def act(line, one: Evidence | Candidate | None, verb: str) -> tuple[str, str]:
    """The address of an act on a line and a record, and the token of its form; nothing for what isn't evidence."""
    if one is None:
        return "", ""
    pk = one.pk if isinstance(one, Candidate) else getattr(one, f"{one.of}_id")
    return f"{line.get_absolute_url()}evidence/{one.of}/{pk}/{verb}/", new_token()


class JudgePage(ActPage):
    """`/undertakings/<id>/evidence/<of>/<id>/<verb>/`: one act on a line and one record."""

    kind: Kind = UNDERTAKINGS
    act_of = staticmethod(link)
    told_of = ""

    def refusal(self, request: HttpRequest, record, **more) -> str:
        """Only a record that the user may see is judged."""
        if more["of"] not in EVIDENCE_OF:
            raise Http404("Nothing of this kind is evidence.")
        self.of = more["of"]
        model = Evidence._meta.get_field(self.of).related_model
        self.judged = scope(request.user, model.objects.filter(pk=more["number"])).first()
        if self.judged is None or self.judged == record:
            raise Http404("There is no such record.")
        return self.late({"undertaking": record, self.of: self.judged})

    def late(self, about: dict) -> str:
        """Why the act comes too late; "" where it doesn't."""
        return ""

    def act(self, request: HttpRequest, record, form) -> str:
        """Do it, and say so."""
        type(self).act_of(line=record, of=self.of, record=self.judged)
        return self.told_of.format(what=self.judged, line=record)

    def after(self, record) -> str:
        """Where the line's signs of life stand: on the page of what it belongs to, or on its own."""
        belonging = record.belonging
        if belonging._meta.model_name not in OWNERS:
            return record.get_absolute_url()
        return f"{belonging.get_absolute_url()}#signs"


class LinkPage(JudgePage):
    """The record shows something of the line."""

    title, verb = "Link it as evidence", "Link it"
    told_of = "“{what}” is linked with “{line}” as evidence."

    def late(self, about: dict) -> str:
        """It is linked once."""
        return "It is linked already." if Evidence.objects.filter(**about).exists() else ""


class UnlinkPage(JudgePage):
    """The record is no evidence after all."""

    title, verb, act_of = "Take the link away", "Take it away", staticmethod(unlink)
    told_of = "“{what}” is no longer linked with “{line}”."

    def late(self, about: dict) -> str:
        """Only a link can be taken away."""
        return "" if Evidence.objects.filter(**about).exists() else "It is not linked any more."


class DismissPage(JudgePage):
    """The record shows nothing of the line."""

    title, verb, act_of = "Say that it shows nothing of this", "It shows nothing of this", staticmethod(dismiss)
    told_of = "“{what}” will not be suggested for “{line}” again."

    def late(self, about: dict) -> str:
        """What is linked is evidence; it is dismissed once."""
        if Evidence.objects.filter(**about).exists():
            return "It is linked as evidence: take the link away first."
        return "It was dismissed already." if Dismissal.objects.filter(**about).exists() else ""


class RestorePage(JudgePage):
    """The record may be suggested again."""

    title, verb, act_of = "Suggest it again", "Suggest it again", staticmethod(restore)
    told_of = "“{what}” may be suggested for “{line}” again."

    def late(self, about: dict) -> str:
        """Only what was dismissed comes back."""
        return "" if Dismissal.objects.filter(**about).exists() else "It was not dismissed, or is suggested again."


def ledger_routes() -> list[URLPattern]:
    """The addresses of the part and of its acts, each with its rule."""
    acts = {"link": LinkPage, "unlink": UnlinkPage, "dismiss": DismissPage, "restore": RestorePage}
    kinds = [kind_of(name) for name in OWNERS]
    where = "undertakings/<bigid:pk>/evidence/<slug:of>/<bigid:number>/"
    return [
        route(f"{kind.path}/<bigid:pk>/signs/", LedgerPage.as_view(kind=kind), Role.VIEWER, f"{kind.name}-signs")
        for kind in kinds
    ] + [route(f"{where}{name}/", page.as_view(), Role.STAFF, f"evidence-{name}") for name, page in acts.items()]
