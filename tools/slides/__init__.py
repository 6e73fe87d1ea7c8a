"""Slides and a handout of each lesson, in both languages, made from the lessons themselves.

python -m tools.slides           all lessons
python -m tools.slides 01 04     these lessons

Writes slides/en and slides/ja: for each lesson NUMBER_NAME.html, slides to show in any browser
(press S for the speaker's notes), and NUMBER_NAME_handout.html, the whole lesson made for
printing. Each is one file and needs no internet. The first time, two small packages are fetched.
"""
