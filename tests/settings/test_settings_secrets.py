from pathlib import Path

from pydantic import SecretStr
from settings_files import TOKEN, refused, write

from bot.configuration import load

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_token_comes_from_its_variable(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    assert load().telegram.token == SecretStr(TOKEN)


def test_the_token_comes_from_the_file_that_a_variable_names(folder, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(write(folder / "token", f"{TOKEN}\n")))

    assert load().telegram.token == SecretStr(TOKEN)


def test_secrets_come_from_the_credentials_of_the_service(folder, monkeypatch):
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    write(folder / "telegram_bot_token", TOKEN)
    write(folder / "telegram_webhook_secret", "s3cret")

    telegram = load().telegram

    assert telegram.token == SecretStr(TOKEN)
    assert telegram.webhook_secret == SecretStr("s3cret")


def test_the_variable_wins_over_the_secret_file(folder, monkeypatch):
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    write(folder / "telegram_bot_token", "1:other")

    assert load().telegram.token == SecretStr(TOKEN)


def test_a_named_secret_file_that_is_missing_is_an_error(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "nowhere/token")

    assert refused() == "secret file nowhere/token can't be read: No such file or directory"
