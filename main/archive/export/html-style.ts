/** The page's one style block: system fonts, light and dark, print. Its hash is in the page's policy. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#c9ced6, #454c57); --quiet: light-dark(#4d5561, #b3bac5);
  --customer: light-dark(#eef3fb, #1c2735); --agent: light-dark(#eef7f0, #1b2b21); --private: light-dark(#fff4d6, #3a3013);
  --mark: light-dark(#ffe066, #7a5d00); --current: light-dark(#ffb000, #b36b00); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #14171c); color: light-dark(#16191d, #eceff3); }
#tools { position: sticky; top: 0; z-index: 1; padding: .5rem 0; border-bottom: 1px solid var(--line); background: light-dark(#fff, #14171c); }
#tools p { margin: .25rem 0 0; }
search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
input, select, button { font: inherit; min-height: 2.25rem; padding: .25rem .6rem; }
input { flex: 1 1 14rem; }
:focus-visible { outline: 3px solid light-dark(#0b57d0, #8ab4f8); outline-offset: 2px; }
article { scroll-margin-top: 8rem; content-visibility: auto; contain-intrinsic-size: auto 60rem; border-bottom: 2px solid var(--line); padding: 1rem 0; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin: 0 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
h1, h2, dd, td, .text { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .25rem 1.5rem; margin: 0; }
dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; }
ol.messages { list-style: none; padding: 0; margin: 0; }
li { border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .75rem; margin: .4rem 0; }
li.customer { background: var(--customer); margin-inline-end: 3rem; }
li.agent, li.bot { background: var(--agent); margin-inline-start: 3rem; }
li.private { background: var(--private); border-style: dashed; }
.by { margin: 0; color: var(--quiet); font-size: .85rem; }
.text { margin: 0; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: start; vertical-align: top; }
code { overflow-wrap: anywhere; }
::highlight(found) { background-color: var(--mark); color: inherit; }
::highlight(current) { background-color: var(--current); color: light-dark(#000, #fff); }
@media print { #tools, noscript { display: none; } article { scroll-margin-top: 8rem; content-visibility: visible; break-inside: auto; }
  li, tr { break-inside: avoid; } body { max-width: none; } }
`;
