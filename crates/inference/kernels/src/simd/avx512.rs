//! AVX-512 with VNNI: one register holds all 16 lanes.

use std::arch::x86_64::{
    __m256, __m512, __m512i, _mm_storeu_si128, _mm256_add_ps, _mm256_castpd_ps, _mm256_max_ps, _mm256_min_ps,
    _mm512_abs_ps, _mm512_add_epi32, _mm512_add_ps, _mm512_castps_pd, _mm512_castps512_ps256,
    _mm512_castsi512_ps, _mm512_cvtepi32_epi8, _mm512_cvtepi32_ps, _mm512_cvtps_epi32, _mm512_dpbusd_epi32,
    _mm512_extractf64x4_pd, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_max_ps,
    _mm512_min_ps, _mm512_mul_ps, _mm512_mullo_epi32, _mm512_set1_epi32, _mm512_set1_ps, _mm512_slli_epi32,
    _mm512_storeu_ps, _mm512_sub_epi32, _mm512_sub_ps,
};

use super::{LANES, Program, Simd, avx2};

/// The instructions of AVX-512 F, BW, VL and VNNI.
#[derive(Clone, Copy)]
pub struct Avx512(());

/// Runs `program` with these instructions.
///
/// # Safety
///
/// The processor must have the features named in the attribute.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512vl,avx512vnni")]
pub unsafe fn run<P: Program>(program: P) -> P::Output {
    program.run(Avx512(()))
}

// In all of the following: the value `self` exists only inside `run`, whose caller has promised the
// features; loads and stores go through references to arrays of exactly the register's size, and the
// unaligned instructions are used.
impl Simd for Avx512 {
    type F = __m512;
    type I = __m512i;
    type A = __m512i;
    type B = __m512i;

    const WIDE: bool = true;
    const TALL_INT: bool = true;
    const OFFSET: i32 = 0;

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        // SAFETY: the features are there, see above.
        unsafe { _mm512_set1_ps(x) }
    }
    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> __m512 {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { _mm512_loadu_ps(x.as_ptr()) }
    }
    #[inline(always)]
    fn store(self, x: &mut [f32; LANES], v: __m512) {
        // SAFETY: 64 writable bytes; the features are there.
        unsafe { _mm512_storeu_ps(x.as_mut_ptr(), v) }
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_max_ps(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_min_ps(a, b) }
    }
    #[inline(always)]
    fn abs(self, a: __m512) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_abs_ps(a) }
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> __m512i {
        // SAFETY: the features are there.
        unsafe { _mm512_set1_epi32(x) }
    }
    #[inline(always)]
    fn load_int(self, x: &[i32; LANES]) -> __m512i {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { _mm512_loadu_si512(x.as_ptr().cast()) }
    }
    #[inline(always)]
    fn sub_int(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the features are there.
        unsafe { _mm512_sub_epi32(a, b) }
    }
    #[inline(always)]
    fn mul_int(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the features are there.
        unsafe { _mm512_mullo_epi32(a, b) }
    }
    #[inline(always)]
    fn to_float(self, a: __m512i) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_cvtepi32_ps(a) }
    }
    #[inline(always)]
    fn round(self, a: __m512) -> __m512i {
        // SAFETY: the features are there. The rounding mode is the default one: Rust never changes it.
        unsafe { _mm512_cvtps_epi32(a) }
    }
    #[inline(always)]
    fn exp2_int(self, a: __m512i) -> __m512 {
        // SAFETY: the features are there.
        unsafe { _mm512_castsi512_ps(_mm512_slli_epi32::<23>(_mm512_add_epi32(a, _mm512_set1_epi32(127)))) }
    }
    #[inline(always)]
    fn store_bytes(self, x: &mut [u8; LANES], v: __m512i) {
        // SAFETY: 16 writable bytes; the features are there.
        unsafe { _mm_storeu_si128(x.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(v)) }
    }

    #[inline(always)]
    fn broadcast(self, x: [u8; 4]) -> __m512i {
        self.splat_int(i32::from_le_bytes(x))
    }
    #[inline(always)]
    fn load_weights(self, x: &[i8; 4 * LANES]) -> __m512i {
        // SAFETY: 64 readable bytes; the features are there.
        unsafe { _mm512_loadu_si512(x.as_ptr().cast()) }
    }
    #[inline(always)]
    fn dot(self, sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the features are there.
        unsafe { _mm512_dpbusd_epi32(sum, a, b) }
    }

    #[inline(always)]
    fn sum(self, v: __m512) -> f32 {
        // SAFETY: the features are there.
        unsafe {
            let (low, high) = halves(v);
            avx2::sum(_mm256_add_ps(low, high))
        }
    }
    #[inline(always)]
    fn greatest(self, v: __m512) -> f32 {
        // SAFETY: the features are there.
        unsafe {
            let (low, high) = halves(v);
            avx2::greatest(_mm256_max_ps(low, high))
        }
    }
    #[inline(always)]
    fn least(self, v: __m512) -> f32 {
        // SAFETY: the features are there.
        unsafe {
            let (low, high) = halves(v);
            avx2::least(_mm256_min_ps(low, high))
        }
    }
}

/// Lanes 0 to 7 and lanes 8 to 15.
///
/// # Safety
///
/// The processor must have AVX-512 F.
#[inline(always)]
unsafe fn halves(v: __m512) -> (__m256, __m256) {
    // SAFETY: the caller promises the feature.
    unsafe {
        let high = _mm512_extractf64x4_pd::<1>(_mm512_castps_pd(v));
        (_mm512_castps512_ps256(v), _mm256_castpd_ps(high))
    }
}
