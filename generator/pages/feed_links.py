"""The feeds of the site: their titles, where they stand, and in which formats."""

from __future__ import annotations

from generator.config import Settings
from generator.model.people import Author, Place
from generator.model.topics import Topic
from generator.pages import addresses
from generator.pages.page import FeedLink

_ATOM = ("atom.xml",)
"""Feeds of people are many: they come in one format, which every reader knows."""


def everything(settings: Settings) -> FeedLink:
    return FeedLink(settings.title, addresses.ALL_PAPERS_FEED)


def daily(settings: Settings) -> FeedLink:
    return FeedLink(f"{settings.title}: one entry a day", addresses.DAILY_FEED)


def trending(settings: Settings) -> FeedLink:
    return FeedLink(f"{settings.title}: trending", addresses.TRENDING_FEED)


def top_of_the_week(settings: Settings) -> FeedLink:
    return FeedLink(f"{settings.title}: top of the week", addresses.WEEK_FEED)


def topic(of: Topic) -> FeedLink:
    return FeedLink(of.name, addresses.topic_feed(of.slug))


def author(of: Author) -> FeedLink:
    return FeedLink(of.name, addresses.author_feed(of.slug), _ATOM)


def organization(of: Place) -> FeedLink:
    return FeedLink(of.name, addresses.organization_feed(of.slug), _ATOM)


def general(settings: Settings) -> list[FeedLink]:
    """The feeds that every archive has."""
    voted = [trending(settings), top_of_the_week(settings)] if settings.feed.has_votes else []
    return [everything(settings), daily(settings), *voted]
