/** How often each of some texts (ASCII) stands in a file, read piece by piece. */
export async function countMarks(pieces: AsyncIterable<Buffer>, marks: readonly string[]): Promise<number[]> {
  const counts = marks.map(() => 0);
  const longest = Math.max(...marks.map((mark) => mark.length)) + 1;
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece.toString('latin1');
    for (const [index, mark] of marks.entries()) {
      for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
        // What begins in the part that is kept is counted with the next piece.
        if (at < text.length - longest + 1) counts[index] = (counts[index] ?? 0) + 1;
      }
    }
    rest = text.slice(-(longest - 1));
  }
  for (const [index, mark] of marks.entries()) {
    for (let at = rest.indexOf(mark); at >= 0; at = rest.indexOf(mark, at + 1))
      counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
