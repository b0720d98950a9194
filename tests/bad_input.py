"""The classes of bad input (trust E) as data: what is sent, and what may become of it."""

import gzip
import json
from collections.abc import Mapping
from types import MappingProxyType

# Text that no record may hold: it is refused, by the field's name. Broken UTF-8 and lone surrogates are sent
# as bytes.
UNFIT: Mapping[str, str | bytes] = MappingProxyType(
    {
        "NUL": "a\x00b",
        "control character": "a\x1bb",
        "delete": "a\x7fb",
        "noncharacter": "a\uffffb",
        "broken UTF-8": b"a\xff\xfeb",
        "overlong UTF-8": b"a\xc0\xafb",
        "lone surrogate": b"a\xed\xa0\x80b",
        "a hundred thousand characters": "x" * 100_000,
    }
)

# Taken unchanged (in one normal form) or refused by the field's name, never mended in silence.
DOUBTFUL: Mapping[str, str] = MappingProxyType(
    {
        "bidirectional override": "abc\u202egnp.exe",
        "zero width": "Coun\u200bcil",
        "look-alike": "\u0421ouncil",  # a Cyrillic С
        "full width": "\uff23\uff4f\uff55\uff4e\uff43\uff49\uff4c",
        "decomposed": "Cafe\u0301",
        "exploding for a regular expression": "a" * 60 + "!",
        "exploding e-mail address": "a@" + "a." * 40 + "!",
        "path upwards": "../../etc/passwd",
        "absolute path": "/etc/passwd",
        "device": "CON",
        "NaN": "NaN",
        "Infinity": "-Infinity",
        "minus nought": "-0",
        "beyond a double": "1e309",
        "digits of another script": "\u0663\u0664",
        "a thousand digits": "9" * 1000,
        "bool": "true",
        "JSON": '{"a": 1, "a": 2}',
        "formula": "=1+1",
        "full-width formula": "\uff1d1+1",
        "template": "{{7*7}}${7*7}<%= 7*7 %>",
        "SQL": "'; DROP TABLE main.person; --",
    }
)

# Names and remarks as people write them: taken, and found again as they were written.
FIT: Mapping[str, str] = MappingProxyType(
    {
        "O’Brien and O'Brien": "O’Brien & O'Brien",
        "Ng": "Ng",
        "Łukasz": "Łukasz Żółć",
        "Welsh": "Llŷr ŵy",
        "Arabic": "مرحبا بكم",
        "emoji": "👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "angle brackets": "R&D <team>",
    }
)

# For the parts of a date, together: refused, and the date is named.
NOT_A_DAY: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "29 February of no leap year": ("29", "2", "2027"),
        "31 November": ("31", "11", "2026"),
        "year 0": ("1", "1", "0"),
        "year 10000": ("1", "1", "10000"),
        "month 13": ("1", "13", "2026"),
        "words": ("one", "May", "NaN"),
        "broken": ("1", "\x00", "2026"),
        "digits of another script": ("\u0663", "\u0664", "2026"),
        "a long number": ("9" * 400, "1", "2026"),
        "half a day": ("1", "", "2026"),
    }
)

# For what is chosen from a list, and for what a page hands on unseen.
NOT_OFFERED: Mapping[str, str] = MappingProxyType(
    {
        "something else": "something else",
        "an id of nobody": "00000000-0000-4000-8000-000000000000",
        "NUL": "a\x00b",
        "a long number": "9" * 400,
        "minus one": "-1",
        "NaN": "NaN",
        "a typed missing that is none": "--abducted",
        "a hundred thousand characters": "x" * 100_000,
    }
)

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
DEEP = b"[" * 1000 + b"]" * 1000

# Whole bodies of another kind than the form's own: (type, encoding, body).
BODIES: Mapping[str, tuple[str, str, bytes]] = MappingProxyType(
    {
        "JSON a thousand deep": ("application/json", "", DEEP),
        "duplicate JSON keys": ("application/json", "", b'{"name": "a", "name": "b"}'),
        "JSON numbers": ("application/json", "", b'{"name": NaN, "version": -0, "number": 1e309}'),
        "JSON bool for int": ("application/json", "", json.dumps({"version": True}).encode()),
        "gzip bomb": (
            "application/x-www-form-urlencoded",
            "gzip",
            gzip.compress(b"name=" + b"x" * 50_000_000, mtime=0),
        ),
        "XML entities": ("application/xml", "", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "torn multipart": (
            "multipart/form-data; boundary=x",
            "",
            b"--x\r\nContent-Disposition: form-data; na",
        ),
        "multipart without a boundary": ("multipart/form-data", "", b"--x\r\n\r\n--x--"),
        "a body in no known code": ("application/x-www-form-urlencoded; charset=utf-7", "", b"name=+ADw-"),
    }
)

# Forms of more parts than any page has: (type, body).
TOO_MANY = (
    (FORM, "&".join(f"part{n}=" for n in range(100_000)).encode()),
    (FORM, b"a&" * 10_000_000),
    (
        MULTIPART,
        b"".join(b'--x\r\nContent-Disposition: form-data; name="p%d"\r\n\r\n\r\n' % n for n in range(100_000))
        + b"--x--\r\n",
    ),
)

# In an address, where a name or a number is expected.
IN_ADDRESSES: Mapping[str, str] = MappingProxyType(
    {
        "NUL": "a%00b",
        "broken UTF-8": "a%ff%feb",
        "lone surrogate": "a%ed%a0%80b",
        "a path upwards": "..%2f..%2fetc%2fpasswd",
        "dots": "..",
        "a device": "CON",
        "long": "x" * 5000,
        "a long number": "9" * 400,
        "bigger than a big integer": "99999999999999999999",
        "minus one": "-1",
        "not a number": "NaN",
        "an emoji": "%F0%9F%91%A9",
        "quotes": "%27%22%3Cscript%3E",
    }
)
