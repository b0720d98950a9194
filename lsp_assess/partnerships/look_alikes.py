"""Names that the eye does not tell apart."""

import unicodedata

# Letters of other scripts, and figures, that are drawn as ours are.
_DRAWN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеоорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıӏ|1l0",
    "ABESIJKMHOPCTYXaeoopcyxijsdhqwABEZHIKMNOPTYXoiiiiio",
)


def looks(name: str) -> str:
    """The same for names that look alike: without accents and what cannot be seen, in our letters."""
    drawn = unicodedata.normalize("NFKD", name).translate(_DRAWN)
    seen = (letter for letter in drawn if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join("".join(seen).casefold().replace("i", "l").split())
