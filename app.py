"""
The web application.

`streamlit run app.py` serves it, and so does any ASGI server given `app:app`. Pages are in `layers/main.py`;
beside them the same process serves light pages (`layers/site`), Leaflet and the map geometry, so that no page asks
another host.
"""

import sys

import streamlit as st

from data.store.settings import Settings, SettingsError
from layers.cache.computed import begin_workers
from layers.cache.settings_in_use import use_settings
from layers.server import middleware, routes
from layers.serving.open_files import allow_open_files
from layers.site.first_visit import prepare_first_visit

allow_open_files()
try:
    # What the environment cannot hold is said now, and not to the first visitor.
    use_settings(Settings.from_environment())
    begin_workers()
    prepare_first_visit()
except SettingsError as error:
    sys.exit(f"error: {error}")

app = st.App("layers/main.py", routes=routes(), middleware=middleware())
