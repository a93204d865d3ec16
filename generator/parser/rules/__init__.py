"""What varies between notices, as rows. Each module is one table with the source of its rows."""
