"""What each server's moderators allow, as the screening wants it."""

from __future__ import annotations

from data import telemetry
from data.store.errors import StoreError
from data.store.terms import AllowedTerm, Terms
from screening import Allowed, Label

log = telemetry.logger(__name__)


class AllowedTerms:
    """Allowed terms by server, read from the store once and again after each change.

    One process serves a server: a change that another process makes is seen at the next start.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._known: dict[int, tuple[Allowed, ...]] = {}
        self._changes = 0

    async def of(self, guild_id: int) -> tuple[Allowed, ...]:
        """Return what the server allows; nothing while the store fails, which can only hold more."""
        if (known := self._known.get(guild_id)) is not None:
            return known
        changes = self._changes
        try:
            kept = await self._terms.of(guild_id)
        except StoreError as fault:
            log.warning("terms.not_read", exc_info=fault)
            return ()
        allowed = tuple(one for one in map(_allowed, kept) if one)
        # What was read while somebody changed it may be old already: use it once, but do not keep it.
        if changes == self._changes:
            self._known[guild_id] = allowed
        return allowed

    def changed(self, guild_id: int) -> None:
        """Read the server's terms again at the next screening."""
        self._changes += 1
        self._known.pop(guild_id, None)


def _allowed(kept: AllowedTerm) -> Allowed | None:
    """A term that an earlier version took and this one refuses is passed over, so that no draft fails for it."""
    try:
        return Allowed(kept.term, Label(kept.label) if kept.label else None)
    except ValueError as fault:
        log.warning("term.passed_over", exc_info=fault)
        return None
