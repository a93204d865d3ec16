/* 通报页：跟着读到的地方走的目录；逐项对账是一个停顿，用方向键在格子间走；引用由页面上写着的拼成 */
(function () {
  'use strict';
  var d = document, root = d.documentElement;
  function each(s, c, f) { Array.prototype.forEach.call(c.querySelectorAll(s), f); }

  var toc = d.getElementById('toc'), narrow = matchMedia('(max-width:64rem)');
  if (toc) {
    if (narrow.matches || root.hasAttribute('data-size')) toc.open = false;
    var fab = d.querySelector('.fab');
    if (fab) fab.addEventListener('click', function () { toc.open = true; });
    if ('IntersectionObserver' in window) {
      var links = {}, now;
      each('a[href^="#"]', toc, function (a) { links[a.hash.slice(1)] = a; });
      var seen = new IntersectionObserver(function (es) {
        es.forEach(function (e) {
          if (!e.isIntersecting || !links[e.target.id]) return;
          if (now) now.removeAttribute('aria-current');
          now = links[e.target.id]; now.setAttribute('aria-current', 'true');
          if (!narrow.matches) {
            var y = now.offsetTop;
            if (y < toc.scrollTop + 40 || y > toc.scrollTop + toc.clientHeight - 80) toc.scrollTop = y - toc.clientHeight / 3;
          }
        });
      }, { rootMargin: '-10% 0px -80% 0px' });
      each('.issue,.followup,#contact,#source', d, function (x) { seen.observe(x); });
    }
  }

  var tally = d.querySelector('[data-tally]'), cells = tally ? tally.querySelectorAll('a') : [];
  Array.prototype.forEach.call(cells, function (a, at) { a.tabIndex = at ? -1 : 0; });
  if (tally) tally.addEventListener('keydown', function (ev) {
    var at = Array.prototype.indexOf.call(cells, ev.target), to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: cells.length - 1 }[ev.key];
    if (!cells[to] || ev.altKey || ev.ctrlKey || ev.metaKey) return;
    ev.preventDefault();
    cells[at].tabIndex = -1;
    cells[to].tabIndex = 0;
    cells[to].focus();
  });

  /* 引用（GB/T 7714）：在 site.js 复制之前写好 */
  d.addEventListener('click', function (ev) {
    var t = ev.target.closest('[data-cite]');
    if (!t) return;
    var one = t.closest('[id]'), of = t.closest('[data-of]'), chip = one.querySelector('.issue__meta .chip'), now = new Date();
    var title = one.querySelector('.verbatim').textContent.trim().slice(+t.getAttribute('data-cite')).trim().replace(/[。．.；;，,：:]$/, '');
    if (title.length > 400) title = title.slice(0, 60) + '…';
    t.setAttribute('data-text', of.getAttribute('data-of') + '：' +
      one.querySelector('.permalink .vh').textContent.slice(1).replace(/(\d+)/, ' $1 ').trim() +
      '“' + title.replace(/“/g, '‘').replace(/”/g, '’') + '”' + (chip ? '（整改状态：' + chip.textContent.trim() + '）' : '') +
      '[EB/OL]. ' + of.getAttribute('data-day') + '[' + new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10) + ']. ' +
      location.href.split('#')[0] + '#' + one.id + '.');
  }, true);
})();
