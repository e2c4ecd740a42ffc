"""Passwords: checked by their hash alone, whichever keyboard they come from."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from accounts.clients.passwords import MOST_WAITING, Passwords
from plumbing.problems import ServiceUnavailable


@pytest.fixture
async def passwords() -> AsyncGenerator[Passwords]:
    made = Passwords(memory_kib=8, passes=1, at_once=2)
    yield made
    await made.close()


async def test_the_right_password_is_right(passwords: Passwords):
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert (await passwords.check("correct horse", stored)).right
    assert not (await passwords.check("battery staple", stored)).right


async def test_two_hashes_of_one_password_differ(passwords: Passwords):
    assert await passwords.hash("correct horse") != await passwords.hash("correct horse")


async def test_nobodys_password_is_never_right(passwords: Passwords):
    assert not (await passwords.check("correct horse", None)).right


async def test_composed_and_decomposed_letters_are_the_same_password(passwords: Passwords):
    stored = await passwords.hash("caf\u00e9 caf\u00e9")
    assert (await passwords.check("cafe\u0301 cafe\u0301", stored)).right


async def test_a_right_password_is_hashed_anew_when_the_settings_are_others(passwords: Passwords):
    stronger = Passwords(memory_kib=16, passes=2, at_once=1)
    stored = await passwords.hash("correct horse")
    renewed = (await stronger.check("correct horse", stored)).renewed_hash
    assert renewed is not None
    assert (await stronger.check("correct horse", renewed)).renewed_hash is None
    assert (await stronger.check("wrong", stored)).renewed_hash is None
    await stronger.close()


async def test_the_event_loop_goes_on_while_passwords_are_hashed():
    slow = Passwords(memory_kib=65_536, passes=2, at_once=1)
    hashing = asyncio.create_task(slow.hash("correct horse"))
    turns = 0
    while not hashing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 100
    await slow.close()


async def test_whoever_would_wait_too_long_is_asked_to_come_again(passwords: Passwords):
    asked = (passwords.hash("correct horse") for _ in range(MOST_WAITING + 1))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert len(refused) == 1
    assert isinstance(refused[0], ServiceUnavailable)
