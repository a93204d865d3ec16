"""The site's data for machines: tables in open formats, feeds, calendars, cards, catalogue, site map."""
