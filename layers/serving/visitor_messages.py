"""
What a browser may send through the websocket, and what it is not told.

Streamlit obeys some messages that its own menu sends, which we do not show: emptying every cache for everybody,
telling the files of the repository, writing into the folder of the application. It also tells the path of the
script and its versions, which no page needs.
"""

from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LARGEST_MESSAGE: Final = 1_000_000
"""Bytes; the state of all widgets of our largest page is a few thousand."""
_OBEYED: Final = frozenset(
    {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
)
_OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})
_MOST_FILES: Final = 5


class VisitorMessages:
    """
    Drops messages that no page of ours sends, and takes paths and versions out of what is told.

    Parameters
    ----------
    folder
        Of the application: what names it tells a path.
    """

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self._folder = str(folder).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def receive_obeyed() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or _is_obeyed(message.get("bytes")):
                    return message
                if len(message.get("bytes") or b"") > LARGEST_MESSAGE:
                    await send({"type": "websocket.close", "code": 1009})
                    return {"type": "websocket.disconnect", "code": 1009}

        async def send_discreet(message: Message) -> None:
            content = message.get("bytes") if message["type"] == "websocket.send" else None
            if content and self._folder in content:
                message = {**message, "bytes": without_machine(content)}
            await send(message)

        await self.app(scope, receive_obeyed, send_discreet)


def without_machine(content: bytes) -> bytes:
    """Return a message for the browser without the path of the script, versions and marks of this machine."""
    message = ForwardMsg.FromString(content)
    if message.WhichOneof("type") != "new_session":
        return content
    session = message.new_session
    session.main_script_path = ""
    told = session.initialize
    for part in (told.environment_info, told.user_info):
        for field in part.DESCRIPTOR.fields:
            if field.type == field.TYPE_STRING:
                setattr(part, field.name, "")
    return bytes(message.SerializeToString())


def _is_obeyed(content: bytes | None) -> bool:
    """Tell whether Streamlit may see a message; what cannot be read it refuses itself, but at text it fails."""
    if content is None:
        return False
    if len(content) > LARGEST_MESSAGE:
        return False
    try:
        message = BackMsg.FromString(content)
    except Exception:  # noqa: BLE001 - whatever a decoder makes of the bytes of a stranger
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return any(message.backend_operation_request.HasField(name) for name in _OPERATIONS)
    if kind == "file_urls_request":
        return len(message.file_urls_request.file_names) <= _MOST_FILES
    return kind in _OBEYED
