"""Pictures and tables that leave the application, made without a browser, with their sources and dates."""
