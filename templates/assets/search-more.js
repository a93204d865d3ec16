/* What the search page needs only sometimes: filters, units by part of their name or pinyin, what to offer when
   nothing is found, suggestions while typing. Loaded by search.js, whose functions it uses. */
discloseSearch((function (kit) {
  'use strict';
  var d = kit.d, input = kit.input, panel = kit.panel, counter = kit.counter, note = kit.note, area = kit.area;
  var load = kit.load, loadAll = kit.loadAll, files = kit.files, numbers = kit.numbers, fold = kit.fold, chars = kit.chars;
  var match = kit.match, rowOf = kit.rowOf, fileOf = kit.fileOf, groupOf = kit.groupOf;
  var hit = kit.hit, el = kit.el, clear = kit.clear, go = kit.go, isOver = kit.isOver, KINDS = kit.KINDS, STATUSES = kit.STATUSES;
  var entry = kit.entry, groupStarts = kit.groupStarts, ASKS = new RegExp(kit.ASKS.source, 'g');

  /* ---------------------------------------------------------------------------------------------- filters */
  var facts = null;

  function loadFacts(done) {
    loadAll([entry.facts, entry.topics], function () {
      if (!facts) {
        var value = files[entry.facts].value, topics = files[entry.topics].value;
        facts = {
          facts: value.facts[0], factOf: numbers(value.facts[1]), regions: value.regions[0], regionOf: numbers(value.regions[1]),
          years: value.years[0], yearOf: numbers(value.years[1]), topics: topics[0], topicOf: numbers(topics[1]), outer: []
        };
        for (var depth = 0; depth < 3 && facts.outer.length < 2; depth++) facts.outer = distinct(facts.regions, depth);
      }
      done();
    });
  }

  function distinct(regions, depth) {
    var seen = {};
    regions.forEach(function (region) { if (region[depth]) seen[region[depth]] = true; });
    return Object.keys(seen);
  }

  /* {filter: values} of a record. */
  function valuesOf(record) {
    var fact = facts.facts[facts.factOf[record]], group = groupOf(record), places = facts.regions[facts.regionOf[group]];
    var year = facts.years[facts.yearOf[group]], due = fact[2] && fact[1] !== 0 ? [isOver(fact[2]) ? 'over' : 'due'] : [];
    return {
      kind: [KINDS[fact[0]]], status: fact[1] < 0 ? [] : [STATUSES[fact[1]]], due: due,
      region: places.filter(Boolean), year: year ? [String(year)] : [], topic: facts.topics[facts.topicOf[record]]
    };
  }

  function passes(values, chosen, but) {
    return Object.keys(chosen).every(function (name) {
      return name === but || name === 'order' || values[name].some(function (value) { return chosen[name].indexOf(value) > -1; });
    });
  }

  function narrowed(chosen, done) {
    loadFacts(function () {
      function keep(record) { return passes(valuesOf(record), chosen); }
      keep.rank = chosen.order && RANKS[chosen.order[0]];
      done(keep);
    });
  }

  /* Orders that can be chosen: notices are numbered the newest first */
  var RANKS = {
    'new': function (a, b) { return a - b; },
    old: function (a, b) { return groupOf(b) - groupOf(a) || a - b; },
    due: function (a, b) { return dueOf(a) - dueOf(b) || a - b; }
  };

  /* Days until it is due; what has passed comes behind, the latest first, and then what has no deadline or is done */
  function dueOf(record) {
    var fact = facts.facts[facts.factOf[record]], part = fact[2] && fact[1] !== 0 && fact[2].split('-');
    if (!part) return 1e7;
    var last = part[2] ? new Date(part[0], part[1] - 1, part[2]) : new Date(part[0], part[1] || 12, 0);
    var days = Math.ceil((last - new Date().setHours(0, 0, 0, 0)) / 864e5 - 0.1);
    return days < 0 ? 1e6 - days : days;
  }

  /* All records: what filters without a word begin with */
  function everything(words, done) {
    var all = { words: [], asked: [], rows: {}, beyond: 0, records: [], heads: [], starts: {}, sure: true };
    for (var record = 0; record <= entry.last; record++) all.records.push(record);
    done(all);
  }

  /* Of all records, when nothing is asked for. */
  function offerFilters(still) {
    everything([], function (all) {
      kit.current = { typed: '', query: '', chosen: {}, filters: [], hits: new kit.Hits(all, Boolean) };
      drawFilters(still);
    });
  }

  /* {filter: {value: how many records it would leave}}. */
  function counts(all, chosen) {
    var out = { kind: {}, status: {}, due: {}, region: {}, year: {}, topic: {} };
    all.records.forEach(function (record) {
      var values = valuesOf(record);
      Object.keys(out).forEach(function (name) {
        if (values[name].length && passes(values, chosen, name)) values[name].forEach(function (value) { out[name][value] = (out[name][value] || 0) + 1; });
      });
    });
    return out;
  }

  function drawFilters(still) {
    var now = kit.current;
    function counted(done) {
      loadFacts(function () { kit.whole(now.hits.all, function (all) { kit.prove(function () { done(all); }); }); });
    }
    counted(still(function (all) {
      if (now !== kit.current) return;
      var numbers = counts(all, now.chosen);
      options('region', facts.outer.filter(function (name) { return numbers.region[name]; }));
      ['year', 'topic'].forEach(function (name) { options(name, Object.keys(numbers[name])); });
      [].forEach.call(panel.querySelectorAll('input'), function (box) {
        var count = numbers[box.name][box.value] || 0, chosen = now.chosen[box.name];
        box.checked = !!chosen && chosen.indexOf(box.value) > -1;
        box.parentNode.querySelector('[data-n]').textContent = count;
        box.parentNode.classList.toggle('is-none', !count);
      });
    }));
  }

  panel.addEventListener('change', function () {
    var chosen = {};
    [].forEach.call(panel.querySelectorAll('input:checked'), function (box) { (chosen[box.name] = chosen[box.name] || []).push(box.value); });
    if (kit.current && kit.current.chosen.order) chosen.order = kit.current.chosen.order;
    var typed = input.value.trim(), now = kit.current;
    go(now && now.typed === typed ? now.query : typed, chosen);
  });

  /* Says which words were taken as filters, and offers them as words. */
  function tellFilters() {
    var now = kit.current, words = now.typed.split(/\s+/).map(function (word) { return now.filters.indexOf(word) < 0 ? word : '“' + word + '”'; });
    note.insertBefore(el('p', { 'class': 'note' }, ['已按' + now.filters.map(function (word) { return '“' + word + '”'; }).join('、') + '筛选。',
      offer('改为查找这几个字', words.join(' '), {})]), note.firstChild);
  }

  /* The boxes of a filter whose values depend on the site: those that have results, and those chosen. */
  function options(name, values) {
    var area = panel.querySelector('[data-options=' + name + ']'), focus = d.activeElement && d.activeElement.name === name && d.activeElement.value;
    (kit.current.chosen[name] || []).forEach(function (value) { if (values.indexOf(value) < 0) values.push(value); });
    var order = entry.topicNames;
    values.sort(function (a, b) {
      return name === 'year' ? b - a : name === 'region' ? a.localeCompare(b, 'zh') : order.indexOf(a) - order.indexOf(b);
    });
    clear(area);
    values.forEach(function (value) {
      var box = el('input', { type: 'checkbox', name: name, value: value });
      area.appendChild(el('label', { 'class': 'opt' }, [box, name === 'year' ? value + ' 年' : value, el('b', { 'data-n': '' })]));
      if (focus === value) box.focus();
    });
  }

  /* ---------------------------------------------------------------------------------------------- units by name */
  var names = null, readings = {}, shapes = {}, roots, ends, alike, NAMED = 5;

  function loadNames(done) {
    load(entry.units, function (value) {
      if (!names) {
        names = value[0] ? value[0].split('\n').map(function (name) { return { name: name, folded: fold(name) }; }) : [];
        roots = value[2];
        ends = value[3];
        alike = value[4];
        value[1].split(' ').forEach(function (part) {
          var reading = /^[a-z]*/.exec(part)[0];
          chars(part.slice(reading.length)).forEach(function (char) { (readings[char] = readings[char] || []).push(reading); });
        });
      }
      done();
    });
  }

  /* How many characters a name has between those of the words, null when it does not hold all of them in order;
     short names stand for whole ones (short_names.py says the same) */
  function skipped(words, name) {
    name = name.replace(/^中共/, '');
    return words.reduce(function (sum, word) {
      var count = sum === null ? null : skippedOf(word.replace(/^中共/, ''), name);
      return count === null ? null : sum + count;
    }, words.length ? 0 : null);
  }

  function skippedOf(word, name) {
    if (name.indexOf(word) > -1) return 0;
    return word.length < 2 ? null : formsOf(word).map(function (form) { return least(form, name); }).reduce(smaller, null);
  }

  /* The same for all names: made once a word. */
  function formsOf(word) { return shapes['=' + word] || (shapes['=' + word] = forms(word)); }

  function smaller(a, b) { return a === null || (b !== null && b < a) ? b : a; }

  function forms(word) {
    var out = [word], known = roots.filter(function (each) { return word.indexOf(each[0]) > -1; })[0];
    if (!known) return out;
    known[1].forEach(function (whole) {
      var form = word.replace(known[0], whole), stem = form.slice(0, -1);
      out.push(form);
      if (word.slice(-known[0].length) === known[0]) return;
      (ends[form.slice(-1)] || []).forEach(function (end) { out.push(stem + end); });
    });
    return out;
  }

  function least(form, name) {
    var best = null;
    for (var from = name.indexOf(form.charAt(0)); from > -1; from = name.indexOf(form.charAt(0), from + 1)) best = smaller(best, leftOut(form, name, from));
    return best;
  }

  function leftOut(form, name, from) {
    var at = from;
    for (var i = 1; i < form.length; i++) {
      at = name.indexOf(form.charAt(i), at + 1);
      if (at < 0) return null;
    }
    return at + 1 - from - form.length;
  }

  /* Whether the pinyin, whole or first letters, of characters of the name in order is what was typed. */
  function sounds(name, at, typed, done, known) {
    if (done === typed.length) return true;
    if (at === name.length || known[at + ' ' + done]) return false;
    var here = (readings[name.charAt(at)] || []).some(function (reading) {
      return (typed.charAt(done) === reading.charAt(0) && sounds(name, at + 1, typed, done + 1, known)) ||
        (typed.substr(done, reading.length) === reading && sounds(name, at + 1, typed, done + reading.length, known));
    });
    if (here || sounds(name, at + 1, typed, done, known)) return true;
    known[at + ' ' + done] = true;
    return false;
  }

  /* The unit groups that answer to words, the fewest characters between them first: [{group, skipped}] */
  function unitsNamed(words) {
    var isPinyin = /^[a-z]{2,}$/.test(words.join('')), found = [];
    names.forEach(function (each, group) {
      var count = skipped(words, each.folded);
      if (count === null && isPinyin && sounds(each.folded, 0, words.join(''), 0, {})) count = 99;
      if (count !== null) found.push({ group: group, skipped: count });
    });
    return found.sort(function (a, b) { return a.skipped - b.skipped || a.group - b.group; });
  }

  /* The units that a query may mean, on top: “东山卫健局”, “东山卫健局 电话”. Those that hold its words are results. */
  function asked(still) {
    var now = kit.current, name = now.query.replace(ASKS, ' ');
    kit.read(name, still(function (words) {
      loadNames(still(function () {
        var found = unitsNamed(words).filter(function (each) { return now.hits.keep(groupStarts[each.group]); });
        if (name === now.query && found.some(holdsAll)) found = [];
        function holdsAll(each) { return words.every(function (word) { return names[each.group].folded.indexOf(word) > -1; }); }
        var records = found.slice(0, NAMED).map(function (each) { return groupStarts[each.group]; });
        loadAll(records.map(fileOf), still(function () {
          var rows = records.map(rowOf).filter(isNoResult);
          if (rows.length) showAsked(rows, found.length);
          if (now.hits.count()) return;
          if (rows.length) sayOnlyNamed(name, found.length); else explain(still);
        }));
      }));
    }));
  }

  function isNoResult(row) {
    return !kit.current.hits.found.some(function (each) { return each.row.url === row.url; });
  }

  function showAsked(rows, count) {
    var items = rows.map(function (row) { return hit(row, []); });
    area.insertBefore(el('ol', { 'class': 'rows', 'data-asked': '' }, items), area.firstChild);
    area.insertBefore(el('h2', { 'class': 'sub' }, '名称相近的单位' + (count > NAMED ? '（' + count + ' 个，显示前 ' + NAMED + ' 个）' : '')), area.firstChild);
  }

  function sayOnlyNamed(name, count) {
    counter.textContent = '共 ' + count + ' 个名称相近的单位';
    clear(note);
    note.appendChild(el('p', { 'class': 'note' }, '原文里没有“' + name.trim() + '”这样的写法。'));
  }

  /* ---------------------------------------------------------------------------------------------- nothing found */
  /* The word with one character for another that looks or sounds alike, when the site has it so; else null. */
  function mended(word, done) {
    var tries = [];
    if (word.length > 1 && word.length < 13) word.split('').forEach(function (char, at) {
      alike.filter(function (group) { return group.indexOf(char) > -1; }).join('').split('').forEach(function (other) {
        if (other !== char) tries.push(word.slice(0, at) + other + word.slice(at + 1));
      });
    });
    (function attempt() {
      var next = tries.shift();
      if (!next) return done(null);
      if (entry.filters.hasOwnProperty(next) || unitsNamed([next]).length) return done(next);
      match([next], function (all) {
        kit.whole(all, function (all) { if (all.records.length) done(next); else attempt(); });
      });
    })();
  }

  /* A word of the site's text that differs from `word` in one character, or lacks one; null when there is none. */
  function nearest(word, done) {
    var at = word.length - 1;
    (function attempt() {
      if (at < 0 || word.length < 3 || word.length > 12) return done(null);
      var left = word.slice(0, at), right = word.slice(at + 1), parts = [left, right].filter(Boolean);
      var pattern = [left, right].map(function (part) { return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); }).join('.?');
      at--;
      match(parts, function (all) {
        var some = all.records.slice(0, 3), found = null;
        loadAll(some.map(fileOf), function () {
          some.some(function (record) {
            var row = rowOf(record);
            return row.runs.some(function (run) { return (found = new RegExp(pattern).exec(fold(run, row.more))); });
          });
          if (found && found[0].length > 1) done(found[0]); else attempt();
        });
      });
    })();
  }

  /* Why nothing was found, and what is near. */
  function explain(still) {
    kit.whole(kit.current.hits.all, still(function (all) { kit.prove(still(function () { explainAll(still, all); })); }));
  }

  function explainAll(still, all) {
    var now = kit.current, words = now.hits.words;
    if (Object.keys(now.chosen).length && all.records.length) {
      note.appendChild(el('p', { 'class': 'note' }, ['在所选的筛选条件下没有结果。', offer('不加筛选', now.query, {})]));
      return;
    }
    note.appendChild(el('p', { 'class': 'note' }, words.length > 1 ? '没有一条同时含有这些词：' + words.join('、') + '。' : '全站没有“' + now.query + '”这几个字。'));
    var at = 0, offered = false;
    function isOut() { return kit.current !== now || !now.hits.isExact(); }
    (function next() {
      if (isOut()) return;
      if (at === words.length) {
        if (!offered) note.appendChild(el('p', {}, '可以少写几个字，或者用空格把词分开再试，也可以从下面的清单查找。'));
        return;
      }
      var word = words[at++];
      mended(word, still(function (better) {
        if (better) offerNear(better); else nearest(word, still(offerNear));
      }));
      function offerNear(found) {
        if (!found || isOut()) return next();
        offered = true;
        var others = words.filter(function (each) { return each !== word; });
        note.appendChild(el('p', {}, ['您要找的是不是：', offer(found, [found].concat(others).join(' '), now.chosen)]));
      }
    })();
  }

  function offer(text, query, chosen) {
    var link = el('a', { href: '?q=' + encodeURIComponent(query) }, text);
    link.addEventListener('click', function (event) { event.preventDefault(); input.value = query; go(query, chosen); });
    return link;
  }

  /* ---------------------------------------------------------------------------------------------- suggestions */
  var box = d.getElementById('suggestions'), active = -1, typing = 0;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', 'suggestions');
  input.setAttribute('aria-expanded', 'false');

  function hideSuggestions() {
    typing++;
    box.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function suggest() {
    var typed = fold(input.value.replace(ASKS, '')), mine = ++typing;
    if (kit.composing) return;
    if (!typed) return hideSuggestions();
    loadNames(function () {
        if (mine !== typing) return;
        clear(box);
        entry.topicNames.filter(function (name) { return fold(name).indexOf(typed) > -1; }).slice(0, 2).forEach(function (name) {
          suggestion(name, '专题', function () { var chosen = { topic: [name] }; go(input.value.trim(), chosen); });
        });
        unitsNamed([typed]).slice(0, 8).forEach(function (each) {
          var name = names[each.group].name;
          suggestion(name, '单位', function () { input.value = name; go(name, {}); });
        });
        active = -1;
        box.hidden = !box.firstChild;
        input.setAttribute('aria-expanded', String(!box.hidden));
    });
  }

  function suggestion(text, kind, choose) {
    var item = el('li', { role: 'option', id: 'suggestion-' + box.children.length, 'aria-selected': 'false' }, [el('span', {}, text), el('small', {}, kind)]);
    item.addEventListener('mousedown', function (event) { event.preventDefault(); });
    item.addEventListener('click', function () { hideSuggestions(); choose(); });
    box.appendChild(item);
  }

  function move(step) {
    var items = box.children;
    if (active > -1) items[active].setAttribute('aria-selected', 'false');
    active = (active + step + items.length + 1) % (items.length + 1);
    if (active === items.length) { active = -1; input.removeAttribute('aria-activedescendant'); return; }
    items[active].setAttribute('aria-selected', 'true');
    items[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', items[active].id);
  }

  input.addEventListener('blur', hideSuggestions);
  input.addEventListener('keydown', function (event) {
    if (kit.composing || event.isComposing || box.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(active < 0 && event.key === 'ArrowUp' ? box.children.length : event.key === 'ArrowDown' ? 1 : -1); }
    else if (event.key === 'Escape') { event.preventDefault(); hideSuggestions(); }
    else if (event.key === 'Enter' && active > -1) { event.preventDefault(); box.children[active].click(); }
  });

  kit.hideSuggestions = hideSuggestions;
  return { everything: everything, offerFilters: offerFilters, narrowed: narrowed, drawFilters: drawFilters, tellFilters: tellFilters, asked: asked, suggest: suggest, loadNames: loadNames, skipped: skipped };
})(discloseSearch.kit));
