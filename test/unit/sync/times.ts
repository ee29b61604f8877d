export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Wednesday at noon, with thirteen months before it. */
export const noon = Date.UTC(2026, 2, 4, 12);
