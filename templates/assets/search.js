/* Search: finds exactly the records whose folded text holds every word of the query. Reads the files that
   generator/search writes (docs/search.md); each calls discloseSearch(value) and is loaded by a script element,
   so that it works from disk and under a strict policy. Without script the page leads to the lists. */
(function () {
  'use strict';
  var d = document, page = d.querySelector('[data-search]');
  if (!page) return;
  var base = page.getAttribute('data-search'), root = page.getAttribute('data-root');
  var KINDS = ['unit', 'contact', 'notice', 'issue', 'followup'];
  var STATUSES = ['done', 'ongoing', 'long-term', 'unstated'];

  /* ---------------------------------------------------------------------------------------------- loading */
  var handed, files = {};
  window.discloseSearch = function (value) { handed = value; };

  function load(name, done) {
    var file = files[name];
    if (file && !file.waiting) return done(file.value);
    if (file) return file.waiting.push(done);
    file = files[name] = { waiting: [done] };
    var script = d.createElement('script');
    script.src = base + name + '.js';
    script.onload = function () { settle(handed); };
    script.onerror = function () { settle(null); delete files[name]; failed(); };
    function settle(value) {
      var waiting = file.waiting;
      file.value = value;
      file.waiting = null;
      script.parentNode.removeChild(script);
      if (value !== null) waiting.forEach(function (each) { each(value); });
    }
    d.head.appendChild(script);
  }

  function loadAll(names, done) {
    var left = names.length;
    if (!left) return done();
    names.forEach(function (name) { load(name, function () { if (!--left) done(); }); });
  }

  /* ---------------------------------------------------------------------------------------------- numbers */
  var DIGIT = {};
  (function () {
    for (var code = 33, n = 0; code < 127; code++) if (code !== 34 && code !== 92 && code !== 124) DIGIT[code] = n++;
  })();

  function numbers(text) {
    var out = [], at = 0, first, size, value;
    while (at < text.length) {
      first = DIGIT[text.charCodeAt(at++)];
      if (first < 60) { out.push(first); continue; }
      size = first < 84 ? 1 : first < 90 ? 2 : 4;
      value = first - (size === 1 ? 60 : size === 2 ? 84 : 90);
      for (var i = 0; i < size; i++) value = value * 91 + DIGIT[text.charCodeAt(at++)];
      out.push(value + (size === 1 ? 60 : size === 2 ? 2244 : 51930));
    }
    return out;
  }

  function sums(values) {
    var out = [0];
    for (var i = 0; i < values.length; i++) out.push(out[i] + values[i]);
    return out;
  }

  /* The index of the last of the ascending `values` that is not above `x`. */
  function place(values, x) {
    var low = 0, high = values.length - 1;
    while (low < high) {
      var mid = (low + high + 1) >> 1;
      if (values[mid] <= x) low = mid; else high = mid - 1;
    }
    return low;
  }

  /* ---------------------------------------------------------------------------------------------- folding */
  var near = {}, hanzi = null;

  function addTable(table, to) {
    var i;
    for (i = 0; i < table[0].length; i++) to[table[0].charAt(i)] = '';
    var from = chars(table[1]), into = chars(table[2]);
    for (i = 0; i < from.length; i++) to[from[i]] = into[i];
    for (i in table[3]) to[i] = table[3][i];
    return to;
  }

  function chars(text) { return text.match(/[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g) || []; }

  function fold(text, more) {
    return chars(text).map(function (char) { return folded(char, more); }).join('');
  }

  function folded(char, more) {
    return near.hasOwnProperty(char) ? near[char] : more && more.hasOwnProperty(char) ? more[char] : char;
  }

  /* The folded text, and for each of its units (and the end) the offset in `text`. */
  function foldMap(text, more) {
    var out = '', map = [], at = 0;
    chars(text).forEach(function (char) {
      var to = folded(char, more);
      for (var i = 0; i < to.length; i++) map.push(at);
      out += to;
      at += char.length;
    });
    map.push(at);
    return { text: out, map: map };
  }

  /* Whether the near table says how the character folds: Chinese ones of GB 2312, and the blocks it covers. */
  function isNear(char) {
    var code = char.charCodeAt(0);
    if (entry.ranges.some(function (range) { return range[0] <= code && code <= range[1]; })) return true;
    if (hanzi === null) hanzi = commonHanzi();
    return hanzi.indexOf(char) > -1;
  }

  function commonHanzi() {
    if (!window.TextDecoder) return '';
    var bytes = new Uint8Array(72 * 94 * 2), at = 0;
    for (var row = 0xb0; row < 0xf8; row++) for (var cell = 0xa1; cell < 0xff; cell++) { bytes[at++] = row; bytes[at++] = cell; }
    return new TextDecoder('gb2312').decode(bytes);
  }

  function terms(query, more) {
    var joined = query.replace(/“[^”]*”|「[^」]*」|『[^』]*』|["＂][^"＂]*["＂]/g, function (quoted) {
      return quoted.replace(/\s+/g, '');
    });
    var out = [];
    joined.split(/\s+/).forEach(function (word) {
      var term = fold(word, more);
      if (term && out.indexOf(term) < 0) out.push(term);
    });
    return out;
  }

  /* ---------------------------------------------------------------------------------------------- the index */
  var entry, groupStarts, blockStarts, blocks, rank = {}, lists = {};

  function open(done) {
    load('index', function (value) {
      if (!entry) {
        entry = kit.entry = value;
        addTable(entry.near, near);
        groupStarts = kit.groupStarts = sums(numbers(entry.records));
        blockStarts = sums(numbers(entry.sizes));
        blocks = entry.blocks.match(/.{6}/g) || [];
        chars(entry.common).forEach(function (char, index) { rank[char] = index; });
      }
      done();
    });
  }

  function groupOf(record) { return place(groupStarts, record); }
  function blockOf(group) { return place(blockStarts, group); }
  function cardsFile(group) {
    var block = blockOf(group);
    return blocks[block] + '/c' + Math.floor((group - blockStarts[block]) / entry.cards);
  }
  function wordsFile(record) {
    var group = groupOf(record), block = blockOf(group), piece = Math.floor((record - groupStarts[group]) / entry.piece);
    return blocks[block] + '/' + (group - blockStarts[block]) + '-' + piece;
  }

  /* The number of a list that has its own file, or -1. */
  function ownNumber(name) {
    var at = entry.own.indexOf(name);
    while (at % 2 === 1) at = entry.own.indexOf(name, at + 1);
    return at < 0 ? -1 : at / 2;
  }

  function placesFile(name) { return entry.lists + '/q' + ownNumber(name); }

  /* The file of a list: its own, or the shard that postings.py says. */
  function listFile(name) {
    if (ownNumber(name) > -1) return entry.lists + '/o' + ownNumber(name);
    var mixed = (name.charCodeAt(0) * 31 + name.charCodeAt(1)) * 0x9e3779b1;
    return entry.lists + '/' + (mixed >>> 8) % entry.shards;
  }

  /* A list from its loaded file: records, those with it in the head, and its places where it is rare. */
  function list(name) { return lists[name] || (lists[name] = decoded(name)); }

  function decoded(name) {
    var shard = files[listFile(name)].value, at = shard[0].indexOf(name);
    while (at % 2 === 1) at = shard[0].indexOf(name, at + 1);
    if (at < 0) return { records: [], heads: [], places: null };
    var ends = shard.ends || (shard.ends = [1, 3, 5].map(function (column) { return sums(numbers(shard[column])); }));
    function column(number) { return numbers(shard[number * 2 + 2].slice(ends[number][at / 2], ends[number][at / 2 + 1])); }
    var last = -1, head = -1, records = column(0).map(function (step) { return (last += step + 1); });
    var heads = column(1).map(function (step) { head += (step >> 1) + 1; return head * 2 + (step & 1); });
    return { records: records, heads: heads, places: placesOf(column(2), records) };
  }

  /* {record: places}, or null when the list has none. */
  function placesOf(steps, records) {
    if (!steps.length) return null;
    var out = {}, at = 0;
    records.forEach(function (record) {
      var places = [], last = -1, step;
      do {
        step = steps[at++];
        last = places.length ? last + 1 + (step >> 1) : step >> 1;
        places.push(last);
      } while (step & 1);
      out[record] = places;
    });
    return out;
  }

  /* ---------------------------------------------------------------------------------------------- matching */
  /* How frequent a gram seems, by the rank of its characters; one in a long list is asked for last. */
  function weight(gram) {
    var product = ownNumber(gram.name) > -1 ? 1 : gram.size > 2 ? 1e-6 : 1e-3;
    return chars(gram.text).reduce(function (product, char) { return product / ((char in rank ? rank[char] : 300) + 10); }, product);
  }

  /* What a word can be looked up by: [{at, size, name}], pairs and four digits; a single character by itself. */
  function grams(word) {
    var out = [];
    for (var at = 0; at < word.length - 1; at++) {
      var four = /^[0-9]{4}/.test(word.substr(at, 4));
      if (four) out.push({ at: at, size: 4, text: word.substr(at, 4), name: String.fromCharCode(0xdc00 + +word.substr(at, 2), 0xdc00 + +word.substr(at + 2, 2)) });
      else if (!/^[0-9]{2}$/.test(word.substr(at, 2)) || !/[0-9]{4}/.test(word.substr(Math.max(0, at - 2), 6))) {
        out.push({ at: at, size: 2, text: word.substr(at, 2), name: word.substr(at, 2) });
      }
    }
    return out.length ? out : [{ at: 0, size: 1, text: word, name: word + ' ' }];
  }

  /* The rarest gram of each of two to five stretches of the word; all of a short one. */
  function choose(word) {
    var all = grams(word), parts = Math.min(all.length, word.length < 9 ? 2 : word.length < 17 ? 3 : word.length < 25 ? 4 : 5), out = [];
    if (word.length === 4 && all.length === 3) return [all[0], all[2]];
    for (var part = 0; part < parts; part++) {
      var some = all.slice(Math.ceil(all.length * part / parts), Math.ceil(all.length * (part + 1) / parts));
      out.push(some.reduce(rarer));
    }
    return out;
  }

  /* What the lists say of a word: records that may hold it, whether they surely do, and which may in the head. */
  function candidates(word, asked) {
    var held = asked.map(function (gram) { return list(gram.name); }), starts = {};
    var records = held.map(function (each) { return each.records; }).reduce(both);
    if (held.length > 1) records = records.filter(function (record) { return aligned(held, asked, record); });
    var heads = held.map(function (each, index) {
      return each.heads.map(function (head) {
        if (asked[index].at === 0 && head & 1) starts[head >> 1] = true;
        return head >> 1;
      });
    }).reduce(both);
    var sure = !gaps(word, asked.length > 1 ? placed(asked) : asked).length;
    return { records: records, sure: sure || !records.length, heads: heads, starts: starts };
  }

  function placed(asked) { return asked.filter(function (gram) { return list(gram.name).places; }); }

  /* Grams that hold a character of the word which none of the asked ones holds. */
  function gaps(word, asked) {
    var held = {};
    asked.forEach(function (gram) { for (var i = 0; i < gram.size; i++) held[gram.at + i] = true; });
    return grams(word).filter(function (gram) {
      for (var i = 0; i < gram.size; i++) if (!held[gram.at + i]) return true;
      return false;
    });
  }

  /* Whether the grams can stand at their distances in the record; lists without places do not object. */
  function aligned(held, asked, record) {
    var starts = null;
    for (var i = 0; i < held.length; i++) {
      if (!held[i].places) continue;
      var here = held[i].places[record].map(function (at) { return at - asked[i].at; });
      starts = starts ? both(starts, here) : here;
    }
    return !starts || starts.length > 0;
  }

  function both(a, b) {
    var out = [], i = 0, j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] === b[j]) { out.push(a[i++]); j++; } else if (a[i] < b[j]) i++; else j++;
    }
    return out;
  }

  function ascending(a, b) { return a - b; }

  function without(a, b) {
    var out = [], j = 0;
    a.forEach(function (x) { while (j < b.length && b[j] < x) j++; if (b[j] !== x) out.push(x); });
    return out;
  }

  /* How many files hold the words of the records; counts no further than one above `most`. */
  function filesOf(records, most) {
    var seen = {}, count = 0;
    records.some(function (record) {
      var file = wordsFile(record);
      if (!seen[file]) { seen[file] = true; count++; }
      return count > (most || FEW);
    });
    return count;
  }

  var FEW = 6, MOST = 10, HEAVY = 200000;

  /* What the lists say of all words; asks for more grams while many records are in doubt. */
  function match(words, done) {
    var asked = words.map(choose);
    ask(words, asked, function again(all) {
      if (all.sure || filesOf(all.records) <= FEW || !askMore(words, asked)) done(all); else ask(words, asked, again);
    });
  }

  function ask(words, asked, done) {
    loadAll([].concat.apply([], asked).map(function (gram) { return listFile(gram.name); }), function () {
      var found = words.map(function (word, index) { return candidates(word, asked[index]); });
      var all = {
        words: words, asked: asked,
        records: found.map(function (each) { return each.records; }).reduce(both),
        heads: found.map(function (each) { return each.heads; }).reduce(both),
        starts: found[0].starts,
        sure: found.every(function (each) { return each.sure; })
      };
      all.heads = both(all.heads, all.records);
      done(all);
    });
  }

  /* Adds to each word the rarest gram that fills a gap; false when there is none. */
  function askMore(words, asked) {
    return words.filter(function (word, index) {
      var some = asked[index].length < MOST ? gaps(word, asked[index]) : [];
      if (some.length) asked[index].push(some.reduce(rarer));
      return some.length;
    }).length > 0;
  }

  function rarer(a, b) { return weight(b) < weight(a) ? b : a; }

  /* Settles what is in doubt by the places of long lists; gives nothing when they are too long for that. */
  function refine(all, done) {
    var long = [];
    all.words.forEach(function (word, index) {
      var asked = all.asked[index], some = asked.length > 1 ? placed(asked) : asked, gap;
      for (gap = gaps(word, some); gap.length; gap = gaps(word, some)) {
        gap = gap.reduce(rarer);
        some.push(gap);
        if (ownNumber(gap.name) > -1) long.push(gap);
        if (!asked.some(function (gram) { return gram.at === gap.at; })) asked.push(gap);
      }
    });
    ask(all.words, all.asked, function () {
      var size = long.reduce(function (sum, gram) { return sum + list(gram.name).records.length; }, 0);
      if (size > HEAVY) return done(null);
      loadAll(long.map(function (gram) { return placesFile(gram.name); }), function () {
        long.forEach(function (gram) {
          list(gram.name).places = placesOf(numbers(files[placesFile(gram.name)].value), list(gram.name).records);
        });
        ask(all.words, all.asked, done);
      });
    });
  }

  /* ---------------------------------------------------------------------------------------------- results */
  function fileOf(record, isCard) { return isCard ? cardsFile(groupOf(record)) : wordsFile(record); }

  /* What a loaded file says of a record. */
  function rowOf(record, isCard) {
    var value = files[fileOf(record, isCard)].value, more = value[value.length - 1], group = groupOf(record);
    var own = isCard ? value[0][(group - blockStarts[blockOf(group)]) % entry.cards] : value, at = record - groupStarts[group];
    var facts = own[0], row = own[1][isCard ? at : at % entry.piece], first = row[6][0];
    return {
      record: record, kind: KINDS[row[0]], status: STATUSES[row[2]], due: row[3], more: more,
      url: root + facts[0] + 'index.html' + row[1], notice: facts[1], unit: facts[2], date: facts[3], region: facts[4],
      head: first.slice(0, row[4] + row[5]), title: first.slice(row[4], row[4] + row[5]),
      runs: row[6], also: row[7]
    };
  }

  function holds(row, words, texts) {
    var held = texts.map(function (text) { return fold(text, row.more); });
    return words.every(function (word) { return held.some(function (text) { return text.indexOf(word) > -1; }); });
  }

  /* The hits of a match in the order they are shown, found as far as they are asked for. */
  function Hits(all) {
    var brief = groupStarts[entry.briefs];
    var heads = all.heads.filter(function (record) { return record >= brief; });
    this.words = all.words;
    this.all = all;
    this.sure = all.sure;
    this.found = [];
    this.loading = 0;
    this.tiers = [
      { name: 'unit', records: all.records.filter(function (record) { return record < brief; }), brief: true },
      { name: 'head', records: heads.sort(function (a, b) { return groupOf(a) - groupOf(b) || !all.starts[a] - !all.starts[b] || a - b; }) },
      { name: 'text', records: without(all.records, all.heads).filter(function (record) { return record >= brief; }) }
    ];
  }

  Hits.prototype.rest = function () { return [].concat.apply([], this.tiers.map(function (tier) { return tier.records; })); };
  Hits.prototype.left = function () { return this.rest().length; };

  /* How many there are, or at most are while some are in doubt. */
  Hits.prototype.count = function () { return this.found.length + this.left() + this.loading; };
  Hits.prototype.isExact = function () { return this.sure || !(this.left() + this.loading); };

  /* Finds hits until there are `wanted`, or no more; one call after the other. */
  Hits.prototype.find = function (wanted, done) {
    var self = this;
    if (this.waiting) return this.waiting.push([wanted, done]);
    this.waiting = [];
    this.step(wanted, function () {
      var waiting = self.waiting;
      self.waiting = null;
      done();
      waiting.forEach(function (each) { self.find(each[0], each[1]); });
    });
  };

  Hits.prototype.step = function (wanted, done) {
    var self = this;
    while (this.tiers.length && !this.tiers[0].records.length) this.tiers.shift();
    if (this.found.length >= wanted || !this.tiers.length) return done();
    var tier = this.tiers[0], isCard = tier.name !== 'text', before = this.found.length;
    var some = tier.records.splice(0, wanted - before), demoted = [];
    this.loading = some.length;
    loadAll(some.map(function (record) { return fileOf(record, isCard); }), function () {
      some.forEach(function (record) {
        var row = rowOf(record, isCard);
        var texts = isCard && !tier.brief ? [row.head] : row.runs.concat(row.also, row.unit);
        if (holds(row, self.words, texts)) self.found.push({ row: row, tier: tier.name });
        else if (isCard && !tier.brief) demoted.push(record);
      });
      self.loading = 0;
      var text = self.tiers[self.tiers.length - 1];
      text.records = text.records.concat(demoted).sort(ascending);
      if ((self.found.length - before) * 2 >= some.length) return self.step(wanted, done);
      if (tier.name === 'head') { text.records = both(self.all.records, text.records.concat(tier.records).sort(ascending)); tier.records = []; }
      self.refine(function () { self.step(wanted, done); });
    });
  };

  /* Leaves out what the places of long lists rule out. */
  Hits.prototype.refine = function (done) {
    var self = this;
    if (this.sure || this.refined || !this.left()) return done();
    this.refined = true;
    refine(this.all, function (all) {
      if (all) {
        self.tiers.forEach(function (tier) { tier.records = tier.records.filter(function (record) { return all.records[place(all.records, record)] === record; }); });
        self.sure = all.sure;
        self.all.records = both(self.all.records, all.records);
      }
      done();
    });
  };

  /* The words of a query, folded; loads the far part of the table when a character needs it. */
  function read(query, done) {
    if (chars(query).every(isNear)) return done(terms(query));
    load(entry.far, function (table) { done(terms(query, addTable(table, {}))); });
  }

  /* ---------------------------------------------------------------------------------------------- drawing */
  var WORDS = {
    unit: '单位', contact: '联系方式', notice: '通报', issue: '问题', followup: '后续整改事项',
    done: '已完成', ongoing: '整改中', 'long-term': '长期坚持', unstated: '未注明', over: '期限已过', due: '未到期'
  };
  var TIERS = { unit: '单位与联系方式', head: '标题中', text: '正文中' };
  var SVG = 'http://www.w3.org/2000/svg';

  function el(name, attributes, children) {
    var node = d.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    [].concat(children || []).forEach(function (child) { node.appendChild(typeof child === 'string' ? d.createTextNode(child) : child); });
    return node;
  }

  function chip(key) {
    var name = key === 'long-term' ? 'long' : key, svg = d.createElementNS(SVG, 'svg'), use = d.createElementNS(SVG, 'use');
    svg.setAttribute('class', 'ico');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', '#i-' + name);
    svg.appendChild(use);
    return el('span', { 'class': 'chip ' + name }, [svg, WORDS[key]]);
  }

  /* Where the words stand in the text: [start, end) of each, in order, none inside another. */
  function places(text, words, more) {
    var folding = foldMap(text, more), out = [];
    words.forEach(function (word) {
      for (var at = folding.text.indexOf(word); at > -1; at = folding.text.indexOf(word, at + word.length)) {
        out.push([folding.map[at], lastOf(folding.map, at + word.length - 1)]);
      }
    });
    function lastOf(map, at) {
      var start = map[at];
      while (map[at] === start) at++;
      return /[\ud800-\udbff]/.test(text.charAt(start)) ? start + 2 : Math.min(start + 1, map[at]);
    }
    out.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    return out.filter(function (each, index) { return !index || each[0] >= out[index - 1][1] || each[1] > out[index - 1][1]; });
  }

  /* The text with the words marked, as nodes; `from` and `to` cut it. */
  function marked(text, words, more, from, to) {
    var out = [], at = from || 0, end = to === undefined ? text.length : to;
    places(text, words, more).forEach(function (each) {
      var start = Math.max(each[0], at), stop = Math.min(each[1], end);
      if (start >= stop) return;
      if (start > at) out.push(text.slice(at, start));
      out.push(el('mark', {}, text.slice(start, stop)));
      at = stop;
    });
    if (at < end) out.push(text.slice(at, end));
    return out;
  }

  /* The words of a hit around the first match outside its title. */
  function snippet(row, words) {
    var best = null;
    row.runs.forEach(function (run, index) {
      if (best) return;
      var skip = index ? 0 : row.head.length;
      places(run, words, row.more).some(function (each) {
        if (each[1] > skip) best = { run: run, at: Math.max(each[0], skip), skip: skip };
        return best;
      });
    });
    if (!best) return null;
    var from = Math.max(best.skip, best.at - 30), to = Math.min(best.run.length, from + 110);
    if (/[\udc00-\udfff]/.test(best.run.charAt(from))) from++;
    if (/[\ud800-\udbff]/.test(best.run.charAt(to - 1))) to--;
    return [from > best.skip ? '…' : ''].concat(marked(best.run, words, row.more, from, to), to < best.run.length ? '…' : '');
  }

  function reach(line, words, more) {
    var digits = line.replace(/\D/g, '');
    if (/^[^@]+@[^@]+\.[^@]+$/.test(line)) return el('a', { href: 'mailto:' + line.trim() }, marked(line, words, more));
    if (digits.length > 6 && /^[\d\s()（）+\-—–－转、]+$/.test(line)) return el('a', { 'class': 'tel', href: 'tel:' + digits }, marked(line, words, more));
    return el('span', {}, marked(line, words, more));
  }

  function hit(row, words) {
    var top = [], brief = row.kind === 'unit' || row.kind === 'contact', meta = [];
    if (row.status) top.push(chip(row.status));
    if (row.due && row.status !== 'done') {
      top.push(el('span', { 'class': 'deadline' }, ['期限 ', el('time', { datetime: row.due }, row.due), ' ', chip(isOver(row.due) ? 'over' : 'due')]));
    }
    if (!row.status || row.kind === 'followup') top.unshift(el('span', {}, WORDS[row.kind]));
    if (brief && row.region) top.push(el('span', {}, row.region));
    var title = [row.head.slice(0, row.head.length - row.title.length)].concat(marked(row.title || row.notice, words, row.more));
    var children = [el('p', { 'class': 'meta' }, top), el('h3', { 'class': 'hit__t' }, el('a', { href: row.url }, title))], text;
    if (brief) {
      var lines = row.runs.slice(row.kind === 'unit' ? 2 : 1);
      children.push(el('p', {}, lines.length ? lines.reduce(function (out, line) {
        return out.concat(out.length ? '　' : [], reach(line, words, row.more));
      }, []) : el('span', { 'class': 'note' }, '通报未载明')));
    } else {
      if ((text = snippet(row, words))) children.push(el('p', { 'class': 'hit__x' }, text));
      meta.push(el('span', {}, marked(row.unit, words, row.more)));
      if (row.date) meta.push(el('time', { datetime: row.date }, row.date));
      children.push(el('p', { 'class': 'meta' }, meta));
    }
    return el('li', { 'class': 'hit', 'data-kind': row.kind }, children);
  }

  function today() {
    var now = new Date();
    return now.getFullYear() + '-' + ('0' + (now.getMonth() + 1)).slice(-2) + '-' + ('0' + now.getDate()).slice(-2);
  }

  /* A date known to the month or year is over when its last day is. */
  function isOver(due) { return due + '-99-99'.slice(0, 10 - due.length) < today(); }

  /* ---------------------------------------------------------------------------------------------- the page */
  var form = d.querySelector('form[role=search]'), input = form.querySelector('input'), panel = page.querySelector('.facets');
  var counter = page.querySelector('[data-count]'), note = page.querySelector('[data-note]');
  var area = page.querySelector('[data-hits]'), moreButton = page.querySelector('[data-more]');
  var FILTERS = ['kind', 'status', 'due', 'region', 'year', 'topic'], PAGE = 10, BACKGROUND = 20;
  var ASKS = /联系方式|联系电话|监督电话|举报电话|投诉电话|电话|邮箱|地址|怎么联系|联系|投诉/;
  var run = 0, kit = window.discloseSearch.kit = { current: null };

  function state() {
    var params = new URLSearchParams(location.search), chosen = {};
    FILTERS.forEach(function (name) { if (params.getAll(name).length) chosen[name] = params.getAll(name); });
    return { query: (params.get('q') || '').trim(), chosen: chosen };
  }

  function go(query, chosen) {
    var params = new URLSearchParams();
    if (query) params.set('q', query);
    FILTERS.forEach(function (name) { (chosen[name] || []).forEach(function (value) { params.append(name, value); }); });
    var text = params.toString();
    if (text === location.search.slice(1)) return;
    history.pushState(null, '', text ? '?' + text : location.pathname.split('/').pop() || '.');
    show();
  }

  /* Wraps what happens later, so that it happens only while the same search is shown. */
  function guard() {
    var mine = run;
    return function (next) { return function (value) { if (mine === run) next(value); }; };
  }

  /* Filters, suggestions and help: loaded when they are used. */
  function extra(done) { load(root + 'assets/search-more', done); }

  function narrowed(all, chosen, done) {
    if (!Object.keys(chosen).length) return done(all);
    extra(function (more) { more.narrowed(all, chosen, done); });
  }

  function clear(node) { while (node.firstChild) node.removeChild(node.firstChild); }

  function failed() {
    run++;
    clear(note);
    counter.textContent = '没有读到索引';
    note.appendChild(el('p', { 'class': 'note' }, '网站可能刚刚更新，也可能网络不通。请刷新页面再试。'));
  }

  /* Shows what the address asks for. */
  function show() {
    var now = state();
    run++;
    if (input.value.trim() !== now.query) input.value = now.query;
    if (kit.hideSuggestions) kit.hideSuggestions();
    clear(area);
    clear(note);
    moreButton.hidden = true;
    kit.current = null;
    counter.textContent = '';
    if (!now.query) return;
    counter.textContent = '正在搜索…';
    var still = guard();
    open(still(function () {
      read(now.query, still(function (words) {
        if (!words.length) { counter.textContent = '请输入要找的字'; return; }
        match(words, still(function (all) {
          narrowed(all, now.chosen, still(function (kept) {
            kit.current = { all: all, hits: new Hits(kept), chosen: now.chosen, query: now.query, shown: 0, lists: {} };
            more(still, PAGE);
            if (ASKS.test(now.query) || /^[a-z\s]{3,}$/i.test(now.query)) extra(still(function (more) { more.asked(still); }));
          }));
        }));
      }));
    }));
  }

  /* Shows hits up to `wanted` more, then how many there are, then what needs further files. */
  function more(still, wanted) {
    var hits = kit.current.hits, goal = kit.current.shown + wanted;
    moreButton.disabled = true;
    hits.find(goal, still(function () {
      hits.found.slice(kit.current.shown, goal).forEach(function (each) { put(each.tier, hit(each.row, hits.words)); });
      kit.current.shown = Math.min(goal, hits.found.length);
      say();
      if (!hits.count()) extra(still(function (more) { more.explain(still); }));
      if (panel.open) extra(still(function (more) { more.drawFilters(still); }));
      if (hits.isExact()) return;
      if (filesOf(hits.rest()) <= FEW) return hits.find(Infinity, still(say));
      hits.refine(still(function () {
        say();
        if (!hits.isExact() && filesOf(hits.rest(), BACKGROUND) <= BACKGROUND) hits.find(Infinity, still(say));
      }));
    }));
  }

  function say() {
    var hits = kit.current.hits, count = hits.count();
    moreButton.hidden = kit.current.shown >= count;
    moreButton.disabled = false;
    counter.textContent = !count ? '没有找到' : hits.isExact() ? '共 ' + count + ' 条' : '不超过 ' + count + ' 条，已核对 ' + hits.found.length + ' 条';
    if (count > kit.current.shown) counter.textContent += '，显示前 ' + kit.current.shown + ' 条';
  }

  function put(tier, item) {
    if (!kit.current.lists[tier]) {
      kit.current.lists[tier] = el('ol', { 'class': 'rows' });
      area.appendChild(el('h2', { 'class': 'sub' }, TIERS[tier]));
      area.appendChild(kit.current.lists[tier]);
    }
    kit.current.lists[tier].appendChild(item);
  }

  panel.addEventListener('toggle', function () {
    var still = guard();
    if (panel.open && kit.current) extra(still(function (more) { more.drawFilters(still); }));
  });
  panel.addEventListener('change', function () {
    var chosen = {};
    [].forEach.call(panel.querySelectorAll('input:checked'), function (box) { (chosen[box.name] = chosen[box.name] || []).push(box.value); });
    go(input.value.trim(), chosen);
  });
  moreButton.addEventListener('click', function () { more(guard(), PAGE); });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (!kit.composing) go(input.value.trim(), state().chosen);
  });
  input.addEventListener('compositionstart', function () { kit.composing = true; });
  input.addEventListener('compositionend', function () { kit.composing = false; suggest(); });
  input.addEventListener('input', suggest);
  function suggest() { open(function () { extra(function (more) { more.suggest(); }); }); }
  window.addEventListener('popstate', show);
  kit.d = d; kit.page = page; kit.input = input; kit.panel = panel; kit.counter = counter; kit.note = note; kit.area = area;
  kit.load = load; kit.loadAll = loadAll; kit.files = files; kit.numbers = numbers; kit.fold = fold; kit.chars = chars;
  kit.match = match; kit.rowOf = rowOf; kit.fileOf = fileOf; kit.cardsFile = cardsFile; kit.groupOf = groupOf; kit.hit = hit;
  kit.el = el; kit.clear = clear; kit.go = go; kit.isOver = isOver; kit.terms = terms; kit.read = read; kit.open = open;
  kit.KINDS = KINDS; kit.STATUSES = STATUSES; kit.ASKS = ASKS;
  if (Object.keys(state().chosen).length || (window.matchMedia && matchMedia('(min-width:1025px)').matches)) panel.open = true;
  show();
})();
