//! What the tests share.

use crate::isa::Isa;

/// Numbers without a pattern, the same in every run.
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// -1 to 1.
    fn float(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    pub fn floats(&mut self, count: usize, range: f32) -> Vec<f32> {
        (0..count).map(|_| self.float() * range).collect()
    }
}

/// What a test tries: all of it, or under Miri, which takes a thousand times as long, the first of it.
pub fn tried<T>(all: &[T], under_miri: usize) -> &[T] {
    if cfg!(miri) { &all[..under_miri] } else { all }
}

/// Asserts that `compute` gives the same on every instruction set that this processor has.
pub fn each_isa<T: PartialEq + std::fmt::Debug>(compute: impl Fn(Isa) -> T) {
    let expected = compute(Isa::scalar());
    for isa in Isa::available() {
        assert!(compute(isa) == expected, "{} differs from scalar", isa.name());
    }
}
