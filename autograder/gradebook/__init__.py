"""The gradebook: results kept in nbgrader's own tables."""
