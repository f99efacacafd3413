"""Asking an ASGI application without a server."""

import anyio


class Answer:
    """What an application sent."""

    def __init__(self, messages):
        start = messages[0]
        self.status = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


def asked(app, path="/", query="", *, method="GET", headers=None, body=(), client=("127.0.0.1", 1)):
    """Return the answer to one request whose body comes in pieces."""
    return anyio.run(_asked, app, _scope(path, query, method, headers or {}, client), list(body))


def _scope(path, query, method, headers, client):
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": client,
        "server": ("testserver", 80),
    }


async def _asked(app, scope, pieces):
    messages = []

    async def receive():
        if not pieces:
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        messages.append(message)

    await app(scope, receive, send)
    return Answer(messages)
