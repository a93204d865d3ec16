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
  var handed, files = {}, loads = [];
  window.discloseSearch = function (value) { handed = value; };

  function load(name, done) {
    var file = files[name];
    if (file && !file.waiting) return done(file.value);
    if (file) return file.waiting.push(done);
    file = files[name] = { waiting: [done] };
    loads.push(name);
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
        entry = value;
        addTable(entry.near, near);
        groupStarts = sums(numbers(entry.records));
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

  /* The rarest gram of each of two to four stretches of the word; all of a short one. */
  function choose(word) {
    var all = grams(word), parts = Math.min(all.length, word.length < 9 ? 2 : word.length < 17 ? 3 : 4), out = [];
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

  /* How many files hold the words of the records; more than `FEW` counts as one more. */
  function filesOf(records) {
    var seen = {}, count = 0;
    records.some(function (record) {
      var file = wordsFile(record);
      if (!seen[file]) { seen[file] = true; count++; }
      return count > FEW;
    });
    return count;
  }

  var FEW = 6, MOST = 6, HEAVY = 120000;

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

  /* ---------------------------------------------------------------------------------------------- filters */
  var facts = null;

  function loadFacts(done) {
    loadAll([entry.facts, entry.topics], function () {
      if (!facts) {
        var value = files[entry.facts].value, topics = files[entry.topics].value;
        facts = {
          facts: value.facts[0], factOf: numbers(value.facts[1]), regions: value.regions[0], regionOf: numbers(value.regions[1]),
          years: value.years[0], yearOf: numbers(value.years[1]), topics: topics[0], topicOf: numbers(topics[1]), depth: 0
        };
        while (facts.depth < 2 && distinct(facts.regions, facts.depth) < 2) facts.depth++;
      }
      done();
    });
  }

  function distinct(regions, depth) {
    var seen = {};
    regions.forEach(function (region) { if (region[depth]) seen[region[depth]] = true; });
    return Object.keys(seen).length;
  }

  /* {filter: values} of a record. */
  function valuesOf(record) {
    var fact = facts.facts[facts.factOf[record]], group = groupOf(record), region = facts.regions[facts.regionOf[group]][facts.depth];
    var year = facts.years[facts.yearOf[group]], due = fact[2] && fact[1] !== 0 ? [isOver(fact[2]) ? 'over' : 'due'] : [];
    return {
      kind: [KINDS[fact[0]]], status: fact[1] < 0 ? [] : [STATUSES[fact[1]]], due: due,
      region: region ? [region] : [], year: year ? [String(year)] : [], topic: facts.topics[facts.topicOf[record]]
    };
  }

  function today() {
    var now = new Date();
    return now.getFullYear() + '-' + ('0' + (now.getMonth() + 1)).slice(-2) + '-' + ('0' + now.getDate()).slice(-2);
  }

  /* A date known to the month or year is over when its last day is. */
  function isOver(due) { return due + '-99-99'.slice(0, 10 - due.length) < today(); }

  function passes(values, chosen, but) {
    return Object.keys(chosen).every(function (name) {
      return name === but || values[name].some(function (value) { return chosen[name].indexOf(value) > -1; });
    });
  }

  function filtered(all, chosen) {
    if (!Object.keys(chosen).length) return all;
    function keep(record) { return passes(valuesOf(record), chosen); }
    return { words: all.words, asked: all.asked, sure: all.sure, starts: all.starts, records: all.records.filter(keep), heads: all.heads.filter(keep) };
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

  /* ---------------------------------------------------------------------------------------------- units by name */
  var names = null, readings = {}, ASKS = /联系方式|联系电话|监督电话|举报电话|投诉电话|电话|邮箱|地址|怎么联系|联系|投诉/g;

  function loadNames(done) {
    load(entry.units, function (value) {
      if (!names) {
        names = value[0] ? value[0].split('\n').map(function (name) { return { name: name, folded: fold(name) }; }) : [];
        value[1].split(' ').forEach(function (part) {
          var reading = /^[a-z]*/.exec(part)[0];
          chars(part.slice(reading.length)).forEach(function (char) { (readings[char] = readings[char] || []).push(reading); });
        });
      }
      done();
    });
  }

  /* How well a name answers what was typed: 3 holds it, 2 holds its characters in order, 1 by pinyin, 0 not at all. */
  function answers(name, typed) {
    if (name.indexOf(typed) > -1) return 3;
    if (typed.length < 2) return 0;
    if (/^[a-z]+$/.test(typed)) return sounds(name, 0, typed, 0, {}) ? 1 : 0;
    var at = -1;
    return chars(typed).every(function (char) { at = name.indexOf(char, at + 1); return at > -1; }) ? 2 : 0;
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

  /* Numbers of the unit groups that answer best, at most `most`. */
  function unitsNamed(typed, most) {
    var best = [];
    names.forEach(function (each, group) {
      var score = answers(each.folded, typed);
      if (score) best.push({ group: group, score: score });
    });
    best.sort(function (a, b) { return b.score - a.score || a.group - b.group; });
    return best.slice(0, most).map(function (each) { return each.group; });
  }

  /* The units that a query asks to reach: “东山卫健局 电话”. */
  function asked(query, done) {
    var name = fold(query.replace(ASKS, ' ').replace(/["“”]/g, ''));
    if (!name || (name === fold(query) && !/^[a-z]{3,}$/.test(name))) return done([]);
    loadNames(function () {
      var groups = unitsNamed(name, 3);
      loadAll(groups.map(cardsFile), function () {
        done(groups.map(function (group) { return rowOf(groupStarts[group], true); }));
      });
    });
  }

  /* ---------------------------------------------------------------------------------------------- one character off */
  /* A word of the site's text that differs from `word` in one character, or lacks one; null when there is none. */
  function nearest(word, done) {
    var at = word.length - 1;
    (function attempt() {
      if (at < 0 || word.length < 2 || word.length > 12) return done(null);
      var left = word.slice(0, at), right = word.slice(at + 1), parts = [left, right].filter(Boolean);
      var pattern = [left, right].map(function (part) { return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); }).join('.?');
      at--;
      match(parts, function (all) {
        var some = all.records.slice(0, 3), found = null;
        function isBrief(record) { return record < groupStarts[entry.briefs]; }
        loadAll(some.map(function (record) { return fileOf(record, isBrief(record)); }), function () {
          some.some(function (record) {
            var row = rowOf(record, isBrief(record));
            return row.runs.some(function (run) { return (found = new RegExp(pattern).exec(fold(run, row.more))); });
          });
          if (found && found[0].length > 1) done(found[0]); else attempt();
        });
      });
    })();
  }

  /* ---------------------------------------------------------------------------------------------- drawing */
  var WORDS = {
    unit: '单位', contact: '联系方式', notice: '通报', issue: '问题', followup: '后续整改事项',
    done: '已完成', ongoing: '整改中', 'long-term': '长期坚持', unstated: '未注明', over: '期限已过', due: '未到期'
  };
  var TIERS = { asked: '您要联系的单位', unit: '单位与联系方式', head: '标题中', text: '正文中' };
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

  /* ---------------------------------------------------------------------------------------------- the page */
  var form = d.querySelector('form[role=search]'), input = form.querySelector('input'), panel = page.querySelector('.facets');
  var counter = page.querySelector('[data-count]'), note = page.querySelector('[data-note]');
  var area = page.querySelector('[data-hits]'), moreButton = page.querySelector('[data-more]');
  var FILTERS = ['kind', 'status', 'due', 'region', 'year', 'topic'], PAGE = 10;
  var run = 0, current = null;

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

  function clear(node) { while (node.firstChild) node.removeChild(node.firstChild); }

  function failed() {
    run++;
    clear(note);
    counter.textContent = '没有读到索引';
    note.appendChild(el('p', { 'class': 'note' }, '网站可能刚刚更新，也可能网络不通。请刷新页面再试。'));
  }

  /* Shows what the address asks for. */
  function show() {
    var now = state(), mine = ++run;
    if (input.value.trim() !== now.query) input.value = now.query;
    hideSuggestions();
    clear(area);
    clear(note);
    moreButton.hidden = true;
    current = null;
    counter.textContent = '';
    if (!now.query) return;
    counter.textContent = '正在搜索…';
    function still(next) { return function (value) { if (mine === run) next(value); }; }
    open(still(function () {
      read(now.query, still(function (words) {
        if (!words.length) { counter.textContent = '请输入要找的字'; return; }
        match(words, still(function (all) {
          var filtering = Object.keys(now.chosen).length > 0;
          (filtering ? loadFacts : function (next) { next(); })(still(function () {
            current = { all: all, hits: new Hits(filtered(all, now.chosen)), chosen: now.chosen, query: now.query, shown: 0, lists: {} };
            more(still, PAGE);
            asked(now.query, still(showAsked));
          }));
        }));
      }));
    }));
  }

  /* Shows hits up to `wanted` more, then how many there are, then what needs further files. */
  function more(still, wanted) {
    var hits = current.hits, goal = current.shown + wanted;
    moreButton.disabled = true;
    hits.find(goal, still(function () {
      hits.found.slice(current.shown, goal).forEach(function (each) { put(each.tier, hit(each.row, hits.words)); });
      current.shown = Math.min(goal, hits.found.length);
      say();
      if (!hits.count()) explain(still);
      if (panel.open) drawFacets(still);
      if (hits.isExact()) return;
      if (filesOf(hits.rest()) <= FEW) hits.find(Infinity, still(say)); else hits.refine(still(say));
    }));
  }

  function say() {
    var hits = current.hits, count = hits.count();
    moreButton.hidden = current.shown >= count;
    moreButton.disabled = false;
    counter.textContent = !count ? '没有找到' : hits.isExact() ? '共 ' + count + ' 条' : '不超过 ' + count + ' 条，已核对 ' + hits.found.length + ' 条';
    if (count > current.shown) counter.textContent += '，显示前 ' + current.shown + ' 条';
  }

  function put(tier, item) {
    if (!current.lists[tier]) {
      current.lists[tier] = el('ol', { 'class': 'rows' });
      area.appendChild(el('h2', { 'class': 'sub' }, TIERS[tier]));
      area.appendChild(current.lists[tier]);
    }
    current.lists[tier].appendChild(item);
  }

  function showAsked(rows) {
    if (!rows.length || !current) return;
    var items = rows.map(function (row) { return hit(row, []); });
    area.insertBefore(el('ol', { 'class': 'rows', 'data-asked': '' }, items), area.firstChild);
    area.insertBefore(el('h2', { 'class': 'sub' }, TIERS.asked), area.firstChild);
    if (!current.hits.count()) { counter.textContent = '没有含全部这些字的条目，下面是名称相近的单位'; clear(note); }
  }

  /* Why nothing was found, and what is near. */
  function explain(still) {
    var now = current, words = now.hits.words;
    if (Object.keys(now.chosen).length && now.all.records.length) {
      note.appendChild(el('p', { 'class': 'note' }, ['在所选的筛选条件下没有结果。', offer('不加筛选', now.query, {})]));
      return;
    }
    note.appendChild(el('p', { 'class': 'note' }, words.length > 1 ? '没有一条同时含有这些词：' + words.join('、') + '。' : '全站没有“' + now.query + '”这几个字。'));
    var at = 0;
    (function next() {
      if (at === words.length) return;
      var word = words[at++];
      nearest(word, still(function (found) {
        if (!found || current !== now || !now.hits.isExact()) return next();
        var others = words.filter(function (each) { return each !== word; });
        note.appendChild(el('p', {}, ['您要找的是不是：', offer(found, [found].concat(others).join(' '), {})]));
      }));
    })();
  }

  function offer(text, query, chosen) {
    var link = el('a', { href: '?q=' + encodeURIComponent(query) }, text);
    link.addEventListener('click', function (event) { event.preventDefault(); input.value = query; go(query, chosen); });
    return link;
  }

  /* ---------------------------------------------------------------------------------------------- filters on the page */
  function drawFacets(still) {
    var now = current;
    loadFacts(still(function () {
      if (now !== current) return;
      var numbers = counts(now.all, now.chosen);
      ['region', 'year', 'topic'].forEach(function (name) { options(name, Object.keys(numbers[name])); });
      [].forEach.call(panel.querySelectorAll('input'), function (box) {
        var count = numbers[box.name][box.value] || 0, chosen = now.chosen[box.name];
        box.checked = !!chosen && chosen.indexOf(box.value) > -1;
        box.parentNode.querySelector('[data-n]').textContent = count;
        box.parentNode.classList.toggle('is-none', !count);
      });
    }));
  }

  /* The boxes of a filter whose values depend on the site: those that have results, and those chosen. */
  function options(name, values) {
    var area = panel.querySelector('[data-options=' + name + ']'), focus = d.activeElement && d.activeElement.name === name && d.activeElement.value;
    (current.chosen[name] || []).forEach(function (value) { if (values.indexOf(value) < 0) values.push(value); });
    var order = name === 'topic' ? entry.topicNames : facts.regions.map(function (region) { return region[facts.depth]; });
    values.sort(function (a, b) { return name === 'year' ? b - a : order.indexOf(a) - order.indexOf(b); });
    clear(area);
    values.forEach(function (value) {
      var box = el('input', { type: 'checkbox', name: name, value: value });
      area.appendChild(el('label', { 'class': 'opt' }, [box, name === 'year' ? value + ' 年' : value, el('b', { 'data-n': '' })]));
      if (focus === value) box.focus();
    });
  }

  panel.addEventListener('toggle', function () {
    var mine = run;
    if (panel.open && current) drawFacets(function (next) { return function (value) { if (mine === run) next(value); }; });
  });
  panel.addEventListener('change', function () {
    var chosen = {};
    [].forEach.call(panel.querySelectorAll('input:checked'), function (box) { (chosen[box.name] = chosen[box.name] || []).push(box.value); });
    go(input.value.trim(), chosen);
  });
  moreButton.addEventListener('click', function () {
    var mine = run;
    more(function (next) { return function (value) { if (mine === run) next(value); }; }, PAGE);
  });

  /* ---------------------------------------------------------------------------------------------- suggestions */
  var box = d.getElementById('suggestions'), composing = false, active = -1, typing = 0;
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
    if (composing) return;
    open(function () {
      typed = fold(input.value.replace(ASKS, ''));
      if (!typed) return hideSuggestions();
      loadNames(function () {
        if (mine !== typing) return;
        clear(box);
        entry.topicNames.filter(function (name) { return fold(name).indexOf(typed) > -1; }).slice(0, 2).forEach(function (name) {
          suggestion(name, '专题', function () { var chosen = { topic: [name] }; go(input.value.trim(), chosen); });
        });
        unitsNamed(typed, 8).forEach(function (group) {
          suggestion(names[group].name, '单位', function () { input.value = names[group].name; go(names[group].name, {}); });
        });
        active = -1;
        box.hidden = !box.firstChild;
        input.setAttribute('aria-expanded', String(!box.hidden));
      });
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

  input.addEventListener('compositionstart', function () { composing = true; });
  input.addEventListener('compositionend', function () { composing = false; suggest(); });
  input.addEventListener('input', function () { suggest(); });
  input.addEventListener('blur', hideSuggestions);
  input.addEventListener('keydown', function (event) {
    if (composing || event.isComposing || box.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); move(active < 0 && event.key === 'ArrowUp' ? box.children.length : event.key === 'ArrowDown' ? 1 : -1); }
    else if (event.key === 'Escape') { event.preventDefault(); hideSuggestions(); }
    else if (event.key === 'Enter' && active > -1) { event.preventDefault(); box.children[active].click(); }
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (composing) return;
    hideSuggestions();
    go(input.value.trim(), state().chosen);
  });
  window.addEventListener('popstate', show);
  if (Object.keys(state().chosen).length || (window.matchMedia && matchMedia('(min-width:1025px)').matches)) panel.open = true;
  show();
})();
