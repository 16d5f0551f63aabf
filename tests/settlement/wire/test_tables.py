"""Field lists and models say the same, in both directions."""

import pytest

from settlement.wire.catalogue import EXCHANGES, Exchange
from settlement.wire.codec import Message
from settlement.wire.fields import Field, Kind, Nodes, label_of, tables
from tests.settlement.wire.shapes import Node, Shape, nodes

ALL = sorted(EXCHANGES)

OTHERWISE = {
    ("2202", "data", "mdtrt_id"): "may be empty: a till whose 2201 was not answered does not know it",
    ("2601", "data", "oinfno"): "'2207A' is in use and has five characters",
    ("9101", "fsUploadIn", "in"): "the bytes themselves are in no field list",
    ("cn.nhsa.qrcode.get", "", "ecQrCode"): "the code that our own scanner read; a front that decodes it wants it",
    ("ec.query", "", "ecQrCode"): "the code that our own scanner read; a front that decodes it wants it",
    ("1901", "data", "parentValue"): "empty for a dictionary without levels",
}
"""Where a model departs from the list, and why."""


def differing(infno: str, path: str, name: str) -> bool:
    return (infno, path, name) in OTHERWISE


def test_every_transaction_has_a_table_and_every_table_its_models() -> None:
    assert set(tables()) == set(EXCHANGES)


@pytest.mark.parametrize("infno", ALL)
def test_what_we_send_is_what_the_list_demands(infno: str) -> None:
    sent, demanded = nodes(EXCHANGES[infno].input), tables()[infno].input
    assert set(sent) == set(demanded)
    for path, node in sent.items():
        assert node.rows == path.endswith("[]"), path
        assert [name for name in node.fields.keys() ^ demanded[path].keys() if not differing(infno, path, name)] == []
        wrong = {
            name: _complaint(shape, demanded[path][name])
            for name, shape in node.fields.items()
            if not differing(infno, path, name)
        }
        assert {name: why for name, why in wrong.items() if why} == {}, path


def _complaint(shape: Shape, field: Field) -> str:
    if shape.required != field.required:
        # a flag that has only one sensible value may have it as its default
        return "" if field.required and field.name == "vali_flag" else "required" * field.required or "not required"
    if shape.coded != (field.kind is Kind.CODE):
        return "a code" if field.kind is Kind.CODE else "no code"
    match field.kind:
        case Kind.TEXT | Kind.CODE:
            return "" if (shape.python, shape.length) == (str, field.length) else f"{field.length} characters"
        case Kind.MOMENT:
            return "" if shape.pattern and ":" in shape.pattern else "a moment"
        case Kind.DAY:
            return "" if shape.pattern and ":" not in shape.pattern else "a day"
        case Kind.NUMBER:
            return "" if _number(shape) == (field.length, field.places) else f"({field.length},{field.places})"


def _number(shape: Shape) -> tuple[int, int] | None:
    if shape.exact is not None:
        return shape.exact.digits, shape.exact.places
    return (len(str(shape.limit)) - 1, 0) if shape.limit else None


def readers() -> dict[type[Message], list[Exchange]]:
    found: dict[type[Message], list[Exchange]] = {}
    for exchange in EXCHANGES.values():
        if exchange.output is not None:
            found.setdefault(exchange.output, []).append(exchange)
    return found


READERS = readers()


@pytest.mark.parametrize("model", READERS, ids=lambda model: model.__name__)
def test_what_we_read_is_what_the_lists_promise(model: type[Message]) -> None:
    """A reply may lack what its list promises; what is read must be promised by a list of one who answers so."""
    promised: dict[str, dict[str, list[Field]]] = {}
    for exchange in READERS[model]:
        for path, fields in _told(tables()[exchange.infno].output).items():
            for name, field in fields.items():
                promised.setdefault(path, {}).setdefault(name, []).append(field)
    read = nodes(model)
    assert set(read) == set(promised)
    for path, node in read.items():
        assert node.rows == path.endswith("[]"), path
        assert node.fields.keys() == promised[path].keys(), path
        for name, shape in node.fields.items():
            assert _readable(shape, promised[path][name]), f"{path}.{name}"


def _told(output: Nodes) -> Nodes:
    return {path: fields for path, fields in output.items() if fields}


def _readable(shape: Shape, fields: list[Field]) -> bool:
    if shape.coded or shape.length or (shape.required and not any(field.required for field in fields)):
        return False  # a reply is not measured, and what nobody promises is not waited for
    numbers = {field.kind is Kind.NUMBER for field in fields}
    if numbers != {shape.python is not str}:
        return False
    return shape.exact is None or {(field.length, field.places) for field in fields} == {
        (shape.exact.digits, shape.exact.places)
    }


@pytest.mark.parametrize("infno", [infno for infno in ALL if EXCHANGES[infno].output is None])
def test_what_is_not_read_is_answered_without_output(infno: str) -> None:
    assert not tables()[infno].output or infno == "9102"  # answered by the file itself


def test_a_departure_that_is_none_any_more_is_named() -> None:
    for infno, path, name in OTHERWISE:
        node: Node = nodes(EXCHANGES[infno].input)[path]
        listed = tables()[infno].input[path].get(name)
        assert listed is None or name == "parentValue" or _complaint(node.fields[name], listed), (infno, name)


def test_a_field_is_called_by_its_label() -> None:
    assert label_of("feedetail.12.bilg_dr_codg") == "开单医生编码"
    assert label_of("data.medfee_sumamt") == "医疗费总额"
    assert label_of("payOrdId") == "支付订单号"
    assert label_of("feedetail.0.expContent") == label_of("") == ""


def test_what_no_list_confirms_is_marked() -> None:
    assert not tables()["2403"].input["adminfo"]["adm_bed"].verified
    assert not tables()["2304"].output["setlinfo"]["hifdm_pay"].verified
    assert tables()["2207A"].output["setlinfo"]["setl_id"].verified
