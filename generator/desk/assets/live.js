/* 编辑台 · live.js：一页里随事件更新的部分。 */
'use strict';
/* data-live 写着听哪些事。事件来得密时，四分之一秒只换一次，上一次的答复到了才再问；有字还没写完时等一等 */
let soon = 0, isAsking = false;
function isBusy() {
  const el = active();
  return isTyping(el) && 'defaultValue' in el && el.value !== el.defaultValue && !!el.closest('[data-live]');
}
function later() { soon = soon || setTimeout(fresh, 250); }
function fresh() {
  soon = 0;
  if (isBusy() || isAsking) return later();
  isAsking = true;
  ask(`${location.pathname.slice(base.length)}?parts&${location.search.slice(1)}`, html => { if (isBusy()) later(); else swap(html); }, () => {}).finally(() => { isAsking = false; });
}
all('[data-live]').forEach(part => `${part.dataset.live} board`.split(' ').forEach(kind => hear(kind, later)));
/* 页里的框（预览）：文件变了就重新打开；没有框的，是整页，它的文件与页上的不同了才打开 */
all('[data-reload]').forEach(part => hear(part.dataset.reload, ({ ids }) => {
  const frames = all('iframe', part), { id, version } = part.dataset, again = () => location.reload();
  if (!frames.length && ids.includes(id)) ask(`n/${id}/proof?since=${version}`, (_, status) => status === 204 || again(), again);
  frames.forEach(frame => { frame.src = frame.getAttribute('src'); });
}));
