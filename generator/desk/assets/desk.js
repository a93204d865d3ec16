/* 编辑台 · desk.js：只让服务器画好的页面更顺手；没有它，每个动作仍是一张表单加一个按钮。
   各页的脚本接在它后面，名字是共用的。Chromium 86、Firefox 78 起：不用 ?. 和模块。 */
'use strict';
const root = document.documentElement, { base, csrf } = root.dataset;
const $ = (s, e = document) => e.querySelector(s), all = (s, e = document) => [...e.querySelectorAll(s)];
const on = (type, then, e = document) => e.addEventListener(type, then);
const byId = id => id && document.getElementById(id), active = () => document.activeElement || root, set = (e, name, value) => e.setAttribute(name, value);
root.classList.add('js');

/* 说一声：屏幕阅读器也听得到。undo：按“撤销”时做什么 */
const toast = $('#toast');
let quiet;
function say(text, undo) {
  toast.innerHTML = undo ? '<span></span><button type="button">撤销 Ctrl+Z</button>' : '<span></span>';
  toast.firstChild.textContent = text;
  if (undo) on('click', undo, toast.lastChild);
  clearTimeout(quiet);
  quiet = setTimeout(() => { toast.textContent = ''; }, 8000);
}

/* 换上改了的部分：答复里每个带 id 的元素，换下页面上同一个 id 的。
   列表（data-list）不换下，只换里面的：<br id> 站在没有变的那一块的位置上，页面上的那一块留着 */
const isList = e => 'list' in e.dataset;
function merge(old, fresh) {
  [...fresh.attributes].forEach(a => old.getAttribute(a.name) === a.value || set(old, a.name, a.value));
  const rows = [...fresh.children].map(e => {
    const live = byId(e.id);
    if (live && isList(e)) merge(live, e);
    return e.localName === 'br' || live && isList(e) ? live : e;
  }).filter(Boolean);
  [...old.children].forEach(e => { if (!rows.includes(e)) e.remove(); });
  let at = old.firstElementChild;
  rows.forEach(e => { if (e === at) at = at.nextElementSibling; else old.insertBefore(e, at); });
}
function swap(html) {
  const box = document.createElement('template'), focus = active().id;
  box.innerHTML = html;
  [...box.content.children].forEach(fresh => {
    const old = byId(fresh.id);
    if (old && isList(fresh)) merge(old, fresh); else if (old) old.replaceWith(fresh);
  });
  if (byId(focus) && active() === document.body) byId(focus).focus();
}

/* 问程序；有 body 就是发一张表单。答复好时 then(文字, 状态)，不好时 fail(文字, 状态)，没有 fail 就说出来 */
function ask(path, then, fail = text => say(text), body) {
  const how = { method: body && 'POST', body, headers: { 'X-Desk': '1', 'X-CSRF': csrf } };
  return fetch(base + path, how).then(answer => answer.text().then(text => {
    online(true);
    (answer.ok ? then : fail)(text, answer.status);
  }), () => { online(false); fail('编辑台没有回应。'); });
}
const isOffline = () => !$('#offline').hidden;
const online = is => { $('#offline').hidden = is; };

/* 程序里发生的事，hear(事, then) 在 load 之前接上：EventSource；不行时每 2 秒问一次。
   again：接上了，这之前的没有听见。看不见的页面不占连接（浏览器每个地址只给六个） */
const heard = {};
let stream, last;
const hear = (kind, then) => { (heard[kind] = heard[kind] || []).push(then); };
const tell = (kind, data) => (heard[kind] || []).forEach(then => then(data));
function listen() {
  if (stream || !Object.keys(heard).length) return;
  stream = new EventSource(`${base}events?after=${root.dataset.heard}`);
  [...Object.keys(heard), 'alive'].forEach(kind => on(kind, e => { root.dataset.heard = e.lastEventId || root.dataset.heard; online(true); tell(kind, JSON.parse(e.data)); }, stream));
  stream.onopen = () => { if (isOffline()) tell('board'); online(true); tell('again'); };
  stream.onerror = () => { online(false); poll(); };
}
function poll() {
  if (!stream || stream.readyState < 2) return;
  ask(`events?since=${last || 0}`, text => {
    const now = JSON.parse(text);
    if (last >= 0) now.events.forEach(e => tell(e.kind, e.data));
    last = now.last;
  }, () => {}).then(() => setTimeout(poll, 2000));
}
on('visibilitychange', () => {
  if (!document.hidden) { listen(); return tell('board'); }
  if (stream) stream.close();
  stream = null;
});
on('load', listen, window);

/* 按键表；关上；打印；展开的表单里，还空着的那一格等着写 */
const openHelp = () => $('#help').showModal();
on('click', ({ target: t }) => {
  const close = t.closest('[data-close]');
  if (t.closest('[data-help]')) openHelp();
  if (close) close.closest('dialog').close();
  if (t.closest('[data-print]')) print();
});
document.addEventListener('toggle', e => {
  const field = e.target.open && $('.in', e.target);
  if (field && !field.value) field.focus();
}, true);

/* 按键：认键位（code）不认字符，中文输入法开着也一样；在输入框里、在组字时、带修饰键时、关掉时不拦。
   keys 里的一个答 true：这个键用掉了 */
const keys = [];
const isTyping = el => el.matches('textarea,select,input:not([type=radio]):not([type=checkbox]):not([type=file])');
on('keydown', e => {
  if (e.isComposing || e.keyCode === 229 || e.altKey || e.metaKey || $('dialog[open]') || isTyping(active())) return;
  if (!e.ctrlKey && 'noSingle' in root.dataset) return;
  if (!e.ctrlKey && e.shiftKey && e.code === 'Slash') openHelp();
  else if (!keys.some(key => key(e))) return;
  e.preventDefault();
});
