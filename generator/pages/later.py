"""What a page is composed from, found when somebody composes it or sends it to another machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

Value = TypeVar("Value")


class Later(msgspec.Struct, Generic[Value], frozen=True, gc=False, eq=False):
    """What `find` gives, which may hold on to the whole archive; what is sent is what was found."""

    find: Callable[[], Value]

    def __call__(self) -> Value:
        return self.find()

    def __reduce__(self) -> tuple[type[_Found[Value]], tuple[Value]]:
        return _Found, (self(),)


class _Found(msgspec.Struct, Generic[Value], frozen=True, eq=False):
    value: Value

    def __call__(self) -> Value:
        return self.value
