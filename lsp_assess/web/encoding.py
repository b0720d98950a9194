"""What is sent is a form, and its text is UTF-8."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request

FORM = "application/x-www-form-urlencoded"


def install(app: Flask) -> None:
    """Before anything reads the form."""
    app.before_request(refuse_other_kinds)
    app.before_request(refuse_broken_text)


def refuse_other_kinds() -> None:
    """Nothing here takes JSON; a library that looks into it falls over what is nested a thousand deep."""
    if request.is_json:
        abort(415)


def refuse_broken_text() -> None:
    """Werkzeug would take broken bytes for the text «%FF»."""
    if request.mimetype != FORM or (request.content_length or 0) > current_app.config["MAX_FORM_MEMORY_SIZE"]:
        return  # what is too long is refused when it is read
    try:
        unquote_to_bytes(request.get_data()).decode()
    except UnicodeDecodeError:
        abort(400)
