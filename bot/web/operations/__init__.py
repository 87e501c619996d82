"""What operators see on the web: health, metrics and the dashboard."""
