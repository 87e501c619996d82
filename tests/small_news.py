"""A small corpus of news for tests of the bot, written for them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from newsroom import Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.library import Library

LIBRARY_OPENING = Article(
    id="pustakalay",
    title="सूरजपुर में नया सार्वजनिक पुस्तकालय खुला",
    text="सूरजपुर के नगर निगम ने सोमवार को नए सार्वजनिक पुस्तकालय का उद्घाटन किया। पुस्तकालय में बीस हज़ार पुस्तकें हैं और "
    "बच्चों के लिए अलग कक्ष बनाया गया है। भवन के निर्माण पर चार करोड़ रुपये ख़र्च हुए। उद्घाटन महापौर सरिता वर्मा ने किया। "
    "पुस्तकालय सुबह आठ बजे से रात नौ बजे तक खुला रहेगा।",
    url="https://news.example.com/surajpur/pustakalay",
    published=date(2021, 4, 7),
    publisher="सूरजपुर समाचार",
)
BRIDGE = Article(
    id="pul",
    title="चंपा नदी का पुराना पुल मरम्मत के लिए बंद",
    text="चंपा नदी पर बना साठ साल पुराना पुल मरम्मत के लिए तीन महीने बंद रहेगा। लोक निर्माण विभाग के अभियंता मोहन "
    "तिवारी ने बताया कि खंभों में दरारें मिली हैं। भारी वाहन रामगढ़ के रास्ते भेजे जाएँगे। छोटी नावों की सेवा रोज़ चलेगी।",
    url="https://news.example.com/champa/pul",
    published=date(2022, 1, 15),
    publisher="चंपा टाइम्स",
)
WRESTLER = Article(
    id="kushti",
    title="पहलवान नीलम यादव ने राज्य कुश्ती में स्वर्ण जीता",
    text="पहलवान नीलम यादव ने राज्य कुश्ती प्रतियोगिता में स्वर्ण पदक जीता। फ़ाइनल में उन्होंने कमला सोरेन को छह अंकों से "
    "हराया। नीलम के प्रशिक्षक हरिराम ने कहा कि तैयारी दो साल चली। प्रतियोगिता बिलासपुर के स्टेडियम में हुई।",
    published=date(2023, 11, 30),
)
MANGOES = Article(
    id="aam",
    title="ओलों से आम की फ़सल को नुक़सान",
    text="रविवार की रात गिरे ओलों से मलिहाबाद में आम की फ़सल को भारी नुक़सान हुआ। किसान संघ ने मुआवज़े की माँग की है। "
    "कृषि विभाग की टीम मंगलवार से खेतों का सर्वेक्षण करेगी।",
    url="https://news.example.com/aam",
)
ALL = (LIBRARY_OPENING, BRIDGE, WRESTLER, MANGOES)
NEWSROOM = Newsroom(ALL, "small news")


def publish(data_dir: Path, articles: tuple[Article, ...] = ALL) -> str:
    """Publishes a generation of `articles` in `data_dir` and returns its id."""
    return reload([replace(NEWSROOM, items=articles)], data_dir, progress=unheard).generation


def library(data_dir: Path) -> Library:
    publish(data_dir)
    return Library.open(data_dir)
