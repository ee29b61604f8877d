export const caseHref = (name: string) => `/cases?name=${encodeURIComponent(name)}`;
export const queueHref = (name: string) => `/queue?name=${encodeURIComponent(name)}`;
