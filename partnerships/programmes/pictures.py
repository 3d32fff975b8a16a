"""Cohorts beside each other: how many places were agreed, and how many began and finished."""

from collections.abc import Sequence

from partnerships.programmes.models import NUMBERS, Cohort
from partnerships.values.figures import UNKNOWN, Figure, Mark, Row, Told, draw_axis, draw_strip, share

DRAWN = (("places_agreed", "whole"), ("started", "part"), ("awarded", "sure"))
SAID = ("places_agreed", "admitted", "started", "awarded")
OUTCOMES = ("awarded", "submitted")
CAPTION = "Outline: places agreed. Light: started. Dark: awarded. Dotted: no source gives a number; that is not none."


def by_cohort(cohorts: Sequence[Cohort], *, with_programme: bool = True) -> Figure:
    """The numbers of some cohorts."""
    most = max((getattr(one, name) or 0 for one in cohorts for name, _ in DRAWN), default=0)
    silent = sum(1 for one in cohorts if not numbers(one))
    description = f"{len(cohorts)} cohorts; of {silent} no number is known."
    return Figure(
        "cohorts",
        "Cohorts in numbers",
        description,
        CAPTION,
        ("Cohort", "Entry", *(label.capitalize() for _, label in NUMBERS)),
        [row(one, most, with_programme) for one in cohorts],
        len(cohorts),
        draw_axis("cohorts", "Cohorts in numbers", description),
    )


def numbers(cohort: Cohort) -> list[str]:
    """The numbers that are known, in words."""
    known = [(label, getattr(cohort, name)) for name, label in NUMBERS if name in SAID]
    return [f"{number:,} {label}" for label, number in known if number is not None]


def row(cohort: Cohort, most: int, with_programme: bool) -> Row:
    """One cohort."""
    name = Told(str(cohort) if with_programme else cohort.name, cohort.get_absolute_url())
    entry = Told(cohort.enters_on.words or "entry not known", unknown=not cohort.enters_on.year_known)
    drawn = [(shape, getattr(cohort, column)) for column, shape in DRAWN]
    marks = [Mark(shape, 0, share(number, most)) for shape, number in drawn if number] or [UNKNOWN]
    if not any(number is None for _, number in drawn) and marks == [UNKNOWN]:
        marks = []
    said = [Told(", ".join(numbers(cohort)))] if numbers(cohort) else [Told("no number known", unknown=True)]
    cells = [getattr(cohort, name) for name, _ in NUMBERS]
    return Row(
        name,
        draw_strip(marks),
        (entry, *said),
        (name, entry, *(Told("not known", unknown=True) if one is None else Told(f"{one:,}") for one in cells)),
    )


def by_stage(cohort: Cohort) -> Figure:
    """A cohort's own numbers, stage by stage, each against the places agreed."""
    most = max(getattr(cohort, name) or 0 for name, _ in NUMBERS)
    unknown = sum(1 for name, _ in NUMBERS if getattr(cohort, name) is None)
    description = f"{len(NUMBERS)} numbers; {unknown} of them not known."
    return Figure(
        "stages",
        "Stage by stage",
        description,
        "Outline: places agreed. Bar: how many at this stage. Dotted: no source gives a number; that is not none.",
        ("Stage", "Number"),
        [stage(cohort, name, label, most) for name, label in NUMBERS],
        len(NUMBERS),
        draw_axis("stages", "Stage by stage", description),
    )


def stage(cohort: Cohort, name: str, label: str, most: int) -> Row:
    """One stage: its number in front of the places agreed."""
    number, places = getattr(cohort, name), cohort.places_agreed
    said = Told("not known", unknown=True) if number is None else Told(f"{number:,}")
    marks = [Mark("whole", 0, share(places, most))] if places else []
    if number is None:
        marks = [*marks, UNKNOWN]
    elif number and name != "places_agreed":
        marks.append(Mark("sure" if name in OUTCOMES else "part", 0, share(number, most)))
    title = Told(label.capitalize())
    return Row(title, draw_strip(marks), (said,), (title, said))
