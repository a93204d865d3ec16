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
        blocks = entry.blocks.split(' ');
        chars(entry.common).forEach(function (char, index) { rank[char] = index; });
      }
      done();
    });
  }

  function groupOf(record) { return place(groupStarts, record); }
  function blockOf(group) { return place(blockStarts, group); }
  function cardsFile(group) { return blocks[blockOf(group)] + '/c'; }
  function wordsFile(group) { var block = blockOf(group); return blocks[block] + '/' + (group - blockStarts[block]); }

  function hash(code) { return (code * 0x9e3779b1) >>> 16; }

  function shardFile(pair) {
    for (var i = entry.own.indexOf(pair); i > -1; i = entry.own.indexOf(pair, i + 1)) if (i % 2 === 0) return entry.lists + '/o' + i / 2;
    var a = pair.charCodeAt(0), b = pair.charCodeAt(1), parts = Math.min(32, entry.shards), each = entry.shards / parts;
    return entry.lists + '/' + ((hash(a) & (parts - 1)) * each + (hash(a * 31 + b) & (each - 1)));
  }

  /* The list of a pair from its loaded shard: records, those with it in the head, and its places where it is rare. */
  function list(pair) { return lists[pair] || (lists[pair] = decoded(pair)); }

  function decoded(pair) {
    var shard = files[shardFile(pair)].value, at = shard[0].indexOf(pair);
    while (at % 2 === 1) at = shard[0].indexOf(pair, at + 1);
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
  function weight(char) { return 1 / ((char in rank ? rank[char] : 400) + 10); }

  /* Offsets of pairs of a word to ask for: the two rarest that together say most. */
  function choose(word) {
    if (word.length < 3) return [0];
    if (word.length < 5) return [0, word.length - 2];
    var offsets = [];
    for (var i = 0; i < word.length - 1; i++) offsets.push(i);
    offsets.sort(function (a, b) { return rarity(a) - rarity(b) || a - b; });
    function rarity(at) { return weight(word.charAt(at)) * weight(word.charAt(at + 1)); }
    var first = offsets[0];
    return [first, offsets.filter(function (at) { return Math.abs(at - first) > 1; })[0]];
  }

  function pairAt(word, at) { return word.length === 1 ? word + ' ' : word.substr(at, 2); }

  /* What the lists say of a word: records that may hold it, whether they surely do, and which may in the head. */
  function candidates(word, offsets) {
    var held = offsets.map(function (at) { return list(pairAt(word, at)); });
    var covered = word.length < 3 || (held.every(function (each) { return each.places; }) && covers(word, offsets));
    var records = held.map(function (each) { return each.records; }).reduce(both);
    if (held.length > 1) records = records.filter(function (record) { return aligned(held, offsets, record); });
    var starts = {}, heads = held.map(function (each, index) {
      return each.heads.map(function (head) {
        if (offsets[index] === 0 && head & 1) starts[head >> 1] = true;
        return head >> 1;
      });
    }).reduce(both);
    return { records: records, sure: covered, heads: heads, starts: starts };
  }

  function covers(word, offsets) {
    for (var i = 0; i < word.length; i++) if (offsets.indexOf(i) < 0 && offsets.indexOf(i - 1) < 0) return false;
    return true;
  }

  /* Whether the pairs can stand at their distances in the record; lists without places do not object. */
  function aligned(held, offsets, record) {
    var starts = null;
    for (var i = 0; i < held.length; i++) {
      if (!held[i].places) continue;
      var here = held[i].places[record].map(function (at) { return at - offsets[i]; });
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

  function without(a, b) {
    var out = [], j = 0;
    a.forEach(function (x) { while (j < b.length && b[j] < x) j++; if (b[j] !== x) out.push(x); });
    return out;
  }

  var FEW = 12;

  /* What the lists say of all words; asks for more pairs while many records are in doubt. */
  function match(words, done) {
    var asked = words.map(choose);
    (function ask() {
      var names = [];
      words.forEach(function (word, index) {
        asked[index].forEach(function (at) { names.push(shardFile(pairAt(word, at))); });
      });
      loadAll(names, function () {
        var found = words.map(function (word, index) { return candidates(word, asked[index]); });
        var all = {
          words: words,
          records: found.map(function (each) { return each.records; }).reduce(both),
          heads: found.map(function (each) { return each.heads; }).reduce(both),
          starts: found[0].starts,
          sure: found.every(function (each) { return each.sure; })
        };
        all.heads = both(all.heads, all.records);
        if (all.sure || all.records.length <= FEW || !askMore(words, asked)) return done(all);
        ask();
      });
    })();
  }

  /* Adds, to each word, a pair that covers what no pair covers yet; false when there is none. */
  function askMore(words, asked) {
    var more = false;
    words.forEach(function (word, index) {
      if (word.length < 3 || asked[index].length > 4) return;
      for (var at = 0; at < word.length - 1; at++) {
        if (asked[index].indexOf(at) < 0 && asked[index].indexOf(at - 1) < 0 && (asked[index].indexOf(at + 1) < 0 || at === 0)) {
          asked[index].push(at);
          asked[index].sort(function (a, b) { return a - b; });
          more = true;
          return;
        }
      }
      if (!covers(word, asked[index])) { asked[index].push(word.length - 2); more = true; }
    });
    return more;
  }

  /* ---------------------------------------------------------------------------------------------- results */
  function rowOf(file, group, record, isCard) {
    var value = files[file].value, more = value[value.length - 1];
    var entryOf = isCard ? value[0][group - blockStarts[blockOf(group)]] : value;
    var facts = entryOf[0], row = entryOf[1][record - groupStarts[group]], first = row[6][0];
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
    var brief = groupStarts[entry.units];
    var heads = all.heads.filter(function (record) { return record >= brief; });
    this.words = all.words;
    this.sure = all.sure;
    this.found = [];
    this.tiers = [
      { name: 'unit', records: all.records.filter(function (record) { return record < brief; }), brief: true },
      { name: 'head', records: heads.filter(function (record) { return all.starts[record]; }) },
      { name: 'head', records: heads.filter(function (record) { return !all.starts[record]; }) },
      { name: 'text', records: without(all.records, heads).filter(function (record) { return record >= brief; }) }
    ];
  }

  Hits.prototype.left = function () {
    return this.tiers.reduce(function (sum, tier) { return sum + tier.records.length; }, 0);
  };

  /* How many there are, or at most are while some are in doubt. */
  Hits.prototype.count = function () { return this.found.length + this.left(); };
  Hits.prototype.isExact = function () { return this.sure || !this.left(); };

  /* Finds hits until there are `wanted`, or no more. */
  Hits.prototype.find = function (wanted, done) {
    var self = this;
    while (this.tiers.length && !this.tiers[0].records.length) this.tiers.shift();
    if (this.found.length >= wanted || !this.tiers.length) return done();
    var tier = this.tiers[0], isCard = tier.name !== 'text';
    var some = tier.records.splice(0, wanted - this.found.length), names = some.map(fileOf), demoted = [];
    function fileOf(record) { return (isCard ? cardsFile : wordsFile)(groupOf(record)); }
    loadAll(names, function () {
      some.forEach(function (record, index) {
        var row = rowOf(names[index], groupOf(record), record, isCard);
        var texts = isCard && !tier.brief ? [row.head] : row.runs.concat(row.also, row.unit);
        if (holds(row, self.words, texts)) self.found.push({ row: row, tier: tier.name });
        else if (isCard && !tier.brief) demoted.push(record);
      });
      var text = self.tiers[self.tiers.length - 1];
      text.records = text.records.concat(demoted).sort(function (a, b) { return a - b; });
      self.find(wanted, done);
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
    return { words: all.words, sure: all.sure, starts: all.starts, records: all.records.filter(keep), heads: all.heads.filter(keep) };
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
