"""What was measured, against the targets; one line each."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One measurement. Without a `limit` it is told and not judged."""

    target: str
    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    def is_missed(self, tolerance: float) -> bool:
        if self.limit is None:
            return False
        if self.at_least:
            return self.value < self.limit * (1 - tolerance)
        return self.value > self.limit * (1 + tolerance)


@dataclass
class Report:
    """The table; lines are printed as they come, because a run takes minutes."""

    tolerance: float
    lines: list[Line] = field(default_factory=list)

    def head(self) -> None:
        print(f"{'target':6}  {'what':46} {'value':>9} {'unit':6} {'limit':>8}")

    def add(self, line: Line) -> None:
        self.lines.append(line)
        sign = "≥" if line.at_least else "≤"
        limit = f"{sign} {line.limit:g}" if line.limit is not None else ""
        verdict = " MISSED" if line.is_missed(self.tolerance) else ""
        print(
            f"{line.target:6}  {line.what:46} {_short(line.value):>9} {line.unit:6} {limit:>8}"
            f"{verdict}  {line.note}".rstrip(),
            flush=True,
        )

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.is_missed(self.tolerance)]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"
