/** The words of the product, as data: what crosses between engine, hosts and page. One file per subject. */
export { accountIdSchema, conversationIdSchema, sourceSchema, type Source } from './model/common.ts';
export * from './model/account.ts';
export * from './model/conversation.ts';
export * from './model/search.ts';
export * from './model/dashboard.ts';
export * from './model/sync.ts';
export * from './model/export.ts';
export * from './model/custody.ts';
export * from './model/review.ts';
export * from './model/erasure.ts';
export * from './model/disposition.ts';
export * from './model/archive.ts';
export * from './model/job.ts';
export * from './model/app.ts';
