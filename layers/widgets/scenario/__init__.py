"""Parts of the scenario's page: making changes, their list, keeping them, and what they do."""
