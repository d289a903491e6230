"""Site profiles: what an archivist knows of a publisher, one TOML file each in ``spiders/sites`` or a folder of one's own."""

from __future__ import annotations

from crawler.profiles.folders import SITES, all_profiles, load_profile, load_profiles, use_folder
from crawler.profiles.reading import read_profile
from crawler.profiles.records import Api, Identity, Layout, SiteProfile

__all__ = [
    "SITES",
    "Api",
    "Identity",
    "Layout",
    "SiteProfile",
    "all_profiles",
    "load_profile",
    "load_profiles",
    "read_profile",
    "use_folder",
]
