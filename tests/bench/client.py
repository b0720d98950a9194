"""Partners at their browsers, as a process of their own: `client.py < plan` prints what they waited.

The plan is JSON: where, how many at once, and of each partner the cookie and the page."""

import json
import re
import sys
import time
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(rb'name="(csrf_token|base)" value="([^"]*)"')
ANSWERS = {f"q{n}": str(1 + n % 5) for n in range(1, 31)}


def complete(connection: HTTPConnection, partner: dict[str, str]) -> float:
    """Seconds from asking for the form until the answers are taken."""
    headers = {"Cookie": partner["cookie"]}
    started = time.perf_counter()
    connection.request("GET", partner["page"], headers=headers)
    answer = connection.getresponse()
    page = answer.read()
    assert answer.status == 200, (answer.status, page[:500])
    cookies = answer.getheader("Set-Cookie")
    if cookies:
        headers["Cookie"] = f"{partner['cookie']}; {cookies.partition(';')[0]}"
    body = ANSWERS | {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST", partner["page"], body=urlencode(body), headers=headers)
    answer = connection.getresponse()
    page = answer.read()
    assert answer.status == 302, (answer.status, page[:500])
    return time.perf_counter() - started


def work(url: str, waiting: SimpleQueue[dict[str, str]], took: list[float]) -> None:
    split = urlsplit(url)
    connection = HTTPConnection(str(split.hostname), split.port, timeout=60)
    while True:
        try:
            partner = waiting.get_nowait()
        except Empty:
            return
        took.append(complete(connection, partner))


def main() -> None:
    plan = json.load(sys.stdin)
    waiting: SimpleQueue[dict[str, str]] = SimpleQueue()
    for partner in plan["partners"]:
        waiting.put(partner)
    took: list[float] = []
    threads = [Thread(target=work, args=(plan["url"], waiting, took)) for _ in range(plan["at_once"])]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    assert len(took) == len(plan["partners"]), "somebody was not served"
    json.dump({"seconds": seconds, "took": took}, sys.stdout)


if __name__ == "__main__":
    main()
