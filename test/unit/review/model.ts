import type { Outcome } from '../../../preload/model.ts';

/** What reviewers put on conversations, in the plainest way that can be thought of. */
export interface Labels {
  tags: Map<string, Set<string>>;
  stars: Set<string>;
  decisions: Map<string, Outcome>;
  cases: Map<string, Set<string>>;
}

interface Hold {
  of: string;
  members: Set<string>;
  released: boolean;
}

interface Done {
  before: Labels;
  /** What came under a hold by it. */
  held: { hold: Hold; id: string }[];
}

function copied(of: Map<string, Set<string>>): Map<string, Set<string>> {
  return new Map([...of].map(([name, ids]) => [name, new Set(ids)]));
}

/** The same actions as the archive's, on sets in memory. One user, so that undo goes back step by step. */
export class Model {
  labels: Labels = { tags: new Map(), stars: new Set(), decisions: new Map(), cases: new Map() };
  closed = new Set<string>();
  holds = new Map<string, Hold>();
  notes = new Map<number, { id: string; text: string }>();
  #done: Done[] = [];

  /** Makes a change; gives how many conversations were not so already. */
  change(make: (labels: Labels) => string[], addedTo: string | null): number {
    const { tags, stars, decisions, cases } = this.labels;
    const before = {
      tags: copied(tags),
      stars: new Set(stars),
      decisions: new Map(decisions),
      cases: copied(cases),
    };
    const changed = make(this.labels);
    if (changed.length > 0) this.#done.push({ before, held: this.#hold(changed, addedTo) });
    return changed.length;
  }

  /** Takes the last change back; false when there is none. */
  undo(): boolean {
    const done = this.#done.pop();
    if (done === undefined) return false;
    const now = this.labels.cases;
    this.labels = done.before;
    for (const { hold, id } of done.held) if (!hold.released) hold.members.delete(id);
    for (const [name, ids] of this.labels.cases) {
      this.#hold(
        [...ids].filter((id) => now.get(name)?.has(id) !== true),
        name,
      );
    }
    return true;
  }

  hold(name: string, of: string): void {
    this.holds.set(name, { of, members: new Set(this.labels.cases.get(of)), released: false });
  }

  held(): Set<string> {
    return new Set([...this.holds.values()].filter(({ released }) => !released).flatMap(({ members }) => [...members]));
  }

  #hold(ids: readonly string[], addedTo: string | null): Done['held'] {
    const held: Done['held'] = [];
    for (const hold of this.holds.values()) {
      if (hold.released || hold.of !== addedTo) continue;
      for (const id of ids) {
        if (hold.members.has(id)) continue;
        hold.members.add(id);
        held.push({ hold, id });
      }
    }
    return held;
  }
}

/** Adds to a set; gives those that were not in it. */
export function addTo(set: Set<string>, ids: readonly string[]): string[] {
  const fresh = [...new Set(ids)].filter((id) => !set.has(id));
  for (const id of fresh) set.add(id);
  return fresh;
}

/** Takes out of a set; gives those that were in it. */
export function takeFrom(set: Set<string>, ids: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => set.delete(id));
}
