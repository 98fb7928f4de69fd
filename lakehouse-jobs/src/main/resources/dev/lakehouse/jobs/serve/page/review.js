// SPDX-License-Identifier: Apache-2.0
'use strict';

// What waits for a reviewer. Loaded before app.js, whose names it uses once somebody asks.

const DONE = { approve: 'Approved', reject: 'Rejected' };
const NAME = 'lakehouse.reviewer'; // where the browser keeps who decides

let waitingCounts = { open: 0, decided: 0 };
let nextWaiting = null; // where the next page begins
let reviewed = 0; // number of the last look: answers to former ones are thrown away

const isForReviewers = () => document.body.hasAttribute('data-review');
const waitingUri = (id, part) => '/review/' + encodeURIComponent(id) + '/' + part;

function bindReview() {
  find('to-review').hidden = !isForReviewers();
  find('reviewer').value = localStorage.getItem(NAME) || '';
  find('reviewer').addEventListener('change', () => {
    localStorage.setItem(NAME, find('reviewer').value.trim());
    find('reviewer').removeAttribute('aria-invalid');
  });
  find('to-review').addEventListener('click', (event) => {
    event.preventDefault();
    dropFile();
    go({ ...NO_QUESTION, ...NOTHING_OVER, review: 'open' });
    search();
    find('review-title').focus();
  });
  find('which').addEventListener('change', (event) => { go({ review: event.target.value }); search(); });
  find('reason').addEventListener('change', () => { go({ review: state().review, reason: find('reason').value }); search(); });
  find('more-waiting').addEventListener('click', () => moreWaiting(state()));
  document.addEventListener('keydown', reviewByKey);
}

/** What is to be seen: hits, or what waits. */
function showView(which) {
  document.body.classList.toggle('reviewing', Boolean(which));
  find('review').hidden = !which;
  find('search-view').hidden = Boolean(which);
}

async function countWaiting() {
  if (!isForReviewers()) return;
  try {
    counted(await ask('/review?k=1'));
  } catch (problem) {
    tellReview(problem.message, true);
  }
}

function counted(json) {
  waitingCounts = { open: json.open, decided: json.decided };
  showCounts();
}

function showCounts() {
  const { open, decided } = waitingCounts;
  find('count-open').textContent = open.toLocaleString();
  find('count-decided').textContent = decided.toLocaleString();
  find('to-review').replaceChildren('Review ', make('b', {}, open.toLocaleString()));
}

function tellReview(words, bad) {
  find('review-told').textContent = words;
  find('review-told').classList.toggle('problem', Boolean(bad));
}

/** Shows what waits from its beginning. */
function review(now) {
  for (const choice of document.querySelectorAll('#which input')) choice.checked = choice.value === now.review;
  nextWaiting = '';
  find('waiting').replaceChildren();
  moreWaiting(now);
}

/** What may be chosen of the reasons that there are. */
function showReasons(reasons, chosen) {
  const all = Object.values(reasons).length ? 'any' : 'none';
  const names = chosen && !(chosen in reasons) ? { ...reasons, [chosen]: 0 } : reasons;
  find('reason').replaceChildren(make('option', { value: '' }, all),
    ...Object.entries(names).map(([name, count]) => make('option', { value: name }, name + ' (' + count.toLocaleString() + ')')));
  find('reason').value = chosen;
}

async function moreWaiting({ review: which, reason }) {
  const number = ++reviewed;
  find('more-waiting').hidden = true;
  if (!isForReviewers()) {
    tellReview('This service was started without --review: it shows what is published, and takes no decisions.', true);
    return;
  }
  tellReview('Loading …');
  try {
    const json = await ask('/review?' + new URLSearchParams({ which, reason, after: nextWaiting }));
    if (number !== reviewed) return;
    counted(json);
    showReasons(json.reasons, reason);
    nextWaiting = json.next;
    find('waiting').append(...json.waiting.map(waitingCard));
    find('more-waiting').hidden = !json.next;
    tellReview(find('waiting').children.length ? '' : nothingWaits(json, which, reason));
  } catch (problem) {
    if (number === reviewed) tellReview(problem.message, true);
  }
}

function nothingWaits(json, which, reason) {
  if (!json.judged) return 'Nothing has been judged in this lake yet. What waits after the next lakehouse run comes up here.';
  if (reason) return 'Nothing here waits for ' + reason + '.';
  if (which === 'decided') return 'Nobody has decided on anything since the last judgement.';
  return json.decided ? 'All is decided. The next lakehouse judge or lakehouse run brings it into force.' : 'Nothing waits for a reviewer.';
}

// --- one of them -----------------------------------------------------------------------------------

function waitingCard(asset) {
  const title = asset.title || readable(asset.source_uri).split('/').pop() || asset.asset_id;
  const id = 'waiting-' + asset.asset_id;
  const card = make('li', { class: 'wait', tabindex: '-1', 'aria-labelledby': id, 'data-asset': asset.asset_id },
    make('div', { class: 'wait-shown' }, asset.is_current ? waitingShown(asset, title) : sign(asset.modality || 'document')),
    make('div', { class: 'wait-words' },
      make('h2', { id }, title),
      make('p', { class: 'place' }, readable(asset.source_uri)),
      make('ul', { class: 'reasons', 'aria-label': 'Why it waits' }, ...asset.reasons.map((reason) => make('li', {}, reason))),
      make('ul', { class: 'rules', 'aria-label': 'Rules that it tripped' }, ...asset.rules.map(rule)),
      asset.captions && asset.captions.length ? make('ul', { class: 'said', 'aria-label': 'Captions' }, ...asset.captions.map((caption) => make('li', {}, caption))) : null,
      allFigures(asset),
      asset.is_current ? deciding(asset, title) : make('p', { class: 'problem' }, 'It has come in anew, or left, since it was judged. The next judgement looks at it again.')));
  card.addEventListener('decided', () => card.classList.add('decided'));
  if (asset.decision) card.classList.add('decided');
  return card;
}

/** A place as people write it: a local file is its path. */
function readable(uri) {
  try {
    return decodeURIComponent(uri.replace(/^file:(\/\/)?(?=\/)/, ''));
  } catch (notEncoded) {
    return uri;
  }
}

function waitingShown(asset, title) {
  const source = waitingUri(asset.asset_id, 'content');
  if (asset.modality === 'image') {
    const picture = make('img', { alt: '', loading: 'lazy', decoding: 'async', src: waitingUri(asset.asset_id, 'thumbnail') });
    picture.addEventListener('error', () => picture.replaceWith(sign(asset.modality)));
    return make('a', { class: 'open-content', href: source, target: '_blank', rel: 'noopener', 'aria-label': 'Open ' + title }, picture);
  }
  if (asset.modality === 'video') return make('video', { controls: true, preload: 'metadata', src: source, 'aria-label': title });
  if (asset.modality === 'audio') return make('div', {}, sign('audio'), make('audio', { controls: true, preload: 'metadata', src: source, 'aria-label': title }));
  const text = asset.text ? make('pre', { tabindex: '0', role: 'region', 'aria-label': 'Text of ' + title }, asset.text + (asset.text_cut ? '…' : '')) : sign(asset.modality);
  return make('div', {}, text, make('a', { class: 'plain open-content', href: source, target: '_blank', rel: 'noopener', 'aria-label': 'Open ' + title }, 'Open the content'));
}

function rule(each) {
  const values = Object.entries(each.values).map(([name, value]) => name.replace(/_/g, ' ') + ' is ' + figure(value)).join(', ');
  return make('li', { class: each.severity }, make('b', {}, each.name), each.require ? ' wants ' : null, each.require ? make('code', {}, each.require) : null, values ? make('span', {}, ' · ' + values) : null);
}

function allFigures(asset) {
  const about = { kind: asset.modality, type: asset.media_type, bytes: asset.size_bytes, language: asset.language, licence: asset.licence, consent: asset.consent, sensitivity: asset.sensitivity, ...asset.facts };
  const side = make('div', { class: 'facts' });
  list(side, 'About', about);
  list(side, 'Measured', asset.figures);
  return make('details', {}, make('summary', {}, 'All figures'), side);
}

function deciding(asset, title) {
  const said = make('p', { class: 'said-so', role: 'status' });
  const why = make('input', { type: 'text', class: 'why', maxlength: '1000', placeholder: 'Why (optional)', 'aria-label': 'Why, for ' + title });
  const button = (word, name) => make('button', { type: 'button', class: word, 'aria-pressed': 'false', 'aria-label': name + ' ' + title, 'data-word': word, on: { click: () => decide(word) } }, name);
  const buttons = [button('approve', 'Approve'), button('reject', 'Reject')];
  let last = asset.decision;
  const show = () => {
    for (const each of buttons) each.setAttribute('aria-pressed', String(Boolean(last) && last.decision === each.dataset.word));
    said.classList.remove('problem');
    said.textContent = last ? DONE[last.decision] + ' by ' + last.reviewer + (last.decided_at ? ', ' + new Date(last.decided_at).toLocaleString() : '') + (last.reason ? ': ' + last.reason : '') : '';
  };
  const complain = (words) => {
    said.textContent = words;
    said.classList.add('problem');
  };
  async function decide(word) {
    const reviewer = find('reviewer').value.trim();
    if (!reviewer) {
      complain('Say who decides first: write your name above the list.');
      find('reviewer').setAttribute('aria-invalid', 'true');
      find('reviewer').focus();
      return;
    }
    for (const each of buttons) each.disabled = true;
    try {
      await ask('/review', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ decision: word, assets: [asset.asset_id], reviewer, reason: why.value.trim() }) });
      if (!last) {
        waitingCounts.open--;
        waitingCounts.decided++;
        showCounts();
      }
      last = { decision: word, reviewer, reason: why.value.trim(), decided_at: new Date().toISOString() };
      show();
      said.dispatchEvent(new Event('decided', { bubbles: true }));
    } catch (problem) {
      complain(problem.message);
    } finally {
      for (const each of buttons) each.disabled = false;
    }
  }
  show();
  return make('div', { class: 'deciding' }, make('div', { class: 'answers' }, why, ...buttons), said);
}

// --- by keys ---------------------------------------------------------------------------------------

function reviewByKey(event) {
  if (find('review').hidden || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const focused = document.activeElement;
  const card = focused.closest('.wait');
  if (/^(INPUT|TEXTAREA|SELECT|VIDEO|AUDIO)$/.test(focused.tagName) && !(focused.type === 'radio')) {
    if (event.key === 'Escape' && card) card.focus();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === 'j' || key === 'k') {
    event.preventDefault();
    const cards = [...find('waiting').children];
    const to = card ? cards[cards.indexOf(card) + (key === 'j' ? 1 : -1)] : cards[0];
    if (to) toCard(to);
    else if (key === 'j' && !find('more-waiting').hidden) find('more-waiting').focus();
  } else if (card && (key === 'a' || key === 'r')) {
    event.preventDefault();
    const button = card.querySelector(key === 'a' ? 'button.approve' : 'button.reject');
    if (!button || button.disabled) return;
    card.addEventListener('decided', () => toNextOpen(card), { once: true });
    button.click();
  } else if (card && key === 'w') {
    event.preventDefault();
    const why = card.querySelector('.why');
    if (why) why.focus();
  } else if (card && key === 'o') {
    const link = card.querySelector('a.open-content');
    if (link) link.click();
  }
}

function toCard(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
}

function toNextOpen(card) {
  let next = card.nextElementSibling;
  while (next && next.classList.contains('decided')) next = next.nextElementSibling;
  if (next) toCard(next);
  else if (!find('more-waiting').hidden) find('more-waiting').focus();
  else toCard(card);
}
