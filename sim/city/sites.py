"""Sites: homes that are being built, a row for each lot of homes of one kind that will be ready in one month."""

from __future__ import annotations

import numpy as np

from sim.base.columns import Table, column


class Sites(Table):
    """What is being built in a city."""

    area: np.ndarray = column("i2", meaning="area in which it is built")
    tenure: np.ndarray = column("i1", meaning="tenure that the homes will have")
    homes: np.ndarray = column("i4", unit="homes", meaning="how many homes are built")
    ready: np.ndarray = column("i2", unit="month", meaning="when they are ready")
    rooms: np.ndarray = column("f4", unit="rooms", meaning="rooms besides the kitchen, on average")
    bound: np.ndarray = column("u2", unit="SEK/m2/month", meaning="highest rent that may be asked; 0: no such limit")
    bound_months: np.ndarray = column("i2", unit="month", meaning="how long that limit holds once they are ready")
    for_return: np.ndarray = column("?", meaning="whether those who had to leave the area may return to them")
