"""Pictures without a browser: text as outlines, charts as files of their own, and both as pixels."""
