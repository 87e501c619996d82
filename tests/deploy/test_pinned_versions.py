import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pinned(lock: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / lock).read_text("utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith(("#", "-r "))]
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_dependency_is_pinned_to_a_version_that_the_project_allows(lock, wanted):
    pins = pinned(lock)

    for requirement in map(Requirement, wanted):
        assert pins[canonicalize_name(requirement.name)] in requirement.specifier


def test_what_only_the_tests_need_is_not_installed_to_run_the_bot():
    assert not pinned("requirements.txt").keys() & pinned("requirements-dev.txt").keys()
