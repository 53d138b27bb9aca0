"""The real LibreTranslate server with two small packages; a scripted one where a server has to misbehave."""

import json
import logging
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import EngineError
from pipeline.translation.engines import Pair
from pipeline.translation.engines.libretranslate import (
    MAX_CHARS,
    MAX_TEXTS,
    POLICY,
    HttpServer,
    LibreTranslateEngine,
    open_libretranslate,
)
from tests.processes import SECONDS
from tests.translation.libretranslate_servers import Reply, Scripted, free_port, libretranslate, scripted

EN_PT, EN_ES = Pair("en", "pt"), Pair("en", "es")
KEY = "abc-of-a-customer"


def answers(*texts: str) -> Reply:
    return Reply(body=json.dumps({"translatedText": texts}))


def engine_of(
    server: Scripted, *, key: str = "", backoff_seconds: float = 0.001, read_seconds: float = 30
) -> LibreTranslateEngine:
    policy = replace(POLICY, backoff_seconds=backoff_seconds, read_seconds=read_seconds)
    return LibreTranslateEngine(HttpServer(server.url, key, policy))


def wait_for(received: Sequence[object], number: int) -> None:
    """Wait until a server has read what was sent; who asked may have gone before it comes to do so."""
    deadline = time.monotonic() + SECONDS
    while len(received) < number:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreTranslateEngine]:
    with free_port() as port, libretranslate(tmp_path_factory.mktemp("libretranslate"), port):
        engine = open_libretranslate(f"http://127.0.0.1:{port}/", {})
        assert engine is not None
        yield engine


def test_real_server_translates_whole_segments_in_order(real: LibreTranslateEngine) -> None:
    segments = [
        "Accountant",
        "",
        "This is a full-time position in Paris. We offer paid vacation and free meals.",
        "Strong knowledge of Python and SQL",
        "Accountant",
    ]
    assert real.translate(segments, EN_PT) == [
        "Contador",
        "",
        "Esta é uma posição em tempo integral em Paris. Oferecemos férias pagas e refeições gratuitas.",
        "Forte conhecimento de Python e SQL",
        "Contador",
    ]


def test_real_server_tells_its_pairs_and_version(real: LibreTranslateEngine) -> None:
    assert real.pairs() == {EN_PT, Pair("pt", "es"), EN_ES}
    assert real.model(EN_PT).count(".") == 2


def test_real_server_takes_more_than_one_request_holds(real: LibreTranslateEngine) -> None:
    assert (
        real.translate(["Accountant"] * 3 + [f"Accountant {n}" for n in range(MAX_TEXTS)], EN_PT)[:3]
        == ["Contador"] * 3
    )


def test_segment_beyond_the_limit_of_the_real_server_is_left_to_a_person(real: LibreTranslateEngine) -> None:
    assert real.translate(["Accountant. " * 200, "Accountant"], EN_PT) == ["", "Contador"]


@pytest.mark.parametrize(("length", "texts"), [(90, MAX_TEXTS), (900, MAX_CHARS // 900)])
def test_requests_are_bounded_by_texts_and_characters(length: int, texts: int) -> None:
    segments = [f"{number:{length}}" for number in range(MAX_TEXTS * 2)]
    with scripted([Reply(status=400)]) as server, pytest.raises(EngineError):
        engine_of(server).translate(segments, EN_PT)
    assert server.received == [{"q": segments[:texts], "source": "en", "target": "pt", "format": "text"}]


def test_segment_beyond_the_limit_is_not_sent() -> None:
    with scripted([answers("um")]) as server:
        assert engine_of(server).translate(["x" * 1001, "one"], EN_PT) == ["", "um"]


def test_language_codes_of_the_server_become_ours_and_back() -> None:
    with scripted([answers("um")]) as server:
        engine = engine_of(server)
        assert (engine.pairs(), engine.model(EN_PT)) == (frozenset({EN_PT, Pair("en", "zh")}), "9.9.9")
        engine.translate(["one"], Pair("en", "zh"))
    assert [sent["target"] for sent in server.received] == ["zh-Hans"]


def test_key_goes_along_and_stands_in_no_message() -> None:
    reply = Reply(status=403, body=json.dumps({"error": f"Invalid API key {KEY}"}))
    with scripted([reply]) as server, pytest.raises(EngineError) as raised:
        engine_of(server, key=KEY).translate(["one"], EN_PT)
    assert [sent["api_key"] for sent in server.received] == [KEY]
    address = server.url.removeprefix("http://")
    assert str(raised.value) == (
        f"engine libretranslate: {address} answers 403 (Invalid API key …); "
        "set LIBRETRANSLATE_API_KEY to a key of this server"
    )


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_server_that_recovers_is_asked_again(status: int) -> None:
    with scripted([Reply(status=status), Reply(status=status), answers("um")]) as server:
        assert engine_of(server).translate(["one"], EN_PT) == ["um"]
    assert len(server.received) == 3


def test_retry_after_is_followed() -> None:
    with scripted([Reply(status=429, headers={"Retry-After": "1"}), answers("um")]) as server:
        engine = engine_of(server)
        started = time.monotonic()
        assert engine.translate(["one"], EN_PT) == ["um"]
        assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=500, body='{"error": "out of memory"}'), r"answers 500 \(out of memory\); look at the log"),
        (Reply(status=429), "answers 429; run again later"),
        (Reply(never=True), "does not answer: no answer in time"),
    ],
)
def test_server_that_does_not_recover_is_left_after_some_attempts(reply: Reply, told: str) -> None:
    with scripted([reply]) as server:
        engine = engine_of(server, read_seconds=0.1 if reply.never else 30)
        with pytest.raises(EngineError, match=told):
            engine.translate(["one"], EN_PT)
        wait_for(server.received, POLICY.attempts)
    assert len(server.received) == POLICY.attempts


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply(status=400, body='{"error": "exceeds text limit (5)"}'),
            r"answers 400 \(exceeds text limit \(5\)\); look at",
        ),
        (Reply(status=404, body="<html>"), "answers 404; translate.libretranslate in polypost.toml"),
        (Reply(status=307, headers={"Location": "http://example.invalid/"}), "answers 307"),
        (answers("um", "dois"), "2 targets came back for 1 segments"),
        (answers(), "0 targets came back for 1 segments"),
        (Reply(body='{"translatedText": "um"}'), "does not answer as LibreTranslate"),
        (Reply(body='{"translatedText": [1]}'), "does not answer as LibreTranslate"),
        (Reply(body="<html>"), "does not answer as LibreTranslate"),
    ],
)
def test_refusal_and_answer_of_another_shape_are_errors_at_once(reply: Reply, told: str) -> None:
    with scripted([reply]) as server, pytest.raises(EngineError, match=told):
        engine_of(server).translate(["one"], EN_PT)
    assert len(server.received) == 1


def test_server_that_is_down_is_no_engine_and_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    with free_port() as port, caplog.at_level(logging.WARNING, logger="pipeline"):
        assert open_libretranslate(f"http://user:{KEY}@127.0.0.1:{port}", {}) is None
    again, given_up = [record.getMessage() for record in caplog.records if record.name.startswith("pipeline")]
    assert again == f"http://127.0.0.1:{port}/languages: connection refused; trying again in 0.5 s"
    assert given_up == f"engine libretranslate: 127.0.0.1:{port} does not answer: connection refused"


@pytest.mark.parametrize("address", ["", "http://[half"])
def test_without_an_address_there_is_no_engine(address: str) -> None:
    assert open_libretranslate(address, {}) is None


def test_address_may_have_a_path_and_a_password() -> None:
    with scripted([answers("um")]) as server:
        address = server.url.replace("http://", "http://user:p%40ss@") + "/under/"
        assert LibreTranslateEngine(HttpServer(address, "")).translate(["one"], EN_PT) == ["um"]
    assert set(server.authorized) == {f"Basic {b64encode(b'user:p@ss').decode()}"}


def test_engine_is_found_again_after_the_real_server_was_killed_and_restarted(tmp_path: Path) -> None:
    with free_port() as port:
        with libretranslate(tmp_path, port) as process:
            engine = open_libretranslate(f"http://127.0.0.1:{port}", {})
            assert engine is not None
            process.kill()
            process.wait()
        with libretranslate(tmp_path, port):
            assert engine.translate(["Accountant"], EN_PT) == ["Contador"]
