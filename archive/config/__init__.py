"""The settings of an archive: what can be set (``sections``), and the file ``tearsheet.toml`` (``file``)."""

from archive.config.file import Setting, load, override, parse, render, require_contact, settings, user_agent
from archive.config.sections import Config

__all__ = [
    "Config",
    "Setting",
    "load",
    "override",
    "parse",
    "render",
    "require_contact",
    "settings",
    "user_agent",
]
