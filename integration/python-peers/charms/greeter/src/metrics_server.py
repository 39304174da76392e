"""Greets at /hello and counts that at /metrics. Arguments: address and port."""

import http.server
import sys
import threading
import time

METRICS = """\
# HELP greeter_greetings_total Greetings since the start.
# TYPE greeter_greetings_total counter
greeter_greetings_total {greetings}
# HELP greeter_start_time_seconds When the greeter was started, in seconds since 1970.
# TYPE greeter_start_time_seconds gauge
greeter_start_time_seconds {started:.3f}
"""


class Server(http.server.ThreadingHTTPServer):
    """A server that counts."""

    daemon_threads = True

    def __init__(self, address: str, port: int):
        super().__init__((address, port), Handler)
        self.started = time.time()
        self.greetings = 0
        self.counting = threading.Lock()

    def metrics(self) -> str:
        """The present values."""
        return METRICS.format(greetings=self.greetings, started=self.started)

    def greet(self) -> str:
        """A greeting, counted."""
        with self.counting:
            self.greetings += 1
        return "hello\n"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET."""

    server: Server

    def do_GET(self):  # noqa: N802 - the name that http.server calls
        """Answer one request."""
        answers = {"/hello": self.server.greet, "/metrics": self.server.metrics}
        answer = answers.get(self.path)
        body = (answer() if answer else "not here\n").encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Requests are counted, not logged."""


if __name__ == "__main__":
    server = Server(sys.argv[1], int(sys.argv[2]))
    print("listening", flush=True)
    server.serve_forever()
