"""A text in each of a questionnaire's languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Pairs of language and wording, the source language first."""

    entries: tuple[tuple[str, str], ...]

    def get(self, language: str) -> str | None:
        return next((wording for tongue, wording in self.entries if tongue == language), None)

    def say(self, language: str) -> str:
        """The wording in `language`, or in the source language where there is none."""
        wording = self.get(language)
        if wording is not None:
            return wording
        return self.entries[0][1] if self.entries else ""
