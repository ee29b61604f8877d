/** Luhn's check, for numbers that begin as payment cards do. */
export function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/u.test(digits) || /^(\d)\1+$/u.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    let digit = Number(digits[digits.length - 1 - index]);
    if (index % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

/** ISO 13616: country, two check digits, and 97 as the modulus. */
export function isIban(compact: string): boolean {
  const text = compact.toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    for (const digit of /\d/u.test(character) ? character : String(character.charCodeAt(0) - 55)) {
      rest = (rest * 10 + Number(digit)) % 97;
    }
  }
  return rest === 1;
}
