"""What stands in an address where a name or a number is expected: never a page that broke. # trust E"""

from collections.abc import Iterator

from flask import Flask

from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import CLOSED, PUBLIC
from tests.bad_input import IN_ADDRESSES
from tests.browser.places import PLACES
from tests.forms_found import NOBODY, TOKEN, Forms, Found
from tests.integration.hostile.conftest import Place
from tests.integration.hostile.sending import Sender
from tests.trust_run import Figure, Times

STANDS_FOR = "1111111111"


def test_no_bad_name_or_number_in_an_address_breaks_a_page(
    place: Place, figure: Figure, times: Times
) -> None:
    # trust E
    forms, tried = Forms(place.site, place.engine), 0
    clients = {who: forms.client(who) for who in (Role.COORDINATOR, Role.PARTNER, Role.RESEARCHER, NOBODY)}
    looker = Sender(place, Found(NOBODY, "/", "/", entries=(TOKEN,)))
    broke = []
    listed, few = list(IN_ADDRESSES.items()), times(few=2, full=len(IN_ADDRESSES))
    for at, (pattern, endpoint, method) in enumerate(addresses(place)):
        for n in range(few):
            what, bad = listed[(at * few + n) % len(listed)]
            who = whom(endpoint)
            answer = clients[who].open(pattern.replace(STANDS_FOR, bad), method=method)
            tried += 1
            if answer.status_code >= 500:
                broke.append(f"{method} {endpoint}: {what}")
    looker.check_untouched("addresses")
    looker.close()
    figure(f"{tried} bad names and numbers in addresses: broke {len(broke)}")
    assert broke == []
    assert looker.faults == []
    assert tried > 200


def whom(endpoint: str) -> str:
    """Somebody who is let in, so that the page itself is tried."""
    if endpoint in PUBLIC:
        return NOBODY
    blueprint = endpoint.partition(".")[0]
    if blueprint in ("answering", "answering_results"):
        return Role.PARTNER
    return Role.RESEARCHER if blueprint in ("residents", "keying") else Role.COORDINATOR


def addresses(place: Place) -> Iterator[tuple[str, str, str]]:
    """Each address with one of its names or numbers to be replaced, the others being those of something
    that is there."""
    app: Flask = place.site.app
    for rule in app.url_map.iter_rules():
        loose = [name for name, kind in rule._converters.items() if type(kind).__name__ != "UUIDConverter"]
        if rule.endpoint in CLOSED | {"static"}:
            continue
        for name in loose:
            place_of = PLACES.get(rule.endpoint)
            values = dict(place_of(place.site)) if place_of else {}
            for other, kind in rule._converters.items():
                values.setdefault(
                    other, ids(place).get(other, 1 if "Integer" in type(kind).__name__ else "a")
                )
            values["partnership"] = place.site.full.slug
            values[name] = (
                int(STANDS_FOR) if "Integer" in type(rule._converters[name]).__name__ else STANDS_FOR
            )
            path = rule.build({key: values[key] for key in rule.arguments})
            assert path is not None
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield path[1], rule.endpoint, method


def ids(place: Place) -> dict[str, object]:
    filled = place.site.filled
    return {
        "collection_id": filled.collections["progress_wheel"],
        "member_id": filled.sample_members[0],
        "story_id": filled.story,
        "of": place.site.full.partnership_id,
    }
