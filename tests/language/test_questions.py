import pytest

from knowledge.language.normalise import normalise
from knowledge.language.questions import Wanted, gives, kind_nouns, role, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("कितने लोग आए", "number"),
        ("बैठक कब हुई", "time"),
        ("किस तारीख को हुआ", "time"),
        ("स्कूल क्यों बंद हैं", "reason"),
        ("मेला कहाँ लगा", "place"),
        ("मेला कहां लगा", "place"),
        ("पुल किसने बनाया", "name"),
        ("अध्यक्ष कौन है", "name"),
        ("क्या हुआ", "anything"),
        ("", "anything"),
    ],
)
def test_question_words_tell_the_kind_of_answer(question: str, kind: Wanted) -> None:
    assert wanted(question.split()) == kind


@pytest.mark.parametrize("question", ["कौन कितने साल का है", "कितने साल का कौन है"])
def test_of_two_kinds_the_narrower_one_is_wanted(question: str) -> None:
    assert wanted(question.split()) == "number"


@pytest.mark.parametrize(
    ("word", "kind", "share"),
    [
        ("420", "number", 1.0),
        ("१२", "number", 1.0),
        ("1,200", "number", 1.0),
        ("पाँच", "number", 1.0),
        ("लाख", "number", 1.0),
        ("पुल", "number", 0.0),
        ("2024", "time", 1.0),
        ("दिसंबर", "time", 1.0),
        ("दिसम्बर", "time", 1.0),
        ("सोमवार", "time", 1.0),
        ("15", "time", 0.3),
        ("पुल", "time", 0.0),
        ("क्योंकि", "reason", 1.0),
        ("वजह", "reason", 1.0),
        ("2024", "reason", 0.0),
        ("वजह", "place", 0.0),
        ("वजह", "anything", 0.0),
        ("\u200d", "number", 0.0),
    ],
)
def test_words_are_of_a_kind(word: str, kind: Wanted, share: float) -> None:
    assert gives(normalise(word), kind) == share


@pytest.mark.parametrize(
    ("sequence", "concept"),
    [
        ((0, "के", 1, 2, "कौन", "है"), 2),  # कजाकिस्तान के रक्षा मंत्री कौन हैं
        (("who", "is", "the", 0, 1, "of", 2), 1),
        (("यह", "कौन", "है"), None),
        ((0, "के", 1, 2, "का", "नाम", "क्या", "है"), 2),
        (("what", "is", "the", "name", "of", "the", 0, 1, "of", 2), 1),
        (("नाम", "of"), None),
        (("of", "the", 0, "who", "is", "the", 1), 1),
        (("of", "whom", "is", 0), None),
        ((0, "किसने", 1), None),
        (("who",), None),
        ((), None),
    ],
)
def test_the_role_of_somebody_who_is_asked_for_is_known(
    sequence: tuple[int | str, ...], concept: int | None
) -> None:
    assert role(sequence) == concept


@pytest.mark.parametrize(
    ("question", "noun", "kind"),
    [
        ("रक्षा मंत्री का नाम क्या है", "नाम", "name"),
        ("रक्षा मंत्री का नाम", "नाम", "name"),
        ("raksha mantri का naam क्या है", "naam", "name"),
        ("what is the name of the minister", "name", "name"),
        ("मेला किस शहर में लगा", "शहर", "place"),
        ("mela किस zile में लगा", "zile", "place"),
        ("the fair was in which district", "district", "place"),
        ("कौन से राज्य में चुनाव हैं", "राज्य", "place"),
        ("चुनाव किस साल हुए", "साल", "time"),
        ("what year was the vote", "year", "time"),
        ("चुनाव की तारीख क्या है", "तारीख", "time"),
        ("Rajnath birth date", "date", "time"),
    ],
)
def test_a_noun_that_only_names_the_kind_of_answer_is_known(question: str, noun: str, kind: Wanted) -> None:
    words = question.split()
    assert kind_nouns(words) == {words.index(noun): kind}
    assert wanted(words) == kind


@pytest.mark.parametrize(
    "question",
    ["नाम बदलने पर विवाद क्यों", "शहर में बाढ़ कब आई", "देश के नाम संदेश", "city of joy", "साल का बजट", "शहर", ""],
)
def test_the_same_nouns_elsewhere_are_what_is_asked_about(question: str) -> None:
    assert kind_nouns(question.split()) == {}
