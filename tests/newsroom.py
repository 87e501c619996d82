"""A small newsroom: a source of articles in memory, and Hindi articles for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.articles import Article
from knowledge.sources.source import Item

BRIDGE = Article(
    id="pul.md",
    title="सोनपुर का नया पुल खुला",
    text="सोनपुर में नदी पर बना नया पुल सोमवार को लोगों के लिए खोल दिया गया।\n"
    "पुल की लंबाई 420 मीटर है और इसे बनाने में तीन साल लगे। पहले गाँव वालों को नाव से नदी पार करनी पड़ती थी।",
    url="https://news.example/sonpur-pul",
    published=date(2024, 3, 4),
    publisher="सोनपुर समाचार",
)
MANGOES = Article(
    id="aam.md",
    title="इस साल आम की फसल अच्छी",
    text="बागवानों का कहना है कि इस साल आम की फसल पिछले साल से दोगुनी है।\n"
    "मंडी में दशहरी आम का भाव चालीस रुपये किलो तक गिर गया। किसान ठंडे गोदाम की माँग कर रहे हैं।",
    url="https://news.example/aam-ki-fasal",
    published=date(2024, 6, 12),
)
LIBRARY = Article(
    id="pustakalay.md",
    title="कस्बे में पहला पुस्तकालय",
    text="हरिपुर कस्बे में पहला सार्वजनिक पुस्तकालय खुला, जिसमें आठ हज़ार किताबें हैं।\n"
    "पुस्तकालय सुबह सात बजे से रात नौ बजे तक खुला रहेगा और बच्चों के लिए सदस्यता मुफ़्त है।",
)
RAIN = Article(
    id="barish.md",
    title="तेज़ बारिश से स्कूल बंद",
    text="लगातार दो दिन की बारिश के बाद प्रशासन ने शुक्रवार को सभी स्कूल बंद रखने का आदेश दिया।\n"
    "मौसम विभाग ने अगले चौबीस घंटे में और वर्षा की चेतावनी दी है।",
    url="https://news.example/barish",
)
CHESS = Article(
    id="shatranj.md",
    title="बारह साल की मीरा ने शतरंज प्रतियोगिता जीती",
    text="ज़िला शतरंज प्रतियोगिता के फ़ाइनल में बारह साल की मीरा ने पिछले विजेता को हराया।\n"
    "मीरा हर दिन चार घंटे अभ्यास करती हैं और अब राज्य प्रतियोगिता में खेलेंगी।",
)
YESTERDAY = (BRIDGE, LIBRARY, MANGOES)
TODAY = (BRIDGE, CHESS, LIBRARY, RAIN)
MANY = tuple(
    Article(
        f"{number}.md", f"खबर {number}", f"गाँव {number} में {number * 7} किलो आम और {number * 9} किलो गेहूँ बिका।"
    )
    for number in range(300)
)


@dataclass(frozen=True)
class Newsroom:
    """A source that gives exactly `items`."""

    items: tuple[Item, ...]
    name: str = "newsroom"
    whole: bool = True

    def read(self) -> Iterator[Item]:
        yield from self.items


def unheard(phase: str, done: int, total: int | None) -> None:
    """Progress that nobody listens to."""
