"""A message saved from a mail program, or a page saved whole by a browser (MHTML), to its text."""

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ...values.encodings import decode
from .found import Found, Unreadable
from .page_facts import web_address
from .web_pages import read_page


def read_mail(content: bytes) -> Found:
    """The text of the message. Raises Unreadable."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body(preferencelist=("related", "html", "plain"))
        found = read_body(body if isinstance(body, EmailMessage) else None)
        subject = " ".join(str(message.get("Subject") or "").split())
        address = str(message.get("Snapshot-Content-Location") or "")
    except (Unreadable, MemoryError):
        raise
    except Exception:
        # The library raises all sorts of things for crafted headers.
        raise Unreadable("damaged") from None
    found.title = found.title or re.sub(r"^(?:(?:re|fwd?|tr)\s*:\s*)+", "", subject, flags=re.IGNORECASE)[:500]
    found.url = found.url or web_address(address)
    # A page saved by a browser is dated of the day of its saving.
    if not address:
        found.published = found.published or sent_on(str(message.get("Date") or ""))
    return found


def read_body(body: EmailMessage | None) -> Found:
    """The part of a message that is to be read."""
    content = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(content, bytes) or not content.strip():
        raise Unreadable("no_text")
    if body.get_content_type() == "text/html":
        return read_page(content, body.get_content_charset() or "")
    try:
        text = content.decode(body.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        text = decode(content)[0]
    return Found(text.replace("\r\n", "\n"))


def sent_on(header: str) -> str:
    """The day that the message was sent, ISO."""
    try:
        return parsedate_to_datetime(header).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
