"""Get a class's submissions in: from platforms' archives and folders to one layout.

Each step is a file: :mod:`.archives` finds the files, :mod:`.platforms` tells by whom
and when each was handed in, :mod:`.people` what the gradebook calls them,
:mod:`.versions` which of several counts, :mod:`.store` puts it into place and remembers
it, and :mod:`.collector` is the way through all of them to an :mod:`.outcome`.
"""
