"""The desk's pages (工作台页面), a module for each subject."""

from flask import Blueprint

from supervision.desk import login
from supervision.desk.pages import (
    audit,
    board,
    ceremony,
    due,
    home,
    jobs,
    law,
    ledger,
    logs,
    mappings,
    preparing,
    publication,
    registers,
    replan,
    reports,
    results,
    review,
    rounds,
    style,
    visits,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    login.blueprint,
    home.blueprint,
    preparing.blueprint,
    board.blueprint,
    replan.blueprint,
    publication.blueprint,
    ceremony.blueprint,
    rounds.blueprint,
    visits.blueprint,
    results.blueprint,
    due.blueprint,
    ledger.blueprint,
    jobs.blueprint,
    registers.blueprint,
    review.blueprint,
    audit.blueprint,
    logs.blueprint,
    reports.blueprint,
    mappings.blueprint,
    law.blueprint,
    style.blueprint,
)
