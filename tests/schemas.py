"""The schema of a database as PostgreSQL's catalogue has it, as one text that can be compared."""

import re
import subprocess

from sqlalchemy import make_url

from lsp_assess.database.embedded_place import packaged_programs

# A check that went through a dump is cast in another place, and means the same.
CAST = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")


def schema_of(migrator_url: str) -> str:
    """Every table, constraint, policy, function, owner and grant, as statements in a fixed order; but not
    what migrations note about themselves."""
    address = make_url(migrator_url)
    said = subprocess.run(
        [
            packaged_programs() / "pg_dump",
            f"--dbname={address._replace(drivername='postgresql', password=None).render_as_string()}",
            *("--schema-only", "--no-comments", "--restrict-key=0", "--exclude-schema=migrations"),
        ],
        env={"PGPASSWORD": address.password or ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = (line for line in said.splitlines() if line and not line.startswith("--"))
    return "\n".join(CAST.sub("", line) if "CHECK" in line else line for line in lines)
