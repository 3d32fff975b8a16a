"""Parts of a record's page that have an address of their own: a script fetches each into the page when it is seen."""

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views import View

from partnerships.records.kinds import Kind
from partnerships.records.pages import Look, look_of
from partnerships.records.question import nearest
from partnerships.records.saving import found
from partnerships.records.timeline import lines, moments, read, sorts_of

LAST_PAGE = 10_000
APART = 10


class Asked(forms.Form):
    """What the address of a part may ask for; everything else is refused."""

    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def problems(self, params: QueryDict) -> list[tuple[str, str]]:
        """Each name that isn't known, was given twice, or has a value that it can't take."""
        wrong = []
        for name, values in params.lists():
            if name not in self.fields:
                wrong.append((name[:60], f"This page knows no “{name[:60]}”.{nearest(name, self.fields)}"))
            elif len(values) > 1:
                wrong.append((name, f"“{name}” was given more than once."))
        return wrong + [(name, " ".join(map(str, messages))) for name, messages in self.errors.items()]


class AskedOfTimeline(Asked):
    """Which sort of entries, and whether those that no source dates."""

    show = forms.ChoiceField(required=False)
    dated = forms.ChoiceField(required=False, choices=[("no", "without a stated date")])

    def __init__(self, params: QueryDict, sorts: dict[str, str]):
        super().__init__(params)
        self.fields["show"].choices = list(sorts.items())


class PartPage(View):
    """`/<path>/<id>/<part>/`: a whole page, whose part `data-part-body` also comes into the record's page."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view
    template = ""
    per_page = 20

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the part, or name what is wrong with the question."""
        record = found(self.kind, request.user, pk)
        asked = self.asked(request.GET)
        if wrong := asked.problems(request.GET):
            context = {"kind": self.kind, "problems": wrong}
            return render(request, "records/refused.html", context, status=400)
        look = look_of(request)
        page = asked.cleaned_data["page"] or 1
        context = {"kind": self.kind, "record": record, "look": look, "page": page, "params": request.GET}
        return render(request, self.template, context | self.context(record, look, asked.cleaned_data, page))

    def asked(self, params: QueryDict) -> Asked:
        """The question that the address asks."""
        return Asked(params)

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """What the template draws besides."""
        raise NotImplementedError

    def of_page(self, rows, page: int) -> tuple[list, bool]:
        """The rows of a page, and whether there are more."""
        start = (page - 1) * self.per_page
        shown = list(rows[start : start + self.per_page + 1])
        return shown[: self.per_page], len(shown) > self.per_page


class TimelinePage(PartPage):
    """`/<path>/<id>/timeline/`: what happened, newest first; what no source dates stands apart."""

    template = "records/timeline.html"
    per_page = 25

    def asked(self, params: QueryDict) -> AskedOfTimeline:
        """A sort of entries, and those without a stated date."""
        return AskedOfTimeline(params, sorts_of(self.kind))

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The entries of the page; on the first one also some of those without a date."""
        show, only_undated = asked["show"], asked["dated"] == "no"
        rows, more = self.of_page(moments(self.kind, record, look, show, not only_undated), page)
        shown = read(rows)
        apart = []
        if page == 1 and not only_undated:
            apart = read(moments(self.kind, record, look, show, False)[: APART + 1])
        drawn = lines(self.kind, record, look, shown + apart[:APART])
        keys = {(one.sort, one.key) for one in apart}
        return {
            "show": show,
            "sorts": sorts_of(self.kind),
            "only_undated": only_undated,
            "dated": [one for one in drawn if (one.moment.sort, one.moment.key) not in keys],
            "apart": [one for one in drawn if (one.moment.sort, one.moment.key) in keys],
            "more": more,
            "more_apart": len(apart) > APART,
        }
