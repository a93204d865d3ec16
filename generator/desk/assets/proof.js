/* 编辑台 · proof.js：校对页上的走动、联动、按键和选字。 */
'use strict';
const src = $('#src'), doc = $('#doc'), rail = $('#rail'), menu = $('#rolemenu'), bar = $('#selbar');
let cur = null, seen = '', place = 0, linked = true, driver = '', opener = null;
const num = (e, a) => +e.dataset[a] || 0, rect = e => e.getBoundingClientRect();
const ps = () => all('.p', doc), words = p => p.children[1].textContent;
const view = () => $('[data-view]:not([hidden])', src), lineOf = line => all(`[data-line="${line}"]`, view());
const issueAt = p => (p && p.closest('.issue') || doc).dataset.id || '';
const only = (name, among, those) => among.concat(those).forEach(e => e.classList.toggle(name, those.includes(e)));

/* ------------------------------------------------------------ 位置与联动 */
const upper = es => Math.min(...es.map(e => rect(e).top)), lower = es => Math.max(...es.map(e => rect(e).bottom));
const roll = (pane, by, smooth) => pane.scrollBy({ top: by, behavior: smooth ? 'auto' : 'instant' });
function level(pane, mine, others, smooth) {
  if (mine.length && others.length) roll(pane, (upper(mine) + lower(mine) - upper(others) - lower(others)) / 2, smooth);
}
/* 打开时只排看得见的（data-early）：先排要去的地方的前后，第一屏以后有空时排完，从此各处的高低都是真的 */
const wake = es => es.forEach(e => { e.style.contentVisibility = 'visible'; });
function wakeAround(e) {
  const one = e.closest('[data-early]>*'), those = one ? [...one.parentNode.children] : [], at = those.indexOf(one);
  wake(those.slice(Math.max(0, at - 9), at + 9));
}
function wakeAll() {
  const late = all('[data-early]>:not([style])');
  wake(late.slice(0, 30));
  if (late[0]) return requestIdleCallback(wakeAll);
  all('[data-early]').forEach(e => { delete e.dataset.early; });
  if (cur && !driver) select(cur, 'doc');
}
function draw() {
  const lines = cur ? lineOf(num(cur, 'line')) : [], g = rect($('.gut')), w = g.width, h = w / 2, scale = 1000 / (doc.scrollHeight || 1);
  set($('.win'), 'y', scale * doc.scrollTop);
  set($('.win'), 'height', scale * doc.clientHeight);
  const [a, b, c, d] = lines.length ? [upper(lines), upper([cur]), lower([cur]), lower(lines)].map(v => v - g.top) : [];
  set($('#ribbon path'), 'd', w && lines.length ? `M0 ${a}C${h} ${a} ${h} ${b} ${w} ${b}V${c}C${h} ${c} ${h} ${d} 0 ${d}Z` : '');
}
function passageOf(line) {
  const before = ps().filter(p => num(p, 'line') && num(p, 'line') <= line), last = before.pop();
  return last && before.concat(last).find(p => num(p, 'line') === num(last, 'line'));
}
function select(p, from, smooth) {
  if (!p) return;
  cur = p;
  $('#docin').dataset.at = p.dataset.s;
  driver = '';
  const line = num(p, 'line'), lines = lineOf(line), issue = p.closest('.issue'), sheet = lines[0] && lines[0].closest('.sheet');
  [p, ...lines].forEach(wakeAround);
  only('is-on', all('.is-on', src).concat(all('.p.is-on', doc)), [p, ...lines]);
  only('is-cur', all('.issue.is-cur'), issue ? [issue] : []);
  controls(issue);
  all('.tally a').forEach(a => {
    a.classList.toggle('is-on', a.dataset.i === issueAt(p));
    if (issue) a.tabIndex = a.matches('.is-on') ? 0 : -1;
    if (a.matches('.is-on')) a.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  if (from === 'src') level(doc, [p], lines, smooth);
  else {
    const r = rect(p), q = rect(doc);
    if (from !== 'doc' && (from === 'queue' || r.top < q.top + 20 || r.bottom > q.bottom - 40)) roll(doc, r.top - q.top - q.height * 0.3);
    if (linked) level(src, lines, [p], smooth && from === 'doc');
  }
  $('#pageno').textContent = (sheet ? `第${sheet.dataset.page}页 · ` : '') + (line ? `第${line}行` : '');
  draw();
  near(p);
}
/* 问页面上还缺什么。自己的动作正在做时不换：它的答复就是新的，先换上会跳过一处疑点；等的时候页面换过了，再问 */
function part(fields, then) {
  const { at = '', nonce } = $('#docin').dataset;
  return ask(`${path}part`, html => {
    if (!html || busy) return;
    if (isSame(nonce)) took(html, nonce, then); else part(fields, then);
  }, undefined, new URLSearchParams({ from: at, ...fields, shows: shows() }));
}
const lacking = () => part({});
/* 长的通报：页面上是看着的一段和前后各一段，走到哪里取到哪里 */
let coming = false;
function fetchPart(s, then) {
  const stay = ps().find(p => rect(p).bottom > rect(doc).top), was = rect(stay).top;
  coming = true;
  part({ from: s, to: s }, () => {
    if (byId(stay.id)) roll(doc, rect(byId(stay.id)).top - was);
    if (then) then();
  }).then(() => { coming = false; });
}
function near(p) {
  const { from, to } = $('#docin').dataset, s = num(p, 's');
  if (to && !coming && (s < from || s >= to)) fetchPart(s);
}
/* 这一项的控件只有一份，放到看着的那一项里 */
function controls(issue) {
  const old = $('.issue #ctl', doc);
  if (old && old.parentNode === issue) return;
  if (old) old.remove();
  if (!issue || $('#ctl')) return;
  const c = $('#ctl-t').content.cloneNode(true), d = issue.dataset, put = (of, text) => { $(`[data-of=${of}]`, c).textContent = text; };
  all('[name=issue],[name=anchor]', c).forEach(e => { e.value = d.id; });
  all('[name=status]', c).forEach(e => { e.checked = e.value === d.status; });
  put('quote', d.quote || '没有');
  put('due', ($('[name=date]', c).value = d.due) || '原文没有写');
  put('who', d.who || '原文没有写');
  if ('topics' in d) put('topics', $('[name=names]', c).value = d.topics);
  $('.p', issue).after(c);
}
function follow(pane, other, places, others) {
  ['wheel', 'touchstart', 'pointerdown', 'keydown'].forEach(type => pane.addEventListener(type, () => { driver = pane.id; }, { passive: true }));
  on('scroll', () => {
    requestAnimationFrame(draw);
    if (driver !== pane.id) return;
    const { top: from, height } = rect(pane), at = from + height / 3, here = places().find(e => rect(e).bottom > at), there = linked && here ? others(num(here, 'line')) : [];
    if (here && pane === doc) near(here);
    if (there.length) roll(other, upper(there) - rect(other).top - height / 3 + Math.max(0, at - rect(here).top));
  }, pane);
}
follow(doc, src, ps, lineOf);
follow(src, doc, () => all('[data-line]', view()), line => [passageOf(line)].filter(Boolean));
on('resize', draw, window);

/* ------------------------------------------------------------ 疑点 */
/* 看着的这一处往后（往前）第一处没有处理的；这一处已经不在了，从它原来的地方看起 */
function beside(by) {
  const rows = all('#qopen li'), is = byId(`q${seen}`), before = rows.filter(e => num(e, 's') < place).length, at = rows.includes(is) ? rows.indexOf(is) : before - .5;
  return rows[by < 0 ? Math.ceil(at - 1) : Math.floor(at + 1)] || by > 0 && rows[0];
}
function show(c, stay) {
  const of = c && $('[data-same] b', c);
  cards().forEach(e => { e.hidden = e !== c; });
  if ($('#alldone')) $('#alldone').hidden = !!c;
  seen = c ? c.dataset.d : '';
  place = c ? num(c, 's') : place;
  if (of) of.textContent = ` ${JSON.parse($('#railin').dataset.same)[c.dataset.kind]} 处`;
  only('is-on', all('[data-d].is-on'), c ? all(`[data-d="${seen}"]`).filter(e => e !== c) : []);
  rail.scrollTop = 0;
  if (c && c.dataset.p && !stay) select(byId(`p${c.dataset.p}`), 'queue');
}
function step(by) {
  const to = beside(by);
  if (to) go(to.dataset.d);
}
function go(key) {
  const c = byId(`d${key}`);
  if (c || !key) show(c); else fetchPart(byId(`q${key}`).dataset.s, () => show(byId(`d${key}`)));
}
function take(go) {
  const f = card() && $('.settle', card()), b = f && $(`[value=${go}]`, f);
  if (!f) return $('#go') ? $('#go').click() : step(1);
  if (go === 'take' && !$('[name=choice]:checked', f)) { $('[name=choice]', f).focus(); return say('先选一种办法'); }
  if (b) b.click(); else say(go === 'same' ? '这一类不能一并处理' : '这一处不能照登');
}
const next = () => go((beside(1) || doc).dataset.d);
function swapped() {
  show(byId(`d${seen}`) || byId(`d${(beside(1) || doc).dataset.d}`), true);
  cur = cur && (byId(cur.id) || ps().filter(p => num(p, 's') <= num(cur, 's')).pop());
  if (cur) select(cur, 'doc');
}
function leads(data) {
  const to = data.get('go') === 'take' && data.get('choice');
  if (to === 'lead:mask') location.href = `${base}${path}mask`;
  else if (to === 'lead:errata') errata();
  else return false;
  return true;
}

/* ------------------------------------------------------------ 选中的字：从几到几（按字数）、是什么 */
const cut = (text, from, to) => [...text].slice(from, to).join(''), whole = p => ({ p, s: num(p, 's'), e: num(p, 's') + [...words(p)].length, w: words(p) });
function offset(p, node, at) {
  const r = document.createRange();
  r.selectNodeContents(p.children[1]);
  r.setEnd(node, at);
  return num(p, 's') + [...`${r}`].length;
}
const up = n => (n.closest ? n : n.parentNode).closest('.p>div');
function chosen(collapsed) {
  const s = getSelection(), r = s.rangeCount && s.getRangeAt(0), a = r && up(r.startContainer), b = r && up(r.endContainer);
  if (!a || !b || r.collapsed && !collapsed) return null;
  const p = a.parentNode, from = num(p, 's'), start = offset(p, r.startContainer, r.startOffset), end = offset(b.parentNode, r.endContainer, r.endOffset);
  let text = '', to = from;
  ps().map(whole).filter(one => one.s >= from && one.s <= end).forEach(one => { text += '\n'.repeat(one.s - to) + one.w; to = one.e; });
  return { p, s: start, e: end, w: cut(text, start - from, end - from) };
}
const at = c => `${c.s}-${c.e}:${c.w}`;
const isFirst = c => c.s === num(c.p, 's');
function offer() {
  const c = chosen();
  bar.hidden = !c;
  if (!c) return;
  bar.classList.toggle('is-first', isFirst(c));
  const r = rect(getSelection().getRangeAt(0));
  bar.style.left = `${Math.max(8, Math.min(r.left, innerWidth - bar.offsetWidth - 8))}px`;
  bar.style.top = `${r.top > 120 ? r.top - 38 : r.bottom + 8}px`;
}
on('selectionchange', offer);
on('scroll', offer, doc);
on('mousedown', e => e.preventDefault(), bar);
function errata() {
  const d = card(), q = d && d.dataset.s && $('.doubt__q mark', d), c = chosen() || q && { s: d.dataset.s, e: d.dataset.e, w: q.textContent };
  need(c, () => {
    $('#er-a').value = at(c);
    $('#er-o').textContent = $('#er-n').value = c.w;
    diff();
    $('#errata').showModal();
    $('#er-n').focus();
  });
}
function diff() {
  const a = [...$('#er-o').textContent], b = [...$('#er-n').value], most = Math.min(a.length, b.length);
  let i = 0, j = 0;
  while (i < most && a[i] === b[i]) i++;
  while (j < most - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  const [same, less, more, rest] = all('*', $('#er-d'));
  same.textContent = a.slice(0, i).join('');
  less.textContent = a.slice(i, a.length - j).join('');
  more.textContent = b.slice(i, b.length - j).join('');
  rest.textContent = `${a.slice(a.length - j).join('')}　加 ${b.length - i - j} 字，减 ${a.length - i - j} 字`;
}
on('input', diff, $('#er-n'));

/* ------------------------------------------------------------ 按键；变成什么的键写在菜单里 */
const need = (it, then, why = '先选一段或选中几个字') => { if (it) then(it); else say(why); };
const here = () => (chosen() || { p: cur }).p;
function raise(by) {
  const c = chosen(), p = here();
  if (c && isFirst(c)) act('SetLabel', { at: at(whole(p)), length: by < 0 ? c.e - c.s : 0 });
  else need(p && p.dataset.a, anchor => act('SetLevel', { anchor, level: num(p, 'l') + by, with_below: 1 }), '这一段不是标题');
}
const table = {
  KeyY: () => take('asis'), KeyE: errata, KeyM: () => mask((chosen() || { w: '' }).w),
  KeyS: () => { linked = !linked; say(linked ? '两边联动' : '各滚各的'); },
  KeyV: () => need(!$('#views').hidden, () => $('[data-src][aria-pressed=false]').click(), $('#drawing').textContent),
  KeyD: () => need(card() && $('[name=date]', card()), i => { $('[name=choice]', i.closest('.opt')).checked = true; i.focus(); }, '这一处不是日期'),
  KeyF: () => find(prompt('找什么') || '', false, false, true),
  BracketLeft: () => raise(-1), BracketRight: () => raise(1),
  Slash: () => need(chosen(true), c => { const w = whole(c.p); act('Split', { at: at({ s: c.s, e: w.e, w: cut(w.w, c.s - w.s) }) }); }),
  Backslash: () => need(here(), p => { if (p.dataset.a) act('MergeIssue', { anchor: p.dataset.a }); else act('Join', { at: at(whole(p)) }); }),
  F6: () => { const panes = [src, doc, rail]; panes[(panes.findIndex(x => x.contains(active())) + 1) % 3].focus(); }
};
function press(code, shift) {
  const c = chosen(), n = /^(?:Digit|Numpad)([1-4])$/.exec(code), role = $(`[data-act][data-key=${code}]`), by = { ArrowUp: -1, ArrowDown: 1 }[code];
  if (code === 'Escape') return closeMenu(true);
  if (by && (opener || active().matches('input,.tally *'))) return false;
  if (n) {
    const one = !c && card() && $(`[data-n="${n[1]}"]`, card());
    if (one) {
      one.checked = true;
      say(`选了“${one.labels[0].firstChild.textContent}”，按 Enter 采用`);
    } else need(issueAt(cur) || c && issueAt(c.p), issue => act('SetStatus', { issue, status: ['done', 'ongoing', 'long-term', 'unstated'][n[1] - 1], quote: c ? at(c) : '' }));
  } else if (code === 'KeyQ' && c) act('ReadDeadline', { at: at(c), anchor: issueAt(c.p) });
  else if (code === 'KeyR' && c && issueAt(c.p)) act('SetResponsible', { issue: issueAt(c.p), at: at(c) });
  else if (role) need(c || cur && whole(cur), t => act(role.dataset.act, { at: at(t), role: role.dataset.role, of: '' }));
  else if (code === 'Enter') take(shift ? 'same' : 'take');
  else if (by && shift) issue(by);
  else if (by) select(ps()[ps().indexOf(cur) + by], 'key');
  else if (table[code]) table[code]();
  else return false;
  return true;
}

/* ------------------------------------------------------------ 段落的菜单与点按 */
function closeMenu(back) {
  if (!opener) return false;
  menu.hidden = true;
  document.body.append(menu);
  set(opener, 'aria-expanded', false);
  if (back) opener.focus();
  opener = null;
  return true;
}
function openMenu(role) {
  const p = role.closest('.p'), again = opener === role;
  closeMenu();
  if (again) return;
  opener = role;
  set(role, 'aria-expanded', true);
  p.append(menu);
  menu.hidden = false;
  menu.classList.toggle('menu--up', rect(p).top > innerHeight / 2);
  all('[data-role]', menu).forEach(m => set(m, 'aria-checked', p.matches(`.p--${m.dataset.role}`)));
  ($('[aria-checked=true]', menu) || $('button', menu)).focus();
}
function issue(by) {
  const list = all('.tally a'), to = list[list.findIndex(a => a.matches('.is-on')) + by];
  if (to) to.click();
  return to;
}
on('keydown', e => {
  const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[e.code], items = all('button', menu);
  const to = by && (menu.contains(e.target) ? items[items.indexOf(e.target) + by] : e.target.closest('.tally') && issue(by));
  if (to) { to.focus(); e.preventDefault(); }
});
on('click', e => {
  const of = s => e.target.closest(s), m = of('mark.d'), cell = of('.tally a'), by = of('[data-issue-step]'), side = of('[data-src]'), key = of('[data-key]'), role = of('.role'), drop = of('[data-drop]');
  if (m) go(m.dataset.d);
  if (cell || drop || role) e.preventDefault();
  if (cell) {
    const see = () => select($(cell.hash), 'tally');
    return $(cell.hash) ? see() : fetchPart(cell.dataset.s, see);
  }
  if (by) return issue(num(by, 'issueStep'));
  if (side) {
    all('[data-src]').forEach(b => set(b, 'aria-pressed', b === side));
    all('[data-view]').forEach(w => { w.hidden = w.dataset.view !== side.dataset.src; });
    return select(cur, 'doc');
  }
  if (drop) { $('#conflict').hidden = true; return; }
  if (key) {
    if (opener) { select(opener.closest('.p'), 'doc'); closeMenu(true); }
    return press(key.dataset.key);
  }
  if (role) { select(role.closest('.p'), 'doc'); return openMenu(role); }
  if (!of('.menu')) closeMenu();
  if (m || of('summary,button,a,input,label,select,.menu,form') || chosen()) return;
  const p = of('.p'), line = of('#src [data-line]');
  if (p) select(p, 'doc', true); else if (line) select(passageOf(num(line, 'line')), 'src', true);
});
on('change', ({ target: t }) => {
  if (t.matches('#ctl [name=status]')) act('SetStatus', { issue: issueAt(cur), status: t.value, quote: '' });
  if (t.name === 'pick') { main.dataset.pane = t.value; draw(); }
});
on('input', ({ target: t }) => {
  if (t.dataset.find && /\D/.test(t.value)) ask(`find?q=${encodeURIComponent(t.value)}`, html => { $('#regions').innerHTML = html; });
});

/* ------------------------------------------------------------ 编辑台外的改动、版面、开始 */
function look() {
  if (!isTyping(active())) part({ since: $('#docin').dataset.version });
}
hear('file', ({ ids }) => ids.includes(main.dataset.id) && look());
hear('again', look);
on('load', () => {
  const c = byId(`d${$('#railin').dataset.shown}`), p = $('.p.is-on', doc);
  show(c);
  if (p || !c) select(p || ps()[0], 'queue');
  lacking().then(wakeAll);
  ask(`${path}sheets`, html => {
    $('#drawing').textContent = html ? '' : '没有版面图，看文字';
    if (!html) return;
    $('#sheets').innerHTML = html;
    $('#views').hidden = false;
    $('[data-src=sheets]').click();
  });
}, window);
