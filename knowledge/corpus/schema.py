"""A file of SQLite: opening it, its schema and migrations, transactions."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.corpus.remedies import THE_STORE, Purpose, explained
from knowledge.corpus.write_ahead import write_ahead
from knowledge.errors import StoreError

BUSY_TIMEOUT_S = 10.0
_ALONE = "mode=ro&immutable=1"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE sources (name TEXT PRIMARY KEY)",
        """CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            source TEXT NOT NULL REFERENCES sources (name),
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT,
            canonical_url TEXT,
            published TEXT,
            publisher TEXT,
            digest TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            first_seen TEXT NOT NULL,
            updated TEXT NOT NULL
        )""",
        "CREATE INDEX articles_by_source ON articles (source)",
        """CREATE TABLE reloads (
            number INTEGER PRIMARY KEY,
            started TEXT NOT NULL,
            took_s REAL NOT NULL,
            result TEXT NOT NULL,
            generation TEXT,
            reason TEXT NOT NULL,
            added INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            duplicates INTEGER NOT NULL
        )""",
    ),
    (
        """CREATE TABLE web_sources (
            source TEXT PRIMARY KEY,
            kind TEXT,
            title TEXT NOT NULL,
            ttl_s REAL NOT NULL,
            moved_to TEXT,
            checked_at TEXT,
            succeeded_at TEXT,
            next_check_at TEXT,
            failures INTEGER NOT NULL,
            error TEXT
        )""",
        """CREATE TABLE web_listings (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            url TEXT NOT NULL,
            noted_at TEXT NOT NULL,
            listed TEXT,
            day TEXT,
            depth INTEGER NOT NULL,
            etag TEXT,
            last_modified TEXT,
            digest TEXT,
            read_as TEXT,
            read_at TEXT,
            changed_at TEXT,
            UNIQUE (source, url)
        )""",
        """CREATE TABLE web_pages (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            names TEXT NOT NULL,
            url TEXT,
            listed TEXT NOT NULL,
            title TEXT NOT NULL,
            published TEXT,
            day TEXT NOT NULL,
            noted_at TEXT NOT NULL,
            due_at TEXT,
            article_id TEXT,
            fingerprint TEXT,
            in_feed INTEGER NOT NULL,
            etag TEXT,
            last_modified TEXT,
            gone_at TEXT,
            failures INTEGER NOT NULL,
            UNIQUE (source, key)
        )""",
        "CREATE INDEX web_pages_due ON web_pages (source, day DESC) WHERE due_at IS NOT NULL",
        """CREATE TABLE web_names (
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            PRIMARY KEY (source, name)
        ) WITHOUT ROWID""",
        "CREATE INDEX web_names_of_page ON web_names (source, key)",
        "CREATE TABLE web_robots (origin TEXT PRIMARY KEY, body BLOB, good_until TEXT NOT NULL)",
        "CREATE TABLE web_quiet (host TEXT PRIMARY KEY, until TEXT NOT NULL)",
    ),
    (
        "CREATE TABLE added_sources (location TEXT PRIMARY KEY, kind TEXT, added_at TEXT NOT NULL)",
        """CREATE TABLE banned_articles (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            url TEXT,
            canonical_url TEXT,
            banned_at TEXT NOT NULL
        )""",
        "CREATE TABLE wished (what TEXT PRIMARY KEY, at TEXT NOT NULL)",
    ),
    (
        "ALTER TABLE articles RENAME TO articles_before",
        """CREATE TABLE articles (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            canonical_url TEXT,
            digest TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            published TEXT,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT,
            publisher TEXT,
            first_seen TEXT NOT NULL,
            updated TEXT NOT NULL,
            UNIQUE (source, id)
        )""",
        """INSERT INTO articles (source, id, canonical_url, digest, fingerprint, published, title, text, url,
            publisher, first_seen, updated) SELECT source, id, canonical_url, digest, fingerprint, published,
            title, text, url, publisher, first_seen, updated FROM articles_before ORDER BY id""",
        "DROP TABLE articles_before",
        "DROP TABLE sources",
        "CREATE INDEX articles_by_id ON articles (id)",
        # so that comparing them with what is served reads no text
        """CREATE INDEX articles_compared ON articles (source, number, id, canonical_url, digest, fingerprint,
            published)""",
        """CREATE TABLE readings (
            source TEXT NOT NULL,
            stamp BLOB NOT NULL,
            id TEXT NOT NULL,
            PRIMARY KEY (source, stamp)
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE namesakes (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (source, id)
        ) WITHOUT ROWID""",
        # articles under the ids by which readers and operators know them
        """CREATE VIEW named AS SELECT articles.*, coalesce(namesakes.name, articles.id) AS name
            FROM articles LEFT JOIN namesakes USING (source, id)""",
    ),
    ("CREATE TABLE web_starts (host TEXT PRIMARY KEY, at TEXT NOT NULL)",),
    (
        "ALTER TABLE web_listings ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
        # with the time: nearly all pages are due some day, and few of them now
        "DROP INDEX web_pages_due",
        "CREATE INDEX web_pages_due ON web_pages (source, day DESC, due_at) WHERE due_at IS NOT NULL",
        # so that pages read before are looked at again, too, in the course of a year and a half
        """UPDATE web_pages
            SET due_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', (number % 500) || ' days')
            WHERE due_at IS NULL AND url IS NOT NULL AND fingerprint IS NOT NULL""",
    ),
)
"""The steps from an empty file to today's schema; `user_version` counts those that a file has taken.

New rules for addresses or digests need a step that empties the fingerprints: unchanged articles keep theirs.
"""


@contextmanager
def database(
    path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS, purpose: Purpose = THE_STORE
) -> Iterator[sqlite3.Connection]:
    """The SQLite file at `path`, made when absent, brought to today's schema, closed at the end.

    `migrations` lead to that schema; `purpose` is told where the file is damaged.

    Raises:
        StoreError: the file can't be opened, read or written, is damaged, or comes from a newer
            Khabar. Whatever SQLite fails at inside the `with` is raised as this, too.
    """
    with explained(path, purpose), closing(_connected(path)) as connection:
        migrate(connection, path, migrations, purpose)
        yield connection


@contextmanager
def only_read(path: Path, purpose: Purpose = THE_STORE) -> Iterator[sqlite3.Connection]:
    """The SQLite file at `path` as it is, with nothing written: also on a disk or by a user that can't.

    Raises:
        StoreError: the file can't be opened or read, or is damaged.
    """
    with explained(path, purpose), closing(_read_only(path)) as connection:
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept at the end, and nothing of it when an exception leaves it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself has rolled back when the disk is full
            connection.execute("ROLLBACK")
        raise


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    migrations: Sequence[Sequence[str]] = MIGRATIONS,
    purpose: Purpose = THE_STORE,
) -> None:
    """Take the steps that the file at `path` has not yet taken, all or none.

    Raises:
        StoreError: the file has taken more steps than these.
    """
    if version_of(connection) == len(migrations):
        return
    with transaction(connection):
        version = version_of(connection)  # again: another process may have migrated it meanwhile
        refuse_newer(version, path, migrations, purpose)
        for statement in (statement for step in migrations[version:] for statement in step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def refuse_newer(version: int, path: Path, migrations: Sequence[Sequence[str]], purpose: Purpose) -> None:
    """Raise StoreError when the file at `path` has taken more steps than these."""
    if version > len(migrations):
        raise StoreError(
            f"{path}: written by a newer Khabar (schema {version}, this one knows {len(migrations)}):"
            f" upgrade Khabar. To go on with this one, move the file aside, which holds {purpose.holds};"
            f" {purpose.remaking}"
        )


def _connected(path: Path) -> sqlite3.Connection:
    # threads use a connection in turn, see `Floor`
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        write_ahead(connection, BUSY_TIMEOUT_S)
        connection.execute("PRAGMA synchronous = NORMAL")  # power loss may cost the last commit
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    # With a log beside it, somebody may be writing; where the log can't be shared, the file alone must do.
    is_in_use = path.with_name(f"{path.name}-wal").exists()
    for options in ("mode=ro", _ALONE) if is_in_use else (_ALONE,):
        address = f"{path.absolute().as_uri()}?{options}"
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            version_of(connection)
        except sqlite3.Error as error:
            connection.close()
            last = error
        else:
            return connection
    raise last


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the file has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
