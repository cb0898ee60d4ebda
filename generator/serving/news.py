"""What open pages are told: that the site was built anew, or why it could not be."""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """How things stand. A page that was loaded under another `version` is to be loaded again."""

    version: str
    error: str = ""
    """What kept the last build from being made; empty where nothing did."""
    number: int = 0

    @property
    def event(self) -> bytes:
        """As a server-sent event (https://html.spec.whatwg.org/#server-sent-events)."""
        told = json.dumps({"version": self.version, "error": self.error})
        return f"retry: 500\ndata: {told}\n\n".encode()


@dataclass(slots=True)
class News:
    """The present state, for threads that wait for the next."""

    _run: str = field(default_factory=lambda: secrets.token_hex(4))
    """Tells this server from one that ran before it."""
    _state: State = State("")
    _changed: threading.Condition = field(default_factory=threading.Condition)
    is_over: bool = False

    def __post_init__(self) -> None:
        self._state = State(f"{self._run}-0")

    @property
    def state(self) -> State:
        return self._state

    def built(self) -> None:
        """The site is another than before."""
        number = self._state.number + 1
        self._tell(State(f"{self._run}-{number}", "", number))

    def mended(self) -> None:
        """The site is as before, and the last build was made."""
        if self._state.error:
            self._tell(State(self._state.version, "", self._state.number + 1))

    def failed(self, error: str) -> None:
        self._tell(State(self._state.version, error, self._state.number + 1))

    def close(self) -> None:
        """Let everybody go who waits."""
        self.is_over = True
        with self._changed:
            self._changed.notify_all()

    def wait(self, known: State, seconds: float) -> State:
        """The state, as soon as it is another than the `known` one; that one after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_over or self._state != known, seconds)
            return self._state

    def _tell(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
