"""For operators: /healthz and /readyz (open), /metrics (MAITRED_METRICS_TOKEN), /demo (manager).

/healthz: this process answers. /readyz: kernels compiled, database reachable, every migration
applied, jobs on time. /metrics: Prometheus counters of this process. /demo exists with
MAITRED_DEMO only and moves the business clock. `google` imports `health` for its HealthCheck.
"""
