// The same page on the published table, where a copy of it lies beside the repository: it may not be passed on.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../tools/wrangler.ts';
import { bars, settled, verdict } from './reading.ts';
import { serve, type Product } from './serve.ts';
import { visit, type Visitor } from './visitor.ts';

const TABLE = join(ROOT, '..', 'shared', 'data', 'crocodile_dataset.csv');

const ROW = new URLSearchParams({
  observed_length_m: '2.4',
  observed_weight_kg: '107.9',
  age_class: 'Subadult',
  sex: 'Male',
  country_region: 'Cuba',
  habitat_type: 'Swamps',
});

describe.skipIf(!existsSync(TABLE))('on the published table', () => {
  let product: Product;
  let visitor: Visitor;

  beforeAll(async () => {
    product = await serve();
    await product.train('--from', TABLE);
    visitor = await visit(product.url);
  });

  afterAll(async () => {
    await visitor?.close();
    await product?.stop();
  });

  test('a Cuban subadult male of 2.4 m and 107.9 kg from the swamps is a Cuban Crocodile first', async () => {
    const page = await visitor.open(`/#${ROW}`);
    await settled(page);
    expect(await verdict(page)).toBe('Cuban Crocodile');
    expect((await bars(page))[0]!.label).toBe('Cuban Crocodile');
    expect(await visitor.leave()).toEqual([]);
  });
});
