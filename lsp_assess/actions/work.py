"""What an action is handed: the session of one partnership, who acts, and the time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.access.actor import Actor
from lsp_assess.access.policies import POLICIES
from lsp_assess.database import audit
from lsp_assess.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class Work:
    session: Session
    actor: Actor
    clock: Clock

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def check(self, policy: str) -> None:
        """Raises Denied unless the actor satisfies the named policy."""
        POLICIES[policy](self.actor)

    def record(
        self, event: str, *, object_kind: str, object_id: UUID | str | None = None, **details: Any
    ) -> None:
        """One audit event, in this transaction."""
        audit.record(
            self.session,
            event=event,
            at=self.now,
            account_id=self.actor.account_id,
            object_kind=object_kind,
            object_id=object_id,
            **details,
        )
