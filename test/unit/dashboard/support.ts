import type { Database } from 'better-sqlite3';
import { dashboardFigures } from '../../../main/archive/dashboard/figures.ts';
import { createDemoWorld } from '../../../main/archive/demo/demo-world.ts';
import { contract, type Input } from '../../../preload/contract.ts';
import type { Dashboard, Figure } from '../../../preload/model.ts';
import { bench } from '../sync/support.ts';

export const now = Date.UTC(2026, 10, 24, 15, 20);

/** The demo account as the app archives it: both sources, thirteen months, some two thousand conversations. */
export async function demoArchive(): Promise<Database> {
  const { archive, sync } = bench({ world: createDemoWorld({ now }), now });
  const report = await sync();
  if (!report.complete) throw new Error('the demo account did not come in whole');
  return archive.db;
}

/** Figures as the contract gives them, checked against the contract. */
export function figures(db: Database, input: Input<'dashboard.figures'>): Dashboard {
  const { input: inputs, output } = contract['dashboard.figures'];
  return output.parse(dashboardFigures(db, inputs.parse(input), now));
}

/** Every number with its query, wherever in the answer it stands. */
export function* marksIn(value: unknown): Generator<Figure> {
  if (typeof value !== 'object' || value === null) return;
  if ('total' in value && 'query' in value) yield value as Figure;
  else for (const each of Object.values(value)) yield* marksIn(each);
}
