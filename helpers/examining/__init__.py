"""What the doctor looks at (helpers/doctor.py): the course, the computer, and the page."""
