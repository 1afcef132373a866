// One of several processes that count in the same folder: `node increment.ts <folder> <times>`.
// Prints how many of the keys won/0, won/1, … it was the one to write.

import { folderStore } from '../../store/folder.ts';

const [folder, times] = [process.argv[2]!, Number(process.argv[3])];
const store = folderStore(folder);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

let won = 0;
for (let round = 0; round < times; round++) {
  if (await store.put(`won/${round}`, utf8(String(process.pid)), 'absent')) won++;
  for (;;) {
    const found = (await store.get('count'))!;
    const next = Number(new TextDecoder().decode(found.bytes)) + 1;
    if (await store.put('count', utf8(String(next)), { etag: found.etag })) break;
  }
}
process.stdout.write(String(won));
