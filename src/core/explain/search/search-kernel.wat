;; Finds the first place where one of many words stands, 16 bytes at a time, and counts the lines before it.
;;
;; Each word has a window of four bytes, and belongs to one of eight sets. Eight tables say, for the low and
;; the high half of the four bytes, in the windows of which sets a byte with that half stands. A place where
;; all eight name the same set, and a table of all windows' hashes has that of its four bytes, is compared with
;; the set's words, upper and lower case alike.
;; Memory: 0 the eight tables, 16 bytes each; 128 the sets: first word, number of words (u16 each);
;; 160 a place to work in; 176 the hashes, a byte each; 4272 the words: address, window (u32 each),
;; length, place of the window in the word (u16 each).
(module
  (memory (export "memory") 1)
  ;; How many line ends were passed by the last call of "find", up to what it found.
  (global $lines (export "lines") (mut i32) (i32.const 0))

  ;; Whether a word of one of the sets stands where its window is at $at; $low bounds it below, $end above.
  (func $isWord (param $sets i32) (param $window i32) (param $at i32) (param $low i32) (param $end i32) (result i32)
    (local $set i32) (local $word i32) (local $last i32)
    (loop $nextSet
      (local.set $set (i32.shl (i32.ctz (local.get $sets)) (i32.const 2)))
      (local.set $sets (i32.and (local.get $sets) (i32.sub (local.get $sets) (i32.const 1))))
      (local.set $word
        (i32.add (i32.const 4272) (i32.mul (i32.load16_u offset=128 (local.get $set)) (i32.const 12))))
      (local.set $last
        (i32.add (local.get $word) (i32.mul (i32.load16_u offset=130 (local.get $set)) (i32.const 12))))
      (loop $nextWord
        (if (i32.lt_u (local.get $word) (local.get $last))
          (then
            (if (i32.eq (i32.load offset=4 (local.get $word)) (local.get $window))
              (then
                (if (call $isThis (local.get $word) (local.get $at) (local.get $low) (local.get $end))
                  (then (return (i32.const 1))))))
            (local.set $word (i32.add (local.get $word) (i32.const 12)))
            (br $nextWord))))
      (br_if $nextSet (local.get $sets)))
    (i32.const 0))

  ;; Whether this word stands there.
  (func $isThis (param $word i32) (param $at i32) (param $low i32) (param $end i32) (result i32)
    (local $from i32) (local $length i32) (local $text i32) (local $i i32)
    (local.set $text (i32.load (local.get $word)))
    (local.set $length (i32.load16_u offset=8 (local.get $word)))
    (local.set $from (i32.sub (local.get $at) (i32.load16_u offset=10 (local.get $word))))
    (if (i32.or
          (i32.lt_s (local.get $from) (local.get $low))
          (i32.gt_u (i32.add (local.get $from) (local.get $length)) (local.get $end)))
      (then (return (i32.const 0))))
    (loop $nextByte
      (if (i32.ne
            (i32.or (i32.load8_u (i32.add (local.get $from) (local.get $i))) (i32.const 32))
            (i32.load8_u (i32.add (local.get $text) (local.get $i))))
        (then (return (i32.const 0))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $nextByte (i32.lt_u (local.get $i) (local.get $length))))
    (i32.const 1))

  ;; The address of the window of the first word in the bytes [from, end), or $end. Sixteen bytes after
  ;; $end have to be readable. A word may begin before $from, never before $low.
  (func (export "find") (param $from i32) (param $end i32) (param $low i32) (result i32)
    (local $low0 v128) (local $high0 v128) (local $low1 v128) (local $high1 v128) (local $low2 v128) (local $high2 v128) (local $low3 v128) (local $high3 v128)
    (local $half v128) (local $newline v128) (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128)
    (local $sets v128) (local $places i32) (local $ends i32) (local $lane i32) (local $count i32) (local $inside i32) (local $window i32)
    (local.set $low0 (v128.load (i32.const 0)))
    (local.set $high0 (v128.load (i32.const 16)))
    (local.set $low1 (v128.load (i32.const 32)))
    (local.set $high1 (v128.load (i32.const 48)))
    (local.set $low2 (v128.load (i32.const 64)))
    (local.set $high2 (v128.load (i32.const 80)))
    (local.set $low3 (v128.load (i32.const 96)))
    (local.set $high3 (v128.load (i32.const 112)))
    (local.set $half (i8x16.splat (i32.const 15)))
    (local.set $newline (i8x16.splat (i32.const 10)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $b0 (v128.load (local.get $from)))
        (local.set $b1 (v128.load offset=1 (local.get $from)))
        (local.set $b2 (v128.load offset=2 (local.get $from)))
        (local.set $b3 (v128.load offset=3 (local.get $from)))
        (local.set $sets
          (v128.and
            (v128.and
              (v128.and
                (i8x16.swizzle (local.get $low0) (v128.and (local.get $b0) (local.get $half)))
                (i8x16.swizzle (local.get $high0) (i8x16.shr_u (local.get $b0) (i32.const 4))))
              (v128.and
                (i8x16.swizzle (local.get $low1) (v128.and (local.get $b1) (local.get $half)))
                (i8x16.swizzle (local.get $high1) (i8x16.shr_u (local.get $b1) (i32.const 4)))))
            (v128.and
              (v128.and
                (i8x16.swizzle (local.get $low2) (v128.and (local.get $b2) (local.get $half)))
                (i8x16.swizzle (local.get $high2) (i8x16.shr_u (local.get $b2) (i32.const 4))))
              (v128.and
                (i8x16.swizzle (local.get $low3) (v128.and (local.get $b3) (local.get $half)))
                (i8x16.swizzle (local.get $high3) (i8x16.shr_u (local.get $b3) (i32.const 4)))))))
        (local.set $ends (i8x16.bitmask (i8x16.eq (local.get $b0) (local.get $newline))))
        (local.set $inside (i32.const 65535))
        (if (i32.lt_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16))
          (then
            (local.set $inside
              (i32.sub
                (i32.shl (i32.const 1) (i32.sub (local.get $end) (local.get $from)))
                (i32.const 1)))
            (local.set $ends (i32.and (local.get $ends) (local.get $inside)))))
        (if (v128.any_true (local.get $sets))
          (then
            (local.set $places
              (i32.and (local.get $inside)
                (i32.xor (i32.const 65535)
                  (i8x16.bitmask (i8x16.eq (local.get $sets) (v128.const i64x2 0 0))))))
            (block $noPlace (loop $nextPlace
              (br_if $noPlace (i32.eqz (local.get $places)))
              (local.set $lane (i32.ctz (local.get $places)))
              (local.set $window
                (i32.or (i32.load (i32.add (local.get $from) (local.get $lane))) (i32.const 0x20202020)))
              (if (if (result i32)
                    (i32.load8_u offset=176
                      (i32.shr_u (i32.mul (local.get $window) (i32.const 0x9e3779b1)) (i32.const 20)))
                    (then
                      (call $isWord
                        (call $laneOf (local.get $sets) (local.get $lane)) (local.get $window)
                        (i32.add (local.get $from) (local.get $lane)) (local.get $low) (local.get $end)))
                    (else (i32.const 0)))
                (then
                  (global.set $lines
                    (i32.add (local.get $count)
                      (i32.popcnt
                        (i32.and (local.get $ends)
                          (i32.sub (i32.shl (i32.const 1) (local.get $lane)) (i32.const 1))))))
                  (return (i32.add (local.get $from) (local.get $lane)))))
              (local.set $places (i32.and (local.get $places) (i32.sub (local.get $places) (i32.const 1))))
              (br $nextPlace)))))
        (local.set $count (i32.add (local.get $count) (i32.popcnt (local.get $ends))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $next)))
    (global.set $lines (local.get $count))
    (local.get $end))

  (func $laneOf (param $sets v128) (param $lane i32) (result i32)
    (v128.store (i32.const 160) (local.get $sets))
    (i32.load8_u offset=160 (local.get $lane)))
)
