;; The kernel: the three loops of a prediction that are worth WebAssembly. Everything around them is TypeScript, and
;; reference.ts says the same in TypeScript, to the bit. `npm run kernel` assembles this file into kernel.wasm.
;;
;; A node of a tree has 12 bytes (pack-trees.ts writes them):
;;   +0  f32  threshold; at a leaf its weight, or the address of its list of weights
;;   +4  u32  byte offset of the feature in a row << 8 | mask
;;   +8  u32  address of the child of bit 0; the child of bit 1 is the node behind it; at a leaf the leaf itself
;; A step compares value and threshold once: (v < t) | (v <= t) << 1 | (v >= t) << 2 is 3 below, 6 at, 4 above the threshold
;; and 0 for NaN. The mask has a bit for each of these four, so one step without a branch serves every branch mode and every
;; rule for missing values. A leaf has the mask 0 and stays where it is, so four walks go side by side until none moves.
;;
;; Sums are made in the order of the trees, and of the columns in blocks: ONNX Runtime's order, which the answer's last bits
;; depend on.
(module
  (memory (export "memory") 1)

  ;; Four walks from the nodes $a to $d by the rows at $ra to $rd → the four leaves.
  (func $walk (param $a i32) (param $b i32) (param $c i32) (param $d i32)
              (param $ra i32) (param $rb i32) (param $rc i32) (param $rd i32)
              (result i32 i32 i32 i32)
    (local $moved i32) (local $word i32) (local $next i32) (local $v f32) (local $t f32)
    (loop $step
      (local.set $word (i32.load offset=4 (local.get $a)))
      (local.set $v (f32.load (i32.add (local.get $ra) (i32.shr_u (local.get $word) (i32.const 8)))))
      (local.set $t (f32.load (local.get $a)))
      (local.set $next
        (i32.add
          (i32.load offset=8 (local.get $a))
          (i32.mul (i32.const 12)
            (i32.and (i32.const 1)
              (i32.shr_u (local.get $word)
                (i32.or
                  (f32.lt (local.get $v) (local.get $t))
                  (i32.or
                    (i32.shl (f32.le (local.get $v) (local.get $t)) (i32.const 1))
                    (i32.shl (f32.ge (local.get $v) (local.get $t)) (i32.const 2)))))))))
      (local.set $moved (i32.xor (local.get $next) (local.get $a)))
      (local.set $a (local.get $next))

      (local.set $word (i32.load offset=4 (local.get $b)))
      (local.set $v (f32.load (i32.add (local.get $rb) (i32.shr_u (local.get $word) (i32.const 8)))))
      (local.set $t (f32.load (local.get $b)))
      (local.set $next
        (i32.add
          (i32.load offset=8 (local.get $b))
          (i32.mul (i32.const 12)
            (i32.and (i32.const 1)
              (i32.shr_u (local.get $word)
                (i32.or
                  (f32.lt (local.get $v) (local.get $t))
                  (i32.or
                    (i32.shl (f32.le (local.get $v) (local.get $t)) (i32.const 1))
                    (i32.shl (f32.ge (local.get $v) (local.get $t)) (i32.const 2)))))))))
      (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $next) (local.get $b))))
      (local.set $b (local.get $next))

      (local.set $word (i32.load offset=4 (local.get $c)))
      (local.set $v (f32.load (i32.add (local.get $rc) (i32.shr_u (local.get $word) (i32.const 8)))))
      (local.set $t (f32.load (local.get $c)))
      (local.set $next
        (i32.add
          (i32.load offset=8 (local.get $c))
          (i32.mul (i32.const 12)
            (i32.and (i32.const 1)
              (i32.shr_u (local.get $word)
                (i32.or
                  (f32.lt (local.get $v) (local.get $t))
                  (i32.or
                    (i32.shl (f32.le (local.get $v) (local.get $t)) (i32.const 1))
                    (i32.shl (f32.ge (local.get $v) (local.get $t)) (i32.const 2)))))))))
      (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $next) (local.get $c))))
      (local.set $c (local.get $next))

      (local.set $word (i32.load offset=4 (local.get $d)))
      (local.set $v (f32.load (i32.add (local.get $rd) (i32.shr_u (local.get $word) (i32.const 8)))))
      (local.set $t (f32.load (local.get $d)))
      (local.set $next
        (i32.add
          (i32.load offset=8 (local.get $d))
          (i32.mul (i32.const 12)
            (i32.and (i32.const 1)
              (i32.shr_u (local.get $word)
                (i32.or
                  (f32.lt (local.get $v) (local.get $t))
                  (i32.or
                    (i32.shl (f32.le (local.get $v) (local.get $t)) (i32.const 1))
                    (i32.shl (f32.ge (local.get $v) (local.get $t)) (i32.const 2)))))))))
      (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $next) (local.get $d))))
      (local.set $d (local.get $next))

      (br_if $step (local.get $moved)))
    (local.get $a) (local.get $b) (local.get $c) (local.get $d))

  ;; The f32 at $at, plus the weight of the leaf.
  (func $add (param $at i32) (param $leaf i32)
    (f32.store (local.get $at) (f32.add (f32.load (local.get $at)) (f32.load (local.get $leaf)))))

  ;; Trees with one target: adds to $scores (f32 by row) the leaf of every tree. $roots: u32 addresses by tree.
  (func (export "sum") (param $roots i32) (param $trees i32) (param $rows i32) (param $count i32) (param $stride i32)
                       (param $scores i32)
    (local $tree i32) (local $end i32) (local $fours i32) (local $row i32) (local $score i32) (local $last i32)
    (local $root i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local.set $end (i32.add (local.get $roots) (i32.shl (local.get $trees) (i32.const 2))))
    (local.set $fours (i32.and (local.get $count) (i32.const -4)))
    ;; Four rows at a time through one tree after the other, whose nodes stay in the cache meanwhile.
    (if (local.get $fours)
      (then
        (local.set $last (i32.add (local.get $scores) (i32.shl (local.get $fours) (i32.const 2))))
        (local.set $tree (local.get $roots))
        (block $done
          (loop $trees
            (br_if $done (i32.ge_u (local.get $tree) (local.get $end)))
            (local.set $root (i32.load (local.get $tree)))
            (local.set $row (local.get $rows))
            (local.set $score (local.get $scores))
            (loop $blocks
              (local.get $root) (local.get $root) (local.get $root) (local.get $root)
              (local.get $row)
              (local.tee $row (i32.add (local.get $row) (local.get $stride)))
              (local.tee $row (i32.add (local.get $row) (local.get $stride)))
              (local.tee $row (i32.add (local.get $row) (local.get $stride)))
              (call $walk)
              (local.set $d) (local.set $c) (local.set $b) (local.set $a)
              (call $add (local.get $score) (local.get $a))
              (call $add (i32.add (local.get $score) (i32.const 4)) (local.get $b))
              (call $add (i32.add (local.get $score) (i32.const 8)) (local.get $c))
              (call $add (i32.add (local.get $score) (i32.const 12)) (local.get $d))
              (local.set $row (i32.add (local.get $row) (local.get $stride)))
              (br_if $blocks
                (i32.lt_u (local.tee $score (i32.add (local.get $score) (i32.const 16))) (local.get $last))))
            (local.set $tree (i32.add (local.get $tree) (i32.const 4)))
            (br $trees)))))
    ;; Each row that is left through four trees at a time. $end is read past by up to three roots, which are leaves of no
    ;; weight (pack-trees.ts), and whose sum is not taken.
    (local.set $row (i32.add (local.get $rows) (i32.mul (local.get $fours) (local.get $stride))))
    (local.set $score (i32.add (local.get $scores) (i32.shl (local.get $fours) (i32.const 2))))
    (local.set $last (i32.add (local.get $scores) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $rest
        (br_if $done (i32.ge_u (local.get $score) (local.get $last)))
        (local.set $tree (local.get $roots))
        (block $summed
          (loop $trees
            (br_if $summed (i32.ge_u (local.get $tree) (local.get $end)))
            (i32.load (local.get $tree))
            (i32.load offset=4 (local.get $tree))
            (i32.load offset=8 (local.get $tree))
            (i32.load offset=12 (local.get $tree))
            (local.get $row) (local.get $row) (local.get $row) (local.get $row)
            (call $walk)
            (local.set $d) (local.set $c) (local.set $b) (local.set $a)
            (call $add (local.get $score) (local.get $a))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $add (local.get $score) (local.get $b))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $add (local.get $score) (local.get $c))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $add (local.get $score) (local.get $d))
            (local.set $tree (i32.add (local.get $tree) (i32.const 4)))
            (br $trees)))
        (local.set $row (i32.add (local.get $row) (local.get $stride)))
        (local.set $score (i32.add (local.get $score) (i32.const 4)))
        (br $rest))))

  ;; A leaf's list of weights, u32 count and then per target (u32 byte offset, f32 weight), onto the scores at $at; what is
  ;; added to is marked with a 1 at the same place of the marks, $marks bytes behind the scores.
  (func $spread (param $at i32) (param $marks i32) (param $leaf i32)
    (local $entry i32) (local $end i32) (local $target i32)
    (local.set $entry (i32.load (local.get $leaf)))
    (local.set $end
      (i32.add (local.get $entry)
        (i32.add (i32.const 4) (i32.shl (i32.load (local.get $entry)) (i32.const 3)))))
    (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
    (block $done
      (loop $weights
        (br_if $done (i32.ge_u (local.get $entry) (local.get $end)))
        (local.set $target (i32.add (local.get $at) (i32.load (local.get $entry))))
        (f32.store (local.get $target)
          (f32.add (f32.load (local.get $target)) (f32.load offset=4 (local.get $entry))))
        (i32.store (i32.add (local.get $target) (local.get $marks)) (i32.const 1))
        (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
        (br $weights))))

  ;; Trees with several targets: the same, scores and marks being $width bytes a row.
  (func (export "spread") (param $roots i32) (param $trees i32) (param $rows i32) (param $count i32) (param $stride i32)
                          (param $scores i32) (param $width i32) (param $marks i32)
    (local $tree i32) (local $end i32) (local $left i32) (local $score i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local.set $end (i32.add (local.get $roots) (i32.shl (local.get $trees) (i32.const 2))))
    (local.set $score (local.get $scores))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $tree (local.get $roots))
        (block $summed
          (loop $trees
            (br_if $summed (i32.ge_u (local.get $tree) (local.get $end)))
            (i32.load (local.get $tree))
            (i32.load offset=4 (local.get $tree))
            (i32.load offset=8 (local.get $tree))
            (i32.load offset=12 (local.get $tree))
            (local.get $rows) (local.get $rows) (local.get $rows) (local.get $rows)
            (call $walk)
            (local.set $d) (local.set $c) (local.set $b) (local.set $a)
            (call $spread (local.get $score) (local.get $marks) (local.get $a))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $spread (local.get $score) (local.get $marks) (local.get $b))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $spread (local.get $score) (local.get $marks) (local.get $c))
            (br_if $summed (i32.ge_u (local.tee $tree (i32.add (local.get $tree) (i32.const 4))) (local.get $end)))
            (call $spread (local.get $score) (local.get $marks) (local.get $d))
            (local.set $tree (i32.add (local.get $tree) (i32.const 4)))
            (br $trees)))
        (local.set $rows (i32.add (local.get $rows) (local.get $stride)))
        (local.set $score (i32.add (local.get $score) (local.get $width)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row))))

  ;; A matrix product: out[count, width] = start[width] + rows[count, depth] × weights[depth, width], where width is a
  ;; multiple of four, in values. The total of an output starts at `start`, to which each block of columns adds its sum.
  (func (export "multiply") (param $rows i32) (param $count i32) (param $depth i32) (param $weights i32)
                            (param $start i32) (param $width i32) (param $out i32) (param $size i32)
    (local $column i32) (local $k i32) (local $stop i32) (local $weight i32) (local $bytes i32)
    (local $sum v128) (local $total v128)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 2)))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $column (i32.const 0))
        (loop $columns
          (local.set $total (v128.load (i32.add (local.get $start) (local.get $column))))
          (local.set $weight (i32.add (local.get $weights) (local.get $column)))
          (local.set $k (i32.const 0))
          (block $ended
            (loop $block
              (br_if $ended (i32.ge_u (local.get $k) (local.get $depth)))
              (local.set $stop (i32.add (local.get $k) (local.get $size)))
              (if (i32.gt_u (local.get $stop) (local.get $depth))
                (then (local.set $stop (local.get $depth))))
              (local.set $sum (v128.const f32x4 0 0 0 0))
              (loop $products
                (local.set $sum
                  (f32x4.add (local.get $sum)
                    (f32x4.mul
                      (v128.load32_splat (i32.add (local.get $rows) (i32.shl (local.get $k) (i32.const 2))))
                      (v128.load (local.get $weight)))))
                (local.set $weight (i32.add (local.get $weight) (local.get $bytes)))
                (br_if $products
                  (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $stop))))
              (local.set $total (f32x4.add (local.get $total) (local.get $sum)))
              (br $block)))
          (v128.store (i32.add (local.get $out) (local.get $column)) (local.get $total))
          (br_if $columns
            (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 16))) (local.get $bytes))))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $depth) (i32.const 2))))
        (local.set $out (i32.add (local.get $out) (local.get $bytes)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row)))))
