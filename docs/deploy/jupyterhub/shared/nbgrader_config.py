"""What nbgrader needs to know on the server of a student and of an instructor.

On a hub for a class it lies in ``/etc/jupyter``. The course folder has a file of the
same name, which an instructor's server reads too.
"""

import os

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "cs231n-companion"
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", "/srv/nbgrader/exchange")

# Only where all servers run under one account, as on a hub to try things on: elsewhere
# the account tells who hands in, and nbgrader checks that it owns what it hands in.
student = os.environ.get("NBGRADER_STUDENT")
if student:
    c.CourseDirectory.student_id = student
