"""The forms of a page as a browser would send them back untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Fields = dict[str, list[str]]


@dataclass
class FormOnPage:
    """`fields` hold what stands in them, `names` are all that could be sent, `offered` may be chosen."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    offered: Fields = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[FormOnPage] = []
        self.form: FormOnPage | None = None
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.path, has.get("action") or self.path)).path
            self.form = FormOnPage(action, has.get("method", "get").upper())
            self.forms.append(self.form)
        if self.form is None:
            return
        if tag == "option" and self.select is not None:
            self.form.offered.setdefault(self.select, []).append(has.get("value", ""))
            if "selected" in has:
                self.form.fields[self.select] = [has.get("value", "")]
        if not has.get("name"):
            return
        self.form.names.add(has["name"])
        if tag == "select":
            self.select = has["name"]
        elif tag == "textarea":
            self.area = has["name"]
        elif tag == "input":
            self._input(self.form, has)

    def _input(self, form: FormOnPage, has: dict[str, str]) -> None:
        name, value = has["name"], has.get("value", "")
        if has.get("type") in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(value)
            if "checked" not in has:
                return
        if has.get("type") not in ("submit", "file"):
            form.fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            if self.form and self.select and self.select not in self.form.fields:
                self.form.fields[self.select] = self.form.offered.get(self.select, [""])[:1]
            self.select = None
        elif tag == "textarea":
            if self.form and self.area:
                self.form.fields.setdefault(self.area, [""])
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.form and self.area:
            self.form.fields[self.area] = [*self.form.fields.get(self.area, []), data]


def forms_on(html: str, path: str) -> list[FormOnPage]:
    reader = _Reader(path)
    reader.feed(html)
    return reader.forms
