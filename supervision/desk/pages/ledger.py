"""The ledger of an enterprise (企业入企检查台账): visits of the year, what each cap leaves; every look is on record."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from supervision.desk.acts import note
from supervision.desk.code_names import code_names
from supervision.desk.context import account, desk, the_city
from supervision.desk.office_months import OfficeMonth
from supervision.desk.pages.visits import opened, shared
from supervision.desk.roles import needs, refuse
from supervision.domain.rounds import REHEARSED
from supervision.month.ledger_report import ledger_of_unit
from supervision.tables import tuples

blueprint = Blueprint("ledger", __name__)
ACT = "visits"


def _units(month: OfficeMonth | None) -> dict[str, str]:
    """The units that the office has to do with in the round: unit_id → name."""
    return {} if month is None else {one["unit_id"]: one["name"] for one in month.visits.values()}


@blueprint.get("/office/<office>/<round_id>/ledger")
@needs(ACT)
def search(office: str, round_id: str) -> str:
    """Find an enterprise by name or code (查找企业), among those that the office visits in the round."""
    month = opened(office, round_id)
    asked = request.args.get("q", "").strip()
    units = sorted(_units(month).items(), key=lambda one: (one[1], one[0]))
    fitting = [one for one in units if asked.casefold() in one[1].casefold() or asked.upper() in one[0]]
    return render_template("ledger_search.html", **shared(office, round_id, month), units=fitting, asked=asked)


@blueprint.get("/office/<office>/<round_id>/ledger/<unit_id>")
@needs(ACT)
def unit(office: str, round_id: str, unit_id: str) -> str:
    """Show an enterprise's ledger (企业台账): who came this year and why, and what every cap leaves."""
    month = opened(office, round_id)
    units = _units(month)
    if unit_id not in units:
        refuse(f"ledger:{unit_id[:60]}")
    note(desk().file, "ledger.look", who=account().name, about={"office": office, "unit": unit_id})
    year = int(round_id[:4])
    with the_city() as city:
        facts = ledger_of_unit(city, unit_id, year, rehearsal=round_id.endswith(REHEARSED)).facts
        items = city.register("items", on=city.now().date(), columns=["item_id", "name"])
    return render_template(
        "ledger.html",
        **shared(office, round_id, month),
        unit_id=unit_id,
        unit_name=units[unit_id],
        year=year,
        visits=facts["visits"],
        caps=facts["caps"],
        departments=code_names("department"),
        kinds=code_names("inspection_kind"),
        items=dict(tuples(items)),
    )
