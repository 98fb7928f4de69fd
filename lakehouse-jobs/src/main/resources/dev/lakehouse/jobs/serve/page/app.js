// SPDX-License-Identifier: Apache-2.0
// Whatever comes from the lake is put on the page as text, never as markup.
'use strict';

const FACETS = { modality: 'Kind', source: 'Source', language: 'Language', licence: 'Licence' };
const SIGNS = {
  audio: 'M8 18V8l18-3v10M8 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm18-3a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z',
  document: 'M7 3h12l6 6v18H7V3Zm12 0v6h6M11 15h10M11 19h10M11 23h6',
  video: 'M3 8h18v16H3V8Zm18 6 8-4v12l-8-4v-4Z',
};
const FAMILY_WORDS = {
  text: 'by the meaning of texts and captions',
  clip: 'by what pictures show',
};
const MODE_WORDS = { words: 'holding the words', hybrid: 'by words and meaning together' };
const NEAR_DUPLICATE = '0.95'; // cosine
const NO_QUESTION = { q: '', like: '', mode: 'vector', facets: {}, where: '', collapse: false, review: '', reason: '' };
const NOTHING_OVER = { asset: '', segment: '', compare: '' }; // what may lie over the hits
const PAGE = 24;
const MOST = 192;

const find = (id) => document.getElementById(id);
let file = null; // what was dropped, instead of words
let fileNumber = 0; // by which entries of the history know it
let question = ''; // what the hits on the page are the answer to
let k = PAGE;
let asked = 0; // number of the last question: answers to former ones are thrown away
let facetCounts = {};
let known = false;
let whyNot = ''; // nothing can be searched
let seesPictures = false; // whether a family of the release does

/** An element with attributes and children; texts become text nodes. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function sign(modality) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SIGNS[modality] || SIGNS.document);
  svg.append(path);
  return make('div', { class: 'sign' }, svg, modality);
}

// --- what is asked stands in the address -----------------------------------------------------------

function state() {
  const at = new URLSearchParams(location.search);
  const facets = {};
  for (const name of Object.keys(FACETS)) facets[name] = at.getAll(name);
  return { q: at.get('q') || '', like: at.get('like') || '', mode: at.get('mode') in MODE_WORDS ? at.get('mode') : 'vector', where: at.get('where') || '', collapse: at.has('collapse'), facets, asset: at.get('asset') || '', segment: at.get('segment') || '', compare: at.get('compare') || '', review: at.has('review') ? (at.get('review') === 'decided' ? 'decided' : 'open') : '', reason: at.get('reason') || '' };
}

function address(changed) {
  const now = { ...state(), ...changed };
  const at = new URLSearchParams();
  if (now.q) at.set('q', now.q);
  else if (now.like) at.set('like', now.like);
  if (now.mode !== 'vector') at.set('mode', now.mode);
  for (const [name, values] of Object.entries(now.facets)) for (const value of values) at.append(name, value);
  if (now.where) at.set('where', now.where);
  if (now.collapse) at.set('collapse', '');
  if (now.asset) at.set('asset', now.asset);
  if (now.asset && now.segment) at.set('segment', now.segment);
  if (now.compare) at.set('compare', now.compare);
  if (now.review) at.set('review', now.review === 'decided' ? 'decided' : '1');
  if (now.review && now.reason) at.set('reason', now.reason);
  const query = at.toString();
  return query ? '/?' + query : '/';
}

const shownFile = () => (file ? fileNumber : 0);
const entryFile = () => (history.state ? history.state.file : 0);

function go(changed, isOver) {
  const to = address(isOver ? changed : { review: '', ...changed });
  if (to !== location.pathname + location.search || entryFile() !== shownFile()) {
    history.pushState({ file: shownFile(), isOver: Boolean(isOver) }, '', to);
  }
}

/** Whether the hits on the page answer something else than the address asks. */
function isAnother() {
  return question !== shownFile() + address(NOTHING_OVER);
}

const quoted = (text) => "'" + text.replace(/'/g, "''") + "'";

function condition(now) {
  const parts = [];
  for (const [name, values] of Object.entries(now.facets)) {
    if (values.length) parts.push(name + ' IN (' + values.map(quoted).join(', ') + ')');
  }
  if (now.where.trim()) parts.push('(' + now.where.trim() + ')');
  return parts.join(' AND ');
}

// --- asking ----------------------------------------------------------------------------------------

async function ask(path, options) {
  const answer = await fetch(path, { credentials: 'same-origin', ...options });
  if (answer.status === 401) {
    find('token-asked').showModal();
    throw new Error('This service asks for its token');
  }
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail || 'The service gave no answer (' + answer.status + ')');
  return json;
}

async function search() {
  const now = state();
  const number = ++asked;
  question = shownFile() + address(NOTHING_OVER);
  fillIn(now);
  showView(now.review);
  if (now.review) {
    review(now);
    return;
  }
  if (!now.q && !now.like && !file) {
    welcome();
    return;
  }
  const parameters = new URLSearchParams({ k: String(k) });
  const where = condition(now);
  if (where) parameters.set('where', where);
  if (now.collapse) parameters.set('collapse', NEAR_DUPLICATE);
  if (k === PAGE) wait();
  const begun = performance.now();
  try {
    let json;
    if (file) {
      json = await ask('/search?' + parameters, { method: 'POST', body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' } });
    } else {
      if (now.q) {
        parameters.set('q', now.q);
        parameters.set('mode', now.mode);
      } else {
        parameters.set('like', now.like);
      }
      json = await ask('/search?' + parameters);
    }
    if (number === asked) show(json, now, Math.round(performance.now() - begun));
  } catch (problem) {
    if (number === asked) {
      tell(problem.message, true);
      find('answers').replaceChildren();
    }
  }
}

function tell(words, bad) {
  find('told').textContent = words;
  find('told').classList.toggle('problem', Boolean(bad));
}

function fillIn(now) {
  find('q').value = now.q;
  find('where').value = now.where;
  find('hits-title').textContent = now.q ? 'Hits for ' + now.q : 'Hits';
  find('hits-title').hidden = !now.q && !now.like && !file; // the welcome has its own
  find('modes').hidden = !now.q;
  find('collapse').checked = now.collapse;
  find('collapse-switch').hidden = !now.q && !now.like && !file;
  for (const choice of document.querySelectorAll('#modes input')) choice.checked = choice.value === now.mode;
  if (!file) {
    find('query-file').hidden = !now.like;
    find('query-name').textContent = now.like ? 'Like ' + now.like.slice(0, 12) : '';
    if (now.like) showPicture('/assets/' + encodeURIComponent(now.like) + '/thumbnail');
    else find('query-picture').hidden = true;
  }
  for (const box of document.querySelectorAll('#facets input')) {
    box.checked = now.facets[box.name].includes(box.value);
  }
  const filters = Object.values(now.facets).reduce((sum, values) => sum + values.length, 0) + (now.where ? 1 : 0);
  find('clear').hidden = filters === 0;
  find('show-filters').textContent = filters ? 'Filters (' + filters + ')' : 'Filters';
  document.title = now.review ? 'Review · Lakehouse' : now.q ? now.q + ' · Lakehouse' : 'Lakehouse';
}

function wait() {
  tell('Searching…');
  find('answers').replaceChildren(make('div', { class: 'hits', 'aria-hidden': 'true' }, ...Array.from({ length: 8 }, () => make('div', { class: 'hit wait' }))));
}

function welcome() {
  tell('');
  const kinds = facetCounts.modality || [];
  const total = kinds.reduce((sum, each) => sum + each.count, 0);
  const counts = kinds.map((each) => each.count.toLocaleString() + ' ' + each.value + (each.count === 1 ? '' : 's')).join(', ');
  const example = (words) => make('button', { type: 'button', class: 'plain', on: { click: () => askFor(words) } }, words);
  find('answers').replaceChildren(make('div', { class: 'empty' },
    make('h1', {}, known ? 'Search ' + total.toLocaleString() + ' published assets by what they mean' : 'Search by meaning'),
    make('p', {}, known ? counts + '. Write words, or drop a picture or a sound anywhere on this page.' : whyNot || 'The service is getting ready.'),
    known ? make('div', { class: 'tries' }, example('a red circle'), example('how tides work'), example('ships that come in at night')) : null));
}

function askFor(words) {
  dropFile();
  k = PAGE;
  go({ q: words, like: '', asset: '' });
  search();
}

function askLike(asset) {
  dropFile();
  k = PAGE;
  go({ q: '', like: asset, asset: '', collapse: false });
  find('detail').close();
  search();
}

// --- answers ---------------------------------------------------------------------------------------

function show(json, now, took) {
  const total = json.results.reduce((sum, result) => sum + result.hits.length, 0);
  const families = json.results.filter((result) => result.hits.length).length;
  tell(total === 0 ? 'Nothing found. Take a filter away, or use other words.'
    : json.results.map((result) => result.note ? result.note + '. ' : '').join('') + total + (total === 1 ? ' hit' : ' hits') + ' in ' + families + (families === 1 ? ' family' : ' families') + ', ' + took + ' ms');
  find('answers').replaceChildren(...json.results.filter((result) => result.hits.length).map((result) => family(result, now)));
}

function family(result, now) {
  const id = 'family-' + result.family;
  const more = result.hits.length >= k && k < MOST
    ? make('button', { type: 'button', class: 'plain more', on: { click: () => { k = Math.min(MOST, 2 * k); search(); } } }, 'Show more')
    : null;
  return make('section', { class: 'family', 'aria-labelledby': id },
    make('header', {},
      make('h2', { id }, result.family),
      make('p', {}, (MODE_WORDS[result.mode] || FAMILY_WORDS[result.family] || 'by its own model') + ' · ' + result.hits.length + (result.mode === 'vector' ? ' nearest' : ' best'))),
    make('div', { class: 'hits' }, ...result.hits.map((hit) => card(hit, now, result.mode))),
    more);
}

function card(hit, now, mode) {
  const title = hit.title || hit.uri.split('/').pop() || hit.asset_id;
  const place = placeOf(hit.segment);
  const button = make('button', { type: 'button', class: 'open', 'aria-label': title + (place ? ', ' + place : ''), on: { click: () => open(hit.asset_id, hit.segment) } },
    stage(hit, place),
    make('div', { class: 'words' },
      make('h3', { title }, title),
      hit.modality !== 'text' && hit.excerpt ? make('p', { class: 'excerpt' }, ...marked(hit.excerpt, now.q)) : null,
      make('div', { class: 'near' },
        mode === 'vector' ? make('meter', { min: 0, max: 1, value: Math.max(0, hit.score), 'aria-label': 'likeness' }) : null,
        (mode === 'vector' ? '' : 'score ') + hit.score.toFixed(3))));
  const player = hit.modality === 'audio'
    ? make('audio', { controls: true, preload: 'none', src: contentOf(hit.asset_id) + at(hit.segment), 'aria-label': 'Listen to ' + title })
    : null;
  const others = hit.near_duplicates.length;
  const alike = others
    ? make('button', { type: 'button', class: 'plain alike', on: { click: () => askLike(hit.asset_id) } }, '+ ' + others + (others === 1 ? ' near-duplicate' : ' near-duplicates'))
    : null;
  return make('article', { class: 'hit' }, button, player, alike);
}

function stage(hit, place) {
  const badge = place ? make('span', { class: 'badge' }, place) : null;
  if (hit.modality === 'image' || hit.modality === 'video') {
    const holder = make('div', { class: 'stage' });
    const picture = make('img', { alt: '', loading: 'lazy', decoding: 'async', src: '/assets/' + encodeURIComponent(hit.asset_id) + '/thumbnail' + (hit.modality === 'video' ? '?segment=' + encodeURIComponent(hit.segment) : '') });
    picture.addEventListener('error', () => picture.replaceWith(sign(hit.modality)));
    holder.append(picture);
    if (badge) holder.append(badge);
    return holder;
  }
  if (hit.modality === 'text' && hit.excerpt) {
    return make('div', { class: 'stage' }, make('p', {}, ...marked(hit.excerpt, state().q)), badge);
  }
  return make('div', { class: 'stage' }, sign(hit.modality), badge);
}

/** A text with the words of the question marked. */
function marked(text, question) {
  const words = question.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  if (!words.length) return [text];
  return text.split(/([\p{L}\p{N}]+)/u).map((part) => words.includes(part.toLowerCase()) ? make('mark', {}, part) : part);
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours ? hours + ':' + two(Math.floor(whole / 60) % 60) : two(Math.floor(whole / 60))) + ':' + two(whole % 60);
}

function secondOf(segment) {
  const span = /(?:^|\/)time\/([0-9.]+)-/.exec(segment || '');
  return span ? Number(span[1]) : null;
}

function placeOf(segment) {
  const second = secondOf(segment);
  if (second !== null) return clock(second);
  const part = /^(page|slide|sheet)\/(\d+)/.exec(segment || '');
  return part ? part[1] + ' ' + part[2] : '';
}

function at(segment) {
  const second = secondOf(segment);
  return second === null ? '' : '#t=' + second;
}

const contentOf = (id) => '/assets/' + encodeURIComponent(id) + '/content';

// --- one asset -------------------------------------------------------------------------------------

function open(asset, segment) {
  go({ asset, segment }, true);
  detail();
}

async function detail() {
  const now = state();
  const dialog = find('detail');
  if (!now.asset) {
    if (dialog.open) dialog.close();
    return;
  }
  find('detail-title').textContent = '…';
  find('detail-body').replaceChildren();
  if (!dialog.open) dialog.showModal();
  try {
    const json = await ask('/assets/' + encodeURIComponent(now.asset));
    find('detail-title').textContent = json.asset.title || json.asset.source_uri.split('/').pop();
    find('detail-body').replaceChildren(shown(json.asset, now.segment), facts(json));
  } catch (problem) {
    find('detail-title').textContent = 'Not to be shown';
    find('detail-body').replaceChildren(make('p', { class: 'problem' }, problem.message));
  }
}

function shown(asset, segment) {
  const source = contentOf(asset.asset_id);
  let body;
  if (asset.modality === 'image') {
    const picture = make('img', { src: source, alt: asset.captions.length ? asset.captions[0].text : '' });
    picture.addEventListener('error', () => { picture.src = '/assets/' + encodeURIComponent(asset.asset_id) + '/thumbnail'; }, { once: true });
    body = picture;
  } else if (asset.modality === 'video') {
    body = make('video', { controls: true, preload: 'metadata', src: source + at(segment) });
  } else if (asset.modality === 'audio') {
    body = make('audio', { controls: true, preload: 'metadata', src: source + at(segment) });
  } else if (asset.media_type === 'application/pdf') {
    const page = /^page\/(\d+)/.exec(segment || '');
    body = make('iframe', { title: 'The document', src: source + (page ? '#page=' + page[1] : '') });
  } else if (asset.text) {
    body = make('pre', { tabindex: '0' }, asset.text + (asset.text_cut ? '…' : ''));
  } else {
    body = make('div', { class: 'stage' }, sign(asset.modality));
  }
  const where = asset.modality === 'image' || asset.modality === 'video' ? whereItIs(asset, segment, body) : null;
  const captions = asset.captions.length
    ? make('ul', { class: 'said', 'aria-label': 'Captions' }, ...asset.captions.map((caption) => make('li', {}, caption.text)))
    : null;
  return make('div', { class: 'shown' }, body, where, captions);
}

/** A switch between the picture and where in it a model sees the words that were looked for. */
function whereItIs(asset, segment, body) {
  const now = state();
  if (!now.q || now.mode === 'words' || !seesPictures) return null;
  const words = new URLSearchParams({ q: now.q });
  if (segment) words.set('segment', segment);
  const said = make('span', { class: 'note', role: 'status' });
  const map = make('img', { alt: 'The picture, bright where it shows: ' + now.q, hidden: true });
  const button = make('button', { type: 'button', class: 'plain', 'aria-pressed': 'false' }, 'Where is it?');
  const show = (isMap) => {
    map.hidden = !isMap;
    body.hidden = isMap;
    button.setAttribute('aria-pressed', String(isMap));
  };
  map.addEventListener('load', () => { said.textContent = ''; show(true); });
  map.addEventListener('error', () => { said.textContent = 'The model could not be asked.'; map.removeAttribute('src'); });
  button.addEventListener('click', () => {
    if (!map.hidden) show(false);
    else if (map.hasAttribute('src') && map.complete) show(true);
    else {
      said.textContent = 'Looking …';
      map.src = '/assets/' + encodeURIComponent(asset.asset_id) + '/saliency?' + words;
    }
  });
  return make('div', {}, map, make('p', { class: 'links' }, button, said));
}

function facts(json) {
  const asset = json.asset;
  const way = json.lineage;
  const side = make('div', { class: 'facts' });
  list(side, 'About', {
    Kind: asset.modality, Type: asset.media_type,
    Size: asset.width ? asset.width + ' × ' + asset.height + ' pixels' : null,
    Bytes: way.size_bytes ? way.size_bytes.toLocaleString() : null,
    Language: asset.language, Licence: asset.licence, Group: asset.group_id,
    Warnings: asset.warnings.length ? asset.warnings.join(', ') : null, ...asset.facts,
  });
  for (const row of json.measurements) {
    const figures = { ...row };
    for (const name of ['sha256', 'probe', 'attempts', 'run']) delete figures[name];
    list(side, 'Measured by ' + row.probe, figures);
  }
  side.append(make('h3', {}, 'Lineage'), make('ul', { class: 'way' },
    step('Taken in from ' + way.source, way.source_uri, way.first_seen),
    step('Kept under its digest', way.sha256),
    step('Passed the policy', 'judgement ' + way.judgement_id.slice(0, 12) + ', policy ' + way.policy_digest.slice(0, 12)),
    step('Embedded', way.families.map((each) => each.family + ' by ' + each.bundle).join(', ')),
    step('Published in release ' + way.release_sequence, way.release.slice(0, 12) + ', run ' + way.release_run, way.released_at)));
  side.append(make('div', { class: 'links' },
    make('button', { type: 'button', class: 'plain', on: { click: () => askLike(asset.asset_id) } }, 'More like this'),
    make('a', { class: 'plain', href: contentOf(asset.asset_id), target: '_blank', rel: 'noopener' }, 'Open the content'),
    make('a', { class: 'plain', href: '/assets/' + encodeURIComponent(asset.asset_id), target: '_blank', rel: 'noopener' }, 'As JSON')));
  return side;
}

function step(title, words, when) {
  return make('li', {}, make('b', {}, title), make('span', {}, words || ''), when ? make('span', {}, ' · ' + new Date(when).toLocaleString()) : null);
}

function list(side, title, entries) {
  const filled = Object.entries(entries).filter(([, value]) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && !value.length));
  if (!filled.length) return;
  side.append(make('h3', {}, title), make('dl', {}, ...filled.flatMap(([name, value]) => [make('dt', {}, name.replace(/_/g, ' ')), make('dd', {}, figure(value))])));
}

function figure(value) {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(5)));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// --- filters ---------------------------------------------------------------------------------------

async function release() {
  try {
    const json = await ask('/releases');
    const current = json.releases.find((each) => each.sequence === json.current);
    facetCounts = json.facets;
    known = true;
    whyNot = '';
    seesPictures = current.families.some((each) => each.tower.split(/\W/).includes('image'));
    find('release').replaceChildren(releaseButton(current, json.releases));
    find('facets').replaceChildren(...Object.entries(FACETS).map(([name, title]) => facet(name, title, json.facets[name] || [])));
    fillIn(state());
  } catch (problem) {
    whyNot = problem.message;
  }
}

function facet(name, title, values) {
  if (values.length < 2) return make('div', {});
  return make('section', { class: 'facet', role: 'group', 'aria-labelledby': 'facet-' + name },
    make('h2', { id: 'facet-' + name }, title),
    make('ul', {}, ...values.slice(0, 10).map((each) => make('li', {}, make('label', {},
      make('input', { type: 'checkbox', name, value: each.value, on: { change: narrow } }),
      make('span', { class: 'value', title: readable(each.value) }, ending(each.value)),
      make('span', { class: 'count' }, each.count.toLocaleString()))))));
}

/** What tells one place from another: its end. */
function ending(place) {
  const parts = readable(place).split('/').filter(Boolean);
  return parts.length > 2 ? '…/' + parts.slice(-2).join('/') : readable(place);
}

function narrow() {
  const facets = {};
  for (const name of Object.keys(FACETS)) {
    facets[name] = [...document.querySelectorAll('#facets input[name=' + name + ']:checked')].map((box) => box.value);
  }
  k = PAGE;
  go({ facets });
  search();
}

// --- a file instead of words -----------------------------------------------------------------------

function take(dropped) {
  if (!dropped) return;
  dropFile();
  file = dropped;
  fileNumber = Date.now();
  find('query-name').textContent = dropped.name;
  find('query-file').hidden = false;
  if (dropped.type.startsWith('image/')) {
    showPicture(URL.createObjectURL(dropped));
  }
  k = PAGE;
  go({ q: '', like: '', asset: '' });
  search();
}

function showPicture(source) {
  find('query-picture').src = source;
  find('query-picture').hidden = false;
}

function dropFile() {
  if (find('query-picture').src.startsWith('blob:')) URL.revokeObjectURL(find('query-picture').src);
  find('query-picture').removeAttribute('src');
  find('query-picture').hidden = true;
  find('query-file').hidden = true;
  find('file').value = '';
  file = null;
}

// --- begin -----------------------------------------------------------------------------------------

find('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const words = find('q').value.trim();
  if (words) dropFile();
  k = PAGE;
  go({ q: words, like: '', where: find('where').value.trim(), asset: '' });
  search();
});
find('home').addEventListener('click', (event) => {
  event.preventDefault();
  dropFile();
  history.pushState(null, '', '/');
  search();
  find('q').focus();
});
find('clear').addEventListener('click', () => {
  k = PAGE;
  go({ facets: {}, where: '' });
  search();
});
find('show-filters').addEventListener('click', () => {
  const isOpen = find('filters').classList.toggle('open');
  find('show-filters').setAttribute('aria-expanded', String(isOpen));
});
find('file').addEventListener('change', () => take(find('file').files[0]));
find('drop-file').addEventListener('click', () => { dropFile(); go({ like: '' }); search(); find('q').focus(); });
find('query-picture').addEventListener('error', () => { find('query-picture').hidden = true; });
find('modes').addEventListener('change', (event) => { k = PAGE; go({ mode: event.target.value }); search(); });
find('collapse').addEventListener('change', (event) => { k = PAGE; go({ collapse: event.target.checked }); search(); });
find('close-detail').addEventListener('click', () => find('detail').close());
find('detail').addEventListener('close', () => {
  find('detail-body').replaceChildren(); // players fall silent
  if (!state().asset) return;
  if (history.state && history.state.isOver) history.back(); // to the hits that it was opened from
  else history.replaceState({ file: shownFile(), isOver: false }, '', address(NOTHING_OVER));
});
find('detail').addEventListener('click', (event) => { if (event.target === find('detail')) find('detail').close(); });
find('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await fetch('/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: find('token').value }) });
  if (answer.ok) {
    find('token').value = '';
    find('token-asked').close();
    begin();
  } else {
    find('token-problem').textContent = (await answer.json()).detail;
  }
});
document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === '/' && !typing && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    find('q').focus();
    find('q').select();
  }
});
let dragged = 0;
addEventListener('dragenter', (event) => { event.preventDefault(); dragged++; find('dropping').hidden = false; });
addEventListener('dragleave', () => { if (--dragged <= 0) { dragged = 0; find('dropping').hidden = true; } });
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  dragged = 0;
  find('dropping').hidden = true;
  take(event.dataTransfer.files[0]);
});
addEventListener('paste', (event) => { if (event.clipboardData.files.length) take(event.clipboardData.files[0]); });
addEventListener('popstate', () => {
  if (file && entryFile() !== fileNumber) dropFile();
  if (isAnother()) search();
  detail();
  sides();
});

async function begin() {
  await release();
  countWaiting();
  search();
  detail();
  sides();
}
bindReleases();
bindReview();
begin();
