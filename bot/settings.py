"""What an operator can set, with defaults that work on their own; `bot.configuration` reads it."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot import setting_values
from knowledge.sample import FOLDER as SAMPLE_CORPUS


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Table(_Section):
    """One of the tables that a setting lists."""

    def __str__(self) -> str:
        """As it is written in a settings file."""
        fields = self.model_dump(mode="json", exclude_unset=True).items()
        written = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields)
        return f"{{{', '.join(written)}}}"


class TelegramSettings(_Section):
    """How the bot reaches Telegram, and Telegram the bot."""

    token: Annotated[SecretStr, AfterValidator(setting_values.bot_token)] | None = Field(
        default=None,
        description="The bot's token from @BotFather; without one the bot runs against the stand-in.",
    )
    base_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://\S+[^/\s]$",
        description="The Bot API server, without a slash at the end; change it for a local Bot API server.",
    )
    operators_chat: int | None = Field(
        default=None,
        description="The id of the chat that gets reports of errors; without one they are only logged.",
    )
    operators: Annotated[tuple[int, ...], NoDecode, BeforeValidator(setting_values.one_or_json)] = Field(
        default=(),
        description="The Telegram ids of the people who may reload, roll back, and add or remove sources.",
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="`polling` asks Telegram for messages; `webhook` has Telegram deliver them.",
    )
    webhook_url: str | None = Field(
        default=None,
        pattern=r"^(https://|http://(127\.0\.0\.1|localhost)[:/])\S+$",
        description="The public https address that Telegram delivers to; "
        "http only on this machine, from a local Bot API server.",
    )
    webhook_listen: str = Field(default="127.0.0.1", description="The address that the webhook listens on.")
    webhook_port: int = Field(
        default=8443, ge=0, le=65535, description="The port that the webhook listens on."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(setting_values.webhook_secret)] | None = Field(
        default=None,
        description="The secret that Telegram sends along with what it delivers; without it, anybody could.",
    )

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret):
            raise ValueError("mode = 'webhook' needs both webhook_url and webhook_secret")
        return self


class SourceSettings(_Table):
    """One place that articles come from; written as `{location = "..."}`, or as its location alone."""

    location: Annotated[str, AfterValidator(setting_values.without_password)] = Field(
        min_length=1,
        description="A folder, or the address of a feed, a sitemap or a page; "
        "in a settings file a folder is relative to its own.",
    )
    kind: Literal["folder", "page", "feed", "sitemap"] | None = Field(
        default=None, description="What is there; without it, what is found at the first check."
    )
    publisher: str | None = Field(
        default=None,
        min_length=1,
        description="Whom readers see as the source of an article that doesn't name its publisher itself.",
    )
    every_minutes: int | None = Field(
        default=None,
        ge=1,
        description="How often it is checked: by default a folder each 10 minutes, a feed each 15, "
        "a sitemap or a page each 60.",
    )
    pages_per_check: int = Field(
        default=200,
        ge=1,
        description="How many of its pages are fetched at most in one check; the rest follows.",
    )
    since: date | None = Field(
        default=None, description="Pages of a sitemap that are older are left out; by default none is."
    )
    recheck_days: int = Field(
        default=7, ge=0, description="Days of daily checks for corrections, then ever fewer; 0 for none."
    )

    def __str__(self) -> str:
        """As it is written in a settings file."""
        return self.location if self.model_fields_set == {"location"} else super().__str__()


class CorpusSettings(_Section):
    """Where the articles come from."""

    sources: Annotated[
        tuple[Annotated[SourceSettings, BeforeValidator(setting_values.located)], ...],
        NoDecode,
        BeforeValidator(setting_values.one_or_json),
    ] = Field(
        default=(SourceSettings(location=str(SAMPLE_CORPUS)),),
        min_length=1,
        description="Folders, feeds, sitemaps and pages. Without any, the sample corpus.",
    )


class FetchingSettings(_Section):
    """How pages are fetched from publishers."""

    contact: Annotated[str, AfterValidator(setting_values.contact)] | None = Field(
        default=None,
        description="Where publishers can turn to (https://... or mailto:...), sent in the User-Agent.",
    )
    delay_s: float = Field(
        default=1.0,
        ge=0,
        description="Seconds between two requests to a host, unless its robots.txt wants more.",
    )
    per_host: int = Field(default=1, ge=1, le=8, description="How many requests to a host may run at a time.")
    timeout_s: float = Field(default=20.0, gt=0, description="Seconds that a whole request may take.")
    max_mb: int = Field(default=10, ge=1, description="The largest page or feed in megabytes, unpacked.")
    allowed_hosts: Annotated[
        tuple[Annotated[str, AfterValidator(setting_values.host)], ...],
        NoDecode,
        BeforeValidator(setting_values.one_or_json),
    ] = Field(
        default=(), description="Hosts that may be fetched from though their address is private or local."
    )


class GoldenQuestion(_Table):
    """A question that a new generation must answer from one article, or it isn't published."""

    question: str = Field(min_length=1, description="As people ask it, in any letters.")
    article: str = Field(min_length=1, description="The address or the id of the article with the answer.")


class ReloadSettings(_Section):
    """What a new generation must fulfil before it is published."""

    largest_fall: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="The share of the articles that may be gone at once; more needs `khabar reload --force`.",
    )
    golden: tuple[GoldenQuestion, ...] = Field(
        default=(), description="Questions with the article that answers each: `{question, article}`."
    )


class QuestionsSettings(_Section):
    """The log of questions, which shows what is missing; the person stands in it as a keyed hash only."""

    keep_days: int = Field(
        default=90, ge=0, description="After how many days a question is deleted; 0 keeps no log."
    )


class AlertSettings(_Section):
    """When the operators' chat is told by itself, at most once an hour for each kind."""

    source_failing_hours: float = Field(
        default=24.0, gt=0, description="For how long a source may fail before the operators are told."
    )
    disk_free_mb: int = Field(
        default=500, ge=0, description="With less room on the data folder's disk, the operators are told."
    )


class RankingSettings(_Section):
    """How passages are ranked."""

    engine: Literal["embedded", "rank-bm25"] = Field(
        default="embedded",
        description="`embedded` for any size; `rank-bm25` is the reference, for small corpora.",
    )


class WebSettings(_Section):
    """Where health, metrics and the dashboard are served, and the stand-in's chat page without a token."""

    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        description="The port to listen on; without a token, a free one is used when it is taken.",
    )
    operator_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Opens the dashboard; a bot with a Telegram token has no dashboard without it.",
    )


class Settings(BaseSettings):
    """Everything that can be set, frozen."""

    model_config = SettingsConfigDict(
        env_prefix="KHABAR_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    telegram: TelegramSettings = TelegramSettings()
    corpus: CorpusSettings = CorpusSettings()
    fetching: FetchingSettings = FetchingSettings()
    reload: ReloadSettings = ReloadSettings()
    questions: QuestionsSettings = QuestionsSettings()
    alerts: AlertSettings = AlertSettings()
    ranking: RankingSettings = RankingSettings()
    web: WebSettings = WebSettings()
    english_dictionary: Path | None = Field(
        default=None,
        description="FreeDict's English-Hindi dictionary (its `.index` file) for more English words; "
        "without a path it is used where Debian's `dict-freedict-eng-hin` installs it.",
    )
    data_dir: Path = Field(
        default=Path(".khabar"),
        description="The folder of the article store, the generations, and the log of questions.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: `bot.configuration` reads the places, so that an error can name its own."""
        return (init_settings,)
