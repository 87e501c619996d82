"""Two papers on the web, one of which gets into trouble, followed by the real parts into a data folder."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from clocks import ManualClock
from newspaper import CONTINUES, Newspaper, item, story_page
from newsroom import unheard
from raw_server import PATIENCE_S, RawServer

from knowledge.corpus.host_memory import SqliteHostMemory
from knowledge.corpus.reload import STORE, Conditions, ReloadReport, reload
from knowledge.corpus.schema import database
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.sources.web.addresses import IPAddress
from knowledge.sources.web.fetcher import Fetcher, FetchPolicy
from knowledge.sources.web.memory import SourceState
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.web_source import WebSource

STEADY, SHAKY = "sthir.example", "dagmag.example"
NEWS = {
    "/pul": ("सोनपुर का पुल खुला", "सोनपुर में नदी पर बना नया पुल खुला, जिसकी लंबाई 420 मीटर है। लोग खुश हैं।"),
    "/aam": ("आम की फसल अच्छी", "मंडी में दशहरी आम का भाव चालीस रुपये किलो तक गिर गया। बागवान चिंतित हैं।"),
    "/shatranj": ("मीरा ने शतरंज जीता", "जिला शतरंज प्रतियोगिता के फाइनल में बारह साल की मीरा ने विजेता को हराया।"),
    "/kila": ("किले में सिक्के मिले", "राजगढ़ के किले की खुदाई में फारसी लिखावट वाले 1200 सिक्के मिले हैं।"),
}
QUESTIONS = {
    "/pul": "सोनपुर के पुल की लंबाई कितनी है?",
    "/aam": "मंडी में दशहरी आम का भाव कितना हुआ?",
    "/shatranj": "शतरंज प्रतियोगिता के फाइनल में किसने हराया?",
    "/kila": "राजगढ़ के किले की खुदाई में कितने सिक्के मिले?",
}


@dataclass
class Paper(Newspaper):
    """A newspaper under a name of its own, with a feed of what it has published."""

    host: str = field(kw_only=True)
    out: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.server.url(path, self.host)

    def bring_out(self, path: str) -> None:
        title, text = NEWS[path]
        self.publish(path, story_page(title, f"{text} {CONTINUES}"))
        self.out.insert(0, path)
        self.list_all()

    def list_all(self) -> None:
        self.feed(item(self.url(path), NEWS.get(path, (path,))[0]) for path in self.out)


@dataclass
class Following:
    """Both papers, and what follows them; `names` are the addresses of hosts."""

    steady: Paper
    shaky: Paper
    data_dir: Path
    clock: ManualClock
    authorities: ssl.SSLContext
    names: dict[str, list[str]]
    shaky_timeout_s: float = 2 * PATIENCE_S

    def reload(self) -> ReloadReport:
        """Both are checked, and what came of it is served."""
        store = self.data_dir / STORE
        with database(store) as connection, database(store) as of_hosts:
            memory, hosts = SqliteWebMemory(connection), SqliteHostMemory(of_hosts)
            sources = [
                self._source(self.steady, 2 * PATIENCE_S, memory, hosts),
                self._source(self.shaky, self.shaky_timeout_s, memory, hosts),
            ]
            return reload(sources, self.data_dir, Conditions(largest_fall=0.2), progress=unheard)

    def _source(
        self, paper: Paper, timeout_s: float, memory: SqliteWebMemory, hosts: SqliteHostMemory
    ) -> WebSource:
        policy = FetchPolicy(delay_s=0, timeout_s=timeout_s, allowed_hosts=(STEADY, SHAKY))
        fetcher = Fetcher(policy, hosts, self.clock, resolve=self._resolve, ssl_context=self.authorities)
        return WebSource(paper.url("/feed.xml"), "feed", FollowOptions(), memory, fetcher, self.clock)

    def state(self, paper: Paper) -> SourceState:
        with database(self.data_dir / STORE) as connection:
            return SqliteWebMemory(connection).source(paper.url("/feed.xml"))

    def _resolve(self, host: str, port: int) -> list[IPAddress]:
        known = self.names.get(host, [host] if host[0].isdigit() else None)
        if not known:
            raise OSError("Name or service not known")
        return [ip_address(address) for address in known]


@contextmanager
def following_two(folder: Path, authorities: ssl.SSLContext) -> Iterator[Following]:
    """Both have brought out an article, and it is served."""
    folder.mkdir()
    with RawServer() as one, RawServer() as other:
        following = Following(
            Paper(one, host=STEADY),
            Paper(other, host=SHAKY),
            folder,
            ManualClock(),
            authorities,
            {STEADY: ["127.0.0.1"], SHAKY: ["127.0.0.1"]},
        )
        following.steady.bring_out("/pul")
        following.shaky.bring_out("/aam")
        following.reload()
        yield following
