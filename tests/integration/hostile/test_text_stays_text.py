"""SQL and templates in every field of every form, also where something is to be chosen (trust B5)."""

from tests.forms_found import Found
from tests.integration.hostile.conftest import Places
from tests.integration.hostile.sending import each_form
from tests.integration.matrix.hostile import EVALUATED, HOSTILE
from tests.trust_run import Figure, Times


def test_text_in_any_field_of_any_form_stays_text(
    places: Places, forms: list[Found], figure: Figure, times: Times
) -> None:
    # trust B5
    sent, fields, endpoints = 0, 0, set()
    faults: list[str] = []
    most, few = times(few=1, full=1000), times(few=1, full=len(HOSTILE))
    for at, sender in enumerate(each_form(places, forms[:: times(few=6, full=1)])):
        entries = [e for e in sender.form.entries if e.kind != "file" and e.name != "csrf_token"]
        for entry in entries[:most]:
            for n in range(few):
                payload = HOSTILE[(at + n) % len(HOSTILE)]
                values = sender.form.with_value(sender.filled(), entry, payload)
                answer = sender.send(values, f"{entry.name}: {payload}")
                if [each for each in EVALUATED if each in answer.text]:
                    sender.complain(f"{entry.name}: {payload}", "evaluated")
                if answer.status_code == 302:
                    sender.look_again()  # at every table there was, too
            fields += 1
        endpoints.add(sender.form.endpoint)
        sent, faults = sent + sender.sent, faults + sender.faults
        sender.held()
    figure(
        f"{sent} × SQL and templates in {fields} fields of {len(endpoints)} endpoints: broke {len(faults)}"
    )
    assert faults == [], "\n".join(faults)
    assert fields > 5
