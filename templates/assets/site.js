/* 渐进增强：没有脚本时，全部内容、链接、筛选照常可用 */
(function () {
  'use strict';
  var d = document, root = d.documentElement;
  function $(s, c) { return (c || d).querySelector(s); }
  function $$(s, c) { return Array.prototype.slice.call((c || d).querySelectorAll(s)); }
  function keep(k, v) { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch (e) {} }
  function attr(k, v) { v ? root.setAttribute(k, v) : root.removeAttribute(k); }
  var toastBox = $('[data-toast]'), timer;
  function toast(t) { toastBox.textContent = t; clearTimeout(timer); timer = setTimeout(function () { toastBox.textContent = ''; }, 4000); }

  /* 1 阅读设置 */
  var size = root.getAttribute('data-size') || '', box = $('#contrast');
  $$('input[name=size]').forEach(function (i) {
    i.checked = i.value === size;
    i.addEventListener('change', function () { attr('data-size', i.value); keep('size', i.value); });
  });
  box.checked = root.getAttribute('data-contrast') === 'high';
  box.addEventListener('change', function () { var v = box.checked ? 'high' : ''; attr('data-contrast', v); keep('contrast', v); });

  /* 2 复制与打印 */
  function copy(text, ok) {
    function done() { toast(ok); }
    function old() {
      var t = d.createElement('textarea'); t.value = text; t.className = 'vh'; d.body.appendChild(t); t.select();
      try { d.execCommand('copy'); done(); } catch (e) { toast('复制失败，请手动复制：' + text); }
      d.body.removeChild(t);
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, old); else old();
  }
  d.addEventListener('click', function (ev) {
    var t = ev.target.closest('[data-copy],[data-cite],[data-copy-url],[data-permalink],[data-print],[data-close],[data-verify]');
    if (!t) return;
    if (t.hasAttribute('data-print')) window.print();
    else if (t.hasAttribute('data-close')) window.close();
    else if (t.hasAttribute('data-verify')) verify(t);
    else if (t.hasAttribute('data-cite')) copy(t.getAttribute('data-text'), '已复制引用');
    else if (t.hasAttribute('data-copy')) copy(t.getAttribute('data-copy'), '已复制：' + t.getAttribute('data-copy'));
    else copy(t.href || location.href.split('#')[0], '已复制链接');
  });

  /* 用到时才载入的脚本 */
  function load(src, ready, sorry) {
    var s = d.createElement('script');
    s.src = src; s.onload = ready; s.onerror = sorry;
    d.head.appendChild(s);
  }
  function verify(b) {
    function say(t) { $('[data-verified]').textContent = t; }
    function go() { verifyWords(b, say); }
    if (window.verifyWords) go(); else load(b.getAttribute('data-verify'), go, function () { say('核对程序没有载入，请稍后再试。'); });
  }

  /* 离开 .gov.cn 前说明去向 */
  var here = d.currentScript.src;
  d.addEventListener('click', function (ev) {
    var a = ev.target.closest('a[rel~=external]');
    if (!a || /(^|\.)gov\.cn$/.test(a.hostname)) return;
    ev.preventDefault();
    load(here.replace('site.js', 'leave.js'), function () { askBeforeLeaving(a); }, function () { location.href = a.href; });
  });

  /* 3 期限：“今天”晚于页面的截至日时，只把“未到期”改为“期限已过” */
  var today = new Date(), iso = new Date(today - today.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  $$('[data-due]').forEach(function (c) {
    if (c.classList.contains('over') || c.classList.contains('is-over') || c.getAttribute('data-due') >= iso || c.classList.contains('hit')) return;
    if (c.classList.contains('due')) { c.classList.remove('due'); c.classList.add('over'); } else c.classList.add('is-over');
    var use = $('use', c), word = $('[data-word]', c), li = c.closest('.hit'), name = c.getAttribute('aria-label');
    if (use) use.setAttribute('href', '#i-over');
    if (word) word.textContent = '期限已过';
    if (li) li.setAttribute('data-due', 'over');
    if (name) c.setAttribute('aria-label', name.replace('整改中', '整改中，期限已过'));
  });
  function add(n, more) { n.textContent = (+n.textContent.replace(/,/g, '') + more).toLocaleString('en'); }
  $$('[data-dues]').forEach(function (n) {
    var passed = 0, box = n.closest('ul,h2'), left = box && $('[data-left]', box);
    n.getAttribute('data-dues').split(' ').forEach(function (x) { if (x && x.slice(0, 10) < iso) passed += +x.slice(11); });
    add(n, passed);
    if (left) add(left, -passed);
  });
  $$('[data-asof]').forEach(function (p) {
    if (p.getAttribute('data-asof') < iso) p.textContent = p.textContent.replace(/截至[^日]{0,40}日（[^）]{0,40}）/, '截至今天（' + today.getFullYear() + '年' + (today.getMonth() + 1) + '月' + today.getDate() + '日）');
  });
})();
