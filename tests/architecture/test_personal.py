"""`reveal()` is the one door to a person's data and to a secret of the site; here is who may open it, and why."""

import ast

from tests.architecture.source import Module, product

MAY_REVEAL = {
    "devices.face.pictures": "a face is compared on its pixels; they stay in memory",
    "devices.conformance.camera": "the contract sees that pictures differ, and that a covered one is dark",
    "devices.picture.pixels": "frames are judged where they lie, and what is found of them holds no picture",
    "devices.picture.sheets": "a picture of a paper is judged where it lies; a good one is made the file that is sent",
    "devices.conformance.pin_pad": "the contract sees that a block hides in its own repr",
    "devices.conformance.stands.pin_pad": "the far end of the test opens the block",
    "devices.drivers.card_library": "the library is told what the key server answers; 卡识别码 tells two cards apart",
    "devices.drivers.card_opening": "step one names the card to its key server",
    "devices.wire.card_keys": "the card is told what its key server answers",
    "settlement.card_keys": "the key server reads step one",
    "kiosk.domain.e_voucher": "whether a code has the shape of an e-voucher; the shape alone leaves",
    "kiosk.engine.effects": "the code somebody typed at the staff entrance is compared with the hashes",
    "kiosk.journal.codec": "sealed bodies hold the content, encrypted under the visit's key",
    "kiosk.shadowing": "a visit walked again chooses what its person chose; only names of fields are told",
    "kiosk.flow.services.checks": "an answer is checked for what it must be, character by character",
    "kiosk.flow.services.doctor": "a doctor reads whose application they are about to confirm",
    "kiosk.flow.services.filling": "what the card and the platform say is filled in, so that nobody is asked for it",
    "kiosk.flow.services.pausing": "whether a code is of a slip that continues a form; it names nobody",
    "kiosk.flow.services.wording": "the review shows its owner what will be handed in",
    "printing.statement.listed": "the A4 day list goes into its owner's files; slips show a mask",
    "printing.statement.sections": "the A4 statement goes into its owner's files; slips show a mask",
    "screens.preview": "the person before the camera sees themselves, or the paper they hold",
    "screens.service.choice": "what was chosen from a list before is ticked",
    "screens.service.entering": "a person sees what they type",
    "screens.service.review": "a person checks what they entered before it is sent",
    "settlement.direct.composing": "the platform is told whom a message is about",
    "settlement.his.composing": "the hospital's front is told whom a message is about and what they showed",
    "settlement.mobile.composing": "the mobile payment centre is told whom an order is about, and its tickets",
    "settlement.direct.questions": "the platform is told whom a question is about",
    "settlement.face_platform": "the province's face service is told who is meant, and shown what was agreed to",
    "settlement.insurer": "the insurer finds the policy by name and number, after its owner agreed to that",
    "settlement.hospital": "the hospital finds the bills by the person's numbers and name",
    "settlement.reconcile.platform": "the list of an institution's settlements tells the platform whose they are",
    "settlement.voucher": "the e-voucher centre reads the code that was scanned and the terminal's face number",
    "settlement.office": "the office is told who applies and what they answered",
    "settlement.payment": "the payment service reads the code that was scanned",
    "settlement.signing.headers": "a signature is computed with the gateway's secret; apikey is the secret itself",
    "settlement.signing.sealed": "the appSecret makes the key, ends the signed text and is the signer's id",
}


def reveals(module: Module) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "reveal" for node in module.nodes())


def test_only_listed_modules_reveal_personal_data() -> None:
    assert {module.name for module in product() if reveals(module)} - set(MAY_REVEAL) == set()


def test_the_list_names_nobody_without_need() -> None:
    assert set(MAY_REVEAL) - {module.name for module in product() if reveals(module)} == set()
