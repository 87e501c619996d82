import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

BRIDGE = """---
title: कोसी पर नए पुल का उद्घाटन
url: https://example.org/kosi-bridge
published: 2024-03-05
publisher: उदाहरण समाचार
---
सुपौल जिले में कोसी नदी पर बने नए पुल का उद्घाटन मंगलवार को हुआ। पुल की लंबाई 1,900 मीटर है और इसे बनाने में चार साल लगे।

पुल बनने से सुपौल और मधुबनी के बीच की दूरी तीस किलोमीटर घट गई है।
स्थानीय किसान अब अपनी सब्जियां उसी दिन बाजार पहुंचा सकते हैं।
"""

LIBRARY = """---
title: पटना में बच्चों का पुस्तकालय खुला
url: https://example.org/patna-library
published: 2024-04-10
publisher: उदाहरण समाचार
---
पटना के गांधी मैदान के पास बच्चों के लिए एक पुस्तकालय खुला है, जिसमें बारह हजार किताबें हैं। पुस्तकालय सोमवार को बंद रहता है।

पुस्तकालय की संचालक मीरा झा ने कहा कि हर शनिवार को कहानी सुनाने का कार्यक्रम होगा और प्रवेश निःशुल्क रहेगा।
"""

MANGOES = """---
title: मालदा आम की रिकॉर्ड फसल
url: https://example.org/mango-harvest
published: 2024-06-01
publisher: उदाहरण समाचार
---
इस साल मालदा जिले में आम की फसल पिछले दस वर्षों में सबसे अच्छी रही। बागवानों ने करीब चार लाख टन आम तोड़े।

व्यापारियों के अनुसार भाव पिछले साल से बीस प्रतिशत कम हैं, फिर भी निर्यात बढ़ने से किसानों को लाभ हुआ।
"""

ARTICLES = {"bridge.md": BRIDGE, "library.md": LIBRARY, "mangoes.md": MANGOES}


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The working folder: a khabar.toml and three articles."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "khabar.toml").write_text('[corpus]\nsources = ["news"]\n', "utf-8")
    (tmp_path / "news").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "news" / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def khabar(capsys):
    """Runs one command as `khabar` would."""

    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(int(end.value.code or 0), printed.out, printed.err)

    return run
