from knowledge.evidence import Reader
from knowledge.language.analysis import Analyser
from knowledge.language.concepts import Concept, Query
from knowledge.language.questions import wanted

ANALYSER = Analyser()


def reader(*question: str) -> Reader:
    """Reads for a question in which each word that the analyser gives a term is a concept."""
    content = [word for word in question if ANALYSER.term(word)]
    concepts = tuple(Concept(word, (0, 0), ((ANALYSER.term(word), 1.0),)) for word in content)
    sequence = tuple((content.index(word) if word in content else ANALYSER.form(word),) for word in question)
    query = Query(" ".join(question), "devanagari", concepts, wanted(question), (), sequence)
    return Reader(query, [1.0] * len(concepts), ANALYSER)


def test_who_somebody_is_says_the_sentence_with_a_name_behind_the_role() -> None:
    thanked = "उज़्बेकिस्तान के कृषि मंत्री ने मेज़बानों को धन्यवाद दिया।"
    named = "उज़्बेकिस्तान के कृषि मंत्री अज़ीज़ वोइतोव मंगलवार को जयपुर पहुँचे।"
    read = reader("उज़्बेकिस्तान", "के", "कृषि", "मंत्री", "कौन", "हैं").read

    evidence = read(f"{thanked} {named}")

    assert evidence.best_sentence == (len(thanked) + 1, len(thanked) + 1 + len(named))
    assert evidence.wanted == 1.0
    assert read(thanked).wanted == 0.0


def test_how_many_says_the_sentence_with_a_number_before_what_is_counted() -> None:
    elsewhere = "मेले के 40 साल पूरे होने पर दुकानें भी लगीं।"
    counted = "मेले में इस बार 25 नई दुकानें लगीं।"
    read = reader("मेले", "में", "कितनी", "दुकानें", "लगीं").read

    evidence = read(f"{elsewhere} {counted}")

    assert evidence.best_sentence == (len(elsewhere) + 1, len(elsewhere) + 1 + len(counted))
    assert read(counted).wanted == 1.0
    assert read(elsewhere).wanted == 0.5
    assert read("मेले में दुकानें लगीं।").wanted == 0.0


def test_where_nothing_is_counted_any_number_gives_how_much() -> None:
    assert reader("टिकट", "कितने", "का", "है").read("टिकट 40 रुपये का है।").wanted == 1.0


def test_a_whole_quotation_is_verbatim_and_its_words_in_another_order_are_not() -> None:
    read = reader("नदी", "के", "किनारे", "मेला").read

    assert read("गाँव में नदी के किनारे मेला लगा।").verbatim == 1.0
    assert read("मेला नदी पर लगा, किनारे के लोग आए।").verbatim == 0.0


def test_a_word_that_may_be_read_in_several_ways_is_verbatim_in_each() -> None:
    query = Query("kaha ki", "latin", (), "anything", (), (("कहां", "कहा"), ("की", "कि")))
    read = Reader(query, [], ANALYSER).read

    assert read("उसने कहा कि पुल बनेगा।").verbatim == 1.0
    assert read("यह कहाँ की बात है?").verbatim == 1.0
    assert read("कि उसने कहा।").verbatim == 0.0
