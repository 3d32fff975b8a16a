"""Whether the numbers of a cohort can be true together; sources may err or differ, so nothing is refused."""

from partnerships.programmes.models import NUMBERS, Cohort
from partnerships.records.kinds import ToDo

# Of whom there can't be more than of whom.
AMONG = (
    ("started", "admitted"),
    ("on_leave", "started"),
    ("at_partner", "started"),
    ("at_home", "started"),
    ("submitted", "started"),
    ("awarded", "started"),
    ("withdrawn", "started"),
)
LABELS = dict(NUMBERS)


def doubts(cohort: Cohort) -> list[str]:
    """A sentence for each number that is larger than the one it is among."""
    pairs = [(more, most, getattr(cohort, more), getattr(cohort, most)) for more, most in AMONG]
    return [
        f"More are recorded as {LABELS[more]} ({some:,}) than as {LABELS[most]} ({whole:,})."
        for more, most, some, whole in pairs
        if some is not None and whole is not None and some > whole
    ]


def to_look_at(cohort: Cohort, look) -> list[ToDo]:
    """What of its numbers is to be looked at again, on its page."""
    return [ToDo(why, "Look at both", f"{cohort.get_absolute_url()}edit/#id_admitted") for why in doubts(cohort)]


def look_again(cohort: Cohort, user) -> list[str]:
    """The same once it was saved."""
    return doubts(cohort)
