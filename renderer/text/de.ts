import type { Catalogue } from './text.ts';
import { conversationDe } from './de/conversation.ts';
import { custodyDe } from './de/custody.ts';
import { dashboardDe } from './de/dashboard.ts';
import { erasureDe } from './de/erasure.ts';
import { exportDe } from './de/export.ts';
import { frameDe } from './de/frame.ts';
import { overviewDe } from './de/overview.ts';
import { reviewDe } from './de/review.ts';
import { searchDe } from './de/search.ts';
import { upkeepDe } from './de/upkeep.ts';
import { warningsDe } from './de/warnings.ts';
import { welcomeDe } from './de/welcome.ts';

/** Every sentence of the page in German. */
export const de: Catalogue = {
  ...frameDe,
  ...welcomeDe,
  ...searchDe,
  ...exportDe,
  ...conversationDe,
  ...overviewDe,
  ...dashboardDe,
  ...custodyDe,
  ...upkeepDe,
  ...warningsDe,
  ...erasureDe,
  ...reviewDe,
};
