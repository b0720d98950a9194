"""«E-mail me a new link»: one for each collection that is open to the account, in every partnership."""

from uuid import UUID

from procrastinate import App
from sqlalchemy import Engine

from lsp_assess.access.actor import Actor
from lsp_assess.actions.invitations import SEND_NEW_LINKS, check_asked, send_new_links
from lsp_assess.actions.work import Work
from lsp_assess.config import Config
from lsp_assess.database.access import partnerships_of
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SystemClock


def register(queue: App, *, engine: Engine, config: Config) -> None:
    @queue.task(name=SEND_NEW_LINKS, retry=3)
    def for_account(account_id: str, asked_at: str, seal: str) -> None:
        known, now = UUID(account_id), SystemClock().now()
        check_asked(account_id=known, asked_at=asked_at, seal=seal, at=now, key=config.secret_key)
        send(engine, account_id=known, base_url=config.base_url)


def send(engine: Engine, *, account_id: UUID, base_url: str) -> None:
    """One transaction a partnership."""
    with transaction(engine, Scope(account_id=account_id)) as outside:
        partnerships = [partnership.id for partnership in partnerships_of(outside)]
    for partnership_id in partnerships:
        scope = Scope(partnership_id=partnership_id, account_id=account_id)
        with transaction(engine, scope) as session:
            actor = Actor(account_id=account_id, partnership_id=partnership_id)
            work = Work(session=session, actor=actor, clock=SystemClock())
            send_new_links(work, account_id=account_id, base_url=base_url)
