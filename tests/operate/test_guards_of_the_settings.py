"""What the settings ask of a new generation."""

import pytest

from bot.commands.options import reload_from
from knowledge.errors import RefusedGeneration
from knowledge.library import Library


def unheard(*_: object) -> None:
    pass


@pytest.mark.parametrize("article", ["kuan.md", "https://news.example/kuan"])
def test_a_generation_that_misses_a_golden_question_isnt_published(newsroom, article):
    golden = f"golden = [{{question = 'गाँव का कुआँ कितना गहरा है?', article = '{article}'}}]"
    newsroom.config.write_text(f"{newsroom.config.read_text('utf-8')}[reload]\n{golden}\n", "utf-8")
    served = newsroom.publish().generation
    (newsroom.news / "kuan.md").unlink()
    with pytest.raises(RefusedGeneration, match=f"कितना गहरा है\\?” isn't answered from {article}"):
        reload_from(newsroom.settings, unheard)
    assert Library.open(newsroom.settings.data_dir).generation == served


def test_how_much_may_be_gone_is_a_setting(newsroom):
    newsroom.publish()
    for name in ("kuan.md", "mela.md"):
        (newsroom.news / name).unlink()
    with pytest.raises(RefusedGeneration, match="2 of the 6 articles"):
        reload_from(newsroom.settings, unheard)
    config = newsroom.config.read_text("utf-8")
    newsroom.config.write_text(f"{config}[reload]\nlargest_fall = 0.5\n", "utf-8")
    assert reload_from(newsroom.settings, unheard).published
