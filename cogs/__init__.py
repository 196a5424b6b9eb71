"""What people can do in Discord: one feature a file; a leading underscore marks what they share."""

from cogs._bot import Pause

EXTENSIONS = ("cogs.gates", "cogs.vent", "cogs.check", "cogs.review", "cogs.prompts", "cogs.terms")

__all__ = ["EXTENSIONS", "Pause"]
