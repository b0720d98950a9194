"""Names that stand for people, households and clusters in one file, and for nobody in the next."""

from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import token_bytes


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The key is drawn for the file and kept nowhere, so that nothing leads back."""

    key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def of(self, letter: str, *identity: object) -> str:
        """The same for the same identity; `letter` goes before it, so that no program takes it for a
        number."""
        name = "\x1f".join(map(str, (letter, *identity))).encode()
        return letter + blake2b(name, key=self.key, digest_size=8).hexdigest()
