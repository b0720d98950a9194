"""The people who work for the partnership, and whose sign-ins are printed."""

from dataclasses import dataclass

from lsp_assess.demonstration.people import partners_in
from lsp_assess.demonstration.places import WARDS, Ward
from lsp_assess.demonstration.timetable import OPEN_ROUND
from lsp_assess.partnerships.roles import Role

DOMAIN = "marrowdale.example"


@dataclass(frozen=True, slots=True)
class StaffMember:
    name: str
    role: Role
    organisation: str


STAFF = (
    StaffMember("Kamal Fernhill", Role.COORDINATOR, "council"),
    StaffMember("Lowri Hazelwick", Role.FACILITATOR, "voluntary"),
    StaffMember("Mungo Sedgeley", Role.EVALUATOR, "college"),
    StaffMember("Nasreen Thornbury", Role.SCRUTINY, "council"),
    StaffMember("Otis Reedham", Role.ADMINISTRATOR, "council"),
    StaffMember("Peggy Mossop", Role.RESEARCHER, "voluntary"),
    StaffMember("Rashid Ivyson", Role.RESEARCHER, "voluntary"),
    StaffMember("Sinead Furzeby", Role.RESEARCHER, "voluntary"),
    StaffMember("Taiwo Gorseman", Role.RESEARCHER, "voluntary"),
)
RESEARCHERS = tuple(member.name for member in STAFF if member.role is Role.RESEARCHER)

# Two of the researchers sign in; the other two worked in earlier rounds and are still on the books.
SIGNING_IN = (*(member.name for member in STAFF[:7]), "Ada Larkspur", "Olwen Mallow", "Doris Ragwort")


def coordinator() -> StaffMember:
    return next(member for member in STAFF if member.role is Role.COORDINATOR)


def researcher_of(ward: Ward) -> str:
    """Three wards each, of different groups, so that travelling and difficulty are shared."""
    return RESEARCHERS[WARDS.index(ward) % len(RESEARCHERS)]


def email_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def with_accounts() -> tuple[str, ...]:
    """Staff, and all who sit at the table now: they are sent invitations."""
    return (*(member.name for member in STAFF), *(partner.name for partner in partners_in(OPEN_ROUND)))
