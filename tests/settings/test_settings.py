import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.configuration import SettingsError, listed, load
from bot.settings import Settings
from knowledge import sample

TOKEN = "123456:" + "a" * 35
DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def refused(config: Path | None = None) -> str:
    with pytest.raises(SettingsError) as error:
        load(config)
    return str(error.value)


def test_without_any_file_the_sample_corpus_is_served_on_the_stand_in():
    settings = load()

    assert settings == Settings()
    assert settings.corpus.sources == (str(sample.FOLDER),)
    assert settings.telegram.token is None
    assert settings.data_dir == Path(".khabar")


def test_the_file_in_the_working_folder_is_read(folder):
    write(folder / "khabar.toml", '[ranking]\nengine = "rank-bm25"\n')

    assert load().ranking.engine == "rank-bm25"


def test_a_named_file_is_read_instead_of_the_one_in_the_working_folder(folder):
    write(folder / "khabar.toml", "[web]\nport = 1\n")

    assert load(write(folder / "other.toml", "[web]\nport = 2\n")).web.port == 2


def test_a_file_with_a_byte_order_mark_is_read(folder):
    assert load(write(folder / "khabar.toml", "\ufeff[web]\nport = 2\n")).web.port == 2


def test_relative_paths_in_a_file_start_from_its_folder(folder):
    file = write(
        folder / "etc" / "bot.toml",
        'data_dir = "data"\nenglish_dictionary = "eng-hin.index"\n[corpus]\nsources = ["news", "/var/news", "https://example.org/feed"]\n',
    )

    settings = load(file)

    assert settings.data_dir == folder / "etc" / "data"
    assert settings.english_dictionary == folder / "etc" / "eng-hin.index"
    assert settings.corpus.sources == (
        str(folder / "etc" / "news"),
        "/var/news",
        "https://example.org/feed",
    )


def test_relative_paths_elsewhere_start_from_the_working_folder(folder, monkeypatch):
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", "news")

    settings = load(write(folder / "etc" / "bot.toml", ""), data_dir=Path("data"))

    assert settings.corpus.sources == ("news",)
    assert settings.data_dir == Path("data")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(folder, monkeypatch):
    write(folder / "khabar.toml", 'data_dir = "file"\n[web]\nport = 1\nhost = "::1"\n')
    monkeypatch.setenv("KHABAR_DATA_DIR", "environment")
    monkeypatch.setenv("KHABAR_WEB__PORT", "2")

    settings = load(data_dir=Path("command-line"))

    assert settings.data_dir == Path("command-line")
    assert (settings.web.host, settings.web.port) == ("::1", 2)


def test_several_sources_come_from_the_environment_as_json(monkeypatch):
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", '["पहला", "दूसरा"]')

    assert load().corpus.sources == ("पहला", "दूसरा")


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("KHABAR_WEB__PORT", "")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")

    assert load() == Settings()


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[ranking]\nenigne = "embedded"',
            "bad.toml: ranking.enigne is not a setting; there are ranking.engine",
        ),
        (
            '[ranking]\nengine = "bm52"',
            "bad.toml: ranking.engine = 'bm52' is not allowed: Input should be 'embedded' or 'rank-bm25'",
        ),
        (
            "[web]\nport = 99999",
            "bad.toml: web.port = 99999 is not allowed: Input should be less than or equal to 65535",
        ),
        (
            "[corpus]\nsources = ['news', 3]",
            "bad.toml: corpus.sources.1 = 3 is not allowed: Input should be a valid string",
        ),
        (
            "[telegram]\nmode = 'webhook'",
            "bad.toml: telegram is not allowed: mode = 'webhook' needs both webhook_url and webhook_secret",
        ),
        ("ranking = 'embedded'", "bad.toml: ranking is a section; in it there are ranking.engine"),
        ("web = ?", "settings file bad.toml can't be read: Invalid value (at line 1, column 7)"),
    ],
)
def test_a_fault_in_the_file_is_named_with_file_and_setting(folder, text, message):
    write(folder / "bad.toml", text)

    assert refused(Path("bad.toml")) == message


def test_an_unknown_section_is_refused_with_those_that_there_are(folder):
    message = refused(write(folder / "bad.toml", "[rnaking]\nengine = 'embedded'\n"))

    assert "bad.toml: rnaking is not a setting; there are telegram.token, " in message
    assert message.endswith("data_dir")


def test_every_fault_is_told_at_once(folder):
    write(folder / "khabar.toml", "wbe = 1\n[web]\nport = -1\n[ranking]\nengine = 'x'\n")

    assert len(refused().splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "KHABAR_RNAKING",
            "environment: KHABAR_RNAKING is not a setting; there are KHABAR_TELEGRAM__TOKEN, ",
        ),
        (
            "KHABAR_RANKING__ENIGNE",
            "environment: KHABAR_RANKING__ENIGNE is not a setting; there are KHABAR_RANKING__ENGINE",
        ),
        ("KHABAR_RANKING__ENGINE", "environment: KHABAR_RANKING__ENGINE = 'x' is not allowed: "),
        ("KHABAR_RANKING", "environment: "),
    ],
)
def test_a_fault_in_the_environment_is_named_with_its_variable(monkeypatch, name, message):
    monkeypatch.setenv(name, "x")

    assert refused().startswith(message)


def test_a_missing_settings_file_is_an_error():
    assert refused(Path("none.toml")) == "settings file none.toml can't be read: No such file or directory"


@pytest.mark.parametrize(
    "text",
    [
        "[telegram]\ntoken = 'hush-hush'",
        "[telegram]\nwebhook_secret = 'hush-hush!'",
        "telegram = 'hush-hush'",
        "[telegarm]\ntoken = 'hush-hush'",
        "[telegram]\nmode = 'webhook'\ntoken = '1:hush-hush'",
    ],
)
def test_an_error_never_shows_a_secret(folder, text):
    write(folder / "khabar.toml", text)

    assert "hush" not in refused()


def test_secrets_are_masked_where_settings_are_shown(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    settings = load()

    assert TOKEN not in repr(settings)
    assert str(dict(listed(settings))["telegram", "token"]) == "**********"


def test_settings_are_frozen():
    settings = load()

    with pytest.raises(ValidationError):
        settings.web.port = 1  # type: ignore[misc]


def test_the_example_is_valid_and_holds_the_defaults_but_for_the_sources(folder):
    example = (DEPLOY / "khabar.example.toml").read_text("utf-8")

    settings = load(write(folder / "khabar.toml", example))

    assert settings.corpus.sources == (str(folder / "articles"),)
    assert settings.data_dir == folder / ".khabar"
    defaults = Settings()
    assert (settings.telegram, settings.ranking, settings.web) == (
        defaults.telegram,
        defaults.ranking,
        defaults.web,
    )


def test_the_lines_of_the_example_that_are_off_are_settings_too(folder):
    example = (DEPLOY / "khabar.example.toml").read_text("utf-8")
    switched_on = re.sub(r"^# (?=\w+ = )", "", example.replace('mode = "polling"\n', ""), flags=re.MULTILINE)

    settings = load(write(folder / "khabar.toml", switched_on))

    assert settings.telegram.mode == "webhook"


def test_the_operator_guide_lists_every_setting_with_its_default():
    guide = (DEPLOY / "README.md").read_text("utf-8")

    for row in guide_rows():
        assert row in guide


def guide_rows() -> list[str]:
    rows = []
    for key, value in listed(Settings()):
        model = Settings if len(key) == 1 else type(getattr(Settings(), str(key[0])))
        default = "the sample corpus" if key == ("corpus", "sources") else f"`{value}`"
        description = model.model_fields[str(key[-1])].description
        rows.append(f"| `{'.'.join(map(str, key))}` | {'–' if value is None else default} | {description} |")
    return rows
