/* 朗读正文：用浏览器自带的语音；没有语音功能的浏览器不显示按钮 */
(function () {
  'use strict';
  var button = document.querySelector('[data-read]'), voice = window.speechSynthesis;
  if (!button || !voice || !window.SpeechSynthesisUtterance) return;
  var reading = false;
  function set(on) { reading = on; button.textContent = on ? '停止朗读' : '朗读'; }
  function stop() { set(false); voice.cancel(); }
  button.hidden = false;
  button.addEventListener('click', function () {
    if (reading) { stop(); return; }
    voice.cancel();
    set(true);
    /* 一句一句地读：整篇太长，有的浏览器会中途停下 */
    var words = Array.prototype.map.call(document.querySelectorAll('.verbatim'), function (e) { return e.textContent; });
    var sentences = words.join('\n').match(/[^。！？；\n]+[。！？；]?/g) || [];
    sentences.filter(function (s) { return s.trim(); }).forEach(function (s, n, all) {
      var said = new SpeechSynthesisUtterance(s.trim());
      said.lang = document.documentElement.lang;
      if (n === all.length - 1) said.onend = function () { set(false); };
      voice.speak(said);
    });
  });
  window.addEventListener('pagehide', stop);
})();
