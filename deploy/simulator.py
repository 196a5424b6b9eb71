"""Where SimCord 3.2.1 differs from Discord in what the tests and the demo need."""

from __future__ import annotations

from functools import cache
from typing import Any

from simcord.env import Env
from simcord.http.routes import interactions as routes

# SimCord waits 50 ms after each action while any loop of the bot sleeps; 2 ms are enough.
_IDLE_S = 0.002


@cache
def apply() -> None:
    """Close the differences; more than one call does nothing."""
    _components_on_own_webhooks()
    _settle_fast()


def _components_on_own_webhooks() -> None:
    """Discord lets a webhook that the application made carry buttons; SimCord refuses them.

    https://discord.com/developers/docs/resources/webhook#execute-webhook, "with_components"
    """
    original = routes._incoming_webhook_body

    def body(ctx: Any) -> tuple[dict[str, Any], bool]:
        if routes._incoming_webhook(ctx).creator_id == ctx.backend.bot_user.id:
            return dict(ctx.body()), True
        return original(ctx)

    routes._incoming_webhook_body = body


def _settle_fast() -> None:
    original = Env._settle_internal

    async def settle(self: Env, **options: Any) -> None:
        options.setdefault("idle", _IDLE_S)
        await original(self, **options)

    Env._settle_internal = settle  # type: ignore[method-assign]
