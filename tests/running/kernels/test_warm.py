"""Kernels forked from one warm process: like ordinary ones in all but the time they take, and leaving nothing."""

import os
import signal
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from processes import alive, within
from tiny_study import Tiny

from helpers.cli.summary import summary
from helpers.running.executing.executed import settled
from helpers.running.kernels.environment import ENVIRONMENT
from helpers.running.kernels.kernel import OwnKernel
from helpers.running.kernels.preload import modules_imported
from helpers.running.kernels.provisioner import ForkedProvisioner
from helpers.running.kernels.ready import next_kernel, trial
from helpers.running.kernels.server import warm_server

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
DRAW = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1))\nprint(ax.plot([1, 2]))"
CELLS = [
    "import sys\nprint(__name__, sys.path.count(''), sys.argv[0][-20:], sorted(set(globals()) - {'_i', '_i1', '_1'}))",
    "import os, matplotlib\nfrom IPython.display import display\ndisplay(matplotlib.get_backend(), os.getcwd())",
    DRAW,
    "plt.plot([2, 1])\nplt.subplots(figsize=(2, 1))[1].set_title('a')",
    "import pandas as pd\nprint(pd.DataFrame([range(30)]))\npd.DataFrame([range(30)])",
    "import warnings\nwarnings.warn('careful')\nwarnings.warn('old', DeprecationWarning)",
    "print('said', file=sys.stderr)",
    "os.system('echo from a child')",
    "1 / 0",
    "%who_ls int",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that has imported NumPy, pandas and pyplot, and this process able to ask it."""
    OwnKernel.folder = tmp_path_factory.mktemp("k")
    with pytest.MonkeyPatch.context() as patch:
        for key, value in {**ENVIRONMENT, "IPYTHONDIR": str(OwnKernel.folder)}.items():
            patch.setenv(key, value)
        with warm_server(["numpy", "pandas", "matplotlib.pyplot", "no_such_module"]) as started:
            ForkedProvisioner.door = started.door
            yield started
            for kernel in list(OwnKernel.begun):
                kernel.kill()
                kernel.end()


@pytest.fixture
def kernel(server, tmp_path):
    """A way to begin kernels that end with the test."""
    begun = []

    def begin(forked=True):
        begun.append(OwnKernel(forked=forked).begin(tmp_path))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


def outputs(kernel, *cells, **settings):
    """What the cells give, one list of outputs a cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    NotebookClient(notebook, km=kernel, allow_errors=True, **settings).execute()
    return [cell.outputs for cell in settled(notebook, hidden=[], metadata={}).cells]


def printed(kernel, *cells):
    """The words the last cell prints."""
    return outputs(kernel, *cells)[-1][0].text.split()


@linux
def test_every_cell_gives_what_an_ordinary_kernel_gives(kernel):
    forked, ordinary = outputs(kernel(), *CELLS), outputs(kernel(forked=False), *CELLS)
    for source, one, other in zip(CELLS, forked, ordinary, strict=True):
        assert one == other, source
    pictures = [sum("image/png" in output.get("data", {}) for output in cell) for cell in forked]
    assert pictures == [0, 0, 1, 2, 0, 0, 0, 0, 0, 0]
    assert forked[8][0].ename == "ZeroDivisionError"


@linux
def test_the_server_has_one_thread_and_this_kernel_s_modules(kernel):
    assert printed(kernel(), """import os, sys
print(len(os.listdir(f"/proc/{os.getppid()}/task")), *("pandas" in sys.modules, "pyarrow" in sys.modules))"""
                   ) == ["1", "True", "True"]


@linux
def test_a_kernel_knows_nothing_of_the_last_one_and_draws_other_random_numbers(kernel):
    draw = "import random\nimport numpy as np\nsecret = 1\nprint(random.random(), np.random.random())"
    first, second = kernel(), kernel()
    one, other = printed(first, draw), printed(second, draw)
    assert one[0] != other[0] and one[1] != other[1]
    assert printed(kernel(), "print('secret' in globals(), 'np' in globals())") == ["False", "False"]


@linux
def test_a_kernel_leads_a_session_of_its_own_and_can_be_interrupted(kernel):
    assert printed(kernel(), "import os\nprint(os.getsid(0) == os.getpid())") == ["True"]
    cells = outputs(kernel(), "import time\ntime.sleep(600)", "print('on')", timeout=1, interrupt_on_timeout=True)
    assert [cells[0][-1].ename, cells[1][0].text] == ["KeyboardInterrupt", "on\n"]


@linux
def test_a_kernel_that_ends_writes_its_open_files_and_runs_its_exit_functions(kernel, tmp_path):
    one = kernel()
    outputs(one, "kept = open('open.txt', 'w')\nkept.write('a')",
            "import atexit, pathlib\natexit.register(lambda: pathlib.Path('exit.txt').write_text('b'))")
    one.end()
    assert [(tmp_path / name).read_text() for name in ("open.txt", "exit.txt")] == ["a", "b"]


@linux
def test_the_next_kernel_is_begun_ahead(server, tmp_path):
    first = next_kernel(tmp_path, forked=True)
    (waiting,) = [one for one in OwnKernel.begun if one is not first]
    second = next_kernel(tmp_path, forked=True)
    assert second is waiting and second.forked
    for one in (first, second):
        one.end()


@linux
def test_a_kernel_that_died_while_it_waited_is_replaced(server, tmp_path):
    first = next_kernel(tmp_path, forked=True)
    (waiting,) = [one for one in OwnKernel.begun if one is not first and one.provisioner.cwd == str(tmp_path)]
    waiting.kill()
    assert within(5, lambda: waiting.exit_code() == -signal.SIGKILL)
    second = next_kernel(tmp_path, forked=True)
    assert second is not waiting and printed(second, "print(1)") == ["1"]
    for one in (first, second):
        one.end()


@linux
@pytest.mark.parametrize("last_words, code", [("import os; os._exit(3)", 3),
                                              ("import os; os.kill(os.getpid(), 9)", -9)])
def test_how_a_kernel_ended_is_known(kernel, last_words, code):
    one = kernel()
    with pytest.raises(RuntimeError):
        outputs(one, last_words)
    assert one.exit_code() == code


@linux
def test_a_kernel_is_killed_when_its_worker_is_gone(kernel):
    one = kernel()
    (pid,) = map(int, printed(one, "import os\nprint(os.getpid())"))
    one.provisioner.process.line.shutdown(2)
    assert within(5, lambda: not Path(f"/proc/{pid}").exists())


@linux
def test_a_trial_that_goes_well_says_nothing(server, tmp_path):
    assert trial(tmp_path) == ""


@linux
def test_when_the_server_is_gone_its_kernels_die_and_ordinary_ones_serve(server, tmp_path, monkeypatch):
    with warm_server([]) as doomed:
        monkeypatch.setattr(ForkedProvisioner, "door", doomed.door)
        one = OwnKernel(forked=True).begin(tmp_path)
        (pid,) = map(int, printed(one, "import os\nprint(os.getpid())"))
        doomed.process.kill()
        assert within(5, lambda: one.exit_code() == -signal.SIGKILL)
        assert within(5, lambda: not alive(pid))
        one.end()
        assert trial(tmp_path) in ("their server is gone", "their server does not answer (ConnectionRefusedError)",
                                   "their server does not answer (BrokenPipeError)")
        other = next_kernel(tmp_path, forked=True)
        assert not other.forked and printed(other, "print(1)") == ["1"]
        other.end()


@linux
def test_where_an_import_begins_a_thread_ordinary_kernels_run_the_notebooks_and_it_is_said(tmp_path, monkeypatch):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/busy_library.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"), prepend=os.pathsep)
    tiny = Tiny(tmp_path / "tiny")
    tiny.replace("notebooks/1_clean.ipynb", "from pathlib", "import busy_library\\nfrom pathlib")
    ending = tiny.run(jobs=1)
    because = "what the notebooks import begins 1 thread, which a fork would lose"
    assert ending.state == "published"
    assert ending.record["kernels"] == {"kind": "ordinary", "fell_back": True, "because": because}
    assert f"Kernels were started anew, which takes longer: {because}." in summary(ending, tiny.reports)


def test_what_notebooks_import_is_read_off_their_cells_whatever_else_is_in_them(tiny):
    tiny.notebook("1_clean", "What?", ["import os.path, json as j\nfrom helpers import study", "%magic\nimport never",
                                       "from .here import no\nif True:\n    import later"])
    paths = [tiny.root / "notebooks/1_clean.ipynb"] * 2
    assert modules_imported(paths) == ["os.path", "json", "helpers", "helpers.study"]
