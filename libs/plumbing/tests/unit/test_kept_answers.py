"""Answers are kept under a version, up to a number of bytes, and made once."""

import asyncio
import gzip
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from starlette.requests import Request

from plumbing.kept_answers import LEAST_COMPRESSED, AnswerCache, Kept, takes_gzip

BUSINESS = uuid4()


async def put(cache: AnswerCache, question: bytes, version: int = 1, body: bytes = b"{}") -> Kept:
    """Ask for something that is answered with this body."""

    async def make() -> Kept:
        return Kept.of(body)

    return await cache.answer(BUSINESS, question, version, make)


async def test_an_answer_is_found_again_under_its_version_only():
    cache = AnswerCache()
    kept = await put(cache, b"q", 1)
    assert cache.find(BUSINESS, b"q", 1) is kept
    assert cache.find(BUSINESS, b"q", 2) is None
    assert cache.find(BUSINESS, b"other", 1) is None
    assert cache.find(uuid4(), b"q", 1) is None


async def test_a_question_asked_again_after_a_change_is_answered_anew():
    cache = AnswerCache()
    assert (await put(cache, b"q", 1, b"old")).body == b"old"
    assert (await put(cache, b"q", 2, b"new")).body == b"new"
    assert (await put(cache, b"q", 2, b"ignored")).body == b"new"


async def test_the_same_question_at_the_same_time_is_answered_once():
    cache, made, go = AnswerCache(), list[int](), asyncio.Event()

    async def make() -> Kept:
        made.append(1)
        await go.wait()
        return Kept.of(b"{}")

    asked = [asyncio.create_task(cache.answer(BUSINESS, b"q", 1, make)) for _ in range(5)]
    await asyncio.sleep(0)
    asked[0].cancel()
    go.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert [one.body for one in found[1:] if isinstance(one, Kept)] == [b"{}"] * 4
    assert made == [1]


async def test_an_error_goes_to_all_who_wait_and_is_not_kept():
    cache = AnswerCache()

    async def fail() -> bytes:
        raise LookupError("nothing there")

    asked = [cache.answer(BUSINESS, b"q", 1, fail) for _ in range(2)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) for one in found] == [LookupError, LookupError]
    assert (await put(cache, b"q", 1, b"now")).body == b"now"


async def test_what_was_not_asked_for_longest_is_forgotten_first():
    cache = AnswerCache(most_bytes=10_000)
    await put(cache, b"a", body=b"x" * 3_000)
    await put(cache, b"b", body=b"x" * 3_000)
    assert cache.find(BUSINESS, b"a", 1)
    await put(cache, b"c", body=b"x" * 3_000)
    assert [cache.find(BUSINESS, question, 1) is not None for question in (b"a", b"b", b"c")] == [True, False, True]


async def test_an_answer_larger_than_everything_is_given_and_not_kept():
    cache = AnswerCache(most_bytes=2_000)
    await put(cache, b"small")
    assert len((await put(cache, b"large", body=b"x" * 5_000)).body) == 5_000
    assert cache.find(BUSINESS, b"large", 1) is None


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (None, False),
        ('"other"', False),
        ("{tag}", True),
        ("W/{tag}", True),
        ('"other", {tag}', True),
        ("*", True),
        ("", False),
    ],
)
def test_a_client_knows_an_answer_by_its_tag(header: str | None, known: bool):
    kept = Kept.of(b"{}")
    assert kept.is_known(header.replace("{tag}", kept.etag) if header is not None else None) is known


def test_other_bytes_have_another_tag():
    assert Kept.of(b"a").etag != Kept.of(b"b").etag
    assert Kept.of(b"a").etag == Kept.of(b"a").etag


def test_an_etag_stands_for_the_headers_too():
    strict, loose = (
        ((b"content-security-policy", value),) for value in (b"frame-ancestors 'none'", b"frame-ancestors *")
    )
    assert Kept.of(b"a", more=strict).etag != Kept.of(b"a", more=loose).etag
    assert strict[0] in Kept.of(b"a", more=strict).headers_without_body


def test_a_compressed_answer_says_the_same_under_a_weak_tag():
    plain = Kept.of(b"{" + b" " * LEAST_COMPRESSED + b"}", until=datetime(2027, 3, 1, tzinfo=UTC))
    packed = plain.compressed()
    assert (gzip.decompress(packed.body), packed.until) == (plain.body, plain.until)
    assert packed.is_known(f"W/{plain.etag}")
    headers = dict(packed.headers)
    assert (headers[b"etag"], headers[b"vary"]) == (f"W/{plain.etag}".encode(), b"accept-encoding")
    assert (headers[b"content-encoding"], headers[b"content-length"]) == (b"gzip", str(len(packed.body)).encode())
    assert b"content-encoding" not in dict(packed.headers_without_body)


def test_a_short_answer_stays_as_it_is():
    kept = Kept.of(b"{}")
    assert kept.compressed() is kept


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        (None, False),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, GZIP;q=0.1", True),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("notgzip", False),
    ],
)
def test_compressed_is_sent_to_who_reads_it(accepted: str | None, takes: bool):
    headers = [] if accepted is None else [(b"accept-encoding", accepted.encode())]
    assert takes_gzip(Request({"type": "http", "headers": headers})) is takes


async def test_an_answer_that_is_no_longer_true_is_made_anew():
    cache, end = AnswerCache(), datetime(2027, 3, 1, tzinfo=UTC)

    async def make() -> Kept:
        return Kept.of(b"{}", until=end)

    kept = await cache.answer(BUSINESS, b"q", 1, make, end.timestamp() - 1)
    assert cache.find(BUSINESS, b"q", 1, end.timestamp() - 1) is kept
    assert cache.find(BUSINESS, b"q", 1, end.timestamp()) is None
    assert await cache.answer(BUSINESS, b"q", 1, make, end.timestamp()) is not kept
