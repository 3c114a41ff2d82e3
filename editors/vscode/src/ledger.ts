// Reads the ledger that `rubricc eval --format ledger` prints: units, and in each the parts with their lines.
//
// A unit opens with 【its name】; parts are set apart by an empty line, their lines are indented. What does not fit is
// kept as it stands, so that nothing of a ledger is ever hidden.

export interface Part {
  readonly head: string;
  readonly lines: readonly string[];
}

export interface Unit {
  readonly id: string;
  /** The rest of the opening line: total, rank, grade. */
  readonly summary: string;
  readonly parts: readonly Part[];
}

/** The units of a ledger, in its order. */
export function unitsOf(ledger: string): Unit[] {
  const units: Unit[] = [];
  let parts: Part[] = [];
  for (const block of ledger.split(/\n\s*\n/)) {
    let lines = block.split("\n").filter((line) => line.trim() !== "");
    const opening = /^【(.*?)】\s*(.*)$/.exec(lines[0] ?? "");
    if (opening) {
      parts = [];
      units.push({ id: opening[1] ?? "", summary: opening[2] ?? "", parts });
      lines = lines.slice(1);
    } else if (units.length === 0 && lines.length > 0) {
      units.push({ id: "", summary: "", parts });
    }
    const [head, ...rest] = lines;
    if (head !== undefined) parts.push({ head, lines: rest.map((line) => line.replace(/^ {2}/, "")) });
  }
  return units;
}
