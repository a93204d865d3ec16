/* 编辑台 · notice.js：校对、遮盖两页共有的：疑点卡片、做一个动作、撤销重做、遮盖选中的字。
   每个动作都是页面上已有的那张表单，或同样字段的一次发送。
   页面自己的脚本有 go(哪一处) step(方向) press(键) swapped() next() leads(表单) lacking()。 */
'use strict';
const main = $('#main'), path = `n/${main.dataset.id}/`;
const cards = () => all('article.doubt[data-d]'), card = () => cards().find(c => !c.hidden);
let asked = false, waiting = null, busy = 0;

function turn(how) {
  const button = $(`[data-turn=${how}]`);
  if (button.disabled) say(how === 'undo' ? '没有可撤销的' : '没有可重做的'); else button.click();
}
/* 页面上有哪些块、各是什么（散列）：程序只答不同的 */
const shows = () => all('[data-h]').map(e => `${e.id}:${e.dataset.h}`).join(' ');
/* 发一个动作；做成了换上答复里的部分，再 then()。签过名的先问一次 */
function send(where, fields, then) {
  const seen = $('[data-version]');
  if (isOffline()) return say('编辑台没有回应，没有做。');
  if (+seen.dataset.signed && !asked) {
    waiting = () => send(where, fields, then);
    $('#void').hidden = false;
    return $('#void button').focus();
  }
  fields.set('page', main.className);
  fields.set('version', seen.dataset.version);
  fields.set('from', seen.dataset.at || '');
  fields.set('id', seen.dataset.nonce + (fields.get('id') || `-${Math.random()}`).replace(/^\w+/, ''));
  let tries = 0;
  (function post() {
    const { nonce } = seen.dataset;
    fields.set('shows', shows());
    busy++;
    ask(where, html => took(html, nonce, then), (text, status) => {
      if (status === 423 && tries++ < 5) return setTimeout(post, 1000);
      if ($('#ctl')) $('#ctl').remove();
      if (/^\s*</.test(text)) { took(text, nonce); return $('#conflict .btn').focus(); }
      say(text);
      swapped();
    }, fields).then(() => busy--);
  })();
}
/* nonce：问的时候页面是哪一次答的；等的时候又换过了的，换上以后再问还缺什么 */
const isSame = nonce => nonce === $('[data-version]').dataset.nonce;
function took(html, nonce, then) {
  const isLate = !isSame(nonce);
  swap(html);
  swapped();
  if (isLate) lacking();
  if (then) then();
  const said = $('#saidtext').textContent;
  if (!said) return;
  say(said, () => turn('undo'));
  $('#saved').textContent = `已存 ${new Date().toTimeString().slice(0, 8)}`;
}
function act(name, fields) {
  const data = new FormData();
  Object.entries({ act: name, ...fields }).forEach(([field, value]) => data.set(field, value));
  send(`${path}do`, data);
  getSelection().removeAllRanges();
}
on('submit', e => {
  const form = e.target, data = new FormData(form), by = e.submitter, dialog = form.closest('dialog');
  e.preventDefault();
  if (by && by.name) data.set(by.name, by.value);
  if (dialog) dialog.close();
  if (!leads(data)) send(form.getAttribute('action').slice(base.length), data, form.matches('.settle') && next);
});
function mask(words) {
  if (!words.trim()) return say('先选中要遮的字');
  $('#mk-o').textContent = $('#mk-v').value = words;
  $('#maskdlg').showModal();
}
on('click', e => {
  const t = e.target, answer = t.closest('[data-void]'), line = t.closest('.queue a');
  if (answer) {
    $('#void').hidden = true;
    asked = answer.dataset.void === 'go';
    if (asked) waiting();
  }
  if (line) go(line.parentNode.dataset.d); else if (t.closest('[data-later]')) step(1); else return;
  e.preventDefault();
});
keys.push(e => {
  if (e.ctrlKey) {
    if (!/^Key[ZY]$/.test(e.code)) return false;
    turn(e.code === 'KeyZ' && !e.shiftKey ? 'undo' : 'redo');
  } else if (/^Key[JKL]$/.test(e.code)) step(e.code === 'KeyK' ? -1 : 1);
  else return !(e.code === 'Enter' && active().matches('a,button,summary')) && press(e.code, e.shiftKey);
  return true;
});
