from bot.messages import catalogue

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
