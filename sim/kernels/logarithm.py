"""A natural logarithm in single precision that costs a nanosecond: most of a month's arithmetic is logarithms."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import Real, kernel

ROOT_HALF = np.int32(0x3F3504F3)
MANTISSA = np.int32(0x7FFFFF)


@kernel
def log_f4(number: Real) -> np.float32:
    """Natural logarithm of a positive, normal number, to about 5e-7.

    References
    ----------
    Moshier, S. L. (1989). Methods and Programs for Mathematical Functions (Cephes): logf.
    """
    shifted = np.float32(number).view(np.int32) - ROOT_HALF
    exponent = shifted >> np.int32(23)
    m = np.int32((shifted & MANTISSA) + ROOT_HALF).view(np.float32) - np.float32(1.0)
    p = np.float32(7.0376836292e-2)
    p = p * m - np.float32(1.1514610310e-1)
    p = p * m + np.float32(1.1676998740e-1)
    p = p * m - np.float32(1.2420140846e-1)
    p = p * m + np.float32(1.4249322787e-1)
    p = p * m - np.float32(1.6668057665e-1)
    p = p * m + np.float32(2.0000714765e-1)
    p = p * m - np.float32(2.4999993993e-1)
    p = p * m + np.float32(3.3333331174e-1)
    return m + m * m * (p * m - np.float32(0.5)) + np.float32(exponent) * np.float32(0.69314718)
