import { conversationText } from './en/conversation.ts';
import { custodyText } from './en/custody.ts';
import { dashboardText } from './en/dashboard.ts';
import { erasureText } from './en/erasure.ts';
import { exportText } from './en/export.ts';
import { frameText } from './en/frame.ts';
import { overviewText } from './en/overview.ts';
import { reviewText } from './en/review.ts';
import { searchText } from './en/search.ts';
import { upkeepText } from './en/upkeep.ts';
import { warningsText } from './en/warnings.ts';
import { welcomeText } from './en/welcome.ts';

/** Every sentence of the page, by key. A translation is one object of the same keys (`Catalogue` in text.ts). */
export const en = {
  ...exportText,
  ...frameText,
  ...welcomeText,
  ...searchText,
  ...conversationText,
  ...overviewText,
  ...dashboardText,
  ...custodyText,
  ...upkeepText,
  ...warningsText,
  ...erasureText,
  ...reviewText,
} as const;
