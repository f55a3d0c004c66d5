"""From a submitted notebook to a verdict: sanitise, run, ask, decide, explain."""
