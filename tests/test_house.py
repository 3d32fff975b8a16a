"""The house keeps its shape: who may import whom, and that nothing leads around the kit."""

import ast
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "partnerships"
ROOMS = ["organisations", "people", "undertakings", "agreements", "visits", "programmes", "funding", "reviews"]
FLOORS = {
    "values": 1,
    "access": 2,
    "memory": 2,
    "sources": 3,
    "notes": 3,
    "letters": 3,
    "attachments": 3,
    "records": 4,
    "papers": 4,
} | dict.fromkeys(ROOMS, 5)
FLOORS |= {"search": 6, "intake": 6, "calendars": 6, "briefs": 6, "home": 6, "reminders": 6}
# Pages of a floor are built with the kit, whatever floor its models and acts belong to.
PAGES = {"filters", "forms", "records", "admin"}
ORDER = ["models", "actions", "filters", "forms", "records", "admin"]
INDEXES = {"admin", "apps", "models", "register", "urls"}


def imports() -> list[tuple[str, str]]:
    """Every import inside the app, as (importing module, imported module), both below `partnerships`."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        module = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
        if module.startswith("migrations"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                base = module.split(".")[: -node.level] if node.level else []
                name = ".".join([*(["partnerships", *base] if node.level else []), *filter(None, [node.module])])
                if name.split(".")[0] == "partnerships":
                    names = [name] if name.count(".") >= 2 else [f"{name}.{alias.name}" for alias in node.names]
                    found += [(module, one.removeprefix("partnerships.")) for one in names]
    return found


def room(module: str) -> str:
    """The folder of a module."""
    return module.split(".")[0]


def layer(module: str) -> str:
    """The file of a module inside its room."""
    return module.split(".")[1] if "." in module else ""


def test_a_floor_imports_only_floors_below_it():
    wrong = [
        (a, b)
        for a, b in imports()
        if room(a) in FLOORS and room(b) in FLOORS and layer(a) not in PAGES and FLOORS[room(a)] < FLOORS[room(b)]
    ]
    assert wrong == []


def test_a_room_imports_only_models_and_acts_of_rooms_before_it():
    wrong = [
        (a, b)
        for a, b in imports()
        if room(a) in ROOMS
        and room(b) in ROOMS
        and room(a) != room(b)
        and layer(a) not in PAGES
        and (ROOMS.index(room(b)) > ROOMS.index(room(a)) or layer(b) in PAGES)
    ]
    assert wrong == []


def test_inside_a_room_models_come_first_and_pages_last():
    wrong = [
        (a, b)
        for a, b in imports()
        if room(a) == room(b) in ROOMS
        and layer(a) in ORDER
        and layer(b) in ORDER
        and ORDER.index(layer(b)) > ORDER.index(layer(a))
    ]
    assert wrong == []


def test_indexes_are_imported_by_nobody_in_the_house():
    wrong = [(a, b) for a, b in imports() if b in INDEXES and a not in INDEXES]
    assert wrong == []


def test_every_model_has_a_sentence_of_its_own():
    models = list(apps.get_app_config("partnerships").get_models())
    assert [model.__name__ for model in models if (model.__doc__ or "").startswith(f"{model.__name__}(")] == []


def test_no_template_marks_text_as_safe_or_carries_style_or_script():
    bad = ("|safe", "mark_safe", "csrf_exempt", " style=", "<style", "onclick=")
    files = [*(ROOT / "templates").rglob("*.html"), *HOUSE.rglob("*.py")]
    assert [(path.name, word) for path in files for word in bad if word in path.read_text()] == []


def test_no_page_names_another_host():
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    words = ("http://", "https://", 'src="//')
    allowed = "http://www.w3.org/"
    found = [(path.name, word) for path in files for word in words if word in path.read_text().replace(allowed, "")]
    assert found == []
