"""The challenge log as it stood when each round was published: asked by then, and answered by then."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.outcomes import Action, Indicator
from lsp_assess.database.own_rows import own_row
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.load_partnership import account_id
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import DRIVER
from lsp_assess.demonstration.remarks import data
from lsp_assess.demonstration.setting import collection_id, organisation_id, person_id
from lsp_assess.demonstration.staff import STAFF
from lsp_assess.demonstration.timetable import RoundPlan
from lsp_assess.partnerships.roles import Role


def carry_on_challenges(session: Session, plan: RoundPlan) -> None:
    for number, entry in enumerate(data("challenge")):
        if entry["round"] > plan.number:
            continue
        row = own_row(session, Challenge, identity("challenge", number))
        if row is None:
            row = _asked(session, number, entry)
            session.add(row)
        if "answered" in entry and entry["answered"] <= plan.published:
            row.answer, row.answered_on = entry["answer"], entry["answered"]
            row.answering_id, row.lead_person_id = row.lead_id, None
    session.flush()


def _asked(session: Session, number: int, entry: Mapping[str, Any]) -> Challenge:
    staff = next((one for one in STAFF if one.role == entry["by"]), None)
    return Challenge(
        partnership_id=PARTNERSHIP_ID,
        id=identity("challenge", number),
        round_id=identity("round", entry["round"]),
        collection_id=collection_id(entry["round"], DRIVER) if "meeting" in entry else None,
        part=entry.get("part"),
        action_id=_action(session, entry["action"]) if "action" in entry else None,
        indicator_id=_indicator(session, entry["indicator"]) if "indicator" in entry else None,
        flagged=entry.get("flagged", False),
        question=entry["question"],
        asked_as=staff.role if staff else Role.PARTNER,
        asking_id=None if staff else organisation_id(entry["by"]),
        asked_by=account_id(staff.name) if staff else None,
        asked_on=entry["asked"],
        reply_by=entry["reply_by"],
        lead_id=organisation_id(entry["lead"]),
        lead_person_id=person_id(entry["person"]) if "person" in entry else None,
    )


def _action(session: Session, title: str) -> UUID:
    return session.execute(select(Action.id).where(Action.title == title)).scalar_one()


def _indicator(session: Session, code: str) -> UUID:
    return session.execute(select(Indicator.id).where(Indicator.code == code)).scalar_one()
