/* 对照：选两个单位，只显示这一对；没有脚本时全部并排表都在页上。 */
(function(){
  'use strict';
  var form = document.querySelector('[data-pairs]');
  if (!form) return;
  var fields = form.querySelectorAll('select'), none = form.querySelector('[data-pair-none]');
  var pairs = document.querySelectorAll('.pair'), list = document.querySelector('[data-pair-list]');
  function show(id){
    var found = false;
    pairs.forEach(function(pair){ pair.hidden = pair.id !== id; found = found || pair.id === id; });
    none.hidden = found;
  }
  function chosen(){
    var a = Number(fields[0].value), b = Number(fields[1].value);
    return 'p-' + Math.min(a, b) + '-' + Math.max(a, b);
  }
  function follow(){
    var parts = /^#p-(\d+)-(\d+)$/.exec(location.hash);
    if (parts) { fields[0].value = parts[1]; fields[1].value = parts[2]; }
    show(chosen());
  }
  list.hidden = true;
  form.addEventListener('change', function(){ show(chosen()); history.replaceState(null, '', '#' + chosen()); });
  window.addEventListener('hashchange', follow);
  follow();
})();
