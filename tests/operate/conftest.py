"""An operator's newsroom: a folder of news, the real bot over the stand-in, reloads as real processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from standin_client import Person

from bot import app
from bot.commands.options import reload_from
from bot.configuration import load
from bot.conversation.operate import Steering
from bot.corpus.desk import Desk
from bot.corpus.reloading import ReloadRunner, reload_command
from bot.settings import Settings
from bot.watch.gathering import Gathering
from bot.web.standin import StandIn, serve_standin
from knowledge.library import Library

ROOT = Path(__file__).parents[2]
OPERATOR, OPERATORS_CHAT = 9_001, -1_009_001
STORIES = {
    "pul.md": "चंपा नदी पर बना साठ साल पुराना पुल मरम्मत के लिए तीन महीने बंद रहेगा। खंभों में दरारें मिली हैं।",
    "aam.md": "मलिहाबाद में ओलों से आम की फ़सल को भारी नुक़सान हुआ। किसान संघ ने मुआवज़े की माँग की है।",
    "kushti.md": "पहलवान नीलम यादव ने राज्य कुश्ती प्रतियोगिता में स्वर्ण पदक जीता। प्रतियोगिता बिलासपुर में हुई।",
    "pustakalay.md": "सूरजपुर में नए सार्वजनिक पुस्तकालय का उद्घाटन हुआ। उसमें बीस हज़ार पुस्तकें हैं।",
    "kuan.md": "गाँव रामपुर में नया कुआँ खोदा गया, जो साठ फुट गहरा है। अब टैंकर नहीं मँगाने पड़ेंगे।",
    "mela.md": "सोनपुर का पशु मेला इस साल नवंबर में लगेगा। मेले में घोड़ों की दौड़ भी होगी।",
}


@dataclass
class Newsroom:
    """A folder of news, and the settings that read it."""

    folder: Path

    @property
    def news(self) -> Path:
        return self.folder / "news"

    @property
    def config(self) -> Path:
        return self.folder / "khabar.toml"

    @property
    def settings(self) -> Settings:
        return load(self.config)

    def write(self, name: str, text: str) -> None:
        title = name.partition(".")[0]
        (self.news / name).write_text(
            f"---\ntitle: {title}\nurl: https://news.example/{title}\n---\n{text}\n", "utf-8"
        )

    def publish(self) -> Library:
        """Everything is read and served."""
        reload_from(self.settings, lambda *_: None)
        return Library.open(self.settings.data_dir)

    def runner(self) -> ReloadRunner:
        return ReloadRunner(reload_command(self.config, self.settings.data_dir))


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # for the processes that reload
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else python-telegram-bot warns of a change to come
    room = Newsroom(tmp_path)
    room.news.mkdir()
    for name, text in STORIES.items():
        room.write(name, text)
    room.config.write_text('data_dir = "data"\n[corpus]\nsources = ["news"]\n', "utf-8")
    return room


@dataclass
class Desktop:
    """The running bot, with what the tests look at."""

    newsroom: Newsroom
    standin: StandIn
    library: Library
    runner: ReloadRunner

    def operator(self, **more: object) -> Person:
        return Person(self.standin.origin, id=OPERATOR, first_name="राधा", **more)  # type: ignore[arg-type]


@asynccontextmanager
async def operated(newsroom: Newsroom) -> AsyncIterator[Desktop]:
    library, runner, stop = newsroom.publish(), newsroom.runner(), asyncio.Event()
    async with serve_standin() as standin:
        settings = newsroom.settings
        told = {
            "token": SecretStr(standin.token), "base_url": standin.origin,
            "operators": (OPERATOR,), "operators_chat": OPERATORS_CHAT,
        }  # fmt: skip
        settings = settings.model_copy(update={"telegram": settings.telegram.model_copy(update=told)})
        now = datetime.now(UTC)
        gathering = Gathering(settings, library, lambda: datetime.now(UTC), now)
        service = app.build(settings, library, None, Steering(Desk(settings), runner, gathering))
        serving = asyncio.create_task(service.run(stop))
        try:
            yield Desktop(newsroom, standin, library, runner)
        finally:
            await runner.stop()
            stop.set()
            await serving


@pytest.fixture
async def desk(newsroom: Newsroom) -> AsyncIterator[Desktop]:
    async with operated(newsroom) as running:
        yield running
