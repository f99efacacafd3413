"""The addresses of pages under this host: Streamlit's, and the light ones of a place and of a gmina."""

from types import MappingProxyType
from typing import Final

METHOD_ADDRESS: Final = "metoda"
DOORS = ("resident", "planner", "coordinator")
TOOLS = ("planner", "compare", "scenario", "costs")
"""The pages behind the planner's door."""
ADDRESSES = MappingProxyType(
    {
        "first": "",
        "resident": "pomoc",
        "planner": "planowanie",
        "coordinator": "raport",
        "about": "dane",
        "method": METHOD_ADDRESS,
        "compare": "porownanie",
        "scenario": "scenariusz",
        "costs": "koszty",
    }
)
