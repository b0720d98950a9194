"""What is sent is a form, and its text is UTF-8: anything else is refused in words, unread."""

from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, Request, abort, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from lsp_assess.kernel.errors import Invalid, Place, problem

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
OF_ONE_VALUE = frozenset({"security", "invitations"})
"""Blueprints in whose forms no field has several values; the library for sign-in takes the first."""


class Garbled(BadRequest):
    """The body cannot be read as the form that it says it is."""


class FormParser(FormDataParser):
    """Werkzeug would take a torn form for an empty one, broken text for «%FF», and any number of parts of the
    simpler kind. Here broken text shows by U+FFFD, which every field refuses by its own name."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any = None
    ) -> tuple[IO[bytes], Any, Any]:
        if mimetype == FORM:
            return stream, self.cls(self._fields(stream, content_length or 0)), self.cls()
        self.silent = False
        try:
            return super().parse(stream, mimetype, content_length, options)
        except ValueError:
            raise Garbled from None

    def _fields(self, stream: IO[bytes], announced: int) -> list[tuple[str, str]]:
        most = self.max_form_memory_size or 0
        sent = b"" if announced > most else stream.read()
        if max(announced, len(sent)) > most:
            raise RequestEntityTooLarge
        try:
            return parse_qsl(
                sent.decode(errors="replace"), keep_blank_values=True, max_num_fields=self.max_form_parts
            )
        except ValueError:  # of its kinds only this is left
            raise RequestEntityTooLarge from None


class FormRequest(Request):
    form_data_parser_class = FormParser


def install(app: Flask) -> None:
    """Before anything reads the form."""
    app.request_class = FormRequest
    app.before_request(refuse_other_kinds)
    app.before_request(refuse_twice)


def refuse_other_kinds() -> None:
    """Nothing here takes JSON, nor anything compressed or in another code."""
    packed = request.headers.get("Content-Encoding", "identity") != "identity"
    coded = request.mimetype_params.get("charset", "utf-8").lower() != "utf-8"
    if packed or coded or request.mimetype not in ("", FORM, MULTIPART):
        abort(415)


def refuse_twice() -> None:
    if request.blueprint in OF_ONE_VALUE:
        for name, values in request.form.lists():
            if len(values) > 1:
                raise Invalid(problem("field_twice", Place(question=name), field=name[:60]))
