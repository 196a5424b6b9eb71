"""The demo, as a newcomer starts it and looks at it."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(port: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "bot.py"), "demo", "--port", str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.fixture
def demo() -> Iterator[str]:
    process = started(free_port())
    assert process.stdout
    line = process.stdout.readline()
    yield re.search(r"http://\S+", line)[0]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    process.communicate()


async def test_the_page_frames_every_room_and_lets_nobody_else_frame_it(demo: str) -> None:
    async with aiohttp.ClientSession() as client:
        async with client.get(demo) as answer:
            page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        frames = re.findall(r'"(http://127\.0\.0\.1:\d+)', page)
        assert len(frames) == 5
        async with client.get(f"{frames[0]}/preview.css") as style:
            assert "#capture-open" in (await style.text())[-400:]
        async with client.post(f"{demo}/advance", data="24") as clock:
            assert "Friday, 02 January" in await clock.text()


def test_a_port_in_use_is_said_clearly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = started(taken.getsockname()[1])
        _, told = process.communicate(timeout=60)
    assert process.returncode == 2 and "in use" in told and "Traceback" not in told


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
async def test_a_newcomer_writes_reads_and_posts(demo: str) -> None:
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=20_000)
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(demo)
        gate = page.frame_locator('iframe[title="# vent"]')
        talk = gate.get_by_role("region", name="Conversation")
        await talk.get_by_role("button", name="Write a post").click()
        await gate.get_by_label("What is on your mind?").fill("Sarah (34) from Boise no-showed again.")
        await gate.get_by_role("button", name="Submit").click()
        await expect(talk.get_by_text("This would identify somebody")).to_be_visible()
        await expect(talk.get_by_text("Sarah")).to_have_count(0)
        await talk.get_by_role("button", name="Post suggestion").click()
        await expect(talk.get_by_text("Posted:")).to_be_visible()
        await expect(talk.get_by_text("no-showed again")).to_be_visible()
        await browser.close()
