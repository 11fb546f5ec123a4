//! Plain Rust: what every other instruction set must agree with, bit for bit.

use super::{LANES, Simd};

/// No special instructions.
#[derive(Clone, Copy)]
pub struct Scalar;

#[inline(always)]
fn zip<T: Copy, U>(a: [T; LANES], b: [T; LANES], f: impl Fn(T, T) -> U) -> [U; LANES] {
    std::array::from_fn(|i| f(a[i], b[i]))
}

/// Combines the halves of `v` lane by lane, then the halves of that.
#[inline(always)]
fn fold(mut v: [f32; LANES], combine: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            v[i] = combine(v[i], v[i + half]);
        }
    }
    v[0]
}

impl Simd for Scalar {
    type F = [f32; LANES];
    type I = [i32; LANES];
    type A = [i32; 4];
    type B = [i8; 4 * LANES];

    const WIDE: bool = false;
    const TALL_INT: bool = true;
    const OFFSET: i32 = 0;

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        [x; LANES]
    }
    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> Self::F {
        *x
    }
    #[inline(always)]
    fn store(self, x: &mut [f32; LANES], v: Self::F) {
        *x = v;
    }
    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        std::array::from_fn(|i| a[i].mul_add(b[i], c[i]))
    }
    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn abs(self, a: Self::F) -> Self::F {
        a.map(f32::abs)
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> Self::I {
        [x; LANES]
    }
    #[inline(always)]
    fn load_int(self, x: &[i32; LANES]) -> Self::I {
        *x
    }
    #[inline(always)]
    fn sub_int(self, a: Self::I, b: Self::I) -> Self::I {
        zip(a, b, i32::wrapping_sub)
    }
    #[inline(always)]
    fn mul_int(self, a: Self::I, b: Self::I) -> Self::I {
        zip(a, b, i32::wrapping_mul)
    }
    #[inline(always)]
    fn to_float(self, a: Self::I) -> Self::F {
        a.map(|x| x as f32)
    }
    #[inline(always)]
    fn round(self, a: Self::F) -> Self::I {
        a.map(|x| x.round_ties_even() as i32)
    }
    #[inline(always)]
    fn exp2_int(self, a: Self::I) -> Self::F {
        a.map(|x| f32::from_bits((x + 127).cast_unsigned() << 23))
    }
    #[inline(always)]
    fn store_bytes(self, x: &mut [u8; LANES], v: Self::I) {
        *x = v.map(|x| x.cast_unsigned() as u8);
    }

    #[inline(always)]
    fn broadcast(self, x: [u8; 4]) -> Self::A {
        x.map(i32::from)
    }
    #[inline(always)]
    fn load_weights(self, x: &[i8; 4 * LANES]) -> Self::B {
        *x
    }
    #[inline(always)]
    fn dot(self, sum: Self::I, a: Self::A, b: Self::B) -> Self::I {
        std::array::from_fn(|i| (0..4).fold(sum[i], |s, k| s + a[k] * i32::from(b[4 * i + k])))
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        fold(v, |a, b| a + b)
    }
    #[inline(always)]
    fn greatest(self, v: Self::F) -> f32 {
        fold(v, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn least(self, v: Self::F) -> f32 {
        fold(v, |a, b| if a < b { a } else { b })
    }
}
