"""The commit that files are from, and what they are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from culturesim.experiments import provenance
from culturesim.experiments.provenance import git_commit, source_hash

git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_without_version_control_there_is_none(tmp_path: Path) -> None:
    assert git_commit(tmp_path) is None


@git
def test_it_is_the_commit_of_the_files_themselves(tmp_path: Path) -> None:
    def do(*words: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        done = subprocess.run(["git", *who, *words], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    own, foreign = tmp_path / "own", tmp_path / "foreign"
    for folder in (own, foreign):
        folder.mkdir()
        (folder / "file").write_text("1", encoding="utf-8")
    do("init")
    do("add", "own")
    do("commit", "-m", "one")
    commit = do("rev-parse", "HEAD")
    assert git_commit(own) == commit
    assert git_commit(foreign) is None, "it only lies inside a checkout"
    (own / "file").write_text("2", encoding="utf-8")
    git_commit.cache_clear()
    assert git_commit(own) == f"{commit}-dirty"


def test_sources_are_the_same_wherever_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Place, time and line endings of a file do not count; its name and content do."""
    monkeypatch.setattr(provenance, "__file__", str(tmp_path / "experiments" / "provenance.py"))
    hashes = []
    for name, content in (
        ("a.py", b"1\n2\n"),
        ("a.py", b"1\r\n2\r\n"),
        ("b.py", b"1\n2\n"),
        ("a.py", b"1\n3\n"),
    ):
        for file in tmp_path.glob("*.py"):
            file.unlink()
        (tmp_path / name).write_bytes(content)
        (tmp_path / "notes.txt").write_text(name, encoding="utf-8")
        source_hash.cache_clear()
        hashes.append(source_hash())
    source_hash.cache_clear()
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
