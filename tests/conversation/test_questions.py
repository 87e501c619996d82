import pytest
from telegram import Message, User
from telegram_shapes import BOT, MEERA, RAVI, entity, message

from bot.conversation import questions

KHABAR = User.de_json(BOT)
ASKED = "पुल कब खुलेगा?"


def read(text: str | None = None, **more) -> Message:
    return Message.de_json(message(text, **more))


def test_in_private_all_that_is_written_is_the_question():
    assert questions.in_private(read(ASKED)) == ASKED
    assert questions.in_private(read(caption=ASKED)) == ASKED


@pytest.mark.parametrize(
    ("mention", "kind", "more"),
    [("@khabar_bot", "mention", {}), ("@KHABAR_bot", "mention", {}), ("ख़बर", "text_mention", {"user": BOT})],
)
def test_a_mention_is_no_part_of_the_question(mention, kind, more):
    text = f"🙏 {mention} {ASKED}"
    asked = questions.in_group(read(text, entities=[entity(kind, text, mention, **more)]), KHABAR)
    assert asked == f"🙏 {ASKED}"


def test_a_mention_in_a_caption_asks():
    text = f"@khabar_bot {ASKED}"
    asked = read(caption=text, caption_entities=[entity("mention", text, "@khabar_bot")])
    assert questions.in_group(asked, KHABAR) == ASKED


@pytest.mark.parametrize(
    ("mention", "kind", "more"),
    [
        ("@khabar_bot2", "mention", {}),
        ("मीरा", "text_mention", {"user": MEERA}),
        ("#khabar_bot", "hashtag", {}),
    ],
)
def test_what_is_said_to_others_is_no_question(mention, kind, more):
    text = f"{mention} {ASKED}"
    assert questions.in_group(read(text, entities=[entity(kind, text, mention, **more)]), KHABAR) is None


def test_a_reply_to_the_bot_asks_and_one_to_others_does_not():
    assert questions.in_group(read(ASKED, reply_to_message=message("उत्तर", **{"from": BOT})), KHABAR) == ASKED
    replied = read(ASKED, reply_to_message=message("नमस्ते", **{"from": RAVI}))
    assert questions.in_group(replied, KHABAR) is None


def test_a_mention_alone_asks_what_it_replies_to():
    replied = message(ASKED, **{"from": RAVI})
    mention = entity("mention", "@khabar_bot", "@khabar_bot")
    assert (
        questions.in_group(read("@khabar_bot", entities=[mention], reply_to_message=replied), KHABAR) == ASKED
    )


def test_the_command_asks_what_follows_it_lines_and_all():
    assert questions.in_command(read("/ask@khabar_bot  पुल कब\nखुलेगा?"), KHABAR) == "पुल कब\nखुलेगा?"


def test_the_command_asks_the_part_that_was_quoted():
    replied = message(f"नमस्ते। {ASKED}", **{"from": RAVI})
    quoted = read("/ask", reply_to_message=replied, quote={"text": ASKED, "position": 8})
    assert questions.in_command(quoted, KHABAR) == ASKED


def suggesting(asked: str, *bold: str, data: str = "ask-meant") -> Message:
    text = f"🙏 क्या आपका मतलब यह था?\n{asked}"
    keyboard = {"inline_keyboard": [[{"text": "हाँ", "callback_data": data}]]}
    entities = [entity("bold", text, part) for part in bold]
    return read(text, entities=entities, reply_markup=keyboard)


def test_a_suggestion_is_what_is_bold_above_its_button():
    assert questions.suggested(suggesting(ASKED, ASKED), "ask-meant") == ASKED


def test_a_suggestion_that_telegram_parted_at_a_mention_is_whole():
    asked = "@sonpur का पुल कब खुलेगा?"
    assert questions.suggested(suggesting(asked, "@sonpur", "का पुल कब खुलेगा?"), "ask-meant") == asked


def test_other_messages_suggest_nothing():
    assert questions.suggested(suggesting(ASKED, ASKED, data="next"), "ask-meant") == ""
    assert questions.suggested(suggesting(ASKED), "ask-meant") == ""
    assert questions.suggested(read(ASKED, entities=[entity("bold", ASKED, "पुल")]), "ask-meant") == ""
    assert questions.suggested(read(caption=ASKED), "ask-meant") == ""


@pytest.mark.parametrize("text", ["", "🙏" * 2048, "?!। …", "\u200d\u202e"])
def test_without_a_letter_or_digit_there_is_no_question(text):
    assert not questions.is_question(text)


@pytest.mark.parametrize("text", ["क", "2021?", "🙏 कब", "kab"])
def test_a_letter_or_digit_is_enough(text):
    assert questions.is_question(text)
