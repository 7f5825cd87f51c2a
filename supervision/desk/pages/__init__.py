"""The desk's pages (工作台页面), a module for each subject."""

from flask import Blueprint

from supervision.desk import login
from supervision.desk.pages import ceremony, home, jobs, law, mappings, preparing, registers, rounds, style

BLUEPRINTS: tuple[Blueprint, ...] = (
    login.blueprint,
    home.blueprint,
    preparing.blueprint,
    ceremony.blueprint,
    rounds.blueprint,
    jobs.blueprint,
    registers.blueprint,
    mappings.blueprint,
    law.blueprint,
    style.blueprint,
)
