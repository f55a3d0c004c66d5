"""The shell completes commands, options and files, by the script that we print."""

import shutil
import subprocess

import pytest

from autograder import cli
from autograder.commands.export import FORMATS

pytest.importorskip("shtab", reason="shtab is not installed (extra 'grading')")


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """What the command prints, by shell."""
    folder = tmp_path_factory.mktemp("completion")
    found = {}
    for shell in ("bash", "zsh"):
        with pytest.MonkeyPatch.context() as patch:
            said = []
            patch.setattr("builtins.print", lambda text, said=said: said.append(text))
            assert cli.main(["--print-completion", shell]) == 0
        found[shell] = folder / f"autograder.{shell}"
        found[shell].write_text("\n".join(said))
    return found


@pytest.fixture
def complete(scripts, tmp_path):
    """Return a function that lists what bash offers behind some words."""
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("no bash on this machine")
    (tmp_path / "submissions.zip").touch()

    def call(*words):
        line = " ".join(f"'{word}'" for word in ("autograder", *words))
        # bash itself calls the function in this way after a Tab.
        ask = (
            f"source '{scripts['bash']}'\n"
            f"COMP_WORDS=({line}); COMP_CWORD={len(words)}\n"
            "$(complete -p autograder | sed -E 's/.*-F ([^ ]+).*/\\1/')\n"
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            [bash, "--norc", "-c", f"{ask}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return set(done.stdout.split())

    return call


def test_every_command_is_offered(complete):
    assert complete("") >= set(cli.COMMANDS)
    assert complete("re") == {"release", "report"}


def test_the_options_of_a_command_are_offered(complete):
    assert complete("grade", "lecture3", "--sub") == {"--submitted"}
    assert complete("export", "lecture3", "--for") == {"--format"}
    assert complete("export", "lecture3", "--format", "") == set(FORMATS)


def test_files_are_offered_for_a_path(complete):
    assert complete("export", "lecture3", "--roster", "sub") == {"submissions.zip"}


def test_zsh_has_them_too(scripts):
    text = scripts["zsh"].read_text()
    assert text.startswith("#compdef autograder")
    for command in cli.COMMANDS:
        assert f"{command}:" in text
    assert "--submitted[" in text
    zsh = shutil.which("zsh")
    if zsh:
        subprocess.run([zsh, "-n", scripts["zsh"]], check=True)


def test_another_shell_is_refused_in_one_line(capsys):
    assert cli.main(["--print-completion", "sh"]) == 2
    said = capsys.readouterr().err
    assert "invalid choice: 'sh'" in said
    assert said.count("\n") == 1
