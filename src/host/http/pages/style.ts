// How the pages look. Sizes follow the reader's own type size, colours the reader's own choice of light or dark.
export const STYLE_TEXT = `:root {
  color-scheme: light dark;
  --ground: #f3f5f7;
  --paper: #ffffff;
  --ink: #17212b;
  --soft: #51606f;
  --line: #d9dfe5;
  --edge: #76838f;
  --accent: #0b6272;
  --accent-strong: #084a57;
  --on-accent: #ffffff;
  --tint: #e4f1f2;
  --ok: #17663a;
  --ok-tint: #e5f4ea;
  --warn: #7d4a00;
  --warn-tint: #fff1dc;
  --bad: #a8201a;
  --bad-tint: #fdecea;
  --lcd: #dbe8df;
  --lcd-ink: #14261c;
  --shadow: 0 1px 2px rgb(20 40 60 / 6%), 0 8px 24px rgb(20 40 60 / 6%);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1419;
    --paper: #182028;
    --ink: #e7edf2;
    --soft: #a6b3bf;
    --line: #2b3742;
    --edge: #7a8896;
    --accent: #63c5d3;
    --accent-strong: #8ad6e1;
    --on-accent: #04242a;
    --tint: #13323a;
    --ok: #82d6a3;
    --ok-tint: #16301f;
    --warn: #f1c273;
    --warn-tint: #352912;
    --bad: #ff9f96;
    --bad-tint: #3a1d1b;
    --lcd: #1f3129;
    --lcd-ink: #d9f2e2;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  }
}

*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans TC', sans-serif;
}
h1, h2, h3, p, ol, ul, dl, dd { margin: 0; }
h1 { overflow-wrap: anywhere; font-size: 1.625rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.35; font-weight: 650; }
:lang(zh-Hant) :is(h1, h2) { letter-spacing: 0; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: .07em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: .12em; }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem; border-radius: .25rem; }
.notice:focus { outline: none; }
.notice:focus-visible { outline: .1875rem solid var(--bad); outline-offset: .1875rem; border-radius: .75rem; }
kbd, code, .mono { font-family: var(--mono); font-size: .94em; }
.mono { overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: .5rem; top: -4rem; z-index: 1; padding: .6rem 1rem; background: var(--paper); border-radius: .5rem; }
.skip:focus { top: .5rem; }

.top { background: var(--paper); border-bottom: 1px solid var(--line); }
.bar { max-width: 68rem; margin: 0 auto; padding: .75rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; }
.brand { display: inline-flex; align-items: center; gap: .65rem; margin-right: auto; min-height: 2.75rem; color: var(--ink); font-weight: 650; text-decoration: none; }
.brand:hover { color: var(--accent); }
.mark { width: 2rem; height: 1.375rem; border-radius: .3rem; background: var(--accent); position: relative; flex: none; }
.mark::before { content: ''; position: absolute; inset: .25rem .3rem auto; height: .4rem; border-radius: .1rem; background: var(--paper); }
.mark::after { content: ''; position: absolute; inset: auto .3rem .25rem; height: .2rem; background: radial-gradient(circle, var(--paper) 45%, transparent 50%) 0 0 / .345rem .2rem; }
.bar nav { display: flex; flex-wrap: wrap; gap: .25rem; }
.bar nav a { padding: .55rem .8rem; border-radius: .5rem; color: var(--soft); text-decoration: none; }
.bar nav a:hover { color: var(--ink); background: var(--ground); }
.bar nav a[aria-current] { color: var(--accent); background: var(--tint); font-weight: 600; }

main { flex: 1; width: 100%; margin: 0 auto; padding: 2rem 1.25rem 3rem; display: grid; gap: 1.5rem; align-content: start; grid-template-columns: minmax(0, 1fr); }
main.narrow { max-width: 29.5rem; padding-top: clamp(1.5rem, 7vh, 4.5rem); }
main.wide { max-width: 68rem; }
footer { padding: 1rem 1.25rem 1.75rem; }
.languages { display: flex; flex-wrap: wrap; justify-content: center; gap: .25rem; }
.languages a { padding: .55rem .8rem; color: var(--soft); text-decoration: none; border-radius: .5rem; }
.languages a:hover { color: var(--ink); text-decoration: underline; }
.languages a[aria-current] { color: var(--ink); font-weight: 600; }

.sheet { background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; box-shadow: var(--shadow); padding: clamp(1.25rem, 5vw, 2rem); display: grid; gap: 1.375rem; align-content: start; grid-template-columns: minmax(0, 1fr); }
.head { display: grid; gap: .5rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.apart { justify-content: space-between; }
.lead, .hint, .note { color: var(--soft); }
.note { font-size: .9375rem; }

form { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
form.inline { display: inline-grid; }
.field { display: grid; gap: .35rem; grid-template-columns: minmax(0, 1fr); }
label { font-weight: 600; }
.hint { font-size: .9375rem; line-height: 1.4; }
.wrong { color: var(--bad); font-weight: 600; font-size: .9375rem; line-height: 1.4; }
input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: .6rem; padding: .65rem .8rem; width: 100%; min-height: 3rem; }
input:focus-visible, select:focus-visible { outline-offset: 0; border-color: var(--accent); border-radius: .6rem; }
input[aria-invalid] { border-color: var(--bad); border-width: 2px; }
input.short { max-width: 9rem; letter-spacing: .3em; }
input.code { font-family: var(--mono); font-size: 1.5rem; letter-spacing: .18em; padding: .55rem .8rem; }
.check { display: flex; align-items: flex-start; gap: .75rem; }
.check input { width: 1.375rem; height: 1.375rem; min-height: 0; margin: .1rem 0 0; flex: none; accent-color: var(--accent); }
.check label { font-weight: 400; }

button, .button { font: inherit; font-weight: 600; line-height: 1.3; text-align: center; cursor: pointer; border-radius: .6rem; padding: .7rem 1.15rem; min-height: 2.75rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-flex; align-items: center; justify-content: center; transition: background-color .12s, border-color .12s; }
button:hover, .button:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
.large { min-height: 3.25rem; width: 100%; font-size: 1.0625rem; }
.quiet { background: transparent; border-color: var(--edge); color: var(--ink); }
.quiet:hover { background: var(--ground); border-color: var(--ink); color: var(--ink); }
.plain { background: transparent; border-color: transparent; color: var(--soft); font-weight: 400; padding: .55rem .8rem; }
.plain:hover { background: var(--ground); border-color: transparent; color: var(--ink); }
.danger { background: var(--bad); border-color: var(--bad); color: var(--paper); }
.danger:hover { background: var(--bad); border-color: var(--ink); color: var(--paper); }
button[aria-disabled] { opacity: .65; cursor: progress; }

.notice { border-radius: .75rem; padding: .875rem 1.125rem; border: 1px solid; display: grid; gap: .2rem; overflow-wrap: anywhere; }
.notice.done { background: var(--ok-tint); border-color: var(--ok); color: var(--ok); }
.notice.refused { background: var(--bad-tint); border-color: var(--bad); color: var(--bad); }
.notice .what { font-weight: 650; }
.notice a { color: inherit; font-weight: 600; }

.lcd { background: var(--lcd); color: var(--lcd-ink); border-radius: .75rem; padding: 1rem 1rem 1.125rem; text-align: center; display: grid; gap: .35rem; box-shadow: inset 0 1px 3px rgb(0 0 0 / 14%); }
.lcd h2 { font-size: .9375rem; font-weight: 600; }
.digits { font-family: var(--mono); font-variant-numeric: tabular-nums; font-weight: 600; font-size: clamp(2.25rem, 11vw, 3.25rem); line-height: 1.1; letter-spacing: .22em; margin-right: -.22em; user-select: all; white-space: nowrap; }
.timer { font-size: .9375rem; font-variant-numeric: tabular-nums; }
.timer.hurry { font-weight: 700; }
.steps { padding-left: 1.5rem; display: grid; gap: .5rem; }
.steps li::marker { color: var(--accent); font-weight: 650; }
.two { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 56rem) { .two { grid-template-columns: minmax(0, 1fr) minmax(0, 24rem); align-items: start; } main.ceremony { max-width: 58rem; padding-top: clamp(1.5rem, 6vh, 4rem); } }
main.ceremony { max-width: 58rem; }

.devices { list-style: none; padding: 0; display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); }
.device { display: flex; flex-direction: column; padding: 1.375rem; gap: 1rem; }
.device .acts { margin-top: auto; }
.badge { display: inline-block; border-radius: 2rem; padding: .15rem .75rem; font-size: .875rem; font-weight: 600; background: var(--ground); color: var(--soft); border: 1px solid var(--line); }
.badge.active, .badge.enabled { background: var(--ok-tint); color: var(--ok); border-color: transparent; }
.badge.mailed, .badge.requested { background: var(--tint); color: var(--accent); border-color: transparent; }
.badge.blocked, .badge.disabled { background: var(--bad-tint); color: var(--bad); border-color: transparent; }
.badge.lost { background: var(--warn-tint); color: var(--warn); border-color: transparent; }
.facts { display: grid; gap: .3rem 1.25rem; grid-template-columns: fit-content(42%) minmax(0, 1fr); font-size: .9375rem; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: .875rem; }
th, td { padding: .7rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tbody tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.table { padding: .5rem; }
.sheet > table { margin: 0 -.75rem; width: calc(100% + 1.5rem); }
.table > table { margin: 0; width: 100%; }
.search { grid-template-columns: minmax(0, 1fr) auto; align-items: end; gap: .75rem; max-width: 34rem; }
@media (max-width: 46rem) {
  .bar:has(nav) .brand { width: 100%; }
  .bar nav { margin: 0 auto 0 -.8rem; }
  .bar > form { margin: 0 -.8rem; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .85rem .75rem; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  td, td.number { border: 0; padding: .15rem 0; display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .75rem; text-align: left; }
  td::before { content: attr(data-label); color: var(--soft); }
  td:empty { display: none; }
}
@media (max-width: 30rem) {
  .bar, main { padding-left: 1rem; padding-right: 1rem; }
  .search { grid-template-columns: minmax(0, 1fr); }
  td, td.number { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .device .acts > *, .device .acts button, .device .acts .button { flex: 1 1 auto; width: 100%; }
}
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) { .mark, .badge, .lcd { border: 1px solid; } }
`;
