import os

import pytest
from hypothesis import HealthCheck, settings


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    """No test, and no program that one starts, is led by the settings of whoever runs the tests."""
    for name in (*os.environ,):
        if name.upper().startswith(("KHABAR_", "TELEGRAM_")) or name == "CREDENTIALS_DIRECTORY":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def no_nicer_for_good(monkeypatch):
    """A command that gives way to others would slow down every later test of this process, too."""
    monkeypatch.setattr(os, "nice", lambda by: 0)


# The same examples each time, however slow the machine is: what fails is what was changed.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
