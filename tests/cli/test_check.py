"""`khabar check`: everything is tried before it is needed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

TOKEN = "123456:" + "a" * 35
GOLDEN = """
[[reload.golden]]
question = "कोसी नदी पर पुल की लंबाई कितनी है?"
article = "https://example.org/kosi-bridge"

[[reload.golden]]
question = "बच्चों का पुस्तकालय कहाँ खुला है?"
article = "https://example.org/mango-harvest"
"""


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("khabar: ")


def test_it_shows_settings_with_their_places_and_what_the_sources_hold(khabar, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    printed = khabar("check")

    lines = {line.split()[0]: line.split()[1:] for line in printed.out.splitlines() if line.split()}
    assert printed.code == 0
    assert lines["telegram.token"] == ["**********", "TELEGRAM_BOT_TOKEN"]
    assert lines["corpus.sources.0"] == ["news", "khabar.toml"]
    assert lines["web.port"] == ["8080", "default"]
    assert lines["news:"] == ["3", "articles"]
    assert TOKEN not in printed.out + printed.err


def test_it_names_what_a_source_holds_that_cannot_be_used(khabar, folder):
    (folder / "news" / "empty.txt").write_text("", "utf-8")

    printed = khabar("check")

    assert printed.code == 0
    assert "news: 3 articles\nSkipped: 1\n  " in printed.out
    assert "empty.txt: " in printed.out


def test_a_table_is_not_cut_where_a_program_reads_it(khabar, folder):
    long = "a-folder-with-a-long-name-" * 5
    (folder / "khabar.toml").write_text(f"[corpus]\nsources = ['news', '{long}']\n", "utf-8")

    lines = [line.split() for line in khabar("check").out.splitlines()]
    assert ["corpus.sources.1", long, "khabar.toml"] in lines


def test_a_source_that_cannot_be_read_fails(khabar, monkeypatch):
    monkeypatch.setenv("KHABAR_CORPUS__SOURCES", '["gone", "news"]')

    printed = khabar("check")

    assert printed.code == 1
    assert one_line(printed.err)
    assert "gone" in printed.err
    assert "news: 3 articles" in printed.out


def test_bad_settings_are_wrong_usage(khabar, folder):
    (folder / "khabar.toml").write_text("[ranking]\nengine = 'bm52'\n", "utf-8")

    printed = khabar("check")

    assert (printed.code, printed.out) == (2, "")
    assert one_line(printed.err)
    assert "khabar.toml: ranking.engine = 'bm52' is not allowed" in printed.err


def test_golden_questions_are_tried_on_what_is_served(khabar, folder):
    khabar("reload")
    with (folder / "khabar.toml").open("a", encoding="utf-8") as settings:
        settings.write(GOLDEN)

    printed = khabar("check")

    generation = khabar("status", "--json").json()["generation"]
    assert f"reload.golden: 1 of 2 find their article in {generation}\n" in printed.out
    assert printed.code == 1
    assert one_line(printed.err)
    assert "“बच्चों का पुस्तकालय कहाँ खुला है?” finds “पटना में बच्चों का पुस्तकालय खुला”" in printed.err
    assert printed.err.endswith(" instead of https://example.org/mango-harvest\n")


def test_golden_questions_wait_for_something_to_be_served(khabar, folder):
    with (folder / "khabar.toml").open("a", encoding="utf-8") as settings:
        settings.write(GOLDEN)

    printed = khabar("check")

    assert printed.code == 0
    assert "reload.golden: 2 questions, and nothing is served yet to try them on\n" in printed.out


def test_a_data_folder_that_is_well_is_told_and_left_as_it_is(khabar, folder):
    assert ".khabar: will be made, " in khabar("check").out
    assert not (folder / ".khabar").exists()
    khabar("reload")
    before = sorted((folder / ".khabar").rglob("*"))
    printed = khabar("check")
    assert (printed.code, printed.err) == (0, "")
    assert ".khabar: can be written, " in printed.out
    assert sorted((folder / ".khabar").rglob("*")) == before


@pytest.mark.parametrize(
    ("data_dir", "fault"),
    [
        ("khabar.toml", "khabar.toml: can't be written: Not a directory; "),
        ("khabar.toml/data", "khabar.toml/data: can't be made, since "),
    ],
)
def test_a_data_folder_that_cannot_be(khabar, data_dir, fault):
    printed = khabar("check", "--data-dir", data_dir)
    assert printed.code == 1
    assert one_line(printed.err)
    assert fault in printed.err


def test_too_little_room_on_the_disk(khabar, monkeypatch):
    monkeypatch.setenv("KHABAR_ALERTS__DISK_FREE_MB", "1000000000")
    printed = khabar("check")
    assert printed.code == 1
    assert "MB are left on its disk, less than 1000000000 (alerts.disk_free_mb)" in printed.err


def of_a_newer_khabar(data: Path) -> None:
    with closing(sqlite3.connect(data / "store.sqlite3")) as store:
        store.execute("PRAGMA user_version = 99")


def spoilt_store(data: Path) -> None:
    (data / "store.sqlite3").write_bytes(b"no database at all, but a text")


def store_with_a_spoilt_page(data: Path) -> None:
    with (data / "store.sqlite3").open("r+b") as store:
        store.seek(3 * 4096)
        store.write(b"\xff" * 4096)


def spoilt_questions(data: Path) -> None:
    (data / "questions.sqlite3").write_bytes(b"no database at all, but a text")


def spoilt_generation(data: Path) -> None:
    next(data.glob("generations/*/*.npy")).write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (of_a_newer_khabar, "store.sqlite3: written by a newer Khabar"),
        (spoilt_store, "store.sqlite3: file is not a database: it is damaged, and holds the articles"),
        (store_with_a_spoilt_page, "it is damaged, and holds the articles"),
        (spoilt_questions, "questions.sqlite3: file is not a database: it is damaged, and holds what"),
        (spoilt_generation, "run khabar reload"),
    ],
)
def test_what_is_damaged_is_named(khabar, folder, spoil, told):
    khabar("reload")
    spoil(folder / ".khabar")
    printed = khabar("check")
    assert printed.code == 1
    assert one_line(printed.err)
    assert told in printed.err
    assert ".khabar/" in printed.err
