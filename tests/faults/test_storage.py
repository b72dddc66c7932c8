"""A disk that fills up, and folders that may not be written: told in a sentence, and the last good release stays."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.going import Going, halves, released, scaffolding
from tiny_study import Tiny

pytestmark = pytest.mark.skipif(os.name != "posix", reason="disks are filled and mounted as on Unix")
WHERE = ["reports", "data/processed"]


@pytest.fixture
def tiny(tmp_path, published) -> Tiny:
    """A study already published."""
    shutil.copytree(published.root, tmp_path / "tiny", symlinks=True)
    return Tiny(tmp_path / "tiny")


@pytest.fixture
def mount():
    """Mounts at a folder, whatever is needed for it, until the test ends; skips where that is not permitted."""
    mounted: dict[Path, None] = {}

    def mount(folder: Path, *words: str) -> None:
        done = subprocess.run(["mount", *words, str(folder)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
        mounted[folder] = None

    if sys.platform != "linux":
        pytest.skip("tmpfs is Linux's")
    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def ended(tiny, *words, **settings) -> tuple[int, list[str]]:
    """Exit code and what was said, of a run as a process; nothing of it is left."""
    going = Going(tiny, *words, **settings)
    code = going.end()
    assert "Traceback" not in going.said, going.said
    return code, going.said.splitlines()


@pytest.mark.parametrize("where", WHERE)
def test_a_full_disk_is_told_nothing_is_lost_and_the_next_run_publishes(tiny, mount, where):
    folder, before = tiny.root / where, released(tiny)
    aside = folder.rename(folder.with_name("aside"))
    folder.mkdir()
    mount(folder, "-t", "tmpfs", "-o", "size=1m", "tmpfs")
    shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
    (tiny.root / "data/raw/case_records.csv").write_text("child,safe\n" + 3000 * "a,1\n")
    tiny.replace("notebooks/4_partnership.ipynb", "records in", "records for")
    _fill(folder / "ballast", but=6_000)
    code, said = ended(tiny)
    if code == 4:
        assert any("There was no space left on the disk that code cell" in line for line in said), said
    else:
        assert code == 2 and said[-1].endswith("there is no space left on its disk; free some, then run again."), said
        assert where in said[-1]
    assert released(tiny) == before and halves(tiny) == []
    (folder / "ballast").unlink()
    assert ended(tiny)[0] == 0
    assert released(tiny) != before and halves(tiny) == [] and scaffolding(tiny) == []


def _fill(path: Path, but: int) -> None:
    """Write until the disk has so many bytes left."""
    free = os.statvfs(path.parent).f_bavail * os.statvfs(path.parent).f_frsize
    path.write_bytes(bytes(free - but))


def test_a_limit_on_the_size_of_files_is_told_with_the_limit_to_raise(tiny):
    before = released(tiny)
    code, said = ended(tiny, "--force", within=("bash", "-c", 'ulimit -f 24; exec "$@"', "bash"))
    assert (code, said[-2]) == (2, "1 fault in the folders written to:")
    assert said[-1].endswith("the file grew larger than this system lets you write; raise that limit (ulimit -f), "
                             "then run again.")
    assert released(tiny) == before and list(tiny.reports.glob(".*")) == []


@pytest.mark.parametrize("where", WHERE)
def test_a_folder_that_may_not_be_written_is_told_and_what_it_holds_stays(tiny, mount, where):
    folder, before = tiny.root / where, released(tiny)
    if os.getuid():
        folder.chmod(0o555)
    else:  # root may write whatever the permissions say
        mount(folder, "--bind", str(folder))
        mount(folder, "-o", "remount,ro,bind")
    code, said = ended(tiny, "--force")
    assert (code, said[-2]) == (2, "1 fault in the folders written to:"), said
    assert said[-1].startswith(f"  - {where}/.") and said[-1].endswith(", or choose another folder in study.toml.")
    assert released(tiny) == before
