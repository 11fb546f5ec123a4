//! The exponential function.

use crate::simd::Simd;

/// e to the power of each lane; lanes must be at most 0.
///
/// Cephes' `expf`, within 2 units in the last place; exactly 0 below -87.7.
#[inline(always)]
pub fn exp_vector<S: Simd>(s: S, x: S::F) -> S::F {
    // ln 2 in two parts, the first with few enough bits that its multiples are exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    const POWERS: [f32; 6] =
        [0.5, 0.166_666_66, 4.166_579_6e-2, 8.333_452e-3, 1.398_199_9e-3, 1.987_569_1e-4];
    // 2 to the power of -127 is 0 in `exp2_int`.
    let x = s.max(x, s.splat(-88.0));
    let power = s.round(s.mul(x, s.splat(std::f32::consts::LOG2_E)));
    let whole = s.to_float(power);
    let x = s.fma(whole, s.splat(-LN_2[0]), x);
    let x = s.fma(whole, s.splat(-LN_2[1]), x);
    let mut sum = s.splat(POWERS[5]);
    for c in POWERS.iter().rev().skip(1) {
        sum = s.fma(sum, x, s.splat(*c));
    }
    let sum = s.fma(sum, s.mul(x, x), s.add(x, s.splat(1.0)));
    s.mul(sum, s.exp2_int(power))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::Isa;
    use crate::simd::{Program, vectors_mut};

    struct Exp<'a>(&'a mut [f32]);

    impl Program for Exp<'_> {
        type Output = ();

        #[inline(always)]
        fn run<S: Simd>(self, s: S) {
            for x in vectors_mut(self.0) {
                let y = exp_vector(s, s.load(x));
                s.store(x, y);
            }
        }
    }

    #[test]
    fn close_to_the_libraries() {
        let step = if cfg!(miri) { 250 } else { 1 };
        let grid: Vec<f32> = (0..16_000).step_by(step).map(|i| -(i as f32) / 190.0).collect();
        for isa in Isa::available() {
            let mut values = grid.clone();
            isa.run(Exp(&mut values));
            for (x, y) in grid.iter().zip(&values) {
                let exact = f64::from(*x).exp();
                assert!((f64::from(*y) / exact - 1.0).abs() < 2.5e-7, "exp({x}) gave {y}, {}", isa.name());
            }
        }
    }

    #[test]
    fn far_below_zero_is_zero() {
        for isa in Isa::available() {
            let mut values = [-88.0, -1e30, f32::NEG_INFINITY, -200.0].repeat(4);
            isa.run(Exp(&mut values));
            assert!(values.iter().all(|y| y.to_bits() == 0), "{values:?}, {}", isa.name());
        }
    }
}
