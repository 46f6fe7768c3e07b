// One line of the benchmark's table: a figure beside the figure of a named peer, measured in the same run.

/** A figure, its peer, and what was asked of it. */
export interface Row {
  /** What was measured, and its value with its unit. */
  readonly what: string;
  readonly value: string;
  /** What it is compared with, and that one's value. */
  readonly peer: string;
  readonly peerValue: string;
  readonly ratio: number;
  /** What was asked, and whether it was reached; none for figures that only stand beside. */
  readonly goal?: Goal;
}

interface Goal {
  readonly asked: string;
  readonly reached: boolean;
}

/** The ratio should be at least this. */
export function atLeast(asked: number, ratio: number): Goal {
  return { asked: `≥ ${asked}`, reached: ratio >= asked };
}

/** The ratio should be at most this. */
export function atMost(asked: number, ratio: number): Goal {
  return { asked: `≤ ${asked}`, reached: ratio <= asked };
}

/** The table, as Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, value, peer, peerValue, ratio, goal }) => {
    const verdict = goal ? `${goal.asked} | ${goal.reached ? 'reached' : 'missed'}` : ' | ';
    return `| ${what} | ${value} | ${peer} | ${peerValue} | ${ratio.toFixed(2)} | ${verdict} |`;
  });
  const head =
    '| what | measured | peer | peer measured | ratio | asked | |\n| - | -: | - | -: | -: | -: | - |';
  return [head, ...lines].join('\n');
}
