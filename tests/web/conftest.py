"""A stand-in of one's own for every test that asks for one."""

from collections.abc import AsyncIterator

import pytest
from standin_client import Control, Person

from bot.web.standin import StandIn, serve_standin


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with serve_standin(control_secret="test-control") as served:
        yield served


@pytest.fixture
async def meera(standin: StandIn) -> AsyncIterator[Person]:
    async with Person(standin.origin) as person:
        yield person


@pytest.fixture
def control(standin: StandIn) -> Control:
    assert standin.control_url
    return Control(standin.control_url)
