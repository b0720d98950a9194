"""Endpoint → policy. What stands in neither does not exist for anybody."""

from collections.abc import Mapping
from types import MappingProxyType

PUBLIC = frozenset(
    {
        "static",
        "public.home",
        "public.accessibility",
        "public.privacy",
        "public.health",
        "invitations.show",
        "invitations.redeem",
        "invitations.ask_for_link",
        "invitations.link_asked",
        "mail.catcher",
        "security.login",
        "security.logout",
        "security.forgot_password",
        "security.reset_password",
        "security.two_factor_token_validation",
        "security.mf_recovery",
    }
)

# What Flask-Security brings along and nobody here uses: 404.
CLOSED = frozenset(
    {
        "security.static",
        "security.tf_select",
        "security.two_factor_rescue",
        "security.two_factor_setup_validate",
    }
)

# Not to be had by a link in an e-mail, which would otherwise be worth more than the second factor.
PROVED_ONLY = frozenset(
    {
        "security.verify",
        "security.two_factor_setup",
        "security.mf_recovery_codes",
        "accounts.qr_code",
    }
)

# Where somebody who owes a second factor can get one.
SETTING_UP = frozenset(
    {
        "accounts.overview",
        "accounts.qr_code",
        "security.change_password",
        "security.two_factor_setup",
        "security.verify",
    }
)

POLICY_OF: Mapping[str, str] = MappingProxyType(
    {
        "accounts.overview": "signed_in",
        "accounts.qr_code": "signed_in",
        "security.change_password": "signed_in",
        "security.two_factor_setup": "signed_in",
        "security.mf_recovery_codes": "signed_in",
        "security.verify": "signed_in",
        "administration.listing": "administer",
        "administration.make": "administer",
        "administration.partnership": "administer",
        "administration.appoint": "administer",
        "partnerships.home": "member",
        "partnerships.style": "member",
        "residents.households": "interview",
        "residents.household": "interview",
        "residents.visit": "interview",
        "residents.begin": "interview",
        "residents.interview": "interview",
        "residents.save": "interview",
        "residents.check": "interview",
        "residents.finish": "interview",
        "keying.piles": "interview",
        "keying.form": "interview",
        "keying.enter": "interview",
        "answering.tasks": "answer",
        "answering.section": "answer",
        "answering.save": "answer",
        "answering.check": "answer",
        "answering.send": "answer",
        "answering.receipt": "answer",
        "answering.open_again": "answer",
        "answering_results.mine": "answer",
        "coordination.partnership": "coordinate",
        "coordination.change_settings": "coordinate",
        "coordination.add_organisation": "coordinate",
        "coordination.organisation": "coordinate",
        "coordination.end_organisation": "coordinate",
        "coordination.members": "coordinate",
        "coordination.add_member": "coordinate",
        "coordination.member": "coordinate",
        "coordination.change_person": "coordinate",
        "coordination.end_membership": "coordinate",
        "coordination.hand_over": "coordinate",
        "coordination.set_seat": "coordinate",
        "coordination.researcher_areas": "coordinate",
        "coordination.areas": "coordinate",
        "coordination.add_area": "coordinate",
        "coordination.change_area": "coordinate",
        "coordination.rounds": "coordinate",
        "coordination.add_round": "coordinate",
        "coordination.round": "coordinate",
        "coordination.change_round": "coordinate",
        "coordination.add_collection": "coordinate",
        "coordination.collection": "coordinate",
        "coordination.move": "coordinate",
        "coordination.deadline": "coordinate",
        "coordination.invite": "coordinate",
        "coordination.remind": "coordinate",
        "coordination.questionnaires": "coordinate",
        "coordination.add_questionnaire": "coordinate",
        "coordination.questionnaire": "coordinate",
        "coordination.questionnaire_file": "coordinate",
        "coordination.questionnaire_section": "coordinate",
        "coordination.files": "coordinate",
        "coordination.add_indicators": "coordinate",
        "coordination.add_responses": "coordinate",
        "coordination.file_taken": "coordinate",
        "coordination.preview_file": "coordinate",
        "coordination.confirm_file": "coordinate",
        "coordination.drop_file": "coordinate",
        "coordination.change_indicator": "coordinate",
        "coordination.publish": "coordinate",
        "coordination.publication": "coordinate",
        "coordination.publishing": "coordinate",
        "coordination.sample": "coordinate",
        "coordination.add_sample": "coordinate",
        "coordination.assign_evenly": "coordinate",
        "coordination.sample_area": "coordinate",
        "stories.listing": "read_stories",
        "stories.story": "read_stories",
        "stories.grade": "grade_stories",
        "stories.decide": "coordinate",
        "stories.withdraw": "read_stories",
        "loop.listing": "member",
        "loop.add": "coordinate",
        "loop.change": "coordinate",
        "results.listing": "read_releases",
        "results.release": "read_releases",
        "results.table": "read_releases",
        "results.story": "read_releases",
        "result_files.csv": "download",
        "result_files.workbook": "download",
        "result_files.drawing": "download",
        "reports.listing": "download",
        "reports.ask": "download",
        "reports.job": "download",
        "reports.progress": "download",
        "reports.file": "download",
        "outcomes.listing": "read_indicators",
        "outcomes.indicator": "read_indicators",
        "outcomes.csv": "read_indicators",
        "outcomes.drawing": "read_indicators",
    }
)
