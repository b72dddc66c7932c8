"""What the storage refuses, in sentences."""

import errno
from pathlib import Path

import pytest

from helpers.running import storage_told
from helpers.running.outcome import failed_cell
from helpers.study import InputFault


@pytest.mark.parametrize("number, sentence", [
    (errno.ENOSPC, "there is no space left on its disk; free some, then run again."),
    (errno.EDQUOT, "your share of its disk is used up; free some space or ask for more, then run again."),
    (errno.EFBIG, "it grew larger than this system lets you write; raise that limit (ulimit -f), then run again."),
    (errno.EROFS, "its disk can only be read; have it mounted for writing, or choose another folder in study.toml."),
    (errno.EACCES, "you may not write or read it; ask for the right to, or choose another folder in study.toml."),
    (errno.EPERM, "you may not change it; ask for the right to, or choose another folder in study.toml."),
])
def test_each_refusal_names_the_file_or_else_the_folders_and_what_to_do(number, sentence):
    with pytest.raises(InputFault) as caught, storage_told(Path("data/processed"), Path("reports")):
        raise OSError(number, "words", "reports/a.html")
    assert (str(caught.value), caught.value.kind) == (f"reports/a.html: {sentence}", "storage")
    with pytest.raises(InputFault) as caught, storage_told(Path("data/processed"), Path("reports")):
        raise OSError(number, "words")
    assert str(caught.value) == f"data/processed or reports: {sentence}"


def test_any_other_error_of_the_system_stays_what_it_is():
    with pytest.raises(FileNotFoundError), storage_told():
        raise FileNotFoundError(errno.ENOENT, "words", "a.html")


def test_a_cell_that_finds_the_disk_full_says_so():
    assert failed_cell("OSError", "[Errno 28] No space left on device: 'a'", "code cell 3") == {
        "state": "failed", "cause": "There was no space left on the disk that code cell 3 writes to.",
        "remedy": "Free some space, then run again."}
