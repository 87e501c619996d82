import gc
import shutil
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, MANY, RAIN, Newsroom, unheard

from knowledge.articles import Answer, Article
from knowledge.corpus.reload import reload
from knowledge.errors import NoGeneration
from knowledge.library import EngineName, Library

FAIR = Article(
    id="mela.md",
    title="राजगढ़ के मेले में रिकॉर्ड भीड़",
    text="राजगढ़ का सालाना पशु मेला इस बार दस दिन चला और उसमें ढाई लाख लोग आए। "
    "मेले का उद्घाटन ज़िलाधिकारी अनीता राव ने किया। पशु चिकित्सकों के तीन दल दिन-रात तैनात रहे। "
    "व्यापारियों ने बताया कि ऊँटों की बिक्री पिछले साल से कम रही।\n"
    "मेले के आख़िरी दिन आग लगने से बारह दुकानें जल गईं। दमकल की चार गाड़ियों ने एक घंटे में आग बुझाई। "
    "इस हादसे में किसी की मौत नहीं हुई। पुलिस ने बताया कि आग गैस सिलेंडर के रिसाव से लगी। "
    "दुकानदारों ने मुआवज़े की माँग की है। नगर परिषद ने जाँच के लिए समिति बनाई है। "
    "समिति पंद्रह दिन में अपनी रिपोर्ट देगी। अगले मेले से हर दुकान में अग्निशमन यंत्र रखना ज़रूरी होगा। "
    "मेला मैदान के चारों ओर पानी की टंकियाँ भी बनाई जाएँगी। इसके लिए परिषद ने बीस लाख रुपये मंज़ूर किए हैं।",
    url="https://news.example/mela",
)
ARTICLES = (BRIDGE, CHESS, FAIR, LIBRARY, MANGOES, RAIN)
PATIENCE_S = 60


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    reload([Newsroom(ARTICLES)], folder, progress=unheard)
    return folder


@pytest.fixture(scope="module")
def library(data_dir: Path) -> Library:
    return Library.open(data_dir)


def highlighted(answer: Answer) -> list[str]:
    first = answer.ranked[0]
    return [first.passage.text[begin:end] for begin, end in first.highlights]


def best_sentence(answer: Answer) -> str:
    first = answer.ranked[0]
    return first.passage.text[slice(*first.best_sentence)]


QUESTIONS = [
    ("सोनपुर के पुल की लंबाई कितनी है?", BRIDGE, "420 मीटर"),
    ("मंडी में आम का भाव कितना हो गया?", MANGOES, "चालीस रुपये किलो"),
    ("हरिपुर के पुस्तकालय में कितनी किताबें हैं?", LIBRARY, "आठ हज़ार"),
    ("शतरंज प्रतियोगिता के फाइनल में विजेता को किसने हराया?", CHESS, "मीरा"),
    ("प्रशासन ने स्कूल कब बंद रखने का आदेश दिया?", RAIN, "शुक्रवार"),
    ("पशु मेले का उद्घाटन किसने किया?", FAIR, "अनीता राव"),
    ("मेले में आग किस गैस से लगी?", FAIR, "सिलेंडर के रिसाव"),
    ("मेले में आग से कितनी दुकानें जलीं?", FAIR, "बारह दुकानें"),
]


@pytest.mark.parametrize(("question", "article", "evidence"), QUESTIONS)
def test_a_question_is_answered_from_the_right_passage_and_sentence(
    library: Library, question: str, article: Article, evidence: str
) -> None:
    answer = library.ask(question)
    assert answer.answered
    assert answer.hits == answer.ranked
    assert answer.ranked[0].passage.article == article
    assert evidence in best_sentence(answer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("पुल की लंबाई?", ["पुल", "पुल", "लंबाई"]),
        ("पुस्तकालयों की किताब", ["पुस्तकालय", "किताबें", "पुस्तकालय"]),
        ("क़स्बे में लाइब्रेरी", ["कस्बे", "पुस्तकालय", "पुस्तकालय"]),
        ("ज़िला प्रतियोगिता का फाइनल", ["ज़िला", "प्रतियोगिता", "फ़ाइनल", "प्रतियोगिता"]),
    ],
)
def test_what_matches_the_question_is_highlighted(library: Library, question: str, words: list[str]) -> None:
    assert highlighted(library.ask(question)) == words


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n ",
        "?",
        "क्या यह कब और कहाँ है?",
        "😀🚀❤️",
        "😀" * 4096,
        "फ्रांस की राजधानी कहाँ है?",
        "चंद्रयान चाँद पर कब उतरा?",
        "asdf qwer zxcv",
        "\u202e\u200d\u0000",
        "<b>&amp;</b>",
        "झप" * 2048,
    ],
)
def test_what_the_articles_do_not_cover_is_not_answered(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert not answer.answered
    assert answer.hits == ()
    assert answer.question == question
    assert answer.generation == library.generation


@pytest.mark.parametrize(
    "question", ["राष्ट्रपति का पुल कब बना?", "दिल्ली का पुल किसने बनवाया?", "मुंबई में बारिश कब हुई?"]
)
def test_one_word_in_common_is_not_enough_however_few_articles_there_are(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert not answer.answered
    assert answer.hits == ()
    assert answer.ranked[0].passage.article in (BRIDGE, RAIN)  # what comes nearest is known all the same


def test_an_emoji_does_not_make_a_question_another_one(library: Library) -> None:
    plain, decorated = library.ask("पुल की लंबाई कितनी है?"), library.ask("पुल की लंबाई कितनी है? ❤️🌉")
    assert decorated.answered
    assert decorated.confidence == plain.confidence


def test_a_very_long_question_is_answered_by_what_it_asks(library: Library) -> None:
    question = "पुल की लंबाई कितनी है? " * 170
    assert library.ask(question).ranked[0].passage.article == BRIDGE


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_at_most_so_many_passages_are_given_best_first(library: Library, limit: int) -> None:
    ranked = library.ask("साल दिन आम पुल मेला बारिश", limit).ranked
    scores = [hit.score for hit in ranked]
    assert len(ranked) == limit
    assert scores == sorted(scores, reverse=True)


def assert_sound(answer: Answer) -> None:
    """What every answer promises, whatever was asked."""
    assert 0 <= answer.confidence <= 1
    assert answer.hits == (answer.ranked if answer.answered else ())
    for hit in answer.ranked:
        ends = [0, *(end for _, end in hit.highlights)]
        begins = [*(begin for begin, _ in hit.highlights), len(hit.passage.text)]
        assert all(end <= begin for end, begin in zip(ends, begins, strict=True))
        assert all(begin < end for begin, end in hit.highlights)
        begin, end = hit.best_sentence
        assert 0 <= begin < end <= len(hit.passage.text)


WORDS = sorted({word for article in ARTICLES for word in article.text.split()})


@given(question=st.text() | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_can_be_asked(library: Library, question: str) -> None:
    assert_sound(library.ask(question))


@given(question=st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_rank_bm25_answers_like_the_embedded_engine(
    library: Library, reference: Library, question: str
) -> None:
    one, other = library.ask(question), reference.ask(question)
    assert [hit.passage.id for hit in one.ranked] == [hit.passage.id for hit in other.ranked]
    assert [hit.score for hit in one.ranked] == pytest.approx([hit.score for hit in other.ranked])
    assert one.confidence == pytest.approx(other.confidence)


@pytest.fixture(scope="module")
def reference(data_dir: Path) -> Library:
    return Library.open(data_dir, "rank-bm25")


@pytest.mark.parametrize("engine", ["embedded", "rank-bm25"])
def test_a_library_of_one_short_article_answers(tmp_path: Path, engine: EngineName) -> None:
    reload([Newsroom((BRIDGE,))], tmp_path, progress=unheard)
    library = Library.open(tmp_path, engine)
    assert (library.articles, library.passages) == (1, 1)
    assert library.ask("पुल की लंबाई कितनी है?").hits[0].passage.article == BRIDGE
    assert not library.ask("आम का भाव कितना है?").answered


def test_there_is_no_library_before_anything_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration, match=r"current: nothing was published yet; run khabar reload"):
        Library.open(tmp_path)


@pytest.mark.parametrize("engine", ["embedded", "rank-bm25"])
def test_a_new_generation_is_picked_up_when_asked_for(tmp_path: Path, engine: EngineName) -> None:
    reload([Newsroom((BRIDGE,))], tmp_path, progress=unheard)
    library = Library.open(tmp_path, engine)
    before = library.generation
    assert not library.refresh()
    published = reload([Newsroom((MANGOES, RAIN))], tmp_path, progress=unheard).generation
    assert (library.generation, library.articles) == (before, 1)
    assert library.refresh()
    assert (library.generation, library.articles) == (published, 2)
    assert not library.refresh()
    assert library.ask("आम का भाव कितना है?").hits[0].passage.article == MANGOES
    assert not library.ask("पुल की लंबाई कितनी है?").answered


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux lists the files in use")
def test_a_generation_that_is_no_longer_served_lets_go_of_its_files_at_once(tmp_path: Path) -> None:
    reload([Newsroom(ARTICLES)], tmp_path, progress=unheard)
    library = Library.open(tmp_path)
    for question in ("आम का भाव", "sonpur ka pul", "पुल्ल कब खुल्ला", "who opened the fair?"):
        library.ask(question)
    before = library.generation
    gc.disable()  # in a bot that has little to collect, circles of objects stay for days
    try:
        reload([Newsroom((MANGOES, RAIN))], tmp_path, progress=unheard)
        assert before in Path("/proc/self/maps").read_text()
        library.refresh()
        assert before not in Path("/proc/self/maps").read_text()
    finally:
        gc.enable()


def test_a_generation_that_was_deleted_keeps_answering(tmp_path: Path) -> None:
    reload([Newsroom((*MANY, BRIDGE))], tmp_path, progress=unheard)
    library = Library.open(tmp_path)
    shutil.rmtree(tmp_path / "generations")
    assert library.ask("सोनपुर के पुल की लंबाई कितनी है?").hits[0].passage.article == BRIDGE


def test_questions_are_answered_while_new_generations_come_in(tmp_path: Path) -> None:
    corpora = [(BRIDGE, RAIN), (BRIDGE, *MANY), (BRIDGE, CHESS, LIBRARY)]
    published = [reload([Newsroom(corpora[0])], tmp_path, progress=unheard).generation]
    library = Library.open(tmp_path)
    over, started = Event(), Barrier(4)
    answers: list[Answer] = []

    def keep_asking() -> None:
        started.wait(PATIENCE_S)
        while not over.is_set():
            answers.append(library.ask("सोनपुर के पुल की लंबाई कितनी है?"))

    askers = [Thread(target=keep_asking) for _ in range(3)]
    for asker in askers:
        asker.start()
    started.wait(PATIENCE_S)
    try:
        for articles in corpora[1:]:
            published.append(reload([Newsroom(articles)], tmp_path, progress=unheard).generation)
            assert library.refresh()
            after = library.ask("सोनपुर के पुल की लंबाई कितनी है?")
            assert after.generation == published[-1]
            answers.append(after)
    finally:
        over.set()
        for asker in askers:
            asker.join(PATIENCE_S)
    assert not any(asker.is_alive() for asker in askers)
    assert {answer.generation for answer in answers} == set(published)
    assert all(answer.hits[0].passage.article == BRIDGE for answer in answers)
