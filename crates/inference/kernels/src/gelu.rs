//! GELU, the exact one with the error function.

use crate::isa::Isa;
use crate::simd::{Program, Simd, vectors_mut};

/// Applies GELU to every value; the length must be a multiple of 16.
///
/// Within 1e-6 of `x / 2 * (1 + erf(x / sqrt 2))`.
pub fn gelu(isa: Isa, values: &mut [f32]) {
    isa.run(Gelu(values));
}

struct Gelu<'a>(&'a mut [f32]);

impl Program for Gelu<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        for x in vectors_mut(self.0) {
            let [y] = gelu_vectors(s, [s.load(x)]);
            s.store(x, y);
        }
    }
}

/// Where the polynomial ends; the bump is 1e-7 there.
const END: f32 = 5.5;

/// The polynomial in `2 |x| / END - 1`, lowest power first: a Chebyshev fit of `a * (1 - Phi(a))` on
/// 0 to `END`.
#[expect(clippy::excessive_precision, reason = "as fitted")]
const BUMP: [f32; 15] = [
    0.008_194_848_895_072_937,
    -0.060_578_458_011_150_36,
    0.191_202_059_388_160_7,
    -0.308_663_040_399_551_4,
    0.180_235_221_982_002_26,
    0.260_225_564_241_409_3,
    -0.638_624_012_470_245_4,
    0.460_615_009_069_442_75,
    0.191_852_495_074_272_16,
    -0.547_519_564_628_601_1,
    0.185_879_468_917_846_68,
    0.235_338_598_489_761_35,
    -0.154_876_232_147_216_8,
    -0.039_418_086_409_568_79,
    0.036_136_686_801_910_4,
];

/// GELU(x) is max(x, 0) less a bump that is the same on both sides and gone by `END`.
///
/// Several vectors at once, because each step of one waits for the step before.
#[inline(always)]
pub fn gelu_vectors<S: Simd, const N: usize>(s: S, x: [S::F; N]) -> [S::F; N] {
    let mut u = x;
    let mut bump = [s.splat(BUMP[BUMP.len() - 1]); N];
    for i in 0..N {
        let a = s.min(s.abs(x[i]), s.splat(END));
        u[i] = s.fma(a, s.splat(2.0 / END), s.splat(-1.0));
    }
    for c in BUMP.iter().rev().skip(1) {
        let c = s.splat(*c);
        for i in 0..N {
            bump[i] = s.fma(bump[i], u[i], c);
        }
    }
    for i in 0..N {
        bump[i] = s.sub(s.max(x[i], s.splat(0.0)), bump[i]);
    }
    bump
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_isa;

    /// erf by its series, in double precision.
    fn exact(x: f64) -> f64 {
        if x.abs() > 5.8 {
            // Out here the series loses its digits, and GELU is this within 2e-8.
            return x.max(0.0);
        }
        let z = x / std::f64::consts::SQRT_2;
        let (mut term, mut sum) = (z, z);
        for n in 1..300 {
            term *= -z * z / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        x / 2.0 * (1.0 + sum * std::f64::consts::FRAC_2_SQRT_PI)
    }

    #[test]
    fn within_a_millionth() {
        let step = if cfg!(miri) { 4000 } else { 1 };
        let grid: Vec<f32> = (-64_000..64_000).step_by(step).map(|i| i as f32 / 8000.0).collect();
        let mut values = grid.clone();
        gelu(Isa::detect(), &mut values);
        for (x, y) in grid.iter().zip(&values) {
            assert!((f64::from(*y) - exact(f64::from(*x))).abs() < 1e-6, "gelu({x}) gave {y}");
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let step = if cfg!(miri) { 50 } else { 1 };
        each_isa(|isa| {
            let mut values: Vec<f32> = (-800..800).step_by(step).map(|i| i as f32 / 97.0).collect();
            gelu(isa, &mut values);
            values
        });
    }
}
