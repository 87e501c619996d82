import os

import pytest
from hypothesis import settings


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    """No test, and no program that one starts, is led by the settings of whoever runs the tests."""
    for name in (*os.environ,):
        if name.upper().startswith(("KHABAR_", "TELEGRAM_")) or name == "CREDENTIALS_DIRECTORY":
            monkeypatch.delenv(name)


settings.register_profile("untimed", deadline=None)  # tests never assert a time
settings.load_profile("untimed")
