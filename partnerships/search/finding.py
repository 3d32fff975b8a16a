"""One search over all kinds: contained words first, near spellings and pinyin where those are few."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from rapidfuzz import fuzz, process

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.records.catalogue import BETWEEN
from partnerships.records.kinds import kind_of, kinds
from partnerships.values.text import has_han, normalise, squeezed

MOST = 60
FEW = 5
MOST_WORDS = 8
WORD = re.compile(r"\d+|[^\d\s]+")
NEAR_ENOUGH = 84
SHORTEST_NEAR = 4
AROUND = 60
NEAR_POOL = 20_000


@dataclass(frozen=True)
class Hit:
    """One record that was found, with the words around what was looked for."""

    kind: str
    record_id: int
    title: str
    shown: str
    second: str
    snippet: str

    @property
    def url(self) -> str:
        """The record's page."""
        return f"/{kind_of(self.kind).path}/{self.record_id}/"

    @property
    def noun(self) -> str:
        """What kind of record it is."""
        return kind_of(self.kind).singular


@dataclass(frozen=True)
class Found:
    """What a search found: records that contain the words, and those that are spelt nearly so."""

    exact: list[Hit]
    near: list[Hit]
    is_cut: bool


def find(typed: str, role: Role) -> Found:
    """Look for `typed` (cleaned text) among everything that `role` may see, the best first."""
    key = normalise(typed)
    if not key:
        return Found([], [], False)
    lines = Entry.objects.filter(visibility__lte=role)
    contained = list(ranked(lines, key)[: MOST + 1])
    near = nearly(lines, typed, key, {line.pk for line in contained}) if len(contained) <= FEW else []
    return Found(
        [hit_of(line, key) for line in contained[:MOST]], [hit_of(line, key) for line in near], len(contained) > MOST
    )


def ranked(lines: QuerySet, key: str) -> QuerySet:
    """Lines that contain the words: whole names, names that start so, names, other words; single statements last."""
    order = {kind.name: position for position, kind in enumerate(kinds())}
    return (
        lines.filter(Q(names_key__contains=key) | Q(words_key__contains=key) | every_word(key))
        .annotate(
            rank=Case(
                When(kind="statement", then=Value(8)),
                When(names_key=key, then=Value(0)),
                When(whole_name(key), then=Value(1)),
                When(names_key__startswith=key, then=Value(2)),
                When(names_key__contains=BETWEEN + key, then=Value(3)),
                When(names_key__contains=key, then=Value(4)),
                When(words_key__contains=key, then=Value(5)),
                default=Value(6),
                output_field=IntegerField(),
            ),
            of_kind=Case(
                *(When(kind=name, then=Value(position)) for name, position in order.items()),
                default=Value(99),
                output_field=IntegerField(),
            ),
        )
        .order_by("rank", "of_kind", "title", "pk")
    )


def every_word(key: str) -> Q:
    """Each of the words stands somewhere among a record's names and other words; “covid19” is two of them."""
    words = Q()
    for word in WORD.findall(key)[:MOST_WORDS]:
        words &= Q(names_key__contains=word) | Q(words_key__contains=word)
    return words


def whole_name(key: str) -> Q:
    """One of several names is exactly these words."""
    return (
        Q(names_key__startswith=key + BETWEEN)
        | Q(names_key__endswith=BETWEEN + key)
        | Q(names_key__contains=BETWEEN + key + BETWEEN)
    )


def nearly(lines: QuerySet, typed: str, key: str, known: set[int]) -> list[Entry]:
    """Lines whose names sound or are spelt nearly so: pinyin without tones, then near spellings."""
    flat = squeezed(typed)
    if len(flat) < (2 if has_han(typed) else SHORTEST_NEAR):
        return []
    sounding = [] if has_han(typed) else list(lines.filter(pinyin_key__contains=flat).order_by("title")[: FEW * 2])
    seen = known | {line.pk for line in sounding}
    pool = lines.exclude(kind__in=["statement", "undertaking"]).exclude(pk__in=seen)
    names = dict(pool.order_by("pk").values_list("pk", "names_key")[:NEAR_POOL])
    scored = process.extract(key, names, scorer=likeness, score_cutoff=NEAR_ENOUGH, limit=FEW * 2)
    scored.sort(key=lambda one: (-one[1], len(one[0])))  # of equals, the name in which the words weigh most
    spelt = Entry.objects.in_bulk([pk for _, _, pk in scored])
    return sounding + [spelt[pk] for _, _, pk in scored]


def likeness(key: str, names: str, *, score_cutoff: float = 0, **_) -> float:
    """How near the words are to the best of a record's names or to words in it, 0 to 100."""
    best = max((fuzz.ratio(key, name) for name in names.split(BETWEEN)), default=0)
    if best < NEAR_ENOUGH and len(key) < len(names):
        best = max(best, word_by_word(key, names))
    return best if best >= score_cutoff else 0


def word_by_word(key: str, names: str) -> float:
    """The mean likeness of each typed word to the nearest word of the names."""
    words = set(names.split())
    return sum(max(fuzz.ratio(one, word) for word in words) for one in key.split()) / len(key.split())


def hit_of(line: Entry, key: str) -> Hit:
    """A line as a hit, with the words around the place where it contains what was looked for."""
    return Hit(line.kind, line.record_id, line.title, line.shown, line.second, snippet(line.words, key))


def snippet(words: str, key: str) -> str:
    """The part of the words that contains the key, at most about 160 characters; '' where only the name does."""
    for sought in (key, *WORD.findall(key)):
        for part in words.split(BETWEEN):
            if sought in normalise(part):
                return part if len(part) <= 2 * AROUND else cut(part, sought)
    return ""


def cut(part: str, key: str) -> str:
    """A long text cut to what stands around the key."""
    start = next((i for i in range(0, len(part), AROUND // 2) if key in normalise(part[i : i + 2 * AROUND])), 0)
    return ("… " if start else "") + part[start : start + 2 * AROUND].strip() + " …"


def grouped(hits: Iterable[Hit]) -> list[tuple[str, list[Hit]]]:
    """Hits by kind, in the order of each kind's best hit."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return [(kind_of(name).plural, found) for name, found in groups.items()]
