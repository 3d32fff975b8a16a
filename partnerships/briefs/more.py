"""Where a brief stops, so that it stays one that is read: it says so, and leads to the list that goes on."""

from partnerships.briefs.reading import Material
from partnerships.papers.words import Line, Words, line
from partnerships.records.listing import list_address

# The condition by which each list is narrowed to the partner.
BY_PARTNER = {
    "people": "organisation",
    "agreements": "party",
    "programmes": "institution",
    "projects": "partner",
    "funding": "organisation",
    "undertakings": "partner",
}


def more(material: Material, name: str) -> list[Line]:
    """A last line where there is more than the brief took; none where all of it is there."""
    if name not in material.cut:
        return []
    asked = {BY_PARTNER[name]: material.sides.partner.pk} if material.sides.partner and name in BY_PARTNER else {}
    return [line(Words(f"There are more {name.replace('-', ' ')} in the register.", list_address(name, **asked)))]
