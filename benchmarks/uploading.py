"""A sheet sent as a browser sends it, in pieces, so that what grows is the web server alone."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BOUNDARY = "a-sheet-of-the-benchmark"
PATIENCE = 600


def upload(port: int, address: str, file: Path, user: Any) -> str:
    """Send the form of a new import as `user`; the address that it leads to. Raises RuntimeError if it does not."""
    from django.conf import settings
    from django.test import Client
    from django.utils.crypto import get_random_string

    browser = Client()
    browser.force_login(user)
    session, token = browser.cookies[settings.SESSION_COOKIE_NAME].value, get_random_string(32)
    head = b"".join(map(field, ("csrfmiddlewaretoken", "noun", "programme", "profile"), (token, "grant", "", "")))
    head += part(f'name="file"; filename="{file.name}"') + b"Content-Type: text/csv\r\n\r\n"
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", address, body=body(head, file, tail), headers=headers)
    answer = connection.getresponse()
    page = answer.read().decode(errors="replace")
    connection.close()
    if answer.status != 302:
        raise RuntimeError(f"the upload answered {answer.status}: {page[:2000]}")
    return answer.getheader("Location", "")


def part(disposition: str) -> bytes:
    """The beginning of a part; its values follow."""
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n".encode()


def field(name: str, value: str) -> bytes:
    return part(f'name="{name}"') + f"\r\n{value}\r\n".encode()


def body(head: bytes, file: Path, tail: bytes) -> Iterator[bytes]:
    yield head
    with file.open("rb") as opened:
        while piece := opened.read(1 << 16):
            yield piece
    yield tail
