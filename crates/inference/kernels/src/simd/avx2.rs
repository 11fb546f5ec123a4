//! AVX2 with FMA, with or without VNNI: two registers hold the 16 lanes.

use std::arch::x86_64::{
    __m256, __m256i, _mm_add_ps, _mm_add_ss, _mm_cvtss_f32, _mm_max_ps, _mm_max_ss, _mm_min_ps, _mm_min_ss,
    _mm_movehdup_ps, _mm_movehl_ps, _mm_packus_epi16, _mm_storeu_si128, _mm256_abs_epi8, _mm256_add_epi32,
    _mm256_add_ps, _mm256_and_ps, _mm256_castps256_ps128, _mm256_castsi256_ps, _mm256_castsi256_si128,
    _mm256_cvtepi32_ps, _mm256_cvtps_epi32, _mm256_dpbusd_avx_epi32, _mm256_extractf128_ps,
    _mm256_extracti128_si256, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_maddubs_epi16, _mm256_max_ps, _mm256_min_ps, _mm256_mul_ps, _mm256_mullo_epi32,
    _mm256_packus_epi32, _mm256_permute4x64_epi64, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_sign_epi8, _mm256_slli_epi32, _mm256_storeu_ps, _mm256_sub_epi32, _mm256_sub_ps,
};

use super::{LANES, Program, Simd};

/// The instructions of AVX2 and FMA, and those of AVX-VNNI when `VNNI`.
#[derive(Clone, Copy)]
pub struct Avx2<const VNNI: bool>(());

/// Runs `program` with these instructions.
///
/// # Safety
///
/// The processor must have the features named in the attribute.
#[target_feature(enable = "avx2,fma")]
pub unsafe fn run<P: Program>(program: P) -> P::Output {
    program.run(Avx2::<false>(()))
}

/// Runs `program` with these instructions.
///
/// # Safety
///
/// The processor must have the features named in the attribute.
#[target_feature(enable = "avx2,fma,avxvnni")]
pub unsafe fn run_vnni<P: Program>(program: P) -> P::Output {
    program.run(Avx2::<true>(()))
}

/// Two registers.
type Two<T> = [T; 2];

// In all of the following: the value `self` exists only inside `run` and `run_vnni`, whose callers have
// promised the features; loads and stores go through references to arrays of exactly two registers'
// size, and the unaligned instructions are used.
impl<const VNNI: bool> Simd for Avx2<VNNI> {
    type F = Two<__m256>;
    type I = Two<__m256i>;
    type A = __m256i;
    type B = Two<__m256i>;

    const WIDE: bool = false;
    // Without VNNI the weights' absolute values, ones and products want registers too.
    const TALL_INT: bool = VNNI;
    const OFFSET: i32 = if VNNI { 0 } else { 128 };

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        // SAFETY: the features are there, see above.
        let v = unsafe { _mm256_set1_ps(x) };
        [v; 2]
    }
    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> Self::F {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { [_mm256_loadu_ps(x.as_ptr()), _mm256_loadu_ps(x.as_ptr().add(8))] }
    }
    #[inline(always)]
    fn store(self, x: &mut [f32; LANES], v: Self::F) {
        // SAFETY: 64 writable bytes; the features are there.
        unsafe {
            _mm256_storeu_ps(x.as_mut_ptr(), v[0]);
            _mm256_storeu_ps(x.as_mut_ptr().add(8), v[1]);
        }
    }
    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
    }
    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn abs(self, a: Self::F) -> Self::F {
        // SAFETY: the features are there.
        unsafe {
            let mask = _mm256_castsi256_ps(_mm256_set1_epi32(i32::MAX));
            [_mm256_and_ps(a[0], mask), _mm256_and_ps(a[1], mask)]
        }
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> Self::I {
        // SAFETY: the features are there.
        let v = unsafe { _mm256_set1_epi32(x) };
        [v; 2]
    }
    #[inline(always)]
    fn load_int(self, x: &[i32; LANES]) -> Self::I {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { [_mm256_loadu_si256(x.as_ptr().cast()), _mm256_loadu_si256(x.as_ptr().add(8).cast())] }
    }
    #[inline(always)]
    fn sub_int(self, a: Self::I, b: Self::I) -> Self::I {
        // SAFETY: the features are there.
        unsafe { [_mm256_sub_epi32(a[0], b[0]), _mm256_sub_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn mul_int(self, a: Self::I, b: Self::I) -> Self::I {
        // SAFETY: the features are there.
        unsafe { [_mm256_mullo_epi32(a[0], b[0]), _mm256_mullo_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn to_float(self, a: Self::I) -> Self::F {
        // SAFETY: the features are there.
        unsafe { [_mm256_cvtepi32_ps(a[0]), _mm256_cvtepi32_ps(a[1])] }
    }
    #[inline(always)]
    fn round(self, a: Self::F) -> Self::I {
        // SAFETY: the features are there. The rounding mode is the default one: Rust never changes it.
        unsafe { [_mm256_cvtps_epi32(a[0]), _mm256_cvtps_epi32(a[1])] }
    }
    #[inline(always)]
    fn exp2_int(self, a: Self::I) -> Self::F {
        // SAFETY: the features are there.
        a.map(|x| unsafe {
            _mm256_castsi256_ps(_mm256_slli_epi32::<23>(_mm256_add_epi32(x, _mm256_set1_epi32(127))))
        })
    }
    #[inline(always)]
    fn store_bytes(self, x: &mut [u8; LANES], v: Self::I) {
        // SAFETY: 16 writable bytes; the features are there.
        unsafe {
            // The 128-bit halves are packed each on its own: 0-3, 8-11, 4-7, 12-15.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(v[0], v[1]));
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(x.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn broadcast(self, x: [u8; 4]) -> Self::A {
        let x = i32::from_le_bytes(x);
        // Flipping the high bit of a byte is subtracting 128 and reading it as signed.
        let x = if VNNI { x } else { x ^ i32::from_le_bytes([0x80; 4]) };
        // SAFETY: the features are there.
        unsafe { _mm256_set1_epi32(x) }
    }
    #[inline(always)]
    fn load_weights(self, x: &[i8; 4 * LANES]) -> Self::B {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { [_mm256_loadu_si256(x.as_ptr().cast()), _mm256_loadu_si256(x.as_ptr().add(32).cast())] }
    }
    #[inline(always)]
    fn dot(self, sum: Self::I, a: Self::A, b: Self::B) -> Self::I {
        // SAFETY: the features are there; those of VNNI when `VNNI`, because `Avx2<true>` is made only
        // in `run_vnni`.
        let one = |sum, b| unsafe {
            if VNNI {
                _mm256_dpbusd_avx_epi32(sum, a, b)
            } else {
                // The product of two bytes saturates at 16 bits when one of them may be 255. Here both are
                // at most 127: the sign of the weight moves to the activation, and 2 * 127 * 127 fits.
                let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(b), _mm256_sign_epi8(a, b));
                _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
            }
        };
        [one(sum[0], b[0]), one(sum[1], b[1])]
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe { sum(_mm256_add_ps(v[0], v[1])) }
    }
    #[inline(always)]
    fn greatest(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe { greatest(_mm256_max_ps(v[0], v[1])) }
    }
    #[inline(always)]
    fn least(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe { least(_mm256_min_ps(v[0], v[1])) }
    }
}

macro_rules! fold {
    ($name:ident, $of_four:ident, $of_one:ident) => {
        /// Folds 8 lanes: each half onto the other.
        ///
        /// # Safety
        ///
        /// The processor must have AVX.
        #[inline(always)]
        pub(super) unsafe fn $name(v: __m256) -> f32 {
            // SAFETY: the caller promises the feature.
            unsafe {
                let v = $of_four(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
                let v = $of_four(v, _mm_movehl_ps(v, v));
                _mm_cvtss_f32($of_one(v, _mm_movehdup_ps(v)))
            }
        }
    };
}

fold!(sum, _mm_add_ps, _mm_add_ss);
fold!(greatest, _mm_max_ps, _mm_max_ss);
fold!(least, _mm_min_ps, _mm_min_ss);
