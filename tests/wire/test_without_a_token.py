import re
import socket

from program import Program
from standin_client import Person

BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"


async def printed_address(program: Program) -> str:
    line = await program.wait_for("Talk to the bot at ")
    assert line in program.output
    return re.search(r"http://\S+?(?=/?\s)", line)[0]


async def test_a_newcomer_asks_on_the_page(run):
    async with run() as program:
        async with Person(await printed_address(program)) as meera:
            assert (await meera.http.get("/")).is_success
            assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
        assert await program.stop() == 0


async def test_a_proxy_of_the_environment_is_not_asked(run):
    proxies = {"HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    async with run(**proxies) as program, Person(await printed_address(program)) as meera:
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]


async def test_where_the_port_is_taken_another_is_printed(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with run(KHABAR_WEB__PORT=str(port)) as program:
            address = await printed_address(program)
            assert not address.endswith(f":{port}")
            async with Person(address) as meera:
                await meera.ask("/start")


async def test_the_page_is_only_for_this_machine(run):
    async with run(KHABAR_WEB__HOST="192.0.2.1") as program:
        assert await program.exit_code() == 1
    assert "web.host = '192.0.2.1'" in program.said
    assert "Traceback" not in program.said
