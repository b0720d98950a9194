import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import slowness
from tests.trust_run import Figure
from tests.unit.exchange.bombs import DOCUMENTS, OF_DOCUMENTS, OF_SHEETS, SHEETS

PROJECT = Path(__file__).parents[3]


@pytest.mark.long
def test_each_importer_refuses_each_bomb_within_two_seconds_and_a_hundred_mebibytes(figure: Figure) -> None:
    made = subprocess.run(  # trust E
        [sys.executable, "-m", "tests.unit.exchange.bombs"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    costs = [json.loads(line) for line in made.stdout.splitlines()]
    assert len(costs) == len(SHEETS) * len(OF_SHEETS) + len(DOCUMENTS) * len(OF_DOCUMENTS), made.stderr
    assert [cost["case"] for cost in costs if not cost["codes"]] == []
    seconds, mebibytes = (max(cost[each] for cost in costs) for each in ("seconds", "mebibytes"))
    assert mebibytes < 100
    assert seconds < 2 * slowness()
    figure(f"{len(costs)} bombs refused by importers, at most {seconds:.1f} s and {mebibytes:.0f} MiB")
