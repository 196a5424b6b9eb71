"""Every setting: read once from the environment and ``.env``, validated, then never changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

from dotenv import load_dotenv
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """One or more settings are wrong; the message has a line for each, and no value."""


class Settings(BaseSettings):
    """All settings, each from the variable ``PAUSE_…`` of its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="PAUSE_", frozen=True, hide_input_in_errors=True, extra="ignore")

    token: SecretStr = Field(SecretStr(""), description="The bot's token from Discord's developer portal")
    state_dir: Path = Field(Path("var"), description="Folder for the database and the keys")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the state folder")
    region: str = Field(
        "US", pattern="^[A-Z]{2}$", description="ISO country code: how phone numbers without a prefix are read"
    )
    spacy_model: str = Field("", description="Name of an installed spaCy pipeline whose entities join Pause's own")
    deadline_s: float = Field(
        5.0, gt=0, le=60, description="Seconds one screening may take before the draft is handed back"
    )
    retention_h: int = Field(72, ge=1, le=720, description="Hours an undecided draft is kept, sealed")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged")

    @field_validator("region", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def store_url(self) -> str:
        """The database's URL, embedded SQLite by default."""
        return self.database_url or f"sqlite+aiosqlite:///{self.state_dir.resolve() / 'pause.db'}"

    @property
    def keys_dir(self) -> Path:
        """Where the keys are: beside the database, never in it."""
        return self.state_dir / "keys"

    @property
    def retention(self) -> timedelta:
        """How long an undecided draft is kept."""
        return timedelta(hours=self.retention_h)


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read ``env_file`` (what is set in the environment wins) and validate everything.

    Raises: SettingsError: with one line for each wrong setting.
    """
    if env_file is not None:
        load_dotenv(env_file)
    try:
        return Settings()
    except ValidationError as fault:
        lines = [f"PAUSE_{'_'.join(map(str, error['loc'])).upper()}: {error['msg']}" for error in fault.errors()]
        raise SettingsError("\n".join(lines)) from None


def require_token(settings: Settings) -> str:
    """Return the token. Raises: SettingsError: there is none."""
    token = settings.token.get_secret_value().strip()
    if not token:
        raise SettingsError("PAUSE_TOKEN: is empty; copy .env.example to .env and put your bot's token in")
    return token
