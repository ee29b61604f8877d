/**
 * The page's one script: search, filter by speaker, jump between matches, self-check. It only ever reads the
 * transcripts and hides what does not match; it never makes markup from text. Its hash is in the page's policy.
 */
export const pageScript = `
'use strict';
const $ = (id) => document.getElementById(id);
const articles = Array.from(document.querySelectorAll('article'));
const fold = (text) => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
const foldedTexts = new Map();
let matches = [], current = -1, timer = 0;

// One folded character for each UTF-16 unit, so that places in it are places in the page.
function foldInPlace(text) {
  const folded = fold(text);
  if (folded.length === text.length) return folded;
  let result = '';
  for (const unit of text.split('')) result += (fold(unit) + ' ').slice(0, 1);
  return result;
}
function scopes(article, role) {
  return role === '' ? [article] : Array.from(article.querySelectorAll('li.' + role + ' .text'));
}
function textOf(article, role) {
  const key = role;
  let texts = foldedTexts.get(article);
  if (!texts) foldedTexts.set(article, texts = new Map());
  if (!texts.has(key)) texts.set(key, scopes(article, role).map((scope) => fold(scope.textContent)).join('\\n'));
  return texts.get(key);
}
function rangesIn(article, role, words) {
  const found = [];
  for (const scope of scopes(article, role)) {
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = foldInPlace(node.data);
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          found.push(range);
        }
      }
    }
  }
  return found.sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other));
}
function search() {
  const role = $('role').value;
  const words = fold($('words').value).split(/\\s+/u).filter(Boolean);
  matches = []; current = -1;
  let shown = 0;
  for (const article of articles) {
    const text = words.length > 0 || role !== '' ? textOf(article, role) : '';
    const hit = (role === '' || text !== '') && words.every((word) => text.includes(word));
    article.hidden = !hit;
    if (!hit) continue;
    shown += 1;
    // Marking stops at ten thousand places: finding goes on.
    if (words.length > 0 && matches.length < 10000) for (const range of rangesIn(article, role, words)) matches.push(range);
  }
  if (globalThis.Highlight) {
    CSS.highlights.set('found', new Highlight(...matches));
    CSS.highlights.delete('current');
  }
  $('found').textContent = shown + ' of ' + articles.length + ' transcripts' +
    (words.length > 0 ? ', ' + matches.length + (matches.length >= 10000 ? ' or more' : '') + ' places' : '');
}
function go(step) {
  if (matches.length === 0) return;
  current = (current + step + matches.length) % matches.length;
  const range = matches[current];
  if (globalThis.Highlight) CSS.highlights.set('current', new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: 'center' });
  $('found').textContent = 'Match ' + (current + 1) + ' of ' + matches.length;
}
async function sha256(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
async function check() {
  const out = $('checked');
  if (!globalThis.crypto || !crypto.subtle) {
    out.textContent = 'This browser cannot compute hashes for a file opened this way. Use the commands in VERIFY.txt.';
    return;
  }
  out.textContent = 'Checking…';
  const wrong = [];
  let all = '';
  for (const article of articles) {
    const hash = await sha256(article.textContent);
    all += hash;
    if (hash !== article.dataset.sha256) wrong.push(article.querySelector('dd').textContent);
  }
  const digest = document.querySelector('footer').dataset.sha256;
  const whole = await sha256(all) === digest;
  if (wrong.length > 0) out.textContent = 'CHANGED since the export: ' + wrong.join(', ');
  else if (!whole) out.textContent = 'CHANGED since the export: transcripts were added, removed or put in another order.';
  else out.textContent = 'All ' + articles.length + ' transcripts match the hashes in this file. Someone who changed both text and ' +
    'hashes would not be found here: compare ' + digest + ' with transcriptsSha256 in custody/export.json of the package.';
}
$('tools').hidden = false;
$('words').addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 150); });
$('words').addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); go(event.shiftKey ? -1 : 1); } });
$('role').addEventListener('change', search);
$('next').addEventListener('click', () => go(1));
$('previous').addEventListener('click', () => go(-1));
$('check').addEventListener('click', () => { void check(); });
search();
`;
