"""What an operator can set, with defaults that work on their own; `bot.configuration` reads it."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from knowledge.sample import FOLDER as SAMPLE_CORPUS


def _bot_token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
        raise ValueError("it must look like 123456:ABC-DEF, as @BotFather gave it")
    return token


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\w-]{1,256}", secret.get_secret_value(), re.ASCII):
        raise ValueError("it must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return secret


def _one_or_json(value: object) -> object:
    """An environment variable holds one source, or a JSON list of them."""
    if not isinstance(value, str):
        return value
    return TypeAdapter(list[str]).validate_json(value) if value.startswith("[") else [value]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TelegramSettings(_Section):
    """How the bot reaches Telegram, and Telegram the bot."""

    token: Annotated[SecretStr, AfterValidator(_bot_token)] | None = Field(
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
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        default=None,
        description="The secret that Telegram sends along with what it delivers; without it, anybody could.",
    )

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret):
            raise ValueError("mode = 'webhook' needs both webhook_url and webhook_secret")
        return self


class CorpusSettings(_Section):
    """Where the articles come from."""

    sources: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_one_or_json)] = Field(
        default=(str(SAMPLE_CORPUS),),
        min_length=1,
        description="Folders of articles; in a settings file, relative to its folder. "
        "Without any, the sample corpus.",
    )


class RankingSettings(_Section):
    """How passages are ranked."""

    engine: Literal["embedded", "rank-bm25"] = Field(
        default="embedded",
        description="`embedded` for any size; `rank-bm25` is the reference, for small corpora.",
    )


class WebSettings(_Section):
    """Where the stand-in serves its chat page."""

    host: str = Field(
        default="127.0.0.1", min_length=1, description="The address of the stand-in and its chat page."
    )
    port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        description="Its port; when it is taken, a free one is used and printed.",
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
    ranking: RankingSettings = RankingSettings()
    web: WebSettings = WebSettings()
    english_dictionary: Path | None = Field(
        default=None,
        description="FreeDict's English-Hindi dictionary (its `.index` file) for more English words; "
        "without a path it is used where Debian's `dict-freedict-eng-hin` installs it.",
    )
    data_dir: Path = Field(
        default=Path(".khabar"),
        description="The folder of the article store and the generations of the index.",
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
