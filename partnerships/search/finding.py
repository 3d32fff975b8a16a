"""One search over all kinds: contained words first, near spellings and pinyin where those are few."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from rapidfuzz import fuzz, process

from partnerships.access.models import Entry
from partnerships.access.roles import Role
from partnerships.records.catalogue import BETWEEN
from partnerships.records.kinds import kind_of, kinds
from partnerships.values.text import has_han, normalise, squeezed

MOST = 60
MOST_STATEMENTS = 10
FEW = 5
MOST_WORDS = 8
WORD = re.compile(r"\d+|[^\d\s]+")
# Words of a question that tell nothing of its answer.
ASKING = re.compile(r"\b(who|what|which|where|when|how|is|are|was|were|do|does|did|has|have|the|an?|of|in|at|by|to)\b")
NEAR_ENOUGH = 84
SHORTEST_NEAR = 4
SHORT = 4  # words of so few letters begin a word where they are found, for they are inside too many
SHORTEST = 2  # and words of so few are a whole word
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
    more_statements: bool


def find(typed: str, role: Role) -> Found:
    """Look for `typed` (cleaned text) among everything that `role` may see, the best first."""
    key = normalise(typed)
    if not key:
        return Found([], [], False, False)
    lines = Entry.objects.filter(visibility__lte=role)
    containing, found = contained(lines, key)
    records = list(ranked(containing.exclude(kind="statement"), found)[: MOST + 1])
    said = list(containing.filter(kind="statement").order_by("title", "pk")[: MOST_STATEMENTS + 1])
    both = [*records[:MOST], *said[:MOST_STATEMENTS]]
    near = nearly(lines, typed, key, {line.pk for line in both}) if len(both) <= FEW else []
    return Found(
        [hit_of(line, found) for line in both],
        [hit_of(line, key) for line in near],
        len(records) > MOST,
        len(said) > MOST_STATEMENTS,
    )


def contained(lines: QuerySet, key: str) -> tuple[QuerySet, str]:
    """Lines that contain the words, and the words as they are contained.

    Short words are looked for as words first (“Ding” is not in “building”), then written together (“Xi an”), then
    without those of a question (“who chairs the alliance”), and inside others only where that finds nothing.
    """
    if ASKING.search(key) or any(is_short(word) for word in WORD.findall(key)):
        telling = " ".join(ASKING.sub(" ", key).split())
        for one in filter(None, dict.fromkeys((key, key.replace(" ", ""), telling))):
            found = lines.filter(every_word(one, as_word))
            if found.exists():
                return found, one
    return lines.filter(inside(key) | every_word(key, inside)), key


def is_short(word: str) -> bool:
    """Whether a word has so few letters that it stands inside many others; figures and Chinese are never short."""
    return word.isalpha() and len(word) <= SHORT and not has_han(word)


def inside(words: str) -> Q:
    """The words stand among a record's names or other words."""
    return Q(names_key__contains=words) | Q(words_key__contains=words)


def as_word(word: str) -> Q:
    """The same, but a short word begins a word there, and a very short one is a whole word."""
    if not is_short(word):
        return inside(word)
    condition = Q()
    end = " " if len(word) <= SHORTEST else ""
    for name in ("names_key", "words_key"):
        condition |= Q(**{f"{name}__startswith": word + end}) | Q(**{f"{name}__contains": f" {word}{end}"})
        condition |= Q(**{name: word}) | Q(**{f"{name}__endswith": f" {word}"})
    return condition


def ranked(lines: QuerySet, key: str) -> QuerySet:
    """Lines in their order: whole names, names that start so, names and people by their posts, other words."""
    order = {kind.name: position for position, kind in enumerate(kinds())}
    return lines.annotate(
        rank=Case(
            When(names_key=key, then=Value(0)),
            When(whole_name(key), then=Value(1)),
            When(names_key__startswith=key, then=Value(2)),
            When(names_key__contains=BETWEEN + key, then=Value(3)),
            When(Q(names_key__contains=key) | Q(words_key__contains=key, kind="person"), then=Value(4)),
            When(words_key__contains=key, then=Value(5)),
            default=Value(6),
            output_field=IntegerField(),
        ),
        of_kind=Case(
            *(When(kind=name, then=Value(position)) for name, position in order.items()),
            default=Value(99),
            output_field=IntegerField(),
        ),
    ).order_by("rank", "of_kind", "title", "pk")


def every_word(key: str, stands: Callable[[str], Q]) -> Q:
    """Each of the words stands somewhere among a record's names and other words; “covid19” is two of them."""
    words = Q()
    for word in WORD.findall(key)[:MOST_WORDS]:
        words &= stands(word)
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
