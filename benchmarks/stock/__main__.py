"""python -m benchmarks.stock stock|tuned FILE: the file through the two requests of the admin, and what they took."""

from __future__ import annotations

import sys
from pathlib import Path

import django

from benchmarks.measuring import Stopwatch, child_result


def main(kind: str, file: Path) -> None:
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from grants.models import Grant

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench", password=None))
    content = file.read_bytes()
    with child_result() as result:
        watch = Stopwatch()
        upload = {"import_file": SimpleUploadedFile(file.name, content), "format": "0"}
        page = client.post(f"/{kind}/grants/grant/import/", upload)
        watch.lap("preview")
        result["page_bytes"] = len(page.content)
        form = page.context_data.get("confirm_form")
        if form is None:
            raise SystemExit(f"no confirmation: {page.context_data['form'].errors}")
        values = {name: value for name, value in form.initial.items() if value is not None}
        answer = client.post(f"/{kind}/grants/grant/process_import/", values)
        watch.lap("apply")
        if answer.status_code != 302:
            raise SystemExit(f"the confirmation answered {answer.status_code}")
        result.update(
            rows=Grant.objects.count(), grants=Grant.objects.count(), wall=sum(watch.laps.values()), laps=watch.laps
        )


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
