// Why a case is not asked of a server: what it does not announce or have.

import type { Offer, Subject } from './subject.ts';

export const unlessExtension =
  (...names: readonly string[]) =>
  ({ extensions }: Subject): string | null =>
    names.some((name) => extensions.includes(name)) ? null : `${names[0]} is not announced`;

export const unlessBinary = unlessExtension('binary_tensor_data', 'binary_tensor_data_extension');

export const unlessText = ({ inputs }: Subject): string | null =>
  inputs.some(({ datatype }) => datatype === 'BYTES') ? null : 'no input is BYTES';

export const unlessOffered =
  (offer: Offer, what: string) =>
  ({ offers }: Subject): string | null =>
    offers.includes(offer) ? null : `no ${what} here`;

export const unlessInputs =
  (count: number) =>
  ({ inputs }: Subject): string | null =>
    inputs.length >= count ? null : `the model has ${inputs.length} input`;

export const unlessOutputs =
  (count: number) =>
  ({ outputs }: Subject): string | null =>
    outputs.length >= count ? null : `the model has ${outputs.length} output`;

/** The protocol gives half precision no form in JSON. */
export const ifHalf = ({ inputs }: Subject): string | null =>
  inputs.some(({ datatype }) => datatype === 'FP16') ? 'FP16 has no form in JSON' : null;

export const unlessRows = ({ model }: Subject): string | null =>
  model.inputs.every(({ shape }) => shape[0] === -1) ? null : 'the number of rows is fixed';
