"""The problems found in one file."""

from collections.abc import Mapping

from lsp_assess.kernel.errors import Place, Problem, problem
from lsp_assess.kernel.messages import Parameter, message

MOST_PROBLEMS = 500


class Report:
    """The problems of one file, and what is known of its languages while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.languages: tuple[str, ...] = ()
        self.complete_languages: tuple[str, ...] = ()
        self._lines: dict[tuple[str, str], int] = {}

    def add(self, code: str, line: int, question: str | None = None, **params: Parameter) -> None:
        place = Place(file=self.file, line=line or None, question=question)
        self.problems.append(Problem(code, message(f"problem.{code}", **params), place))

    def mark_lines(self, owner: str, lines: Mapping[str, int]) -> None:
        """Remember where the keys of `owner` stand, for checks that need the whole questionnaire."""
        for key, line in lines.items():
            self._lines[owner, key] = line

    def line(self, owner: str, key: str) -> int:
        return self._lines.get((owner, key), 0)

    def told(self) -> list[Problem]:
        """In the order of the file; of very many the first, and how many more there are."""
        ordered = sorted(self.problems, key=lambda each: each.place.line or 0)
        more = len(ordered) - MOST_PROBLEMS
        return ordered if more <= 0 else [*ordered[:MOST_PROBLEMS], problem("Q112", Place(self.file), n=more)]
