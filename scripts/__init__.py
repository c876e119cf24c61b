"""The commands serve, test, lint, lock, evening and bench, and the modules that implement them.

The commands themselves are files without a suffix that run on a bare Python 3.11: `setup_venv`
makes `.venv` and continues inside it. `serving` (scripts/serve) uses `embedded` (a private
PostgreSQL), `app_server` (uvicorn in this process), `demo`, `check`, `code_version`. `kernel_cache`
compiles the Numba kernels once per version. `simulation` is scripts/evening, `benchmark`
scripts/bench.
"""
