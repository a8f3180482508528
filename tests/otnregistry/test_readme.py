"""The tables of README.md and .env.example say what the settings read, no less and no more."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}
# Made of other settings: the default is told in words.
IN_WORDS = {"SITE_URL", "VAR_DIR"}


def readings(file: str) -> dict[str, str]:
    """The variables that a module reads by `env.<reader>("NAME", …)`, with the defaults written there."""
    calls = [node for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.Call)]
    return {
        call.args[0].value: default_of(call)
        for call in calls
        if ast.unparse(call.func).startswith("env.") and call.args and isinstance(call.args[0], ast.Constant)
    }


def default_of(call: ast.Call) -> str:
    """The default as people would write it; empty where there is none, or where it is made of other settings."""
    value = next((word.value for word in call.keywords if word.arg == "default"), None)
    if not isinstance(value, ast.Constant):
        return ""
    return {"True": "on", "False": "off"}.get(str(value.value), str(value.value))


def readme_table() -> dict[str, str]:
    """The configuration table: name and default, the latter without its typography."""
    section = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.MULTILINE)
    return {name: "" if default == "*(empty)*" else default.strip("`") for name, default in rows}


def env_example() -> dict[str, str]:
    """The variables of .env.example; those that are commented out have their default."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(re.fullmatch(r"#?([A-Z_]+)=(.*)", line).groups() for line in lines if re.match(r"#?[A-Z_]+=", line))


def test_the_readme_lists_what_the_settings_read() -> None:
    assert set(readme_table()) == set(readings("otnregistry/settings.py"))


def test_the_example_lists_what_the_settings_read() -> None:
    assert set(env_example()) == set(readings("otnregistry/settings.py"))


def test_both_give_the_defaults_of_the_settings() -> None:
    read, readme, example = readings("otnregistry/settings.py"), readme_table(), env_example()
    for name in set(read) - REQUIRED - IN_WORDS:
        assert (name, readme[name], example[name]) == (name, read[name], read[name])


def test_what_is_required_is_not_commented_out_in_the_example() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert {line.split("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)} == REQUIRED


def test_the_readme_says_what_is_required() -> None:
    assert {name for name, default in readme_table().items() if default == "required"} == REQUIRED


def test_the_readme_names_what_make_run_reads_besides() -> None:
    assert set(readings("otnregistry/local.py")) - set(readings("otnregistry/settings.py")) == {"PORT"}
    assert "`PORT`" in (ROOT / "README.md").read_text()


def test_every_link_to_a_file_leads_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (paper, link)
        for paper in papers
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text())
        if not link.startswith(("http://", "https://"))
    ]
    assert [(paper.name, link) for paper, link in links if not (paper.parent / link).exists()] == []
