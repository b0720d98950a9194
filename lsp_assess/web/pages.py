"""Where the pages are plugged in, one blueprint a domain name."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from lsp_assess.web import (
    accounts,
    administration,
    again,
    answering,
    answering_kept,
    answering_results,
    challenge,
    coordination,
    evidence,
    findings,
    handing_on,
    invitations,
    keying,
    loop,
    mail,
    meeting,
    milestones,
    outcomes,
    own_data,
    owner_updates,
    partnerships,
    public,
    ranking,
    reports,
    rescoring,
    research,
    residents,
    result_files,
    results,
    spread,
    stories,
)
from lsp_assess.web.form_fields import as_choices
from lsp_assess.web.formatting import as_error_list, paragraphs
from lsp_assess.web.navigation import navigation
from lsp_assess.web.question_markup import question_markup
from lsp_assess.web.questions import as_items, as_select_items

BLUEPRINTS = (
    public.pages,
    accounts.pages,
    administration.pages,
    mail.pages,
    invitations.pages,
    partnerships.pages,
    own_data.pages,
    answering.pages,
    answering_kept.pages,
    answering_results.pages,
    handing_on.pages,
    residents.pages,
    keying.pages,
    coordination.pages,
    stories.pages,
    evidence.pages,
    meeting.pages,
    rescoring.pages,
    again.pages,
    spread.pages,
    findings.pages,
    ranking.pages,
    loop.pages,
    milestones.pages,
    challenge.pages,
    owner_updates.pages,
    results.pages,
    result_files.pages,
    reports.pages,
    research.pages,
    outcomes.pages,
)


def install(app: Flask) -> None:
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = ChoiceLoader([app.create_global_jinja_loader(), macros])
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["question_markup"] = question_markup
    app.jinja_env.filters["as_items"] = as_items
    app.jinja_env.filters["as_select_items"] = as_select_items
    app.jinja_env.filters["as_error_list"] = as_error_list
    app.jinja_env.filters["as_choices"] = as_choices
    app.jinja_env.filters["paragraphs"] = paragraphs
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
