"""The desk's pages (工作台页面), a module for each subject."""

from flask import Blueprint

from supervision.desk import login
from supervision.desk.pages import due, home, jobs, ledger, results, rounds, style, visits

BLUEPRINTS: tuple[Blueprint, ...] = (
    login.blueprint,
    home.blueprint,
    rounds.blueprint,
    visits.blueprint,
    results.blueprint,
    due.blueprint,
    ledger.blueprint,
    jobs.blueprint,
    style.blueprint,
)
