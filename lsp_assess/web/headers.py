"""What every answer carries: a content security policy without exceptions, and no caching once signed in."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request

from lsp_assess.web.who import current_account_id

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def nonce() -> str:
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    return str(g.nonce)


def install(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce())
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static" and (current_account_id() or request.method == "POST"):
            response.headers["Cache-Control"] = "no-store"
        return response
