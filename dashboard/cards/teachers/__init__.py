"""教师: staffing, certificates and training, degrees and titles, and how far counties lie apart.

``headline``       the page in one sentence
``staffing``       pupils per teacher and teachers per class by type of school
``certificates``   psychology certificates; IT training and rotation
``spread``         the highest and the lowest county of every rate
``qualifications`` degrees and titles, as shares of all teachers
``top_titles``     teachers who gained the professor grade or the special-grade honour
"""

from dashboard.cards.teachers import (
    certificates,
    headline,
    qualifications,
    spread,
    staffing,
    top_titles,
)

__all__ = [
    "certificates",
    "headline",
    "qualifications",
    "spread",
    "staffing",
    "top_titles",
]
