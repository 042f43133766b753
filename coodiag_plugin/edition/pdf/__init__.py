"""What becomes of a PDF after Qt has written it: lighter pages, bookmarks, links, tags."""
