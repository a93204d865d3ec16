/* Search, as docs/search.md tells: the files of the index call discloseSearch(value). */
(function () {
  'use strict';
  var d = document, page = d.querySelector('[data-search]');
  if (!page) return;
  var base = page.getAttribute('data-search'), root = page.getAttribute('data-root');
  var KINDS = ['unit', 'notice', 'issue', 'followup'];
  var STATUSES = ['done', 'ongoing', 'long-term', 'unstated'];

  /* loading */
  var handed, stamp, files = {};
  window.discloseSearch = function (value, its) { handed = value; stamp = its; };

  function load(name, done) {
    var file = files[name];
    if (file && !file.waiting) return done(file.value);
    if (file) return file.waiting.push(done);
    file = files[name] = { waiting: [done] };
    var script = d.createElement('script');
    script.src = base + name + '.js' + (isList(name) ? '?' + entry.version : '');
    script.onload = function () { file.stamp = isList(name) && (stamp || '-'); settle(handed); };
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

  /* Lists keep their names when what they hold changes: before a number is said, their stamps must be those of the entry */
  function isList(name) { return !name.indexOf('p/'); }

  function unproven() { return Object.keys(files).filter(function (name) { return files[name].stamp; }); }

  function prove(done) {
    var names = unproven();
    function slot(name) { var parts = /p.(\D*)(.*)/.exec(name); return entry.slots[parts[1]] + (slots[name] >= 0 ? slots[name] : +parts[2]); }
    function sheet(name) { return 'stamps-' + entry.sheets.substr(Math.floor(slot(name) / entry.sheet) * 6, 6); }
    loadAll(names.map(sheet), function () {
      names.forEach(function (name) {
        if (files[name].stamp === files[sheet(name)].value.substr(slot(name) % entry.sheet * 6, 6)) files[name].stamp = '';
      });
      if (!names.some(function (name) { return files[name].stamp; })) return done();
      clear(area);
      failed();
    });
  }

  /* numbers */
  var DIGIT = {}, PREFIX = [0, 56, 78, 87, 90], LEAST = [0, 56, 2058, 76587, 2337300];
  (function () {
    for (var code = 33, n = 0; code < 127; code++) if (code !== 34 && code !== 92 && code !== 124) DIGIT[code] = n++;
  })();

  var at;
  function number(text) {
    var value = DIGIT[text.charCodeAt(at++)], size = 0;
    while (size < 4 && value >= PREFIX[size + 1]) size++;
    var least = LEAST[size];
    value -= PREFIX[size];
    while (size--) value = value * 91 + DIGIT[text.charCodeAt(at++)];
    return value + least;
  }

  function numbers(text) {
    var out = [];
    for (at = 0; at < text.length;) out.push(number(text));
    return out;
  }

  function sums(values) {
    var out = [0];
    for (var i = 0; i < values.length; i++) out.push(out[i] + values[i]);
    return out;
  }

  /* Index of the last value not above x */
  function place(values, x) {
    var low = 0, high = values.length - 1;
    while (low < high) {
      var mid = (low + high + 1) >> 1;
      if (values[mid] <= x) low = mid; else high = mid - 1;
    }
    return low;
  }

  /* folding */
  var near = {}, hanzi = '';

  function addTable(table, to) {
    var i;
    chars(table[0]).forEach(function (char) { to[char] = ''; });
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

  function isNear(char) {
    var code = char.charCodeAt(0);
    if (entry.ranges.some(function (range) { return range[0] <= code && code <= range[1]; })) return true;
    if (!hanzi && window.TextDecoder) {
      var bytes = [];
      for (var row = 0xb0; row < 0xf8; row++) for (var cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
      hanzi = new TextDecoder('gb2312').decode(new Uint8Array(bytes));
    }
    return hanzi.indexOf(char) > -1;
  }

  function terms(query, more) {
    var joined = query.replace(/“[^“”]*”|「[^「」]*」|『[^『』]*』|["＂][^"＂]*["＂]/g, function (quoted) {
      return quoted.replace(/\s+/g, '');
    });
    var out = [];
    joined.split(/\s+/).forEach(function (word) {
      var term = fold(word, more);
      if (term && out.indexOf(term) < 0) out.push(term);
    });
    return out;
  }

  /* the index */
  var entry, groupStarts, blockStarts, blocks, unitRanks = {}, rank = {}, frequent = {}, slots = {}, lists = {};
  var HEAD = 182, STEP = 16, LAST = HEAD + 4096, FEW = 3;

  function open(done) {
    load('index', function (value) {
      if (!entry) {
        entry = kit.entry = value;
        addTable(entry.near, near);
        groupStarts = kit.groupStarts = sums(numbers(entry.records));
        sums(numbers(entry.numbers)).slice(1).forEach(function (number, index) { unitRanks[number] = entry.briefs - 1 - index; });
        blockStarts = sums(numbers(entry.sizes));
        blocks = entry.blocks.match(/.{6}/g) || [];
        entry.common.split('').forEach(function (unit, index) { rank[unit] = slots['p/c' + codeOf(unit)] = index; });
        readFrequent();
      }
      done();
    });
  }

  /* What a list counts from the oldest up, in the order of results (record_numbers.py) */
  function ranked(number) { return number in unitRanks ? unitRanks[number] : entry.last - number; }

  function codeOf(run) { return frequent[run] || run.charCodeAt(0); }

  /* Frequent runs, and the code points that stand for them in names: by a hash, but for those that are moved (grams.py) */
  function readFrequent() {
    var runs = [];
    entry.frequent.forEach(function (level, index) {
      var prefixes = index ? sums(numbers(level[0])).slice(1) : level[0].split(''), counts = numbers(level[1]), at = 0;
      prefixes.forEach(function (prefix, number) {
        for (var i = 0; i < counts[number]; i++) {
          var before = index ? runs[prefix - 1] : prefix, unit = level[2].charAt(at++), run = before + unit;
          frequent[run] = entry.moved[run] || 65536 + hashed(codeOf(before), codeOf(unit), 983040);
          slots['p/o' + frequent[run]] = runs.push(run) - 1;
        }
      });
    });
  }

  function groupOf(record) { return place(groupStarts, record); }

  /* [file of words, its first record]: groups share a file as far as they fit in whole, longer ones are cut */
  function pieceOf(record) {
    var of = groupOf(record), block = place(blockStarts, of), group = blockStarts[block], first = groupStarts[group], piece = 0;
    for (; group <= of; group++) {
      var end = group < of ? groupStarts[group + 1] : record + 1;
      if (groupStarts[group + 1] - first > entry.piece && groupStarts[group] > first) { first = groupStarts[group]; piece++; }
      for (; end - first > entry.piece; first += entry.piece) piece++;
    }
    return [blocks[block] + '/' + piece, first];
  }

  function fileOf(record) { return pieceOf(record)[0]; }

  function hashed(first, second, count) {
    return Math.floor((Math.imul(first * 31 + second, 0x9e3779b1) >>> 0) * count / 4294967296);
  }

  function wholeFile(word) {
    if (frequent.hasOwnProperty(word)) return 'o' + codeOf(word);
    if (word.length > 1) return null;
    return word in rank ? 'c' + codeOf(word) : 's' + hashed(codeOf(word), 0, entry.singles);
  }

  function digitsOf(file, name) {
    var shard = files['p/' + file].value, index;
    if (typeof shard === 'string') return shard;
    if (!shard.names) {
      shard.names = shard[0].split('\n');
      shard.ends = sums(numbers(shard[1]));
    }
    index = shard.names.indexOf(name);
    return index < 0 ? '' : shard[2].slice(shard.ends[index], shard.ends[index + 1]);
  }

  function list(gram) {
    var key = gram.file + ' ' + gram.name;
    return lists[key] || (lists[key] = decoded(digitsOf(gram.file, gram.name), gram.size && entry.width));
  }

  /* A list in the order of results: with places of so many digits, or with none */
  function decoded(digits, width) {
    var out = { records: [], heads: [], places: {}, starts: {} }, record = -1, its, most = Math.pow(91, width) - HEAD;
    for (at = 0; at < digits.length;) {
      var step = number(digits), where = 0;
      if (width) {
        for (var i = 0; i < width; i++) where = where * 91 + DIGIT[digits.charCodeAt(at++)];
        if (step) { out.records.push(its = ranked(record += step)); out.places[its] = []; }
        if (where >= most) out.starts[its] = where -= most;
        out.places[its].push(where);
      } else {
        out.records.push(its = ranked(record += Math.floor(step / 3) + 1));
        if (step % 3) out.heads.push(its);
        if (step % 3 === 2) out.starts[its] = true;
      }
    }
    out.records.reverse();
    out.heads.reverse();
    return out;
  }

  /* matching */
  function weight(gram) {
    return gram.parts.reduce(function (product, part) {
      return product / (part.length > 1 ? 200 : (part in rank ? rank[part] : entry.common.length) + 10);
    }, 1);
  }

  /* Runs of the word that have lists with places */
  function grams(word) {
    var out = [], more = true;
    for (var size = 2; more && size <= word.length; size++) {
      more = false;
      for (var from = 0; from + size <= word.length; from++) {
        var run = word.substr(from, size), front = run.slice(0, -1), back = run.slice(1);
        if (frequent.hasOwnProperty(run)) more = true;
        else if (size === 2) out.push(named(from, size, [front, back]));
        else if (frequent.hasOwnProperty(front)) out.push(named(from, size, [front, back.slice(-1)]));
        else if (frequent.hasOwnProperty(back)) out.push(named(from, size, [front.charAt(0), back]));
      }
    }
    return out.sort(function (a, b) { return a.at - b.at; });
  }

  function named(from, size, parts) {
    var codes = parts.map(codeOf);
    return { at: from, size, parts, name: String.fromCodePoint.apply(String, codes), file: hashed(codes[0], codes[1], entry.shards) };
  }

  /* One list that answers all, or the rarer of each half */
  function choose(word) {
    var whole = wholeFile(word), all = grams(word), parts = Math.min(2, all.length), out = [];
    if (whole) return [{ file: whole, name: word }];
    var exact = all.filter(function (gram) { return gram.size === word.length; });
    if (exact.length) return exact;
    for (var part = 0; part < parts; part++) {
      out.push(all.slice(Math.ceil(all.length * part / parts), Math.ceil(all.length * (part + 1) / parts)).reduce(rarer));
    }
    return out;
  }

  function rarer(a, b) { return weight(b) < weight(a) ? b : a; }

  function candidates(word, asked) {
    asked = asked.slice().sort(function (a, b) { return a.at - b.at; });
    var held = asked.map(list), first = held[0], from = asked[0].at, heads = [], starts = {};
    if (!asked[0].size) return Object.assign({ sure: true }, first);
    var records = held.map(function (each) { return each.records; }).reduce(both).filter(function (record) {
      var found = held.reduce(function (places, each, index) {
        var held = {};
        each.places[record].forEach(function (at) { held[at] = true; });
        return places.filter(function (at) { return held[behind(at, word.slice(from, asked[index].at))]; });
      }, first.places[record].sort(function (a, b) { return a - b; }));
      if (found[0] - from + word.length <= HEAD) heads.push(record);
      if (!from && found.indexOf(first.starts[record]) > -1) starts[record] = true;
      return found.length;
    });
    return { records: records, heads: heads, starts: starts, sure: !records.length || !gaps(word, asked).length };
  }

  /* Runs with a character that no list asked for holds */
  function gaps(word, asked) {
    var held = {};
    if (!asked[0].size) return [];
    asked.forEach(function (gram) { for (var i = 0; i < gram.size; i++) held[gram.at + i] = true; });
    return grams(word).filter(function (gram) {
      for (var i = 0; i < gram.size; i++) if (!held[gram.at + i]) return true;
      return false;
    });
  }

  function both(a, b) {
    var at = 0;
    return a.filter(function (each) {
      while (b[at] < each) at++;
      return b[at] === each;
    });
  }

  /* As the index counts (clause_places.py): a clause begins at a multiple of STEP behind the head */
  function behind(place, text) {
    for (var i = 0; i < text.length; i++) {
      var ends = /[。,;]/.test(text[i]) && place >= HEAD && place < LAST;
      do place++; while (ends && (place - HEAD) % STEP);
    }
    return place;
  }

  function match(words, done) { ask(words, words.map(choose), done); }

  /* The first results alone, where the index has them ready; `beyond` is how many more there are */
  function matchFirst(words, done) {
    var file = wholeFile(words[0]) || 's';
    if (words[1] || file[0] === 's') return match(words, done);
    load('p/a' + hashed(+file.slice(1), 0, entry.packs), function (value) {
      var answer = value[words[0]], all, rows = {};
      if (!answer) return failed();
      all = decoded(answer[0]);
      all.records.forEach(function (record, index) { rows[record] = [answer[2][index], answer[3][index], answer[4]]; });
      done(Object.assign(all, { words, asked: words.map(choose), rows, beyond: answer[1], sure: true }));
    });
  }

  /* The same with all lists: no record in doubt, none left out */
  function whole(all, done, one) {
    if (all.sure && !all.beyond) return done(all);
    while (askMore(all.words, all.asked) && !one);
    ask(all.words, all.asked, done);
  }

  function ask(words, asked, done) {
    loadAll([].concat.apply([], asked).map(function (gram) { return 'p/' + gram.file; }), function () {
      var found = words.map(function (word, index) { return candidates(word, asked[index]); });
      var all = {
        words, asked, rows: {}, beyond: 0,
        records: found.map(function (each) { return each.records; }).reduce(both),
        heads: found.map(function (each) { return each.heads; }).reduce(both),
        starts: found[0].starts,
        sure: found.every(function (each) { return each.sure; })
      };
      if (all.records[0] < 0) return failed();
      all.heads = both(all.heads, all.records);
      all.sure = all.sure || !all.records.length;
      done(all);
    });
  }

  function askMore(words, asked) {
    return words.filter(function (word, index) {
      var some = gaps(word, asked[index]);
      if (some.length) asked[index].push(some.reduce(rarer));
      return some.length;
    }).length > 0;
  }

  /* results */
  function rowOf(record) {
    var piece = pieceOf(record), value = files[piece[0]].value;
    return rowFrom(value[0][groupOf(record) - groupOf(piece[1])], value[1][record - piece[1]], value[2]);
  }

  function rowFrom(facts, row, more) {
    var first = row[6][0];
    return {
      kind: KINDS[row[0]], status: STATUSES[row[2]], due: row[3], more: more,
      url: root + facts[0] + 'index.html' + row[1], notice: facts[1], unit: facts[2], date: facts[3], region: facts[4],
      head: first.slice(0, row[4] + row[5]), title: first.slice(row[4], row[4] + row[5]),
      runs: row[6], also: row[7]
    };
  }

  function holds(row, words, texts) {
    var held = texts.map(function (text) { return fold(text, row.more); });
    return words.every(function (word) { return held.some(function (text) { return text.indexOf(word) > -1; }); });
  }

  /* The hits in the order they are shown, found as far as asked; `keep` says which the filters leave */
  function Hits(all, keep) {
    this.words = all.words;
    this.keep = keep;
    this.found = [];
    this.taken = {};
    this.demoted = {};
    this.loading = 0;
    this.sort(all);
  }

  Hits.prototype = {
    sort: function (all) {
      var self = this, heads = {}, tiers = { unit: [], head: [], text: [] };
      all.heads.forEach(function (record) { heads[record] = !self.demoted[record]; });
      all.records.forEach(function (record) {
        if (self.taken[record] || !self.keep(record)) return;
        tiers[self.keep.rank ? 'text' : record < entry.briefs ? 'unit' : heads[record] ? 'head' : 'text'].push(record);
      });
      if (self.keep.rank) tiers.text.sort(self.keep.rank);
      tiers.head.sort(function (a, b) { return groupOf(a) - groupOf(b) || !all.starts[a] - !all.starts[b] || a - b; });
      this.all = all;
      this.tiers = tiers;
      this.left = tiers.unit.length + tiers.head.length + tiers.text.length;
    },

    count: function () { return this.found.length + this.left + this.loading + this.all.beyond; },
    isExact: function () { return this.all.sure || !(this.left + this.loading); },

    /* Finds as many as wanted, or all */
    step: function (wanted, done) {
      var self = this, all = this.all, before = this.found.length;
      function again() { self.step(wanted, done); }
      if (before >= wanted || !(this.left + all.beyond)) return done();
      if (!this.left) return this.settle(again);
      var name = ['unit', 'head', 'text'].filter(function (each) { return self.tiers[each].length; })[0];
      var some = this.tiers[name].slice(0, wanted - before);
      var names = filesOf(some.filter(function (record) { return !all.rows[record]; }));
      if (names.length > FEW && !all.sure && (this.words.some(function (word) { return word.length > 10; }) || !(all.records.length * 4 > this.before * 3))) {
        this.before = all.records.length;
        return this.settle(again, true);
      }
      this.tiers[name].splice(0, some.length).forEach(function (record) { self.taken[record] = true; });
      this.left -= this.loading = some.length;
      loadAll(names, function () {
        var demoted = false;
        some.forEach(function (record) {
          var row = all.rows[record] ? rowFrom.apply(null, all.rows[record]) : rowOf(record);
          if (!holds(row, self.words, row.runs.concat(row.also, row.unit))) return;
          if (name !== 'head' || holds(row, self.words, [row.head])) self.found.push({ row: row, tier: name });
          else demoted = self.demoted[record] = !(self.taken[record] = false);
        });
        self.loading = 0;
        if (demoted) self.sort(self.all);
        function next() { self.settle(again, names.length <= FEW); }
        if ((self.found.length - before) * 2 >= some.length) again(); else if (all.sure) prove(next); else next();
      });
    },

    /* With one more list, or with all: then no record is in doubt and none left out */
    settle: function (done, one) {
      var self = this;
      whole(this.all, function (all) { self.sort(all); done(); }, one);
    }
  };

  function filesOf(records) {
    var names = {};
    records.forEach(function (record) { names[fileOf(record)] = true; });
    return Object.keys(names);
  }

  function read(query, done) {
    if (chars(query).every(isNear)) return done(terms(query));
    load(entry.far, function (table) { done(terms(query, addTable(table, {}))); });
  }

  /* drawing */
  var WORDS = {
    unit: '单位', notice: '通报', issue: '问题', followup: '后续整改事项',
    done: '已完成', ongoing: '整改中', 'long-term': '长期坚持', unstated: '未注明', over: '期限已过', due: '未到期'
  };
  var TIERS = { unit: '单位', head: '标题中', text: '正文中' };
  var SVG = 'http://www.w3.org/2000/svg';

  function el(name, attributes, children) {
    var node = d.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    [].concat(children || []).forEach(function (child) { node.appendChild(typeof child === 'string' ? d.createTextNode(brief(child)) : child); });
    return node;
  }

  /* As lists do it (long_texts.py): a list is no place for a text of thousands of characters */
  function brief(text) { return text.length > 400 ? text.slice(0, 400).replace(/[\ud800-\udbff]$/, '') + '……' : text; }

  function chip(key) {
    var name = key === 'long-term' ? 'long' : key, svg = d.createElementNS(SVG, 'svg'), use = d.createElementNS(SVG, 'use');
    svg.setAttribute('class', 'ico');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', '#i-' + name);
    svg.appendChild(use);
    return el('span', { 'class': 'chip ' + name }, [svg, WORDS[key]]);
  }

  /* [start, end) of each match, none inside another */
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

  function marked(text, words, more, from, to) {
    if (to === undefined) text = brief(text);
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

  /* Around the first match outside the title, or what follows the title */
  function snippet(row, words) {
    var best = null, first = null;
    row.runs.forEach(function (run, index) {
      if (best) return;
      var skip = index ? 0 : row.head.length;
      if (!first && run.length > skip) first = { run: run, at: skip, skip: skip };
      places(run, words, row.more).some(function (each) {
        if (each[1] > skip) best = { run: run, at: Math.max(each[0], skip), skip: skip };
        return best;
      });
    });
    best = best || first;
    if (!best) return null;
    var from = Math.max(best.skip, best.at - 30), to = Math.min(best.run.length, from + 110);
    if (/[\udc00-\udfff]/.test(best.run.charAt(from))) from++;
    if (/[\ud800-\udbff]/.test(best.run.charAt(to - 1))) to--;
    return [from > best.skip ? '…' : ''].concat(marked(best.run, words, row.more, from, to), to < best.run.length ? '…' : '');
  }

  function reach(line, words, more) {
    var digits = line.replace(/\D/g, '');
    if (/^[^@]+@[^@.]+(?:\.[^@.]+)+$/.test(line)) return el('a', { href: 'mailto:' + encodeURIComponent(line.trim()).replace(/%40/g, '@').replace(/%2B/g, '+') }, marked(line, words, more));
    if (digits.length > 6 && /^[\d\s()（）+\-—–－转、]+$/.test(line)) return el('a', { 'class': 'tel', href: 'tel:' + digits }, marked(line, words, more));
    return el('span', { 'class': 'seg' }, marked(line, words, more));
  }

  function hit(row, words) {
    var top = [], brief = row.kind === 'unit', meta = [];
    if (row.status) top.push(chip(row.status));
    if (row.due && row.status !== 'done') {
      top.push(el('span', { 'class': 'deadline' }, ['期限 ', el('time', { datetime: row.due }, row.due), ' ', chip(isOver(row.due) ? 'over' : 'due')]));
    }
    if (!row.status || row.kind === 'followup') top.unshift(el('span', {}, WORDS[row.kind]));
    if (brief && row.region) top.push(el('span', {}, row.region));
    var title = [row.head.slice(0, row.head.length - row.title.length).replace(/([0-9A-Za-z〇一二三四五六七八九十百])$/, '$1 ')].concat(marked(row.title || row.notice, words, row.more));
    var children = [el('p', { 'class': 'meta' }, top), el('h3', { 'class': 'hit__t' }, el('a', { href: row.url }, title))], text;
    if (brief) {
      var lines = row.runs.slice(2);
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
    return new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  }

  function isOver(due) { return due + '-99-99'.slice(0, 10 - due.length) < today(); }

  /* the page */
  var form = d.querySelector('form[role=search]'), input = form.querySelector('input'), panel = page.querySelector('.facets');
  var counter = page.querySelector('[data-count]'), note = page.querySelector('[data-note]');
  var area = page.querySelector('[data-hits]'), moreButton = page.querySelector('[data-more]');
  var order = page.querySelector('[data-order]'), FILTERS = ['kind', 'status', 'due', 'region', 'year', 'topic', 'order'], PAGE = 10;
  var ASKS = /联系方式|联系电话|监督电话|举报电话|投诉电话|电话|邮箱|地址|怎么联系|联系|投诉/;
  var run = 0, isFirst = true, isAsked = false, kit = window.discloseSearch.kit = { current: null };

  function state() {
    var params = new URLSearchParams(location.search), chosen = {};
    FILTERS.forEach(function (name) { if (params.getAll(name).length) chosen[name] = params.getAll(name); });
    if (chosen.kind) chosen.kind = chosen.kind.map(function (kind) { return kind === 'contact' ? 'unit' : kind; });
    return { query: (params.get('q') || '').trim(), chosen: chosen };
  }

  function go(query, chosen) {
    var params = new URLSearchParams();
    if (query) params.set('q', query);
    FILTERS.forEach(function (name) { (chosen[name] || []).forEach(function (value) { params.append(name, value); }); });
    var text = params.toString();
    if (page.hasAttribute('data-away')) return location.assign(root + 'search/index.html?' + text);
    if (text === location.search.slice(1)) return;
    history.pushState(null, '', text ? '?' + text : location.pathname.split('/').pop() || '.');
    show();
  }

  /* What happens later happens only while the same search is shown */
  function guard() {
    var mine = run;
    return function (next) { return function (value) { if (mine === run) next(value); }; };
  }

  function extra(done) { load('../assets/search-more', done); }

  function narrowed(chosen, done) {
    if (!isFiltered(chosen)) return done(function () { return true; });
    extra(function (more) { more.narrowed(chosen, done); });
  }

  function clear(node) { while (node.firstChild) node.removeChild(node.firstChild); }

  function failed() {
    run++;
    clear(note);
    counter.textContent = '没有读到索引';
    note.appendChild(el('p', { 'class': 'note' }, '网站可能刚刚更新，也可能网络不通。请刷新页面再试。'));
  }

  function isFiltered(chosen) { return Object.keys(chosen).length > 0; }

  /* Words that name a place or a state are filters; a query with quotation marks has only words */
  function understood(now) {
    var out = { typed: now.query, query: now.query, chosen: Object.assign({}, now.chosen), filters: [] };
    if (/["＂“”「」『』]/.test(now.query)) return out;
    out.query = now.query.split(/\s+/).filter(function (word) {
      var key = fold(word), filter = entry.filters.hasOwnProperty(key) && entry.filters[key];
      if (!filter) return true;
      var chosen = out.chosen[filter[0]] || [];
      out.filters.push(word);
      if (chosen.indexOf(filter[1]) < 0) out.chosen[filter[0]] = chosen.concat(filter[1]);
    }).join(' ');
    return out;
  }

  function offerFilters() {
    var still = guard();
    open(still(function () { extra(still(function (more) { more.offerFilters(still); })); }));
  }

  function everything(words, done) { extra(function (more) { more.everything(words, done); }); }

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
    isAsked = !!now.query || isFiltered(now.chosen);
    order.value = (now.chosen.order || [''])[0];
    panel.hidden = false;
    d.documentElement.classList.toggle('asked', isAsked);
    if (!isAsked) return panel.open && offerFilters();
    if (isFirst && matchMedia('(min-width:1025px)').matches) panel.open = true;
    isFirst = false;
    counter.textContent = '正在搜索…';
    var still = guard();
    open(still(function () {
      var meant = understood(now);
      read(meant.query, still(function (words) {
        var filtered = isFiltered(meant.chosen);
        if (!words.length && !filtered) { counter.textContent = '请输入要找的字'; return; }
        (!words.length ? everything : filtered ? match : matchFirst)(words, still(function (all) {
          narrowed(meant.chosen, still(function (keep) {
            (keep.rank ? whole : function (all, done) { done(all); })(all, still(function (all) {
              kit.current = Object.assign(meant, { hits: new Hits(all, keep), shown: 0, lists: {} });
              if (meant.filters.length) extra(still(function (more) { more.tellFilters(); }));
              more(still, PAGE);
            }));
          }));
        }));
      }));
    }));
  }

  function more(still, wanted) {
    var hits = kit.current.hits, goal = kit.current.shown + wanted;
    var isAsked = d.activeElement === moreButton;
    moreButton.disabled = hits.busy = true;
    hits.step(goal, still(function () { if (hits.count()) draw(); else prove(still(draw)); }));
    function known() {
      hits.isKnown = true;
      say();
    }
    function draw() {
      hits.busy = false;
      hits.isKnown = hits.isExact() && !unproven()[0];
      hits.found.slice(kit.current.shown, goal).forEach(function (each, index) {
        var item = hit(each.row, hits.words);
        put(each.tier, item);
        if (isAsked && !index) item.querySelector('a').focus();
      });
      kit.current.shown = Math.min(goal, hits.found.length);
      say();
      if (goal === PAGE && (!hits.count() || mayName(kit.current.query))) extra(still(function (more) { more.asked(still); }));
      if (panel.open) extra(still(function (more) { more.drawFilters(still); }));
      performance.mark('results');
      setTimeout(still(function () {
        if (hits.isExact()) prove(still(known)); else hits.settle(still(function () { prove(still(known)); }));
      }));
    }
  }

  function mayName(query) { return ASKS.test(query) || /^[a-z\s]{3,}$/i.test(query) || new RegExp(entry.named).test(query); }

  function say() {
    var hits = kit.current.hits, count = hits.count();
    panel.hidden = !count && !isFiltered(kit.current.chosen);
    order.parentNode.hidden = count < 2;
    if (!count) d.documentElement.classList.remove('asked');
    moreButton.hidden = kit.current.shown >= count;
    moreButton.disabled = hits.busy;
    counter.textContent = !count ? '没有找到' : hits.isKnown ? '共 ' + count + ' 条' : '正在核对条数';
    if (count > kit.current.shown) counter.textContent += '，显示前 ' + kit.current.shown + ' 条';
  }

  function put(tier, item) {
    if (!kit.current.lists[tier]) {
      kit.current.lists[tier] = el('ol', { 'class': 'rows' });
      area.appendChild(el('h2', { 'class': 'sub' }, order.value ? order.selectedOptions[0].text : kit.current.hits.words.length || tier === 'unit' ? TIERS[tier] : '通报与问题'));
      area.appendChild(kit.current.lists[tier]);
    }
    kit.current.lists[tier].appendChild(item);
  }

  panel.addEventListener('toggle', function () {
    var still = guard();
    if (panel.open && kit.current) extra(still(function (more) { more.drawFilters(still); }));
    else if (panel.open && !isAsked) offerFilters();
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
  order.addEventListener('change', function () {
    var now = state();
    go(now.query, Object.assign(now.chosen, { order: order.value ? [order.value] : [] }));
  });
  window.addEventListener('popstate', show);
  Object.assign(kit, {
    d, page, input, panel, counter, note, area, load, loadAll, files, numbers, fold, chars, match, whole, prove, rowOf, fileOf,
    groupOf, hit, el, clear, go, isOver, terms, read, open, Hits, KINDS, STATUSES, ASKS
  });
  if (page.hasAttribute('data-away')) suggest(); else show();
})();
