// The tree, its first levels: what each node asks, and what each leaf answers. Of many trees the first.

import type { Target } from '#contract/signature.ts';
import type { Tree, TreeEnsemble } from '#contract/model/tree.ts';
import { chart, type Figure } from '../chart.ts';
import { leafWords } from '../leaf-words.ts';
import { NOTE_SIZE, nodeWords, questionsOf, widthOf, type NodeWords } from '../node-words.ts';
import type { Place } from '../places.ts';
import type { Question } from '../question.ts';
import { belowEach, layoutTree, type Below } from '../tree-layout.ts';
import { count, plural } from '../words.ts';

/** Levels that are drawn, the root's being 0. */
const DEPTH = 3;
/** Pixels from leaf to leaf. */
const LINE = 58;
/** Between a node's text and the next column: room for the branches, and yes or no upon them. */
const GAP = 60;
const MARGIN = 20;

interface Node extends NodeWords {
  readonly x: number;
  readonly y: number;
  /** Where branches leave it. */
  readonly end: number;
  readonly isLeaf: boolean;
}

interface Branch {
  readonly from: Node;
  readonly to: Node;
  /** Of the root's rows. */
  readonly share: number;
}

export interface TreeFigureOptions {
  readonly target: Target;
  readonly places: readonly Place[];
}

/** Null for a model without trees. */
export function treeFigure(
  ensemble: TreeEnsemble,
  { target, places }: TreeFigureOptions,
): Figure | null {
  const [tree] = ensemble.trees;
  if (tree === undefined) return null;
  const questions = questionsOf(tree, places);
  const below = belowEach(tree);
  const { say, note } = leafWords(ensemble, tree, target);
  const spots = layoutTree(tree, DEPTH, (node) => {
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    return questions[node]!.yes === 'left' ? [left, right] : [right, left];
  });
  const words = spots.map(({ node, isFolded }) =>
    nodeWords({
      rows: tree.cover[node]!,
      question: questions[node],
      below: below[node]!,
      answer: say(below[node]!.value),
      isFolded,
    }),
  );
  const widths = widthsOf(spots.map(({ depth }, at) => ({ depth, width: widthOf(words[at]!) })));
  const startOf = (depth: number): number =>
    widths.slice(0, depth).reduce((sum, width) => sum + width + GAP, MARGIN);
  const nodes = spots.map(({ node, depth, line }, at): Node => ({
    ...words[at]!,
    x: startOf(depth),
    y: MARGIN + 26 + line * LINE,
    end: startOf(depth) + widths[depth]! + 6,
    isLeaf: tree.mode[node] === 'leaf',
  }));
  const branches = spots.flatMap(({ parent, node }, at): Branch[] => {
    const from = nodes[parent];
    const share = tree.cover[node]! / (tree.cover[0]! || 1);
    return from === undefined ? [] : [{ from, to: nodes[at]!, share }];
  });
  const lines = Math.max(...spots.map(({ line }) => line));
  return chart({
    name: 'tree',
    title: ensemble.trees.length === 1 ? 'The tree' : 'The first of its trees',
    caption: captionOf(ensemble, { tree, below: below[0]!, root: questions[0], note }),
    width: Math.max(Math.ceil(Math.max(...nodes.map(({ end }) => end)) + MARGIN), 360),
    height: MARGIN * 2 + lines * LINE + 54,
    draw: (plot) => ({
      margin: 0,
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      color: { type: 'identity' },
      marks: [
        plot.link(branches, {
          x1: ({ from }: Branch) => from.end,
          y1: ({ from }: Branch) => from.y,
          x2: ({ to }: Branch) => to.x - 8,
          y2: ({ to }: Branch) => to.y,
          curve: 'bump-x',
          stroke: 'var(--line-strong)',
          strokeWidth: ({ share }: Branch) => 1 + 7 * share,
          strokeOpacity: 0.6,
        }),
        plot.text(branches, {
          x: ({ to }: Branch) => to.x - 12,
          y: ({ from, to }: Branch) => (to.y < from.y ? to.y - 10 : to.y + 11),
          text: ({ from, to }: Branch) => (to.y < from.y ? 'yes' : 'no'),
          textAnchor: 'end',
          fontSize: 11,
          fill: 'var(--ink-soft)',
        }),
        plot.text(nodes, {
          x: 'x',
          y: ({ y }: Node) => y - 18,
          text: 'lead',
          textAnchor: 'start',
          fontSize: NOTE_SIZE,
          fill: 'var(--ink-soft)',
        }),
        plot.text(nodes, {
          x: 'x',
          y: ({ y, isLeaf }: Node) => (isLeaf ? y - 9 : y - 1),
          text: 'title',
          textAnchor: 'start',
          fontWeight: 600,
          title: 'tip',
          fill: ({ isLeaf }: Node) => (isLeaf ? 'var(--bar)' : 'var(--ink)'),
        }),
        plot.text(nodes, {
          x: 'x',
          y: ({ y, isLeaf }: Node) => (isLeaf ? y + 8 : y + 16),
          text: 'note',
          textAnchor: 'start',
          fontSize: NOTE_SIZE,
          fill: 'var(--ink-soft)',
        }),
      ],
    }),
  });
}

/** Of each level: its widest node. */
function widthsOf(nodes: readonly { readonly depth: number; readonly width: number }[]): number[] {
  const widths: number[] = [];
  for (const { depth, width } of nodes) widths[depth] = Math.max(widths[depth] ?? 0, width);
  return widths;
}

interface Facts {
  readonly tree: Tree;
  /** The root. */
  readonly below: Below;
  readonly root: Question | undefined;
  /** Of its leaves. */
  readonly note: string;
}

function captionOf({ trees }: TreeEnsemble, { tree, below, root, note }: Facts): string {
  const many = `This is one of ${count(trees.length)} trees whose answers are added up; by itself it says little.`;
  return [
    trees.length === 1 ? '' : many,
    `It has ${plural(below.nodes, 'node')}, ${count(below.leaves)} of them leaves, in ${plural(below.depth + 1, 'level')}, and saw ${plural(tree.cover[0]!, 'row')}.`,
    note,
    root === undefined ? '' : `It asks first whether ${root.label} ${root.whole}.`,
    'Yes goes up, no goes down; the thicker a branch, the more training rows took it. Leaves are green.',
    below.depth <= DEPTH ? '' : `Shown are the first ${DEPTH + 1} levels.`,
  ]
    .filter(Boolean)
    .join(' ');
}
