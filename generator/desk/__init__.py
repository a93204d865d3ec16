"""The editor's desk (编辑台): a local web application that carries a source file to the live site."""
