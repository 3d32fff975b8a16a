"""The web server in service: `gunicorn -c config/gunicorn.conf.py config.wsgi`."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
max_requests = 10_000
max_requests_jitter = 1_000
errorlog = "-"
accesslog = None
control_socket_disable = True
