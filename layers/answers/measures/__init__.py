"""Measures of views: what `geo` computes, asked of the registry that `data` knows; no Streamlit here."""
