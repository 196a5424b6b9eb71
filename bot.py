"""Pause's composition root and command line: ``python bot.py --help``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from cogs import Pause
    from data.settings import Settings
    from screening import Screener, Screening
    from screening.lab.corpus import Post
    from screening.lab.evaluate import Scores
    from screening.lab.peers.compare import Row

ROOT = Path(__file__).resolve().parent
CORPORA = ROOT / "data" / "corpora"
# Discord's drafts have 2,000 characters; ten times that leaves room for notes, and no room for a mistaken file.
LONGEST = 20_000
# numpy reads this when it is imported. The engine's matrices are small: a second thread for one costs more than it
# brings, on a busy machine ten times as much.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Pause: a safe place for clinicians to vent, with nobody's client in it.",
)


class Unreadable(Exception):
    """The input cannot be screened; the message says why, without the text."""


@app.command()
def run() -> None:
    """Run the bot on Discord."""
    import asyncio

    import discord

    from data import settings, telemetry

    try:
        options = settings.load()
        token = settings.require_token(options)
    except settings.SettingsError as fault:
        _stop(f"These settings are wrong:\n{fault}")
    telemetry.configure(options.log_level)
    try:
        asyncio.run(_serve(options, token))
    except discord.LoginFailure:
        _stop("PAUSE_TOKEN: Discord does not accept this token. Copy it again from the developer portal.")
    except KeyboardInterrupt:
        pass


@app.command()
def demo(port: Annotated[int, typer.Option(help="Port of the page; the next five are used as well")] = 8800) -> None:
    """Run the bot on a simulated Discord in your browser: no account, no token, nothing leaves this machine."""
    import asyncio
    import tempfile

    from data import settings, telemetry

    try:
        from deploy import demo as page
    except ModuleNotFoundError as missing:
        _stop(f"The demo needs the package {missing.name}: run make setup.")
    telemetry.configure("ERROR")
    with tempfile.TemporaryDirectory(prefix="pause-demo-") as folder:
        options = settings.load(None).model_copy(update={"state_dir": Path(folder), "database_url": ""})
        try:
            asyncio.run(page.run(lambda: _made(options), port=port))
        except page.PortTaken as fault:
            _stop(f"The demo cannot start: {fault}. Try python bot.py demo --port 9800.")


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A file with one draft; standard input without it")] = None,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help='Read lines {"id", "text"} and write a line for each')] = False,
    region: Annotated[str, typer.Option(help="Country whose phone numbers are meant")] = "US",
) -> None:
    """Screen one draft on this machine. Exit status: 0 clear, 1 caution or hold, 2 an error."""
    from screening import Context, Screener

    try:
        body = file.read_bytes() if file else sys.stdin.buffer.read()
    except OSError as fault:
        _stop(f"{file} cannot be read: {fault.strerror}")
    context = Context(region=region.upper())
    if jsonl:
        raise typer.Exit(_check_lines(Screener.load(), body, context))
    try:
        text = _readable(body)
    except Unreadable as fault:
        _stop(str(fault))
    screening = Screener.load().screen(text, context)
    _show(text, screening)
    raise typer.Exit(0 if screening.verdict == "clear" else 1)


@app.command()
def evaluate(corpora: Annotated[list[Path], typer.Argument(help="Marked posts, JSON Lines")]) -> None:
    """Score the screening on marked posts."""
    from screening import Screener
    from screening.lab.evaluate import score

    posts = _marked(corpora)
    _show_scores(score(Screener.load().screen, posts))


@app.command()
def train(
    also: Annotated[list[Path] | None, typer.Option(help="A folder with more marked posts")] = None,
    model: Annotated[Path, typer.Option(help="Where the model goes")] = ROOT / "data" / "model",
) -> None:
    """Train tagger, network and weigher on data/corpora/train (40 minutes on two cores)."""
    from screening.lab.corpus import CorpusError
    from screening.lab.train import train as learn

    folders = [CORPORA / "train", *(also or ())]
    try:
        card = learn([path for folder in folders for path in folder.glob("*.jsonl")], model)
    except (OSError, CorpusError) as fault:
        _stop(f"Training stopped: {fault}")
    typer.echo(json.dumps(card, indent=2))


@app.command()
def corpus(
    files: Annotated[list[Path], typer.Argument(help="Marked posts, JSON Lines")],
    *,
    mend: Annotated[bool, typer.Option(help="Mark further mentions of what is marked in the same post")] = False,
    second: Annotated[Path | None, typer.Option(help="The same posts, marked by another annotator")] = None,
) -> None:
    """Count a corpus, show where its marks are doubtful, compare two annotators."""
    from screening.lab import consistency
    from screening.lab.corpus import CorpusError

    try:
        if mend:
            typer.echo(f"{sum(map(consistency.mend, files))} mentions marked.")
        _show_counts(_marked(files))
        _table(("post", "doubt", "words"), [(d.post, d.what, d.words) for d in consistency.doubts(files)])
        if second:
            both = consistency.agreement(files, second)
            typer.echo(f"Agreement: {100 * both.f1:.1f} % of spans (F1), {100 * both.labels:.1f} % of their labels.")
    except (OSError, CorpusError) as fault:
        _stop(f"The corpus cannot be used: {fault}")


@app.command()
def bench() -> None:
    """Measure how fast screening is on this machine."""
    from screening.lab import bench as lab
    from screening.lab.corpus import read

    posts = list(read(sorted((CORPORA / "dev").glob("*.jsonl"))))
    rows = [
        (r.words, r.drafts, f"{r.p50_ms:.1f}", f"{r.p99_ms:.1f}", f"{r.per_second:.0f}") for r in lab.measure(posts)
    ]
    _table(("words", "drafts", "p50 ms", "p99 ms", "drafts/s"), rows)
    typer.echo(f"start-up of check: {lab.start_up([str(ROOT / 'bot.py'), 'check']):.2f} s")
    typer.echo(f"peak memory: {lab.peak_memory_mb():.0f} MB")


@app.command()
def peers(
    corpora: Annotated[list[Path], typer.Argument(help="Marked posts, JSON Lines")],
    *,
    only: Annotated[list[str] | None, typer.Option(help="Only this peer; may be given again")] = None,
    folder: Annotated[Path, typer.Option("--dir", help="Where the peers are installed")] = ROOT / "var" / "peers",
    presidio_model: Annotated[str, typer.Option(help="A spaCy pipeline for presidio: a name or a folder")] = "",
) -> None:
    """Compare Pause with other tools on marked posts; each is installed once, from the package index."""
    import tomllib

    from screening import Screener
    from screening.lab.peers.compare import measured, own
    from screening.lab.peers.registry import PEERS, with_presidio_model

    posts = _marked(corpora)
    wanted = with_presidio_model(PEERS, presidio_model) if presidio_model else PEERS
    unknown = set(only or ()) - {peer.name for peer in wanted}
    if unknown:
        _stop(f"There is no peer {', '.join(sorted(unknown))}. The peers: {', '.join(peer.name for peer in wanted)}.")
    chosen = [peer for peer in wanted if not only or peer.name in only]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    try:
        rows = [own(Screener.load().screen, version, posts)]
        for peer in chosen:
            typer.echo(f"{peer.name} …", err=True)
            rows.append(measured(peer, posts, folder.resolve()))
    except OSError as fault:
        _stop(f"{folder} cannot be used: {fault.strerror}")
    _show_peers(rows, len(posts))


@app.command()
def lexicons() -> None:
    """Build the lexicons in data/lexicons/built again from their packages."""
    from screening.lab.lexicons import build

    try:
        counts = build(ROOT / "data" / "lexicons" / "built", ROOT / "var")
    except ModuleNotFoundError as missing:
        _stop(f"The lexicons are built from the package {missing.name}: install the group 'lexicons'.")
    except FileNotFoundError as missing:
        _stop(str(missing))
    _table(("lexicon", "entries"), [(name, count) for name, count in counts.items()])


@app.command()
def invite(application_id: Annotated[int, typer.Argument(help="From Discord's developer portal")]) -> None:
    """Print the link that adds your bot to a server with the permissions it needs, and no others."""
    from discord.utils import oauth_url

    from cogs.gates import NEEDED

    typer.echo(oauth_url(application_id, permissions=NEEDED, scopes=("bot", "applications.commands")))


def _show_counts(posts: list[Post]) -> None:
    from collections import Counter

    marks = Counter(span.label for post in posts for span in post.spans)
    typer.echo(f"{len(posts)} posts, {sum(not p.spans or p.kind == 'clean' for p in posts)} without a detail.")
    for name, counts in (
        ("kind", Counter(post.kind for post in posts)),
        ("region", Counter(post.region for post in posts)),
        ("label", marks),
    ):
        _table((name, "count"), [*counts.most_common()])


def _marked(corpora: list[Path]) -> list[Post]:
    from screening.lab.corpus import CorpusError, read

    try:
        posts = list(read(corpora))
    except (OSError, CorpusError) as fault:
        _stop(f"The corpus cannot be used: {fault}")
    if not posts:
        _stop("The corpus is empty.")
    return posts


async def _serve(options: Settings, token: str) -> None:
    bot = await _made(options)
    async with bot:
        await bot.start(token)


async def _made(options: Settings) -> Pause:
    """Wire store, vault, screening process and bot together."""
    import discord

    from cogs import Pause
    from data import telemetry
    from data.store import Store
    from data.vault import Vault
    from screening import Worker

    vault = Vault.open(options.keys_dir, discord.utils.utcnow)
    if vault.created:
        telemetry.logger(__name__).warning("keys.created", keys=vault.created, place=str(options.keys_dir))
    store = await Store.open(options.store_url, vault, discord.utils.utcnow)
    return Pause(options, store, Worker(_Load(options.spacy_model or None), deadline_s=options.deadline_s))


class _Load:
    """Loads the screener in the worker's process; an object, so that it can be sent there."""

    def __init__(self, also: str | None) -> None:
        self._also = also

    def __call__(self) -> Screener:
        from screening import Options, Screener

        return Screener.load(Options(also=self._also))


def _readable(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(f"The text is not UTF-8 (byte {fault.start}). Save it as UTF-8 and try again.") from None
    return _screenable(text)


def _screenable(text: object) -> str:
    if not isinstance(text, str):
        raise Unreadable('"text" must be a string')
    if not text.strip():
        raise Unreadable("There is no text to check.")
    if len(text) > LONGEST:
        raise Unreadable(f"The text has {len(text):,} characters; a draft may have {LONGEST:,}.")
    return text


def _check_lines(screener: Screener, body: bytes, context: Any) -> int:
    read = 0
    for line in body.splitlines():
        if line.strip():
            answer, good = _check_line(screener, line, context)
            read += good
            sys.stdout.write(json.dumps(answer) + "\n")
    return 0 if read else 2


def _check_line(screener: Screener, line: bytes, context: Any) -> tuple[dict[str, Any], bool]:
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or "text" not in row:
            raise Unreadable('the line must be an object with "id" and "text"')
        text = _screenable(row["text"])
    except UnicodeDecodeError:
        return {"id": None, "error": "the line is not UTF-8"}, False
    except ValueError as fault:
        return {"id": None, "error": f"the line is not JSON (column {getattr(fault, 'colno', 0)})"}, False
    except Unreadable as fault:
        return {"id": None, "error": str(fault)}, False
    screening = screener.screen(text, context)
    fields = ("start", "end", "label", "tier", "reason", "replacement", "score")
    findings = [{name: getattr(finding, name) for name in fields} for finding in screening.findings]
    answer = {"id": row.get("id"), "verdict": screening.verdict, "findings": findings}
    return answer | {"suggestion": screening.suggestion}, True


def _show(text: str, screening: Screening) -> None:
    sentence = {
        "clear": "Clear: nothing that identifies a client was found.",
        "caution": "Caution: these details may identify a client together.",
        "hold": "Hold: this would identify somebody.",
    }
    typer.echo(sentence[screening.verdict])
    for finding in screening.findings:
        typer.echo(f"  {finding.label.value.lower():<12} {text[finding.start : finding.end]!r}  {finding.reason}")
    if screening.findings:
        typer.echo(f"\nSuggestion:\n{screening.suggestion}")


def _show_scores(scores: Scores) -> None:
    from screening.lab.evaluate import speed
    from screening.results import Label, Tier

    p50, p99 = speed(scores)
    rates = {
        "direct details found": scores.recall(Tier.DIRECT),
        "contextual details found": scores.recall(Tier.CONTEXTUAL),
        "posts with a direct detail missed": scores.leak_rate,
        "direct details found in posts that hide them": scores.hidden_recall,
        "direct findings that are right": scores.precision_of(Tier.DIRECT),
        "contextual findings that are right": scores.precision_of(Tier.CONTEXTUAL),
        "clean posts held": scores.direct_alarm_rate,
        "clean posts held or with a caution": scores.alarm_rate,
        "suggestions with a direct detail": scores.suggestion_leak_rate,
    }
    typer.echo(f"{scores.posts} posts, {scores.clean} of them clean; {p50:.1f} ms each (p99 {p99:.1f} ms)")
    _table(("score", "%"), [(name, f"{100 * rate:.1f}") for name, rate in rates.items()])
    counts = [(n.value, scores.marked[n], scores.found[n], scores.named[n], scores.wrong[n]) for n in Label]
    _table(("label", "marked", "found", "named right", "wrong"), counts)


def _show_peers(rows: list[Row], posts: int) -> None:
    figures = [_figures(row.scores) if row.scores else ("–",) * 9 for row in rows]
    cells = [(row.name, row.version, *shown) for row, shown in zip(rows, figures, strict=True)]
    typer.echo(f"{posts} posts. In %: direct details found; posts with one missed; findings that are right; posts")
    typer.echo("without any detail in which a direct one, or any, was seen; contextual details found.")
    shares = ("direct", "leaking", "right", "clean, direct", "clean, any", "contextual")
    _table(("tool", "version", *shares, "ms", "p99 ms", "posts/s"), cells, width=136)
    typer.echo("\n".join(f"  {row.name}: {row.note}" for row in rows if row.note))


def _figures(scores: Scores) -> tuple[str, ...]:
    from screening.lab.evaluate import speed
    from screening.results import Tier

    found = (scores.recall(Tier.DIRECT), scores.leak_rate, scores.precision)
    alarms = (scores.direct_alarm_rate, scores.alarm_rate, scores.recall(Tier.CONTEXTUAL))
    p50, p99 = speed(scores)
    a_second = 1000 * scores.posts / sum(scores.milliseconds)
    return (*(f"{100 * rate:.1f}" for rate in found + alarms), f"{p50:.2f}", f"{p99:.2f}", f"{a_second:.0f}")


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]], *, width: int = 100) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*head, box=box.SIMPLE)
    for row in rows:
        table.add_row(*map(str, row))
    Console(width=width).print(table)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
