"""What README and CONTRIBUTING promise is there: paths, commands, make targets, and the first minute's messages."""

import re
import shutil
import stat
import subprocess

import pytest
from project import ROOT, throughcare

from helpers.study import parameters_in

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TREE = re.search(r"## The tree\n+```\n(.*?)```", README, re.DOTALL).group(1)


def test_the_readme_s_tree_is_the_project_s_tree():
    folder, missing = "", []
    for line in TREE.splitlines():
        for name in re.findall(r"(?:^| {2}|: )((?:[\w.-]+/)*[\w.-]+(?:/|\.toml))(?= |:|$)", line.split("   ")[0] + " "):
            path = name if not line.startswith(" ") else folder + name
            missing += [] if (ROOT / path).exists() else [path]
        if not line.startswith(" "):
            folder = line.split()[0]
    assert missing == []


def test_every_package_has_its_room_in_contributing():
    packages = {path.name for path in (ROOT / "src" / "helpers").iterdir() if (path / "__init__.py").is_file()}
    rooms = set(re.findall(r"^\| `(\w+)/?`", CONTRIBUTING, re.MULTILINE))
    assert packages == rooms


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make ([a-z]+)`?", README + CONTRIBUTING))))
def test_every_make_target_that_is_promised_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"throughcare ([a-z]+)\b", README))))
def test_every_command_that_is_promised_helps(command):
    done = throughcare(command, "--help", cwd=ROOT)
    assert done.returncode == 0 and "usage: throughcare" in done.stdout


def test_the_parameters_that_the_readme_shows_are_parameters():
    shown = re.search(r"```python\n(study_folder: .*?)```", README, re.DOTALL)[1]
    known = parameters_in(shown, "README.md")
    assert [parameter.form for parameter in known] == ["", "", "", "date", "path", "secret"]
    assert "=" not in "".join(line.partition("#")[2] for line in shown.splitlines())


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md"])
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def a_python(place, *, version, venv):
    """A stand-in for a Python we cannot install here: it answers the two questions that the Makefile asks of it."""
    path = place / "python"
    fits = "0" if version.startswith(("3.11", "3.12", "3.13")) else "1"
    path.write_text(f"""#!/bin/sh
case "$*" in
  --version) echo "Python {version}";;
  *ensurepip*) exit {0 if venv else 1};;
  *version_info*) exit {fits};;
esac
""")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def make(place, python):
    shutil.copy(ROOT / "Makefile", place)
    (place / "requirements.txt").touch()
    (place / "pyproject.toml").touch()
    return subprocess.run(["make", "report", f"PYTHON={python}"], cwd=place, capture_output=True, text=True)


@pytest.mark.parametrize("version", ["3.10.14", "3.14.0"])
def test_a_python_too_old_or_too_new_gets_a_plain_sentence(tmp_path, version):
    done = make(tmp_path, a_python(tmp_path, version=version, venv=True))
    assert done.returncode == 2
    assert f"Throughcare needs Python 3.11, 3.12 or 3.13; {tmp_path}/python is Python {version}." in done.stdout


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    done = make(tmp_path, a_python(tmp_path, version="3.12.1", venv=False))
    assert done.returncode == 2
    assert "comes without venv" in done.stdout and "apt install python3-venv" in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_is_said(tmp_path):
    done = make(tmp_path, "")
    assert done.returncode == 2
    assert "found none on the path" in done.stdout
