"""The narrator: which step of which story is told, and which cities it shows."""

from __future__ import annotations

from sim.view.company import CHORUS
from sim.view.house import House
from sim.view.plays import Play, World
from sim.view.stories import Scene, Step, stories


class Narrator:
    """A place in a story.

    Attributes
    ----------
    story : Story
    at : int
        Step, counted from 0.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.story, self.at = stories()[0], 0

    @property
    def step(self) -> Step:
        """The step that is told."""
        return self.story.steps[self.at]

    def tell(self, story: str) -> None:
        """Another story, from its beginning; the same one where there is none of that name."""
        self.story = next((one for one in stories() if one.id == story), self.story)
        self.at = 0

    def turn(self, way: int) -> None:
        """So many steps on, or back."""
        self.at = min(max(self.at + way, 0), len(self.story.steps) - 1)

    def plays(self) -> tuple[Play, Play]:
        """The cities of the step; one city stands for both."""
        found = [self._play(scene) for scene in self.step.scenes]
        return found[0], found[-1]

    def rehearse(self) -> None:
        """Have what comes later played meanwhile."""
        for later in self.story.steps[self.at + 1 :]:
            for scene in later.scenes:
                self.house.company.film(self._play(scene), rank=CHORUS)

    def _play(self, scene: Scene) -> Play:
        world = self.house.worlds()[scene.scenario]
        return Play(World(world.source, (*world.overrides, *scene.set)), self.story.seed)
