/** `2026-03-04 09:15:27.318+0000`: a blank instead of `T`, the zone without a colon, as in all samples. */
function timeText(time: number): string {
  return new Date(time).toISOString().replace('T', ' ').replace('Z', '+0000');
}

/** The pair of fields that both APIs use for every time. */
export function timePair<Name extends string>(
  name: Name,
  time: number | null,
): Record<Name | `${Name}L`, string | number> {
  const pair =
    time === null ? { [name]: 'undefined', [`${name}L`]: -1 } : { [name]: timeText(time), [`${name}L`]: time };
  return pair as Record<Name | `${Name}L`, string | number>;
}
