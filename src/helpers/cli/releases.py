"""What was published, looked at again: what is out of date, whether it can be rebuilt, what moved."""

import json
from argparse import Namespace
from pathlib import Path

from helpers.study import open_study


def status(given: Namespace) -> int:
    """Which runs are out of date, and because of what: 0."""
    from helpers.cli.summary import standing
    from helpers.running import prepare
    from helpers.running import standing as look

    now = look(prepare(open_study(given.study)))
    if given.json:
        print(json.dumps({"exit_code": 0, **now}, ensure_ascii=False))
    else:
        print(standing(now))
    return 0


def verify(given: Namespace) -> int:
    """The release rebuilt elsewhere and compared: 0 where every byte is the same, else 4."""
    from dataclasses import asdict
    from tempfile import TemporaryDirectory

    from helpers.cli.summary import verified
    from helpers.running import only_run, prepare
    from helpers.running.releases import verify

    prepared = prepare(open_study(given.study))
    with only_run(prepared.study.reports), TemporaryDirectory() as place:
        published = verify.published_record(prepared.study)
        verify.unchanged_inputs(prepared, published)
        root = verify.copied(prepared, Path(place), list(published["files"]))
        again = verify.rebuilt(prepared, root, given.jobs)
    verdict = verify.compared(published, again) if again else None
    code = 0 if verdict and verdict.good else 4
    if given.json:
        print(json.dumps({"exit_code": code, **(asdict(verdict) if verdict else {"release": published["release"]})}))
    else:
        print(verified(verdict, published["release"]))
    return code


def diff(given: Namespace) -> int:
    """Two releases held against each other: 0, whether they differ or not."""
    from dataclasses import asdict

    from helpers.cli.changes import told
    from helpers.running import Releases, release_folder

    study = open_study(given.study)
    places = [release_folder(study, name) for name in (given.before, given.after)]
    releases = Releases(*places, root=study.folder.resolve().parent)
    found = releases.differences()
    if given.json:
        print(json.dumps({"exit_code": 0, "runs": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        print(told(releases, found, every=given.all))
    return 0
