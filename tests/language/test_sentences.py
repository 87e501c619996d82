import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.sentences import sentences

RUNNING = st.text(
    st.sampled_from("कखमौडॉश्रीABaz019०९ \n\t\u00a0।॥?!|.…,;:–\"'“”‘’()[]{}«»\u200d😀"), max_size=60
)


def cut(text: str) -> list[str]:
    return [text[begin:end] for begin, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["वह आया।", "वह गया।"],
        ["श्लोक समाप्त॥", "अगला श्लोक।"],
        ["क्या हुआ?", "बाढ़ आई!", "सब ठीक है।"],
        ["क्या?!", "हाँ।"],
        ["वे जीते.", "वे खुश हैं."],
        ["पहला वाक्य |", "दूसरा वाक्य |"],
        ["डॉ. शर्मा आए।", "वे गए।"],
        ["श्री. वर्मा और प्रो. मीरा सिंह बोले।", "सब ने सुना।"],
        ["एच. एस. प्रणय जीते।", "खेल रोचक था।"],
        ["A. P. J. Abdul Kalam आए।", "वे बोले।"],
        ["रु. 500 और 5 कि. मी. दूर।", "अगला वाक्य।"],
        ["5.5 लाख लोग आए।", "१२.५ प्रतिशत गए।"],
        ["सुबह 9.30 बजे बैठक हुई।", "शाम 6.30am तक चली।"],
        ["covidwarriors.gov.in पर जाएँ।", "फ़ॉर्म भरें।"],
        ["वह आया...", "फिर चला गया।"],
        ["वह…", "फिर आया।"],
        ["“वह आया।”", "उसने कहा।"],
        ["(वह आया।)", "फिर गया।"],
        ['उसने कहा, "मैं आऊँगा!"', "और चला गया।"],
        ["शीर्षक", "पहला वाक्य।", "दूसरा अनुच्छेद"],
        ["1. पहला काम", "2. दूसरा काम"],
    ],
)
def test_text_is_cut_into_its_sentences(parts: list[str]) -> None:
    apart = "\n" if parts[0][-1].isalpha() or parts[0][-1] in "ा" else " "
    assert cut(apart.join(parts)) == parts


def test_line_ends_end_sentences_that_have_no_mark() -> None:
    assert cut("एक\nदो\n\n  तीन  \n") == ["एक", "दो", "तीन"]


def test_newspapers_type_sentences_without_a_blank_between_them() -> None:
    assert cut("वह आया.वह गया।तब सब हँसे?हाँ") == ["वह आया.", "वह गया।", "तब सब हँसे?", "हाँ"]


def test_an_ellipsis_within_a_sentence_does_not_end_it() -> None:
    assert cut("वह...आया और…गया।") == ["वह...आया और…गया।"]


@pytest.mark.parametrize("blank", ["", " ", "\n\n \t"])
def test_blank_text_has_no_sentences(blank: str) -> None:
    assert cut(blank) == []


@given(RUNNING | st.text(max_size=60))
def test_the_sentences_are_all_of_the_text_in_order(text: str) -> None:
    spans = list(sentences(text))
    ends = [0, *(end for _, end in spans)]
    begins = [*(begin for begin, _ in spans), len(text)]
    assert all(begin < end for begin, end in spans)
    assert all(end <= begin for end, begin in zip(ends, begins, strict=True))
    assert not any(text[end:begin].strip() for end, begin in zip(ends, begins, strict=True))
    assert all(part == part.strip() for part in cut(text))
