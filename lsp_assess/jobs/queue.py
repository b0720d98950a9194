"""The worker's side of the queue. Requests enqueue by SQL (`database.queue`), never through this."""

from procrastinate import App, PsycopgConnector
from sqlalchemy import Engine, make_url

from lsp_assess.config import Config
from lsp_assess.database.session import make_engine
from lsp_assess.jobs import links, mail, publishing, reports, revival


def make_queue(config: Config) -> tuple[App, Engine]:
    """Procrastinate's application on the job schema, and the engine that its tasks use."""
    assert config.databases is not None  # noqa: S101  the worker is started with an address
    url = make_url(config.databases.application)
    conninfo = url.set(drivername="postgresql").update_query_dict({"options": "-csearch_path=jobs"})
    queue = App(connector=PsycopgConnector(conninfo=conninfo.render_as_string(hide_password=False)))
    engine = make_engine(config.databases.application)
    mail.register(queue, engine=engine, config=config)
    links.register(queue, engine=engine, config=config)
    publishing.register(queue, engine=engine, config=config)
    reports.register(queue, engine=engine, config=config)
    revival.register(queue)
    return queue, engine


def run_worker(config: Config) -> None:
    """Work until told to stop; what a dead worker held is taken up again."""
    queue, _engine = make_queue(config)
    with queue.open():
        queue.run_worker(
            concurrency=2, install_signal_handlers=True, listen_notify=True, delete_jobs="successful"
        )
