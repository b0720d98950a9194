"""Pages that are looked at without a trace, and why."""

from collections.abc import Mapping
from types import MappingProxyType


def endpoints(named: str) -> frozenset[str]:
    return frozenset(named.split())


PLAIN_READS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "released, or of nobody: indicators, progress, actions, what was asked about them": endpoints(
            """
            static public.home public.accessibility public.privacy public.health
            partnerships.home partnerships.style
            results.listing results.release results.table results.points results.story
            reports.listing reports.job reports.progress research.listing
            outcomes.listing outcomes.indicator outcomes.csv outcomes.drawing
            loop.listing loop.add loop.add_of loop.change loop.reminders meeting.listing meeting.move
            milestones.listing milestones.add milestones.change owner_updates.tell
            challenge.listing challenge.meeting challenge.question challenge.reword
            challenge.ask_part challenge.ask_action challenge.ask_indicator
            """
        ),
        "one’s own, or empty": endpoints(
            """
            accounts.overview accounts.qr_code own_data.mine
            security.login security.forgot_password security.reset_password security.verify
            security.change_password security.two_factor_setup security.two_factor_token_validation
            security.mf_recovery invitations.show invitations.ask_for_link
            answering.tasks answering.section answering.check answering.receipt answering_results.mine
            handing_on.choose again.part
            keying.piles keying.form
            """
        ),
        "names and work addresses for whoever runs the partnership; numbers; questions": endpoints(
            """
            administration.listing administration.partnership administration.appoint administration.make
            coordination.partnership coordination.change_settings coordination.keeping
            coordination.change_keeping
            coordination.organisation coordination.add_organisation coordination.end_organisation
            coordination.members coordination.member coordination.add_member coordination.change_person
            coordination.end_membership coordination.hand_over coordination.set_seat
            coordination.researcher_areas
            coordination.agreements coordination.add_agreement coordination.end_agreement
            coordination.personal_data
            coordination.areas coordination.add_area coordination.change_area
            coordination.rounds coordination.round coordination.add_round coordination.change_round
            coordination.collection coordination.add_collection coordination.move coordination.deadline
            coordination.questionnaires coordination.questionnaire coordination.questionnaire_file
            coordination.questionnaire_section coordination.add_questionnaire
            coordination.files coordination.file_taken coordination.add_indicators coordination.add_responses
            coordination.change_indicator coordination.sample coordination.add_sample
            coordination.population coordination.paper coordination.key_form coordination.parts
            coordination.reminder_rule
            coordination.publish coordination.publication coordination.publishing
            """
        ),
        "how many have scored again, never who or what": endpoints("rescoring.counted"),
        "written by the meeting for everybody, with figures from the gate": endpoints(
            """
            findings.listing findings.add findings.change findings.merge findings.remove
            ranking.begin ranking.end ranking.vote
            """
        ),
        "titles and days of evidence; what it says is read on its own page": endpoints(
            "evidence.listing evidence.add evidence.change evidence.withdraw"
        ),
        "where the product is tried, no mail leaves and nothing is real": endpoints("mail.catcher"),
    }
)
