"""What a WSGI server loads: `gunicorn lsp_assess.web.wsgi:app`."""

import os

from lsp_assess.config import load_config
from lsp_assess.web.application import create_app

app = create_app(load_config(os.environ))
