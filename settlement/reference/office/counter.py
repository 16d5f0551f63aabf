"""The doors of the insurance office's HTTP face."""

from __future__ import annotations

from settlement.reference.counter import door
from settlement.reference.office import cases, notices
from settlement.wire import notices as wire
from settlement.wire import office

DOORS = {
    office.PREPARE: door(office.Prepare, cases.prepare),
    office.SUBMIT: door(office.Submit, cases.submit),
    office.FIND: door(office.Find, cases.find),
    office.KEEP: door(office.Keep, cases.keep),
    office.CASES: door(office.CasesQuery, cases.cases),
    office.STANDING: door(office.StandingQuery, cases.standing),
    office.ATTACH: door(office.Attach, cases.attach),
    office.AWAY: door(office.AwayQuery, cases.away),
    wire.NOTICES: door(wire.NoticesQuery, notices.notices),
    wire.READ: door(wire.Read, notices.read),
    wire.DEMO_DECIDE: door(wire.Decide, notices.decide),
    office.RATE: door(office.Rate, cases.rate),
}
