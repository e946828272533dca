"""教师: staffing, certificates and training, degrees and titles."""

from dashboard.ui import Page

page = Page("teachers")
page.headline()

page.section("Staffing")
page.row("teachers.staffing", ("standing", {"indicator_id": "pupil_teacher_ratio"}))
page.row(("standing", {"indicator_id": "teachers_per_class"}), "teachers.spread")

page.section("Certificates, training and rotation")
page.row("teachers.certificates", "teachers.training_and_rotation")

page.section("Degrees and titles")
page.row("teachers.degrees", "teachers.titles")
page.row(("standing", {"indicator_id": "graduate_degree_rate"}), "teachers.new_top_titles")

page.more_targets()
