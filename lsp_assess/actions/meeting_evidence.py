"""What the meeting has before it on a part, and what an agreed score says it relies on. The room sees it,
and the minutes and a release tell of it: so it is what all partners may see."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from lsp_assess.actions.evidence import Held as Item
from lsp_assess.actions.evidence import evidence_of
from lsp_assess.actions.meeting import Held
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import Audience
from lsp_assess.database.models.evidence import ReliedEvidence
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id


def evidence_for_the_room(work: Work, held: Held, part: str) -> tuple[Item, ...]:
    """Out of date by the rule of the round that the meeting is on."""
    found = evidence_of(work, (part,), months=held.round.evidence_months).get(part, ())
    return tuple(one for one in found if one.row.audience is Audience.PARTNERS)


def rely_on(
    work: Work, held: Held, agreed_id: UUID, part: str, ids: Iterable[UUID]
) -> Iterator[ReliedEvidence]:
    """Raises Invalid where one was withdrawn meanwhile, or does not stand beside the part."""
    before_the_room = {one.row.id: one for one in evidence_for_the_room(work, held, part)}
    for id_ in dict.fromkeys(ids):
        item = before_the_room.get(id_)
        if item is None:
            raise Invalid(problem("evidence_not_of_part", Place(question="evidence")))
        yield ReliedEvidence(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            agreed_score_id=agreed_id,
            evidence_id=id_,
            title=item.row.title,
            was_stale=item.stale is not None,
        )
