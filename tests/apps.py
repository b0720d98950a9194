"""The application as every test makes it anew; its templates are compiled once."""

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from lsp_assess.config import Config
from lsp_assess.kernel.clock import Clock
from lsp_assess.web import create_app


def make_app(config: Config, *, clock: Clock, bind: Engine) -> Flask:
    app = create_app(config, clock=clock, bind=bind)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache()
    return app
