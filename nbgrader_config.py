"""nbgrader's configuration: our engine grades, everything else is nbgrader's own.

Read by every ``nbgrader`` command and by formgrader that is started in this folder.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader defines it

# Where `python -m autograder grade` writes by default, so that both see the same.
out = os.path.abspath(os.environ.get("COURSE_OUT", "term"))

try:
    from autograder.commands.term import refuse_second_home
    from autograder.errors import UserError
except ImportError:
    pass  # A student's environment: it holds no grader, and no gradebook either.
else:
    # Formgrader and nbgrader's feedback show outputs and texts of students as they are
    # unless told otherwise. The step cleans a notebook before it is shown. The switch
    # stands behind it, with our filter in place of nbconvert's, which shows the heads
    # of tables as text. Without anchors no heading can pass for a field of the page.
    c.HTMLExporter.preprocessors = ["autograder.cleaning.nbconvert_steps.CleanNotebook"]
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {"clean_html": "autograder.cleaning.html.clean_coloured"}
    c.HTMLExporter.exclude_anchor_links = True
    try:
        refuse_second_home(
            Path(out), os.environ.get("COURSE_DB"), "set COURSE_OUT=build"
        )
    except UserError as error:
        # An exception would be logged and this file left out: nbgrader would go on with
        # its own engine and another gradebook.
        sys.exit(f"nbgrader: {error}")

# SQLite makes the gradebook, but not the folder that holds it.
try:
    os.makedirs(out, exist_ok=True)
except OSError as error:
    print(f"nbgrader: {out} cannot be made: {error.strerror}", file=sys.stderr)

c.CourseDirectory.course_id = "cs231n-companion"
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = os.path.join(out, "release")
c.CourseDirectory.submitted_directory = os.path.join(out, "submitted")
c.CourseDirectory.autograded_directory = os.path.join(out, "autograded")
c.CourseDirectory.feedback_directory = os.path.join(out, "feedback")
c.CourseDirectory.db_url = os.environ.get(
    "COURSE_DB", "sqlite:///" + os.path.join(out, "gradebook.db")
)
# Beside a notebook lies the folder of its exercises, which no student may see.
exercises = Path(c.CourseDirectory.root, "solutions").glob("*/*/")
c.CourseDirectory.ignore = [
    *("*.py", ".ipynb_checkpoints", "*.pyc", "__pycache__"),
    *sorted({folder.name for folder in exercises}),
]

# Our stubs name their exercise; the other steps are nbgrader's own, in its order.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.authoring.stubs.StubSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# The steps of our engine stand where nbgrader's own would: the exporter reads and
# sanitises, Execute runs, asks and decides, SaveAutoGrades enters scores and reasons.
c.Autograde.exporter_class = "autograder.nbgrader_engine.Exporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_engine.Execute",
    "autograder.nbgrader_engine.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# `nbgrader generate_feedback` and formgrader's button, which writes over what is there,
# make the pages that `python -m autograder grade` makes.
c.GenerateFeedback.exporter_class = "autograder.nbgrader_engine.FeedbackExporter"
