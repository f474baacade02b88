"""A page as its reader meets it: words, headings, controls, links, without a browser."""

import re
from collections import Counter
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_WITHIN_WORDS = {"a", "abbr", "b", "em", "strong", "sup", "time"}
_CONTROLS = {"input", "select", "textarea"}
_SILENT = {"script", "style", "template", "title"}


class Page(HTMLParser):
    """What stands on a page, and what is wrong with its markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.main_links: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.values: dict[str, str] = {}  # by name; where two share it, the last
        self.filled: dict[str, str] = {}  # by id
        self.lang = ""
        self.faults: list[str] = []
        self._controls: list[tuple[str, dict[str, str], bool]] = []
        self._labelled: set[str] = set()
        self._open: list[str] = []
        self._words: list[str] = []
        self._main: list[str] = []
        self._filling: dict[str, str] = {}
        self.feed(html)
        self.close()
        self.faults += [f"not closed: {tag}" for tag in self._open]
        self.faults += [f"id twice: {name}" for name, times in self.ids.items() if times > 1]

    @property
    def words(self) -> str:
        """All that can be read, with single spaces."""
        return " ".join("".join(self._words).split())

    @property
    def main(self) -> str:
        """What can be read in the main part."""
        return " ".join("".join(self._main).split())

    @property
    def title(self) -> str:
        """The first heading of the first level."""
        return next((words for level, words in self.headings if level == 1), "")

    @property
    def unlabelled(self) -> list[str]:
        """Controls that nothing names: no label around or for them, no aria-label."""
        return [
            f"{tag} {seen.get('name', '')}"
            for tag, seen, wrapped in self._controls
            if seen.get("type") != "hidden"
            and not (wrapped or seen.get("id") in self._labelled or seen.get("aria-label"))
        ]

    @property
    def actions(self) -> list[str]:
        """Where the forms of the page lead."""
        return [form.get("action", "") for form in self.forms]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen = {name: value or "" for name, value in attrs}
        doubled = [name for name, times in Counter(n for n, _ in attrs).items() if times > 1]
        self.faults += [f"{name} twice in {tag}" for name in doubled]
        self._part(tag)
        self.faults += _faults(tag, seen)
        self._notice(tag, seen)
        if tag not in _VOID:
            self._open.append(tag)

    def _notice(self, tag: str, seen: dict[str, str]) -> None:
        if seen.get("id"):
            self.ids[seen["id"]] += 1
        if tag == "html":
            self.lang = seen.get("lang", "")
        if tag == "label" and seen.get("for"):
            self._labelled.add(seen["for"])
        if tag == "a" and seen.get("href"):
            self.links.append(seen["href"])
            if "main" in self._open:
                self.main_links.append(seen["href"])
        if tag == "form":
            self.forms.append(seen)
        if tag in _CONTROLS:
            self._controls.append((tag, seen, "label" in self._open))
            self._fill(seen, seen.get("value", ""))
            self._filling = seen if tag == "textarea" else {}
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        if tag == "textarea":
            self._filling = {}
        if self._open[-1:] == [tag]:
            self._open.pop()
        elif tag not in _VOID:
            self.faults.append(f"unexpected </{tag}>")

    def _fill(self, control: dict[str, str], value: str) -> None:
        self.values[control.get("name", "")] = value
        self.filled[control.get("id", "")] = value

    def _part(self, tag: str) -> None:
        """Keep what stands before and behind a tag apart."""
        if tag not in _WITHIN_WORDS:
            self._words.append(" ")
            self._main.append(" ")

    def handle_data(self, data: str) -> None:
        if self._filling:
            self._fill(self._filling, self.values[self._filling.get("name", "")] + data)
        if _SILENT.isdisjoint(self._open):
            self._words.append(data)
            if "main" in self._open:
                self._main.append(data)
        if self._open and any(re.fullmatch(r"h[1-6]", tag) for tag in self._open):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)


def _faults(tag: str, seen: dict[str, str]) -> list[str]:
    """What an element may not have: styles and scripts in the page, pictures without words."""
    found = [f"{name} in {tag}" for name in seen if re.fullmatch(r"on[a-z]+|style", name)]
    if tag == "style" or (tag == "script" and not seen.get("src")):
        found.append(f"inline {tag}")
    if tag == "img" and "alt" not in seen:
        found.append(f"no alt: {seen.get('src')}")
    return found
