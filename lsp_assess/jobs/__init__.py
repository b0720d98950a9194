"""Long work, with progress: procrastinate's tasks, run by `lsp-assess worker`."""
