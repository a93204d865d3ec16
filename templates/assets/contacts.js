/* 联系方式：在本页查找单位、电话 */
(function () {
  'use strict';
  var d = document, filter = d.querySelector('[data-filter]');
  function norm(s) { return s.normalize('NFKC').toLowerCase(); }
  if (filter) filter.addEventListener('input', function () {
    var q = norm(filter.value.trim()), n = 0;
    Array.prototype.forEach.call(d.querySelectorAll(filter.getAttribute('data-filter') + '>li'), function (li) {
      var t = norm(li.textContent), hit = !q || t.indexOf(q) > -1 || t.replace(/[^0-9]/g, '').indexOf(q.replace(/[^0-9]/g, '') || '-') > -1;
      li.hidden = !hit; n += hit;
    });
    d.querySelector('[data-filter-status]').textContent = q ? '找到 ' + n + ' 个单位' : '';
  });
})();
