"""For a server that is started in a checkout: `gunicorn wsgi:app`."""

from lsp_assess.web.wsgi import app

__all__ = ["app"]
