"""The generations on disk: which one is served, which ones are kept.

<data_dir>/current                        the id of the served generation
<data_dir>/generations/<id>/              finished generations; the ids sort by time
<data_dir>/generations/.building-<id>/    one being built, or left behind by a killed reload
<data_dir>/generations/refused-<id>/      the last one that was built and not found good
"""

import logging
import re
import secrets
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowledge.corpus.disk import sync
from knowledge.corpus.generation import Generation
from knowledge.errors import CorruptGeneration, GenerationError, NoGeneration, OutdatedGeneration

logger = logging.getLogger(__name__)

KEEP = 3
POINTER = "current"
BUILDING = ".building-"
REFUSED = "refused-"
ID = re.compile(r"(\d{8}T\d{6}\.\d{3})Z-[0-9a-f]{4}")
STAMP = "%Y%m%dT%H%M%S.%f"


def _now() -> datetime:
    return datetime.now(UTC)


class Shelf:
    """The generations of one data folder. It holds nothing in memory: any process sees the same."""

    def __init__(self, data_dir: Path, *, clock: Callable[[], datetime] = _now) -> None:
        self._pointer = data_dir / POINTER
        self._folder = data_dir / "generations"
        self._clock = clock

    def new_folder(self) -> Path:
        """An empty folder to build a generation in, invisible to others until it is published."""
        folder = self._folder / f"{BUILDING}{self._new_id()}"
        folder.mkdir(parents=True)
        return folder

    @staticmethod
    def id_of(folder: Path) -> str:
        """The id that a building folder will be published as."""
        return folder.name.removeprefix(BUILDING)

    def publish(self, folder: Path) -> str:
        """The id under which the generation built in `folder` is now served.

        A crash at any point leaves the generation served that was served before.
        """
        for path in folder.rglob("*"):
            sync(path)
        sync(folder)
        id = self.id_of(folder)
        pointer = self._written_pointer(id)  # before the rename, since this is what a full disk stops
        folder.rename(self._folder / id)
        sync(self._folder)
        self._switch(pointer)
        return id

    def folder(self, id: str) -> Path:
        """The folder of the generation with that id."""
        return self._folder / id

    def refuse(self, folder: Path) -> Path:
        """Where the generation built in `folder` is kept for inspection, in place of the last refused one."""
        for refused in self._folder.glob(f"{REFUSED}*"):
            shutil.rmtree(refused)
        return folder.rename(self._folder / f"{REFUSED}{self.id_of(folder)}")

    def current(self) -> str | None:
        """The id of the generation to serve; None when nothing was published."""
        try:
            content = self._pointer.read_text("utf-8", errors="replace").strip()
        except FileNotFoundError:
            return None
        return content if ID.fullmatch(content) else None

    def ids(self) -> list[str]:
        """The ids of the finished generations, newest first."""
        if not self._folder.is_dir():
            return []
        return sorted(
            (entry.name for entry in self._folder.iterdir() if ID.fullmatch(entry.name)), reverse=True
        )

    def open(self, id: str) -> Generation:
        """The generation with that id.

        Raises:
            CorruptGeneration: it is absent, or its files are missing, cut short or altered.
        """
        return Generation.open(self._folder / id)

    def open_served(self) -> Generation:
        """The served generation, or when that is corrupt the next older one that can be read.

        Raises:
            NoGeneration: nothing was published.
            OutdatedGeneration: none can be read, and the first choice is of another version of Khabar.
            CorruptGeneration: none can be read.
        """
        self._require_pointer()
        served = self.current()
        generation = self._first_readable(self._by_preference(served))
        if generation.id != served:
            logger.warning("serving generation %s instead of %s; run khabar reload", generation.id, served)
        return generation

    def rollback(self) -> str:
        """The id of the generation before the served one, which is served from now on.

        Raises:
            GenerationError: there is none, or none of those before can be read.
        """
        self._require_pointer()
        served = self.current()
        older = [id for id in self.ids() if served is not None and id < served]
        if not older:
            raise GenerationError(
                f"{self._folder}: no generation before {served}, which stays served; the last {KEEP} are kept"
            )
        try:
            before = self._first_readable(older).id
        except CorruptGeneration as error:
            what = "of another version of Khabar" if isinstance(error, OutdatedGeneration) else "damaged"
            raise GenerationError(
                f"{self._folder}: no generation before {served}, which stays served, but what is {what}:"
                f" {', '.join(older)}"
            ) from error
        self._switch(self._written_pointer(before))
        return before

    def collect(self, keep: int = KEEP) -> list[str]:
        """The names of the folders deleted: all but the served generation and the `keep` - 1 before it.

        What is newer than the served one was rolled back from, or its reload was killed before it
        was published. Only the holder of the reload lock may call this: to anybody else a folder
        that is being built looks like an abandoned one.
        """
        served = self.current()
        kept = [id for id in self.ids() if served is None or id <= served][:keep]
        finished = {id for id in self.ids() if id not in (*kept, served)}
        abandoned = {folder.name for folder in self._folder.glob(f"{BUILDING}*")}
        for name in finished | abandoned:
            shutil.rmtree(self._folder / name, ignore_errors=True)  # what stays is tried again next time
        return sorted(name for name in finished | abandoned if not (self._folder / name).exists())

    def _by_preference(self, served: str | None) -> list[str]:
        ids = self.ids()
        if served is None:
            return ids
        rolled_back = [id for id in ids if id > served]  # better than nothing
        return [served, *(id for id in ids if id < served), *rolled_back]

    def _require_pointer(self) -> None:
        if not self._pointer.exists():
            raise NoGeneration(f"{self._pointer}: nothing was published yet; run khabar reload")

    def _new_id(self) -> str:
        """An id after all others, also when the clock was set back."""
        newest = next((datetime.strptime(id[:19], STAMP).replace(tzinfo=UTC) for id in self.ids()), None)
        now = self._clock().astimezone(UTC)
        moment = max(now, newest + timedelta(milliseconds=1)) if newest else now
        return f"{moment.strftime(STAMP)[:19]}Z-{secrets.token_hex(2)}"

    def _first_readable(self, ids: Iterable[str]) -> Generation:
        faults: list[CorruptGeneration] = []
        for id in ids:
            try:
                return self.open(id)
            except CorruptGeneration as error:
                faults.append(error)
                if not isinstance(error, OutdatedGeneration):
                    logger.warning("generation %s is corrupt: %s", id, error)
        if faults and isinstance(faults[0], OutdatedGeneration):
            raise faults[0]
        raise CorruptGeneration(f"{self._folder}: no generation can be read; run khabar reload")

    def _written_pointer(self, id: str) -> Path:
        pointer = self._pointer.with_suffix(".new")
        pointer.write_text(f"{id}\n", "utf-8")
        sync(pointer)
        return pointer

    def _switch(self, pointer: Path) -> None:
        pointer.replace(self._pointer)
        sync(self._pointer.parent)
