"""Names that look like another's are taken, and told of: they may be meant."""

from collections.abc import Collection

from flask import flash

from lsp_assess.partnerships.look_alikes import looks


def flash_look_alikes(name: str, all_names: Collection[str]) -> None:
    """`all_names` hold the name itself too."""
    for other in all_names:
        if other != name and looks(other) == looks(name):
            flash(f"There is another “{other}”, whose name looks the same. Check that you mean both.", "info")
