/* 待办：拖放文件（一次一个请求，最多四个一起传）。没有它，选文件、按“导入”一样能做。 */
'use strict';
const MOST = 4;
let waiting = [], sending = 0, sent = 0;

function send() {
  while (sending < MOST && waiting.length) one(waiting.shift());
  if (sending || !sent) return;
  say(`${sent} 个文件都读过了，见右边的单子`);
  sent = 0;
  later();
}
function one(file) {
  const form = new FormData(), done = () => { sending--; sent++; send(); };
  form.append('file', file, file.name);
  sending++;
  ask('import', done, (text, status) => { say(`${file.name}：${status ? text : '没有送到，请再拖一次。'}`); done(); }, form);
}
function add(files) {
  if (!files.length) return;
  waiting = waiting.concat([...files]);
  say(`收到 ${files.length} 个文件，正在读`);
  send();
}

const isFiles = e => !!e.dataTransfer && [...e.dataTransfer.types].includes('Files');
on('dragover', e => { if (isFiles(e)) { e.preventDefault(); root.classList.add('is-dragging'); } }, window);
on('dragleave', e => { if (!e.relatedTarget) root.classList.remove('is-dragging'); }, window);
on('drop', e => {
  root.classList.remove('is-dragging');
  if (isFiles(e)) { e.preventDefault(); add(e.dataTransfer.files); }
}, window);
on('change', ({ target: t }) => { add(t.files); t.value = ''; }, $('#drop-file'));

on('submit', e => {
  const form = e.target;
  if (!form.matches('[data-import]')) return;
  e.preventDefault();
  const button = e.submitter || $('button', form), fields = new FormData(form);
  if (button.name) fields.set(button.name, button.value);
  button.disabled = true;
  ask('import', later, text => { button.disabled = false; say(text); }, fields);
});
keys.push(e => {
  if (e.ctrlKey || e.code !== 'KeyF' || !$('#f-words')) return false;
  $('#f-words').focus();
  return true;
});
