"""SQLite's write-ahead log: readers and a writer of a file don't wait for each other."""

import sqlite3
import time

_LOOK_EACH_S = 0.01


def write_ahead(connection: sqlite3.Connection, patience_s: float) -> None:
    """Has the file keep such a log, which it does from then on.

    Of two who make the file at the same time, SQLite turns one away at once, whatever its time-out says.

    Raises:
        sqlite3.Error: the file is locked for longer than `patience_s`, or can't be read or written.
    """
    until_s = time.monotonic() + patience_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(_LOOK_EACH_S)
        else:
            return
