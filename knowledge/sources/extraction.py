"""The article of an HTML page."""

import warnings


def extract(html: str, url: str | None = None) -> dict[str, object]:
    """The record of a page's article: `title`, `text`, `url`, `published`, `publisher`; empty without one.

    Args:
        html: the page's source.
        url: where it was found, for a page that doesn't name its own address.
    """
    with warnings.catch_warnings(action="ignore"):  # urllib3 misses PySocks, which only downloads need
        import trafilatura  # here, since it takes a third of a second, and most folders hold no HTML

    page = trafilatura.bare_extraction(
        html,
        url=url,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        # only what the page says of itself: a date somewhere in the text is not the article's
        date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
    )
    if page is None or isinstance(page, dict) or not page.text:  # a dictionary only where asked for
        return {}
    return {
        "title": page.title,
        "text": page.text,
        "url": page.url or url,
        "published": page.date,
        "publisher": page.sitename,
    }
