import { contract } from '../preload/contract.ts';
import { dashboardPartSchema, type DashboardPart } from '../preload/model.ts';
import { dashboardFigures } from '../main/archive/dashboard/figures.ts';
import { openReader } from '../main/archive/store/database.ts';
import { corpusStart } from './corpus.ts';

/** node bench/dashboard.ts FOLDER: milliseconds of CPU for the dashboard's figures, in a reader of their own as in the app. */
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node bench/dashboard.ts FOLDER');

const day = 86_400_000;
const now = corpusStart + 395 * day;
const write = (time: number) => new Date(time).toISOString().slice(0, 10);
const periods = {
  '13 weeks': { from: write(now - 91 * day), to: write(now - day) },
  everything: {},
};
const queries = ['', 'refund', 'card OR order', '"thank you"', 'agent:B* csat:<=2'];
const first: DashboardPart[] = ['volume', 'rates', 'scores'];

const rows: Record<string, unknown>[] = [];
for (const [period, days] of Object.entries(periods)) {
  for (const query of queries) {
    const input = (parts: readonly DashboardPart[]) =>
      contract['dashboard.figures'].input.parse({ query, timeZone: 'Europe/Berlin', ...days, parts });
    // A new connection knows nothing yet: neither columns nor facets nor the list of matches.
    const reader = openReader(folder);
    const timed = (parts: readonly DashboardPart[]) => {
      const began = process.cpuUsage();
      const { period: found } = dashboardFigures(reader.db, input(parts), now);
      const { user, system } = process.cpuUsage(began);
      return { ms: Math.round((user + system) / 100) / 10, total: found.total.total };
    };
    const cold = timed(first);
    const rest = timed(dashboardPartSchema.options);
    const warm = [timed(dashboardPartSchema.options), timed(dashboardPartSchema.options)];
    const each = Object.fromEntries(dashboardPartSchema.options.map((part) => [part, timed([part]).ms]));
    rows.push({
      period,
      query,
      total: cold.total,
      'first, cold': cold.ms,
      'all, next': rest.ms,
      'all, warm': Math.min(...warm.map(({ ms }) => ms)),
      ...each,
    });
    reader.close();
  }
}
console.table(rows);
console.log(`memory: ${Math.round(process.memoryUsage().rss / 1_048_576)} MB`);
