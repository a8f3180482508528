"""What a visitor's browser must fetch before it can draw a page."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = Path(settings.BASE_DIR) / "grants" / "templates" / "grants"


def test_the_style_sheets_of_the_public_pages_stay_under_thirty_kilobytes():
    pages = [TEMPLATES / "base.html", *(TEMPLATES / "pages").glob("*.html")]
    sheets = {sheet for page in pages for sheet in re.findall(r'"(grants/css/\w+\.css)"', page.read_text())}
    assert len(sheets) == 4
    assert sum(Path(finders.find(sheet)).stat().st_size for sheet in sheets) < 30_000
