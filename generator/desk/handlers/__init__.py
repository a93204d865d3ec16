"""What the desk answers, a module a page; generator/desk/app.py says which address leads where."""
