"""A small lexicon, written for the tests: Hindi words and a few ways to type each."""

from knowledge.language.latin.channel import Channel
from knowledge.language.latin.training import Attested, train

SPELLINGS = """
बारिश barish baarish
बाज़ार bazar bazaar bajar
किताब kitab kitaab
सड़क sadak
सरकार sarkar sarkaar
दिल्ली dilli delhi
पानी pani paani
पान paan pan
नदी nadi nadee
शहर shahar shehar
गाँव gaon gaanv
राजनाथ rajnath raajnath
राजा raja raaja
नाथ nath naath
स्कूल school skool
स्कूलों schoolon skoolon
मंत्री mantri
मौसम mausam mosam
जनता janta janata
कलम kalam
नमक namak
फूल phool fool
वजह wajah vajah
"""


def pairs() -> list[Attested]:
    rows = (line.split() for line in SPELLINGS.strip().splitlines())
    return [Attested(word, latin, 2.0) for word, *spellings in rows for latin in spellings]


def small_channel() -> Channel:
    return train(pairs() * 10, lambda done, of: None)
