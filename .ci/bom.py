"""Writes docs/bom.json, a bill of materials (CycloneDX 1.6), from the two lock files: each package as it is
pinned, with the hashes that it is held to. Names no address, so that it says the same on every machine."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)


def python_packages() -> Iterator[dict[str, Any]]:
    """The one wheel or archive that is taken is among the hashes; which one, depends on the machine."""
    for name, version, rest in PINNED.findall((PROJECT / "requirements.txt").read_text(encoding="utf-8")):
        hashes = [
            {"alg": "SHA-256", "content": found} for found in re.findall(r"sha256:([0-9a-f]{64})", rest)
        ]
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "hashes": hashes,
            "purl": f"pkg:pypi/{name}@{version}",
        }


def npm_packages() -> Iterator[dict[str, Any]]:
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for place, package in packages.items():
        name = place.rpartition("node_modules/")[2]
        if not name:
            continue
        algorithm, _, digest = package["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        found = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": package["version"],
            "hashes": [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": content}],
            "purl": purl,
        }
        if "license" in package:
            found["licenses"] = [{"expression": package["license"]}]
        yield found


def bill() -> dict[str, Any]:
    components = sorted([*python_packages(), *npm_packages()], key=lambda one: one["purl"])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "lsp_assess", "bom-ref": "lsp_assess"}},
        "components": components,
    }


if __name__ == "__main__":
    text = json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"
    (PROJECT / "docs" / "bom.json").write_text(text, encoding="utf-8")
