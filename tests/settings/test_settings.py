from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from settings_files import TOKEN, locations, refused, write

from bot.configuration import listed, load
from bot.settings import Settings, SourceSettings
from knowledge import sample

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_without_any_file_the_sample_corpus_is_served_on_the_stand_in():
    settings = load()

    assert settings == Settings()
    assert settings.corpus.sources == (SourceSettings(location=str(sample.FOLDER)),)
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
    assert locations(settings) == [str(folder / "etc" / "news"), "/var/news", "https://example.org/feed"]


def test_relative_paths_elsewhere_start_from_the_working_folder(folder, monkeypatch):
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", "news")

    settings = load(write(folder / "etc" / "bot.toml", ""), data_dir=Path("data"))

    assert locations(settings) == ["news"]
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

    assert locations(load()) == ["पहला", "दूसरा"]


def test_sources_with_settings_of_their_own_are_tables(folder, monkeypatch):
    file = write(
        folder / "etc" / "bot.toml",
        "[[corpus.sources]]\nlocation = 'news'\nrecheck_days = 0\n"
        "[[corpus.sources]]\nlocation = 'https://example.org/map.xml'\n"
        "kind = 'sitemap'\nsince = 2024-01-31\n",
    )

    assert load(file).corpus.sources == (
        SourceSettings(location=str(folder / "etc" / "news"), recheck_days=0),
        SourceSettings(location="https://example.org/map.xml", kind="sitemap", since=date(2024, 1, 31)),
    )
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", '["news", {"location": "pages", "every_minutes": 5}]')
    assert load(file).corpus.sources == (
        SourceSettings(location="news"),
        SourceSettings(location="pages", every_minutes=5),
    )


def test_a_source_is_shown_as_it_is_written(folder):
    file = write(
        folder / "bot.toml",
        "[[corpus.sources]]\nlocation = '/var/news'\n"
        "[[corpus.sources]]\nlocation = 'https://example.org/feed'\nkind = 'feed'\nevery_minutes = 30\n",
    )

    shown = {key: str(value) for key, value in listed(load(file))}

    assert shown["corpus", "sources", 0] == "/var/news"
    assert (
        shown["corpus", "sources", 1]
        == '{location = "https://example.org/feed", kind = "feed", every_minutes = 30}'
    )


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("KHABAR_WEB__PORT", "")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")

    assert load() == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[ranking]\nenigne = "embedded"',
            "bad.toml: ranking.enigne is not a setting; is ranking.engine meant?",
        ),
        (
            "[web]\nlisten = 1",
            "bad.toml: web.listen is not a setting; there are web.host, web.port, web.operator_token",
        ),
        ("[corpus]\nsources = []", "bad.toml: corpus.sources = [] is not allowed: it must not be empty"),
        ("data_dir = 5", "bad.toml: data_dir = 5 is not allowed: it must be a path, in quotes"),
        (
            "[telegram]\noperators = ['@meera']",
            "bad.toml: telegram.operators.0 = '@meera' is not allowed: it must be a whole number",
        ),
        (
            "[reload]\nlargest_fall = 'half'",
            "bad.toml: reload.largest_fall = 'half' is not allowed: it must be a number",
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
            "bad.toml: corpus.sources.1 is a table; in it there are corpus.sources.1.location, "
            "corpus.sources.1.kind, corpus.sources.1.publisher, corpus.sources.1.every_minutes, "
            "corpus.sources.1.pages_per_check, corpus.sources.1.since, corpus.sources.1.recheck_days",
        ),
        (
            "[[corpus.sources]]\nlocation = 'news'\n[[corpus.sources]]\nlocation = 'a'\nkind = 'fead'",
            "bad.toml: corpus.sources.1.kind = 'fead' is not allowed: "
            "Input should be 'folder', 'page', 'feed' or 'sitemap'",
        ),
        ("[[corpus.sources]]\nkind = 'feed'", "bad.toml: corpus.sources.0.location is missing"),
        (
            "[[reload.golden]]\nquestion = 'कौन?'\nartcle = 'a'",
            "bad.toml: reload.golden.0.article is missing\n"
            "bad.toml: reload.golden.0.artcle is not a setting; is reload.golden.0.article meant?",
        ),
        (
            "[telegram]\nmode = 'webhook'",
            "bad.toml: telegram is not allowed: mode = 'webhook' needs both webhook_url and webhook_secret",
        ),
        ("ranking = 'embedded'", "bad.toml: ranking is a section; in it there are ranking.engine"),
        (
            "[fetching]\nallowed_hosts = ['cms.example', 'localhost:8080']",
            "bad.toml: fetching.allowed_hosts.1 = 'localhost:8080' is not allowed: "
            "it must be the name or the address of a host alone, without http:// and a port",
        ),
        (
            "[telegram]\noperators = 4242",
            "bad.toml: telegram.operators = 4242 is not allowed: it must be a list, in [ ]",
        ),
        (
            "[web]\noperator_token = 'kam'",
            "bad.toml: web.operator_token is not allowed: it must have at least 16 characters",
        ),
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
            "environment: KHABAR_RANKING__ENIGNE is not a setting; is KHABAR_RANKING__ENGINE meant?",
        ),
        ("KHABAR_WEB_PORT", "environment: KHABAR_WEB_PORT is not a setting; is KHABAR_WEB__PORT meant?"),
        ("KHABAR_RANKING__ENGINE", "environment: KHABAR_RANKING__ENGINE = 'x' is not allowed: "),
        ("KHABAR_RANKING", "environment: "),
        ("KHABAR_FETCHING__CONTACT", "environment: KHABAR_FETCHING__CONTACT = 'x' is not allowed: "),
    ],
)
def test_a_fault_in_the_environment_is_named_with_its_variable(monkeypatch, name, message):
    monkeypatch.setenv(name, "x")

    assert refused().startswith(message)


def test_a_fault_in_a_source_in_the_environment_is_named_with_its_path(monkeypatch):
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", '["news", {"location": "a", "since": "soon"}]')

    assert refused().startswith("environment: KHABAR_CORPUS__SOURCES.1.since = 'soon' is not allowed: ")


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
        "[web]\noperator_token = 'hush-hush'",
        "[corpus]\nsources = ['news', 'https://desk:hush-hush@cms.example/feed']",
    ],
)
def test_an_error_never_shows_a_secret(folder, text):
    write(folder / "khabar.toml", text)

    assert "hush" not in refused()


@pytest.mark.parametrize("host", ["cms.example", "समाचार.example", "localhost.", "10.0.0.7", "[::1]"])
def test_a_host_is_allowed_by_its_name_or_address(folder, host):
    written = write(folder / "khabar.toml", f"[fetching]\nallowed_hosts = ['{host}']")

    assert load(written).fetching.allowed_hosts == (host,)


def test_secrets_are_masked_where_settings_are_shown(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    settings = load()

    assert TOKEN not in repr(settings)
    assert str(dict(listed(settings))["telegram", "token"]) == "**********"


def test_settings_are_frozen():
    settings = load()

    with pytest.raises(ValidationError):
        settings.web.port = 1  # type: ignore[misc]
