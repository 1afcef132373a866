// Rows that were encoded for one version, as another version of the model encodes them: a category may have another place
// in its list, everything else is the same number.

import { UNKNOWN_CATEGORY } from './encode-row.ts';
import { encodedSignature } from './encoded.ts';
import { signatureChanges } from '../registry/signature-changes.ts';
import type { Signature } from '../signature.ts';

/** Encoded rows, row-major, in; a copy of them out. */
export type Translate = (features: Float32Array) => Float32Array;

/** Null where neither can be asked in the other's place. */
export function translatorOf(from: Signature, to: Signature): Translate | null {
  if (signatureChanges(from, to).length > 0 && signatureChanges(to, from).length > 0) return null;
  const places = placesOf(from, to);
  const width = places.length;
  if (places.every((place) => place === null)) return (features) => features.slice();
  return (features) =>
    features.map((value, index) => {
      const place = places[index % width]!;
      return place === null || Number.isNaN(value) ? value : (place[value] ?? UNKNOWN_CATEGORY);
    });
}

/** `translatorOf`, asked once for each two signatures. */
export function rememberTranslators(): typeof translatorOf {
  const known = new WeakMap<Signature, WeakMap<Signature, Translate | null>>();
  return (from, to) => {
    const ofFrom = known.get(from) ?? new WeakMap<Signature, Translate | null>();
    known.set(from, ofFrom);
    if (!ofFrom.has(to)) ofFrom.set(to, translatorOf(from, to));
    return ofFrom.get(to) ?? null;
  };
}

/** By encoded feature: the new place of each old one, or null where nothing moved. */
function placesOf(from: Signature, to: Signature): readonly (readonly number[] | null)[] {
  const after = encodedSignature(to).features;
  return encodedSignature(from).features.map((feature, index) => {
    const other = after[index];
    if (feature.type !== 'category' || other?.type !== 'category') return null;
    const places = feature.categories.map((category) => other.categories.indexOf(category));
    return places.every((place, code) => place === code) ? null : places;
  });
}
