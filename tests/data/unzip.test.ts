// A downloaded archive gives back the files that were packed, or says what is wrong with it.

import { expect, test } from 'vitest';
import { readZip } from '#data/read/unzip.ts';
import { zip } from './zip.ts';

const TEXT = 'Ring,Sex\n1,Male\n1,Male\n1,Male\n1,Male\n';

/** Written by CPython's zipfile: to a file, and to a stream (sizes come after the content then). */
const FOREIGN = {
  'to a file':
    'UEsDBBQAAAAIAAAAIVDMYyzeEwAAACUAAAAJAAAAYmlyZHMuY3N2C8rMS9cJTq3gMtTxTcxJxU4BAFBLAQIUAxQAAAAIAAAAIVDMYyzeEwAAACUAAAAJAAAAAAAAAAAAAACAAQAAAABiaXJkcy5jc3ZQSwUGAAAAAAEAAQA3AAAAOgAAAAAA',
  'to a stream':
    'UEsDBBQACAAIAAAAIVAAAAAAAAAAAAAAAAAJAAAAYmlyZHMuY3N2C8rMS9cJTq3gMtTxTcxJxU4BAFBLBwjMYyzeEwAAACUAAABQSwECFAMUAAgACAAAACFQzGMs3hMAAAAlAAAACQAAAAAAAAAAAAAAgAEAAAAAYmlyZHMuY3N2UEsFBgAAAAABAAEANwAAAEoAAAAAAA==',
};

const unpacked = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    readZip(bytes, 'a.zip').map(({ name, unpack }) => [name, Buffer.from(unpack()).toString()]),
  );

test('what is packed is unpacked, deflated or stored, without the folders', () => {
  const archive = zip([
    { name: 'birds.csv', content: TEXT },
    { name: 'more/', content: '', stored: true },
    { name: 'more/Vögel.csv', content: TEXT, stored: true },
    { name: 'empty.txt', content: '' },
  ]);
  expect(unpacked(archive)).toEqual({
    'birds.csv': TEXT,
    'more/Vögel.csv': TEXT,
    'empty.txt': '',
  });
});

test.each(Object.entries(FOREIGN))(
  'an archive that another program wrote %s is read',
  (_, text) => {
    expect(unpacked(Buffer.from(text, 'base64'))).toEqual({ 'birds.csv': TEXT });
  },
);

test('an archive is read out of the middle of a buffer', () => {
  const archive = zip([{ name: 'birds.csv', content: TEXT }]);
  const within = Buffer.concat([Buffer.alloc(7), archive, Buffer.alloc(0)]).subarray(7);
  expect(unpacked(within)).toEqual({ 'birds.csv': TEXT });
});

test.each(Array.from({ length: 12 }, (_, twelfth) => twelfth))(
  'an archive that is cut off after %i of 12 parts is refused',
  (twelfth) => {
    const archive = zip([{ name: 'birds.csv', content: TEXT }]);
    const cut = archive.subarray(0, Math.floor((archive.length * twelfth) / 12));
    expect(() => unpacked(cut)).toThrow(/^a\.zip: .* cut off$/);
  },
);

test('no changed byte of the content goes unseen', () => {
  const archive = zip([{ name: 'birds.csv', content: TEXT }]);
  const start = 30 + 'birds.csv'.length;
  const end = archive.indexOf('PK\x01\x02');
  expect(end).toBeGreaterThan(start + 10);
  for (let at = start; at < end; at++) {
    const damaged = Buffer.from(archive);
    damaged[at]! ^= 0x55;
    expect(() => unpacked(damaged)).toThrow('a.zip, birds.csv: damaged in the zip archive');
  }
});

test('a file that unpacks to more than it says is refused before the memory is full', () => {
  const archive = zip([{ name: 'birds.csv', content: Buffer.alloc(50_000_000) }]);
  const directory = archive.indexOf('PK\x01\x02');
  archive.writeUInt32LE(10, directory + 24);
  expect(() => unpacked(archive)).toThrow('a.zip, birds.csv: damaged in the zip archive');
});

test('a password and an unknown method are named', () => {
  const archive = zip([{ name: 'birds.csv', content: TEXT }]);
  const directory = archive.indexOf('PK\x01\x02');
  const locked = Buffer.from(archive);
  locked.writeUInt16LE(1, directory + 8);
  expect(() => unpacked(locked)).toThrow('a.zip, birds.csv: needs a password');
  const odd = Buffer.from(archive);
  odd.writeUInt16LE(93, directory + 10);
  expect(() => unpacked(odd)).toThrow('a.zip, birds.csv: packed by method 93: unpack it first');
});
