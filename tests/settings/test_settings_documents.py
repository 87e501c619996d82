import re
from pathlib import Path

import pytest
from settings_files import locations, write

from bot.configuration import listed, load
from bot.reference import reference, renewed
from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_example_is_valid_and_holds_the_defaults_but_for_the_sources(folder):
    example = (DEPLOY / "khabar.example.toml").read_text("utf-8")

    settings = load(write(folder / "khabar.toml", example))

    assert locations(settings) == [str(folder / "articles")]
    assert settings == Settings(corpus=settings.corpus, data_dir=folder / ".khabar")


def test_the_lines_of_the_example_that_are_off_are_settings_too(folder):
    example = (DEPLOY / "khabar.example.toml").read_text("utf-8")
    for instead_of in ('mode = "polling"\n', 'sources = ["articles"]\n'):
        example = example.replace(instead_of, "")
    switched_on = re.sub(r"^# (?=\w+ = |\[\[)", "", example, flags=re.MULTILINE)

    settings = load(write(folder / "khabar.toml", switched_on))

    assert settings.telegram.mode == "webhook"
    assert [source.kind for source in settings.corpus.sources] == ["feed", "sitemap"]
    assert len(settings.reload.golden) == 1


def test_the_example_names_every_setting():
    example = (DEPLOY / "khabar.example.toml").read_text("utf-8")
    secret_elsewhere = {("telegram", "token")}

    for key, _ in listed(Settings()):
        name = next(part for part in reversed(key) if isinstance(part, str))
        assert key in secret_elsewhere or re.search(rf"\b{name}( =|\]\])", example), key


def test_the_operator_guide_holds_the_reference_of_all_settings():
    guide = (DEPLOY / "README.md").read_text("utf-8")

    assert guide == renewed(guide), "run `python -m bot.reference deploy/README.md`"


def test_the_reference_tells_of_each_setting_its_values_its_default_and_what_it_does():
    told = reference()

    for key, _ in listed(Settings()):
        name = ".".join(part for part in key if isinstance(part, str))
        assert f"| `{name}` | " in told
    assert "| `web.port` | whole number, from 0 to 65535 | `8080` | The port to listen on; " in told
    assert '| `ranking.engine` | `embedded`, `rank-bm25` | `"embedded"` | ' in told
    assert "| `corpus.sources.since` | date, as `2024-01-31` | – | " in told
    assert "| `reload.golden.article` | text | required | " in told
    assert "| `telegram.operators` | list of whole numbers | `[]` | " in told


def test_a_guide_without_its_markers_is_refused():
    with pytest.raises(ValueError, match="the guide must hold the lines"):
        renewed("# Running Khabar\n")
