"""The committed bill of materials says what the two lock files say, package for package."""

import json
from pathlib import Path

from packaging.requirements import Requirement

from tests.trust_run import Figure

PROJECT = Path(__file__).parents[2]


def pinned_by_python() -> set[tuple[str, str]]:
    lines = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if line and not line.startswith((" ", "#"))]
    return {(f"pkg:pypi/{one.name}", str(one.specifier).removeprefix("==")) for one in pins}


def pinned_by_npm() -> set[tuple[str, str]]:
    packages = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        (f"pkg:npm/{place.split('node_modules/')[-1].replace('@', '%40')}", package["version"])
        for place, package in packages.items()
        if place
    }


def test_the_bill_of_materials_names_every_locked_package_and_no_other(figure: Figure) -> None:
    bill = json.loads((PROJECT / "docs" / "bom.json").read_text(encoding="utf-8"))  # trust C4
    named = [(one["purl"].rpartition("@")[0], one["version"]) for one in bill["components"]]
    assert bill["bomFormat"] == "CycloneDX"
    assert len(named) == len(set(named))
    assert set(named) == pinned_by_python() | pinned_by_npm(), "run `make bom`"
    assert [one["purl"] for one in bill["components"] if not one["hashes"]] == []
    figure(f"packages: locked {len(named)}, in the bill of materials {len(named)}")


def test_the_bill_of_materials_holds_each_package_to_the_hashes_of_the_lock() -> None:
    bill = json.loads((PROJECT / "docs" / "bom.json").read_text(encoding="utf-8"))  # trust C4
    lock = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    hashes = [h["content"] for one in bill["components"] if "pypi" in one["purl"] for h in one["hashes"]]
    assert len(hashes) == lock.count("--hash=sha256:")
    assert all(f"sha256:{one}" in lock for one in hashes)
