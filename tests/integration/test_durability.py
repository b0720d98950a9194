"""What a start asks of a database that must not forget. # trust D2"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from lsp_assess.actions.starting import check_start
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.durability import check_durability
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.errors import Denied

Alter = Callable[[str], None]


@pytest.fixture
def alter(embedded: EmbeddedServer, database: Urls) -> Iterator[Alter]:
    """Change a setting of this database alone, as an administrator of a server of one's own might."""
    superuser = create_engine(embedded.url, isolation_level="AUTOCOMMIT")
    name = make_url(database.application).database

    def change(setting: str) -> None:
        with superuser.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET {setting}'))

    yield change
    superuser.dispose()


def test_in_production_a_database_that_may_forget_is_refused(database: Urls) -> None:
    with pytest.raises(SystemExit, match=r"Refused to start \[database_may_forget\].*fsync = off"):
        check_start(database.application, must_keep=True)


def test_elsewhere_it_is_warned_of(database: Urls) -> None:
    with pytest.warns(UserWarning, match=r"database_may_forget.*fsync = off"):
        check_start(database.application, must_keep=False)


def test_a_setting_of_one_database_alone_is_seen(database: Urls, alter: Alter) -> None:
    alter("synchronous_commit = on")
    with pytest.raises(Denied) as careful:
        check_durability(database.application)
    assert "synchronous_commit" not in careful.value.problems[0].what.params["settings"]
    alter("synchronous_commit = off")
    with pytest.raises(Denied) as careless:
        check_durability(database.application)
    assert "synchronous_commit = off" in careless.value.problems[0].what.params["settings"]
