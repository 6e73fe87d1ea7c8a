"""A figure of which only a part moves: the rest is drawn once and kept."""


class Stage:
    """Draws a figure anew quickly: what is in `moving` over what stands still.

    moving are artists of the figure. They are drawn last, in the order of their zorder, so what
    should lie over them has to be among them.
    """

    def __init__(self, canvas, moving):
        self.canvas, self.kept = canvas, None
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)

    def draw(self):
        """Draw the figure on its canvas."""
        if self.kept is None:
            self.canvas.draw()
            self.kept = self.canvas.copy_from_bbox(self.canvas.figure.bbox)
        self.canvas.restore_region(self.kept)
        for artist in self.moving:
            artist.draw(self.canvas.get_renderer())
