/** An axis from zero: its end, and the values that get a line. */
export interface Axis {
  top: number;
  ticks: number[];
}

/** Ends at a round number at or above `largest`, with three to five lines on the way. */
export function axisTo(largest: number): Axis {
  if (largest <= 0) return { top: 1, ticks: [0, 1] };
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let value = 0; ticks.at(-1) === undefined || (ticks.at(-1) ?? 0) < largest; value += 1) {
    ticks.push(Number((value * step).toPrecision(12)));
  }
  return { top: ticks.at(-1) ?? 1, ticks };
}

/** Which of so many labels fit side by side: every one, or every second, third … but always the first. */
export function everyNth(count: number, space: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, space)));
}

/** Moves labels apart that would lie on each other; keeps their order. */
export function apart(positions: readonly number[], distance: number): number[] {
  const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
  order.forEach((label, index) => {
    const above = order[index - 1];
    if (above !== undefined) label.position = Math.max(label.position, above.position + distance);
  });
  return positions.map((_, index) => order.find((label) => label.index === index)?.position ?? 0);
}
