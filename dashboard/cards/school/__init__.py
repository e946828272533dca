"""One school: what it is, and its figures over six years against its county and the city.

Importing the package registers the cards of the school's page.

- ``facts``: the page's headline and the school's particulars
- ``figures``: size, teachers, health and premises, and all figures by year
- ``recognitions``: accreditations and awards
- ``projects``: its building projects

``lookup`` finds a school, and all of them by name.
"""

from dashboard.cards.school import facts, figures, projects, recognitions
from dashboard.cards.school.figures import CONDITIONS, TEACHERS, has_figures
from dashboard.cards.school.lookup import county_of_school, is_school, school_choices, school_name
from dashboard.cards.school.projects import has_projects

__all__ = [
    "CONDITIONS",
    "TEACHERS",
    "county_of_school",
    "facts",
    "figures",
    "has_figures",
    "has_projects",
    "is_school",
    "projects",
    "recognitions",
    "school_choices",
    "school_name",
]
