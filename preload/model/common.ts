/**
 * Shapes that every other subject uses. Times are epoch milliseconds UTC; durations are milliseconds.
 * (The command line and the exports turn times into ISO 8601, see public-json.ts.)
 */
import { z } from 'zod';

export const text = (max: number) => z.string().max(max);
export const epochMs = z.number().int();
export const count = z.number().int().nonnegative();

export const sourceSchema = z.enum(['chat', 'messaging']);
export type Source = z.infer<typeof sourceSchema>;

/** LivePerson site ids are digits, but documentation samples have letters in them: always text. */
export const accountIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u, 'letters, digits, "-" and "_" only');

/** `SOURCE:ACCOUNT:REMOTE-ID`, or a bare remote id where that is unambiguous. */
export const conversationIdSchema = z.string().min(1).max(512);
