"""An analyst opens a notebook in JupyterLab, runs all of it, and sees its figure."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def lab(tmp_path):
    """JupyterLab over a copy of the project, on a free loopback port, with a token; stopped afterwards."""
    shutil.copytree(ROOT / "study", tmp_path / "study")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "data" / "raw" / "sample", tmp_path / "data" / "raw" / "sample")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"],
            cwd=tmp_path, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, tmp_path / "lab.log")
        yield f"http://127.0.0.1:{port}", token
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address, server, log):
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def wait_for_kernel(address, token):
    """Until the notebook's kernel is connected and idle: cells run before that are lost without a word."""
    for _ in range(360):
        with (suppress(urllib.error.HTTPError),  # it fails where a kernel comes or goes while it lists them
              urllib.request.urlopen(f"{address}/api/kernels?token={token}", timeout=5) as answer):
            if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in json.load(answer)):
                return
        time.sleep(0.25)
    pytest.fail("no kernel came up for the notebook")


def test_a_notebook_runs_top_to_bottom_in_jupyterlab_and_shows_its_figure(lab, browser):
    address, token = lab
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{address}/lab/tree/notebooks/1_clean_survey.ipynb?token={token}&reset")
    page.locator(".jp-Notebook").wait_for(timeout=90_000)
    wait_for_kernel(address, token)

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    figure = page.locator(".jp-RenderedSVG img").first
    figure.wait_for(state="attached", timeout=120_000)
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("image => image.naturalWidth") > 300
    page.locator(".jp-RenderedHTMLCommon table").first.wait_for(timeout=30_000)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    page.close()
