from collections.abc import AsyncIterator

import pytest
from operator_pages import Operations, operator_pages


@pytest.fixture
async def operations() -> AsyncIterator[Operations]:
    async with operator_pages() as served:
        yield served
