"""What people do with a corpus: ask, reload, status, rollback."""

import re
from pathlib import Path

import pytest
from reloads import of_an_earlier_version

QUESTION = "कोसी नदी पर पुल की लंबाई कितनी है?"
NOT_COVERED = "ऑस्ट्रेलिया के प्रधानमंत्री का जन्म किस अस्पताल में हुआ था?"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("khabar: ")


class TestAsk:
    def test_json_has_the_shape_of_the_contract(self, khabar):
        khabar("reload")

        answer = khabar("ask", QUESTION, "-k", "1", "--json").json()

        contract = {"question", "script", "answered", "generation", "took_ms", "passages"}
        assert answer.keys() == contract | {"confidence", "unsure", "meant", "nearby"}
        assert 0 < answer["confidence"] <= 1
        assert (answer["question"], answer["script"], answer["answered"]) == (QUESTION, "devanagari", True)
        assert answer["generation"] == khabar("status", "--json").json()["generation"]
        (passage,) = answer["passages"]
        text, score, highlights = (passage.pop(key) for key in ("text", "score", "highlights"))
        article, digest = passage.pop("passage_id").rsplit("#", 1)
        assert passage == {
            "article_id": article,
            "title": "कोसी पर नए पुल का उद्घाटन",
            "url": "https://example.org/kosi-bridge",
            "published": "2024-03-05",
            "publisher": "उदाहरण समाचार",
        }
        assert len(digest) == 10
        assert "1,900 मीटर" in text
        assert score > 0
        assert "पुल" in {text[start:end] for start, end in highlights}

    def test_a_person_gets_title_date_publisher_passage_and_link(self, khabar):
        khabar("reload")

        printed = khabar("ask", QUESTION, "-k", "1")

        title, byline, *passage, url = printed.out.splitlines()
        assert title == "कोसी पर नए पुल का उद्घाटन"
        assert byline == "2024-03-05 · उदाहरण समाचार"
        assert "1,900 मीटर" in "\n".join(passage)
        assert url == "https://example.org/kosi-bridge"
        assert (printed.code, printed.err) == (0, "")

    def test_matched_words_are_bold_on_a_terminal(self, khabar, monkeypatch):
        khabar("reload")
        monkeypatch.setenv("FORCE_COLOR", "1")

        assert "\x1b[1mपुल\x1b[0m" in khabar("ask", QUESTION).out

    def test_what_is_not_covered_is_said_and_is_no_failure(self, khabar):
        khabar("reload")

        printed = khabar("ask", NOT_COVERED)

        assert printed.code == 0
        assert printed.out.startswith("No answer: the articles don't cover this question.\n")

    def test_what_is_not_covered_has_no_passages(self, khabar):
        khabar("reload")

        answer = khabar("ask", NOT_COVERED, "--json").json()

        assert (answer["answered"], answer["passages"]) == (False, [])

    def test_the_first_question_reads_the_sources_and_says_so_beside_the_answer(self, khabar):
        printed = khabar("ask", QUESTION, "--json")

        assert printed.json()["answered"]
        assert printed.err == "Nothing is served from .khabar yet: reading the sources first.\n"

    def test_when_no_generation_can_be_read_the_sources_are_read_again(self, khabar, folder):
        khabar("reload")
        for file in (folder / ".khabar" / "generations").glob("*/*.npy"):
            file.write_bytes(b"")

        printed = khabar("ask", QUESTION, "--json")

        assert printed.json()["answered"]
        assert "Nothing in .khabar can be served: reading the sources again.\n" in printed.err

    def test_rank_bm25_answers_too(self, khabar, monkeypatch):
        monkeypatch.setenv("KHABAR_RANKING__ENGINE", "rank-bm25")

        assert "1,900 मीटर" in khabar("ask", QUESTION, "-k", "1").out

    @pytest.mark.parametrize("question", ["", "?", "\udcff", "<b>पुल</b>", "पुल " * 2000])
    def test_odd_questions_are_no_failure(self, khabar, question):
        assert khabar("ask", question, "--json").code == 0


class TestReload:
    def test_tells_what_changed(self, khabar, folder):
        first = khabar("reload")
        (folder / "news" / "bridge.md").unlink()
        (folder / "news" / "library.md").write_text(
            (folder / "news" / "library.md").read_text("utf-8").replace("सोमवार", "बुधवार"), "utf-8"
        )
        (folder / "news" / "well.txt").write_text("गांव में नया कुआं खुदा।\n\nकुआं साठ फुट गहरा है।\n", "utf-8")
        refused = khabar("reload")
        second = khabar("reload", "--force")

        assert refused.code == 1
        assert "1 of the 3 articles that are served would be gone" in refused.err
        assert "Articles: 3 added, 0 changed, 0 removed, 0 unchanged" in first.out
        assert "Articles: 1 added, 1 changed, 1 removed, 1 unchanged" in second.out
        assert (first.code, first.err, second.code, second.err) == (0, "", 0, "")

    def test_names_what_was_skipped_and_what_was_there_twice(self, khabar, folder):
        (folder / "news" / "empty.txt").write_text("", "utf-8")
        (folder / "news" / "copy.md").write_text((folder / "news" / "bridge.md").read_text("utf-8"), "utf-8")

        printed = khabar("reload").out

        assert "Skipped: 1\n" in printed
        assert "empty.txt: " in printed
        assert "Duplicates: 1\n  copy.md “कोसी पर नए पुल का उद्घाटन”: the same address: bridge.md\n" in printed
        assert "3 added" in printed

    def test_of_many_that_were_there_twice_it_names_some_and_counts_the_rest(self, khabar, folder):
        line = '{{"id": "a{0}", "text": "गांव में नया कुआं खुदा। कुआं नंबर {0} साठ फुट गहरा है।"}}\n'
        articles = "".join(line.format(number) for number in range(12))
        (folder / "news" / "wells.jsonl").write_text(articles * 2, "utf-8")

        printed = khabar("reload").out

        assert "Duplicates: 12\n  a0 “गांव में नया कुआं खुदा”: the same id\n" in printed
        assert printed.endswith("  a9 “गांव में नया कुआं खुदा”: the same id\n  … and 2 more\n")

    def test_the_publisher_of_a_source_stands_where_an_article_names_none(self, khabar, folder):
        (folder / "news" / "mangoes.md").write_text("मालदा में आम की रिकॉर्ड फसल हुई। चार लाख टन आम टूटे।", "utf-8")
        khabar("reload")
        settings = '[[corpus.sources]]\nlocation = "news"\npublisher = "दैनिक सूरजपुर"\n'
        (folder / "khabar.toml").write_text(settings, "utf-8")

        assert "now served" in khabar("reload").out

        publishers = {
            passage["publisher"]
            for question in ("मालदा में कितने टन आम टूटे?", QUESTION)
            for passage in khabar("ask", question, "-k", "1", "--json").json()["passages"]
        }
        assert publishers == {"दैनिक सूरजपुर", "उदाहरण समाचार"}
        assert "still served" in khabar("reload").out

    def test_without_changes_the_generation_stays(self, khabar):
        khabar("reload")

        assert "is still served: nothing had changed" in khabar("reload").out

    def test_the_sources_of_the_command_line_replace_those_of_the_settings(self, khabar, folder):
        (folder / "other").mkdir()
        (folder / "other" / "a.txt").write_text("गांव में नया कुआं खुदा।\n\nकुआं साठ फुट गहरा है।\n", "utf-8")

        assert "1 added" in khabar("reload", "--source", "other").out

    def test_a_source_that_is_missing_is_named_and_what_was_served_stays(self, khabar, folder):
        khabar("reload")
        before = khabar("status", "--json").json()

        printed = khabar("reload", "--source", "news", "--source", "gone")

        assert printed.code == 1
        assert "Failed: 1\n  gone: " in printed.out
        after = khabar("status", "--json").json()
        assert after["generation"] == before["generation"]
        assert "gone" in after["last_reload"]["reason"]

    def test_when_no_source_can_be_read_it_fails_in_a_sentence(self, khabar):
        khabar("reload")

        printed = khabar("reload", "--source", "gone")

        assert printed.code == 1
        assert printed.err.splitlines()[-1].startswith("khabar: gone: ")
        assert khabar("status", "--json").json()["last_reload"]["result"] == "failed"

    def test_a_data_folder_that_is_a_file_fails_in_a_sentence(self, khabar):
        printed = khabar("reload", "--data-dir", "khabar.toml")

        assert printed.code == 1
        assert one_line(printed.err)


class TestStatusAndRollback:
    def test_before_anything_is_served(self, khabar):
        printed = khabar("status", "--json")

        assert printed.code == 0
        assert printed.json() == {
            "data_dir": ".khabar",
            "engine": "embedded",
            "generation": None,
            "built_at": None,
            "articles": 0,
            "copies": 0,
            "passages": 0,
            "kept": [],
            "last_reload": None,
            "held_since": None,
        }
        assert not Path(".khabar").exists()

    def test_what_is_served(self, khabar):
        khabar("reload")

        status = khabar("status", "--json").json()

        assert (status["articles"], status["kept"]) == (3, [status["generation"]])
        assert status["last_reload"]["result"] == "published"
        printed = khabar("status").out
        assert status["generation"] in printed
        assert re.search(r"^built at +\d{4}-\d\d-\d\d \d\d:\d\d *$", printed, re.MULTILINE)
        assert re.search(r"^last reload +\d{4}-\d\d-\d\d \d\d:\d\d published *$", printed, re.MULTILINE)

    def test_rollback_serves_the_generation_before(self, khabar, folder):
        khabar("reload")
        first = khabar("status", "--json").json()["generation"]
        (folder / "news" / "bridge.md").unlink()
        khabar("reload", "--force")

        printed = khabar("rollback")

        assert (printed.code, printed.out) == (0, f"Now serving generation {first}.\n")
        assert khabar("ask", QUESTION, "--json").json()["generation"] == first
        held = khabar("status")
        assert re.search(
            r"^held since +\d{4}-\d\d-\d\d \d\d:\d\d, by a rollback; khabar reload", held.out, re.MULTILINE
        )
        khabar("reload", "--force")
        assert "held since" not in khabar("status").out

    def test_rollback_without_a_generation_before_fails_in_a_sentence(self, khabar):
        khabar("reload")

        printed = khabar("rollback")

        assert printed.code == 1
        assert one_line(printed.err)

    def test_rollback_across_versions_says_what_stays_served(self, khabar, folder):
        khabar("reload")
        earlier = khabar("status", "--json").json()["generation"]
        of_an_earlier_version(folder / ".khabar" / "generations" / earlier)
        assert "earlier version of Khabar" in khabar("status").err
        khabar("reload")
        served = khabar("status", "--json").json()["generation"]

        printed = khabar("rollback")

        assert printed.code == 1
        assert one_line(printed.err)
        told = f"no generation before {served}, which stays served, but what is of another version of Khabar"
        assert f"{told}: {earlier}" in printed.err
        assert khabar("status", "--json").json()["generation"] == served

    def test_copies_are_counted_beside_the_articles(self, khabar, folder):
        twin = (folder / "news" / "bridge.md").read_text("utf-8").replace("kosi-bridge", "kosi-bridge-2")
        (folder / "news" / "twin.md").write_text(twin, "utf-8")
        assert "4 added" in khabar("reload").out

        assert re.search(
            r"^articles +3 \(1 more is a copy of another\) *$", khabar("status").out, re.MULTILINE
        )
        status = khabar("status", "--json").json()
        assert (status["articles"], status["copies"]) == (3, 1)
