"""What holds a file open is used in a ``with`` statement."""

from __future__ import annotations

from types import TracebackType
from typing import TypeVar

_Held = TypeVar("_Held", bound="Closing")


class Closing:
    """Closed at the end of its ``with`` statement."""

    def close(self) -> None:
        """Let go of the files; not to be used afterwards."""
        raise NotImplementedError

    def __enter__(self: _Held) -> _Held:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
