"""Fixtures of the browser tests: one server for each test file, one fresh page for each test."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.harness import (
    LAPTOP,
    PHONE,
    Traffic,
    launch_browser,
    new_page,
    running_dashboard,
    serving_folder,
)

FAILURES = Path(__file__).parent / "failures"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory):
    """A real server with an empty store, shared by the tests of one file."""
    with running_dashboard(tmp_path_factory.mktemp("dashboard")) as board:
        yield board


@pytest.fixture
def address(tmp_path):
    """Where the files of `tmp_path` are served."""
    with serving_folder(tmp_path) as address:
        yield address


@pytest.fixture
def page(browser, request):
    """A fresh page of a laptop."""
    yield from _watched_page(browser, request, LAPTOP)


@pytest.fixture
def phone(browser, request):
    """A fresh page of a telephone."""
    yield from _watched_page(browser, request, PHONE)


def _watched_page(browser, request, viewport):
    """A page that must ask no other host for anything and meet no uncaught error."""
    traffic = Traffic()
    page = new_page(browser, viewport, traffic)
    yield page
    if getattr(request.node, "failed", False):
        _keep_picture(page, request.node.name)
    page.context.close()
    assert traffic.abroad() == [], "a page asked another host"
    assert traffic.errors == [], "a page met an uncaught error"


def _keep_picture(page, test_name):
    FAILURES.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", test_name).strip("-")
    page.screenshot(path=FAILURES / f"{name}.png", full_page=True)
