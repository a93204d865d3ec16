/* 首页：点到搜索框时才载入搜索，以便边打字边提示单位和专题 */
(function () {
  'use strict';
  var d = document, input = d.querySelector('.suggest input'), here = d.currentScript.src;
  input.addEventListener('focus', function load() {
    input.removeEventListener('focus', load);
    var s = d.createElement('script');
    s.src = here.replace('home.js', 'search.js');
    d.head.appendChild(s);
  });
})();
