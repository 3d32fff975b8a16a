"""A viewer at the register: lists by their CSV, records by their pages, the search by its JSON; never the tables."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from django.test import Client

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "rect", "circle", "path", "source", "wbr"}
CLOSE_TOGETHER = {"a", "b", "i", "bdi", "span", "em", "strong", "q", "time"}


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attrs: dict[str, str]
    children: list = field(default_factory=list)

    def all(self, tag: str = "", css: str = "") -> Iterator["Node"]:
        """The elements in it with a tag and a class, in the page's order."""
        for child in self.children:
            if isinstance(child, Node):
                if (not tag or child.tag == tag) and (not css or css in child.attrs.get("class", "").split()):
                    yield child
                yield from child.all(tag, css)

    def one(self, tag: str = "", css: str = "") -> "Node | None":
        """The first of them."""
        return next(self.all(tag, css), None)

    @property
    def text(self) -> str:
        """What can be read in it."""
        return " ".join("".join(self.pieces()).split())

    def pieces(self) -> Iterator[str]:
        """Its texts; lines and cells are kept apart."""
        css = self.attrs.get("class", "").split()
        if {"mon", "vh"} & set(css):
            return
        apart = self.tag not in CLOSE_TOGETHER or "l2" in css or "line" in css
        yield " " if apart else ""
        for child in self.children:
            yield from child.pieces() if isinstance(child, Node) else [child]
        yield " " if apart else ""

    @property
    def lines(self) -> list[str]:
        """Its lines where it has several, its links where it has several, or else its text."""
        found = list(self.all("span", "line")) or list(self.all("a"))
        return [one.text for one in found] or ([self.text] if self.text else [])


class Tree(HTMLParser):
    """Reads a page into nodes."""

    def __init__(self, page: str):
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass
class Page:
    """A record's page as it is read."""

    node: Node

    @cached_property
    def heading(self) -> str:
        """Its first line."""
        return self.node.one("h1").text

    @cached_property
    def lead(self) -> str:
        """The sentence under the heading."""
        found = self.node.one("p", "sub")
        return found.text if found else ""

    @cached_property
    def cells(self) -> dict[str, Node]:
        """The facts, each as drawn."""
        pairs = (zip(one.all("dt"), one.all("dd"), strict=True) for one in self.node.all("dl", "facts"))
        return {head.text: value for lines in pairs for head, value in lines}

    def fact(self, head: str) -> str:
        """A fact's value, without the evidence beside it."""
        return self.cells[head].one("div").text

    def listed(self, head: str) -> list[str]:
        """A fact's values."""
        return self.cells[head].one("div").lines

    def evidence(self, head: str) -> str:
        """How far a source supports a fact, and where: “stated 003 ¶14”."""
        found = self.cells[head].one("span", "ev2")
        return found.text if found else ""

    @cached_property
    def sections(self) -> dict[str, Node]:
        """The sections by their headings."""
        return {one.one("h2").text: one for one in self.node.all("section") if one.one("h2")}

    def table(self, title: str, *heads: str) -> list:
        """The rows of a section's table: one column as texts, several as tuples; a heading's second line is left out."""
        section = self.sections.get(title)
        found = []
        for row in section.all("tr") if section and section.one("tbody") else ():
            cells = {cell.attrs["data-label"]: cell for cell in row.all("td")}
            if cells:
                found.append(tuple(first_line(cells[head]) for head in heads))
        return [one for (one,) in found] if len(heads) == 1 else found

    def related(self, title: str) -> list[str]:
        """The titles of related records."""
        section = self.sections.get(title)
        return [one.text for one in section.all("a", "ttl")] if section else []

    @cached_property
    def said(self) -> list[dict[str, str]]:
        """What the sources say: about what, on which basis, where, in which words, said by whom."""
        found = []
        for one in self.node.all("div", "stm"):
            spans = [child for child in one.one("div", "top").children if isinstance(child, Node)]
            cite, quotation = one.one("a", "cite"), one.one("q")
            text = one.one("p", "sm")
            found.append(
                {
                    "about": spans[0].text,
                    "basis": next(
                        (span.text for span in spans[1:] if "bas" in span.attrs.get("class", "").split()), ""
                    ),
                    "at": cite.text if cite else "",
                    "text": text.text if text else "",
                    "quotation": quotation.text if quotation else "",
                    "more": " ".join(more.text for more in one.all("p", "mut")),
                }
            )
        return found

    @cached_property
    def unsaid(self) -> list[str]:
        """The facts that no source states."""
        return [one.text for one in self.node.one("aside").all("li", "unk")]


def first_line(cell: Node) -> str:
    """A cell's text without the second line that tells near twins apart; several lines are told apart."""
    above = Node(cell.tag, cell.attrs, [one for one in cell.children if not is_second(one)])
    return "; ".join(one.text for one in above.all("span", "line")) or above.text


def is_second(child) -> bool:
    """Whether it is the small line below another."""
    return isinstance(child, Node) and "l2" in child.attrs.get("class", "").split()


class Reader:
    """A browser in which a viewer is signed in."""

    def __init__(self, client: Client):
        self.client = client

    def rows(self, path: str, **conditions) -> list[dict[str, str]]:
        """A list's rows under these conditions, as its CSV export gives them."""
        answer = self.client.get(f"/{path}/export.csv", conditions)
        assert answer.status_code == 200, (path, conditions, answer.status_code)
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def column(self, path: str, head: str, **conditions) -> list[str]:
        """One column of a list."""
        return [row[head] for row in self.rows(path, **conditions)]

    def names(self, path: str, **conditions) -> list[str]:
        """The first column of a list, in its order."""
        return [next(iter(row.values())) for row in self.rows(path, **conditions)]

    def list_page(self, path: str, **conditions) -> Page:
        """A list as a page."""
        answer = self.client.get(f"/{path}/", conditions)
        assert answer.status_code == 200, (path, conditions, answer.status_code)
        return Page(Tree(answer.content.decode()).root)

    def count(self, path: str, **conditions) -> str:
        """The line over a list that says how many rows it has, without the links beside it."""
        return self.list_page(path, **conditions).node.one("p", "count").one("b").text

    def sums(self, path: str, **conditions) -> str:
        """What a list says its filtered rows add up to."""
        lines = [one.text for one in self.list_page(path, **conditions).node.all("p", "sub")]
        return next((line for line in lines if "without an amount" in line or line.startswith("Sum of")), "")

    def refused(self, path: str, **conditions) -> tuple[int, str]:
        """The status of a list that is not understood, and the names that it names."""
        answer = self.client.get(f"/{path}/", conditions)
        page = Tree(answer.content.decode()).root
        return answer.status_code, " ".join(one.text for one in page.one("main").all("code"))

    def hits(self, words: str, *kinds: str) -> list[str]:
        """The titles that the search finds, the best first, of all kinds or of these."""
        answer = self.client.get("/search/", {"q": words}, headers={"accept": "application/json"})
        assert answer.status_code == 200, words
        return [one["title"] for one in answer.json() if not kinds or one["kind"] in kinds]

    def pick(self, path: str, name: str) -> int:
        """The number of a record that a type-ahead offers under exactly this name."""
        results = self.client.get(f"/{path}/pick/", {"q": name}).json()["results"]
        (found,) = [one["id"] for one in results if one["text"] == name]
        return found

    def page(self, path: str, name: str) -> Page:
        """The page of the record with this name, found by the type-ahead of its kind."""
        answer = self.client.get(f"/{path}/{self.pick(path, name)}/")
        assert answer.status_code == 200, name
        return Page(Tree(answer.content.decode()).root)


def money(text: str) -> list[tuple[str, int]]:
    """The sums in a text: currency and amount."""
    return [(currency, int(figure.replace(",", ""))) for currency, figure in re.findall(r"\b([A-Z]{3}) ([\d,]+)", text)]
