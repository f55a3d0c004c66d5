"""What people read: tables, feedback pages and the report of a class."""
