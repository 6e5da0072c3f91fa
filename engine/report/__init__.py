"""Reports as blocks, and blocks as text, Markdown and JSON."""
