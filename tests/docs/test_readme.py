"""The README against the code: nothing that exists is missing, nothing is named that is gone."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import typer
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from api import rest
from api.cases.states import STATE_LABELS
from api.cases.wording import KIND_LABELS
from api.settings import Settings
from bot.__main__ import cli

ROOT = Path(__file__).parents[2]
EMPTY = {"", "trống", "(trống)", "–"}
NOT_SETTINGS = {"PAKN_NEW_PASSWORD"}  # read by the command line alone


@cache
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> dict[str, list[str]]:
    """The rows of the table of settings by their variable: the cells after it."""
    rows = re.findall(r"^\| *`(PAKN_[A-Z_]+)` *\|(.+)\|\s*$", readme(), re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split(" | ")] for name, cells in rows}


def default_of(field: FieldInfo) -> str:
    """A default as one would write it into the environment."""
    value = field.default
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value)


@cache
def commands() -> list[str]:
    """Every command with the names before it: "pakn catalogue import"."""
    return _below(typer.main.get_command(cli), "pakn")


def _below(command: object, name: str) -> list[str]:
    subs = getattr(command, "commands", None)
    if subs is None:
        return [name]
    return [line for key, sub in subs.items() for line in _below(sub, f"{name} {key}")]


def test_every_setting_stands_in_the_table() -> None:
    fields = {f"PAKN_{name.upper()}" for name in Settings.model_fields}
    assert fields - set(settings_table()) == set()


def test_every_setting_is_told_with_its_default() -> None:
    table = settings_table()

    wrong = {}
    for name, field in Settings.model_fields.items():
        told = table.get(f"PAKN_{name.upper()}", ["?"])[0].strip("`")
        expected = default_of(field)
        unset = expected == "" and told.lower() in EMPTY
        if told.casefold() != expected.casefold() and not unset:
            wrong[name] = (told, expected)

    assert wrong == {}


def test_every_setting_is_told_with_its_meaning() -> None:
    table = settings_table()
    assert table, "the README has no table of settings"
    for name, cells in table.items():
        assert len(cells) == 2, name
        assert len(cells[1]) > 10, name


def test_no_setting_is_named_that_does_not_exist() -> None:
    fields = {f"PAKN_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"PAKN_[A-Z_]*[A-Z]", readme()))

    strange = {name for name in named if name.removesuffix("_FILE") not in fields}

    assert named, "the README names no setting at all"
    assert strange - NOT_SETTINGS - {"PAKN_X", "PAKN_X_FILE"} == set()


def is_named(line: str) -> bool:
    """Whether a command stands there whole, or its last word in the row of its group."""
    if re.search(rf"{line}(?![a-z-])", readme()):
        return True
    group, _, last = line.rpartition(" ")
    rows = [row for row in readme().splitlines() if " " in group and group in row]
    return any(re.search(rf"`{last}(?![a-z-])", row) for row in rows)


def test_every_command_is_named() -> None:
    known = commands()
    assert len(known) >= 10
    assert [line for line in known if not is_named(line)] == []


def test_no_command_is_named_that_does_not_exist() -> None:
    known = commands()
    groups = {line.rsplit(" ", 1)[0] for line in known}
    named = re.findall(r"(?<![\w/-])pakn ([a-z]+)(?: ([a-z]+))?", readme())

    assert named, "the README names no command at all"
    for first, second in named:
        line = f"pakn {first}"
        assert line in known or line in groups, line
        if line in groups and second:
            assert f"{line} {second}" in known, f"{line} {second}"


def test_every_state_and_every_kind_is_named_as_people_read_it() -> None:
    labels = [*STATE_LABELS.values(), *KIND_LABELS.values()]
    assert [label for label in labels if label not in readme()] == []


def test_every_state_and_every_kind_is_named_as_programs_read_it() -> None:
    keys = [*STATE_LABELS, *KIND_LABELS]
    assert [key.value for key in keys if f"`{key.value}`" not in readme()] == []


def test_every_address_of_the_api_is_named() -> None:
    paths = [route.path for route in iter_route_contexts([*rest.router.routes])]
    whole = [path if path.startswith("/api/v1") else f"/api/v1{path}" for path in paths]

    assert len(whole) >= 4
    assert [path for path in whole if path not in readme()] == []


def test_no_address_of_the_api_is_named_that_does_not_exist() -> None:
    paths = {route.path for route in iter_route_contexts([*rest.router.routes])}
    named = set(re.findall(r"/api/v1/[a-z]+(?:/\{[a-z]+\})?", readme()))

    assert named, "the README names no address of the API at all"
    whole = {path if path.startswith("/api/v1") else f"/api/v1{path}" for path in paths}
    assert named - whole == set()


def test_how_to_run_and_how_to_test_are_named() -> None:
    assert "make run" in readme()
    assert "make test" in readme()


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?<![\w-])make ([a-z]+)", readme()))

    assert {"run", "test"} <= targets
    assert named, "the README names no target at all"
    assert named - targets == set()


def test_every_linked_file_exists() -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", readme())
    files = [urlsplit(link).path for link in links if not urlsplit(link).scheme]

    missing = [path for path in files if path and not (ROOT / unquote(path)).exists()]

    assert readme().strip(), "the README is empty"
    assert missing == []


def test_every_linked_heading_exists() -> None:
    headings = re.findall(r"^#+ (.+)$", readme(), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in headings}
    linked = {unquote(link) for link in re.findall(r"\]\(#([^)\s]+)\)", readme())}

    assert headings, "the README has no heading at all"
    assert linked - anchors == set()
