"""A clock for tests, which stands still."""

from dataclasses import dataclass
from datetime import datetime

from supervision.month.city import BEIJING


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the time that it was set to."""
        return self.at

    def set(self, text: str) -> None:
        """Set the clock to a time of Beijing such as 2026-11-24T22:00."""
        self.at = datetime.fromisoformat(text).replace(tzinfo=BEIJING)
