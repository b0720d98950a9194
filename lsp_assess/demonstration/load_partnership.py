"""The partnership itself: its row, areas, organisations, seats, people, sign-ins, rounds and collections."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from lsp_assess.access.actor import Actor
from lsp_assess.database.base import Base
from lsp_assess.database.instruments import issue
from lsp_assess.database.models import partnerships as tables
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.demonstration.accounts import SignIn, password_hash, sign_ins
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.people import ORGANISATIONS, SEATS, SeatPlan
from lsp_assess.demonstration.places import DISTRICT_CODE, DISTRICT_NAME, GROUPS, WARDS
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.setting import (
    Setting,
    area_id,
    organisation_id,
    person_id,
)
from lsp_assess.demonstration.staff import STAFF, coordinator, email_of, researcher_of, with_accounts
from lsp_assess.demonstration.timetable import PARTNERSHIP_BEGAN, turnover
from lsp_assess.partnerships.agreements import Allows, LawfulBasis
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.roles import Matching, Role

SLUG = "marrowdale"
NAME = "Marrowdale Together Partnership"
SMALLEST_CHANGE = 0.05


FIGURES_FROM = "Trafford Data Lab"
"""Who publishes the indicators, as their mappings say."""
EVALUATED_BY = "The evaluators of the partnership"


def load_partnership(setting: Setting) -> None:
    setting.session.add(
        tables.Partnership(
            id=PARTNERSHIP_ID,
            slug=SLUG,
            name=NAME,
            matching=Matching.PERSON,
            smallest_change=SMALLEST_CHANGE,
            demonstration=True,
        )
    )
    setting.session.flush()
    for written in (_areas(), _organisations(), _seats(), _people(), _sub_partnerships(), _agreements()):
        setting.write(written)
    setting.write(_accounts(setting))
    setting.write(_contacts())
    setting.write(_memberships())
    setting.write(_researcher_areas())
    for shipped in setting.shipped.values():
        issue(setting.session, shipped.instrument, source=shipped.source, at=setting.now)


def membership_id(name: str) -> UUID:
    return identity("membership", name)


def _areas() -> Iterator[Base]:
    def area(code: str, name: str, kind: AreaType, **more: object) -> Base:
        return tables.Area(
            partnership_id=PARTNERSHIP_ID, id=area_id(code), code=code, name=name, type=kind, **more
        )

    yield area(DISTRICT_CODE, DISTRICT_NAME, AreaType.DISTRICT)
    for group in GROUPS:
        yield area(group.code, group.name, AreaType.GROUP_OF_AREAS)
    for ward in WARDS:
        group_id = area_id(ward.group)
        yield area(ward.code, ward.name, AreaType.WARD, priority=ward.is_priority, group_id=group_id)


def _organisations() -> Iterator[Base]:
    for plan in ORGANISATIONS:
        yield tables.Organisation(
            partnership_id=PARTNERSHIP_ID,
            id=organisation_id(plan.key),
            name=plan.name,
            sector=plan.sector.value,
            valid_from=PARTNERSHIP_BEGAN if plan.first_round == 1 else turnover(plan.first_round),
        )


def _sub_partnerships() -> Iterator[Base]:
    purposes = {
        "Safer Marrowdale": "Crime, anti-social behaviour and how safe people feel.",
        "Learning and Work": "From ready for school to a first job.",
        "Warm and Green": "Homes, energy, waste and the air.",
    }
    for name, purpose in purposes.items():
        yield tables.SubPartnership(
            partnership_id=PARTNERSHIP_ID, id=identity("sub-partnership", name), name=name, purpose=purpose
        )


def _seat_id(seat: SeatPlan) -> UUID:
    return identity("seat", seat.organisation, seat.title)


def _seats() -> Iterator[Base]:
    for seat in SEATS:
        yield tables.Seat(
            partnership_id=PARTNERSHIP_ID,
            id=_seat_id(seat),
            organisation_id=organisation_id(seat.organisation),
            title=seat.title,
        )


def _people() -> Iterator[Base]:
    signing_in = set(with_accounts())
    names = [member.name for member in STAFF] + [holder.name for seat in SEATS for holder in seat.holders]
    for name in names:
        yield tables.Person(
            partnership_id=PARTNERSHIP_ID,
            id=person_id(name),
            account_id=account_id(name) if name in signing_in else None,
            name=name,
        )


def account_id(name: str) -> UUID:
    return identity("account", name)


def acting_coordinator() -> Actor:
    name = coordinator().name
    return Actor(
        account_id=account_id(name),
        partnership_id=PARTNERSHIP_ID,
        person_id=person_id(name),
        roles=frozenset({Role.COORDINATOR}),
    )


def _accounts(setting: Setting) -> Iterator[Base]:
    printed = {sign_in.name: sign_in for sign_in in sign_ins(setting.keys)}
    administrators = {member.name for member in STAFF if member.role is Role.ADMINISTRATOR}
    for name in with_accounts():
        yield Account(
            id=account_id(name),
            email=email_of(name),
            fs_uniquifier=identity("uniquifier", name).hex,
            administrator=name in administrators,
            confirmed_at=setting.now,
            **_factors(setting, printed.get(name)),
        )


def _factors(setting: Setting, sign_in: SignIn | None) -> dict[str, str | None]:
    """How somebody signs in; without a pass phrase, by the link of an invitation."""
    if sign_in is None:
        return {"password": None, "tf_primary_method": None, "tf_totp_secret": None}
    secret = sign_in.totp.to_json(encrypt=True) if sign_in.totp is not None else None
    return {
        "password": password_hash(setting.keys, sign_in),
        "tf_primary_method": "authenticator" if secret else None,
        "tf_totp_secret": secret,
    }


def _agreements() -> Iterator[Base]:
    yield SharingAgreement(
        partnership_id=PARTNERSHIP_ID,
        id=identity("agreement", FIGURES_FROM),
        source=FIGURES_FROM,
        allows=Allows.TAKING_IN,
        purpose="To show the outcome indicators of the area beside what residents and partners say.",
        lawful_basis=LawfulBasis.NOT_PERSONAL,
        valid_from=date(2011, 4, 1),
        signed_by="The partnership’s information manager",
        reference="Open Government Licence v3.0",
    )
    yield SharingAgreement(
        partnership_id=PARTNERSHIP_ID,
        id=identity("agreement", EVALUATED_BY),
        source=EVALUATED_BY,
        allows=Allows.RESEARCH,
        purpose="To check the published figures and to study how views of an area change.",
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        valid_from=PARTNERSHIP_BEGAN,
        signed_by="The partnership’s information manager and the evaluators",
        reference="Agreements, file 1",
    )


def _contacts() -> Iterator[Base]:
    for name in with_accounts():
        yield PersonContact(partnership_id=PARTNERSHIP_ID, id=person_id(name), email=email_of(name))


def _memberships() -> Iterator[Base]:
    for member in STAFF:
        yield tables.Membership(
            partnership_id=PARTNERSHIP_ID,
            id=membership_id(member.name),
            person_id=person_id(member.name),
            organisation_id=organisation_id(member.organisation),
            role=member.role,
            valid_from=PARTNERSHIP_BEGAN,
        )
    for seat in SEATS:
        for holder in seat.holders:
            yield tables.Membership(
                partnership_id=PARTNERSHIP_ID,
                id=membership_id(holder.name),
                person_id=person_id(holder.name),
                organisation_id=organisation_id(seat.organisation),
                seat_id=_seat_id(seat),
                role=Role.PARTNER,
                valid_from=holder.begins,
                valid_to=holder.ends,
            )


def _researcher_areas() -> Iterator[Base]:
    for ward in WARDS:
        researcher = researcher_of(ward)
        yield tables.ResearcherArea(
            partnership_id=PARTNERSHIP_ID,
            id=identity("researcher area", ward.code),
            membership_id=membership_id(researcher),
            area_id=area_id(ward.code),
        )
