"""Cards, buttons and forms, built from values: nothing here waits, reads the store or knows the bot."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord

from data.prompt_library import Prompt
from data.store.terms import AllowedTerm
from screening import Finding, Screening, Verdict

LONGEST_POST = 2000
_CALM = discord.Colour(0x5B8DB8)
_AMBER = discord.Colour(0xC9A227)
_RED = discord.Colour(0xB85B5B)
_MOST_REASONS = 8
# Each term takes a line of at most 240 letters; an embed holds 4096.
_TERMS_A_PAGE = 15
_PASSES_DISCORD = (
    "-# What you type here passes through Discord before Pause screens it. Nobody in the server sees it until then."
)
NEEDS = {
    "listening": "Just listening, please",
    "ideas": "Ideas welcome",
    "both": "Listening and ideas",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button; its custom_id is ``pause:<act>:<key>`` with a random key, so that it names nobody."""

    label: str
    act: str = ""
    key: str = ""
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    url: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A message: a sentence, embeds, and one row of buttons."""

    content: str | None = field(default=None, repr=False)
    embeds: tuple[discord.Embed, ...] = field(default=(), repr=False)
    buttons: tuple[Button, ...] = ()

    def view(self) -> discord.ui.View | None:
        """Return the buttons as Discord wants them."""
        if not self.buttons:
            return None
        view = discord.ui.View(timeout=None)
        for b in self.buttons:
            custom_id = None if b.url else f"pause:{b.act}:{b.key}"
            view.add_item(
                discord.ui.Button(label=b.label, style=b.style, custom_id=custom_id, url=b.url, disabled=b.disabled)
            )
        view.stop()  # presses are found by custom_id; without this discord.py would remember every message for good
        return view

    def sending(self) -> dict[str, Any]:
        """Return the arguments of a send; nobody is ever pinged."""
        arguments: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
        if self.content:
            arguments["content"] = self.content
        if self.embeds:
            arguments["embeds"] = list(self.embeds)
        if view := self.view():
            arguments["view"] = view
        return arguments


def packed(card: Card) -> str:
    """Return a card's sentence and its buttons as text, to be kept for a member's next visit."""
    return json.dumps({"content": card.content, "buttons": [(b.label, b.act, b.key) for b in card.buttons]})


def unpacked(kept: str) -> Card:
    """Return the card that was packed."""
    row = json.loads(kept)
    return Card(row["content"], (), tuple(Button(*parts) for parts in row["buttons"]))


def panel() -> Card:
    """The gate's own message: what this channel is, and the way in."""
    embed = discord.Embed(
        title="A place to put it down",
        description=(
            "Nobody can type here. Write with the button, and Pause reads your draft for anything that could identify "
            "a client **before anyone sees it**, shows you what it found, and offers another wording. "
            "Then it is posted for your peers."
        ),
        colour=_CALM,
    )
    write = Button("Write a post", "write", style=discord.ButtonStyle.primary)
    return Card(None, (embed,), (write, Button("Check a draft", "check")))


def findings(text: str, screening: Screening, buttons: Iterable[Button] = ()) -> Card:
    """What was found, with the draft masked: Pause itself writes no identifier into Discord."""
    if screening.verdict is Verdict.CLEAR:
        return Card("Nothing in this draft identifies a client, as far as Pause can tell.", (), tuple(buttons))
    hold = screening.verdict is Verdict.HOLD
    embed = discord.Embed(
        title="This would identify somebody" if hold else "These details may identify somebody together",
        description=masked(text, screening.findings),
        colour=_RED if hold else _AMBER,
    )
    embed.add_field(name="Why", value=reasons(screening.findings), inline=False)
    return Card(None, (embed, _suggestion(screening.suggestion)), tuple(buttons))


def author_buttons(key: str, screening: Screening) -> tuple[Button, ...]:
    """What the author of a draft with findings can do; posting it as written is for contextual details only."""
    post = Button("Post suggestion", "post_suggestion", key, discord.ButtonStyle.success)
    row = [post] if 0 < len(screening.suggestion) <= LONGEST_POST else []
    row.append(Button("Edit", "edit", key, discord.ButtonStyle.primary))
    if screening.verdict is Verdict.CAUTION:
        row.append(Button("Post as written", "post_written", key))
    row.append(Button("Ask a moderator", "ask", key))
    row.append(Button("Discard", "discard", key, discord.ButtonStyle.danger))
    return tuple(row)


def handed_back(text: str, sentence: str, key: str = "") -> Card:
    """An author's own text, whole, after a failure; with a key it can be sent again from the store."""
    own = discord.Embed(title="Your text", description=text, colour=_AMBER)
    again = (Button("Try again", "edit", key, discord.ButtonStyle.primary),) if key else ()
    return Card(sentence, (own,), again)


def waiting(sentence: str, key: str) -> Card:
    """A draft that is with its author again, to be opened with a button."""
    return Card(sentence, (), (Button("Open my draft", "edit", key, discord.ButtonStyle.primary),))


def review(key: str, text: str, screening: Screening) -> Card:
    """The moderators' card: masked, with the suggestion and the decisions. It does not say who wrote the draft."""
    embed = discord.Embed(
        title="A draft waits for a decision", description=masked(text, screening.findings), colour=_AMBER
    )
    if screening.findings:
        embed.add_field(name="Why it was held", value=reasons(screening.findings), inline=False)
    row = [Button("Approve as written", "approve", key, discord.ButtonStyle.success)]
    if len(screening.suggestion) <= LONGEST_POST:
        row.append(Button("Approve suggestion", "approve_suggestion", key, discord.ButtonStyle.success))
    row.append(Button("Return with a note", "return", key))
    row.append(Button("Decline", "decline", key, discord.ButtonStyle.danger))
    row.append(Button("Show the text", "reveal", key))
    return Card(None, (embed, _suggestion(screening.suggestion)), tuple(row))


def verbatim(text: str) -> Card:
    """A held draft as written, for one moderator's eyes."""
    return Card("Only you see this, and the log says that you looked.", (discord.Embed(description=text),))


def prompt(chosen: Prompt) -> discord.Embed:
    """A decompression prompt."""
    embed = discord.Embed(title=f"{chosen.theme.capitalize()} · {chosen.minutes} min", description=chosen.text)
    embed.colour = _CALM
    embed.set_footer(text=f"{chosen.idea}\n{chosen.source}")
    return embed


def allowed_terms(terms: Sequence[AllowedTerm], page: int) -> Card:
    """What a server allows, a page at a time; ``page`` counts from 0, and one too many is the last."""
    if not terms:
        return Card("No term is allowed in this server. `/terms allow` adds one.")
    last = (len(terms) - 1) // _TERMS_A_PAGE
    page = min(page, last)
    shown = terms[page * _TERMS_A_PAGE :][:_TERMS_A_PAGE]
    embed = discord.Embed(title="Allowed in this server", description="\n".join(map(_term, shown)), colour=_CALM)
    embed.set_footer(text=f"{len(terms)} in all" + (f" · page {page + 1} of {last + 1}" if last else ""))
    return Card(None, (embed,), _turning(page, last) if last else ())


def scopes(terms: Iterable[AllowedTerm]) -> str:
    """Return under which labels one and the same term is allowed."""
    return ", ".join(one.label.lower() if one.label else "any kind" for one in terms)


def masked(text: str, found: Sequence[Finding]) -> str:
    """Return the draft with a number and a label for each finding."""
    parts: list[str] = []
    at = 0
    for number, finding in enumerate(found, 1):
        parts += text[at : finding.start], f"`▒\u00a0{number}\u00a0{finding.label.value.lower()}\u00a0▒`"
        at = finding.end
    return _shortened("".join([*parts, text[at:]]), 2600)


def reasons(found: Sequence[Finding]) -> str:
    """Return a line for each kind of detail, with the numbers of its findings."""
    numbers: dict[str, list[str]] = {}
    for number, finding in enumerate(found, 1):
        numbers.setdefault(finding.reason, []).append(str(number))
    lines = [f"**{', '.join(which)}** {reason}" for reason, which in numbers.items()]
    more = len(lines) - _MOST_REASONS
    shown = [*lines[:_MOST_REASONS], *([f"and {more} more kinds"] if more > 0 else [])]
    return _shortened("\n".join(shown), 1024)


def _term(one: AllowedTerm) -> str:
    word = discord.utils.escape_markdown(_shortened(one.term, 80))
    return f"{word} · {scopes((one,))} · <@{one.added_by}>, {discord.utils.format_dt(one.added_at, 'd')}"


def _turning(page: int, last: int) -> tuple[Button, ...]:
    back = Button("Previous", "terms", str(max(page - 1, 0)), disabled=page == 0)
    # A key of its own even where there is nowhere to go: Discord takes no two buttons with one id.
    return back, Button("Next", "terms", str(page + 1), disabled=page == last)


def _suggestion(text: str) -> discord.Embed:
    return discord.Embed(title="Suggestion", description=_shortened(text, 2000), colour=_CALM)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def form(title: str, act: str, key: str, *items: discord.ui.Item[Any]) -> discord.ui.Modal:
    """Return a form with an id that is new for each opening; its values arrive in ``Pause.on_form``."""
    modal = discord.ui.Modal(title=title, custom_id=f"pause:{act}:{key}:{secrets.token_hex(4)}", timeout=3600)
    for item in items:
        modal.add_item(item)
    return modal


def draft_form(  # noqa: PLR0913 - what a form can ask for
    title: str, act: str, key: str, *, draft: str = "", choices: bool = True, alias: bool = False
) -> discord.ui.Modal:
    """The form for a draft; ``choices`` asks what the author needs, ``alias`` also under which name."""
    items: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay(_PASSES_DISCORD),
        _text_input("What is on your mind?", "Leave out who, where and when: Pause looks again anyway.", draft),
    ]
    if choices:
        options = [discord.SelectOption(label=label, value=need) for need, label in NEEDS.items()]
        options[0].default = True
        items.append(
            discord.ui.Label(text="What I need", component=discord.ui.Select(custom_id="need", options=options))
        )
    if choices and alias:
        names = [
            discord.SelectOption(label="My name", value="name", default=True),
            discord.SelectOption(label="An alias", value="alias", description="The same one within this thread"),
        ]
        items.append(discord.ui.Label(text="Post under", component=discord.ui.Select(custom_id="under", options=names)))
    return form(title, act, key, *items)


def note_form(key: str) -> discord.ui.Modal:
    """The form for a moderator's note to an author."""
    return form("Return with a note", "return", key, _text_input("Your note to the author", "", "", most=1000))


def _text_input(label: str, description: str, value: str, *, most: int = LONGEST_POST) -> discord.ui.Label[Any]:
    box = discord.ui.TextInput[Any](
        custom_id="text", style=discord.TextStyle.long, max_length=most, default=value or None, required=True
    )
    return discord.ui.Label(text=label, description=description or None, component=box)


def form_values(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Return what was entered in a form, by the custom_id of each input; a choice is its value."""
    values: dict[str, str] = {}
    data: Any = interaction.data or {}
    for row in data.get("components", ()):
        for part in (row.get("component"), *row.get("components", ())):
            if part and "custom_id" in part:
                chosen = part.get("values") or [""]
                values[part["custom_id"]] = part.get("value") or chosen[0]
    return values
