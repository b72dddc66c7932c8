"""The published pages in a real browser: what a reader sees, with the network watched."""

import pytest


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.asked_for = []
    page.on("request", lambda request: page.asked_for.append(request.url))
    yield page
    page.close()


def public_pages(place):
    return sorted((place / "reports" / "latest" / "public").glob("*.html"))


def test_no_page_asks_any_other_host_for_anything(sample_run, page):
    for path in public_pages(sample_run):
        page.goto(path.resolve().as_uri())
        assert page.locator("h1").count() == 1, path.name
    assert [url for url in page.asked_for if not url.startswith(("file:", "data:"))] == []


def test_every_picture_is_drawn_and_described(sample_run, page):
    page.goto((sample_run / "reports/latest/public/overview.html").resolve().as_uri())
    pictures = page.locator("main img")
    assert pictures.count() >= 6
    for number in range(pictures.count()):
        assert pictures.nth(number).evaluate("image => image.naturalWidth") > 200
        assert len(pictures.nth(number).get_attribute("alt")) > 80


def test_the_notice_stays_in_sight_while_a_reader_scrolls(sample_run, page):
    page.goto((sample_run / "reports/latest/public/overview.html").resolve().as_uri())
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    assert page.get_by_text("Synthetic sample").first.evaluate(
        "notice => { const box = notice.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }")


@pytest.mark.parametrize("width", [1200, 360])
def test_a_page_fits_its_window_on_a_desk_and_on_a_telephone(sample_run, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("index", "overview", "partnership_CPP_01"):
        page.goto((sample_run / f"reports/latest/public/{name}.html").resolve().as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_a_reader_gets_from_the_index_to_a_partnership_and_back(sample_run, page):
    page.goto((sample_run / "reports/latest/public/index.html").resolve().as_uri())
    page.get_by_role("link", name="Partnership 3").first.click()
    assert page.url.endswith("partnership_CPP_03.html")
    page.get_by_role("link", name="All pages").first.click()
    assert page.url.endswith("index.html")
