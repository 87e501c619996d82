"""The generations on disk: which one is served, which ones are kept."""
