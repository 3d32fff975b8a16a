"""Every type of page, in both themes, at the widths of a phone and of a desk: no fault that axe finds, no scrolling sideways."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from playwright.sync_api import JSHandle, Page, expect

from partnerships.records.kinds import kinds
from tests.browser.person import Person
from tests.browser.steps import come_into_view, new_person, offers, save

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations", "incomplete"],
    "preload": False,
}
# Between the themes nothing but colours differs: the second needs only the rules that look at them, at one width, and
# these only one element of each look. At the other width the colours of the first theme hold again, so that they are
# looked at once more only where a menu is opened there.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": OF_COLOURS}}
SHAPES = {**RULES, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
THEMES = {"light": RULES, "dark": COLOURS}
WIDTHS = (1280, 320)
# What axe can't decide and people have looked at: the arrow of a select is drawn with a gradient beside its words;
# a closed type-ahead names the list that it will open; words of a picture stand on the page itself (tokens.css, ink-2, ink-3);
# the workshop's list of tables has a head over a column that is empty where nothing can be added.
LOOKED_AT = {
    ("color-contrast", "SELECT"),
    ("aria-valid-attr-value", "INPUT"),
    ("color-contrast", "text"),
    ("th-has-data-cells", "TABLE"),
}
KINDS = [pytest.param(kind, id=kind.name) for kind in kinds()]
# Lists and forms of all kinds are drawn by the same templates: of those, the kinds that use the most of them.
RICHEST = [one for one in KINDS if one.id in ("organisation", "person", "agreement", "visit", "funding", "statement")]


def faults(page: Page, rules: dict, place: JSHandle | None = None) -> list[str]:
    """What axe finds on the page, or on elements of it, as it is now, and what it can't decide and nobody has looked at."""
    found = page.evaluate(
        """async ([rules, place]) => {
            const told = await axe.run(place ?? document, rules);
            const lines = kind => told[kind].flatMap(one => one.nodes.map(node => ({
                kind, rule: one.id, tag: document.querySelector(node.target[0])?.tagName, html: node.html.slice(0, 160),
                why: [...node.any, ...node.all, ...node.none].map(check => check.message).join(" "),
            })));
            return [...lines("violations"), ...lines("incomplete")];
        }""",
        [rules, place],
    )
    return [
        f"{one['kind']} {one['rule']}: {one['html']} {one['why']}"
        for one in found
        if one["kind"] == "violations" or (one["rule"], one["tag"]) not in LOOKED_AT
    ]


def of_each_look(page: Page) -> JSHandle:
    """Of the elements with words or to type in that are drawn alike on the same ground, in the same kind of box, one each."""
    return page.evaluate_handle(
        """() => {
            const looks = new Map();
            for (const one of document.querySelectorAll("body *")) {
                const words = [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
                if (!(words || one.matches("input, select, textarea")) || !one.getClientRects().length) continue;
                const own = getComputedStyle(one), look = [one.tagName, own.fontSize, own.fontWeight, own.textDecorationLine];
                for (let box = one; box; box = box.parentElement) {
                    const { color, backgroundColor, backgroundImage, opacity } = getComputedStyle(box);
                    look.push([color, backgroundColor, backgroundImage, opacity].join());
                }
                looks.set([...new Set(look)].join("|"), one);
            }
            return { include: [...looks.values()] };
        }"""
    )


def too_wide(page: Page) -> list[str]:
    """The elements that make the document wider than its window, if it is."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => `${one.tagName}.${one.className}: ${one.outerHTML.slice(0, 120)}`).slice(0, 8)"""
    )


def inspect(page: Page, covered: bool = False) -> None:
    """Look at the page in both themes and both widths; what an open menu covers can't be decided."""
    come_into_view(page)
    page.evaluate(AXE_SCRIPT)
    # What saves or shows stays in sight above the fields; axe takes one that it happens to cover for too small.
    page.evaluate("for (const bar of document.querySelectorAll('.savebar, .rail .btns')) bar.style.position = 'static'")
    wrong: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("for (const part of document.querySelectorAll('details[data-fold]')) part.open = true")
        if width == min(WIDTHS):
            wrong += [f"at {width}, too wide: {line}" for line in too_wide(page)]
        for theme, rules in THEMES.items() if width == max(WIDTHS) else [("light", RULES if covered else SHAPES)]:
            page.evaluate("theme => window.accordLook.write('theme', theme)", theme)
            wrong += [
                f"at {width}, {theme}: {line}"
                for line in faults(page, rules, of_each_look(page) if rules is COLOURS else None)
                if not (covered and line.startswith("incomplete"))
            ]
    assert wrong == []


def first_of(page: Page, path: str) -> str:
    """The path of the first record in a list."""
    page.goto(f"/{path}/")
    return page.locator("main tbody tr a").first.get_attribute("href") or ""


def test_the_sign_in_page(person: Person):
    page = person.opens("/accounts/login/")
    inspect(page)
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    inspect(page)


def test_type_aheads_of_the_workshop_have_names_however_late_they_come(person: Person):
    page = person.opens("/admin/", "admin")
    page.add_init_script("const at = window.setTimeout; window.setTimeout = (act, wait) => at(act, (wait ?? 0) + 300)")
    page.goto(OTHERS["form of the workshop"][2])
    expect(page.locator(".select2-selection[role=combobox]").first).to_have_accessible_name(re.compile("^Kind"))


@pytest.mark.parametrize("kind", RICHEST)
def test_a_list_with_a_group_of_conditions_open(person: Person, kind):
    page = person.opens(f"/{kind.path}/?per_page=25", "manager")
    groups = page.locator(".rail details details")
    page.evaluate("for (const group of document.querySelectorAll('.rail details details')) group.open = true")
    assert groups.count() == page.locator(".rail details details[open]").count()
    inspect(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_records_page(person: Person, kind):
    page = person.opens("/", "manager")
    if kind.name == "followup":
        page.goto("/follow-ups/new/?visit=1")
        page.get_by_label("What", exact=False).first.fill("Look at this page")
        page.get_by_label("Due").first.fill("2020-01-31")
        save(page)
    else:
        page.goto(first_of(page, kind.path))
    expect(page.get_by_role("region", name="Facts").or_(page.get_by_role("complementary")).first).to_be_visible()
    inspect(page)


@pytest.mark.parametrize("kind", RICHEST)
def test_a_new_form(person: Person, kind):
    page = person.opens(f"/{kind.path}/new/", "manager")
    page.evaluate("for (const part of document.querySelectorAll('form details')) part.open = true")
    for button in page.locator("[data-add]").all():
        button.click()
    inspect(page)


@pytest.mark.parametrize("kind", RICHEST[::2])
def test_a_form_with_errors(person: Person, kind):
    person.expects(422)
    page = person.opens(f"/{kind.path}/new/", "manager")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspect(page)


def test_a_form_with_rows_one_of_them_removed(person: Person):
    page = person.opens("/visits/2/edit/", "manager")
    page.get_by_role("button", name="Remove").first.click()
    expect(page.locator(".row-gone")).to_be_visible()
    inspect(page)


def test_an_open_type_ahead(person: Person):
    page = person.opens("/visits/new/", "manager")
    offers(page, page.get_by_role("combobox", name="Partner", exact=True), "nanjing")
    inspect(page, covered=True)


def test_a_dialog_that_adds_a_record(person: Person):
    page = person.opens("/visits/new/", "manager")
    box = page.get_by_role("combobox", name="Partner", exact=True)
    box.click()
    box.press_sequentially("Nanjing Municipal Goverment")
    page.get_by_role("option", name="as a new").click()
    expect(page.get_by_role("dialog")).to_contain_text("Did you mean")
    inspect(page, covered=True)


def test_the_open_menus(person: Person):
    page = person.opens("/", "manager")
    for menu in page.locator("details[data-menu]:visible summary").all():
        menu.click()
        inspect(page, covered=True)
        page.set_viewport_size({"width": 1280, "height": 900})
    page.set_viewport_size({"width": 320, "height": 900})
    page.locator("summary", has_text="Menu").click()
    inspect(page, covered=True)


def conflict(page: Page) -> None:
    """Save over what somebody else has saved."""
    address = new_person(page, "Two People")
    page.goto(f"{address}edit/")
    other = page.context.new_page()
    other.goto(f"{address}edit/")
    other.get_by_label("Name as printed").fill("Two People, theirs")
    save(other)
    page.get_by_label("Name as printed").fill("Two People, mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()


def offline(page: Page) -> None:
    """Save a form without a line to the register."""
    page.goto("/people/new/")
    page.get_by_label("Name as printed").fill("Somebody on a train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="nothing is lost")).to_be_visible()


def walked(page: Page) -> None:
    """Come from a list to its first record, by keys."""
    page.goto("/agreements/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="The list you came from")).to_be_visible()


def all_keys(page: Page) -> None:
    """Ask for all keys."""
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


NOTE = (
    "The University of Birmingham welcomed a delegation of 12 from Nanjing Municipal Government on 14 May.\n"
    "Mr Zhang Weiming, Party Secretary, led the delegation, which followed an agreement worth £2m. They took a tour of "
    "the wind tunnel and asked for two places for students. For more contact Ann Baker on +44 121 496 0102.\n"
)


def text_read(page: Page) -> None:
    """Give a text from which a visit is entered, and see its lines."""
    page.goto("/visits/from-text/")
    page.get_by_label("The text", exact=True).fill(NOTE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What it would record")).to_be_visible()
    page.wait_for_load_state()


def text_with_a_follow_up(page: Page) -> None:
    """The same, with something to do afterwards."""
    text_read(page)
    page.get_by_role("button", name="Add a follow-up").click()


def text_refused(page: Page) -> None:
    """Give a file that is refused."""
    page.goto("/visits/from-text/")
    page.get_by_label("Or a file").set_input_files({"name": "a.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.4 cut"})
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("a.pdf")


def text_being_read(page: Page) -> None:
    """Look while a text is being read."""
    page.goto("/visits/from-text/")
    page.get_by_label("The text", exact=True).fill(NOTE)
    page.route("**/visits/from-text/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Read it").click(no_wait_after=True)
    expect(page.get_by_role("button", name="Reading …")).to_be_disabled()


def lines_with_errors(page: Page) -> None:
    """Save lines of which some can't be recorded, and correct what the words don't say."""
    text_read(page)
    for one in page.get_by_label("Keep", exact=True).all():
        one.check()
    page.get_by_role("textbox", name="Asked for").fill("Something else")
    page.get_by_role("button", name="Save the kept lines").click()
    expect(page.get_by_role("alert")).to_contain_text("These words are not in the paragraph")


def draft_to_delete(page: Page) -> None:
    """Ask for a draft's deletion."""
    text_read(page)
    page.get_by_role("link", name="Delete the draft").click()
    expect(page.get_by_role("button", name="Delete the draft")).to_be_visible()


OTHERS: dict[str, tuple[str, set[int], str | Callable[[Page], None]]] = {
    "home": ("manager", set(), "/"),
    "home of a viewer": ("viewer", set(), "/"),
    "empty list": ("manager", set(), "/agreements/?q=zzzqqq"),
    "refused list": ("manager", {400}, "/agreements/?stattus=active&signed_from=x"),
    "list with a span": ("manager", set(), "/agreements/?signed_from=2022&signed_to=2022&signed_possible=yes"),
    "page past the last": ("viewer", set(), "/statements/?per_page=25&page=500"),
    "record of a walked list": ("viewer", set(), walked),
    "all keys": ("viewer", set(), all_keys),
    "offline": ("staff", set(), offline),
    "board of reviews": ("viewer", set(), "/reviews/board/"),
    "timeline of reviews": ("viewer", set(), "/reviews/timeline/"),
    "review of an agreement": ("viewer", set(), "/agreements/2/review/"),
    "pack of a review": ("viewer", set(), "/agreements/2/review/pack/"),
    "decisions for a committee": ("viewer", set(), "/reviews/decisions/"),
    "statement about a record": ("staff", set(), "/statements/new/?record_kind=agreement&record_id=5"),
    "timeline": ("viewer", set(), "/organisations/19/timeline/"),
    "notes": ("staff", set(), "/visits/2/notes/"),
    "what came after a visit": ("staff", set(), "/visits/2/afterwards/"),
    "visits in a line": ("viewer", set(), "/visits/2/chain/"),
    "signed at a visit": ("staff", set(), "/visits/2/signed/"),
    "steps of an agreement": ("manager", set(), "/agreements/3/steps/"),
    "step of an agreement": ("staff", set(), "/agreements/3/propose/"),
    "no minutes yet": ("staff", set(), "/visits/2/minutes/"),
    "minutes to write": ("staff", set(), "/visits/2/minutes/write/"),
    "evidence of an undertaking": ("staff", set(), "/undertakings/1/edit/?rows=1"),
    "workshop": ("admin", set(), "/admin/"),
    "table of the workshop": ("admin", set(), "/admin/partnerships/organisation/"),
    "form of the workshop": ("admin", set(), "/admin/partnerships/organisation/19/change/"),
    "deletion in the workshop": ("admin", set(), "/admin/partnerships/statement/30/delete/"),
    "conflict": ("manager", {409}, conflict),
    "delete preview": ("manager", set(), "/agreements/5/delete/"),
    "delete refused": ("manager", set(), "/organisations/2/delete/"),
    "history": ("manager", set(), "/visits/2/history/"),
    "patterns": ("admin", set(), "/patterns/"),
    "search": ("manager", set(), "/search/"),
    "search with hits": ("manager", set(), "/search/?q=nanjing"),
    "search with near hits": ("manager", set(), "/search/?q=Birmigham"),
    "search without hits": ("manager", set(), "/search/?q=zzzqqqxxx"),
    "search refused": ("manager", set(), "/search/?q=" + "x" * 400),
    "not allowed": ("viewer", {403}, "/agreements/new/"),
    "not there": ("viewer", {404}, "/agreements/999999/"),
    "no such address": ("viewer", {404}, "/nowhere/"),
    "a text": ("staff", set(), "/visits/from-text/"),
    "a text that is refused": ("staff", {422}, text_refused),
    "a text that is being read": ("staff", set(), text_being_read),
    "lines of a text": ("staff", set(), text_with_a_follow_up),
    "lines of a text with errors": ("staff", {422}, lines_with_errors),
    "draft of a text to delete": ("staff", set(), draft_to_delete),
    "change password": ("viewer", set(), "/accounts/password/change/"),
    "sign out": ("viewer", set(), "/accounts/logout/"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_pages(person: Person, name: str):
    account, statuses, way = OTHERS[name]
    person.expects(*statuses, *([400] if name == "search refused" else []))
    if name == "offline":
        person.loses_the_line()
    page = person.opens(way if isinstance(way, str) else "/", account)
    if not isinstance(way, str):
        way(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    inspect(page, covered=name in PARTLY_COVERED)


PARTLY_COVERED = {"all keys", "table of the workshop"}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'"
# What is drawn where something went wrong before, or on the way to, a page of its own.
WRONG = {
    "400.html": 400,
    "403_csrf.html": 403,
    "405.html": 405,
    "429.html": 429,
    "500.html": 500,
    "503.html": 503,
    "account/refused.html": 403,
}


@pytest.mark.parametrize("template", WRONG)
def test_the_pages_of_what_went_wrong(person: Person, template: str):
    person.expects(404, WRONG[template])
    page = person.opens("/accounts/login/")
    body = render_to_string(template, {"reason": "Your account has no role yet."})
    headers = {"content-security-policy": POLICY}
    answer = {"status": WRONG[template], "content_type": "text/html", "body": body, "headers": headers}
    page.route("**/wrong/", lambda route: route.fulfill(**answer))
    page.goto("/wrong/")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    inspect(page)
