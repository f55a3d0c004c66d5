"""The documentation site: README, guides, the students' notebooks, their library.

``make site`` gathers the pages with ``stage.py`` and calls Sphinx on them.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

_distribution = tomllib.loads((ROOT / "handout" / "pyproject.toml").read_text("utf-8"))
project = tomllib.loads((ROOT / "course.toml").read_text("utf-8"))["title"]
author = f"the authors of {_distribution['project']['name']}"
version = release = _distribution["project"]["version"]
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "mathml",
]
templates_path: list[str] = []
exclude_patterns = ["_build"]
nitpicky = True
# Types that a signature names and that have no page: of other packages, or not public.
nitpick_ignore_regex = [("py:.*", ".*")]

# Notebooks come with the outputs that `stage.py` kept; nothing is run here.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
# The notebooks' headings follow their sections, not a page's outline.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings give types, with shapes and units
napoleon_google_docstring = False
napoleon_use_rtype = False
html_math_renderer = "mathml"

html_theme = "furo"
html_title = project
html_static_path = [str(HERE / "_static")]
html_css_files = ["site.css"]
html_favicon = str(HERE / "_static" / "icon.svg")
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
pygments_style = "default"
pygments_dark_style = "monokai"
copybutton_prompt_text = "$ "

linkcheck_timeout = 30
linkcheck_retries = 3
# Addresses of the machine of whoever reads, and names that stand for another.
linkcheck_ignore = [r"https?://(127\.0\.0\.1|localhost|[\w.-]*example\.org)"]
