// SPDX-License-Identifier: Apache-2.0
'use strict';

// Two releases side by side. Loaded before app.js, whose names it uses once somebody asks.

let allReleases = [];
let compared = 0; // number of the last comparison: answers to former ones are thrown away

const CHANGES = { added: 'came in', removed: 'left', changed: 'changed', same: 'are the same' };

const REASONS = { GONE: 'no longer in the lake', PASSES: 'passes again, waits for the next release' };

function bindReleases() {
  find('since').addEventListener('change', chooseSides);
  find('until').addEventListener('change', chooseSides);
  find('close-releases').addEventListener('click', () => find('releases').close());
  find('releases').addEventListener('click', (event) => { if (event.target === find('releases')) find('releases').close(); });
  find('releases').addEventListener('close', () => {
    if (!state().compare) return;
    if (history.state && history.state.isOver) history.back();
    else history.replaceState({ file: shownFile(), isOver: false }, '', address({ compare: '' }));
  });
}

/** The button that opens them: which release answers, and since when. */
function releaseButton(current, all) {
  allReleases = all;
  const before = all.find((each) => each.id === current.parent);
  return make('button', { type: 'button', class: 'plain', title: 'Compare releases', on: { click: () => {
    go({ compare: (before ? before.sequence : 0) + '..' + current.sequence }, true);
    sides();
  } } }, make('b', {}, 'Release ' + current.sequence), make('span', { class: 'date' }, ' · ' + new Date(current.created_at).toLocaleDateString()));
}

function chooseSides() {
  history.replaceState(history.state, '', address({ compare: find('since').value + '..' + find('until').value }));
  sides();
}

/** Shows what the address compares, if it does. */
async function sides() {
  const dialog = find('releases');
  const sought = /^(\d+)\.\.(\d+)$/.exec(state().compare);
  if (!sought) {
    if (dialog.open) dialog.close();
    return;
  }
  const [, since, until] = sought;
  const number = ++compared;
  fillSide(find('since'), since, [make('option', { value: '0' }, 'nothing')]);
  fillSide(find('until'), until, []);
  find('changes').replaceChildren(make('p', { class: 'told' }, 'Comparing …'));
  if (!dialog.open) dialog.showModal();
  try {
    const query = since === '0' ? '?since=nothing' : '?since=' + since;
    const json = await ask('/releases/' + until + '/changes' + query);
    if (number === compared) find('changes').replaceChildren(...difference(json));
  } catch (problem) {
    if (number === compared) find('changes').replaceChildren(make('p', { class: 'problem' }, problem.message));
  }
}

function fillSide(select, chosen, first) {
  select.replaceChildren(...first, ...allReleases.map((each) => make('option', { value: String(each.sequence) },
    each.sequence + ' · ' + new Date(each.created_at).toLocaleDateString() + ' · ' + each.published.toLocaleString() + ' published' + (each.state === 'released' ? '' : ' · ' + each.state))));
  select.value = chosen;
}

function difference(json) {
  const tiles = make('ul', { class: 'tiles' }, ...Object.entries(CHANGES).map(([name, words]) => make('li', { class: name }, make('b', {}, json[name].toLocaleString()), words)));
  const parts = [tiles];
  const removed = json.reasons.map((each) => [REASONS[each.reason] || each.reason, each.count]);
  const columns = Object.entries(json.columns).filter(([name]) => !/_dim$/.test(name)).map(([name, count]) => [column(name), count]);
  for (const [kind, title, counts] of [['ADDED', 'Came in', []], ['REMOVED', 'Left, and why', removed], ['CHANGED', 'Changed', columns]]) {
    const shown = json.examples.filter((each) => each.kind === kind);
    if (!shown.length && !counts.length) continue;
    parts.push(make('section', {}, make('h3', {}, title),
      counts.length ? make('dl', { class: 'counts' }, ...counts.flatMap(([name, count]) => [make('dt', {}, name), make('dd', {}, count.toLocaleString())])) : null,
      make('ul', { class: 'examples' }, ...shown.map(example))));
  }
  if (json.from) parts.push(make('section', {}, make('h3', {}, 'Made by'), madeBy(json.from, json.to)));
  return parts;
}

/** A column as people call it; another encoder is another vector. */
function column(name) {
  const [, family, part] = /^(.*)_(encoder|pooling)$/.exec(name) || [];
  if (family) return family + (part === 'encoder' ? ' vector' : ' pooling');
  return name.replace(/_/g, ' ');
}

function example(each) {
  const why = (each.kind === 'CHANGED' ? each.columns.filter((name) => !/_dim$/.test(name)).map(column) : each.reasons.map((word) => REASONS[word] || word)).join(', ');
  const name = each.title || each.source_uri.split('/').pop() || 'asset ' + each.asset_id.slice(0, 12);
  if (!each.source_uri) return make('li', {}, make('span', {}, name), make('small', {}, why));
  return make('li', {}, make('button', { type: 'button', title: each.source_uri, on: { click: () => {
    go({ compare: '', asset: each.asset_id, segment: '' }, true);
    sides();
    detail();
  } } }, stage({ ...each, segment: '', excerpt: '' }, ''), make('span', {}, name)), why ? make('small', {}, why) : null);
}

function madeBy(from, to) {
  const rows = [['Policy', from.policy_digest.slice(0, 12), to.policy_digest.slice(0, 12)]];
  for (const name of new Set([...from.families, ...to.families].map((each) => each.name))) {
    const [before, after] = [from, to].map((side) => side.families.find((each) => each.name === name));
    rows.push(['Family ' + name, encoder(before), encoder(after)]);
  }
  return make('table', { class: 'made' }, make('thead', {}, make('tr', {}, make('td', {}), make('th', { scope: 'col' }, 'Release ' + from.sequence), make('th', { scope: 'col' }, 'Release ' + to.sequence))),
    make('tbody', {}, ...rows.map(([name, before, after]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, before), make('td', { class: before === after ? 'same' : 'other' }, before === after ? 'the same' : after)))));
}

const encoder = (family) => (family ? family.bundle + ' (' + family.encoder.slice(0, 8) + ')' : 'none');
