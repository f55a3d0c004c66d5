"""The files of docs/deploy hold together and with the project."""

import ast
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from autograder import __version__
from autograder.sandbox.rungs import RUNG_NAMES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "deploy"
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MANIFESTS = list(yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text("utf-8")))
CLUSTER, POLICY = MANIFESTS
DOCKERFILE = (FOLDER / "Dockerfile").read_text("utf-8")
IMAGE = f"cs231n-companion:{__version__}"


def container(kind):
    (found,) = CLUSTER["spec"][kind]["spec"]["containers"]
    return found


def shell_lines():
    """List the lines of the page's sh blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
    return [line for block in blocks for line in block.splitlines()]


def understood(words):
    """Hold a ``dask`` command against Dask's own parser, which runs nothing."""
    scheduler = pytest.importorskip("distributed.cli.dask_scheduler").main
    worker = pytest.importorskip("distributed.cli.dask_worker").main
    command = {"scheduler": scheduler, "worker": worker}[words[1]]
    context = command.make_context(words[1], list(words[2:]))
    # What it does not know it leaves to a preloaded module; ours takes nothing.
    assert context.params["preload_argv"] == ()
    return context


def test_every_image_is_the_one_that_the_page_builds():
    assert {container(kind)["image"] for kind in ("worker", "scheduler")} == {IMAGE}
    assert any(line.startswith(f"docker build -t {IMAGE} ") for line in shell_lines())


def test_the_python_of_the_image_is_one_that_is_supported():
    (python,) = re.findall(r"^FROM python:([\d.]+)-slim$", DOCKERFILE, re.M)
    classifier = f"Programming Language :: Python :: {python}"
    assert classifier in PROJECT["classifiers"]
    assert f"the Python\nof the image, {python}" in PAGE
    assert f"PYTHON=python{python}" in PAGE


def test_the_image_holds_what_exists():
    copied = re.findall(r"^COPY (.*) \S+$", DOCKERFILE, re.M)
    assert copied
    wheels = "dist/*.whl"
    *others, last = " ".join(copied).split()
    assert last == wheels
    assert PAGE.index("\nmake dist\n") < PAGE.index("\ndocker build ")
    for name in others:
        assert (ROOT / name).exists(), name
    assert f"-f {(FOLDER / 'Dockerfile').relative_to(ROOT)} ." in PAGE


def test_the_dask_commands_are_understood():
    commands = [shlex.split(line) for line in shell_lines() if line.startswith("dask ")]
    commands += [container(kind)["args"] for kind in ("worker", "scheduler")]
    assert len(commands) == 6
    for words in commands:
        context = understood(words)
        if words[1] == "worker":
            assert context.params["preload"] == ("autograder.classroom.cluster",)
            assert context.params["nthreads"] in (1, "1")


def test_an_option_that_dask_does_not_know_is_noticed():
    click = pytest.importorskip("click")
    with pytest.raises(click.UsageError):
        understood(["dask", "worker", "tcp://host:1", "--nothing"])


def test_the_service_leads_to_the_scheduler():
    service = CLUSTER["spec"]["scheduler"]["service"]
    name = CLUSTER["metadata"]["name"]
    assert CLUSTER["apiVersion"] == "kubernetes.dask.org/v1"
    assert service["selector"] == {
        "dask.org/cluster-name": name,
        "dask.org/component": "scheduler",
    }
    ports = {p["name"]: p["containerPort"] for p in container("scheduler")["ports"]}
    assert {p["targetPort"]: p["port"] for p in service["ports"]} == ports
    assert f"kubectl port-forward service/{name}-scheduler 8786:8786" in PAGE
    assert ports["tcp-comm"] == 8786
    for probe in ("readinessProbe", "livenessProbe"):
        assert container("scheduler")[probe]["httpGet"]["port"] in ports
    assert POLICY["spec"]["podSelector"]["matchLabels"] == {
        "dask.org/cluster-name": name
    }


@pytest.mark.parametrize("kind", ["worker", "scheduler"])
def test_a_container_has_no_privilege(kind):
    context = container(kind)["securityContext"]
    (user,) = re.findall(r"^USER (\d+)$", DOCKERFILE, re.M)
    assert context["runAsUser"] == int(user)
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert not context.get("privileged")


def test_a_worker_has_the_volumes_that_it_mounts():
    spec = CLUSTER["spec"]["worker"]["spec"]
    mounts = {m["name"]: m["mountPath"] for m in container("worker")["volumeMounts"]}
    assert set(mounts) == {volume["name"] for volume in spec["volumes"]}
    arguments = container("worker")["args"]
    assert arguments[arguments.index("--local-directory") + 1] in mounts.values()


def test_the_rung_that_the_page_names_is_one():
    (rung,) = set(re.findall(r'lowest_rung = "(\w+)"', PAGE))
    assert rung in RUNG_NAMES


def test_the_slurm_script_takes_what_the_page_gives_it():
    tree = ast.parse((FOLDER / "slurm.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    options = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "attr", "") == "add_argument"
    }
    (line,) = [line for line in shell_lines() if line.startswith("python ")]
    words = shlex.split(line)
    assert ROOT / words[1] == FOLDER / "slurm.py"
    given = words[2 : words.index("--")]
    assert {word for word in given if word.startswith("--")} <= options


def test_the_extras_that_the_page_installs_exist():
    extras = re.findall(r"pip install -e \./handout -e '\.\[(\w+)\]'", PAGE)
    assert sorted(extras) == ["cluster", "hub", "postgresql"]
    assert set(extras) <= set(PROJECT["optional-dependencies"])
