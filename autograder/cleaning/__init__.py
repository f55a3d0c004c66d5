"""What students wrote, made inert: nothing of it runs, loads or poses as the page.

Whatever is written for a person to open goes through here: the graded notebook, which
formgrader and Jupyter show, the feedback pages and the comments in the gradebook.
"""
