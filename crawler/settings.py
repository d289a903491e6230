"""Scrapy's settings: wiring only. What an operator may want to change stands in tearsheet.toml (archive/config.py)."""

from __future__ import annotations

BOT_NAME = "tearsheet"
SPIDER_MODULES = ["spiders.news"]
NEWSPIDER_MODULE = "spiders"

# The one list of steps from page to index.
ITEM_PIPELINES = {
    "crawler.pipelines.ReadArticle": 100,
    "crawler.pipelines.IndexFront": 800,
    "crawler.pipelines.IndexArticle": 900,
    "crawler.capture.outlinks.KeepOutlinks": 950,
}

# Capture: every exchange goes through our handler, which sees the bytes on the wire.
DOWNLOAD_HANDLERS = {
    "http": "crawler.capture.handler.CapturingDownloadHandler",
    "https": "crawler.capture.handler.CapturingDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
EXTENSIONS = {
    "crawler.middlewares.run_keeping.RunKeeping": 10,  # before the capture, which closes the file
    "crawler.capture.extension.CaptureExtension": 20,
    "crawler.middlewares.requisites.RequisiteFetcher": 25,
    "crawler.middlewares.budget.Budget": 28,
    "crawler.middlewares.progress.Progress": 30,
    "scrapy.extensions.logstats.LogStats": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.private_addresses.PrivateAddressMiddleware": 40,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # ours keeps the decision and the capture
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.tdmrep.TdmRepMiddleware": 120,
    "crawler.middlewares.politeness.PolitenessMiddleware": 150,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # the page is decoded in one place
    "crawler.capture.decode.DecodeContent": 590,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the spider knows what belongs to a site
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
}
TWISTED_DNS_RESOLVER = "crawler.middlewares.private_addresses.GuardedResolver"
REQUEST_FINGERPRINTER_CLASS = "crawler.middlewares.fingerprint.CanonicalFingerprinter"

SCHEDULER = "crawler.frontier.scheduler.FrontierScheduler"

# A good guest. Delays and limits come from tearsheet.toml.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0.0
COOKIES_ENABLED = False
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the summary names what failed
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 are the politeness middleware's
HTTPERROR_ALLOW_ALL = True  # a 404 is an answer too
REFERRER_POLICY = "scrapy.spidermiddlewares.referer.NoReferrerPolicy"

# One callback gives one item at most (the default makes 100 tasks for each callback's output), and our callbacks are
# checked by mypy.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False

# Nothing listens, nothing is cached, nothing is counted twice.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
HTTPCACHE_ENABLED = False
STATS_DUMP = False
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
