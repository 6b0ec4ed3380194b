"""Worker processes for untrusted files: a pool, and the sandbox of each process.

In the server: `pool` (the queue), `worker_slot` (one place in it), `process` (one child process). In the child: `main`
(its program), `sandbox` with `landlock`, `seccomp`, `syscalls` and `kernel`. Between them: `frames`. `hidden` removes
secrets from the environment.
"""
