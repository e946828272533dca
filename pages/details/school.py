"""One school: what it is, and its figures over six years against its county and the city."""

from dashboard.ui import SchoolPage

page = SchoolPage()
page.headline()
page.row("school.facts", "school.size")
if page.has_conditions:
    page.row("school.teachers", "school.conditions")
else:
    page.card("school.teachers")
page.card("school.figures")
if page.has_projects:
    page.row("school.recognitions", "school.projects")
else:
    page.card("school.recognitions")
