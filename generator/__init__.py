"""巡察整改公开: from rectification notices as they come to a static site for public disclosure."""

__version__ = "0.4.0"
