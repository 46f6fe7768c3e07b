// What a browser adds to the pages, all of which work without it: the count-down, pasted digits, no button pressed twice.
//
// It runs in the browser as it stands here, so it is plain JavaScript; its texts come with the page.
export const SCRIPT_TEXT = `'use strict';

for (const timer of document.querySelectorAll('[data-left]')) {
  const end = performance.now() + Number(timer.dataset.left);
  const words = JSON.parse(timer.dataset.words);
  const voice = document.getElementById(timer.dataset.voice);
  let before = Infinity;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    const time = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
    timer.textContent = words.left.replace('@', time);
    timer.classList.toggle('hurry', left <= 30);
    for (const moment of [60, 30, 10, 0]) {
      if (before > moment && left <= moment && before !== Infinity) voice.textContent = words[moment];
    }
    before = left;
    // The host says what becomes of an expired challenge.
    if (left === 0) setTimeout(() => location.replace('/challenge'), 1500);
    else setTimeout(tick, 250);
  };
  tick();
}

for (const field of document.querySelectorAll('[data-digits]')) {
  field.addEventListener('paste', (event) => {
    const pasted = event.clipboardData.getData('text').replace(/\\s/g, '');
    if (!/^[0-9]+$/.test(pasted)) return;
    event.preventDefault();
    field.setRangeText(pasted, field.selectionStart, field.selectionEnd, 'end');
  });
}

for (const form of document.forms) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  });
}
// Somebody who comes back to a page may send its form again.
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
  }
});
`;
