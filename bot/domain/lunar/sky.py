"""New moons and the sun's longitude, as the lunar calendar needs them (J. Meeus, Astronomical Algorithms, 2nd ed.)."""

from math import floor, radians, sin

SYNODIC = 29.530588861
"""Mean days from one new moon to the next."""
DAYS_A_CENTURY = 36525.0
J2000 = 2451545.0
SECONDS_A_DAY = 86400.0

# Chapter 49: (days, power of E, multiples of the sun's anomaly, the moon's, its latitude argument, its node)
_NEW_MOON = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)
# The planets' part: (days, degrees at k = 0, degrees a month)
_PLANETS = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)


def new_moon(k: int) -> float:
    """Julian day (universal time) of the new moon that is `k` months after that of 6 January 2000."""
    t = k / 1236.85
    jde = 2451550.09766 + SYNODIC * k + t * t * (0.00015437 - 0.000000150 * t + 0.00000000073 * t * t)
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t + 0.00001238 * t**3)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t - 0.00000227 * t**3)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t + 0.00000215 * t**3)
    for days, power, m, moons, f, nodes in _NEW_MOON:
        jde += days * e**power * sin(m * sun + moons * moon + f * latitude + nodes * node)
    for days, start, speed in _PLANETS:
        bend = 0.009173 * t * t if (start, speed) == (299.77, 0.107408) else 0.0
        jde += days * sin(radians(start + speed * k - bend))
    return jde - _delta_t(jde) / SECONDS_A_DAY


def sun_longitude(jd: float) -> float:
    """The sun's apparent longitude in degrees at a Julian day (universal time); within 0.01° (chapter 25)."""
    t = (jd + _delta_t(jd) / SECONDS_A_DAY - J2000) / DAYS_A_CENTURY
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(m)
    centre += (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360.0


def month_before(jd: float) -> int:
    """The `k` of the last mean new moon before a Julian day: the true one may lie within a day of it."""
    return floor((jd - 2451550.09766) / SYNODIC)


def _delta_t(jd: float) -> float:
    """Dynamical less universal time, in seconds (Espenak and Meeus, polynomials for 1900-2150)."""
    year = 2000 + (jd - J2000) / 365.25
    t = year - 2000
    if year < 1961:
        u = year - 1950
        return 29.07 + 0.407 * u - u * u / 233 + u**3 / 2547
    if year < 1986:
        u = year - 1975
        return 45.45 + 1.067 * u - u * u / 260 - u**3 / 718
    if year < 2005:
        return (
            63.86
            + 0.3345 * t
            - 0.060374 * t * t
            + 0.0017275 * t**3
            + 0.000651814 * t**4
            + 0.00002373599 * t**5
        )
    if year < 2050:
        return 62.92 + 0.32217 * t + 0.005589 * t * t
    return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)
