"""Mutation testing: change the package in one place at a time, and see whether a test notices.

mutmut makes the changes and keeps the results from run to run in _build/mutate/mutants. Its own way of
testing one starts pytest anew for each. Here pytest collects once, and each mutant is a fork that runs its
tests one by one, quick ones and those of its own module first, until one fails.

    python tests/mutate.py                      what is not tried yet, and survivors that are not explained
    python tests/mutate.py 'byhand.losses.*'    these, whether tried before or not
    python tests/mutate.py --report             nothing, only the table

Of the modules in SHARES it tries that share of their mutants, drawn by lot; of all others, each one.

Exit code 1 if fewer than 95 % of what is tried are killed, a survivor is not explained in
tests/mutants.yml, or something has still to be tried.
"""

import gc
import importlib
import os
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml
from _pytest.config import _prepareconfig

ROOT = Path(__file__).parents[1]
STAGE = ROOT / "_build" / "mutate"
SECONDS = 10  # of tests for one mutant; what survives them counts as surviving
ENOUGH = 0.95
KINDS = ("killed", "explained", "survived", "not run", "left out")
LEFT_OUT = 34  # mutmut's exit code for what is skipped
SHARES = {
    r"byhand\.plots\..*": 0.2,  # these draw, and do not compute
    r"byhand\.figures\..*": 0.1,
    r"byhand\.(launcher|worker)\..*": 0,  # these run in processes of their own, which know of no mutant
}


def prepare():
    """A folder in which the code lies under src/: the prefix that mutmut leaves out of a module's name."""
    STAGE.mkdir(parents=True, exist_ok=True)
    for name, target in {"src": "code", "tests": "tests", "pyproject.toml": "pyproject.toml"}.items():
        if not (STAGE / name).is_symlink():
            (STAGE / name).symlink_to(ROOT / target)
    os.chdir(STAGE)
    os.environ.pop("PYTHONPATH", None)
    sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != ROOT / "code"]


def drop_copies():
    """What is no Python mutmut copies only where nothing lies yet: a script of a figure would stay old."""
    for path in (ROOT / "code" / "byhand").rglob("*.*"):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            (STAGE / "mutants" / "src" / path.relative_to(ROOT / "code")).unlink(missing_ok=True)


def drawn(mutant):
    """Whether the lot falls on it: drawn by its name, so that a new one changes nothing for the others."""
    share = next((share for names, share in SHARES.items() if re.fullmatch(names, mutant)), 1)
    return random.Random(mutant).random() < share


def drop_old_counts():
    """Which tests call a function that is new mutmut would not find out: it runs only tests that are new."""
    counts = STAGE / "mutants" / "mutmut-stats.json"
    sources = (ROOT / "code" / "byhand").rglob("*.py")
    if counts.exists() and any(path.stat().st_mtime > counts.stat().st_mtime for path in sources):
        counts.unlink()


def runner(everything):
    """mutmut's runner of tests, but for the collecting, which is done once, and for what is left out."""
    from mutmut.runners.harness import PytestRunner
    from mutmut.state import state
    from mutmut.utils.file_utils import change_cwd

    class CollectOnce(PytestRunner):
        session = None

        def warm_up(self):
            """Collect, and import Keras, which a fork can use while nothing has been computed with it."""
            importlib.import_module("keras")
            with change_cwd("mutants"):
                self.session = collected(self._pytest_add_cli_args_test_selection)
            gc.freeze()  # what is here by now is not looked through again, and so not copied, in every fork

        def run_tests(self, *, mutant_name, tests):
            """0 if all of them pass, 1 at the first that fails."""
            if mutant_name and not (everything or drawn(mutant_name)):
                return LEFT_OUT
            if not self.session:
                self.warm_up()
            wanted = set(tests)
            items = [item for item in self.session.items if not wanted or item.nodeid in wanted]
            if mutant_name:
                items = order(items, mutant_name, state().duration_by_test)
            with change_cwd("mutants"):
                return failed(self.session, items)

    return CollectOnce


def collected(arguments):
    """A session of pytest with its tests, of which none has run."""
    config = _prepareconfig(["--rootdir=.", "-q", "-s", *arguments])
    config._do_configure()
    session = pytest.Session.from_config(config)
    config.hook.pytest_sessionstart(session=session)
    config.hook.pytest_collection(session=session)
    return session


def failed(session, items):
    """Run the tests; 1 as soon as one fails, else 0."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            break
    return int(bool(session.testsfailed))


def run(names, workers):
    """Try the mutants of these names; without names, those not tried yet and the survivors not explained."""
    from mutmut import __main__ as mutmut
    from mutmut.workers import isolation

    drop_copies()
    drop_old_counts()
    for data, mutant, kind, _ in verdicts(reasons()) if not names else ():
        if kind == "survived" or (kind == "left out" and drawn(mutant)):
            data.exit_code_by_key[mutant] = None
            data.save()
    isolation.PytestRunner = runner(everything=bool(names))
    mutmut._run(names, workers)


def order(items, mutant, durations):
    """Quick tests first, those of another module as if they took ten times as long, while time allows."""
    module = function_of(mutant).split(".")[1:]
    own = {item: any(part in item.path.stem for part in module) for item in items}
    chosen, time = [], 0.0
    for item in sorted(items, key=lambda item: durations.get(item.nodeid, 0) * (1 if own[item] else 10)):
        time += durations.get(item.nodeid, 0)
        if time < SECONDS or not chosen:
            chosen.append(item)
    return chosen


def function_of(mutant):
    """byhand.losses.softmax for byhand.losses.x_softmax__mutmut_3, and Class.method for a method."""
    return re.sub(r"\.x_?", ".", mutant.partition("__mutmut")[0]).replace("ǁ", ".").replace("..", ".")


def reasons():
    """The list of what nothing can or need notice."""
    return yaml.safe_load((ROOT / "tests" / "mutants.yml").read_text(encoding="utf-8"))


def verdicts(known):
    """(file's data, mutant, verdict, change) for each mutant: killed, explained, survived or not run."""
    from mutmut import __main__ as mutmut
    from mutmut.stats import status_by_exit_code

    kinds = {"killed": "killed", "timeout": "killed", "not checked": "not run", "skipped": "left out"}
    for data, mutant, code in mutmut.collect_source_file_mutation_data(mutant_names=())[0]:
        kind, was, becomes = kinds.get(status_by_exit_code[code]), "", ""
        if not kind:
            was, becomes = change(mutant, data.path)
            kind = "explained" if explained(mutant, was, becomes, known) else "survived"
        yield data, mutant, kind, f"  - {was}\n  + {becomes}"


def change(mutant, path):
    """What a mutant takes away and what it puts in its place, each as one line."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = get_diff_for_mutant(mutant, path=path).splitlines()[3:]
    return [" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+"]


def explained(mutant, was, becomes, known):
    """Whether an entry of the list fits this change."""
    return any(
        re.fullmatch(entry.get("in", ".*"), function_of(mutant))
        and re.search(entry.get("was", ""), was)
        and re.search(entry["becomes"], becomes)
        for entry in known
    )


def report():
    """Print each survivor that is not explained and a line for each module; whether all is well."""
    table = defaultdict(Counter)
    for _, mutant, kind, diff in verdicts(reasons()):
        table[mutant.partition(".x")[0]][kind] += 1
        if kind == "survived":
            print(mutant, diff, sep="\n")
    table["all"] = total = sum(table.values(), Counter())
    print(f"{'module':<36}{'mutants':>10}" + "".join(f"{kind:>10}" for kind in KINDS))
    for module, counts in table.items():
        print(f"{module:<36}{counts.total():>10}" + "".join(f"{counts[kind]:>10}" for kind in KINDS))
    tried = total["killed"] + total["explained"] + total["survived"]
    print(f"killed {total['killed']} of {tried}, survivors unexplained: {total['survived']}")
    return total["killed"] >= ENOUGH * tried and not (total["survived"] or total["not run"])


if __name__ == "__main__":
    prepare()
    if "--report" not in sys.argv:
        run(tuple(sys.argv[1:]), int(os.environ.get("WORKERS", os.cpu_count() or 1)))
    sys.exit(not report())
