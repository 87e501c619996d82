import asyncio

import httpx
from standin_client import Person
from telegram_shapes import styled

from bot.messages import catalogue
from bot.web.standin import StandIn
from bot.web.standin.faults import Fault

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
WRESTLER = "नीलम यादव ने कौन सा पदक जीता?"
UNCOVERED = "जापान की राजधानी क्या है?"


async def test_the_answer_is_the_passage_with_its_source(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask(BRIDGE)
    assert "तीन महीने बंद रहेगा" in styled(reply, "expandable_blockquote")[0]
    assert styled(reply, "bold")[0] == "चंपा नदी का पुराना पुल मरम्मत के लिए बंद"
    assert reply["text"].endswith("स्रोत: चंपा टाइम्स · 15 जनवरी 2022")
    button = reply["reply_markup"]["inline_keyboard"][0][0]
    assert button["url"].startswith("https://news.example.com/champa/pul#:~:text=")
    assert reply["link_preview_options"]["url"] == "https://news.example.com/champa/pul"
    assert "reply_to_message" not in reply


async def test_without_an_address_there_is_a_source_line_and_no_button(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask(WRESTLER)
    assert reply["text"].endswith("स्रोत: पहलवान नीलम यादव ने राज्य कुश्ती में स्वर्ण जीता · 30 नवंबर 2023")
    assert "reply_markup" not in reply


async def test_what_is_not_covered_gets_a_kind_sentence_and_no_source(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask(UNCOVERED)
    assert reply["text"].startswith(TEXTS.hindi.no_answer)
    assert "स्रोत" not in reply["text"]
    assert not styled(reply, "expandable_blockquote")


async def test_the_reply_is_in_the_script_of_the_question(telegram: StandIn):
    async with Person(telegram.origin, language_code="en") as john:
        assert (await john.ask("pyaaz ke daam kab ghatenge"))["text"].startswith(TEXTS.latin_hindi.no_answer)
        assert (await john.ask(UNCOVERED))["text"].startswith(TEXTS.hindi.no_answer)


async def test_typing_shows_before_the_answer(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        await meera.ask(BRIDGE)
    methods = [call.method for call in telegram.calls.made]
    assert methods.index("sendChatAction") < methods.index("sendMessage")


async def test_an_answer_doesnt_wait_for_the_typing_action(telegram: StandIn):
    telegram.faults.add(Fault(trouble="flood", method="sendChatAction", retry_after=600))
    async with Person(telegram.origin) as meera:
        assert styled(await meera.ask(BRIDGE), "expandable_blockquote")


async def test_a_caption_is_a_question(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        await meera.say(BRIDGE, photo=True)
        assert "तीन महीने" in (await meera.next_reply())["text"]


async def test_a_picture_without_words_gets_a_kind_sentence(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        await meera.say(None, photo=True)
        assert (await meera.next_reply())["text"] == TEXTS.hindi.not_text


async def test_emoji_are_no_question(telegram: StandIn):
    async with Person(telegram.origin) as meera, Person(telegram.origin, id=502, language_code="en") as john:
        assert (await meera.ask("☀" * 4096))["text"] == TEXTS.hindi.no_question
        assert (await meera.ask("🙏" * 2048))["text"] == TEXTS.hindi.no_question
        assert (await john.ask("🙏"))["text"] == TEXTS.english.no_question
    assert "sendChatAction" not in [call.method for call in telegram.calls.made]


async def test_a_whole_story_is_too_long_for_a_question(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        assert (await meera.ask("पुल " * 900))["text"] == TEXTS.hindi.too_long


async def test_markup_in_a_question_is_text(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask("<b>चंपा नदी</b> का पुल <script>कितने</script> दिन बंद रहेगा & क्यों?")
    assert "तीन महीने बंद रहेगा" in reply["text"]
    assert "script" not in reply["text"]


async def test_a_right_to_left_override_changes_nothing(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask("\u202eचंपा नदी का पुल\u202c कितने दिन बंद रहेगा?")
    assert "तीन महीने बंद रहेगा" in reply["text"]
    assert "\u202e" not in reply["text"]


async def test_an_edited_question_edits_its_answer(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        said = await meera.say(UNCOVERED)
        reply = await meera.next_reply()
        await meera.edit(said["message_id"], BRIDGE)
        edited = (await meera.next_event("edited"))["content"]
        while edited["message_id"] == said["message_id"]:  # the person's own edit is seen first
            edited = (await meera.next_event("edited"))["content"]
    assert edited["message_id"] == reply["message_id"]
    assert "तीन महीने" in edited["text"]
    assert edited["reply_markup"]


async def test_where_the_answer_was_deleted_an_edited_question_gets_a_new_one(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        said = await meera.say(UNCOVERED)
        reply = await meera.next_reply()
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            address = f"{telegram.base_url}{telegram.token}/deleteMessage"
            await http.post(address, json={"chat_id": meera.id, "message_id": reply["message_id"]})
        await meera.edit(said["message_id"], BRIDGE)
        assert "तीन महीने" in (await meera.next_reply())["text"]


async def test_an_edit_of_what_was_no_question_is_left_alone(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        said = await meera.say("/start")
        await meera.next_reply()
        await meera.edit(said["message_id"], BRIDGE)
        assert (await meera.ask(UNCOVERED))["text"].startswith(TEXTS.hindi.no_answer)
        assert len(await meera.replies()) == 2


async def test_the_questions_of_a_chat_are_answered_in_their_order(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        for question in (BRIDGE, UNCOVERED, WRESTLER, UNCOVERED, BRIDGE):
            await meera.say(question)
        replies = [await meera.next_reply() for _ in range(5)]
    kinds = [styled(reply, "bold")[:1] for reply in replies]
    assert [bool(kind) for kind in kinds] == [True, False, True, False, True]
    assert kinds[0] == kinds[4] != kinds[2]


async def test_many_people_are_answered(telegram: StandIn):
    async def asks(number: int) -> str:
        async with Person(telegram.origin, id=600 + number) as person:
            return (await person.ask(BRIDGE))["text"]

    texts = await asyncio.gather(*(asks(number) for number in range(20)))
    assert all("तीन महीने" in text for text in texts)
