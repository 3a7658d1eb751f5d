"""The page in a real browser: it opens, speaks both languages, answers a lever, and asks nobody else for anything."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((path for name in NAMES if (path := shutil.which(name))), None)
SIZE = ("--set", "time.burn_in=2", "--months", "36", "--scale", "0.01", "-n", "2")
LEVER = "#hv-listing-max_applications"
PULL = "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }"

playwright = pytest.importorskip("playwright.sync_api", reason="the tests in a browser need: pip install '.[browser]'")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="the tests in a browser need Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        not (Path(sys.prefix) / "share/solara/cdn").is_dir(), reason="the page needs: pip install '.[browser]'"
    ),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server in a process of its own, as a user starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("view")
    temporary = tmp_path_factory.mktemp("temporary")
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "HEMVIST_LANG": "sv", "COVERAGE_PROCESS_START": "", "TMPDIR": str(temporary),
    }  # fmt: skip
    command = [sys.executable, "-m", "sim", "view", "gothenburg", *SIZE, "--no-browser", "--port", str(port)]
    with open(folder / "log", "w") as log, subprocess.Popen(
        command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
    ) as server:  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "log")
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()
            server.wait(20)
    assert list(temporary.iterdir()) == []  # what was laid ready is tidied away
    said = (folder / "log").read_text()
    assert "Traceback" not in said, said


def _wait_for(url, server, log, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Open the page; when the test ends, nothing may have been asked of others, missing, or complained of."""
    pages, wrong = [], []

    def open_page(query="", width=1366, height=768):
        page = chromium.new_context(viewport={"width": width, "height": height}).new_page()
        page.set_default_timeout(90_000)
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on("request", lambda asked: _is_own(asked.url, address) or wrong.append(asked.url))
        page.on("response", lambda told: told.status >= 400 and wrong.append(f"{told.status} {told.url}"))
        page.goto(address + query)
        pages.append(page)
        page.wait_for_selector(".hv-area, .hv-cells")
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert wrong == []


def _is_own(url, address):
    return url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def pull(page, value, month=0):
    """Pull a lever while a month is shown."""
    page.evaluate("month => hemvist.seek(month)", month)
    page.locator(LEVER).evaluate(PULL, value)
    page.wait_for_selector(".hv-moved")


def until(page, condition):
    page.wait_for_function(condition)


def test_a_visitor_meets_the_map_the_charts_and_the_answers_in_swedish(visit):
    page = visit()
    until(page, "document.querySelectorAll('.hv-charts canvas').length === 6")
    assert page.get_attribute("html", "lang") == "sv"
    until(page, "document.title === 'Hemvist: Utforska'")
    assert page.locator(".hv-area").count() == 36
    page.wait_for_selector(".hv-answer h3")
    assert page.locator(".hv-answer h3").all_inner_texts() == ["Segregation", "Tillgång till bostad", "Kostnad"]
    assert page.locator("h1").count() == 1
    inked = "c => new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer).some(p => p)"
    assert page.locator(".hv-charts canvas").first.evaluate(inked)
    assert len(set(page.locator(".hv-area").evaluate_all("all => all.map(one => one.style.fill)"))) > 2


def test_the_language_changes_and_the_proposal_and_the_month_stay(visit):
    page = visit()
    until(page, "hemvist.lastMonth() >= 20")
    pull(page, 3, month=12)
    page.click(".hv-language")
    until(page, "document.documentElement.lang === 'en'")
    page.wait_for_selector("text=Access to a home")
    assert page.locator(".hv-moved output").inner_text() == "3"
    assert page.inner_text(".hv-now") == "January 2027"
    page.click(".hv-language")
    page.wait_for_selector("text=Tillgång till bostad")


def test_a_lever_pulled_in_mid_run_is_flagged_and_acts_from_the_next_month(visit):
    page = visit()
    until(page, "hemvist.lastMonth() >= 24")
    pull(page, 1, month=12)
    assert page.locator(".hv-flag").get_attribute("title").startswith("Gäller från 2027-02")
    gap = """Math.max(...hemvist.place("mine", "low_income", MONTH)
        .map((v, at) => Math.abs(v - hemvist.place("base", "low_income", MONTH)[at])))"""
    until(page, gap.replace("MONTH", "36") + " > 0")
    assert page.evaluate(gap.replace("MONTH", "12")) == 0


def test_the_month_runs_pauses_and_follows_the_hand(visit):
    page = visit()
    until(page, "hemvist.lastMonth() >= 36")
    page.keyboard.press("Space")
    until(page, "hemvist.clock.month > 2")
    page.keyboard.press("Space")
    month = page.evaluate("hemvist.clock.month")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("hemvist.clock.month") == month + 12
    page.keyboard.press("r")
    until(page, "document.querySelector('.hv-now').innerText === 'januari 2026'")


def test_undo_and_todays_rules_take_back_what_was_pulled(visit):
    page = visit()
    pull(page, 1)
    page.keyboard.press("z")
    until(page, "!document.querySelector('.hv-moved')")
    page.keyboard.press("Shift+Z")
    page.wait_for_selector(".hv-moved")
    page.click("text=Till dagens regler")
    until(page, "!document.querySelector('.hv-moved')")


def test_a_shared_link_restores_the_proposal_and_another_visitor_is_not_touched(visit):
    page, other = visit(), visit()
    pull(page, 2, month=6)
    page.click("text=Dela länk")
    until(page, "location.search.startsWith('?s=')")
    shared = visit(re.sub(r"^[^?]*", "", page.url))
    shared.wait_for_selector(".hv-moved")
    assert shared.locator(".hv-moved output").inner_text() == "2"
    assert shared.locator(".hv-flag").count() == 1
    assert other.locator(".hv-moved").count() == 0


def test_what_is_on_the_page_can_be_taken_home_as_files(visit):
    page = visit()
    until(page, "hemvist.lastMonth() >= 12")
    names = []
    for _ in range(3):
        page.click(".hv-take summary")
        with page.expect_download() as taken:
            page.locator(".hv-take button").nth(len(names)).click()
        names.append(taken.value.suggested_filename)
        assert Path(taken.value.path()).stat().st_size > 100
    assert names == [f"hemvist-explore-gothenburg.{kind}" for kind in ("yaml", "csv", "png")]


def test_the_market_and_the_right_stand_side_by_side(visit):
    page = visit()
    page.click("text=Jämför")
    page.wait_for_selector(".hv-three")
    until(page, "document.querySelectorAll('.hv-three .hv-map').length === 3")
    until(page, "hemvist.lastMonth() >= 24")
    page.evaluate("hemvist.seek(24)")
    page.locator(".hv-three select").first.select_option("rent")
    until(page, "[...document.querySelectorAll('.hv-three select')].every(one => one.value === 'rent')")
    page.click(".hv-language")
    page.wait_for_selector("text=Difference: right minus left")
    page.locator(".hv-dial input").evaluate(PULL, 0.25)
    until(page, "document.querySelectorAll('.hv-sides select')[1].value === 'gothenburg-dial'")
    page.wait_for_selector("text=One rule at a time")


def test_a_story_is_told_with_a_clicker_and_the_room_takes_over(visit):
    page = visit()
    page.click("text=Presentation")
    page.wait_for_selector(".hv-cells")
    for _ in range(2):
        page.keyboard.press("PageDown")
    page.wait_for_selector("text=Steg 3 / 6")
    until(page, "hemvist.clock.month > 3")
    page.click("text=Prova själva")
    page.wait_for_selector(".hv-levers")
    page.wait_for_selector(".hv-cells")


def test_a_table_guesses_and_keeps_its_proposal_and_another_sees_it(visit):
    page, other = visit(), visit()
    pull(page, 3)
    page.click("text=Workshop")
    page.locator(".hv-ours fieldset select").first.select_option("lower")
    page.click("text=Lås gissningen")
    page.wait_for_selector("text=Gissningen är låst")
    page.locator(".hv-ours input[type=text]").nth(0).fill("Bord 1")
    page.locator(".hv-ours input[type=text]").nth(1).fill("Färre ansökningar")
    page.click(".hv-ours .hv-main-button:not([disabled])")
    other.click("text=Workshop")
    other.wait_for_selector("text=Färre ansökningar")
    other.wait_for_selector(".hv-thumb")
    until(other, "document.querySelectorAll('.hv-all tbody tr').length >= 2")
    other.click("text=Öppna hos oss")
    other.wait_for_selector(".hv-moved")


def test_every_figure_can_be_looked_up_and_filtered(visit):
    page = visit()
    page.click("text=Underlag och antaganden")
    page.wait_for_selector(".hv-figures tbody tr")
    before = page.locator(".hv-figures tbody tr").count()
    page.locator(".hv-facts select").last.select_option("municipality")
    until(page, "document.querySelectorAll('.hv-figures tbody tr').length < 5")
    assert before > 100
    page.keyboard.press("Escape")
    page.click("text=Utforska")
    page.wait_for_selector(".hv-area")


def test_an_area_is_chosen_by_keyboard_and_shows_its_card(visit):
    page = visit()
    page.locator(".hv-area").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hv-card h3")
    assert page.locator(".hv-card tbody tr").count() == 7


def test_what_a_group_misses_is_seen_by_the_others(visit):
    page, other = visit(), visit()
    for one in (page, other):
        one.click("text=Underlag och antaganden")
    page.fill(".hv-add input", "Skolor")
    page.click(".hv-add button")
    other.wait_for_selector(".hv-lacks li:has-text('Skolor')")


def test_a_household_is_followed_and_told_in_plain_sentences(visit):
    page = visit()
    page.click(".hv-follow button")
    page.wait_for_selector(".hv-lives li")
    page.click("text=Ett annat hushåll")
    page.wait_for_selector("text=Hushåll 2 av")


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5"])
def test_no_view_breaks_what_wcag_asks_for_in_either_language_or_light(visit, key):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs: pip install '.[browser]'").Axe()
    page = visit()
    page.keyboard.press(key)
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for button in (".hv-language", "text=Dark", ".hv-language"):
        page.click(button)
        page.wait_for_timeout(700)
        asked = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
        found = axe.run(page, context=".hv-page", options=asked).response
        assert len(found["passes"]) > 10
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_a_broken_link_is_told_in_words_and_the_page_works(visit):
    page = visit("?s=nonsense")
    page.wait_for_selector("text=länken går inte att läsa")
    pull(page, 3)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (390, 800)])
def test_nothing_is_wider_than_the_window(visit, size):
    page = visit(width=size[0], height=size[1])
    page.wait_for_selector(".hv-charts canvas")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    wide = """() => [...document.querySelectorAll('.hv-page *')].filter(one => one.getBoundingClientRect().right
        > window.innerWidth + 1 && !one.closest('svg') && one.getBoundingClientRect().width > 0)
        .map(one => one.tagName + '.' + one.className)"""
    assert page.evaluate(wide) == []
