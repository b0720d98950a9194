"""A line between people and the site that breaks after so many bytes of what is sent or answered."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random
from threading import Thread

AT_ONCE = 4096
AT_ONCE_AND_FOR_ALL = struct.pack("ii", 1, 0)


@dataclass
class BadLine:
    """A connection in `every` holds; the others break, after one to `most` bytes, as likely in the head of a
    message as in its end."""

    site: tuple[str, int]
    chance: Random
    every: int
    most: int
    broken: int = 0

    def carry(self, caller: socket.socket) -> None:
        left = None if self.chance.randrange(self.every) == 0 else int(self.most ** self.chance.random())
        back = self.chance.random() < 0.5
        with caller, socket.create_connection(self.site) as site:
            ways = (
                Thread(target=self._one_way, args=(caller, site, None if back else left)),
                Thread(target=self._one_way, args=(site, caller, left if back else None)),
            )
            for way in ways:
                way.start()
            for way in ways:
                way.join()

    def _one_way(self, source: socket.socket, target: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(AT_ONCE if left is None else min(AT_ONCE, left)):
                target.sendall(data)
                left = None if left is None else left - len(data)
                if left == 0:
                    self.broken += 1
                    return reset(source, target)
            target.shutdown(socket.SHUT_WR)
        return None


def reset(*ends: socket.socket) -> None:
    """Neither side takes it for an end: no more is read, and closing says that it broke."""
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE_AND_FOR_ALL)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RD)


@contextmanager
def bad_line(site: str, chance: Random, *, every: int, most: int) -> Iterator[tuple[str, BadLine]]:
    """Its address, and how often it broke."""
    host, _, port = site.removeprefix("http://").rstrip("/").partition(":")
    line = BadLine((host, int(port)), chance, every, most)
    listening = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):  # closed at the end
            while True:
                caller, _ = listening.accept()
                Thread(target=line.carry, args=(caller,), daemon=True).start()

    accepting = Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", line
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join()
