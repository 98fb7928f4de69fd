// SPDX-License-Identifier: Apache-2.0
//
// LanceDB's client for Node over the vectors of bench/run search:
//   node search.mjs FOLDER DIMENSION
// Prints a line for each effort as bench/run reads it. A hit comes with identity and text, as hits of
// the others do.
import * as lancedb from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, Schema, Struct, Table, RecordBatch, Utf8, makeData, vectorFromArray } from 'apache-arrow';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const K = 10, TOGETHER = 8, STEP = 10_000;
const [folder, written] = process.argv.slice(2);
const dimension = Number(written);

function numbers(file, Kind) {
  const bytes = fs.readFileSync(path.join(folder, file));
  return new Kind(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
const base = numbers('base.f32', Float32Array);
const queries = numbers('query.f32', Float32Array);
const nearest = numbers('nearest.i32', Int32Array);
const lines = fs.readFileSync(path.join(folder, 'rows.tsv'), 'utf8').trimEnd().split('\n').map(line => line.split('\t'));
const rows = base.length / dimension, questions = queries.length / dimension;

function part(from, to) {
  const length = to - from;
  const values = makeData({ type: new Float32(), data: base.subarray(from * dimension, to * dimension) });
  const vectors = new FixedSizeList(dimension, new Field('item', new Float32(), true));
  const columns = [
    makeData({ type: new Int32(), data: Int32Array.from({ length }, (_, i) => from + i) }),
    makeData({ type: vectors, length, child: values }),
    vectorFromArray(lines.slice(from, to).map(line => line[0]), new Utf8()).data[0],
    vectorFromArray(lines.slice(from, to).map(line => line[1]), new Utf8()).data[0],
  ];
  const schema = new Schema([
    new Field('row', new Int32(), false), new Field('vector', vectors, true),
    new Field('asset_id', new Utf8(), true), new Field('excerpt', new Utf8(), true)]);
  return new Table(schema, new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children: columns })));
}

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'lancedb-'));
try {
  const table = await (await lancedb.connect(place)).createTable('rows', part(0, Math.min(STEP, rows)));
  for (let from = STEP; from < rows; from += STEP) {
    await table.add(part(from, Math.min(rows, from + STEP)));
  }
  await table.optimize();
  await table.createIndex('vector', { config: lancedb.Index.hnswSq({ distanceType: 'cosine', m: 20, efConstruction: 150, numPartitions: 1 }) });
  for (const [ef, refine] of [[30, 0], [50, 0], [50, 2], [100, 2], [150, 2], [200, 4]]) {
    await measure(table, ef, refine);
  }
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}

async function measure(table, ef, refine) {
  const found = new Int32Array(questions);
  const ask = async question => {
    let query = table.query().nearestTo(queries.subarray(question * dimension, (question + 1) * dimension))
      .distanceType('cosine').ef(ef);
    if (refine) query = query.refineFactor(refine);
    const hits = await query.select(['row', 'asset_id', 'excerpt', '_distance']).limit(K).toArray();
    const wanted = new Set(nearest.subarray(question * K, (question + 1) * K));
    found[question] = hits.filter(hit => wanted.has(hit.row)).length;
  };
  await pace(TOGETHER, ask); // warms what is to be warm
  const alone = await pace(1, ask);
  const together = await pace(TOGETHER, ask);
  const recall = found.reduce((sum, each) => sum + each, 0) / (K * questions);
  const peakRssMib = Math.round(process.resourceUsage().maxRSS / 1024);
  const setting = `ef ${ef}` + (refine ? `, refine ${refine}` : '');
  console.log('RESULT ' + JSON.stringify({ system: 'LanceDB', setting, rows, dimension, recall, alone, together, peakRssMib }));
}

async function pace(clients, ask) {
  const millis = new Float64Array(questions);
  let next = 0;
  const began = process.hrtime.bigint(), cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: clients }, async () => {
    while (next < questions) {
      const question = next++, at = process.hrtime.bigint();
      await ask(question);
      millis[question] = Number(process.hrtime.bigint() - at) / 1e6;
    }
  }));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  millis.sort();
  return {
    questions, seconds, cpuSeconds: (user + system) / 1e6,
    medianMs: millis[questions >> 1], slowMs: millis[questions - 1 - Math.floor(questions / 100)],
  };
}
