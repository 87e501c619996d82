from standin_client import Person, group
from telegram_shapes import styled

from bot.messages import catalogue
from bot.web.standin import StandIn

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"


async def joined(person: Person) -> None:
    await person.set_bot_status("member")
    await person.next_reply()


async def test_a_group_is_greeted_once(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await ravi.set_bot_status("member")
        assert (await ravi.next_reply())["text"] == TEXTS.hindi.greeting
        await ravi.set_bot_status("administrator")
        await ravi.say(f"/ask@khabar_bot {BRIDGE}")
        await ravi.next_reply()
        assert [r["text"] for r in await ravi.replies()].count(TEXTS.hindi.greeting) == 1


async def test_the_command_is_answered_quoting_the_asker(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        said = await ravi.say(f"/ask {BRIDGE}")
        reply = await ravi.next_reply()
    assert "तीन महीने" in styled(reply, "expandable_blockquote")[0]
    assert reply["reply_to_message"]["message_id"] == said["message_id"]


async def test_the_command_asks_what_it_replies_to(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        question = await ravi.say(BRIDGE)
        await ravi.say("/ask@khabar_bot", reply_to=question["message_id"])
        assert "तीन महीने" in (await ravi.next_reply())["text"]


async def test_the_command_alone_explains_itself(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        await ravi.say("/ask")
        assert (await ravi.next_reply())["text"] == TEXTS.hindi.ask_usage


async def test_a_mention_asks(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        await ravi.say(f"🙏 @Khabar_Bot {BRIDGE}")
        assert "तीन महीने" in (await ravi.next_reply())["text"]


async def test_a_reply_to_the_bot_asks(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await ravi.set_bot_status("member")
        greeting = await ravi.next_reply()
        await ravi.say(BRIDGE, reply_to=greeting["message_id"])
        assert "तीन महीने" in (await ravi.next_reply())["text"]


async def test_the_command_doesnt_ask_the_bots_own_words(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        await ravi.say(f"/ask {BRIDGE}")
        answer = await ravi.next_reply()
        await ravi.say("/ask", reply_to=answer["message_id"])
        assert (await ravi.next_reply())["text"] == TEXTS.hindi.ask_usage


async def test_edits_are_left_alone(telegram: StandIn):
    async with Person(telegram.origin, chat=group()) as ravi:
        await joined(ravi)
        said = await ravi.say("/ask जापान की राजधानी क्या है?")
        await ravi.next_reply()
        await ravi.edit(said["message_id"], f"/ask {BRIDGE}")
        await ravi.say("/ask")
        assert (await ravi.next_reply())["text"] == TEXTS.hindi.ask_usage
    assert "editMessageText" not in [call.method for call in telegram.calls.made]
