// Where a drawn tree's nodes and the lines between them are, in pixels: a curve from a node's right edge to its child's left
// one, the thicker the more rows took it.

import type { PlacedNode, TreeLayout } from './layout.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const NODE = { width: 240, height: 54 } as const;
const GAP = { column: 64, line: 12 } as const;

const THICKEST = 26;
const THINNEST = 1.5;

export const boxOf = ({ column, line }: PlacedNode): Box => ({
  ...NODE,
  x: column * (NODE.width + GAP.column),
  y: line * (NODE.height + GAP.line),
});

export const planeOf = ({ columns, lines }: TreeLayout): Pick<Box, 'width' | 'height'> => ({
  width: columns * (NODE.width + GAP.column) - GAP.column,
  height: lines * (NODE.height + GAP.line) - GAP.line,
});

export function linkPath(parent: PlacedNode, child: PlacedNode): string {
  const [from, to] = [boxOf(parent), boxOf(child)];
  const [x, y] = [from.x + from.width, from.y + from.height / 2];
  const half = (x + to.x) / 2;
  const end = to.y + to.height / 2;
  return `M${x},${y} C${half},${y} ${half},${end} ${to.x},${end}`;
}

/** `rows` of `all` training rows went this way. */
export const linkWidth = (rows: number, all: number): number =>
  Math.max(THINNEST, all === 0 ? 0 : (THICKEST * rows) / all);
