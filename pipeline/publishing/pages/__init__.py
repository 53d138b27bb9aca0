"""The site: lists, posting pages, and what leads browsers and crawlers to them."""
