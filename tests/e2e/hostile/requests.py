"""Requests that are hardly any: bodies that are no JSON, and headers that mean something else elsewhere."""

import gzip
import json
from collections.abc import Mapping

_JSON = "application/json"


BODIES: tuple[tuple[str, bytes], ...] = (
    (_JSON, b""),
    (_JSON, b"{"),
    (_JSON, b"null"),
    (_JSON, b"[]"),
    (_JSON, b"true"),
    (_JSON, b'"text"'),
    (_JSON, b"\x00"),
    (_JSON, b"\xff\xfe{\x00}\x00"),
    (_JSON, b"\xef\xbb\xbf{"),
    (_JSON, b'{"start": NaN}'),
    (_JSON, b'{"start": -Infinity}'),
    (_JSON, b'{"start": 1e999}'),
    (_JSON, b'{"start": ' + b"9" * 10_000 + b"}"),
    (_JSON, b'{"a":' * 2_000 + b"1" + b"}" * 2_000),
    (_JSON, b"[" * 30_000),
    (_JSON, b'{"__proto__": {"role": "owner"}}'),
    (_JSON, b'{"start": "2027-03-04T09:00:00Z", "start": null}'),
    (_JSON, json.dumps({f"field{number}": number for number in range(3_000)}).encode()),
    (_JSON, b'{"notes": "' + b"x" * 60_000),
    (_JSON, b"// comment\n{}"),
    ("text/plain", b"{}"),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("application/x-www-form-urlencoded", b"serviceId=1&start=now"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="start"\r\n\r\nnow\r\n--x--'),
    ("application/json; charset=utf-16", '{"start": "now"}'.encode("utf-16")),
    ("", b"{}"),
)
"""A type of content and a body, which a call that takes a body refuses."""

HEADERS: tuple[Mapping[str, str], ...] = (
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Forwarded-For": "' OR 1=1 --", "X-Real-IP": "999.1.1.1", "Forwarded": "for=127.0.0.1"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp"},
    {"X-Original-URL": "/internal/manage-links", "X-Rewrite-URL": "/internal/manage-links"},
    {"If-None-Match": '"' + "x" * 3_000},
    {"If-Match": "*", "If-Modified-Since": "never"},
    {"Range": "bytes=0-0,-1,5-2"},
    {"Accept": "application/xml;q=x", "Accept-Language": "x" * 1_000, "Accept-Charset": "\u00e9"},
    {"Accept-Encoding": "bogus;q=1, *;q=0"},
    {"traceparent": "00-zz-zz-01", "tracestate": "a" * 600, "baggage": "role=owner"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Referer": "https://evil.example/"},
    {"Cookie": "a=b; " * 500},
    {"User-Agent": "() { :;}; echo vulnerable"},
    {"Expect": "200-ok"},
)
"""What changes nothing about an answer."""

ENCODINGS: tuple[tuple[str, bytes], ...] = (
    ("gzip", gzip.compress(b" " * 10_000_000)),
    ("gzip", b"not gzip"),
    ("br", b"\xff"),
    ("deflate, gzip", b"{}"),
    ("bogus", b"{}"),
)
"""An encoding of content and a body: nobody here unpacks what a stranger packed."""

LINES: tuple[bytes, ...] = (
    b"GET\r\n\r\n",
    b"GET {path} HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET {path}\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET {path}?" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET {path} HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    b"GET {path} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET {path} HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET {path} HTTP/1.1\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    b"TRACE {path} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"get {path} HTTP/1.1\r\nHost: localhost\r\n\r\n",
)
"""What is sent by hand over a connection; `{path}` is where it goes."""
