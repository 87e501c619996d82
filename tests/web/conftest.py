"""A stand-in of one's own for every test that asks for one."""

from collections.abc import AsyncIterator

import httpx
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


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    url = f"{standin.base_url}{standin.token}/"
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        yield client
