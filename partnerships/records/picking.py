"""Type-ahead for related records: a select that holds only what is chosen, and the answers it asks for."""

from collections.abc import Iterable

from django import forms
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views import View
from rapidfuzz import fuzz

from partnerships.access.models import Entry
from partnerships.access.roles import Role, role_of
from partnerships.values.text import normalise, squeezed

MOST = 20
# Near twins of a name: how many are shown, how many are looked at, and from which likeness (0 to 100) on.
TWINS, LOOKED_AT, ALIKE = 4, 2000, 72


class PickSelect(forms.Select):
    """A select over any number of records: it draws only the chosen one, and asks `/<path>/pick/` for others.

    On a form (`by_name`) one may type a name where no script runs: the one record that it means is chosen; of several
    the form that comes back offers all.
    """

    template_name = "values/pick.html"

    def __init__(self, path: str, attrs=None):
        super().__init__({"data-pick": f"/{path}/pick/"} | (attrs or {}))
        self.shown: dict[str, str] = {}
        self.by_name = False

    def get_context(self, name, value, attrs):
        """Add whether a name may be typed, and the one that was."""
        context = super().get_context(name, value, attrs)
        typed = "" if value is None or str(value).isdecimal() else str(value)
        return context | {"widget": context["widget"] | {"by_name": self.by_name, "typed": typed}}

    def value_from_datadict(self, data, files, name):
        """The chosen id; else that of the one record whose name was typed, or the name itself."""
        chosen = super().value_from_datadict(data, files, name)
        typed = str(data.get(f"{name}-typed") or "")[:200].replace("\x00", "").strip() if self.by_name else ""
        if chosen or not typed:
            return chosen
        meant = self.meant_by(typed)
        exact = [one for one in meant if normalise(str(one)) == normalise(typed)]
        alone = exact if len(exact) == 1 else meant
        return str(alone[0].pk) if len(alone) == 1 else typed

    def meant_by(self, typed: str) -> list:
        """The records on offer whose names contain what was typed."""
        queryset = getattr(self.choices, "queryset", None)
        if queryset is None or not normalise(typed):
            return []
        lines = Entry.objects.filter(kind=queryset.model._meta.model_name, names_key__contains=normalise(typed))
        ids = lines.order_by("title", "pk").values_list("record_id", flat=True)[:MOST]
        return list(queryset.filter(pk__in=list(ids)))

    def optgroups(self, name, value, attrs=None):
        """The empty option and the chosen one; of a name that means several, each of them."""
        chosen = [str(one) for one in value if one not in (None, "")]
        groups = [(None, [self.create_option(name, "", self.empty_label, not chosen, 0)], 0)]
        if self.by_name and chosen and not chosen[0].isdecimal():
            found = [(str(one.pk), str(one), False) for one in self.meant_by(chosen[0][:200].replace("\x00", ""))]
        else:
            found = [(one, self.label(one), True) for one in chosen]
        for index, (one, label, selected) in enumerate(found, 1):
            groups.append((None, [self.create_option(name, one, label, selected, index)], index))
        return groups

    empty_label = "None chosen"

    def label(self, value: str) -> str:
        """The words of a chosen record; an id that may not be seen keeps its number only."""
        if value in self.shown:
            return self.shown[value]
        queryset = getattr(self.choices, "queryset", None)
        if queryset is None or not (value.isascii() and value.isdecimal()) or len(value) > 18:
            return value
        found = queryset.filter(pk=value).first()
        return str(found) if found else value


class PickMany(forms.SelectMultiple):
    """The same for several records: it draws only those that are chosen, their words read in one query."""

    def __init__(self, path: str, attrs=None):
        super().__init__({"data-pick": f"/{path}/pick/"} | (attrs or {}))

    def optgroups(self, name, value, attrs=None):
        """The chosen ones that may be seen; others stay chosen without being drawn."""
        chosen = [str(one) for one in value or () if one not in (None, "")]
        queryset = getattr(self.choices, "queryset", None)
        ids = [one for one in chosen if one.isascii() and one.isdigit() and len(one) <= 18]
        words = {} if queryset is None or not ids else {str(pk): str(one) for pk, one in queryset.in_bulk(ids).items()}
        return [
            (None, [self.create_option(name, one, words[one], True, index)], index)
            for index, one in enumerate(chosen)
            if one in words
        ]


class PickPage(View):
    """Answers a type-ahead: the records whose names contain the words, as JSON, the best first."""

    kind = None

    def get(self, request: HttpRequest) -> JsonResponse:
        """`{"results": [{"id", "text", "second"}]}`, at most 20, for the words in `q`."""
        if len(request.GET.getlist("q")) > 1:
            return JsonResponse({"error": "“q” was given more than once."}, status=400)
        typed = request.GET.get("q", "")[:200].replace("\x00", "")
        key, flat = normalise(typed), squeezed(typed)
        lines = Entry.objects.filter(kind=self.kind.name, visibility__lte=role_of(request.user))
        found = list(lines.filter(names_key__contains=key).order_by("title", "pk")[: MOST * 3])
        if flat and len(found) < MOST:
            seen = {one.pk for one in found}
            found += [one for one in lines.filter(pinyin_key__contains=flat)[:MOST] if one.pk not in seen]
        found.sort(key=lambda one: (not normalise(one.title).startswith(key), one.title.casefold()))
        return JsonResponse(
            {"results": [{"id": one.record_id, "text": one.title, "second": one.second} for one in found[:MOST]]}
        )


def twins(kind: str, typed: str, role: Role) -> list[Entry]:
    """The records of a kind whose names are nearly what was typed, the nearest first."""
    key = normalise(typed)[:200]
    starts = [word[: 4 if word.isascii() else 1] for word in key.split()[:8]]
    alike = Q(pinyin_key__contains=squeezed(typed)[:200]) if squeezed(typed) else Q(pk__in=[])
    for start in starts:
        alike |= Q(names_key__contains=start)
    lines = Entry.objects.filter(alike, kind=kind, visibility__lte=role).order_by("title", "pk")[:LOOKED_AT]
    scored = [(likeness(key, squeezed(typed), line), line) for line in lines] if key else []
    near = [(score, line) for score, line in scored if score >= ALIKE]
    return [line for _, line in sorted(near, key=lambda one: -one[0])[:TWINS]]


def likeness(key: str, flat: str, line: Entry) -> float:
    """How like a name is to the nearest of a record's names, 0 to 100."""
    if flat and flat in line.pinyin_key:
        return 100
    names = line.names_key.split(" ¦ ")
    return max(max(fuzz.ratio(key, name), fuzz.token_sort_ratio(key, name)) for name in names)


def twins_of_each(kind: str, names: Iterable[str], role: Role) -> dict[str, list[Entry]]:
    """The same for many names at once, in two queries: those that begin a word of a name alike are compared."""
    keys = {name: normalise(name)[:200] for name in names}
    by_start: dict[str, set[str]] = {}
    for name, key in keys.items():
        for start in starts_of(key):
            by_start.setdefault(start, set()).add(name)
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in keys}
    lines = Entry.objects.filter(kind=kind, visibility__lte=role).order_by("title", "pk")
    for line in lines.only("pk", "names_key", "pinyin_key") if by_start else ():
        words = starts_of(line.names_key)
        for name in set().union(*(by_start.get(start, ()) for start in words)):
            if (score := likeness(keys[name], squeezed(name), line)) >= ALIKE:
                found[name].append((-score, line.pk))
    nearest = {name: [pk for _, pk in sorted(scored)[:TWINS]] for name, scored in found.items()}
    shown = Entry.objects.in_bulk({pk for pks in nearest.values() for pk in pks})
    return {name: [shown[pk] for pk in pks] for name, pks in nearest.items()}


def starts_of(key: str) -> set[str]:
    """How the words of a key begin."""
    return {word[: 4 if word.isascii() else 1] for word in key.split()}
