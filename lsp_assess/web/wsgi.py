"""What a WSGI server loads: `gunicorn lsp_assess.web.wsgi:app`."""

import gc
import os

from lsp_assess.actions.starting import check_start
from lsp_assess.config import Environment, load_config
from lsp_assess.web.application import create_app

config = load_config(os.environ)
if config.databases is not None:
    check_start(config.databases.application, must_keep=config.environment is Environment.PRODUCTION)
app = create_app(config)
gc.collect()
gc.freeze()  # what is loaded stays: no request has to look through it, and forked processes share it
