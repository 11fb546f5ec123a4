//! NEON, with or without the dot product instructions: four registers hold the 16 lanes.

use std::arch::aarch64::{
    float32x4_t, int8x16_t, int32x4_t, uint8x16_t, vabsq_f32, vadd_f32, vaddq_f32, vaddq_s32, vcombine_u8,
    vcombine_u16, vcvtnq_s32_f32, vcvtq_f32_s32, vdupq_n_f32, vdupq_n_s32, vdupq_n_u32, vfmaq_f32,
    vget_high_f32, vget_lane_f32, vget_low_f32, vget_low_s8, vld1q_f32, vld1q_s8, vld1q_s32, vmaxq_f32,
    vmaxvq_f32, vminq_f32, vminvq_f32, vmovn_u16, vmovn_u32, vmull_high_s8, vmull_s8, vmulq_f32, vmulq_s32,
    vpadalq_s16, vpaddq_s16, vreinterpretq_f32_s32, vreinterpretq_s8_u32, vreinterpretq_u32_s32, vshlq_n_s32,
    vst1q_f32, vst1q_u8, vsubq_f32, vsubq_s32,
};
use std::array::from_fn;

use super::{LANES, Program, Simd};

/// The instructions of NEON, and those of the dot product when `DOT`.
#[derive(Clone, Copy)]
pub struct Neon<const DOT: bool>(());

/// Runs `program` with these instructions.
///
/// # Safety
///
/// The processor must have the features named in the attribute.
#[target_feature(enable = "neon")]
pub unsafe fn run<P: Program>(program: P) -> P::Output {
    program.run(Neon::<false>(()))
}

/// Runs `program` with these instructions.
///
/// # Safety
///
/// The processor must have the features named in the attribute.
#[target_feature(enable = "neon,dotprod")]
pub unsafe fn run_dot<P: Program>(program: P) -> P::Output {
    program.run(Neon::<true>(()))
}

/// Four registers.
type Four<T> = [T; 4];

/// The dot product instruction; its intrinsic is not stable yet.
///
/// # Safety
///
/// The processor must have `dotprod`.
#[inline(always)]
unsafe fn sdot(mut sum: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    // SAFETY: the instruction touches registers only; the caller promises that it exists.
    unsafe {
        std::arch::asm!(
            ".arch_extension dotprod",
            "sdot {0:v}.4s, {1:v}.16b, {2:v}.16b",
            inout(vreg) sum, in(vreg) a, in(vreg) b,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sum
}

// In all of the following: the value `self` exists only inside `run` and `run_dot`, whose callers have
// promised the features; loads and stores go through references to arrays of exactly four registers'
// size.
impl<const DOT: bool> Simd for Neon<DOT> {
    type F = Four<float32x4_t>;
    type I = Four<int32x4_t>;
    type A = int8x16_t;
    type B = Four<int8x16_t>;

    const WIDE: bool = false;
    const TALL_INT: bool = true;
    const OFFSET: i32 = 128;

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        // SAFETY: the features are there, see above.
        let v = unsafe { vdupq_n_f32(x) };
        [v; 4]
    }
    #[inline(always)]
    fn load(self, x: &[f32; LANES]) -> Self::F {
        // SAFETY: 64 readable bytes; the features are there.
        from_fn(|i| unsafe { vld1q_f32(x.as_ptr().add(4 * i)) })
    }
    #[inline(always)]
    fn store(self, x: &mut [f32; LANES], v: Self::F) {
        for (i, v) in v.into_iter().enumerate() {
            // SAFETY: 64 writable bytes; the features are there.
            unsafe { vst1q_f32(x.as_mut_ptr().add(4 * i), v) }
        }
    }
    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vaddq_f32(a[i], b[i]) })
    }
    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vsubq_f32(a[i], b[i]) })
    }
    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vmulq_f32(a[i], b[i]) })
    }
    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vfmaq_f32(c[i], a[i], b[i]) })
    }
    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vmaxq_f32(a[i], b[i]) })
    }
    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vminq_f32(a[i], b[i]) })
    }
    #[inline(always)]
    fn abs(self, a: Self::F) -> Self::F {
        // SAFETY: the features are there.
        a.map(|a| unsafe { vabsq_f32(a) })
    }

    #[inline(always)]
    fn splat_int(self, x: i32) -> Self::I {
        // SAFETY: the features are there.
        let v = unsafe { vdupq_n_s32(x) };
        [v; 4]
    }
    #[inline(always)]
    fn load_int(self, x: &[i32; LANES]) -> Self::I {
        // SAFETY: 64 readable bytes; the features are there.
        from_fn(|i| unsafe { vld1q_s32(x.as_ptr().add(4 * i)) })
    }
    #[inline(always)]
    fn sub_int(self, a: Self::I, b: Self::I) -> Self::I {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vsubq_s32(a[i], b[i]) })
    }
    #[inline(always)]
    fn mul_int(self, a: Self::I, b: Self::I) -> Self::I {
        // SAFETY: the features are there.
        from_fn(|i| unsafe { vmulq_s32(a[i], b[i]) })
    }
    #[inline(always)]
    fn to_float(self, a: Self::I) -> Self::F {
        // SAFETY: the features are there.
        a.map(|a| unsafe { vcvtq_f32_s32(a) })
    }
    #[inline(always)]
    fn round(self, a: Self::F) -> Self::I {
        // SAFETY: the features are there.
        a.map(|a| unsafe { vcvtnq_s32_f32(a) })
    }
    #[inline(always)]
    fn exp2_int(self, a: Self::I) -> Self::F {
        // SAFETY: the features are there.
        a.map(|a| unsafe { vreinterpretq_f32_s32(vshlq_n_s32::<23>(vaddq_s32(a, vdupq_n_s32(127)))) })
    }
    #[inline(always)]
    fn store_bytes(self, x: &mut [u8; LANES], v: Self::I) {
        // SAFETY: 16 writable bytes; the features are there.
        unsafe {
            let half = v.map(|v| vmovn_u32(vreinterpretq_u32_s32(v)));
            let low = vmovn_u16(vcombine_u16(half[0], half[1]));
            let high = vmovn_u16(vcombine_u16(half[2], half[3]));
            let bytes: uint8x16_t = vcombine_u8(low, high);
            vst1q_u8(x.as_mut_ptr(), bytes);
        }
    }

    #[inline(always)]
    fn broadcast(self, x: [u8; 4]) -> Self::A {
        // Flipping the high bit of a byte is subtracting 128 and reading it as signed.
        let x = u32::from_le_bytes(x) ^ u32::from_le_bytes([0x80; 4]);
        // SAFETY: the features are there.
        unsafe { vreinterpretq_s8_u32(vdupq_n_u32(x)) }
    }
    #[inline(always)]
    fn load_weights(self, x: &[i8; 4 * LANES]) -> Self::B {
        // SAFETY: 64 readable bytes; the features are there.
        from_fn(|i| unsafe { vld1q_s8(x.as_ptr().add(16 * i)) })
    }
    #[inline(always)]
    fn dot(self, sum: Self::I, a: Self::A, b: Self::B) -> Self::I {
        // SAFETY: the features are there; `dotprod` when `DOT`, because `Neon<true>` is made only in
        // `run_dot`.
        from_fn(|i| unsafe {
            if DOT {
                sdot(sum[i], a, b[i])
            } else {
                // Both bytes are at most 127, and 2 * 127 * 127 fits 16 bits.
                let low = vmull_s8(vget_low_s8(a), vget_low_s8(b[i]));
                let high = vmull_high_s8(a, b[i]);
                vpadalq_s16(sum[i], vpaddq_s16(low, high))
            }
        })
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe {
            let v = vaddq_f32(vaddq_f32(v[0], v[2]), vaddq_f32(v[1], v[3]));
            let v = vadd_f32(vget_low_f32(v), vget_high_f32(v));
            vget_lane_f32::<0>(v) + vget_lane_f32::<1>(v)
        }
    }
    #[inline(always)]
    fn greatest(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe { vmaxvq_f32(vmaxq_f32(vmaxq_f32(v[0], v[2]), vmaxq_f32(v[1], v[3]))) }
    }
    #[inline(always)]
    fn least(self, v: Self::F) -> f32 {
        // SAFETY: the features are there.
        unsafe { vminvq_f32(vminq_f32(vminq_f32(v[0], v[2]), vminq_f32(v[1], v[3]))) }
    }
}
