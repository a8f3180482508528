"""The axis of a drawing: round numbers around the values."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WANTED = 4  # steps between the lowest and the highest line, or somewhat fewer


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, zero among them, with a line at every `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def lines(self) -> list[Decimal]:
        """Where lines are drawn, from below upwards."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]

    def share(self, value: Decimal) -> Decimal:
        """How far up a value stands: 0 at the lowest line, 1 at the highest."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Iterable[Decimal]) -> Scale:
    """A scale of round numbers that holds zero and all of the values."""
    held = [Decimal(0), *values]
    lowest, highest = min(held), max(held)
    step = _round_step((highest - lowest) / WANTED)
    low = (lowest / step).to_integral_value(ROUND_FLOOR) * step
    high = (highest / step).to_integral_value(ROUND_CEILING) * step
    return Scale(low, high if high > low else low + step, step)


def _round_step(least: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10, 20, 50… that is not below `least`."""
    if least <= 1:
        return Decimal(1)
    power = Decimal(10) ** (len(str(int(least))) - 1)
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)
