"""Two departments' folders and a question that needs both: neither names what the other one is about."""

from pathlib import Path

QUESTION = "Why does Halden Marine withhold part of invoice 4471, and what caused it?"

_FINANCE = {
    "disputes.md": """# Supplier and customer disputes, first quarter

Register kept by accounts receivable. One paragraph for each open item.

Invoice 4468 to Brockwell Foods was paid in full on 2 March after a reminder.

Invoice 4471 to Halden Marine was disputed on 24 March: the customer withholds 18,400 EUR because order \
HM-2209 was delivered nine days late.
The contract allows Halden Marine a penalty of two percent for each day after the third.

Invoice 4475 to Ostrand Timber is open because the purchase order number was missing.
""",
    "ledger.csv": """date,invoice,customer,amount_eur,status
2026-02-27,4468,Brockwell Foods,6120,paid
2026-03-20,4471,Halden Marine,92000,part paid
2026-03-22,4475,Ostrand Timber,11300,open
""",
    "policy.md": """# Credit policy

A credit note above 5,000 EUR needs the signature of the finance director.
Penalties for late delivery are booked against the margin of the order, never against marketing.
""",
}

_OPERATIONS = {
    "terminal-log.md": """# Terminal log, March

2 March, early shift. Reefer plugs on row C were checked, two were replaced.

11 March, late shift. The hoist gearbox of crane 3 at berth 7 failed at 16:40.
HM-2209 was on deck below it and could not be unloaded.

12 March, early shift. The gearbox maker was called; a replacement takes until 20 March to arrive.

20 March, early shift. Crane 3 was back in service at 09:15, and HM-2209 was unloaded by noon.

24 March, late shift. Fog closed the fairway for three hours.
""",
    "maintenance.md": """# Maintenance plan

The yearly inspection of crane 3 was moved from January to April because the inspector was ill.
Hoist gearboxes are to be opened every twelve months; oil samples are taken every three.
""",
    "shifts.csv": """week,early,late,night
10,Lund,Pires,Okafor
11,Pires,Okafor,Lund
""",
}


def write(folder: Path) -> tuple[Path, Path]:
    """The finance folder and the operations folder."""
    for name, files in (("finance", _FINANCE), ("operations", _OPERATIONS)):
        (folder / name).mkdir()
        for file, text in files.items():
            (folder / name / file).write_text(text, "utf-8")
    return folder / "finance", folder / "operations"
