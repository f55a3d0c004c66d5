"""A JupyterHub on loopback with an instructor and two students, to try a term on.

Everybody's server runs under the account that started the hub, so students could read
the course folder: this is for one person who plays all parts. docs/deploy.md says what
takes the place of the authenticator and the spawner for a class.
"""

import os
import shlex
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub defines it

INSTRUCTOR = "instructor"
STUDENTS = ("ada", "barbara")

course = Path(os.environ.get("COURSE", ".")).resolve()
homes = Path(os.environ.get("HUB_HOMES", "build/hub")).resolve()
exchange = homes / "exchange"
exchange.mkdir(parents=True, exist_ok=True)
password = os.environ.get("HUB_PASSWORD", "")
if len(password) < 8:  # as the authenticator wants it
    sys.exit("jupyterhub: set HUB_PASSWORD to a password of 8 characters or more")

# Loopback is open to all accounts of the machine: nobody gets in without the password.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password
c.Authenticator.allowed_users = {INSTRUCTOR, *STUDENTS}
c.JupyterHub.db_url = f"sqlite:///{homes / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(homes / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(homes / "proxy.pid")
c.JupyterHub.cleanup_servers = True  # they end with the hub

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(homes / "{username}")
# The first start reads everything from the disk, and both parts wait for it.
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
here = Path(__file__).parent
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(here / "shared"),
    "NBGRADER_EXCHANGE": str(exchange),
}


def prepare(spawner):
    """Let the instructor work in the course folder, and students by their names."""
    if spawner.user.name == INSTRUCTOR:
        spawner.notebook_dir = str(course)
        # nbgrader's commands, formgrader's too, are started in the course folder.
        start = f"cd {shlex.quote(str(course))} && exec jupyterhub-singleuser"
        spawner.cmd = ["sh", "-c", f'{start} "$@"', "sh"]
    else:
        spawner.environment = spawner.environment | {
            "JUPYTER_CONFIG_PATH": os.pathsep.join(
                str(here / folder) for folder in ("student", "shared")
            ),
            "NBGRADER_STUDENT": spawner.user.name,
        }
    if os.geteuid() == 0:  # in a container
        spawner.args = ["--allow-root"]


c.Spawner.pre_spawn_hook = prepare
