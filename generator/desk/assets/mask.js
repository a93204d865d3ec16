/* 编辑台 · mask.js：遮盖页的按键、选字和证明。 */
'use strict';
let proving = 0;
function show(c) {
  if (!c) return;
  const n = c.dataset.d;
  cards().forEach(e => { e.hidden = e !== c; });
  all('[data-d]').forEach(e => { if (e.tagName !== 'ARTICLE') e.classList.toggle('is-on', e.dataset.d === n); });
  if ($('.sug.is-on')) $('.sug.is-on').scrollIntoView({ block: 'center' });
}
const go = n => show(byId(`d${n}`));
function step(by) {
  const list = cards();
  show(list[(list.indexOf(card()) + by + list.length) % list.length]);
}
function clear(is) {
  document.body.classList.toggle('show-clear', is);
  set($('[data-clear]'), 'aria-pressed', is);
}
function prove() {
  const mine = ++proving;
  ask(`${path}leaks`, html => { if (mine === proving) swap(html); });
}
function swapped() {
  show(card() || cards()[0]);
  prove();
}
const next = () => {}, leads = () => false, lacking = () => {};
function chosen() {
  const s = getSelection();
  return s.rangeCount && $('#seen').contains(s.anchorNode) ? `${s}` : '';
}
function press(code) {
  const click = button => { if (button) button.click(); };
  if (code === 'Enter') click(card() ? $('[data-take]', card()) : $('#go'));
  else if (code === 'KeyY') click(card() && $('[data-asis]', card()));
  else if (code === 'KeyM') mask(chosen());
  else if (code === 'KeyV') clear(true);
  else return false;
  return true;
}
on('keyup', e => { if (e.code === 'KeyV') clear(false); });
on('click', ({ target: t }) => {
  if (t.closest('[data-clear]')) clear(!document.body.classList.contains('show-clear'));
  if (t.closest('.sug')) show(byId(`d${t.closest('.sug').dataset.d}`));
});
on('load', () => {
  show(card());
  if (!('done' in $('#strip').dataset)) prove();
}, window);
