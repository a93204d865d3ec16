/* 期限：随今天的日期，到了的事项移到“期限已过”，写出已过、还有几天。在 site.js 改过标记之后运行。 */
(function () {
  'use strict';
  var d = document, now = new Date(), due = d.getElementById('due'), over = d.getElementById('over');
  function each(s, c, f) { Array.prototype.forEach.call(c.querySelectorAll(s), f); }
  each('[data-days]', d, function (n) {
    var at = n.getAttribute('data-days').split('-');
    var days = Math.round((new Date(now.getFullYear(), now.getMonth(), now.getDate()) - new Date(at[0], at[1] - 1, at[2])) / 864e5);
    var many = Math.abs(days).toLocaleString('en');
    n.textContent = days > 0 ? '已过 ' + many + ' 天' : days ? '还有 ' + many + ' 天' : '今天到期';
  });
  if (!due || !over) return;
  var from = due.parentNode, to = over.parentNode, moved = 0;
  each('.dl__g', from, function (g) {
    if (!g.querySelector('.chip.over')) return;
    to.querySelector('.dl').appendChild(g); moved++;
  });
  if (!moved) return;
  to.hidden = false;
  from.hidden = !from.querySelector('.dl__g');
  if (from.hidden) each('.hints [href$="#due"]', d, function (a) { a.hidden = true; });
  due.textContent = '未到期';
})();
