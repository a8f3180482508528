"""A person at the screens of an import: what they choose, press and read. The worker's part is done in between."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from grants.imports.jobs.queueing import AT_WORK
from grants.imports.jobs.steps import take_step
from grants.models import Import

GRANTS = "bénéficiaire;montant;date;référence\n"
GRANTS += "Groupe MISA inc.;2 307 663,50 $;2022-04-20;A-1\nÉlan neuf;1 000 $;2022-05-01;A-2\n"
BAD = GRANTS + "AQIP;deux mille;2022-05-02;A-3\n"


class Screens:
    """What a person does, page by page."""

    def __init__(self, client, language="fr"):
        self.client, self.language = client, language

    def address(self, page, *args):
        with override(self.language):
            return reverse(f"admin:grants_import_{page}", args=args)

    def choose(self, content=GRANTS, name="aides.csv", *, noun="grant", **more):
        content = content.encode() if isinstance(content, str) else content
        posted = {"file": SimpleUploadedFile(name, content), "noun": noun, **more}
        return self.client.post(self.address("add"), posted)

    def read(self, *args, **more):
        """Choose a file and let the worker read it; the import."""
        response = self.choose(*args, **more)
        assert response.status_code == 302, words(response)
        batch = Import.objects.latest("pk")
        return work(batch)

    def page(self, batch, page="change", **query):
        return self.client.get(self.address(page, batch.pk), query)

    def press(self, batch, page, **posted):
        """Send the form of a page as it was seen just now."""
        seen = Import.objects.get(pk=batch.pk).version
        return self.client.post(self.address(page, batch.pk), {"seen_version": seen, **posted}, follow=True)


def work(batch):
    """What the worker would do now."""
    batch.refresh_from_db()
    step = next((step for step, state in AT_WORK.items() if state == batch.state), None)
    if step:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = %s", [f"{step} {batch.pk}"])
        take_step(step, batch.pk)
    batch.refresh_from_db()
    return batch


def words(response):
    """The text of a page, its spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    text = text.replace("\xa0", " ").replace("&#x27;", "'").replace("&quot;", '"').replace("’", "'")
    return re.sub(r"\s+", " ", text)
