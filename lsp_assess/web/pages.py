"""Where the pages are plugged in, one blueprint a domain name."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from lsp_assess.web import invitations, mail, partnerships, public
from lsp_assess.web.navigation import navigation

BLUEPRINTS = (public.pages, mail.pages, invitations.pages, partnerships.pages)


def install(app: Flask) -> None:
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = ChoiceLoader([app.create_global_jinja_loader(), macros])
    app.jinja_env.globals["navigation"] = navigation
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
