"""Browsers are obeyed as far as our pages need it, and told neither paths nor versions."""

from pathlib import Path

import anyio
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from layers.serving.visitor_messages import LARGEST_MESSAGE, VisitorMessages, without_machine

FOLDER = Path("/srv/map")


def _talk(incoming, outgoing=()):
    """Return which messages reached the application and which the browser."""
    reached, sent = [], []
    waiting = [{"type": "websocket.receive", "bytes": content} for content in incoming]

    async def app(_scope, receive, send):
        for content in outgoing:
            await send({"type": "websocket.send", "bytes": content})
        while (message := await receive())["type"] == "websocket.receive":
            reached.append(message["bytes"])

    async def receive():
        return waiting.pop(0) if waiting else {"type": "websocket.disconnect", "code": 1000}

    async def send(message):
        sent.append(message)

    anyio.run(
        VisitorMessages(app, folder=FOLDER), {"type": "websocket", "path": "/_stcore/stream"}, receive, send
    )
    return reached, sent


def _message(**fields):
    message = BackMsg()
    for name, value in fields.items():
        if isinstance(value, bool):
            setattr(message, name, value)
        else:
            getattr(message, name).SetInParent()
    return message.SerializeToString()


@pytest.mark.parametrize(
    "kind", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"]
)
def test_what_no_page_sends_is_dropped(kind):
    plain = _message(rerun_script=None)
    reached, sent = _talk([_message(**{kind: True}), plain])
    assert reached == [plain]
    assert sent == []


def test_text_which_streamlit_fails_at_is_dropped():
    plain = _message(rerun_script=None)
    assert _talk([None, plain])[0] == [plain]


def test_writing_into_our_folder_is_dropped():
    message = BackMsg()
    message.backend_operation_request.install_skills.SetInParent()
    assert _talk([message.SerializeToString()]) == ([], [])
    message.backend_operation_request.deferred_file.SetInParent()
    assert len(_talk([message.SerializeToString()])[0]) == 1


def test_a_huge_message_ends_the_connection():
    reached, sent = _talk([b"\x00" * (LARGEST_MESSAGE + 1), _message(rerun_script=None)])
    assert reached == []
    assert sent == [{"type": "websocket.close", "code": 1009}]


def test_addresses_for_a_thousand_files_are_not_given():
    message = BackMsg()
    message.file_urls_request.file_names.extend(["a"] * 1000)
    assert _talk([message.SerializeToString()]) == ([], [])


def test_paths_and_versions_are_not_told():
    message = ForwardMsg()
    session = message.new_session
    session.main_script_path = f"{FOLDER}/layers/main.py"
    session.page_script_hash = "page"
    session.initialize.session_id = "session"
    session.initialize.environment_info.streamlit_version = "1.67.0"
    session.initialize.environment_info.python_version = "3.11.2"
    session.initialize.user_info.installation_id_v3 = "of-this-machine"
    _, sent = _talk([], [message.SerializeToString()])
    told = ForwardMsg.FromString(sent[0]["bytes"]).new_session
    assert (told.page_script_hash, told.initialize.session_id) == ("page", "session")
    assert told.main_script_path == ""
    assert told.initialize.HasField("environment_info")
    assert not any(word in sent[0]["bytes"] for word in (b"/srv", b"1.67.0", b"3.11", b"of-this-machine"))


def test_other_messages_are_left_as_they_are():
    content = ForwardMsg(heartbeat_ack=True).SerializeToString()
    assert without_machine(content) == content
    assert _talk([], [content])[1][0]["bytes"] is content
