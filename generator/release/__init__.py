"""From output/ to the live web server: packed, sent beside what is live, verified there, then switched in one step."""
