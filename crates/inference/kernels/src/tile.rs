//! How a product is cut into tiles that fit the registers.

/// Evaluates `$body` for tiles of `$r` rows and `$c` vectors (constants) until all are covered.
///
/// A full tile has 6 rows, or 4 if not `$six`. 6 rows of 4 vectors are 24 sums, 4 weights and an
/// activation in AVX-512's 32 registers; of 1 vector 12 sums, 2 weights and an activation in AVX2's 16.
///
/// Column by column: the weights of a column of tiles stay in the first-level cache while the rows
/// pass by.
macro_rules! for_each_tile {
    (
        $simd:ty, $six:expr, $rows:expr, $vectors:expr,
        |$row:ident, $vector:ident, $r:ident, $c:ident| $body:expr
    ) => {{
        let (rows, vectors): (usize, usize) = ($rows, $vectors);
        macro_rules! tile {
            ($wide:expr, $at:expr, $first:expr, $tall:expr) => {{
                const $c: usize = $wide;
                const $r: usize = $tall;
                let ($row, $vector): (usize, usize) = ($first, $at);
                $body
            }};
        }
        macro_rules! column {
            ($wide:expr, $at:expr) => {{
                let mut first = 0;
                if $six {
                    while first + 6 <= rows {
                        tile!($wide, $at, first, 6);
                        first += 6;
                    }
                }
                while first + 4 <= rows {
                    tile!($wide, $at, first, 4);
                    first += 4;
                }
                match rows - first {
                    1 => tile!($wide, $at, first, 1),
                    2 => tile!($wide, $at, first, 2),
                    3 => tile!($wide, $at, first, 3),
                    _ => {}
                }
            }};
        }
        let mut at = 0;
        if <$simd as $crate::simd::Simd>::WIDE {
            while at + 4 <= vectors {
                column!(4, at);
                at += 4;
            }
            if at + 2 <= vectors {
                column!(2, at);
                at += 2;
            }
        }
        while at < vectors {
            column!(1, at);
            at += 1;
        }
    }};
}

pub(crate) use for_each_tile;
