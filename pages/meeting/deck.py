"""汇报: the collected slides in order, the chosen one as it will look, decks and files."""

from dashboard.ui import DeckPage

page = DeckPage()
page.headline()
page.bar()
page.notices()
page.slides()
page.more()
