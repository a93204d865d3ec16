/* 核对本页文字：重算页面上通报正文的 SHA-256（不计空白），与公布的校验值比较。点按钮时才载入，见 site.js。 */
(function () {
  'use strict';
  /* 与 Python 的 str.isspace 相同 */
  var SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  window.verifyWords = function (button, say) {
    if (!window.crypto || !crypto.subtle || !window.TextEncoder) {
      say('这个浏览器只在 https 网页上提供校验功能。可以下载“正文（TXT）”，按“怎样核对通报”的方法核对。');
      return;
    }
    var words = Array.prototype.map.call(document.querySelectorAll('.verbatim'), function (e) { return e.textContent; });
    words = words.join('').replace(SPACE, '');
    crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)).then(function (digest) {
      var hex = Array.prototype.map.call(new Uint8Array(digest), function (b) { return ('0' + b.toString(16)).slice(-2); }).join('');
      say(hex === button.getAttribute('data-words') ?
        '一致：页面上的正文共 ' + Array.from(words).length + ' 字，校验值与公布的相同。' :
        '不一致：页面上的正文校验值是 ' + hex + '。浏览器的翻译功能或插件也会改动文字，请关闭后刷新再核对；仍不一致，请告知主办单位。');
    }, function () { say('浏览器没有算出校验值，请换一个浏览器再试。'); });
  };
})();
