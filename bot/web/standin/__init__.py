"""A Bot API server of one's own: what `khabar run` talks to without a token, and what tests talk to."""

from bot.web.standin.server import StandIn, serve_standin

__all__ = ["StandIn", "serve_standin"]
