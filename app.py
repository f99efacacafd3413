"""
The web application.

`streamlit run app.py` serves it, and so does any ASGI server given `app:app`. Pages are in `layers/main.py`;
beside them the same process serves Leaflet and the map geometry, so that no page asks another host.
"""

import streamlit as st

from layers.server import middleware, routes

app = st.App("layers/main.py", routes=routes(), middleware=middleware())
