"""The desk's pages (工作台页面), a module for each subject."""

from flask import Blueprint

from supervision.desk import login
from supervision.desk.pages import home, jobs, preparing, registers, rounds, style

BLUEPRINTS: tuple[Blueprint, ...] = (
    login.blueprint,
    home.blueprint,
    preparing.blueprint,
    rounds.blueprint,
    jobs.blueprint,
    registers.blueprint,
    style.blueprint,
)
