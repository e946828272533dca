"""区县画像: the counties on a map, one county on one screen, several side by side.

Importing the package registers the page's cards.

- ``headline``: the page's first line
- ``map_card``: the map beside the ranking, for one indicator
- ``league``: how many targets each county has met, and where it is strongest and weakest
- ``figures``: one county's indicators against target, city, its own past and the best county; two
  or more side by side
- ``strengths``: one county's counts by status, its strongest and weakest indicators
- ``projects``, ``open_items``: its building projects, and what is still to be done

What they need: ``standings`` holds the indicators that counties have, by county.
"""

from dashboard.cards.county import (
    figures,
    headline,
    league,
    map_card,
    open_items,
    projects,
    strengths,
)
from dashboard.cards.county.map_card import ColouredBy, colouring_names, first_choice, map_choices

__all__ = [
    "ColouredBy",
    "colouring_names",
    "figures",
    "first_choice",
    "headline",
    "league",
    "map_card",
    "map_choices",
    "open_items",
    "projects",
    "strengths",
]
