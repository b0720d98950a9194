"""Chance from a fixed seed. Every topic draws from a stream of its own, named by words, so that changing one
leaves the others as they were; ids are made the same way and look like any other."""

from hashlib import sha256
from uuid import UUID

from numpy.random import Generator, default_rng

SEED = "Marrowdale 1"


def stream(*topic: str | int) -> Generator:
    return default_rng(int.from_bytes(_digest("stream", *topic)))


def identity(*thing: str | int) -> UUID:
    return UUID(bytes=_digest("id", *thing)[:16], version=4)


def _digest(*words: str | int) -> bytes:
    return sha256("/".join((SEED, *map(str, words))).encode()).digest()
