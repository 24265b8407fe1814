"""The starter: what it decides by itself, and what it says when it cannot go on."""

import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import ClassVar

import pytest

import run


@pytest.fixture
def own_root(tmp_path, monkeypatch):
    """A repository with two files of pins and no environment yet."""
    (tmp_path / "requirements.txt").write_text("streamlit==1.0\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==1.0\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    """The programs that would have been run; each ends well unless `failing` names a word of it."""
    asked, failing = [], []

    def pretend(command, *, explain=False):
        words = [str(part) for part in command]
        asked.append(words)
        return not any(word in words for word in failing)

    monkeypatch.setattr(run, "succeeds", pretend)
    return SimpleNamespace(asked=asked, failing=failing)


def installs(commands):
    return [words for words in commands.asked if "install" in words]


def test_old_python_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    with pytest.raises(run.SetupError, match=r"Diperlukan Python 3\.11 .* sedangkan ini Python 3"):
        run.check_python()


def test_setup_error_ends_with_code_2_and_no_traceback(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    assert run.main(["test"]) == 2
    assert capsys.readouterr().err.startswith("Diperlukan Python 3.11")


def test_port_that_is_taken_is_passed_over():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        assert run.free_port(taken) > taken


def test_port_given_by_the_user_stays(monkeypatch):
    monkeypatch.delenv("CI", raising=False)

    assert run.default_options(["--server.port=9000"]) == []
    assert run.default_options(["--server.port", "9000"]) == []


def test_no_window_is_opened_in_a_test_service(monkeypatch):
    monkeypatch.setenv("CI", "true")

    assert run.default_options(["--server.port=9000"]) == ["--server.headless", "true"]


@pytest.mark.parametrize(
    ("options", "said", "port"),
    [
        (["--server.port", "9000"], None, "9000"),
        (["--server.port=9000", "--server.headless", "true"], "9001", "9000"),
        (["--server.headless", "true"], "9001", "9001"),
        (["--server.port"], None, ""),
        ([], None, ""),
    ],
)
def test_the_port_is_found_wherever_it_is_said(monkeypatch, options, said, port):
    monkeypatch.delenv("STREAMLIT_SERVER_PORT", raising=False)
    if said:
        monkeypatch.setenv("STREAMLIT_SERVER_PORT", said)

    assert run.port_in(options) == port


def test_libraries_are_installed_once_and_again_when_a_pin_changes(own_root, commands):
    run.provide_libraries(run.PINS)
    run.provide_libraries(run.PINS)
    assert len(installs(commands)) == 1

    (own_root / "requirements.txt").write_text("streamlit==1.1\n")
    run.provide_libraries(run.PINS)
    assert len(installs(commands)) == 2


def test_libraries_of_the_tests_are_installed_beside_those_of_the_dashboard(own_root, commands):
    run.provide_libraries(run.PINS)
    run.provide_libraries(run.TEST_PINS)

    assert [words[-1] for words in installs(commands)] == [
        str(own_root / "requirements.txt"),
        str(own_root / "requirements-dev.txt"),
    ]


def test_failed_installation_is_said_and_tried_again(own_root, commands):
    commands.failing.append("install")
    for _ in range(2):
        with pytest.raises(run.SetupError, match="Pustaka tidak dapat dipasang"):
            run.provide_libraries(run.PINS)

    assert len(installs(commands)) == 2


def test_broken_environment_is_made_anew(own_root, commands, monkeypatch):
    made = []
    monkeypatch.setattr(run, "make_venv", lambda: made.append(True))
    commands.failing.append("import pip")

    run.provide_libraries(run.PINS)

    assert made == [True]


def test_the_whole_run_is_given_all_that_its_tests_need(own_root, commands, monkeypatch):
    given = []
    for name in ("fonts", "browser", "office", "proxy"):
        monkeypatch.setattr(run, f"provide_{name}", lambda name=name: given.append(name))
    monkeypatch.setattr(run, "run_to_the_end", lambda command: 0)

    run.test([])

    assert given == ["fonts", "browser", "office", "proxy"]


def test_fast_tests_need_no_browser(own_root, commands, monkeypatch):
    asked = []
    monkeypatch.setattr(run, "run_to_the_end", lambda command: asked.append(command) or 0)
    monkeypatch.setattr(run, "provide_browser", lambda: pytest.fail("a browser was asked for"))

    assert run.test(["--fast", "-k", "kelurahan"]) == 0
    assert asked[0][-4:] == ["-m", "not browser and not office", "-k", "kelurahan"]


@pytest.mark.parametrize(("found", "asked"), [("soffice", []), (None, ["impress", "calc"])])
def test_an_office_program_is_asked_for_only_where_none_is(found, asked, monkeypatch):
    wanted = []
    monkeypatch.setattr(run.shutil, "which", lambda name: found)
    monkeypatch.setattr(run, "install_packages", lambda *names: wanted.extend(names))
    run.provide_office()
    assert [name.split("-")[1] for name in wanted] == asked


@pytest.mark.parametrize(("found", "asked"), [("nginx", []), (None, ["nginx-light"])])
def test_a_proxy_is_asked_for_only_where_none_is(found, asked, monkeypatch):
    wanted = []
    monkeypatch.setattr(run.shutil, "which", lambda name, path=None: found)
    monkeypatch.setattr(run, "install_packages", lambda *names: wanted.extend(names))
    run.provide_proxy()
    assert wanted == asked


def test_missing_browser_is_said_when_nothing_provides_one(commands, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "")  # so that it is put back
    monkeypatch.setattr(run, "browser_candidates", list)
    monkeypatch.setattr(run, "install_packages", lambda *names: False)

    with pytest.raises(run.SetupError, match="Tidak ada peramban untuk pengujian"):
        run.provide_browser()


def test_browser_that_does_not_start_is_passed_over(tmp_path, commands, monkeypatch):
    shell, real = tmp_path / "chromium-browser", tmp_path / "google-chrome"
    monkeypatch.setattr(run, "browser_candidates", lambda: [shell, real])
    monkeypatch.setattr(run.os, "name", "posix")
    commands.failing.append(str(shell))

    assert run.find_browser() == real


def test_exit_code_of_a_program_is_passed_on():
    assert run.run_to_the_end([sys.executable, "-c", "raise SystemExit(5)"]) == 5


class Health(BaseHTTPRequestHandler):
    """Answers that it is not ready, then that it is."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):  # the library names it so
        self.asked.append(self.path)
        self.send_response(200 if len(self.asked) > 2 else 503)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


def test_the_entry_point_is_run_once_before_anybody_asks_for_a_page():
    server = HTTPServer(("127.0.0.1", 0), Health)
    Thread(target=server.serve_forever, daemon=True).start()
    run.open_once(f"http://127.0.0.1:{server.server_port}", seconds=10)
    server.shutdown()
    server.server_close()
    assert Health.asked == ["/_stcore/script-health-check"] * 3


def test_a_server_that_never_answers_is_left_alone():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        started = time.monotonic()
        run.open_once(f"http://127.0.0.1:{nobody.getsockname()[1]}", seconds=0.3)
    assert time.monotonic() - started < 5
