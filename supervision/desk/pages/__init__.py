"""The desk's pages (工作台页面), a module for each subject."""

from flask import Blueprint

from supervision.desk import login
from supervision.desk.pages import audit, home, jobs, logs, reports, review, rounds, style

BLUEPRINTS: tuple[Blueprint, ...] = (
    login.blueprint,
    home.blueprint,
    rounds.blueprint,
    jobs.blueprint,
    review.blueprint,
    audit.blueprint,
    logs.blueprint,
    reports.blueprint,
    style.blueprint,
)
