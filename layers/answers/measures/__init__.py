"""Measures of questions: what `geo` computes, asked of the registry that `data` knows; no Streamlit here."""
