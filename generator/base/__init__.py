"""What knows nothing of notices: messages, files and folders, processes, YAML records, dates, where things lie."""
