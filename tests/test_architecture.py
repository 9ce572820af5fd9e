"""The dependency rule, read from the code itself: who may import whom, and what no file of ours may do."""

import ast
import importlib.metadata
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("bot", "handlers", "storage", "locales")
PURE = {"asyncio", "random", "secrets", "socket", "sqlite3", "os", "time", "threading", "logging", "urllib"}
MAY_CATCH_ALL = {
    "bot/upkeep.py",  # what is put off for an hour
    "handlers/gate.py",
    "handlers/courier.py",
    "handlers/clock.py",
    "handlers/fetcher.py",  # a courier of files: one odd file must not stop the others
    "handlers/second_reader/service.py",  # a courier of reports: one odd report must not stop the others
    "handlers/zalo_oa/api/renewal.py",  # a pair that is not stored is lost: whatever fails, it is tried again
    "handlers/zalo_oa/heard/replay.py",  # what was shut away: one row that breaks must not keep the others there
    "handlers/zalo_oa/api/tokens.py",  # a service's loop: what keeps the account's key must outlive an outage
    "storage/writer/jobs.py",  # hands a failed job's error to whoever waits for it
}


def modules(*folders: str) -> list[tuple[str, ast.Module]]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 5, "looked at nothing"
    return [(str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module != "urllib.parse":
            yield node.module.split(".")[0]  # urllib.parse is text in, text out


def test_the_domain_is_arithmetic() -> None:
    impure = [(file, name) for file, tree in modules("bot/domain") for name in imported(tree) if name in PURE]
    assert impure == []


def test_nothing_imports_the_package_called_bot_itself() -> None:
    offenders = [
        file
        for file, tree in modules(*FOLDERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(name.name == "bot" for name in node.names)
    ]
    assert offenders == []


def test_a_failure_is_swallowed_nowhere_but_at_the_doors() -> None:
    offenders = [
        file
        for file, tree in modules(*FOLDERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and file not in MAY_CATCH_ALL
    ]
    assert offenders == []


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def test_every_module_says_what_it_is_for() -> None:
    silent = [file for file, tree in modules(*FOLDERS) if not ast.get_docstring(tree)]
    assert silent == []


def test_no_installed_distribution_ships_a_package_of_our_names() -> None:
    ours = set(FOLDERS)
    taken = {
        (name, dist)
        for name, dists in importlib.metadata.packages_distributions().items()
        for dist in dists
        if name in ours
    }
    assert taken == set()


def test_what_is_not_configured_is_not_imported() -> None:
    code = (
        "import sys; import bot.app; "
        "print([m for m in ('aiogram', 'telegram', 'sklearn', 'numpy', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
