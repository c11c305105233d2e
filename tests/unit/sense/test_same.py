import pytest

from swarm_app import sense

OTHERWISE = {
    "not": ("The sluice must not be opened at night.", "The sluice must be opened at night."),
    "never": ("The siren never sounds on Sundays.", "The siren sounds on Sundays."),
    "no longer": ("The old crane is no longer in use.", "The old crane is in use."),
    "a contraction": ("The vendor won’t refund the fee.", "The vendor will refund the fee."),
    "nobody": ("Nobody may enter the dock at night.", "Anybody may enter the dock at night."),
    "without": ("Ships enter the port without a pilot.", "Ships enter the port with a pilot."),
    "unless": ("Ships enter the port unless it storms.", "Ships enter the port if it storms."),
    "a prefix": ("The paint is unsafe for the hull.", "The paint is safe for the hull."),
    "a prefix with a hyphen": ("The mooring fee is refundable.", "The mooring fee is non-refundable."),
    "a time of day": ("The clinic opens at 8 am on weekdays.", "The clinic opens at 8 pm on weekdays."),
    "a bound": ("Messages are sent at most once.", "Messages are sent at least once."),
    "since and until": ("Since 2015 the plant burned coal.", "Until 2015 the plant burned coal."),
    "another clause": (
        "The red gate is open, but the blue gate is not open.",
        "The red gate is not open, but the blue gate is open.",
    ),
    "a side in time": ("The hall must be cleaned before lunch.", "The hall must be cleaned after lunch."),
    "a number": ("The board gave 4,250,000 EUR to the pier.", "The board gave 3,900,000 EUR to the pier."),
    "a spelled number": ("Two lamps burn in the old tower.", "Three lamps burn in the old tower."),
    "a unit": ("The shelf life is 30 days.", "The shelf life is 30 hours."),
    "a day": ("The hall was opened on 12 May 2024.", "The hall was opened on 13 May 2024."),
    "a month": ("The hall must be cleaned before May.", "The hall must be cleaned before June."),
    "a weekday": ("The siren sounds on Sundays in winter.", "The siren sounds on Mondays in winter."),
    "an ordinal": ("The first crane of the port was sold.", "The second crane of the port was sold."),
    "an identifier": ("Pump P-133 runs at full pressure.", "Pump P-134 runs at full pressure."),
    "a letter": ("Plan B was approved by the board.", "Plan C was approved by the board."),
    "a name": ("The Oslo office opened its third hall.", "The Turku office opened its third hall."),
    "subject and object": ("Norvik Shipping sued Halden Freight.", "Halden Freight sued Norvik Shipping."),
    "common nouns": ("The carrier pays the shipper.", "The shipper pays the carrier."),
    "from and to": ("The ferry runs from Oslo to Turku.", "The ferry runs from Turku to Oslo."),
    "the voice": ("Robert Green was paid 500 EUR.", "Robert Green paid 500 EUR."),
    "the doer of a passive": ("Smith was succeeded by Jones.", "Jones was succeeded by Smith."),
    "a giver": ("Ada lent the boat to Brun.", "Brun lent the boat to Ada."),
    "whose it is": ("The father of Ada is Brun.", "The father of Brun is Ada."),
    "what is compared": ("Oslo is larger than Turku.", "Turku is larger than Oslo."),
    "a condition": ("If the valve leaks, the pump stops.", "If the pump stops, the valve leaks."),
}
REWORDED = {
    "a month first": ("In May, the board sold the yard.", "The board sold the yard in May."),
    "a condition first": ("If the valve leaks, the pump stops.", "The pump stops if the valve leaks."),
    "a reason first": ("Because one may fail, two lamps burn.", "Two lamps burn because one may fail."),
    "an adverb": ("Quickly the crew unloaded the ship.", "The crew quickly unloaded the ship."),
    "a time": ("Every day the ferry runs to Oslo.", "The ferry runs to Oslo every day."),
    "a passive": ("The yard was sold by the Halvor family.", "The Halvor family sold the yard."),
    "a giver": ("Ada gave the boat to Brun.", "Ada gave Brun the boat."),
    "no one": ("Nobody enters the dock at night.", "No one enters the dock at night."),
    "a purpose": ("To sweep the deck, a broom is needed.", "A broom is needed to sweep the deck."),
    "counted things": ("The port has 12 cranes and 3 docks.", "The port has 3 docks and 12 cranes."),
    "a list": ("The stall sells figs, nuts and pears.", "The stall sells pears, nuts and figs."),
    "what it is": ("The captain of the Marigold is Ada Brun.", "Ada Brun is the captain of the Marigold."),
    "a contraction": ("The gateway doesn't keep logs.", "The gateway does not keep logs."),
    "never": ("The pump must not be run dry at night.", "Never run the pump dry at night."),
    "a spelled number": ("Logs are kept for thirty days.", "Logs are kept for 30 days."),
    "an amount": ("The pier cost 4.25 million EUR.", "The pier cost €4,250,000."),
    "a date": ("The hall was opened on 3 March 2020.", "On March 3, 2020 the hall was opened."),
    "a bound": ("The pier is not only long but wide.", "The pier is long and wide."),
}
TELLS_MORE = {
    "a figure more": ("Two lamps burn in the tower.", "Two lamps burn in the tower for 12 hours."),
    "a no of something else": ("Two lamps saved the ship.", "Two lamps saved the ship, which had no rudder."),
}


@pytest.mark.parametrize(("one", "other"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_differs_in_its_no_its_figures_or_its_roles_is_not_the_same(one: str, other: str):
    assert not sense.same(one, other)
    assert not sense.same(other, one)
    assert sense.conflict(one, other)


@pytest.mark.parametrize(("one", "other"), REWORDED.values(), ids=REWORDED)
def test_a_rewording_is_the_same(one: str, other: str):
    assert sense.same(one, other)
    assert sense.same(other, one)
    assert not sense.conflict(one, other)


@pytest.mark.parametrize(("one", "other"), TELLS_MORE.values(), ids=TELLS_MORE)
def test_what_tells_more_is_no_conflict(one: str, other: str):
    assert not sense.conflict(one, other)
    assert not sense.conflict(other, one)


@pytest.mark.parametrize(
    "text", [*sum(OTHERWISE.values(), ()), "As RFC 6455 section 5.5.3 says, no ping is lost."]
)
def test_whatever_a_text_says_it_is_the_same_as_itself(text: str):
    assert sense.same(text, text)
    assert not sense.conflict(text, text)


def test_what_an_opposite_is_not_said_of_is_no_conflict():
    assert not sense.conflict("It rejects a message by its tag.", "It acknowledges a message by its tag.")


def test_a_passage_denies_a_statement_only_where_it_nowhere_says_it():
    said, denied = "Visitors must wear a helmet.", "Visitors must not wear a helmet."

    assert sense.denies(said, f"The yard is old. {denied}")
    assert not sense.denies(said, f"{said} The old rule read: {denied}")
    assert not sense.denies(said, "The yard has a gate of iron. It is not locked.")
