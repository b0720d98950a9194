"""Final submissions are safe to repeat: the same id with the same body has one receipt."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from lsp_assess.actions.work import Work
from lsp_assess.database.models.responses import KeptBody, Receipt
from lsp_assess.kernel.errors import KeptConflict, problem


@dataclass(frozen=True, slots=True)
class Sent:
    """A receipt. `repeated`: it was sent before, and nothing was done now."""

    receipt_id: UUID
    at: datetime
    repeated: bool


def claim(work: Work, *, sending_id: UUID, body: dict[str, Any], collection_id: UUID | None) -> Sent:
    """Enter a sending in the ledger, in the transaction of what it does. Of several at the same time the
    others wait for the first. Raises KeptConflict when the id was used for another body; that is kept."""
    body_hash = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    made = work.session.execute(
        insert(Receipt)
        .values(
            partnership_id=work.actor.partnership_id,
            id=sending_id,
            account_id=work.actor.account_id,
            body_hash=body_hash,
            content={},
            at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(Receipt.at)
    ).scalar_one_or_none()
    if made is not None:
        return Sent(receipt_id=sending_id, at=made, repeated=False)
    earlier = work.session.execute(select(Receipt).where(Receipt.id == sending_id)).scalar_one()
    if earlier.body_hash == body_hash and earlier.account_id == work.actor.account_id:
        return Sent(receipt_id=sending_id, at=earlier.at, repeated=True)
    work.session.add(
        KeptBody(
            partnership_id=work.actor.partnership_id,
            collection_id=collection_id,
            account_id=work.actor.account_id,
            receipt_id=sending_id,
            reason="other_body_under_used_id",
            body=body,
            at=work.now,
        )
    )
    work.session.flush()
    raise KeptConflict(problem("sent_otherwise_before"))
