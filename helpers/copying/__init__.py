"""Inside of copy_along: workbooks, the comparison of what was typed, and what is kept."""
