"""The page of one enterprise (我的企业): what is published of it, its rights, whom to call; and the index behind it."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.notice.publisher import Publisher, Right
from supervision.notice.site.citizen_scripts import joined
from supervision.notice.site.pages import render
from supervision.notice.site.search_index import SearchIndex


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the city's own pages share (全市页面共用内容): its name, who publishes them, the rights of the inspected."""

    city: str
    publisher: Publisher | None = None
    rights: tuple[Right, ...] = ()
    objection_days: int | None = None


def enterprise_files(site: Site, index: SearchIndex) -> dict[str, bytes]:
    """Return the page of an enterprise and the index that it and the search read (我的企业页与检索索引)."""
    page = {
        "city": site.city,
        "publisher": site.publisher,
        "rights": site.rights,
        "days": site.objection_days,
        "script": joined("shards", "words", "search", "enterprise"),
    }
    return {"enterprise.html": render("enterprise", page), **index.files()}
