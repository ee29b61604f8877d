/** What advisers write for each other. Customers never see these, auditors do. */
export const notes = [
  'customer verified by date of birth',
  'third contact about this, see BENCH history',
  'sounds upset, handle with care',
  'possible friendly fraud, checked with risk team',
  'promised a callback before 5 pm',
  'do NOT offer another voucher, two this month already',
  'warehouse confirmed by phone, parcel is lost',
  'asked to escalate, TL informed',
  'vulnerable customer flag set',
  'ID checked, address matches',
  'claims mis-selling of card insurance, forwarded to compliance',
  'wrote his full card number, please mask',
] as const;
