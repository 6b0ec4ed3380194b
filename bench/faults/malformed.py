"""Heads that no honest client sends, and what may be answered: a refusal, or the connection's end."""

from __future__ import annotations

REFUSED = (400, 0)
NOT_FOUND = (400, 404, 0)
Head = tuple[str, bytes, tuple[int, ...]]


def heads(port: int) -> list[Head]:
    """Name, bytes, statuses that are right (0: hung up)."""
    return [*_hosts(port), *_lengths(port), *_codings(port), *_lines(port), *_fields(port), *_bodies(port)]


def _get(port: int, *lines: str, line: str = "GET /login HTTP/1.1", host: str | None = None) -> bytes:
    named = [f"Host: {host or f'localhost:{port}'}"] if host != "" else []
    return "\r\n".join([line, *named, *lines, "", ""]).encode("latin-1")


def _post(port: int, *lines: str, body: bytes = b"", path: str = "/login") -> bytes:
    usual = (f"Origin: http://localhost:{port}", "Content-Type: application/x-www-form-urlencoded")
    return _get(port, *usual, *lines, line=f"POST {path} HTTP/1.1") + body


def _hosts(port: int) -> list[Head]:
    hosts = {
        "of 64 letters": "a" * 64,
        "of 64 letters and a dot": "a" * 64 + ".example",
        "of 300": "a." * 150,
        "with a space": "a b",
        "with a slash": "a/b",
        "with @": "a@localhost",
        "with a port of letters": "a:b",
        "with two ports": "localhost:1:2",
        "with a bracket": "[::1",
        "with brackets and more": "[::1]x",
        "with a dot first": ".example",
        "with two dots": "a..example",
        "of another script": "\xe4\xb8\xad",
        "xn--": "xn--" + "a" * 70,
        "with a large port": "localhost:99999",
    }
    many = [(f"Host {name}", _get(port, host=host), (*REFUSED, 403, 404, 421)) for name, host in hosts.items()]
    two = _get(port, "Host: other.example")
    return [*many, ("two Hosts", two, REFUSED), ("no Host", _get(port, host=""), REFUSED)]


def _lengths(port: int) -> list[Head]:
    given = {
        "+5": "+5",
        "-1": "-1",
        "5_0": "1_0",
        "0x5": "0x5",
        "5.0": "5.0",
        "1e1": "1e1",
        "empty": "",
        "5 5": "5 5",
        "5,5": "5,5",
        "wide digits": "\xb2",
        "of 5,000 digits": "1" * 5000,
        "5;": "5;",
    }
    many = [
        (f"Content-Length {name}", _post(port, f"Content-Length: {value}", body=b"csrf="), (*REFUSED, 413))
        for name, value in given.items()
    ]
    two = _post(port, "Content-Length: 5", "Content-Length: 6", body=b"csrf=x")
    same = _post(port, "Content-Length: 5", "Content-Length: 5", body=b"csrf=")
    return [*many, ("two Content-Lengths", two, REFUSED), ("Content-Length twice", same, (*REFUSED, 403))]


def _codings(port: int) -> list[Head]:
    chunk = b"5\r\ncsrf=\r\n0\r\n\r\n"
    both = _post(port, "Content-Length: 5", "Transfer-Encoding: chunked", body=chunk)
    odd = {"identity": b"", "gzip, chunked": chunk, "chunked, chunked": chunk, "xchunked": chunk, "\x0bchunked": chunk}
    many = [
        (f"Transfer-Encoding {name!r}", _post(port, f"Transfer-Encoding: {name}", body=body), (*REFUSED, 411, 501))
        for name, body in odd.items()
    ]
    sizes = {
        "+5": b"+5\r\ncsrf=\r\n0\r\n\r\n",
        "_": b"0_5\r\ncsrf=\r\n0\r\n\r\n",
        "0x": b"0x5\r\ncsrf=\r\n0\r\n\r\n",
        "minus": b"-5\r\ncsrf=\r\n0\r\n\r\n",
        "empty": b"\r\ncsrf=\r\n0\r\n\r\n",
        "huge": b"F" * 40 + b"\r\ncsrf=\r\n0\r\n\r\n",
        "letters": b"zz\r\n\r\n",
    }
    chunks = [
        (f"chunk size {name}", _post(port, "Transfer-Encoding: chunked", body=body), (*REFUSED, 411, 413))
        for name, body in sizes.items()
    ]
    two = _post(port, "Transfer-Encoding: chunked", "Transfer-Encoding: identity", body=chunk)
    return [
        ("Content-Length and Transfer-Encoding", both, REFUSED),
        ("two codings", two, (*REFUSED, 501)),
        *many,
        *chunks,
    ]


def _lines(port: int) -> list[Head]:
    lines = {
        "HTTP/1.1.1": "GET / HTTP/1.1.1",
        "HTTP/x": "GET / HTTP/x",
        "HTTP/+1.1": "GET / HTTP/+1.1",
        "HTTP/1_0.1": "GET / HTTP/1_0.1",
        "four words": "GET / / HTTP/1.1",
        "tabs": "GET\t/\tHTTP/1.1",
        "a method with a bracket": "G[T / HTTP/1.1",
        "two spaces": "GET  /  HTTP/1.1",
        "a control": "GET /\x01 HTTP/1.1",
        "no slash": "GET login HTTP/1.1",
        "a colon": "GET http:///// HTTP/1.1",
        "a bracket": "GET http://[ HTTP/1.1",
        "HTTP/9.9": "GET / HTTP/9.9",
        "a raw byte": "GET /\xff HTTP/1.1",
    }
    return [
        (f"request line with {name}", _get(port, line=line), (*NOT_FOUND, 405, 501, 505))
        for name, line in lines.items()
    ]


def _fields(port: int) -> list[Head]:
    lines = {
        "a space before the colon": "X-A : b",
        "no colon": "X-A",
        "a space first": " X-A: b",
        "no name": ": b",
        "a NUL": "X-A: \0",
        "a lone CR": "X-A: b\rX-B: c",
        "a tab in its name": "X\tA: b",
        "a bracket in its name": "X(A): b",
    }
    many = [(f"header with {name}", _get(port, line), REFUSED) for name, line in lines.items()]
    bare = _get(port).replace(b"\r\n", b"\n")
    mixed = _get(port, "X-A: b\nX-B: c")
    under = _post(port, "Content_Length: 50", "Content-Length: 5", body=b"csrf=")
    long = _get(port, "X-A: " + "b" * 100_000)
    count = _get(port, *[f"X-{n}: b" for n in range(300)])
    return [
        *many,
        ("bare LF", bare, REFUSED),
        ("a bare LF among CRLF", mixed, REFUSED),
        ("Content_Length", under, (*REFUSED, 403)),
        ("a header of 100 KB", long, (*REFUSED, 414, 431)),
        ("300 headers", count, (*REFUSED, 431)),
    ]


def _bodies(port: int) -> list[Head]:
    deep = b"[" * 100_000
    said = ("X-Zhengzhao: phone", f"Content-Length: {len(deep)}", "Content-Type: application/json")
    json = _get(port, f"Origin: http://localhost:{port}", *said, line="POST /m/claim HTTP/1.1") + deep
    paths = {
        "%00": "/static/%00",
        "%ff": "/static/%ff",
        "dots": "/static/../../etc/passwd",
        "long": "/static/" + "x" * 5000,
        "%": "/%",
        "two slashes": "//example/",
    }
    asked = [
        (f"path {name}", _get(port, line=f"GET {path} HTTP/1.1"), (*NOT_FOUND, 302, 308, 414))
        for name, path in paths.items()
    ]
    cookie = _get(port, "Cookie: session=\xff\xfe; phone=\x01; device=\xe9")
    accept = _get(port, "Accept-Language: " + "zh;q=x," * 300, "Range: bytes=9-1", "If-Modified-Since: \xff")
    return [
        ("deep JSON", json, (*REFUSED, 413)),
        *asked,
        ("a cookie of bytes", cookie, (*REFUSED, 200)),
        ("odd Accept-Language", accept, (*REFUSED, 200)),
    ]
