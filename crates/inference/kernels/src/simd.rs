//! Sixteen lanes at a time, whatever the registers' width.

#[cfg(target_arch = "x86_64")]
pub mod avx2;
#[cfg(target_arch = "x86_64")]
pub mod avx512;
#[cfg(target_arch = "aarch64")]
pub mod neon;
mod scalar;

pub use scalar::Scalar;

/// Lanes of a vector.
pub const LANES: usize = 16;

/// A computation that is compiled once per instruction set.
///
/// `run` and all it calls must be `#[inline(always)]`: only what is inlined into the entry point of an
/// instruction set is compiled with those instructions.
pub trait Program {
    /// What it returns.
    type Output;
    /// The computation.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Vectors of 16 `f32` or `i32`, and the integer product.
///
/// A value of the implementing type is the proof that the processor has the instructions.
pub trait Simd: Copy {
    /// 16 `f32`.
    type F: Copy;
    /// 16 `i32`.
    type I: Copy;
    /// Four activations of one row, repeated for every column.
    type A: Copy;
    /// Four weights of each of 16 columns.
    type B: Copy;

    /// Whether a tile of a matrix product has 4 vectors of columns, instead of 1.
    const WIDE: bool;
    /// Whether a tile of the integer product has 6 rows, instead of 4.
    const TALL_INT: bool;
    /// What [`Self::broadcast`] subtracts from each activation.
    const OFFSET: i32;

    fn splat(self, x: f32) -> Self::F;
    fn load(self, x: &[f32; LANES]) -> Self::F;
    fn store(self, x: &mut [f32; LANES], v: Self::F);
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once.
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    fn abs(self, a: Self::F) -> Self::F;

    fn splat_int(self, x: i32) -> Self::I;
    fn load_int(self, x: &[i32; LANES]) -> Self::I;
    fn sub_int(self, a: Self::I, b: Self::I) -> Self::I;
    fn mul_int(self, a: Self::I, b: Self::I) -> Self::I;
    fn to_float(self, a: Self::I) -> Self::F;
    /// Nearest, ties to even.
    fn round(self, a: Self::F) -> Self::I;
    /// 2 to the power of each lane, -127 (which gives 0) to 127.
    fn exp2_int(self, a: Self::I) -> Self::F;
    /// Each lane's value, which must be 0 to 255.
    fn store_bytes(self, x: &mut [u8; LANES], v: Self::I);

    /// Four activations, 1 to 255 each.
    fn broadcast(self, x: [u8; 4]) -> Self::A;
    /// Four weights for each of 16 columns, -127 to 127 each, column by column.
    fn load_weights(self, x: &[i8; 4 * LANES]) -> Self::B;
    /// Adds to each column's sum the four products of (activation - `OFFSET`) and weight.
    fn dot(self, sum: Self::I, a: Self::A, b: Self::B) -> Self::I;

    /// The sum of all lanes, each half onto the other: lane i + lane i + 8, then i + 4, i + 2, i + 1.
    fn sum(self, v: Self::F) -> f32;
    /// The greatest lane.
    fn greatest(self, v: Self::F) -> f32;
    /// The least lane.
    fn least(self, v: Self::F) -> f32;
}

/// The vectors of `x`, whose length must be a multiple of 16.
#[inline(always)]
pub fn vectors<T>(x: &[T]) -> &[[T; LANES]] {
    let (whole, rest) = x.as_chunks();
    assert!(rest.is_empty(), "length {} is not a multiple of {LANES}", x.len());
    whole
}

/// [`vectors`], to be written.
#[inline(always)]
pub fn vectors_mut<T>(x: &mut [T]) -> &mut [[T; LANES]] {
    let (whole, rest) = x.as_chunks_mut();
    assert!(rest.is_empty(), "the length is not a multiple of {LANES}");
    whole
}

/// What one load reads, on a cache line of its own.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Line<T, const N: usize = LANES>(pub [T; N]);

impl Line<f32> {
    pub const ZERO: Self = Self([0.0; LANES]);
}
