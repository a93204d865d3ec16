/* 离开前提示：在链接后面说明去向，由读者决定；不弹窗。点到这样的链接时才载入，见 site.js。 */
(function () {
  'use strict';
  var d = document;
  window.askBeforeLeaving = function (a) {
    var box = a.nextElementSibling;
    if (!box || box.className !== 'leave') {
      box = d.createElement('span');
      box.className = 'leave';
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', '离开本站提示');
      box.innerHTML = '您访问的链接即将离开本站，前往 <b></b>，是否继续？ ' +
        '<a class="btn" rel="noopener">继续访问</a> <button type="button" class="btn">留在本站</button>';
      box.querySelector('b').textContent = a.host;
      box.querySelector('a').href = a.href;
      box.querySelector('button').addEventListener('click', function () { box.parentNode.removeChild(box); a.focus(); });
      a.parentNode.insertBefore(box, a.nextSibling);
    }
    box.querySelector('a').focus();
  };
})();
