"""What the documents name exists, and what exists is named."""

import re
from pathlib import Path

import bot
from data.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def test_the_example_file_names_every_setting_with_its_default() -> None:
    shown = dict(re.findall(r"^#?(PAUSE_[A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    fields = Settings.model_fields
    assert set(shown) == {f"PAUSE_{name.upper()}" for name in fields}
    defaults = Settings.model_validate({f"{name}": value for name, value in _plain(shown).items()})
    assert defaults == Settings.model_construct(**{name: field.default for name, field in fields.items()})


def _plain(shown: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix("PAUSE_").lower(): value for name, value in shown.items()}


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text()
    for command in bot.app.registered_commands:
        name = command.name or command.callback.__name__
        assert f"python bot.py {name}" in readme, name


def test_every_file_that_the_documents_link_to_exists() -> None:
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text()):
            assert (ROOT / target).exists(), f"{document.name}: {target}"
