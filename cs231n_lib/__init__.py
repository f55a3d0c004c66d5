"""Support library of the notebooks: data, checks with reasons, plots, drawings."""
