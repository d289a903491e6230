"""Reading what names articles: feeds, sitemaps and front pages. Pure, no Scrapy: re-reading asks the same."""
